//! Conditions as they are written, turned into conditions as they are run.
//!
//! Text names a term (`core`) or an option (`age.under10`); `always` always holds. A table holds one operator: `all`,
//! `any`, `not`, `of` with bounds, `answered`, `unanswered`, or `number`, `sum`, `mean`, `count` with bounds.

use quiz_engine::{Condition, write_number};
use toml::de::DeValue;

use crate::compile::Names;
use crate::reader::{Source, Table, Value, Word, kind_of, start};
use reach::{Idle, Reach};

mod any_of;
mod numbers;
mod reach;
mod terms;

pub(crate) use any_of::any_of;
pub(crate) use numbers::Number;
pub(crate) use reach::{Span, some_of};
pub(crate) use terms::named_in;

/// What a condition may name: everything before a point in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) names: &'a Names,
    /// How many terms come before.
    pub(crate) terms: usize,
    /// In how many conditions this one lies.
    pub(crate) depth: u8,
}

/// How deep conditions may lie in one another. Each becomes at most three of the engine, which reads 128.
const DEEPEST: u8 = 32;

/// What stands for a name that leads nowhere. Nobody can write it, for `any` needs at least one condition.
const HOLE: Condition = Condition::Any(Vec::new());

/// What stands for an operator that could not be read, with all that it may have named, and for a term that is not
/// there: which terms are used can't be told then. Nobody can write it either.
const LOST: Condition = Condition::All(Vec::new());

/// What stands for a bound that is not given: half of what there is, so that nothing overflows where bounds are
/// multiplied.
const UNBOUNDED: (i64, i64) = (i64::MIN / 2, i64::MAX / 2);

/// The bounds of a sum or a mean, where they are given.
pub(crate) fn bounds_given(at_least: i64, at_most: i64) -> (Option<i64>, Option<i64>) {
    ((at_least != UNBOUNDED.0).then_some(at_least), (at_most != UNBOUNDED.1).then_some(at_most))
}

const CROSSED: &str = "`at_least` is greater than `at_most`, so this never holds";

/// Whether a part of the condition could not be read, so that nothing can be said of when it holds.
pub(crate) fn has_hole(condition: &Condition) -> bool {
    holds_part(condition, &[HOLE, LOST])
}

/// Whether a part of the condition could not be read that may have named terms.
pub(crate) fn has_lost(condition: &Condition) -> bool {
    holds_part(condition, &[LOST])
}

fn holds_part(condition: &Condition, parts: &[Condition]) -> bool {
    let mut found = false;
    condition.walk(&mut |part| found |= parts.contains(part));
    found
}

impl<'a> Scope<'a> {
    /// Reads a condition. What cannot be read is named and leaves a hole: no pack is made of it.
    pub(crate) fn condition(&self, value: &'a Value<'a>) -> Condition {
        let at = start(&value.span());
        match value.get_ref() {
            DeValue::String(text) => self.named(&Word { text: text.to_string(), at }).unwrap_or(HOLE),
            DeValue::Table(_) if self.depth >= DEEPEST => {
                self.source.problem(at, format!("conditions nest {DEEPEST} deep at most; make a term of a part"));
                LOST
            }
            DeValue::Table(_) => {
                let inner = Scope { depth: self.depth + 1, ..*self };
                Table::of(self.source, value).and_then(|table| inner.operator(&table)).unwrap_or(LOST)
            }
            other => {
                self.source.problem(at, format!("a condition is text or a table, not {}", kind_of(other)));
                HOLE
            }
        }
    }

    fn named(&self, word: &Word) -> Option<Condition> {
        if word.text == "always" {
            return Some(Condition::Always);
        }
        if let Some((question, option)) = word.text.split_once('.') {
            let question = self.question(&Word { text: question.to_owned(), at: word.at })?;
            let bit = self.names.option(question, option);
            // Where an option's id is missing, this may be it.
            let options = self.names.options(question);
            let is_whole = self.names.counts(question).number.is_some()
                || (!options.is_empty() && options.iter().all(|id| !id.is_empty()));
            if bit.is_none() && is_whole {
                self.source.problem(word.at, format!("`{}` names no option; {}", word.text, self.known(question)));
            }
            return Some(Condition::Chosen { question, options: 1 << bit? });
        }
        let term = self.names.terms.iter().take(self.terms).position(|term| *term == word.text);
        if term.is_none() {
            if let Some(message) = self.other_than_a_term(&word.text) {
                self.source.problem(word.at, message);
                return Some(LOST);
            }
            let known = self.names.terms.get(..self.terms).unwrap_or_default();
            let hint = match known {
                _ if self.names.terms.contains(&word.text) => "it stands further down; move it up".to_owned(),
                [] => "name question.option".to_owned(),
                _ => format!("name question.option, or one of {}", known.join(", ")),
            };
            self.source.problem(word.at, format!("`{}` names no term before this line: {hint}", word.text));
            return Some(LOST);
        }
        Some(Condition::Term(u16::try_from(term?).ok()?))
    }

