//! Numbers with a name of their own: what is counted once and tested with several bounds.
//!
//! The engine knows nothing of them. Wherever one is tested, its meaning stands there as if it had been written out.

use quiz_engine::Condition;

use super::{DEEPEST, Scope};
use crate::reader::Table;

/// What is counted.
#[derive(Clone, Debug)]
pub(crate) enum Number {
    /// The sum of answers, see [`Condition::Sum`].
    Sum { questions: Vec<u16>, decimals: u8, skip: bool },
    /// Their mean, see [`Condition::Mean`].
    Mean { questions: Vec<u16>, decimals: u8, skip: bool },
    /// How many of these hold.
    Of(Vec<Condition>),
    /// Nothing that could be read.
    Lost,
}

impl<'a> Scope<'a> {
    /// Reads what a number counts. What cannot be read is named.
    pub(crate) fn meaning(&self, table: &Table<'a>) -> Option<Number> {
        let given = ["sum", "mean", "of"].map(|key| table.get(key).map(|_| key));
        let has_gaps = table.get("missing").is_some();
        table.finish();
        let given: Vec<&'static str> = given.into_iter().flatten().collect();
        match given.as_slice() {
            ["of"] if has_gaps => {
                self.source.problem(table.place("missing"), "`missing` belongs to a sum or a mean");
                None
            }
            ["of"] => Some(Number::Of(self.list(table, "of")?)),
            ["sum"] => {
                let (questions, decimals) = self.questions(table, "sum")?;
                Some(Number::Sum { questions, decimals, skip: self.skip(table)? })
            }
            ["mean"] => {
                let (questions, decimals) = self.questions(table, "mean")?;
                Some(Number::Mean { questions, decimals, skip: self.skip(table)? })
            }
            _ => {
                self.source
                    .problem(table.at, "a number is one of sum, mean and of, and its bounds stand where it is tested");
                None
            }
        }
    }

    /// A number that has a name, tested with the bounds of this table.
    pub(super) fn test_of(&self, table: &Table<'a>, number: &Number) -> Option<Condition> {
        let condition = match number.clone() {
            Number::Lost => return None,
            Number::Of(of) => {
                return self.can_hold(table, &of).then(|| self.between(table, "number", of)).flatten();
            }
            Number::Sum { questions, decimals, skip } => {
                let (at_least, at_most) = self.bounds(table, "number", decimals)?;
                Condition::Sum { questions, at_least, at_most, skip }
            }
            Number::Mean { questions, decimals, skip } => {
                let (at_least, at_most) = self.bounds(table, "number", decimals + 3)?;
                Condition::Mean { questions, at_least, at_most, skip }
            }
        };
        Some(self.tested(table, condition))
    }

    /// What a number counts is as large, and lies as deep, as if it had been written where it is tested.
    fn can_hold(&self, table: &Table<'a>, of: &[Condition]) -> bool {
        let inside = of.iter().map(depth).max().unwrap_or(0);
        let is_deep = usize::from(self.depth) * OF_THE_ENGINE + inside > usize::from(DEEPEST) * OF_THE_ENGINE;
        let mut parts = 0_usize;
        for each in of {
            each.walk(&mut |_| parts += 1);
        }
        if is_deep {
            let message = format!("with what this number counts, conditions nest more than {DEEPEST} deep");
            self.source.problem(table.at, message);
        } else if parts > MOST_PARTS {
            let message = format!("what this number counts has more than {MOST_PARTS} parts when it is written out");
            self.source.problem(table.at, message);
        }
        !is_deep && parts <= MOST_PARTS
    }
}

/// The most parts of what a number counts. Numbers that name numbers grow.
const MOST_PARTS: usize = 10_000;

/// How many conditions of the engine one that is written becomes, at most.
const OF_THE_ENGINE: usize = 3;

/// How deep conditions of the engine lie in one another.
fn depth(condition: &Condition) -> usize {
    match condition {
        Condition::All(of) | Condition::Any(of) | Condition::AtLeast { of, .. } => {
            1 + of.iter().map(depth).max().unwrap_or(0)
        }
        Condition::Not(inner) => 1 + depth(inner),
        _ => 1,
    }
}
