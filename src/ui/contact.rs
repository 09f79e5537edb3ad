//! The link to the clinic. It is the same for every outcome and carries nothing.

use quiz_engine::{ContactView, Phrase};
use yew::Html;

use super::Shared;
use super::filled::filled_in;
use super::markup::{Child, element};
use crate::host::Telephone;

/// The contact link and the clinic's telephone, with what they are not for.
pub(super) fn contact(shared: &Shared, view: &ContactView) -> Html {
    let settings = shared.settings();
    if settings.contact.is_none() && settings.tel.is_none() {
        return Html::default();
    }
    let fine = |phrase| element("p|class=fine").with(shared.phrase(phrase));
    let link = |address: &String| {
        element("a|class=button|data-action=contact|target=_top|rel=noreferrer")
            .attr("href", address.clone())
            .with(filled_in(shared, &view.text))
    };
    element("aside|class=contact")
        .with((!view.hint.is_empty()).then(|| element("p").with(filled_in(shared, &view.hint))))
        .with(settings.is_from_page.then(|| fine(Phrase::GivenByPage)))
        .with(settings.contact.as_ref().map(link))
        .with(settings.tel.as_ref().map(|tel| telephone(shared, tel)))
        .with(fine(Phrase::ContactCaution))
        .into_html()
}

fn telephone(shared: &Shared, tel: &Telephone) -> Html {
    let (clinic, number) = (shared.clinic(), shared.number(&tel.shown));
    let words = shared.phrase_with(Phrase::Telephone, &[("clinic", &clinic), ("tel", &number)]);
    let link = element("a").attr("href", ["tel:", &tel.dialled].concat()).with(words);
    element("p").with(link).into_html()
}
