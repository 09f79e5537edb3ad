//! A question: native radios or checkboxes in a fieldset, or a place to type in.

use quiz_engine::{Message, OptionView, Phrase, QuestionView, Widget};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};
use yew::{Callback, Html};

use super::Shared;
use super::figure::figure;
use super::markup::{Child, Element, When, element};
use super::number::number;
use super::part::part_id;
use super::scale::scale;
use super::session::Act;

/// How deep the question's heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingLevel {
    /// It is the heading of the page.
    First,
    /// It stands under a heading of the page.
    Second,
}

/// One question. `is_heading`: the focus goes to its heading when the screen changes.
pub fn question(
    shared: &Shared,
    view: &QuestionView,
    level: HeadingLevel,
    is_heading: bool,
    on_act: &Callback<Act>,
) -> Element {
    let described = described(view);
    // One out of several is a radio group, which can be invalid as a whole. Checkboxes are a plain group, which ARIA 1.2
    // lets be nothing of the kind, and no single box of them is wrong: there the description says what is missing. A
    // place to type in says so of itself.
    let is_group = matches!(view.widget, Widget::Radios(_) | Widget::Scale { .. });
    let is_invalid = is_group && view.error.is_some();
    // The name of a place to type in.
    let legend = matches!(view.widget, Widget::Number { .. }).then(|| part_id(view, "legend"));
    let head = if view.error.is_some() { "fieldset|class=question question--error" } else { "fieldset|class=question" };
    element(head)
        .attr("data-question", view.id.clone())
        .maybe("role", is_group.then_some("radiogroup"))
        .maybe("aria-invalid", is_invalid.then_some("true"))
        .attr("aria-describedby", described.clone())
        .with(element("legend").maybe("id", legend).with(heading(view, level, is_heading)))
        .with(
            (!view.help.is_empty()).then(|| element("p|class=help").attr("id", part_id(view, "help")).with(&view.help)),
        )
        .with(why_asked(shared, view))
        .with(view.error.as_ref().map(|error| {
            let prefix = element("span|class=visually-hidden").with(shared.phrase(Phrase::ErrorPrefix)).with(" ");
            element("p|class=error").attr("id", part_id(view, "error")).with(prefix).with(error)
        }))
        .with(widget(shared, view, &described, on_act))
}

/// The ids of what describes a question.
fn described(view: &QuestionView) -> String {
    let is_scale = matches!(view.widget, Widget::Scale { .. });
    let parts = [
        (!view.help.is_empty(), "help"),
        (true, "why"),
        // Who hears the numbers one by one would else learn only at the last one what it stands for.
        (is_scale, "low"),
        (is_scale, "high"),
        (view.error.is_some(), "error"),
    ];
    let ids: Vec<String> =
        parts.into_iter().filter(|(is_there, _)| *is_there).map(|(_, part)| part_id(view, part)).collect();
    ids.join(" ")
}

fn why_asked(shared: &Shared, view: &QuestionView) -> Element {
    let lead = element("span|class=why__lead").with(shared.phrase(Phrase::WhyAsked));
    element("p|class=why").attr("id", part_id(view, "why")).with(lead).with(": ").with(&view.why)
}

fn heading(view: &QuestionView, level: HeadingLevel, is_heading: bool) -> Element {
    let head = match (level, is_heading) {
        (HeadingLevel::First, _) => "h1|id=heading|tabindex=-1",
        (HeadingLevel::Second, true) => "h2|id=heading|tabindex=-1",
        (HeadingLevel::Second, false) => "h2",
    };
    element(head).with(&view.text)
}

fn widget(shared: &Shared, view: &QuestionView, described: &str, on_act: &Callback<Act>) -> Html {
    match &view.widget {
        Widget::Radios(options) => options_of(shared, view, false, options, on_act),
        Widget::Checkboxes(options) => options_of(shared, view, true, options, on_act),
        Widget::Number { text, unit, has_decimals } => {
            number(shared, view, (text, unit, *has_decimals), described, on_act)
        }
        Widget::Scale { min, max, low, high, chosen } => scale(view, (*min, *max), (low, high), *chosen, on_act),
    }
}

fn options_of(
    shared: &Shared,
    view: &QuestionView,
    is_many: bool,
    options: &[OptionView],
    on_act: &Callback<Act>,
) -> Html {
    let head = if are_short(options) { "div|class=options options--short" } else { "div|class=options" };
    let list = element(head).each(options.iter().map(|option| option_of(view, is_many, option, on_act))).into_html();
    let Some(id) = &view.figure else { return list };
    let figure = figure(shared, (id, view), options, is_many, on_act);
    element("div|class=with-map").with(figure).with(list).into_html()
}

/// Whether two labels fit beside each other on a phone.
fn are_short(options: &[OptionView]) -> bool {
    options.len() > 3 && options.iter().all(|option| option.label.chars().count() <= 12)
}

fn option_of(view: &QuestionView, is_many: bool, option: &OptionView, on_act: &Callback<Act>) -> Html {
    let (question, index) = (view.index, option.index);
    let on_change = on_act
        .reform(move |event: Event| Act::Quiz(Message::Ticked { question, option: index, ticked: is_checked(&event) }));
    let id = part_id(view, &option.id);
    // Browsers would else bring back what was ticked here, on a computer that others use too.
    let input = element("input|autocomplete=off")
        .attr("type", if is_many { "checkbox" } else { "radio" })
        .attr("id", id.clone())
        .attr("name", view.id.clone())
        .attr("value", option.id.clone())
        .checked(option.chosen)
        .on(When::Changed, on_change);
    element(if option.exclusive { "div|class=option option--exclusive" } else { "div|class=option" })
        .key(&option.id)
        .with(input)
        .with(element("label").attr("for", id).with(&option.label))
        .into_html()
}

/// Whether the box or button to which this happened is ticked now.
pub(super) fn is_checked(event: &Event) -> bool {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.checked())
}
