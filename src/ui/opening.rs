//! What stands above the first question: what this is, what it is not, and where the answers stay.

use quiz_engine::Phrase;
use yew::{Html, html};

use super::Shared;

/// The opening words.
pub(crate) fn opening(shared: &Shared) -> Html {
    html! {
        <header class="opening">
            <h1>{ shared.phrase(Phrase::OpeningTitle) }</h1>
            <p>{ shared.phrase(Phrase::OpeningWhat) }{ " " }{ shared.phrase(Phrase::OpeningNot) }</p>
            <p class="promise"><strong>{ shared.phrase(Phrase::Privacy) }</strong>{ " " }{ shared.phrase(Phrase::PrivacyMore) }</p>
        </header>
    }
}
