//! The figure beside a question's options: to press where one would rather point than read.
//!
//! The options are the real control. Whoever uses a keyboard or hears the page has them and never meets the figure.

use quiz_engine::{Message, OptionView, Phrase, QuestionView, Text};
use web_sys::Event;
use yew::virtual_dom::VNode;
use yew::{Callback, Html};

use super::Shared;
use super::markup::{Child, When, element};
use super::session::Act;

/// A figure with parts that can be pressed. `is_many`: pressing a chosen part takes the choice back, as with checkboxes.
pub(super) fn figure(
    shared: &Shared,
    (id, view): (&Text, &QuestionView),
    options: &[OptionView],
    is_many: bool,
    on_act: &Callback<Act>,
) -> Html {
    let chosen: Vec<&str> = options.iter().filter(|option| option.chosen).map(|option| &*option.id).collect();
    let chosen = chosen.join(" ");
    let copy = shared.copy(&[&view.id, " ", id, " ", &chosen].concat(), |host| host.figure(id, &chosen));
    if !matches!(copy, VNode::VRef(_)) {
        return copy;
    }
    let question = view.index;
    let (host, options, on_act) = (shared.clone(), options.to_vec(), on_act.clone());
    let on_press = Callback::from(move |event: Event| {
        let pressed = host.host().pressed_option(&event);
        if let Some(option) = options.iter().find(|option| *option.id == *pressed) {
            let ticked = !(is_many && option.chosen);
            on_act.emit(Act::Quiz(Message::Ticked { question, option: option.index, ticked }));
        }
    });
    element("div|class=map|aria-hidden=true")
        .attr("data-figure", id.clone())
        .on(When::Clicked, on_press)
        .with(copy)
        .with(element("p|class=map__hint").with(shared.phrase(Phrase::FigurePress)))
        .into_html()
}
