//! The quiz without its words: questions, branching, rules and what they lead to. The same in every language.

use crate::Text;
use crate::answers::{Answer, AnswerError, Value};
use crate::condition::Condition;
use crate::number::read_number;

/// How a question is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Exactly one option.
    #[default]
    One,
    /// One option or more.
    Many,
    /// A whole number between two bounds, both included.
    Scale {
        /// Least value.
        min: i32,
        /// Greatest value.
        max: i32,
    },
    /// A number that is typed, between two bounds, both included. Like the answer, they count the question's last
    /// decimal: see [`Question::decimals`].
    Number {
        /// Least value.
        min: i32,
        /// Greatest value.
        max: i32,
    },
}

impl Kind {
    /// The least and the greatest answer, where it is a number.
    pub fn range(self) -> Option<(i32, i32)> {
        match self {
            Kind::Scale { min, max } | Kind::Number { min, max } => Some((min, max)),
            Kind::One | Kind::Many => None,
        }
    }
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// Its id, unique in the question.
    pub id: Text,
    /// When it is offered.
    pub shown: Condition,
    /// Whether choosing it clears the others, and the other way round.
    pub exclusive: bool,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id, unique in the quiz.
    pub id: Text,
    /// How it is answered.
    pub kind: Kind,
    /// How many decimals its numbers have, at most 3: its answers and bounds, its points, and what is compared with
    /// them. All are kept as whole numbers of the last decimal, so with one decimal 375 is 37.5.
    pub decimals: u8,
    /// Its options, at most 64; empty where a number is asked.
    pub options: Vec<Opt>,
    /// What each option counts in sums and means, in the order of the options; empty where they count nothing there.
    pub points: Vec<i32>,
    /// When it is asked; names only questions before it.
    pub shown: Condition,
    /// Whether it can be left without an answer.
    pub optional: bool,
    /// Whether its answer is no sign that could begin now, such as an age or a duration: nobody is told that another one
    /// would be more urgent.
    pub stays: bool,
    /// The figure that stands beside its options and can be pressed, if there is one.
    pub figure: Option<Text>,
}

/// A rule: the first one that holds decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id in the clinical specification. Two rules may share one where it has several clauses.
    pub id: Text,
    /// When it holds.
    pub when: Condition,
    /// Index of the advice it leads to.
    pub advice: u16,
    /// The question after which the quiz ends early if the rule holds.
    pub stop_after: Option<u16>,
    /// Indices of its sources.
    pub sources: Vec<u16>,
}

/// Results of their own beside the advice, such as a score. A group is independent of the rules and of other groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id, unique among the groups.
    pub id: Text,
    /// When it has a result at all.
    pub shown: Condition,
    /// Its results, the first that holds; the last one always holds. A result is a rule whose id is unique in the group,
    /// which never ends the quiz, and whose `advice` is the index of its words in [`results`](crate::Words::results).
    pub rules: Vec<Rule>,
}

/// A section that an advice shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionUse {
    /// Index of the section.
    pub section: u16,
    /// When it is shown.
    pub when: Condition,
}

/// A label for the contact link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRule {
    /// Index of the label.
    pub label: u16,
    /// When this label is used.
    pub when: Condition,
}

/// What a rule leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Its id.
    pub id: Text,
    /// Index of its tier.
    pub tier: u16,
    /// How urgent it is; a greater number is more urgent.
    pub urgency: u8,
    /// Its sections, in order.
    pub sections: Vec<SectionUse>,
    /// Labels of the contact link, the first that fits; none at all means that no link is shown.
    pub contact: Vec<ContactRule>,
}

/// Where an addition or a note belongs. An empty list says nothing; the lists add up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppliesTo {
    /// Indices of tiers.
    pub tiers: Vec<u16>,
    /// Indices of rules.
    pub rules: Vec<u16>,
}

/// A section that comes in addition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// Index of the section.
    pub section: u16,
    /// Where it belongs.
    pub to: AppliesTo,
    /// When it is shown.
    pub when: Condition,
    /// It comes behind the first of these sections that is there, else at the end.
    pub after: Vec<u16>,
}

/// Sections that come first for a visitor who hopes for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emphasis {
    /// When they come first.
    pub when: Condition,
    /// Indices of the sections, in order.
    pub sections: Vec<u16>,
}

/// A line under the headline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: Text,
    /// Where it belongs.
    pub to: AppliesTo,
    /// When it is shown.
    pub when: Condition,
}

/// A section of guidance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its id.
    pub id: Text,
    /// Whether the page composes it from the answers.
    pub own: bool,
    /// Whether it keeps its place whatever the visitor hopes for.
    pub fixed: bool,
    /// Whether it starts folded even where it is the first text, unless it is the first section of all.
    pub folded: bool,
}

