//! The sheet: what is printed, and what is saved as a file. It stands at the end of the guidance and is not shown there.

use quiz_engine::{OutcomeView, Phrase, Text};
use yew::{Html, Properties, component, html};

use super::Shared;
use super::check::topic_and_answers;
use super::filled::Filled;
use super::guidance::Guidance;
use super::results::words;
use super::session::Taken;

/// Properties of [`Sheet`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SheetProps {
    pub(crate) shared: Shared,
    pub(crate) view: OutcomeView,
    pub(crate) taken: Taken,
    /// Whether it is seen on the screen too, to be selected and copied.
    pub(crate) is_shown: bool,
}

/// One or two pages: what to do, why, all answers, questions, notes, and the warning signs. Where it is shown on the
/// screen, the page's one first heading stands above it, so its own headings are one level deeper there.
#[component]
pub(crate) fn Sheet(props: &SheetProps) -> Html {
    let SheetProps { shared, view, taken, .. } = props;
    let filled = |text: &Text| html! { <p><Filled shared={shared.clone()} text={text.clone()} /></p> };
    let to_ask = view.to_ask.iter().filter(|ask| !taken.left.contains(&ask.place));
    let to_ask: Vec<Html> = to_ask.map(|ask| html! { <li>{ ask.text.clone() }</li> }).collect();
    let pack = shared.pack();
    let made = pack.made(&shared.host().long_date(&pack.words.code, ""));
    let sources = view.why.sources.iter().map(|source| format!("{}. {}", source.citation, source.locator));
    let (first, second) = (props.is_shown.then_some("2"), props.is_shown.then_some("3"));
    html! {
        <article
            class={if props.is_shown { "sheet sheet--shown" } else { "sheet" }} id="sheet" tabindex="-1"
            aria-label={props.is_shown.then(|| shared.phrase(Phrase::SelectText))}
        >
            if props.is_shown { <p class="sheet__hint fine">{ shared.phrase(Phrase::SelectText) }</p> }
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
            { warning_signs(props) }
            <p class="fine">{ shared.phrase(Phrase::Unvalidated) }{ " " }{ shared.signed() }</p>
        </article>
    }
}

fn warning_signs(props: &SheetProps) -> Html {
    let section = props.view.sections.iter().find(|section| &*section.id == "warning_signs");
    section.map_or_else(Html::default, |section| {
        html! {
            <section class="sheet__signs">
                <h2 aria-level={props.is_shown.then_some("3")}>{ section.title.clone() }</h2>
                <Guidance shared={props.shared.clone()} section={section.id.clone()} />
            </section>
        }
    })
}
