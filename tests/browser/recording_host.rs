//! A browser that writes down what is asked of it.

use std::cell::{Cell, RefCell};

use pars_check::host::{Host, Listeners, Notice};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node};

use crate::page::document;

/// What was asked of the browser, in order, and what the browser can tell the check.
#[derive(Default)]
pub(crate) struct RecordingHost {
    calls: RefCell<Vec<Call>>,
    listeners: RefCell<Vec<Listeners>>,
    /// The wall clock, in milliseconds.
    pub(crate) now: Cell<f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Call {
    Notified(Notice),
    Depth(bool),
    /// The focus went to the element of this id, and the element was there.
    Focused(String),
    /// The element of this id was to take the focus, but there was none.
    FocusedNothing(String),
    Dialog(String, bool),
    Printed,
    SavedSheet,
    /// This resource was saved.
    SavedRecord(String),
    /// Nothing of the session was to be left behind.
    Erased,
}

impl RecordingHost {
    fn add(&self, call: Call) {
        self.calls.borrow_mut().push(call);
    }

    pub(crate) fn notices(&self) -> Vec<Notice> {
        let notice = |call: &Call| if let Call::Notified(notice) = call { Some(*notice) } else { None };
        self.calls.borrow().iter().filter_map(notice).collect()
    }

    /// The last word about dialogs.
    pub(crate) fn is_dialog_open(&self) -> bool {
        let word = |call: &Call| if let Call::Dialog(_, is_open) = call { Some(*is_open) } else { None };
        self.calls.borrow().iter().rev().find_map(word).unwrap_or(false)
    }

    /// What moved the visitor since this was last asked: depth and focus.
    pub(crate) fn take_moves(&self) -> Vec<Call> {
        let is_move = |call: &Call| matches!(call, Call::Depth(_) | Call::Focused(_) | Call::FocusedNothing(_));
        let mut calls = self.calls.borrow_mut();
        let moves = calls.iter().filter(|call| is_move(call)).cloned().collect();
        calls.retain(|call| !is_move(call));
        moves
    }

    /// Everything that was asked, in order.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.borrow().clone()
    }

    /// What the visitor was given to take along, in order.
    pub(crate) fn given(&self) -> Vec<Call> {
        let is_given = |call: &&Call| matches!(call, Call::Printed | Call::SavedSheet | Call::SavedRecord(_));
        self.calls.borrow().iter().filter(is_given).cloned().collect()
    }

    /// How often the whole session was to be erased.
    pub(crate) fn erasures(&self) -> usize {
        self.calls.borrow().iter().filter(|call| **call == Call::Erased).count()
    }

    /// Whoever listens. There is one at most.
    pub(crate) fn listeners(&self) -> Listeners {
        let all = self.listeners.borrow();
        assert_eq!(all.len(), 1, "the check listens once");
        all[0].clone()
    }
}

impl Host for RecordingHost {
    fn notify(&self, notice: Notice) {
        self.add(Call::Notified(notice));
    }

    fn set_depth(&self, is_deep: bool) {
        self.add(Call::Depth(is_deep));
    }

    fn listen(&self, listeners: Listeners) {
        self.listeners.borrow_mut().push(listeners);
    }

    fn guidance(&self, section: &str) -> Option<Node> {
        let copy = document().create_element("p").unwrap();
        copy.set_text_content(Some(&format!("guidance of {section}")));
        Some(copy.into())
    }

    fn sources(&self, sections: &str, keys: &str) -> Option<Node> {
        let copy = document().create_element("ol").unwrap();
        copy.set_text_content(Some(&format!("sources of {sections} and {keys}")));
        Some(copy.into())
    }

    fn editing_mode(&self) -> String {
        "plaintext-only".into()
    }

    fn print(&self) {
        self.add(Call::Printed);
    }

    fn save_sheet(&self) {
        self.add(Call::SavedSheet);
    }

    fn save_record(&self, json: &str) {
        self.add(Call::SavedRecord(json.to_owned()));
    }

    fn timestamp(&self) -> String {
        "2026-11-30T12:00:00Z".into()
    }

    fn long_date(&self, language: &str, day: &str) -> String {
        format!("{} in {language}", if day.is_empty() { "today" } else { day })
    }

    fn figure(&self, id: &str, chosen: &str) -> Option<Node> {
        let copy = document().create_element("i").unwrap();
        copy.set_attribute("data-option", "unsure").unwrap();
        copy.set_text_content(Some(&format!("{id} with {chosen}")));
        Some(copy.into())
    }

    fn pressed_option(&self, event: &Event) -> String {
        let pressed = event.target().unwrap().dyn_into::<Element>().unwrap();
        pressed.get_attribute("data-option").unwrap_or_default()
    }

    fn focus(&self, id: &str) {
        let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
        self.add(match &element {
            Some(_) => Call::Focused(id.to_owned()),
            None => Call::FocusedNothing(id.to_owned()),
        });
        element.inspect(|element| element.focus().unwrap());
    }

    fn lead_to(&self, id: &str) {
        self.focus(id);
    }

    fn show_dialog(&self, id: &str, is_open: bool) {
        self.add(Call::Dialog(id.to_owned(), is_open));
    }

    fn now(&self) -> f64 {
        self.now.get()
    }

    fn erase(&self) {
        self.add(Call::Erased);
    }
}
