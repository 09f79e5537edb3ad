//! The quiz in one language as compact bytes.

use crate::Text;
use crate::codec::{Packed, Reader, Writer};
use crate::condition::Condition;
use crate::logic::{AppliesTo, Logic, Rule};
use crate::response::Fhir;
use crate::words::{Phrase, Words, filled};

/// The version of the byte format. A pack of another version is refused.
pub const FORMAT: u32 = 8;

/// Who signed the content, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The clinician's name and profession.
    pub reviewer: Text,
    /// The date, as in ISO 8601: year, month, day.
    pub date: Text,
}

/// A quiz in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The format of these bytes, [`FORMAT`].
    pub format: u32,
    /// The quiz's id.
    pub quiz: Text,
    /// The content's version.
    pub version: Text,
    /// The first twelve hexadecimal digits of the content's hash.
    pub hash: Text,
    /// Who signed this very content, if someone has.
    pub review: Option<Review>,
    /// What FHIR needs, if the content can be written as FHIR.
    pub fhir: Option<Fhir>,
    /// What is asked and decided.
    pub logic: Logic,
    /// What is said.
    pub words: Words,
}

/// Why bytes are no pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackError {
    /// The bytes are cut off or were never a pack.
    Malformed,
    /// The pack is of another version of the format.
    OtherFormat,
    /// Something in the pack names something that is not there.
    Inconsistent,
}

impl Pack {
    /// Reads a pack.
    ///
    /// # Errors
    /// The bytes are not a whole pack of this format, or the pack contradicts itself.
    // Compiled where it is called, so that the engine holds the code that drops a pack once.
    #[inline]
    pub fn decode(bytes: &[u8]) -> Result<Self, PackError> {
        let mut reader = Reader::new(bytes);
        let format = u32::read(&mut reader);
        if reader.is_sound() && format != FORMAT {
            return Err(PackError::OtherFormat);
        }
        reader.take_texts();
        let pack = Self::read(&mut reader);
        if !reader.ended_well() {
            return Err(PackError::Malformed);
        }
        if pack.is_consistent() { Ok(pack) } else { Err(PackError::Inconsistent) }
    }

    /// Writes a pack.
    ///
    /// # Errors
    /// It could not be read again: a text holds U+0001, or a condition nests deeper than 128. No content that
    /// `quiz-authoring` accepts does.
    pub fn encode(&self) -> Result<Vec<u8>, PackError> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.behind(self.format).ok_or(PackError::Malformed)
    }

    /// When something was made of this content, in its language, and which content that is.
    pub fn made(&self, date: &str) -> String {
        let values = [("date", date), ("version", &self.version), ("hash", &self.hash)];
        filled(&self.words.phrase(Phrase::SheetMade), &values)
    }

    fn is_consistent(&self) -> bool {
        let (logic, words) = (&self.logic, &self.words);
        let has_words = words.questions.len() == logic.questions.len()
            && words
                .questions
                .iter()
                .zip(&logic.questions)
                .all(|(words, asked)| words.options.len() == asked.options.len())
            && words.screens.len() == logic.screens.len()
            && words.advice.len() == logic.advice.len()
            && words.rules.len() == logic.rules.len()
            && words.groups.len() == logic.groups.len()
            && words.tiers.len() == logic.tiers.len()
            && words.notes.len() == logic.notes.len()
            && words.sections.len() == logic.sections.len()
            && words.to_ask.len() == logic.sections.len()
            && words.interface.len() == Phrase::ALL.len()
            && self.fhir.iter().all(|fhir| fhir.screens.len() == logic.screens.len());
        has_words && logic.is_consistent(words)
    }
}

impl Logic {
    fn is_consistent(&self, words: &Words) -> bool {
        let (contacts, sources) = (words.contact.len(), words.sources.len());
        let below = |limit: usize| move |index: &u16| usize::from(*index) < limit;
        let question = below(self.questions.len());
        let section = below(self.sections.len());
        let applies = |to: &AppliesTo| {
            to.tiers.iter().all(below(self.tiers.len())) && to.rules.iter().all(below(self.rules.len()))
        };
        let sound = |condition: &Condition| self.is_sound(condition, self.terms.len());
        let is_sound_rule = |rule: &Rule, advice: usize| {
            sound(&rule.when)
                && usize::from(rule.advice) < advice
                && rule.stop_after.iter().all(&question)
                && rule.sources.iter().all(below(sources))
        };
        self.terms.iter().enumerate().all(|(index, term)| self.is_sound(term, index))
            && self.questions.iter().all(|asked| {
                asked.options.len() <= 64
                    && (asked.points.is_empty() || asked.points.len() == asked.options.len())
                    && asked.decimals <= 3
                    && sound(&asked.shown)
                    && asked.options.iter().all(|option| sound(&option.shown))
            })
            && self.screens.iter().flatten().all(&question)
            && self
                .question_indices()
                .all(|index| self.screens.iter().flatten().filter(|each| **each == index).count() == 1)
            && !self.rules.is_empty()
            && self.rules.iter().all(|rule| is_sound_rule(rule, self.advice.len()))
            && self.groups.iter().all(|group| {
                !group.rules.is_empty()
                    && sound(&group.shown)
                    && group.rules.iter().all(|rule| is_sound_rule(rule, words.results.len()))
            })
            && self.advice.iter().all(|advice| {
                usize::from(advice.tier) < self.tiers.len()
                    && advice.sections.iter().all(|used| section(&used.section) && sound(&used.when))
                    && advice.contact.iter().all(|label| usize::from(label.label) < contacts && sound(&label.when))
            })
            && self.immediate.iter().chain(&self.read_out).all(below(self.tiers.len()))
            && self.contact_hidden.iter().all(sound)
            && self.additions.iter().all(|addition| {
                section(&addition.section)
                    && addition.after.iter().all(section)
                    && applies(&addition.to)
                    && sound(&addition.when)
            })
            && self.emphasis.iter().all(|emphasis| emphasis.sections.iter().all(section) && sound(&emphasis.when))
            && self.notes.iter().all(|note| applies(&note.to) && sound(&note.when))
    }

    /// Whether a condition names only what there is, and only terms before `terms`, so that it ends.
    fn is_sound(&self, condition: &Condition, terms: usize) -> bool {
        let mut sound = true;
        condition.walk(&mut |part| {
            sound &= match part {
                Condition::Chosen { question, .. } | Condition::Answered(question) => {
                    usize::from(*question) < self.questions.len()
                }
                Condition::Sum { questions, .. } | Condition::Mean { questions, .. } => {
                    questions.iter().all(|question| usize::from(*question) < self.questions.len())
                }
                Condition::Term(term) => usize::from(*term) < terms,
                _ => true,
            };
        });
        sound
    }
}
