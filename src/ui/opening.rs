//! What stands above the first question: what this is, what it is not, and where the answers stay.

use quiz_engine::Phrase;
use yew::{Html, Properties, component, html};

use super::Shared;

/// Properties of [`Opening`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OpeningProps {
    pub(crate) shared: Shared,
}

/// The opening words.
#[component]
pub(crate) fn Opening(props: &OpeningProps) -> Html {
    let shared = &props.shared;
    html! {
        <header class="opening">
            <h1>{ shared.phrase(Phrase::OpeningTitle) }</h1>
            <p>{ shared.phrase(Phrase::OpeningWhat) }{ " " }{ shared.phrase(Phrase::OpeningNot) }</p>
            <p class="promise"><strong>{ shared.phrase(Phrase::Privacy) }</strong>{ " " }{ shared.phrase(Phrase::PrivacyMore) }</p>
        </header>
    }
}
