//! The sheet: what is printed, and what is saved as a file. It stands at the end of the guidance and is not shown there.

use quiz_engine::{OutcomeView, Phrase};
use yew::{AttrValue, Html};

use super::Shared;
use super::check::topic_and_answers;
use super::filled::filled_in;
use super::markup::{Child, Element, element, list};
use super::results::words;
use super::session::Taken;

/// One or two pages: what to do, why, all answers, questions, notes, and the warning signs. Where it is shown on the
/// screen, the page's one first heading stands above it, so its own headings are one level deeper there.
pub(super) fn sheet(shared: &Shared, view: &OutcomeView, taken: &Taken) -> Element {
    let is_shown = taken.is_text_shown;
    let (first, second) = (is_shown.then_some("2"), is_shown.then_some("3"));
    let h2 = |words: AttrValue| element("h2").maybe("aria-level", second).with(words).into_html();
    let phrase = |phrase| shared.phrase(phrase);
    let line = |text| element("p").with(filled_in(shared, text)).into_html();
    let answer = |row| element("div").with(topic_and_answers(shared, row)).into_html();
    element(if is_shown { "article|class=sheet sheet--shown" } else { "article|class=sheet" })
        .attr("id", "sheet")
        .attr("tabindex", "-1")
        .maybe("aria-label", is_shown.then(|| phrase(Phrase::SelectText)))
        .with(is_shown.then(|| element("p|class=sheet__hint fine").with(phrase(Phrase::SelectText))))
        .with(made(shared))
        .with(element("h1").maybe("aria-level", first).with(&view.headline))
        .with(element("div|class=sheet__lines").each(view.lines.iter().chain(&view.notes).map(line)))
        .with(h2(phrase(Phrase::SectionWhy)))
        .with(why(shared, view))
        .each(view.results.iter().map(|result| words(shared, result, second)))
        .with(h2(phrase(Phrase::AllAnswers)))
        .with(element("dl|class=sheet__answers").each(view.answers.iter().map(answer)))
        .with(to_ask(view, taken).map(|ask| list(vec![h2(phrase(Phrase::TakeQuestions)), ask.into_html()])))
        .with(notes(taken).map(|notes| list(vec![h2(phrase(Phrase::TakeNotes)), notes.into_html()])))
        .with(warning_signs(shared, view, second))
        .with(element("p|class=fine").with(phrase(Phrase::Unvalidated)).with(" ").with(shared.signed()))
}

/// When it was made and of what, and that it is no diagnosis.
fn made(shared: &Shared) -> Element {
    let pack = shared.pack();
    let made = pack.made(&shared.host().long_date(&pack.words.code, ""));
    let strong = |phrase| element("strong").with(shared.phrase(phrase));
    element("p|class=sheet__made")
        .with(strong(Phrase::OpeningTitle))
        .with(" ")
        .with(made)
        .with(" ")
        .with(strong(Phrase::NotDiagnosis))
}

fn why(shared: &Shared, view: &OutcomeView) -> Element {
    let sources: Vec<String> =
        view.why.sources.iter().map(|source| [&*source.citation, ". ", &*source.locator].concat()).collect();
    let cited = element("span|class=fine").maybe("lang", shared.cited_in()).with(sources.join("; "));
    element("p").with(&view.why.sentence).with(" ").with(cited)
}

/// The questions that are taken along, if there are any.
fn to_ask(view: &OutcomeView, taken: &Taken) -> Option<Element> {
    let mut asked = view.to_ask.iter().filter(|ask| !taken.left.contains(&ask.place)).peekable();
    asked.peek()?;
    Some(element("ol").each(asked.map(|ask| element("li").with(&ask.text).into_html())))
}

fn notes(taken: &Taken) -> Option<Element> {
    let is_written = !taken.notes.trim().is_empty();
    is_written.then(|| element("p|class=sheet__notes").with(&taken.notes))
}

fn warning_signs(shared: &Shared, view: &OutcomeView, level: Option<&'static str>) -> Html {
    let signs = view.sections.iter().find(|section| &*section.id == "warning_signs");
    let signs = signs.map(|section| {
        element("section|class=sheet__signs")
            .with(element("h2").maybe("aria-level", level).with(&section.title))
            .with(shared.copy("signs on the sheet", |host| host.guidance(&section.id)))
    });
    signs.into_html()
}
