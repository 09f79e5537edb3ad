//! Every touch of the browser outside Yew's own tree, behind one narrow trait.

pub mod document;
mod settings;

use web_sys::{Event, Node};
use yew::Callback;

pub use settings::{Accent, Given, Settings, Telephone};

/// What the embedding page may learn: that the check can be used, and that someone began. Nothing else, ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The first question can be answered.
    Ready,
    /// A first answer was given. It depends on no answer which one.
    Started,
}

/// What happens in the browser that the check must know of.
#[derive(Clone, Debug, PartialEq)]
pub struct Listeners {
    /// The browser's Back was pressed.
    pub on_back: Callback<()>,
    /// The page is left, or came back from the browser's back/forward cache.
    pub on_leave: Callback<()>,
    /// A key, a pointer or an input: someone is there.
    pub on_activity: Callback<()>,
}

/// The browser, as far as the check needs it.
pub trait Host {
    /// Tells the embedding page.
    fn notify(&self, notice: Notice);

    /// Keeps one history entry for the browser's Back while there is a screen to go back to.
    fn set_depth(&self, is_deep: bool);

    /// Listens for as long as the document lives.
    fn listen(&self, listeners: Listeners);

    /// A copy of a section of the leaflet, to be put into the page.
    fn guidance(&self, section: &str) -> Option<Node>;

    /// A copy of the leaflet's list of sources, with only those that these sections name, and those with these keys.
    fn sources(&self, sections: &str, keys: &str) -> Option<Node>;

    /// The value of `contenteditable` that makes an element one to write in, as plain text, in this browser.
    fn editing_mode(&self) -> String;

    /// Prints the sheet, and nothing else of the document.
    fn print(&self);

    /// Has the browser save a copy of the sheet as a file of its own.
    fn save_sheet(&self);

    /// Has the browser save the answers for a clinic's records: a FHIR resource in JSON.
    fn save_record(&self, json: &str);

    /// This moment, as in ISO 8601.
    fn timestamp(&self) -> String;

    /// A day of ISO 8601 in the words of a language; today where none is given.
    fn long_date(&self, language: &str, day: &str) -> String;

    /// A copy of the figure beside a question, with those parts marked that stand for these options.
    fn figure(&self, id: &str, chosen: &str) -> Option<Node>;

    /// The option that the pressed part of a figure stands for; empty if none was pressed.
    fn pressed_option(&self, event: &Event) -> String;

    /// Puts the focus on an element and the document at its top, without moving the embedding page.
    fn focus(&self, id: &str);

    /// Puts the focus on an option and brings its question into view, without moving the embedding page.
    fn lead_to(&self, id: &str);

    /// Opens a dialog over the page, or closes it.
    fn show_dialog(&self, id: &str, is_open: bool);

    /// The wall clock in milliseconds.
    fn now(&self) -> f64;

    /// Leaves nothing of this session behind: overwrites the memory of the engine that runs and starts a fresh one,
    /// as soon as the call that asks for it has returned. The session has been emptied before.
    fn erase(&self);
}

/// No browser at all: for rendering natively.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoHost;

impl Host for NoHost {
    fn notify(&self, _: Notice) {}
    fn set_depth(&self, _: bool) {}
    fn listen(&self, _: Listeners) {}
    fn guidance(&self, _: &str) -> Option<Node> {
        None
    }
    fn sources(&self, _: &str, _: &str) -> Option<Node> {
        None
    }
    fn editing_mode(&self) -> String {
        "true".to_owned()
    }
    fn print(&self) {}
    fn save_sheet(&self) {}
    fn save_record(&self, _: &str) {}
    fn timestamp(&self) -> String {
        String::new()
    }
    fn long_date(&self, _: &str, day: &str) -> String {
        day.to_owned()
    }
    fn figure(&self, _: &str, _: &str) -> Option<Node> {
        None
    }
    fn pressed_option(&self, _: &Event) -> String {
        String::new()
    }
    fn focus(&self, _: &str) {}
    fn lead_to(&self, _: &str) {}
    fn show_dialog(&self, _: &str, _: bool) {}
    fn now(&self) -> f64 {
        0.0
    }
    fn erase(&self) {}
}
