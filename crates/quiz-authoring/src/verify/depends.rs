//! Which questions a condition names.

use std::collections::BTreeSet;

use quiz_engine::{Condition, Logic};

/// The questions that a condition names, in its terms too.
pub(crate) fn named(logic: &Logic, condition: &Condition) -> BTreeSet<u16> {
    let mut named = Named { logic, questions: BTreeSet::new(), terms: BTreeSet::new() };
    named.note(condition);
    named.questions
}

struct Named<'a> {
    logic: &'a Logic,
    questions: BTreeSet<u16>,
    /// Terms that were looked into: once is enough.
    terms: BTreeSet<u16>,
}

impl Named<'_> {
    fn note(&mut self, condition: &Condition) {
        let logic = self.logic;
        condition.walk(&mut |part| match part {
            Condition::Chosen { question, .. } | Condition::Answered(question) => {
                self.questions.insert(*question);
            }
            Condition::Sum { questions: of, .. } | Condition::Mean { questions: of, .. } => self.questions.extend(of),
            Condition::Term(term) => {
                if let Some(named) = logic.terms.get(usize::from(*term)).filter(|_| self.terms.insert(*term)) {
                    self.note(named);
                }
            }
            _ => {}
        });
    }
}
