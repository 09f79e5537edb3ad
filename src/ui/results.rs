//! Results beside the advice, each in a card of its own.

use quiz_engine::{Phrase, ResultView};
use yew::{Html, html};

use super::Shared;
use super::filled::Filled;
use super::why::{answers, source};

/// One card: the name of the group, the result, and, folded, what led to it and what it rests on.
pub(crate) fn result(shared: &Shared, view: &ResultView) -> Html {
    html! {
        <section class="section section--own result" data-group={view.group.clone()} data-result={view.id.clone()}>
            <h2>{ view.name.clone() }</h2>
            <p class="result__headline">{ view.headline.clone() }</p>
            { for view.lines.iter().map(|text| html! {
                <p><Filled shared={shared.clone()} text={text.clone()} /></p>
            }) }
            <details>
                <summary><h3>{ shared.phrase(Phrase::SectionWhy) }</h3></summary>
                { answers(&view.answers) }
                <p class="fine">{ shared.phrase(Phrase::RuleSource) }</p>
                <ul class="fine">{ for view.sources.iter().map(|view| source(shared, view)) }</ul>
            </details>
        </section>
    }
}
