//! The small closed language in which branching and rules are written.

use crate::answers::Answer;
use crate::logic::Logic;

/// A condition on the visitor's answers.
///
/// A missing answer is in no band and no set: every test of it is false, and only [`Condition::Not`] and the absence
/// of [`Condition::Answered`] make something of it. Questions, options and terms are named by their index in [`Logic`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Condition {
    /// Holds whatever was answered.
    #[default]
    Always,
    /// Every one of these holds.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold. Plain negation: true of a missing answer.
    Not(Box<Condition>),
    /// At least `count` of these hold.
    AtLeast {
        /// How many must hold.
        count: u16,
        /// The conditions that are counted.
        of: Vec<Condition>,
    },
    /// At least one of these options (a bit each) of the question is chosen.
    Chosen {
        /// Index of the question.
        question: u16,
        /// Bit `n` stands for option `n`.
        options: u64,
    },
    /// The question is shown and has an answer.
    Answered(u16),
    /// The sum of what the answers count, all of them present, lies between two bounds, both included. A number counts
    /// itself, chosen options their points; all in the decimals of the questions, which are the same for all.
    Sum {
        /// Indices of questions that ask for numbers or whose options have points.
        questions: Vec<u16>,
        /// Least sum.
        at_least: i64,
        /// Greatest sum.
        at_most: i64,
        /// Whether missing answers are passed over, as long as one is there.
        skip: bool,
    },
    /// The arithmetic mean of what the answers count, likewise.
    Mean {
        /// Indices of questions that ask for numbers or whose options have points.
        questions: Vec<u16>,
        /// Least mean, in thousandths of the last decimal.
        at_least: i64,
        /// Greatest mean, in thousandths of the last decimal.
        at_most: i64,
        /// Whether missing answers are passed over, as long as one is there; they are then not counted either.
        skip: bool,
    },
    /// A condition that has a name of its own; it names only terms before it.
    Term(u16),
}

/// The answers that count: hidden questions and hidden options are already dropped.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The quiz that the answers belong to.
    pub logic: &'a Logic,
    /// One place for each question, in order.
    pub answers: &'a [Option<Answer>],
}

impl Facts<'_> {
    /// Whether the condition holds. An index that leads nowhere is a missing answer.
    #[inline]
    pub fn hold(&self, condition: &Condition) -> bool {
        // By far the most conditions are one of these two, and need no call of their own.
        match condition {
            Condition::Always => true,
            Condition::Chosen { question, options } => self.chosen(*question) & options != 0,
            composed => self.hold_composed(composed),
        }
    }

    fn hold_composed(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Always | Condition::Chosen { .. } => self.hold(condition),
            Condition::All(of) => of.iter().all(|each| self.hold(each)),
            Condition::Any(of) => of.iter().any(|each| self.hold(each)),
            Condition::Not(inner) => !self.hold(inner),
            Condition::AtLeast { count, of } => {
                of.iter().filter(|each| self.hold(each)).take(usize::from(*count)).count() == usize::from(*count)
            }
            Condition::Answered(question) => self.answer(*question).is_some(),
            Condition::Sum { questions, at_least, at_most, skip } => {
                self.sum(questions, *skip).is_some_and(|(sum, _)| (*at_least..=*at_most).contains(&sum))
            }
            Condition::Mean { questions, at_least, at_most, skip } => {
                self.sum(questions, *skip).is_some_and(|(sum, count)| {
                    // Compared without dividing, so that a mean of exactly the bound is never rounded off it.
                    let sum = sum.saturating_mul(1000);
                    sum >= at_least.saturating_mul(count) && sum <= at_most.saturating_mul(count)
                })
            }
            Condition::Term(term) => match self.logic.terms.get(usize::from(*term)) {
                // A call less for a term that is *not* one option, which quizzes name often.
                Some(Condition::Not(inner)) => !self.hold(inner),
                named => named.is_some_and(|named| self.hold(named)),
            },
        }
    }

    /// The answer to a question, if there is one that counts.
    pub fn answer(&self, question: u16) -> Option<Answer> {
        self.answers.get(usize::from(question)).copied().flatten()
    }

    /// The options chosen, a bit each; none where the question has no such answer.
    pub fn chosen(&self, question: u16) -> u64 {
        match self.answer(question) {
            Some(Answer::Chosen(options)) => options,
            _ => 0,
        }
    }

    /// What the answer to a question counts in sums and means: itself, or the points of what is chosen.
    pub fn counted(&self, question: u16) -> Option<i64> {
        match self.answer(question)? {
            Answer::Number(number) => Some(number.into()),
            Answer::Chosen(options) => self.logic.question(question)?.points_of(options),
        }
    }

    /// The sum of what the answers count, and of how many; nothing where there is none.
    fn sum(&self, questions: &[u16], skip: bool) -> Option<(i64, i64)> {
        let mut total = (0_i64, 0);
        for question in questions {
            match self.counted(*question) {
                Some(counted) => total = (total.0.saturating_add(counted), total.1 + 1),
                None if skip => {}
                None => return None,
            }
        }
        Some(total).filter(|(_, count)| *count > 0)
    }
}

impl Condition {
    /// Calls `visit` with this condition and every condition inside it; terms are not followed.
    pub fn walk(&self, visit: &mut impl FnMut(&Condition)) {
        visit(self);
        match self {
            Condition::All(of) | Condition::Any(of) | Condition::AtLeast { of, .. } => {
                for each in of {
                    each.walk(visit);
                }
            }
            Condition::Not(inner) => inner.walk(visit),
            _ => {}
        }
    }
}
