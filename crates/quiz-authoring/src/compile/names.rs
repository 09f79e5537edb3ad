//! The ids of a quiz: an id's place is its index in the engine.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::conditions::{Number, Span};

/// What a question counts in sums and means.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// How it is answered, where with a number: `scale` or `number`.
    pub(crate) number: Option<&'static str>,
    /// Whether its options have points.
    pub(crate) has_points: bool,
    /// Whether several options can be chosen.
    pub(crate) is_many: bool,
    /// How many decimals that has.
    pub(crate) decimals: u8,
}

/// Every id of the quiz, in the order of the file: an id's place is its index.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) questions: Vec<(String, Vec<String>)>,
    /// For each question the options that exclude others.
    pub(crate) exclusive: Vec<Vec<String>>,
    /// What each question counts in sums and means.
    pub(crate) counts: Vec<Counts>,
    /// The least and the greatest that an answer to each question counts, where it could be read.
    pub(crate) spans: Vec<Option<Span>>,
    pub(crate) terms: Vec<String>,
    /// Numbers with names of their own, and what each counts.
    pub(crate) numbers: Vec<(String, Number)>,
    /// Those that were tested.
    pub(super) numbers_used: RefCell<BTreeSet<String>>,
    /// For each term the places of those that it names, as they are written.
    pub(crate) terms_named: Vec<Vec<usize>>,
    pub(crate) tiers: Vec<String>,
    pub(crate) advice: Vec<String>,
    /// Id and clause of each rule.
    pub(crate) rules: Vec<(String, Option<String>)>,
    /// The id of each group of results, with the ids of these.
    pub(crate) groups: Vec<(String, Vec<String>)>,
    pub(crate) sections: Vec<String>,
    pub(crate) notes: Vec<String>,
    /// The id of each screen that holds several questions, in the order of screens; none for the others.
    pub(crate) screens: Vec<Option<String>>,
    /// Labels of the contact link, in the order of their first use.
    pub(crate) labels: Vec<String>,
    /// Sources that rules name, in the order of their first use.
    pub(crate) sources: Vec<String>,
}

impl Names {
    pub(crate) fn question(&self, id: &str) -> Option<u16> {
        index_of(self.questions.iter().map(|(question, _)| question.as_str()), id)
    }

    pub(crate) fn question_ids(&self) -> Vec<&str> {
        self.questions.iter().map(|(id, _)| id.as_str()).collect()
    }

    pub(crate) fn rule_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for (id, _) in self.rules.iter().filter(|(id, _)| !id.is_empty()) {
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
        ids
    }

    pub(crate) fn options(&self, question: u16) -> &[String] {
        self.questions.get(usize::from(question)).map(|(_, options)| options.as_slice()).unwrap_or_default()
    }

    /// The options of a question that exclude others.
    pub(crate) fn exclusive(&self, question: u16) -> &[String] {
        self.exclusive.get(usize::from(question)).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a question counts.
    pub(crate) fn counts(&self, question: u16) -> Counts {
        self.counts.get(usize::from(question)).copied().unwrap_or_default()
    }

    /// The least and the greatest that an answer to a question counts.
    pub(crate) fn span(&self, question: u16) -> Option<Span> {
        self.spans.get(usize::from(question)).copied().flatten()
    }

    /// The number of this name, which is tested now.
    pub(crate) fn number(&self, id: &str) -> Option<&Number> {
        let (_, number) = self.numbers.iter().find(|(known, _)| known == id)?;
        if self.question(id).is_some() {
            return None;
        }
        self.numbers_used.borrow_mut().insert(id.to_owned());
        Some(number)
    }

    pub(crate) fn option(&self, question: u16, id: &str) -> Option<u16> {
        index_of(self.options(question).iter().map(String::as_str), id)
    }

    /// The key of a rule's words: its id, and its clause where it has one.
    pub(crate) fn rule_keys(&self) -> Vec<String> {
        let key = |(id, clause): &(String, Option<String>)| match clause {
            Some(clause) => format!("{id}_{clause}"),
            None => id.clone(),
        };
        self.rules.iter().map(key).collect()
    }
}

pub(super) fn index_of<'a>(mut ids: impl Iterator<Item = &'a str>, id: &str) -> Option<u16> {
    ids.position(|each| each == id).and_then(|index| u16::try_from(index).ok())
}
