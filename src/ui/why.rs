//! Why an outcome is shown.

use quiz_engine::{CheckRow, Phrase, WhyView};
use yew::{Html, Properties, component, html};

use super::Shared;

/// Properties of [`Why`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct WhyProps {
    pub(crate) shared: Shared,
    pub(crate) view: WhyView,
}

/// The rule in a sentence, the answers that made it hold, and its source.
#[component]
pub(crate) fn Why(props: &WhyProps) -> Html {
    let WhyProps { shared, view } = props;
    let sources = view.sources.iter().map(|source| {
        html! { <li>{ source.citation.clone() }{ ". " }{ source.locator.clone() }</li> }
    });
    html! {
        <div data-rule={view.rule.clone()}>
            <p>{ view.sentence.clone() }</p>
            if !view.answers.is_empty() {
                <h3>{ shared.phrase(Phrase::AnswersThatLed) }</h3>
                <ul>{ for view.answers.iter().flat_map(answers_of) }</ul>
            }
            <h3>{ shared.phrase(Phrase::RuleSource) }</h3>
            <ul class="fine">{ for sources }</ul>
        </div>
    }
}

fn answers_of(row: &CheckRow) -> impl Iterator<Item = Html> + '_ {
    row.answers
        .iter()
        .map(|answer| html! { <li><span class="fine">{ row.short.clone() }{ ": " }</span>{ answer.clone() }</li> })
}
