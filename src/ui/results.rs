//! Results beside the advice, each in a card of its own.

use quiz_engine::{Phrase, ResultView};
use yew::Html;

use super::Shared;
use super::markup::{Child, element, list};
use super::why::{answers, lines, sources};

/// One card: the name of the group, the result, and, folded, what led to it and what it rests on.
pub(super) fn result(shared: &Shared, view: &ResultView) -> Html {
    let grounds = element("details|class=grounds")
        .with(element("summary").with(shared.phrase(Phrase::SectionWhy)))
        .with(answers(&view.said.answers))
        .with(sources(shared, &view.sources));
    element("section|class=section section--own")
        .attr("data-group", view.group.clone())
        .attr("data-result", view.id.clone())
        .with(words(shared, view, None))
        .with(grounds)
        .into_html()
}

/// What a result says, as the sheet has it too; `level` is that of its heading, where it is not the second.
pub(super) fn words(shared: &Shared, view: &ResultView, level: Option<&'static str>) -> Html {
    list(vec![
        element("h2").maybe("aria-level", level).with(&view.name).into_html(),
        element("p").with(element("strong").with(&view.said.headline)).into_html(),
        lines(shared, &view.said.lines),
    ])
}
