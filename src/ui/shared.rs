//! What every component needs and none changes: the words, the settings, the browser.

use std::rc::Rc;

use quiz_engine::{LANGUAGE_OF_SOURCES, Pack, Phrase, filled};
use yew::AttrValue;

use crate::host::{Host, Settings};

/// The pack, the settings and the host of one check. Two are equal if they are the same one.
#[derive(Clone)]
pub struct Shared {
    pack: Rc<Pack>,
    settings: Rc<Settings>,
    host: Rc<dyn Host>,
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack) && Rc::ptr_eq(&self.settings, &other.settings)
    }
}

impl Shared {
    /// Puts them together.
    pub fn new(pack: Rc<Pack>, settings: Settings, host: Rc<dyn Host>) -> Self {
        Self { pack, settings: Rc::new(settings), host }
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
        self.settings.clinic.clone().map_or_else(|| self.phrase(Phrase::ThisClinic), AttrValue::from)
    }
}
