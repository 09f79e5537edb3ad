//! How far the visitor has come.

use quiz_engine::Phrase;

use super::Shared;
use super::markup::{Element, element};

/// A progress bar. Each is an element of its own: a screen reader may beep at one that moves.
pub(super) fn progress(shared: &Shared, percent: u8) -> Element {
    let percent = percent.to_string();
    let said = shared.phrase_with(Phrase::ProgressValue, &[("percent", &percent)]);
    element("progress|class=progress|max=100")
        .key(&percent)
        .attr("value", percent)
        .attr("aria-label", shared.phrase(Phrase::Progress))
        .attr("aria-valuetext", said.clone())
        .with(said)
}