    /// What is wrong with a name that is no term from before, where that can be told better than by naming those.
    fn other_than_a_term(&self, name: &str) -> Option<String> {
        if let Some(place) = self.names.terms.iter().position(|term| term == name) {
            if place == self.terms {
                return Some(format!("`{name}` names itself; a term is made of others"));
            }
            let message =
                "`{}` is made of the term that names it here, so neither can come first; write one of them out";
            return terms::leads(&self.names.terms_named, place, self.terms).then(|| message.replace("{}", name));
        }
        let question = self.names.question(name)?;
        if let Some(kind) = self.names.counts(question).number {
            return Some(format!("`{name}` is a {kind}; test it as {{ number = \"{name}\", at_least = … }}"));
        }
        let options = self.names.options(question).iter().map(|option| format!("{name}.{option}"));
        Some(format!("`{name}` is a question; name one of its options, {}", options.collect::<Vec<_>>().join(", ")))
    }

    fn question(&self, word: &Word) -> Option<u16> {
        let question = self.names.question(&word.text);
        let ids = self.names.question_ids();
        if question.is_none() && !ids.contains(&"") {
            let known = ids.join(", ");
            self.source.problem(word.at, format!("there is no question `{}`; known are {known}", word.text));
        }
        question
    }

    /// What a condition can say of a question, where it named something else.
    fn known(&self, question: u16) -> String {
        match self.names.counts(question).number {
            Some(kind) => format!("a {kind} has none, and is tested as {{ number = …, at_least = … }}"),
            None => format!("known are {}", self.names.options(question).join(", ")),
        }
    }

    /// A question that counts something in a sum.
    fn counted(&self, word: &Word) -> Option<u16> {
        let question = self.question(word)?;
        let counts = self.names.counts(question);
        if counts.number.is_none() && !counts.has_points {
            let message = "`{}` counts nothing: give its options `points`, or name a scale or a number";
            self.source.problem(word.at, message.replace("{}", &word.text));
            return None;
        }
        Some(question)
    }

    fn number(&self, word: &Word) -> Option<u16> {
        if self.names.question(&word.text).is_none() && !self.names.numbers.is_empty() {
            let known = self.names.numbers.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ");
            let message = format!("there is no question or number `{}`; known numbers are {known}", word.text);
            self.source.problem(word.at, message);
            return None;
        }
        let question = self.question(word)?;
        if self.names.counts(question).number.is_none() {
            let options = self.names.options(question).iter().map(|option| format!("{}.{option}", word.text));
            let options = options.collect::<Vec<_>>().join(", ");
            self.source.problem(word.at, format!("`{}` is no scale; name one of its options, {options}", word.text));
            return None;
        }
        Some(question)
    }

