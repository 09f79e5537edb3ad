//! Why an outcome is shown, and what would make it more urgent.

use quiz_engine::{CheckRow, Phrase, RaisingView, SourceView, Text, WhyView};
use yew::Html;

use super::Shared;
use super::filled::filled_in;
use super::markup::{Child, Element, element, list};

/// The rule in a sentence, the answers that made it hold, its sources and how strong they are.
pub(super) fn why(shared: &Shared, view: &WhyView) -> Element {
    let led = || {
        let title = element("h3").with(shared.phrase(Phrase::AnswersThatLed));
        list(vec![title.into_html(), answers(&view.answers)])
    };
    element("div")
        .attr("data-rule", view.rule.clone())
        .with(element("p").with(&view.sentence))
        .with((!view.answers.is_empty()).then(led))
        .with(element("h3").with(shared.phrase(Phrase::RuleSource)))
        .with(sources(shared, &view.sources))
        .with((!view.raising.is_empty()).then(|| raising(shared, &view.raising)))
}

/// What it rests on.
pub(super) fn sources(shared: &Shared, all: &[SourceView]) -> Element {
    element("ul|class=fine").each(all.iter().map(|view| source(shared, view)))
}

fn source(shared: &Shared, view: &SourceView) -> Html {
    let cited = element("span").maybe("lang", shared.cited_in()).with(&view.citation).with(". ").with(&view.locator);
    element("li").with(cited).with(element("br")).with(&view.strength).into_html()
}

pub(super) fn answers(rows: &[CheckRow]) -> Html {
    let of = |row: &CheckRow| {
        let answer = |answer| {
            let topic = element("span|class=fine").with(&row.short).with(": ");
            element("li").with(topic).with(answer).into_html()
        };
        list(row.answers.iter().map(answer).collect())
    };
    element("ul").each(rows.iter().map(of)).into_html()
}

fn raising(shared: &Shared, all: &[RaisingView]) -> Element {
    let of = |view: &RaisingView| {
        let title = element("h4").with(&view.headline);
        list(vec![title.into_html(), lines(shared, &view.lines), answers(&view.answers)])
    };
    element("details|class=raising")
        .with(element("summary").with(element("h3").with(shared.phrase(Phrase::MoreUrgent))))
        .with(element("p").with(shared.phrase(Phrase::MoreUrgentIntro)))
        .each(all.iter().map(of))
}

/// What to do, in one paragraph.
pub(super) fn lines(shared: &Shared, lines: &[Text]) -> Html {
    let line = |line| list(vec![filled_in(shared, line), " ".into_html()]);
    element("p").each(lines.iter().map(line)).into_html()
}
