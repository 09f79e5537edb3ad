//! A place to type a number in.

use quiz_engine::Text;
use web_sys::{HtmlElement, InputEvent, KeyboardEvent};
use yew::{Callback, Html, Properties, TargetCast, component, html, use_memo};

/// Properties of [`Number`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct NumberProps {
    /// The question's id.
    pub(crate) id: Text,
    /// What stands in it at first.
    pub(crate) text: Text,
    pub(crate) unit: Text,
    pub(crate) has_decimals: bool,
    /// The ids of what describes it.
    pub(crate) described: String,
    pub(crate) is_wrong: bool,
    pub(crate) on_typed: Callback<Text>,
    pub(crate) on_enter: Callback<()>,
}

/// One line of text. It is no form field: where there is one for text, Chromium asks a server of its maker how to fill
/// it in (tried in 156, with `autocomplete="off"` and `inputmode`). Nor is it one that lets a wheel change a number.
#[component]
pub(crate) fn Number(props: &NumberProps) -> Html {
    let NumberProps { id, unit, .. } = props;
    // What stands in it belongs to the browser from the first digit on; it is put there once.
    let at_first = use_memo((), |()| props.text.clone());
    let on_input = props.on_typed.reform(|event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlElement>().inner_text();
        typed.into()
    });
    let on_key = {
        let on_enter = props.on_enter.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                on_enter.emit(());
            }
        }
    };
    let unit_id = format!("{id}-unit");
    // Before the engine is there nobody would keep what is typed.
    let editable = (!cfg!(feature = "ssr")).then_some("plaintext-only");
    html! {
        <div class="number">
            <div
                class="number__field" id={format!("{id}-number")} data-number={id.clone()} role="textbox"
                contenteditable={editable} inputmode={if props.has_decimals { "decimal" } else { "numeric" }}
                aria-labelledby={format!("{id}-legend {unit_id}")} aria-describedby={props.described.clone()}
                aria-invalid={props.is_wrong.then_some("true")} spellcheck="false" writingsuggestions="false"
                oninput={on_input} onkeydown={on_key}
            >{ (*at_first).clone() }</div>
            <span id={unit_id}>{ unit.clone() }</span>
        </div>
    }
}
