//! The link to the clinic. It is the same for every outcome and carries nothing.

use quiz_engine::{ContactView, Phrase};
use yew::{Html, Properties, component, html};

use super::Shared;
use super::filled::Filled;

/// Properties of [`Contact`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ContactProps {
    pub(crate) shared: Shared,
    pub(crate) view: ContactView,
}

/// The contact link and the clinic's telephone, with what they are not for.
#[component]
pub(crate) fn Contact(props: &ContactProps) -> Html {
    let ContactProps { shared, view } = props;
    let settings = shared.settings();
    if settings.contact.is_none() && settings.tel.is_none() {
        return Html::default();
    }
    html! {
        <aside class="contact">
            if !view.hint.is_empty() {
                <p><Filled shared={shared.clone()} text={view.hint.clone()} /></p>
            }
            if settings.is_from_page {
                <p class="fine">{ shared.phrase(Phrase::GivenByPage) }</p>
            }
            if let Some(address) = &settings.contact {
                <a class="button" data-action="contact" href={address.clone()} target="_top" rel="noreferrer">
                    <Filled shared={shared.clone()} text={view.text.clone()} />
                </a>
            }
            if let Some(tel) = &settings.tel {
                <p><a href={format!("tel:{}", tel.dialled)}>
                    { shared.phrase(Phrase::Telephone).replace("{clinic}", &shared.clinic()).replace("{tel}", &tel.shown) }
                </a></p>
            }
            <p class="fine">{ shared.phrase(Phrase::ContactCaution) }</p>
        </aside>
    }
}
