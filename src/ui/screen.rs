//! A screen of questions.

use quiz_engine::{Message, Phrase, ScreenView};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};
use yew::{Callback, Html};

use super::Shared;
use super::errors::errors;
use super::markup::{Child, Element, When, element, list};
use super::opening::opening;
use super::press::{Look, back, press};
use super::progress::progress;
use super::question::{HeadingLevel, question};
use super::session::Act;

/// One screen: its questions, *Back*, *Continue*, and *Skip* where it can be left out. `is_erased`: answers have just
/// been erased, which is said on the first screen.
pub fn screen(shared: &Shared, view: &ScreenView, is_erased: bool, on_act: &Callback<Act>) -> Element {
    let has_title = !view.title.is_empty();
    let level = if view.first || has_title { HeadingLevel::Second } else { HeadingLevel::First };
    let questions = view.questions.iter().enumerate().map(|(place, asked)| {
        let is_heading = place == 0 && !has_title;
        question(shared, asked, level, is_heading, on_act).key(&asked.id).into_html()
    });
    let button = |look, action, words, message| press(shared, look, action, words, on_act, Act::Quiz(message));
    let skip = || button(Look::Quiet, "skip", Phrase::Skip, Message::Skipped);
    element("div|class=screen")
        .on(When::KeyDown, on_enter(on_act))
        .with(if view.first { first_top(shared, is_erased) } else { top(shared, view, on_act) })
        .with(errors(shared, &view.questions))
        .with(has_title.then(|| element("h1|id=heading|tabindex=-1").with(&view.title)))
        .each(questions)
        .with(
            element("div|class=actions")
                .with(button(Look::Main, "continue", Phrase::Continue, Message::Continued))
                .with(view.optional.then(skip)),
        )
}

fn first_top(shared: &Shared, is_erased: bool) -> Html {
    let erased = || element("p|class=erased|id=erased|tabindex=-1").with(shared.phrase(Phrase::Erased));
    list(vec![is_erased.then(erased).into_html(), opening(shared)])
}

fn top(shared: &Shared, view: &ScreenView, on_act: &Callback<Act>) -> Html {
    let back = back(shared, Look::Back, on_act);
    element("div|class=screen__top").with(back).with(progress(shared, view.progress)).into_html()
}

/// A form would be the natural home of Enter, but in a sandbox without allow-forms no submit event ever comes.
fn on_enter(on_act: &Callback<Act>) -> Callback<Event> {
    let on_act = on_act.clone();
    Callback::from(move |event: Event| {
        let is_enter = event.unchecked_ref::<KeyboardEvent>().key() == "Enter";
        if is_enter && event.target().is_some_and(|target| target.is_instance_of::<HtmlInputElement>()) {
            event.prevent_default();
            on_act.emit(Act::Quiz(Message::Continued));
        }
    })
}
