//! The sheet: what is printed, and what is saved as a file. It stands at the end of the guidance and is not shown there.

use quiz_engine::{OutcomeView, Phrase, Text};
use yew::{Html, html};

use super::Shared;
use super::check::topic_and_answers;
use super::filled::filled_in;
use super::guidance::Guidance;
use super::results::words;
use super::session::Taken;

/// One or two pages: what to do, why, all answers, questions, notes, and the warning signs. Where it is shown on the
/// screen, the page's one first heading stands above it, so its own headings are one level deeper there.
pub(crate) fn sheet(shared: &Shared, view: &OutcomeView, taken: &Taken, is_shown: bool) -> Html {
    let filled = |text: &Text| html! { <p>{ filled_in(shared, text) }</p> };
    let to_ask = view.to_ask.iter().filter(|ask| !taken.left.contains(&ask.place));
    let to_ask: Vec<Html> = to_ask.map(|ask| html! { <li>{ ask.text.clone() }</li> }).collect();
    let pack = shared.pack();
    let made = pack.made(&shared.host().long_date(&pack.words.code, ""));
    let sources = view.why.sources.iter().map(|source| format!("{}. {}", source.citation, source.locator));
    let (first, second) = (is_shown.then_some("2"), is_shown.then_some("3"));
    html! {
        <article
            class={if is_shown { "sheet sheet--shown" } else { "sheet" }} id="sheet" tabindex="-1"
            aria-label={is_shown.then(|| shared.phrase(Phrase::SelectText))}
        >
            if is_shown { <p class="sheet__hint fine">{ shared.phrase(Phrase::SelectText) }</p> }
            <p class="sheet__made">
                <strong>{ shared.phrase(Phrase::OpeningTitle) }</strong>{ " " }{ made }{ " " }
                <strong>{ shared.phrase(Phrase::NotDiagnosis) }</strong>
            </p>
            <h1 aria-level={first}>{ view.headline.clone() }</h1>
            <div class="sheet__lines">{ for view.lines.iter().chain(&view.notes).map(filled) }</div>
            <h2 aria-level={second}>{ shared.phrase(Phrase::SectionWhy) }</h2>
            <p>{ view.why.sentence.clone() }{ " " }<span class="fine" lang={shared.cited_in()}>{ sources.collect::<Vec<_>>().join("; ") }</span></p>
            { for view.results.iter().map(|result| words(shared, result, second)) }
            <h2 aria-level={second}>{ shared.phrase(Phrase::AllAnswers) }</h2>
            <dl class="sheet__answers">{ for view.answers.iter().map(|row| html! {
                <div>{ topic_and_answers(shared, row) }</div>
            }) }</dl>
            if !to_ask.is_empty() {
                <h2 aria-level={second}>{ shared.phrase(Phrase::TakeQuestions) }</h2>
                <ol>{ for to_ask }</ol>
            }
            if !taken.notes.trim().is_empty() {
                <h2 aria-level={second}>{ shared.phrase(Phrase::TakeNotes) }</h2>
                <p class="sheet__notes">{ taken.notes.to_string() }</p>
            }
            { warning_signs(shared, view, second) }
            <p class="fine">{ shared.phrase(Phrase::Unvalidated) }{ " " }{ shared.signed() }</p>
        </article>
    }
}

fn warning_signs(shared: &Shared, view: &OutcomeView, level: Option<&'static str>) -> Html {
    let section = view.sections.iter().find(|section| &*section.id == "warning_signs");
    section.map_or_else(Html::default, |section| {
        html! {
            <section class="sheet__signs">
                <h2 aria-level={level}>{ section.title.clone() }</h2>
                <Guidance shared={shared.clone()} section={section.id.clone()} />
            </section>
        }
    })
}
