//! What stands under every screen.

use quiz_engine::Phrase;
use yew::{Callback, Html};

use super::Shared;
use super::markup::{Child, element};
use super::press::{Look, press};
use super::session::Act;

/// What is promised, what this is not, and the way to erase everything where there is anything.
pub(super) fn foot(shared: &Shared, is_blank: bool, is_outcome: bool, on_act: &Callback<Act>) -> Html {
    let restart = || press(shared, Look::Link, "restart", Phrase::Restart, on_act, Act::Erased);
    element("footer|class=foot")
        .with(is_outcome.then(|| element("p").with(shared.phrase(Phrase::SharedDevice))))
        .with((!is_blank).then(restart))
        .with(
            element("p|class=foot__promise")
                .with(shared.phrase(Phrase::Privacy))
                .with(" ")
                .with(shared.phrase(Phrase::NotDiagnosis)),
        )
        .with(element("p").with(shared.phrase(Phrase::Unvalidated)).with(" ").with(shared.signed()))
        .into_html()
}
