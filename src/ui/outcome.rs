//! The guidance that the answers lead to.

use quiz_engine::{OutcomeView, Phrase, SectionView};
use yew::{Callback, Html};

use super::Shared;
use super::check::topic_and_answers;
use super::contact::contact;
use super::filled::filled_in;
use super::markup::{Child, Element, element, list};
use super::press::{Look, back};
use super::results::result;
use super::session::{Act, Taken};
use super::sheet::sheet;
use super::take_along::take_along;
use super::why::why;

/// The outcome page: what to do, why, the contact link, and the guidance.
pub fn outcome(shared: &Shared, view: &OutcomeView, taken: &Taken, on_act: &Callback<Act>) -> Element {
    let has_why = view.sections.iter().any(is_why);
    let change = element("p").with(shared.phrase(Phrase::OutcomeChange));
    element("article")
        .attr("class", ["outcome outcome--", &view.tier].concat())
        .attr("data-outcome", view.tier.clone())
        .with(card(shared, view))
        .with(view.reads_out.then(|| all_answers(shared, view)))
        .each(view.results.iter().map(|view| result(shared, view)))
        .with((!has_why).then(|| contact_of(shared, view)))
        .each(view.sections.iter().map(|section| {
            let contact = is_why(section).then(|| contact_of(shared, view));
            list(vec![section_of(shared, view, section), contact.into_html()])
        }))
        .with(take_along(shared, &view.to_ask, taken, on_act))
        .with(sheet(shared, view, taken))
        .with((!view.reads_out).then(|| all_answers(shared, view)))
        .with(sources(shared, view))
        .with(element("div|class=actions").with(change).with(back(shared, Look::Quiet, on_act)))
}

/// The card at the top. An emergency is announced at once; the others are not, for the focus goes to them anyway.
fn card(shared: &Shared, view: &OutcomeView) -> Element {
    let has_action = view.sections.iter().any(|section| &*section.id == "action");
    let line = |text| element("p|class=card__line").with(filled_in(shared, text)).into_html();
    let note = |text| element("p|class=card__note").with(filled_in(shared, text)).into_html();
    element("div|class=card")
        .maybe("role", view.immediate.then_some("alert"))
        .maybe("data-section", has_action.then_some("action"))
        .with(element("p|class=card__tier").with(&view.tier_name))
        .with(element("h1|id=heading|tabindex=-1").with(&view.headline))
        .each(view.lines.iter().map(line))
        .each(view.notes.iter().map(note))
        .with(element("p|class=card__fine").with(shared.phrase(Phrase::NotDiagnosis)))
}

/// All answers; unfolded where they are to be read out to somebody.
fn all_answers(shared: &Shared, view: &OutcomeView) -> Element {
    let row = |row| element("div|class=answers__row").with(topic_and_answers(shared, row)).into_html();
    element("details|class=section")
        .flag("open", view.reads_out)
        .with(element("summary").with(element("h2").with(shared.phrase(Phrase::AllAnswers))))
        .with(element("dl|class=answers").each(view.answers.iter().map(row)))
}

fn contact_of(shared: &Shared, view: &OutcomeView) -> Html {
    view.contact.as_ref().map(|view| contact(shared, view)).into_html()
}

fn section_of(shared: &Shared, view: &OutcomeView, section: &SectionView) -> Html {
    let title = element("h2").with(&section.title);
    match (section.own, &*section.id) {
        (true, "why") => {
            let own = element("section|class=section section--own|data-section=why");
            own.with(title).with(why(shared, &view.why)).into_html()
        }
        // What to do stands in the card.
        (true, _) => Html::default(),
        (false, id) => element("details|class=section")
            .attr("data-section", section.id.clone())
            .flag("open", section.is_open)
            .with(element("summary").with(title))
            .with(shared.copy(id, |host| host.guidance(id)))
            .into_html(),
    }
}

/// The section that the contact link follows.
fn is_why(section: &SectionView) -> bool {
    &*section.id == "why"
}

/// The sources of what is shown, and of what decided. They stand once in the document; the page shows a copy.
fn sources(shared: &Shared, view: &OutcomeView) -> Element {
    let texts: Vec<&str> = view.sections.iter().map(|section| &*section.id).collect();
    let cited = view.results.iter().flat_map(|result| &result.sources).chain(&view.why.sources);
    let cited: Vec<&str> = cited.map(|source| &*source.key).collect();
    let copy = shared.copy("sources of all", |host| host.sources(&texts.join(" "), &cited.join(" ")));
    element("details|class=section")
        .with(element("summary").with(element("h2").with(shared.phrase(Phrase::SourcesTitle))))
        .with(element("div|class=fine").with(copy))
}