    fn operator(&self, table: &Table<'a>) -> Option<Condition> {
        let keys: Vec<Word> = table.entries().map(|(key, _)| key).collect();
        let keys: Vec<&str> = keys.iter().map(|key| key.text.as_str()).collect();
        match keys.as_slice() {
            ["all"] => Some(Condition::All(self.list(table, "all")?)),
            ["any"] => Some(any_of(self.list(table, "any")?)),
            ["not"] => Some(Condition::Not(Box::new(self.condition(table.get("not")?)))),
            ["answered"] => Some(Condition::Answered(self.question(&table.text("answered")?)?)),
            ["unanswered"] => {
                Some(Condition::Not(Box::new(Condition::Answered(self.question(&table.text("unanswered")?)?))))
            }
            _ if keys.contains(&"of") => self.at_least(table, &keys),
            _ if keys.contains(&"number") => {
                let word = table.text("number")?;
                self.only(table, &keys, &["number", "at_least", "at_most"])?;
                if let Some(number) = self.names.number(&word.text) {
                    return self.test_of(table, number);
                }
                let question = self.number(&word)?;
                let (at_least, at_most) = self.bounds(table, "number", self.names.counts(question).decimals)?;
                Some(self.tested(table, Condition::Sum { questions: vec![question], at_least, at_most, skip: false }))
            }
            _ if keys.contains(&"sum") => {
                self.only(table, &keys, &["sum", "at_least", "at_most", "missing"])?;
                let (questions, decimals) = self.questions(table, "sum")?;
                let (at_least, at_most) = self.bounds(table, "sum", decimals)?;
                let skip = self.skip(table)?;
                Some(self.tested(table, Condition::Sum { questions, at_least, at_most, skip }))
            }
            _ if keys.contains(&"mean") => {
                self.only(table, &keys, &["mean", "at_least", "at_most", "missing"])?;
                let (questions, decimals) = self.questions(table, "mean")?;
                // A mean may lie between two answers: its bounds are thousandths.
                let (at_least, at_most) = self.bounds(table, "mean", decimals + 3)?;
                let skip = self.skip(table)?;
                Some(self.tested(table, Condition::Mean { questions, at_least, at_most, skip }))
            }
            _ if keys.contains(&"count") => self.count(table, &keys),
            _ => {
                self.source.problem(
                    table.at,
                    format!(
                        "a condition has one operator: all, any, not, of, answered, unanswered, number, sum, mean or count; here stands {}",
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
        let mut of: Vec<Condition> = values.into_iter().map(|value| self.condition(value)).collect();
        // The engine goes by this order, and looks no further once it knows. Options are what it is quickest to look for.
        of.sort_by_key(|part| !matches!(part, Condition::Chosen { .. }));
        Some(of)
    }

    /// The questions of a sum, with the decimals that they share.
    fn questions(&self, table: &Table<'a>, key: &'static str) -> Option<(Vec<u16>, u8)> {
        let words = table.texts(key);
        if words.is_empty() {
            self.source.problem(table.at, format!("`{key}` is a list of questions"));
        }
        for (word, _) in words
            .iter()
            .zip(0..)
            .filter(|(word, place)| words.iter().take(*place).any(|before| before.text == word.text))
        {
            let message = format!("`{}` stands in this {key} twice; each question counts once", word.text);
            self.source.problem(word.at, message);
        }
        let questions: Vec<u16> = words.iter().filter_map(|word| self.counted(word)).collect();
        let decimals = |question: &u16| self.names.counts(*question).decimals;
        let shared = questions.first().map(decimals).filter(|_| questions.len() == words.len())?;
        let other = questions.iter().zip(&words).find(|(question, _)| decimals(question) != shared);
        if let Some((question, word)) = other {
            let message = format!(
                "`{}` has decimals = {}, the first question of this {key} {shared}; they must be the same",
                word.text,
                decimals(question)
            );
            self.source.problem(word.at, message);
            return None;
        }
        Some((questions, shared))
    }

    /// Whether missing answers are passed over.
    fn skip(&self, table: &Table<'a>) -> Option<bool> {
        let Some(value) = table.get("missing") else { return Some(false) };
        let is_known = value.get_ref().as_str() == Some("skip");
        if !is_known {
            let message = "`missing` is \"skip\", or left out: a sum with a missing answer is then missing itself";
            self.source.problem(start(&value.span()), message);
        }
        is_known.then_some(true)
    }

    fn at_least(&self, table: &Table<'a>, keys: &[&str]) -> Option<Condition> {
        self.only(table, keys, &["at_least", "at_most", "of"])?;
        let of = self.list(table, "of")?;
        self.between(table, "of", of)
    }

    /// How many options are chosen that exclude no others. An answer that is missing has no count.
    fn count(&self, table: &Table<'a>, keys: &[&str]) -> Option<Condition> {
        self.only(table, keys, &["count", "at_least", "at_most"])?;
        let word = table.text("count")?;
        let question = self.question(&word)?;
        if !self.names.counts(question).is_many {
            let message = format!("`{}` is not of kind many, so there is nothing to count", word.text);
            self.source.problem(word.at, message);
            return None;
        }
        let exclusive = self.names.exclusive(question);
        let counted = self.names.options(question).iter().zip(0_u32..64).filter(|(id, _)| !exclusive.contains(id));
        let of = counted.map(|(_, bit)| Condition::Chosen { question, options: 1 << bit }).collect();
        let is_bounded_above = table.get("at_most").is_some();
        let between = self.between(table, "count", of)?;
        let answered = Condition::Answered(question);
        Some(if is_bounded_above { Condition::All(vec![answered, between]) } else { between })
    }

    /// That of these as many hold as the bounds say.
    fn between(&self, table: &Table<'a>, operator: &'static str, of: Vec<Condition>) -> Option<Condition> {
        let all = i64::try_from(of.len()).unwrap_or(i64::MAX);
        let [least, most] = ["at_least", "at_most"].map(|key| table.get(key).is_some());
        if !least && !most {
            self.source.problem(table.at, format!("`{operator}` needs `at_least` or `at_most`"));
            return None;
        }
        // A bound that holds for every number says nothing.
        let at_least: Option<u16> = if least { Some(table.integer_in("at_least", 1..=all)?) } else { None };
        let at_most: Option<u16> = if most { Some(table.integer_in("at_most", 0..=all - 1)?) } else { None };
        if at_least.zip(at_most).is_some_and(|(least, most)| least > most) {
            self.source.problem(table.at, CROSSED);
            return None;
        }
        let more = at_most.map(|most| {
            let more = Condition::AtLeast { count: most + 1, of: of.clone() };
            Condition::Not(Box::new(more))
        });
        let enough = at_least.map(|count| Condition::AtLeast { count, of });
        match (enough, more) {
            (Some(enough), Some(more)) => Some(Condition::All(vec![enough, more])),
            (one, other) => one.or(other),
        }
    }

    fn bounds(&self, table: &Table<'a>, operator: &'static str, decimals: u8) -> Option<(i64, i64)> {
        let bound = |key, absent| match table.get(key) {
            Some(_) => table.number(key, decimals),
            None => Some(absent),
        };
        if table.get("at_least").or_else(|| table.get("at_most")).is_none() {
            self.source.problem(table.at, format!("`{operator}` needs `at_least` or `at_most`"));
            return None;
        }
        let (at_least, at_most) = (bound("at_least", UNBOUNDED.0), bound("at_most", UNBOUNDED.1));
        let (at_least, at_most) = (at_least?, at_most?);
        if at_least > at_most {
            self.source.problem(table.at, CROSSED);
            return None;
        }
        Some((at_least, at_most))
    }

    /// A sum or a mean whose bounds lie in what can be answered: one beyond it is a slip of the pen, and what is proved
    /// of it would be true of nobody.
    fn tested(&self, table: &Table<'a>, condition: Condition) -> Condition {
        // Where a question could not be read, what it counts is not known.
        let Some((reach, bounds, decimals)) = self.reach(&condition) else { return condition };
        let written = |number: i64| write_number(number, decimals, ".");
        let (from, to) = reach.ends();
        for (key, bound, idle) in reach.idle(bounds) {
            let holds = match idle {
                Idle::Never => "never holds",
                Idle::Always => "holds for every answer",
            };
            let (bound, from, to) = (written(bound), written(from), written(to));
            let message = format!("`{key}` is {bound}, so this {holds}: it lies from {from} to {to}");
            self.source.problem(table.place(key), message);
        }
        condition
    }

    /// What a sum or a mean can be, its bounds, and how many decimals these have.
    fn reach(&self, condition: &Condition) -> Option<(Reach, [Option<i64>; 2], u8)> {
        let (questions, skip, bounds, of, further): (_, _, _, fn(&[Span], bool) -> Reach, _) = match condition {
            Condition::Sum { questions, at_least, at_most, skip } => {
                (questions, *skip, bounds_given(*at_least, *at_most), Reach::of_sum, 0)
            }
            Condition::Mean { questions, at_least, at_most, skip } => {
                (questions, *skip, bounds_given(*at_least, *at_most), Reach::of_mean, 3)
            }
            _ => return None,
        };
        let counts = |question: &u16| self.names.counts(*question);
        let spans = questions.iter().map(|question| self.names.span(*question)).collect::<Option<Vec<Span>>>()?;
        Some((of(&spans, skip), bounds.into(), counts(questions.first()?).decimals + further))
    }

    fn only(&self, table: &Table<'a>, keys: &[&str], known: &[&str]) -> Option<()> {
        let surplus: Vec<&str> = keys.iter().filter(|key| !known.contains(key)).copied().collect();
        if !surplus.is_empty() {
            let known = known.join(", ");
            self.source
                .problem(table.at, format!("`{}` does not belong here; known are {known}", surplus.join("`, `")));
            return None;
        }
        Some(())
    }
}
