//! The conditions that faults are put into: all that have a say in what is asked and what is decided.

use std::collections::BTreeSet;

use quiz_engine::{Condition, Logic};

use crate::content::Content;
use crate::verify::result_id;

/// A condition of the quiz, by where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Rule(u16),
    /// A result, by its group and its place there.
    Result(u16, u16),
    /// When a group is shown.
    Group(u16),
    /// When a question is shown.
    Question(u16),
    /// When an option of a question is offered.
    Offered(u16, u16),
    Term(u16),
}

impl Place {
    /// Every place in the order in which faults are told. What only decides on sections, notes or labels is left out.
    pub(super) fn all(logic: &Logic) -> Vec<Self> {
        let rules = (0_u16..).zip(&logic.rules).map(|(rule, _)| Self::Rule(rule));
        let groups = (0_u16..).zip(&logic.groups).flat_map(|(index, group)| {
            let results = (0_u16..).zip(&group.rules).map(move |(result, _)| Self::Result(index, result));
            results.chain([Self::Group(index)])
        });
        let questions = (0_u16..).zip(&logic.questions).flat_map(|(index, question)| {
            let options = (0_u16..).zip(&question.options).map(move |(option, _)| Self::Offered(index, option));
            std::iter::once(Self::Question(index)).chain(options)
        });
        let mut places: Vec<Self> = rules.chain(groups).chain(questions).collect();
        let terms = terms_of(logic, &places);
        places.extend(terms.into_iter().map(Self::Term));
        places
    }

    /// The condition that stands there.
    pub(super) fn of(self, logic: &mut Logic) -> Option<&mut Condition> {
        let place = usize::from;
        match self {
            Self::Rule(rule) => logic.rules.get_mut(place(rule)).map(|rule| &mut rule.when),
            Self::Result(group, result) => {
                logic.groups.get_mut(place(group))?.rules.get_mut(place(result)).map(|rule| &mut rule.when)
            }
            Self::Group(group) => logic.groups.get_mut(place(group)).map(|group| &mut group.shown),
            Self::Question(question) => logic.questions.get_mut(place(question)).map(|question| &mut question.shown),
            Self::Offered(question, option) => {
                let options = &mut logic.questions.get_mut(place(question))?.options;
                options.get_mut(place(option)).map(|option| &mut option.shown)
            }
            Self::Term(term) => logic.terms.get_mut(place(term)),
        }
    }

    /// What people call it.
    pub(super) fn name(self, content: &Content) -> String {
        let logic = &content.logic;
        let question = |index: u16| logic.question(index).map(|question| question.id.to_string()).unwrap_or_default();
        match self {
            Self::Rule(rule) => content.material.rules.get(usize::from(rule)).cloned().unwrap_or_default(),
            Self::Result(group, result) => result_id(logic, (group, result)).unwrap_or_default(),
            Self::Group(group) => {
                let id = logic.groups.get(usize::from(group)).map(|group| &*group.id).unwrap_or_default();
                format!("shown of {id}")
            }
            Self::Question(index) => format!("shown of {}", question(index)),
            Self::Offered(index, option) => {
                let options = logic.question(index).map(|question| question.options.as_slice()).unwrap_or_default();
                let id = options.get(usize::from(option)).map(|option| &*option.id).unwrap_or_default();
                format!("shown of {}.{id}", question(index))
            }
            Self::Term(term) => content.material.terms.get(usize::from(term)).cloned().unwrap_or_default(),
        }
    }
}

/// The terms that a condition at one of these places names, itself or by another term.
fn terms_of(logic: &Logic, places: &[Place]) -> BTreeSet<u16> {
    let mut used = BTreeSet::new();
    let note = |condition: &Condition, used: &mut BTreeSet<u16>| {
        condition.walk(&mut |part| {
            if let Condition::Term(term) = part {
                used.insert(*term);
            }
        });
    };
    let mut read = logic.clone();
    for place in places {
        if let Some(condition) = place.of(&mut read) {
            note(condition, &mut used);
        }
    }
    // A term names only those before it.
    let terms: Vec<(u16, &Condition)> = (0_u16..).zip(&logic.terms).collect();
    for (index, term) in terms.into_iter().rev() {
        if used.contains(&index) {
            note(term, &mut used);
        }
    }
    used
}
