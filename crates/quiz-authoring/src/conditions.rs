//! Conditions as they are written, turned into conditions as they are run.
//!
//! Text names a term (`core`) or an option (`age.under10`); `always` always holds. A table holds one operator: `all`,
//! `any`, `not`, `at_least` with `of`, `answered`, `unanswered`, or `number`, `sum`, `mean` with bounds.

use quiz_engine::Condition;
use toml::de::DeValue;

use crate::compile::Names;
use crate::reader::{Source, Table, Value, Word, kind_of, start};

/// What a condition may name: everything before a point in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) names: &'a Names,
    /// How many terms come before.
    pub(crate) terms: usize,
}

impl<'a> Scope<'a> {
    /// Reads a condition. What cannot be read is named and stands as `always`: no pack is made of it.
    pub(crate) fn condition(&self, value: &'a Value<'a>) -> Condition {
        let at = start(&value.span());
        let read = match value.get_ref() {
            DeValue::String(text) => self.named(&Word { text: text.to_string(), at }),
            DeValue::Table(_) => Table::of(self.source, value).and_then(|table| self.operator(&table)),
            other => {
                self.source.problem(at, format!("a condition is text or a table, not {}", kind_of(other)));
                None
            }
        };
        read.unwrap_or(Condition::Always)
    }

    fn named(&self, word: &Word) -> Option<Condition> {
        if word.text == "always" {
            return Some(Condition::Always);
        }
        if let Some((question, option)) = word.text.split_once('.') {
            let question = self.question(&Word { text: question.to_owned(), at: word.at })?;
            let bit = self.names.option(question, option);
            if bit.is_none() {
                let known = self.names.options(question).join(", ");
                self.source.problem(word.at, format!("`{}` names no option; known are {known}", word.text));
            }
            return Some(Condition::Chosen { question, options: 1 << bit? });
        }
        let term = self.names.terms.iter().take(self.terms).position(|term| *term == word.text);
        if term.is_none() {
            let later = self.names.terms.contains(&word.text);
            let hint = if later { "it stands further down; move it up" } else { "name a term, or question.option" };
            self.source.problem(word.at, format!("`{}` names no term before this line: {hint}", word.text));
        }
        Some(Condition::Term(u16::try_from(term?).ok()?))
    }

    fn question(&self, word: &Word) -> Option<u16> {
        let question = self.names.question(&word.text);
        if question.is_none() {
            self.source.problem(word.at, format!("there is no question `{}`", word.text));
        }
        question
    }

    fn operator(&self, table: &Table<'a>) -> Option<Condition> {
        let keys: Vec<Word> = table.entries().map(|(key, _)| key).collect();
        let keys: Vec<&str> = keys.iter().map(|key| key.text.as_str()).collect();
        match keys.as_slice() {
            ["all"] => Some(Condition::All(self.list(table, "all")?)),
            ["any"] => Some(Condition::Any(self.list(table, "any")?)),
            ["not"] => Some(Condition::Not(Box::new(self.condition(table.get("not")?)))),
            ["answered"] => Some(Condition::Answered(self.question(&table.text("answered")?)?)),
            ["unanswered"] => {
                Some(Condition::Not(Box::new(Condition::Answered(self.question(&table.text("unanswered")?)?))))
            }
            _ if keys.contains(&"of") => self.at_least(table, &keys),
            _ if keys.contains(&"number") => {
                let question = self.question(&table.text("number")?)?;
                let (at_least, at_most) = self.bounds(table, &keys, "number", 1)?;
                Some(Condition::Sum { questions: vec![question], at_least, at_most })
            }
            _ if keys.contains(&"sum") => {
                let (at_least, at_most) = self.bounds(table, &keys, "sum", 1)?;
                Some(Condition::Sum { questions: self.questions(table, "sum")?, at_least, at_most })
            }
            _ if keys.contains(&"mean") => {
                let (at_least, at_most) = self.bounds(table, &keys, "mean", 1000)?;
                Some(Condition::Mean { questions: self.questions(table, "mean")?, at_least, at_most })
            }
            _ => {
                self.source.problem(
                    table.at,
                    format!(
                        "a condition has one operator: all, any, not, at_least with of, answered, unanswered, number, sum or mean; here stands {}",
                        if keys.is_empty() { "nothing".to_owned() } else { keys.join(", ") }
                    ),
                );
                None
            }
        }
    }

    fn list(&self, table: &Table<'a>, key: &'static str) -> Option<Vec<Condition>> {
        let values = table.list(key);
        if values.is_empty() {
            self.source.problem(table.at, format!("`{key}` needs at least one condition"));
            return None;
        }
        Some(values.into_iter().map(|value| self.condition(value)).collect())
    }

    fn questions(&self, table: &Table<'a>, key: &'static str) -> Option<Vec<u16>> {
        let words = table.texts(key);
        let questions: Vec<u16> = words.iter().filter_map(|word| self.question(word)).collect();
        (questions.len() == words.len() && !words.is_empty()).then_some(questions)
    }

    fn at_least(&self, table: &Table<'a>, keys: &[&str]) -> Option<Condition> {
        self.only(table, keys, &["at_least", "of"])?;
        let of = self.list(table, "of")?;
        let count = table.integer("at_least").and_then(|count| u16::try_from(count).ok());
        match count {
            Some(count) if count >= 1 && usize::from(count) <= of.len() => Some(Condition::AtLeast { count, of }),
            _ => {
                self.source.problem(table.at, format!("`at_least` is a number from 1 to {}", of.len()));
                None
            }
        }
    }

    fn bounds(&self, table: &Table<'a>, keys: &[&str], operator: &'static str, unit: i64) -> Option<(i64, i64)> {
        self.only(table, keys, &[operator, "at_least", "at_most"])?;
        let bound = |key| table.integer(key).map(|bound| bound.saturating_mul(unit));
        let (at_least, at_most) = (bound("at_least"), bound("at_most"));
        if at_least.is_none() && at_most.is_none() {
            self.source.problem(table.at, format!("`{operator}` needs `at_least` or `at_most`"));
            return None;
        }
        Some((at_least.unwrap_or(i64::MIN / 2), at_most.unwrap_or(i64::MAX / 2)))
    }

    fn only(&self, table: &Table<'a>, keys: &[&str], known: &[&str]) -> Option<()> {
        let surplus: Vec<&str> = keys.iter().filter(|key| !known.contains(key)).copied().collect();
        if !surplus.is_empty() {
            let known = known.join(", ");
            self.source.problem(table.at, format!("{} does not belong here; known are {known}", surplus.join(", ")));
            return None;
        }
        Some(())
    }
}
