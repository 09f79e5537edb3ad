//! The check of the answers before the guidance.

use quiz_engine::{CheckRow, CheckView, Message, Phrase};
use yew::{Callback, Html};

use super::Shared;
use super::markup::{Child, Element, element, list};
use super::press::{Look, back, button, press};
use super::progress::progress;
use super::session::Act;

/// Every answer, each with a button that changes it.
pub fn check(shared: &Shared, view: &CheckView, on_act: &Callback<Act>) -> Element {
    let go_on = press(shared, Look::Main, "continue", Phrase::CheckContinue, on_act, Act::Quiz(Message::Continued));
    element("div|class=screen")
        .with(element("div|class=screen__top").with(back(shared, Look::Back, on_act)).with(progress(shared, 100)))
        .with(element("h1|id=heading|tabindex=-1").with(shared.phrase(Phrase::CheckTitle)))
        .with(element("p").with(shared.phrase(Phrase::CheckIntro)))
        .with(element("dl|class=answers|data-check=").each(view.rows.iter().map(|row| row_of(shared, row, on_act))))
        .with(element("div|class=actions").with(go_on))
}

fn row_of(shared: &Shared, row: &CheckRow, on_act: &Callback<Act>) -> Html {
    let question = row.question;
    let words = list(vec![
        shared.phrase(Phrase::Change).into_html(),
        element("span|class=visually-hidden").with(": ").with(&row.short).into_html(),
    ]);
    let change = on_act.reform(move |_| Act::Quiz(Message::Changed { question }));
    element("div|class=answers__row")
        .with(topic_and_answers(shared, row))
        .with(element("dd").with(button(Look::Link, "change", words, change).attr("data-change", row.id.clone())))
        .into_html()
}

/// A question's topic and what was answered, as the first two cells of a row.
pub(super) fn topic_and_answers(shared: &Shared, row: &CheckRow) -> Html {
    let answer = |answer| element("span").with(answer).into_html();
    list(vec![
        element("dt").with(&row.short).into_html(),
        element("dd|class=answers__given")
            .with(row.answers.is_empty().then(|| shared.phrase(Phrase::NotAnswered)))
            .each(row.answers.iter().map(answer))
            .into_html(),
    ])
}
