//! Which questions a condition names.

use std::collections::BTreeSet;

use quiz_engine::{Condition, Logic};

/// The questions that a condition names, in its terms too.
pub(crate) fn named(logic: &Logic, condition: &Condition) -> BTreeSet<u16> {
    let mut questions = BTreeSet::new();
    condition.walk(&mut |part| match part {
        Condition::Chosen { question, .. } | Condition::Answered(question) => {
            questions.insert(*question);
        }
        Condition::Sum { questions: of, .. } | Condition::Mean { questions: of, .. } => questions.extend(of),
        Condition::Term(term) => {
            if let Some(term) = logic.terms.get(usize::from(*term)) {
                questions.extend(named(logic, term));
            }
        }
        _ => {}
    });
    questions
}
