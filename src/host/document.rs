//! The sealed document as a host: what `host.js` offers, and the start of the check in it.

use std::rc::Rc;

use quiz_engine::{Pack, PackError};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Event, Node};

use super::{Given, Host, Listeners, Notice, Settings};
use crate::ui::{Early, Quiz, QuizProps};

mod js {
    use super::{Closure, Event, Node, wasm_bindgen};

    #[wasm_bindgen(module = "/src/host/host.js")]
    extern "C" {
        pub(super) fn read_pack() -> Vec<u8>;
        pub(super) fn read_settings() -> Vec<String>;
        pub(super) fn apply_accent(on_light: &str, on_dark: &str);
        pub(super) fn early_answer() -> Vec<String>;
        pub(super) fn notify(kind: &str);
        pub(super) fn set_depth(is_deep: bool);
        pub(super) fn listen(
            on_back: &Closure<dyn Fn()>,
            on_leave: &Closure<dyn Fn()>,
            on_activity: &Closure<dyn Fn()>,
        );
        pub(super) fn guidance(section: &str) -> Option<Node>;
        pub(super) fn sources(sections: &str, keys: &str) -> Option<Node>;
        pub(super) fn editing_mode() -> String;
        pub(super) fn print();
        pub(super) fn save_sheet();
        pub(super) fn save_record(json: &str);
        pub(super) fn timestamp() -> String;
        pub(super) fn long_date(language: &str, day: &str) -> String;
        pub(super) fn figure(id: &str, chosen: &str) -> Option<Node>;
        pub(super) fn pressed_option(event: &Event) -> String;
        pub(super) fn focus(id: &str);
        pub(super) fn lead_to(id: &str);
        pub(super) fn show_dialog(id: &str, is_open: bool);
        pub(super) fn now() -> f64;
        pub(super) fn erase();
    }
}

/// The sealed document.
#[derive(Clone, Copy, Debug, Default)]
pub struct SealedDocument;

impl Host for SealedDocument {
    fn notify(&self, notice: Notice) {
        js::notify(match notice {
            Notice::Ready => "ready",
            Notice::Started => "started",
        });
    }

    fn set_depth(&self, is_deep: bool) {
        js::set_depth(is_deep);
    }

    fn listen(&self, listeners: Listeners) {
        let listener = |callback: yew::Callback<()>| Closure::<dyn Fn()>::new(move || callback.emit(()));
        let (back, leave) = (listener(listeners.on_back), listener(listeners.on_leave));
        let activity = listener(listeners.on_activity);
        js::listen(&back, &leave, &activity);
        // They live as long as the document does.
        [back, leave, activity].into_iter().for_each(Closure::forget);
    }

    fn guidance(&self, section: &str) -> Option<Node> {
        js::guidance(section)
    }

    fn sources(&self, sections: &str, keys: &str) -> Option<Node> {
        js::sources(sections, keys)
    }

    fn editing_mode(&self) -> String {
        js::editing_mode()
    }

    fn print(&self) {
        js::print();
    }

    fn save_sheet(&self) {
        js::save_sheet();
    }

    fn save_record(&self, json: &str) {
        js::save_record(json);
    }

    fn timestamp(&self) -> String {
        js::timestamp()
    }

    fn long_date(&self, language: &str, day: &str) -> String {
        js::long_date(language, day)
    }

    fn figure(&self, id: &str, chosen: &str) -> Option<Node> {
        js::figure(id, chosen)
    }

    fn pressed_option(&self, event: &Event) -> String {
        js::pressed_option(event)
    }

    fn focus(&self, id: &str) {
        js::focus(id);
    }

    fn lead_to(&self, id: &str) {
        js::lead_to(id);
    }

    fn show_dialog(&self, id: &str, is_open: bool) {
        js::show_dialog(id, is_open);
    }

    fn now(&self) -> f64 {
        js::now()
    }

    fn erase(&self) {
        js::erase();
    }
}

fn given_settings() -> Given {
    let [contact, clinic, tel, emergency, accent, from] =
        <[String; 6]>::try_from(js::read_settings()).unwrap_or_default();
    Given { contact, clinic, tel, emergency, accent, is_from_page: from == "page" }
}

/// Starts the check in `#app`, taking over what was answered before the engine was there.
///
/// # Errors
/// There is no `#app`, or no pack that this engine can read.
pub fn start() -> Result<(), String> {
    let pack = Pack::decode(&js::read_pack()).map_err(|error| {
        let what = match error {
            PackError::Malformed => "the pack is damaged",
            PackError::OtherFormat => "the pack is of another version",
            PackError::Inconsistent => "the pack contradicts itself",
        };
        what.to_owned()
    })?;
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.and_then(|document| document.get_element_by_id("app")).ok_or("there is no #app")?;
    let settings = Settings::of(&given_settings());
    if let Some(accent) = &settings.accent {
        js::apply_accent(&accent.on_light, &accent.on_dark);
    }
    let [question, option, pressed, erased] = <[String; 4]>::try_from(js::early_answer()).unwrap_or_default();
    let early = Early { question, option, is_continued: !pressed.is_empty(), is_erased: !erased.is_empty() };
    let props = QuizProps { pack: Rc::new(pack), settings, host: Rc::new(SealedDocument), early };
    yew::Renderer::<Quiz>::with_root_and_props(root, props).render();
    Ok(())
}
