//! Conditions in one line, with the ids of the content.

use quiz_engine::{Condition, write_number};

use crate::conditions::bounds_given;
use crate::content::Content;

/// A condition in one line.
pub(crate) fn line(content: &Content, condition: &Condition) -> String {
    Writer(content).write(condition, false)
}

struct Writer<'a>(&'a Content);

impl Writer<'_> {
    /// `inner` is whether it stands inside another one, so that what has several parts needs brackets.
    fn write(&self, condition: &Condition, inner: bool) -> String {
        match condition {
            Condition::Always => "always".to_owned(),
            Condition::All(of) => self.joined(of, " and ", inner),
            Condition::Any(of) => self.joined(of, " or ", inner),
            Condition::Not(of) => match &**of {
                Condition::Answered(question) => format!("{} unanswered", self.question(*question)),
                of => format!("not {}", self.write(of, true)),
            },
            Condition::AtLeast { count, of } => format!("at least {count} of ({})", self.list(of)),
            Condition::Chosen { question, options } => self.chosen(*question, *options, inner),
            Condition::Answered(question) => format!("{} answered", self.question(*question)),
            Condition::Sum { questions, at_least, at_most, skip } => {
                let of = match (questions.as_slice(), skip) {
                    ([one], false) => self.question(*one),
                    _ => format!("sum({}{})", self.questions(questions), gaps(*skip)),
                };
                bounded(&of, (*at_least, *at_most), self.decimals(questions))
            }
            Condition::Mean { questions, at_least, at_most, skip } => {
                let of = format!("mean({}{})", self.questions(questions), gaps(*skip));
                bounded(&of, (*at_least, *at_most), self.decimals(questions) + 3)
            }
            Condition::Term(term) => self.0.material.terms.get(usize::from(*term)).cloned().unwrap_or_default(),
        }
    }

    fn joined(&self, of: &[Condition], by: &str, inner: bool) -> String {
        // Options of one question are an *or*, which needs no brackets in another.
        let is_same = |each: &Condition| by == " or " && of.len() > 1 && matches!(each, Condition::Chosen { .. });
        let parts: Vec<String> =
            of.iter().map(|each| self.write(each, !is_same(each) && (of.len() > 1 || inner))).collect();
        let joined = parts.join(by);
        if inner && parts.len() > 1 { format!("({joined})") } else { joined }
    }

    fn list(&self, of: &[Condition]) -> String {
        of.iter().map(|each| self.write(each, false)).collect::<Vec<_>>().join(", ")
    }

    fn chosen(&self, question: u16, options: u64, inner: bool) -> String {
        let known = self.0.logic.question(question).map(|question| question.options.as_slice()).unwrap_or_default();
        let chosen = known.iter().zip(0_u32..64).filter(|(_, bit)| options >> bit & 1 == 1);
        let names: Vec<String> =
            chosen.map(|(option, _)| format!("{}.{}", self.question(question), option.id)).collect();
        let joined = names.join(" or ");
        if inner && names.len() > 1 { format!("({joined})") } else { joined }
    }

    fn question(&self, question: u16) -> String {
        self.0.logic.question(question).map(|question| question.id.to_string()).unwrap_or_default()
    }

    /// The decimals that the questions of a sum share.
    fn decimals(&self, questions: &[u16]) -> u8 {
        let first = questions.first().and_then(|question| self.0.logic.question(*question));
        first.map_or(0, |question| question.decimals)
    }

    fn questions(&self, questions: &[u16]) -> String {
        questions.iter().map(|question| self.question(*question)).collect::<Vec<_>>().join(", ")
    }
}

/// Whether a sum passes over what is not answered.
fn gaps(skip: bool) -> &'static str {
    if skip { "; missing skipped" } else { "" }
}

/// Bounds behind what they are of, with so many decimals.
fn bounded(of: &str, (at_least, at_most): (i64, i64), decimals: u8) -> String {
    let number = |bound: i64| write_number(bound, decimals, ".");
    match bounds_given(at_least, at_most) {
        (Some(least), Some(most)) => format!("{of} from {} to {}", number(least), number(most)),
        (Some(least), None) => format!("{of} ≥ {}", number(least)),
        (None, Some(most)) => format!("{of} ≤ {}", number(most)),
        (None, None) => format!("{of} answered"),
    }
}
