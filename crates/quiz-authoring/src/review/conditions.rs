//! Conditions in readable words: questions by their short names, options by their labels.

use maud::{Markup, html};
use quiz_engine::{Condition, Logic};

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
            Condition::Sum { questions, at_least, at_most } => {
                let of = if questions.len() == 1 { "" } else { "the sum of " };
                html! { (of) (self.shorts(questions)) ": " (bounds(*at_least, *at_most, 1)) }
            }
            Condition::Mean { questions, at_least, at_most } => {
                html! { "the mean of " (self.shorts(questions)) ", all answered: " (bounds(*at_least, *at_most, 1000)) }
            }
            Condition::Term(term) => self.term_link(*term),
        }
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

/// Bounds in words; `unit` is what makes one.
fn bounds(at_least: i64, at_most: i64, unit: i64) -> String {
    match bounds_given(at_least, at_most) {
        (Some(least), Some(most)) => format!("{} to {}", least / unit, most / unit),
        (Some(least), None) => format!("{} or more", least / unit),
        (None, Some(most)) => format!("{} or less", most / unit),
        (None, None) => "any number".to_owned(),
    }
}
