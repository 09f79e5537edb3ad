//! How far the visitor has come.

use quiz_engine::Phrase;
use yew::{Html, html};

use super::Shared;

/// A progress bar.
pub(crate) fn progress(shared: &Shared, percent: u8) -> Html {
    let percent = percent.to_string();
    let said = shared.phrase_with(Phrase::ProgressValue, &[("percent", &percent)]);
    html! {
        <progress
            class="progress"
            max="100"
            value={percent}
            aria-label={shared.phrase(Phrase::Progress)}
            aria-valuetext={said.clone()}
        >{ said }</progress>
    }
}
