//! What every part of the interface needs and none changes: the words, the settings, the browser.

use std::cell::RefCell;
use std::rc::Rc;

use quiz_engine::{LANGUAGE_OF_SOURCES, Pack, Phrase, filled};
use web_sys::Node;
use yew::virtual_dom::VNode;
use yew::{AttrValue, Html};

use crate::host::{Host, Settings};

/// The pack, the settings and the host of one check.
#[derive(Clone)]
pub struct Shared {
    pack: Rc<Pack>,
    settings: Rc<Settings>,
    host: Rc<dyn Host>,
    kept: Rc<RefCell<Vec<Kept>>>,
}

/// Something that was made once.
struct Kept {
    what: String,
    html: Html,
    /// Whether it was asked for since the view began.
    is_used: bool,
}

impl Shared {
    /// Puts them together.
    pub fn new(pack: Rc<Pack>, settings: Settings, host: Rc<dyn Host>) -> Self {
        Self { pack, settings: Rc::new(settings), host, kept: Rc::default() }
    }

    /// The quiz.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The browser.
    pub fn host(&self) -> &dyn Host {
        &*self.host
    }

    /// What is made once and then stays the same, for as long as it is in view without a break.
    pub(super) fn once(&self, what: &str, make: impl FnOnce() -> Html) -> Html {
        if let Some(kept) = self.kept.borrow_mut().iter_mut().find(|kept| kept.what == what) {
            kept.is_used = true;
            return kept.html.clone();
        }
        let html = make();
        self.kept.borrow_mut().push(Kept { what: what.to_owned(), html: html.clone(), is_used: true });
        html
    }

    /// Makes a view. What is not asked for in it is not in view any more, and is forgotten.
    pub(super) fn viewed(&self, view: impl FnOnce() -> Html) -> Html {
        self.kept.borrow_mut().iter_mut().for_each(|kept| kept.is_used = false);
        let html = view();
        self.kept.borrow_mut().retain(|kept| kept.is_used);
        html
    }

    /// The screen is no longer in view, and nothing that was made for it is needed again.
    pub(super) fn leave_screen(&self) {
        self.kept.borrow_mut().clear();
    }

    /// A copy of something in the document, made once, or nothing where it is not there.
    pub(super) fn copy(&self, what: &str, make: impl FnOnce(&dyn Host) -> Option<Node>) -> Html {
        self.once(what, || make(self.host()).map_or_else(Html::default, VNode::VRef))
    }

    /// A phrase of the interface.
    pub fn phrase(&self, phrase: Phrase) -> AttrValue {
        AttrValue::Rc(self.pack.words.phrase(phrase))
    }

    /// A phrase with its placeholders filled in, each by its name.
    pub fn phrase_with(&self, phrase: Phrase, values: &[(&str, &str)]) -> AttrValue {
        AttrValue::from(filled(&self.pack.words.phrase(phrase), values))
    }

    /// The language of what is cited, where it is another than the page's.
    pub fn cited_in(&self) -> Option<&'static str> {
        (*self.pack.words.code != *LANGUAGE_OF_SOURCES).then_some(LANGUAGE_OF_SOURCES)
    }

    /// Who signed the content, or that no one has.
    pub fn signed(&self) -> AttrValue {
        self.pack.review.as_ref().map_or_else(
            || self.phrase(Phrase::Unsigned),
            |review| {
                let date = self.host.long_date(&self.pack.words.code, &review.date);
                self.phrase_with(Phrase::Signed, &[("reviewer", &review.reviewer), ("date", &date)])
            },
        )
    }

    /// The clinic's name, or what stands for it.
    pub fn clinic(&self) -> AttrValue {
        let name = self.settings.clinic.as_ref();
        name.map_or_else(|| self.phrase(Phrase::ThisClinic), |name| self.isolated("\u{2068}", name))
    }

    /// A number that is read from left to right whatever stands beside it.
    pub(super) fn number(&self, number: &str) -> AttrValue {
        self.isolated("\u{2066}", number)
    }

    /// Text between marks that give it a direction of its own (UAX #9), where the clinic's name or the page runs from
    /// right to left: digits and brackets beside the name would else change their places. No other page has such marks.
    fn isolated(&self, direction: &str, text: &str) -> AttrValue {
        let runs_left = |text: &str| text.contains(|each| ('\u{590}'..='\u{8ff}').contains(&each));
        let name = self.settings.clinic.as_deref().unwrap_or_default();
        let is_mixed = runs_left(name) || runs_left(&self.phrase(Phrase::ThisClinic));
        let [begin, end] = if is_mixed { [direction, "\u{2069}"] } else { [""; 2] };
        [begin, text, end].concat().into()
    }
}
