//! A scale of whole numbers as radio buttons.

use quiz_engine::{Message, QuestionView, Text};
use yew::{Callback, Html};

use super::markup::{Child, When, element};
use super::part::part_id;
use super::session::Act;

/// One radio button for each number, with words at both ends that are read with the numbers.
pub(super) fn scale(
    view: &QuestionView,
    (min, max): (i32, i32),
    ends: (&Text, &Text),
    chosen: Option<i32>,
    on_act: &Callback<Act>,
) -> Html {
    let question = view.index;
    let point = |value: i32| {
        let end = match value {
            value if value == min => Some("low"),
            value if value == max => Some("high"),
            _ => None,
        };
        let number = value.to_string();
        let id = part_id(view, &number);
        let input = element("input|type=radio|autocomplete=off")
            .attr("id", id.clone())
            .attr("name", view.id.clone())
            .attr("value", number.clone())
            .maybe("aria-describedby", end.map(|end| part_id(view, end)))
            .checked(chosen == Some(value))
            .on(When::Changed, on_act.reform(move |_| Act::Quiz(Message::Rated { question, value })));
        let label = element("label").attr("for", id).with(number);
        element("div|class=point").with(input).with(label).into_html()
    };
    let end = |part, value: i32, words| {
        element("span").attr("id", part_id(view, part)).with(value.to_string()).with(": ").with(words)
    };
    element("div|class=scale")
        .with(element("div|class=scale__points").each((min..=max).map(point)))
        .with(element("div|class=scale__ends").with(end("low", min, ends.0)).with(end("high", max, ends.1)))
        .into_html()
}
