//! A question: native radios or checkboxes in a fieldset, or a place to type in.

use quiz_engine::{Message, OptionView, Phrase, QuestionView, Widget};
use web_sys::{Event, HtmlInputElement};
use yew::{Callback, Html, Properties, TargetCast, component, html, use_memo};

use super::Shared;
use super::figure::Figure;
use super::number::number;
use super::scale::scale;

/// How deep the question's heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingLevel {
    /// It is the heading of the page.
    First,
    /// It stands under a heading of the page.
    Second,
}

/// Properties of [`Question`].
#[derive(Clone, PartialEq, Properties)]
pub struct QuestionProps {
    /// What every component needs.
    pub shared: Shared,
    /// What is shown.
    pub view: QuestionView,
    /// How deep its heading stands.
    pub level: HeadingLevel,
    /// Whether the focus goes to it when the screen changes.
    pub is_heading: bool,
    /// Told of what the visitor does.
    pub on_message: Callback<Message>,
}

/// One question.
#[component]
pub fn Question(props: &QuestionProps) -> Html {
    let QuestionProps { shared, view, .. } = props;
    let at_first = use_memo((), |()| match &view.widget {
        Widget::Number { text, .. } => text.to_string(),
        _ => String::new(),
    });
    let id = &*view.id;
    let is_scale = matches!(view.widget, Widget::Scale { .. });
    let described = [
        (!view.help.is_empty()).then(|| format!("{id}-help")),
        Some(format!("{id}-why")),
        // Who hears the numbers one by one would else learn only at the last one what it stands for.
        is_scale.then(|| format!("{id}-low {id}-high")),
        view.error.as_ref().map(|_| format!("{id}-error")),
    ];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    // One out of several is a radio group, which can be invalid as a whole. Checkboxes are a plain group, which ARIA 1.2
    // lets be nothing of the kind, and no single box of them is wrong: there the description says what is missing.
    let (role, invalid) = match &view.widget {
        // A place to type in says so of itself.
        Widget::Checkboxes(_) | Widget::Number { .. } => (None, None),
        Widget::Radios(_) | Widget::Scale { .. } => (Some("radiogroup"), view.error.as_ref().map(|_| "true")),
    };
    let question = view.index;
    let widget = match &view.widget {
        Widget::Radios(options) => options_of(props, "radio", options),
        Widget::Checkboxes(options) => options_of(props, "checkbox", options),
        Widget::Number { unit, has_decimals, .. } => number(props, &at_first, unit, *has_decimals, &described),
        Widget::Scale { min, max, low, high, chosen } => {
            let on_chosen = props.on_message.reform(move |value| Message::Rated { question, value });
            scale(&view.id, (*min, *max), (low, high), *chosen, &on_chosen)
        }
    };
    // The name of a place to type in.
    let legend = matches!(view.widget, Widget::Number { .. }).then(|| format!("{id}-legend"));
    html! {
        <fieldset
            class={if view.error.is_some() { "question question--error" } else { "question" }}
            data-question={view.id.clone()} {role} aria-invalid={invalid} aria-describedby={described}
        >
            <legend id={legend}>{ heading(props) }</legend>
            if !view.help.is_empty() {
                <p class="help" id={format!("{id}-help")}>{ view.help.clone() }</p>
            }
            <p class="why" id={format!("{id}-why")}>
                <span class="why__lead">{ shared.phrase(Phrase::WhyAsked) }</span>{ ": " }{ view.why.clone() }
            </p>
            if let Some(error) = &view.error {
                <p class="error" id={format!("{id}-error")}>
                    <span class="visually-hidden">{ shared.phrase(Phrase::ErrorPrefix) }{ " " }</span>{ error.clone() }
                </p>
            }
            { widget }
        </fieldset>
    }
}

fn heading(props: &QuestionProps) -> Html {
    let text = &props.view.text;
    match (props.level, props.is_heading) {
        (HeadingLevel::First, _) => html! { <h1 id="heading" tabindex="-1">{ text.clone() }</h1> },
        (HeadingLevel::Second, true) => html! { <h2 id="heading" tabindex="-1">{ text.clone() }</h2> },
        (HeadingLevel::Second, false) => html! { <h2>{ text.clone() }</h2> },
    }
}

fn options_of(props: &QuestionProps, kind: &'static str, options: &[OptionView]) -> Html {
    let list = html! {
        <div class={if are_short(options) { "options options--short" } else { "options" }}>
            { for options.iter().map(|option| option_of(props, kind, option)) }
        </div>
    };
    let Some(id) = &props.view.figure else { return list };
    html! {
        <div class="with-map">
            <Figure
                shared={props.shared.clone()} id={id.clone()} question={props.view.index} options={options.to_vec()}
                is_many={kind == "checkbox"} on_message={props.on_message.clone()}
            />
            { list }
        </div>
    }
}

/// Whether two labels fit beside each other on a phone.
fn are_short(options: &[OptionView]) -> bool {
    options.len() > 3 && options.iter().all(|option| option.label.chars().count() <= 12)
}

fn option_of(props: &QuestionProps, kind: &'static str, view: &OptionView) -> Html {
    let (question, option) = (props.view.index, view.index);
    let on_change = props.on_message.reform(move |event: Event| {
        let ticked = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        Message::Ticked { question, option, ticked }
    });
    let id = format!("{}-{}", props.view.id, view.id);
    // Browsers would else bring back what was ticked here, on a computer that others use too.
    html! {
        <div key={&*view.id} class={if view.exclusive { "option option--exclusive" } else { "option" }}>
            <input type={kind} id={id.clone()} name={props.view.id.clone()} value={view.id.clone()} checked={view.chosen} autocomplete="off" onchange={on_change} />
            <label for={id}>{ view.label.clone() }</label>
        </div>
    }
}
