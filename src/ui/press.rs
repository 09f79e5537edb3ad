//! Buttons.

use quiz_engine::{Message, Phrase};
use web_sys::Event;
use yew::Callback;

use super::Shared;
use super::markup::{Child, Element, When, element};
use super::session::Act;

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// What most go on with.
    Main,
    /// What some want.
    Quiet,
    /// Within a text.
    Link,
    /// The way back.
    Back,
}

/// A button that does this when it is pressed; `action` names it in the markup.
pub(super) fn button(look: Look, action: &'static str, words: impl Child, on_press: Callback<Event>) -> Element {
    let head = match look {
        Look::Main => "button|type=button|class=button",
        Look::Quiet => "button|type=button|class=button button--quiet",
        Look::Link => "button|type=button|class=link-button",
        Look::Back => "button|type=button|class=link-button link-button--back",
    };
    element(head).attr("data-action", action).on(When::Clicked, on_press).with(words)
}

/// A button that tells of this act.
pub(super) fn press(
    shared: &Shared,
    look: Look,
    action: &'static str,
    words: Phrase,
    on_act: &Callback<Act>,
    act: Act,
) -> Element {
    button(look, action, shared.phrase(words), on_act.reform(move |_| act.clone()))
}

/// The way back to the screen before.
pub(super) fn back(shared: &Shared, look: Look, on_act: &Callback<Act>) -> Element {
    press(shared, look, "back", Phrase::Back, on_act, Act::Quiz(Message::WentBack))
}
