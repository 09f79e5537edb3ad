//! How far the visitor has come.

use quiz_engine::Phrase;
use yew::{Html, Properties, component, html};

use super::Shared;

/// Properties of [`Progress`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ProgressProps {
    pub(crate) shared: Shared,
    /// Percent.
    pub(crate) percent: u8,
}

/// A progress bar.
#[component]
pub(crate) fn Progress(props: &ProgressProps) -> Html {
    let percent = props.percent.to_string();
    let said = props.shared.phrase_with(Phrase::ProgressValue, "{percent}", &percent);
    html! {
        <progress
            class="progress"
            max="100"
            value={percent}
            aria-label={props.shared.phrase(Phrase::Progress)}
            aria-valuetext={said.clone()}
        >{ said }</progress>
    }
}
