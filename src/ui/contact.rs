//! The link to the clinic. It is the same for every outcome and carries nothing.

use quiz_engine::{ContactView, Phrase};
use yew::{Html, html};

use super::Shared;
use super::filled::filled_in;

/// The contact link and the clinic's telephone, with what they are not for.
pub(crate) fn contact(shared: &Shared, view: &ContactView) -> Html {
    let settings = shared.settings();
    if settings.contact.is_none() && settings.tel.is_none() {
        return Html::default();
    }
    html! {
        <aside class="contact">
            if !view.hint.is_empty() {
                <p>{ filled_in(shared, &view.hint) }</p>
            }
            if settings.is_from_page {
                <p class="fine">{ shared.phrase(Phrase::GivenByPage) }</p>
            }
            if let Some(address) = &settings.contact {
                <a class="button" data-action="contact" href={address.clone()} target="_top" rel="noreferrer">
                    { filled_in(shared, &view.text) }
                </a>
            }
            if let Some(tel) = &settings.tel {
                <p><a href={format!("tel:{}", tel.dialled)}>
                    { shared.phrase_with(Phrase::Telephone, &[("clinic", &shared.clinic()), ("tel", &tel.shown)]) }
                </a></p>
            }
            <p class="fine">{ shared.phrase(Phrase::ContactCaution) }</p>
        </aside>
    }
}
