//! A place to type a number in.

use quiz_engine::{Message, QuestionView, Text};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};
use yew::{Callback, Html};

use super::Shared;
use super::markup::{Child, When, element};
use super::part::part_id;
use super::session::Act;
use super::typed::typed;

/// One line of text. It is no form field: where there is one for text, Chromium asks a server of its maker how to fill
/// it in (tried in 156, with `autocomplete="off"` and `inputmode`). Nor is it one that lets a wheel change a number.
///
/// What stands in it belongs to the browser from the first digit on, so `text` is put there once.
pub(super) fn number(
    shared: &Shared,
    view: &QuestionView,
    (text, unit, has_decimals): (&Text, &Text, bool),
    described: &str,
    on_act: &Callback<Act>,
) -> Html {
    let question = view.index;
    let on_input = on_act.reform(move |event: Event| Act::Quiz(Message::Typed { question, text: typed(&event) }));
    let on_act = on_act.clone();
    let on_key = Callback::from(move |event: Event| {
        if event.unchecked_ref::<KeyboardEvent>().key() == "Enter" {
            event.prevent_default();
            on_act.emit(Act::Quiz(Message::Continued));
        }
    });
    let unit_id = part_id(view, "unit");
    // Before the engine is there nobody would keep what is typed.
    let editable = (!cfg!(feature = "ssr")).then(|| shared.host().editing_mode());
    let field = element("div|class=number__field|role=textbox|spellcheck=false|writingsuggestions=false")
        .attr("id", part_id(view, "number"))
        .attr("data-number", view.id.clone())
        .maybe("contenteditable", editable)
        .attr("inputmode", if has_decimals { "decimal" } else { "numeric" })
        .attr("aria-labelledby", [&part_id(view, "legend"), " ", &unit_id].concat())
        .attr("aria-describedby", described.to_owned())
        .maybe("aria-invalid", view.error.as_ref().map(|_| "true"))
        .on(When::TypedIn, on_input)
        .on(When::KeyDown, on_key)
        .with(shared.once(&view.id, || text.into_html()));
    element("div|class=number").with(field).with(element("span").attr("id", unit_id).with(unit)).into_html()
}
