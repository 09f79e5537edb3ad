//! Results beside the advice, each in a card of its own.

use quiz_engine::{Phrase, ResultView};
use yew::{Html, html};

use super::Shared;
use super::why::{answers, lines, sources};

/// One card: the name of the group, the result, and, folded, what led to it and what it rests on.
pub(super) fn result(shared: &Shared, view: &ResultView) -> Html {
    html! {
        <section class="section section--own" data-group={view.group.clone()} data-result={view.id.clone()}>
            { words(shared, view, None) }
            <details class="grounds">
                <summary>{ shared.phrase(Phrase::SectionWhy) }</summary>
                { answers(&view.said.answers) }
                { sources(shared, &view.sources) }
            </details>
        </section>
    }
}

/// What a result says, as the sheet has it too; `level` is that of its heading, where it is not the second.
pub(super) fn words(shared: &Shared, view: &ResultView, level: Option<&'static str>) -> Html {
    html! {
        <>
            <h2 aria-level={level}>{ view.name.clone() }</h2>
            <p><strong>{ view.said.headline.clone() }</strong></p>
            { lines(shared, &view.said.lines) }
        </>
    }
}
