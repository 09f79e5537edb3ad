//! What the visitor answered, keyed by question.

use crate::condition::{Condition, Facts};
use crate::logic::{Kind, Logic};

/// An answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The options chosen: bit `n` stands for option `n` of the question.
    Chosen(u64),
    /// A number, counted in the last decimal of its question, see [`Question::decimals`](crate::Question::decimals).
    Number(i32),
}

/// An answer as it comes from outside, by ids.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// One option's id: the form for a question of one choice.
    One(&'a str),
    /// Several option ids: the form for a question of many choices.
    Many(Vec<&'a str>),
    /// A whole number: the form for a scale.
    Number(i64),
    /// A number as it is written, with decimals: see [`read_number`](crate::read_number).
    Written(&'a str),
}

/// Why an answer from outside was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// The quiz has no question of that id.
    UnknownQuestion,
    /// The question has no option of that id.
    UnknownOption,
    /// One choice where many are asked, text where a number is asked, and the like.
    WrongShape,
    /// The number lies outside of what is asked, or has more decimals, or is none.
    OutOfRange,
    /// No option at all.
    Empty,
    /// An option that stands for 'none of these' beside another.
    ExclusiveBesideAnother,
}

/// The visitor's answers. An answer to a question that is hidden now is kept, for when it is shown again; it takes no
/// part in anything meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers(Vec<Option<Answer>>);

impl Answers {
    /// No answers yet.
    pub fn none(logic: &Logic) -> Self {
        Self(vec![None; logic.questions.len()])
    }

    /// The answer to a question by index, whether or not it is shown.
    pub fn get(&self, question: u16) -> Option<Answer> {
        self.0.get(usize::from(question)).copied().flatten()
    }

    /// Puts or takes away an answer. An index outside the quiz is ignored.
    pub fn put(&mut self, question: u16, answer: Option<Answer>) {
        if let Some(place) = self.0.get_mut(usize::from(question)) {
            *place = answer;
        }
    }

    /// Takes an answer by ids.
    ///
    /// # Errors
    /// Says what is wrong with the question's id or with the value; the answers are then as before.
    pub fn set(&mut self, logic: &Logic, question: &str, value: &Value<'_>) -> Result<(), AnswerError> {
        let index = logic.question_index(question).ok_or(AnswerError::UnknownQuestion)?;
        let answer = logic.read(index, value)?;
        self.put(index, Some(answer));
        Ok(())
    }

    /// Ticks or clears one option, minding one-choice questions and exclusive options.
    pub fn tick(&mut self, logic: &Logic, question: u16, option: u16, ticked: bool) {
        let Some(asked) = logic.question(question) else { return };
        if usize::from(option) >= asked.options.len() {
            return;
        }
        let bit = 1_u64 << option;
        let before = match self.get(question) {
            Some(Answer::Chosen(options)) => options,
            _ => 0,
        };
        let exclusive = asked.exclusive();
        let after = match (ticked, asked.kind) {
            (false, _) => before & !bit,
            (true, Kind::Many) if exclusive & bit == 0 => (before & !exclusive) | bit,
            (true, _) => bit,
        };
        self.put(question, (after != 0).then_some(Answer::Chosen(after)));
    }

    /// The answers that count, and which questions and options are shown.
    pub fn effective(&self, logic: &Logic) -> Effective {
        let mut effective =
            Effective { answers: vec![None; logic.questions.len()], options: vec![None; logic.questions.len()] };
        for (index, question) in logic.questions.iter().enumerate() {
            // A question's conditions name only questions before it, so what is decided so far is all they need.
            let facts = Facts { logic, answers: &effective.answers };
            if !facts.hold(&question.shown) {
                continue;
            }
            let shown = question.options.iter().enumerate().filter(|(_, option)| facts.hold(&option.shown));
            let options = shown
                .fold(0_u64, |bits, (bit, _)| bits | 1_u64.checked_shl(u32::try_from(bit).unwrap_or(64)).unwrap_or(0));
            let answer = match self.0.get(index).copied().flatten() {
                Some(Answer::Chosen(chosen)) => Some(chosen & options).filter(|left| *left != 0).map(Answer::Chosen),
                number => number,
            };
            if let (Some(place), Some(mask)) = (effective.answers.get_mut(index), effective.options.get_mut(index)) {
                *place = answer;
                *mask = Some(options);
            }
        }
        effective
    }
}

/// Answers without what is hidden, see [`Answers::effective`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    answers: Vec<Option<Answer>>,
    options: Vec<Option<u64>>,
}

impl Effective {
    /// These answers as facts that conditions are tested on.
    pub fn facts<'a>(&'a self, logic: &'a Logic) -> Facts<'a> {
        Facts { logic, answers: &self.answers }
    }

    /// Whether the question is shown.
    pub fn shown(&self, question: u16) -> bool {
        self.options(question).is_some()
    }

    /// The options shown, a bit each, if the question is shown.
    pub fn options(&self, question: u16) -> Option<u64> {
        self.options.get(usize::from(question)).copied().flatten()
    }

    /// Whether a condition holds on these answers.
    pub fn hold(&self, logic: &Logic, condition: &Condition) -> bool {
        self.facts(logic).hold(condition)
    }
}
