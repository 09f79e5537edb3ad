//! The warning before answers are erased because nobody is there.

use quiz_engine::Phrase;
use yew::{Callback, Html};

use super::Shared;
use super::markup::{Child, When, element, list};
use super::press::{Look, press};
use super::session::Act;

/// A dialog that stands for a minute before answers are erased. It is empty unless it is open.
pub(super) fn idle(shared: &Shared, seconds: Option<u32>, on_act: &Callback<Act>) -> Html {
    element("dialog|id=idle|class=idle")
        .maybe("aria-labelledby", seconds.map(|_| "idle-title"))
        .maybe("aria-describedby", seconds.map(|_| "idle-text"))
        .on(When::Closed, on_act.reform(|_| Act::Stayed))
        .with(seconds.map(|seconds| warning(shared, seconds, on_act)))
        .into_html()
}

fn warning(shared: &Shared, seconds: u32, on_act: &Callback<Act>) -> Html {
    let left = shared.phrase_with(Phrase::IdleText, &[("seconds", &seconds.to_string())]);
    list(vec![
        element("h2|id=idle-title").with(shared.phrase(Phrase::IdleTitle)).into_html(),
        element("p|id=idle-text").with(left).into_html(),
        element("div|class=actions")
            .with(press(shared, Look::Main, "stay", Phrase::IdleStay, on_act, Act::Stayed))
            .with(press(shared, Look::Quiet, "erase", Phrase::IdleErase, on_act, Act::Erased))
            .into_html(),
    ])
}
