//! A place to type a number in.

use quiz_engine::{Message, Text};
use web_sys::{HtmlElement, InputEvent, KeyboardEvent};
use yew::{Html, TargetCast, html};

use super::question::QuestionProps;

/// One line of text. It is no form field: where there is one for text, Chromium asks a server of its maker how to fill
/// it in (tried in 156, with `autocomplete="off"` and `inputmode`). Nor is it one that lets a wheel change a number.
///
/// What stands in it belongs to the browser from the first digit on, so `at_first` is what stood there before.
pub(super) fn number(props: &QuestionProps, at_first: &str, unit: &Text, has_decimals: bool, described: &str) -> Html {
    let (id, question, on_message) = (&*props.view.id, props.view.index, &props.on_message);
    let on_input = on_message.reform(move |event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlElement>().inner_text();
        Message::Typed { question, text: typed.into() }
    });
    let on_message = on_message.clone();
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            on_message.emit(Message::Continued);
        }
    };
    let unit_id = format!("{id}-unit");
    // Before the engine is there nobody would keep what is typed.
    let editable = (!cfg!(feature = "ssr")).then(|| props.shared.host().editing_mode());
    html! {
        <div class="number">
            <div
                class="number__field" id={format!("{id}-number")} data-number={props.view.id.clone()} role="textbox"
                contenteditable={editable} inputmode={if has_decimals { "decimal" } else { "numeric" }}
                aria-labelledby={format!("{id}-legend {unit_id}")} aria-describedby={described.to_owned()}
                aria-invalid={props.view.error.as_ref().map(|_| "true")} spellcheck="false"
                writingsuggestions="false" oninput={on_input} onkeydown={on_key}
            >{ at_first.to_owned() }</div>
            <span id={unit_id}>{ unit.clone() }</span>
        </div>
    }
}
