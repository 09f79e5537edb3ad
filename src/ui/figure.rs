//! The figure beside a question's options: to press where one would rather point than read.
//!
//! The options are the real control. Whoever uses a keyboard or hears the page has them and never meets the figure.

use quiz_engine::{Message, OptionView, Phrase, Text};
use web_sys::MouseEvent;
use yew::virtual_dom::VNode;
use yew::{Callback, Html, Properties, component, html, use_memo};

use super::Shared;

/// Properties of [`Figure`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FigureProps {
    pub(crate) shared: Shared,
    /// The figure's id.
    pub(crate) id: Text,
    /// The question's index.
    pub(crate) question: u16,
    pub(crate) options: Vec<OptionView>,
    /// Whether pressing a chosen part takes the choice back, as with checkboxes.
    pub(crate) is_many: bool,
    pub(crate) on_message: Callback<Message>,
}

/// A figure with parts that can be pressed.
#[component]
pub(crate) fn Figure(props: &FigureProps) -> Html {
    let chosen: Vec<&str> = props.options.iter().filter(|option| option.chosen).map(|option| &*option.id).collect();
    let what = (props.id.clone(), chosen.join(" "));
    let copy = use_memo(what, |(id, chosen)| props.shared.host().figure(id, chosen));
    let Some(copy) = (*copy).clone() else { return Html::default() };
    html! {
        <div class="map" data-figure={props.id.clone()} aria-hidden="true" onclick={on_press(props)}>
            { VNode::VRef(copy) }
            <p class="map__hint">{ props.shared.phrase(Phrase::FigurePress) }</p>
        </div>
    }
}

fn on_press(props: &FigureProps) -> Callback<MouseEvent> {
    let props = props.clone();
    Callback::from(move |event: MouseEvent| {
        let pressed = props.shared.host().pressed_option(&event);
        if let Some(option) = props.options.iter().find(|option| *option.id == *pressed) {
            let ticked = !(props.is_many && option.chosen);
            props.on_message.emit(Message::Ticked { question: props.question, option: option.index, ticked });
        }
    })
}
