//! Questions and options that only one of two quizzes has.

use quiz_engine::{Logic, Question};

/// What only one of two versions knows, by ids; options as `question.option`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Vocabulary {
    /// Questions and options that are new.
    pub added: Vec<String>,
    /// Questions and options that are gone.
    pub removed: Vec<String>,
    /// Questions that are answered in another way now, or by numbers between other bounds.
    pub of_another_kind: Vec<String>,
}

impl Vocabulary {
    pub(super) fn of(old: &Logic, new: &Logic) -> Self {
        let is_other = |was: &Question, is: &Question| (is.kind, is.decimals) != (was.kind, was.decimals);
        let kinds = old.questions.iter().filter(|was| find(new, was).is_some_and(|is| is_other(was, is)));
        Self {
            added: only_in(new, old),
            removed: only_in(old, new),
            of_another_kind: kinds.map(|question| question.id.to_string()).collect(),
        }
    }

    /// Whether both know the same.
    pub fn is_same(&self) -> bool {
        *self == Self::default()
    }
}

fn find<'a>(logic: &'a Logic, question: &Question) -> Option<&'a Question> {
    logic.questions.iter().find(|other| other.id == question.id)
}

/// Questions and options of one quiz that the other does not have; of a new question, not each of its options.
fn only_in(one: &Logic, other: &Logic) -> Vec<String> {
    let mut only = Vec::new();
    for question in &one.questions {
        match find(other, question) {
            None => only.push(question.id.to_string()),
            Some(_) if question.kind.range().is_some() => {}
            Some(known) => {
                let options = question.options.iter();
                let options = options.filter(|option| known.options.iter().all(|other| other.id != option.id));
                only.extend(options.map(|option| format!("{}.{}", question.id, option.id)));
            }
        }
    }
    only
}
