//! The way through the quiz: derived from the answers each time, never stored.

use crate::answers::{Answers, Effective};
use crate::logic::Logic;

/// An early end of the quiz.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Index of the question after which it ends.
    pub after: u16,
    /// Index of the rule that ends it.
    pub rule: u16,
}

/// The way that these answers lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Indices of the questions asked and answered, in order, up to the first required one without an answer.
    pub asked: Vec<u16>,
    /// The first question on the way without an answer; it may be an optional one.
    pub next: Option<u16>,
    /// Whether every required question on the way has an answer, or the quiz ended early.
    pub complete: bool,
    /// The early end, if there is one.
    pub stop: Option<Stop>,
}

impl Path {
    /// Walks the quiz with these answers.
    pub fn of(logic: &Logic, answers: &Answers) -> Self {
        Self::walk(logic, &answers.effective(logic))
    }

    /// The questions asked, and the next one where it belongs among them.
    pub(crate) fn asked_and_next(self) -> Vec<u16> {
        let mut questions = self.asked;
        if let Some(next) = self.next {
            questions.insert(questions.partition_point(|asked| *asked < next), next);
        }
        questions
    }

    pub(crate) fn walk(logic: &Logic, effective: &Effective) -> Self {
        let mut path = Self { asked: Vec::new(), next: None, complete: true, stop: None };
        for index in logic.question_indices() {
            if effective.shown(index) {
                if effective.facts(logic).answer(index).is_some() {
                    path.asked.push(index);
                } else {
                    path.next = path.next.or(Some(index));
                    if logic.question(index).is_some_and(|question| !question.optional) {
                        path.complete = false;
                        return path;
                    }
                }
            }
            if let Some(rule) = stop_after(logic, effective, index) {
                return Self { next: None, stop: Some(Stop { after: index, rule }), ..path };
            }
        }
        path
    }
}

fn stop_after(logic: &Logic, effective: &Effective, question: u16) -> Option<u16> {
    let mut rules = logic.rules.iter().zip(0_u16..);
    let found = rules.find(|(rule, _)| rule.stop_after == Some(question) && effective.hold(logic, &rule.when));
    found.map(|(_, index)| index)
}
