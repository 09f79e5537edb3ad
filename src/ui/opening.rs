//! What stands above the first question: what this is, what it is not, and where the answers stay.

use quiz_engine::Phrase;
use yew::Html;

use super::Shared;
use super::markup::{Child, element};

/// The opening words.
pub(super) fn opening(shared: &Shared) -> Html {
    let phrase = |phrase| shared.phrase(phrase);
    element("header|class=opening")
        .with(element("h1").with(phrase(Phrase::OpeningTitle)))
        .with(element("p").with(phrase(Phrase::OpeningWhat)).with(" ").with(phrase(Phrase::OpeningNot)))
        .with(
            element("p|class=promise")
                .with(element("strong").with(phrase(Phrase::Privacy)))
                .with(" ")
                .with(phrase(Phrase::PrivacyMore)),
        )
        .into_html()
}
