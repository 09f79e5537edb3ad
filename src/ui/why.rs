//! Why an outcome is shown, and what would make it more urgent.

use quiz_engine::{CheckRow, Phrase, RaisingView, SourceView, Text, WhyView};
use yew::{Html, html};

use super::Shared;
use super::filled::filled_in;

/// The rule in a sentence, the answers that made it hold, its sources and how strong they are.
pub(crate) fn why(shared: &Shared, view: &WhyView) -> Html {
    html! {
        <div data-rule={view.rule.clone()}>
            <p>{ view.sentence.clone() }</p>
            if !view.answers.is_empty() {
                <h3>{ shared.phrase(Phrase::AnswersThatLed) }</h3>
                { answers(&view.answers) }
            }
            <h3>{ shared.phrase(Phrase::RuleSource) }</h3>
            { sources(shared, &view.sources) }
            if !view.raising.is_empty() { { raising(shared, &view.raising) } }
        </div>
    }
}

/// What it rests on.
pub(super) fn sources(shared: &Shared, all: &[SourceView]) -> Html {
    html! { <ul class="fine">{ for all.iter().map(|view| source(shared, view)) }</ul> }
}

fn source(shared: &Shared, view: &SourceView) -> Html {
    html! {
        <li>
            <span lang={shared.cited_in()}>{ view.citation.clone() }{ ". " }{ view.locator.clone() }</span>
            <br />{ view.strength.clone() }
        </li>
    }
}

pub(super) fn answers(rows: &[CheckRow]) -> Html {
    html! { <ul>{ for rows.iter().flat_map(answers_of) }</ul> }
}

fn answers_of(row: &CheckRow) -> impl Iterator<Item = Html> + '_ {
    row.answers
        .iter()
        .map(|answer| html! { <li><span class="fine">{ row.short.clone() }{ ": " }</span>{ answer.clone() }</li> })
}

fn raising(shared: &Shared, all: &[RaisingView]) -> Html {
    html! {
        <details class="raising">
            <summary><h3>{ shared.phrase(Phrase::MoreUrgent) }</h3></summary>
            <p>{ shared.phrase(Phrase::MoreUrgentIntro) }</p>
            { for all.iter().map(|view| html! {
                <>
                    <h4>{ view.headline.clone() }</h4>
                    { lines(shared, &view.lines) }
                    { answers(&view.answers) }
                </>
            }) }
        </details>
    }
}

/// What to do, in one paragraph.
pub(super) fn lines(shared: &Shared, lines: &[Text]) -> Html {
    let line = |line: &Text| html! { <>{ filled_in(shared, line) }{ " " }</> };
    html! { <p>{ for lines.iter().map(line) }</p> }
}