/// The whole quiz without words. Everything names everything else by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logic {
    /// Questions, in the order in which they are asked.
    pub questions: Vec<Question>,
    /// Screens, in order: the questions that stand together. Each question stands on exactly one.
    pub screens: Vec<Vec<u16>>,
    /// Named conditions; each names only terms before it.
    pub terms: Vec<Condition>,
    /// Rules; the last one always holds.
    pub rules: Vec<Rule>,
    /// Groups of results beside the advice.
    pub groups: Vec<Group>,
    /// What rules lead to.
    pub advice: Vec<Advice>,
    /// Tier ids.
    pub tiers: Vec<Text>,
    /// Tiers whose outcome is shown at once, without a check of the answers.
    pub immediate: Vec<u16>,
    /// Tiers whose advice is to read out the answers, which then stand right below it.
    pub read_out: Vec<u16>,
    /// The least urgency of an advice to be seen by somebody. What leads to less is not said to be more urgent.
    pub seen_from: u8,
    /// When the contact link is hidden whatever the advice.
    pub contact_hidden: Option<Condition>,
    /// Sections that come in addition.
    pub additions: Vec<Addition>,
    /// Orders of sections.
    pub emphasis: Vec<Emphasis>,
    /// Lines under the headline.
    pub notes: Vec<Note>,
    /// Sections, in the order of the leaflet.
    pub sections: Vec<Section>,
}

impl Question {
    /// The exclusive options, a bit each.
    pub fn exclusive(&self) -> u64 {
        let bits = self.options.iter().zip(0_u32..64).filter(|(option, _)| option.exclusive);
        bits.fold(0, |all, (_, bit)| all | (1 << bit))
    }

    /// What these options, a bit each, count together; nothing is said where options of this question count nothing.
    pub fn points_of(&self, chosen: u64) -> Option<i64> {
        let points = self.points.iter().zip(0_u32..64).filter(|(_, bit)| chosen >> bit & 1 == 1);
        (!self.points.is_empty()).then(|| points.map(|(points, _)| i64::from(*points)).sum())
    }

    /// A number as it is written, if it is one that answers this question.
    pub fn read_number(&self, text: &str) -> Option<i32> {
        self.in_range(read_number(text, self.decimals)?)
    }

    fn in_range(&self, units: i64) -> Option<i32> {
        let (min, max) = self.kind.range()?;
        i32::try_from(units).ok().filter(|units| (min..=max).contains(units))
    }
}

impl Logic {
    /// The question at an index.
    pub fn question(&self, index: u16) -> Option<&Question> {
        self.questions.get(usize::from(index))
    }

    /// The index of a question by id.
    pub fn question_index(&self, id: &str) -> Option<u16> {
        let index = self.questions.iter().position(|question| &*question.id == id)?;
        u16::try_from(index).ok()
    }

    /// The indices of all questions, in order.
    pub fn question_indices(&self) -> impl Iterator<Item = u16> + use<> {
        0..u16::try_from(self.questions.len()).unwrap_or(u16::MAX)
    }

    /// The index of the screen on which a question stands.
    pub fn screen_of(&self, question: u16) -> Option<u16> {
        let screen = self.screens.iter().position(|questions| questions.contains(&question))?;
        u16::try_from(screen).ok()
    }

    pub(crate) fn read(&self, index: u16, value: &Value<'_>) -> Result<Answer, AnswerError> {
        let question = self.question(index).ok_or(AnswerError::UnknownQuestion)?;
        match (question.kind, value) {
            (Kind::One, Value::One(option)) => Ok(Answer::Chosen(question.bit(option)?)),
            (Kind::Many, Value::Many(options)) => question.read_many(options),
            (Kind::Scale { .. } | Kind::Number { .. }, Value::Number(number)) => {
                let units = number.checked_mul(10_i64.pow(question.decimals.min(9).into()));
                let number = units.and_then(|units| question.in_range(units));
                number.map(Answer::Number).ok_or(AnswerError::OutOfRange)
            }
            (Kind::Scale { .. } | Kind::Number { .. }, Value::Written(text)) => {
                question.read_number(text).map(Answer::Number).ok_or(AnswerError::OutOfRange)
            }
            _ => Err(AnswerError::WrongShape),
        }
    }
}

impl Question {
    fn bit(&self, id: &str) -> Result<u64, AnswerError> {
        let found = self.options.iter().zip(0_u32..64).find(|(option, _)| &*option.id == id);
        found.map(|(_, bit)| 1 << bit).ok_or(AnswerError::UnknownOption)
    }

    fn read_many(&self, ids: &[&str]) -> Result<Answer, AnswerError> {
        let chosen = ids.iter().try_fold(0_u64, |all, id| Ok(all | self.bit(id)?))?;
        match chosen {
            0 => Err(AnswerError::Empty),
            _ if chosen & self.exclusive() != 0 && chosen.count_ones() > 1 => Err(AnswerError::ExclusiveBesideAnother),
            _ => Ok(Answer::Chosen(chosen)),
        }
    }
}
