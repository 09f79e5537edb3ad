//! What is too large to be proved: sums and means over many wide numbers, whose diagrams have a place for each value that
//! the sum can have so far. Where there is one, nothing at all is said of the quiz.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};

use quiz_engine::{Condition, Logic, Question};

use crate::compile::every_condition;

/// A quiz of which nothing can be proved, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotProvable(Vec<String>);

impl Display for NotProvable {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "too large to be proved exactly, so nothing is claimed of this quiz: {}", self.0.join("; "))
    }
}

impl std::error::Error for NotProvable {}

/// The most that the number of questions times the number of values may be, for three questions or more. It takes up to
/// a minute; the sum of two questions always can be proved, however wide.
const MOST: i64 = 20_000;

/// Whether the diagrams of the quiz can be made.
pub(crate) fn check(logic: &Logic) -> Result<(), NotProvable> {
    let mut wide = BTreeSet::new();
    every_condition(logic, &mut |condition| {
        condition.walk(&mut |part| {
            if let Condition::Sum { questions, .. } | Condition::Mean { questions, .. } = part {
                wide.extend(too_wide(logic, questions));
            }
        });
    });
    if wide.is_empty() { Ok(()) } else { Err(NotProvable(wide.into_iter().collect())) }
}

/// A sum that is too large, in words.
fn too_wide(logic: &Logic, questions: &[u16]) -> Option<String> {
    let distinct: BTreeSet<u16> = questions.iter().copied().collect();
    let asked: Vec<&Question> = distinct.iter().filter_map(|question| logic.question(*question)).collect();
    let count = i64::try_from(asked.len()).unwrap_or(i64::MAX);
    let values = asked.iter().map(|question| width(question)).sum::<i64>().saturating_add(1);
    if count < 3 || values.saturating_mul(count) <= MOST {
        return None;
    }
    let ids: Vec<&str> = asked.iter().map(|question| &*question.id).collect();
    Some(format!("a sum or mean of {} can have {values} values", ids.join(", ")))
}

/// How far apart the least and the greatest are that the question can count.
fn width(question: &Question) -> i64 {
    if let Some((min, max)) = question.kind.range() {
        return i64::from(max) - i64::from(min);
    }
    let points = question.points.iter().map(|points| i64::from(*points));
    if question.kind == quiz_engine::Kind::Many {
        return points.map(i64::abs).sum();
    }
    points.clone().max().unwrap_or(0) - points.min().unwrap_or(0)
}
