//! How far the visitor has come.

use quiz_engine::Phrase;
use yew::Html;

use super::Shared;
use super::markup::{Child, element};

/// A progress bar.
pub(super) fn progress(shared: &Shared, percent: u8) -> Html {
    let percent = percent.to_string();
    let said = shared.phrase_with(Phrase::ProgressValue, &[("percent", &percent)]);
    element("progress|class=progress|max=100")
        .attr("value", percent)
        .attr("aria-label", shared.phrase(Phrase::Progress))
        .attr("aria-valuetext", said.clone())
        .with(said)
        .into_html()
}
