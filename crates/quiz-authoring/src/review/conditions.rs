//! Conditions in readable words: questions by their short names, options by their labels.

use maud::{Markup, html};
use quiz_engine::{Condition, Logic, write_number};

use super::Reader;
use crate::conditions::bounds_given;

impl Reader<'_> {
    /// A condition in words.
    pub(super) fn condition(self, condition: &Condition) -> Markup {
        match condition {
            Condition::Always => html! { "always" },
            Condition::All(of) => self.list("all of these:", of),
            Condition::Any(of) => self.list("at least one of these:", of),
            Condition::AtLeast { count, of } => self.list(&format!("at least {count} of these:"), of),
            Condition::Not(inner) => match &**inner {
                Condition::Answered(question) => html! { (self.short(*question)) ": not asked, or without an answer" },
                inner => html! { b { "not: " } (self.condition(inner)) },
            },
            Condition::Answered(question) => html! { (self.short(*question)) ": asked and answered" },
            Condition::Chosen { question, options } => self.chosen(*question, *options),
            Condition::Sum { questions, at_least, at_most, skip } => {
                let of = if questions.len() == 1 { "" } else { "the sum of " };
                html! {
                    (of) (self.shorts(questions)) (gaps(*skip, ""))
                    ": " (bounds(*at_least, *at_most, self.decimals(questions)))
                }
            }
            Condition::Mean { questions, at_least, at_most, skip } => {
                html! {
                    "the mean of " (self.shorts(questions)) (gaps(*skip, ", all answered"))
                    ": " (bounds(*at_least, *at_most, self.decimals(questions) + 3))
                }
            }
            Condition::Term(term) => self.term_link(*term),
        }
    }

    /// The decimals that the questions of a sum share.
    fn decimals(self, questions: &[u16]) -> u8 {
        let first = questions.first().and_then(|question| self.content.logic.question(*question));
        first.map_or(0, |question| question.decimals)
    }

    /// A number that answers a question, as it is written.
    pub(super) fn number(self, question: u16, number: i32) -> String {
        write_number(number.into(), self.decimals(&[question]), ".")
    }

    fn list(self, what: &str, of: &[Condition]) -> Markup {
        html! { (what) ul { @for each in of { li { (self.condition(each)) } } } }
    }

    fn chosen(self, question: u16, options: u64) -> Markup {
        let labels = self.labels(question, options);
        html! { (self.short(question)) ": " (labels.join(" or ")) }
    }

    /// The labels of these options, a bit each, in quotation marks.
    pub(super) fn labels(self, question: u16, options: u64) -> Vec<String> {
        let words = self.words().and_then(|words| words.questions.get(usize::from(question)));
        let labels = words.map(|words| words.options.as_slice()).unwrap_or_default();
        let chosen = labels.iter().zip(0_u32..64).filter(|(_, bit)| options >> bit & 1 == 1);
        chosen.map(|(label, _)| format!("“{label}”")).collect()
    }

    /// The short name of a question.
    pub(super) fn short(self, question: u16) -> Markup {
        let words = self.words().and_then(|words| words.questions.get(usize::from(question)));
        html! { i { (words.map(|words| &*words.short).unwrap_or_default()) } }
    }

    fn shorts(self, questions: &[u16]) -> Markup {
        html! { @for (place, question) in questions.iter().enumerate() { @if place > 0 { ", " } (self.short(*question)) } }
    }

    fn term_link(self, term: u16) -> Markup {
        let name = self.content.material.terms.get(usize::from(term)).map_or("", String::as_str);
        html! { a href={ "#terms-" (name) } { b { (name) } } }
    }

    /// The terms, each with its meaning.
    pub(super) fn terms(self) -> Markup {
        let logic: &Logic = &self.content.logic;
        html! {
            (Self::part("terms", "Conditions with a name of their own. Where a rule says a name in bold, this is what \
                it stands for. A missing answer meets no test, unless it is named here."))
            table {
                thead { tr { th scope="col" { "name" } th scope="col" { "holds when" } th scope="col" { "read" } } }
                tbody {
                    @for (name, condition) in self.content.material.terms.iter().zip(&logic.terms) {
                        tr id={ "terms-" (name) } {
                            th scope="row" { (name) }
                            td { (self.condition(condition)) }
                            td { "☐" }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a sum passes over answers that are missing, in words.
fn gaps(skip: bool, otherwise: &'static str) -> &'static str {
    if skip { ", as far as they are answered" } else { otherwise }
}

/// Bounds in words, with so many decimals.
fn bounds(at_least: i64, at_most: i64, decimals: u8) -> String {
    let written = |bound: i64| write_number(bound, decimals, ".");
    match bounds_given(at_least, at_most) {
        (Some(least), Some(most)) => format!("{} to {}", written(least), written(most)),
        (Some(least), None) => format!("{} or more", written(least)),
        (None, Some(most)) => format!("{} or less", written(most)),
        (None, None) => "any number".to_owned(),
    }
}
