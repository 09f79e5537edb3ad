//! Answers from outside, by ids, and what they lead to: `cargo quiz assess`.

use std::collections::BTreeMap;
use std::fmt;

use quiz_engine::{Answer, AnswerError, Answers, Kind, Logic, Outcome, Path, Question, Value, write_number};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::reader::plural;

/// What a set of answers leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// The tier's id.
    pub tier: String,
    /// The id of the rule that decided.
    pub rule: String,
    /// The questions asked and answered on the way, in order.
    pub asked: Vec<String>,
    /// Whether every required question on the way is answered, or the quiz ended early.
    pub complete: bool,
    /// The question that would be asked next.
    pub next: Option<String>,
    /// The sections shown, in order.
    pub sections: Vec<String>,
    /// What was answered but is hidden: questions by id, options as `question.option`.
    pub ignored: Vec<String>,
    /// The result of each group that has one, by the group's id; nothing in a quiz without groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<BTreeMap<String, String>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Row<T> {
    Made(T),
    Refused { error: String },
}

/// Assesses a JSON array of answer objects and gives a JSON array in the same order. An element that cannot be read
/// becomes `{"error": …}` and leaves the others unharmed.
///
/// # Errors
/// The text is not a JSON array.
pub fn assess_all(logic: &Logic, text: &str) -> Result<String, String> {
    each_answered(logic, text, |answers| assess(logic, answers))
}

/// Makes something of each element of a JSON array of answer objects, and gives a JSON array in the same order, with
/// `{"error": …}` for an element that cannot be read.
///
/// # Errors
/// The text is not a JSON array.
pub(crate) fn each_answered<T: Serialize>(
    logic: &Logic,
    text: &str,
    make: impl Fn(&Answers) -> T,
) -> Result<String, String> {
    // Some shells on Windows put a byte order mark before what they pipe.
    let text = text.trim_start_matches('\u{feff}');
    let elements: Vec<&RawValue> =
        serde_json::from_str(text).map_err(|error| format!("standard input is not a JSON array: {error}"))?;
    let row = |(number, element): (usize, &RawValue)| match read_answers(logic, element.get()) {
        Ok(answers) => Row::Made(make(&answers)),
        Err(refused) => Row::Refused { error: refused.in_list(text, element.get(), number) },
    };
    let rows: Vec<Row<T>> = (1..).zip(elements).map(row).collect();
    serde_json::to_string(&rows).map_err(|error| error.to_string())
}

/// Decides on a set of answers.
pub fn assess(logic: &Logic, answers: &Answers) -> Assessment {
    let outcome = Outcome::of(logic, answers);
    let path = Path::of(logic, answers);
    let question = |index: u16| logic.question(index).map(|question| question.id.to_string()).unwrap_or_default();
    let section = |index: &u16| logic.sections.get(usize::from(*index)).map(|section| section.id.to_string());
    Assessment {
        tier: logic.tiers.get(usize::from(outcome.tier)).map(ToString::to_string).unwrap_or_default(),
        rule: logic.rules.get(usize::from(outcome.rule)).map(|rule| rule.id.to_string()).unwrap_or_default(),
        asked: path.asked.into_iter().map(question).collect(),
        complete: path.complete,
        next: path.next.map(question),
        sections: outcome.sections.iter().filter_map(section).collect(),
        ignored: ignored(logic, answers),
        results: (!logic.groups.is_empty()).then(|| results(logic, &outcome)),
    }
}

fn results(logic: &Logic, outcome: &Outcome) -> BTreeMap<String, String> {
    let named = outcome.results.iter().filter_map(|result| {
        let group = logic.groups.get(usize::from(result.group))?;
        let rule = group.rules.get(usize::from(result.rule))?;
        Some((group.id.to_string(), rule.id.to_string()))
    });
    named.collect()
}

fn ignored(logic: &Logic, answers: &Answers) -> Vec<String> {
    let effective = answers.effective(logic);
    let mut ignored = Vec::new();
    for (index, question) in logic.question_indices().zip(&logic.questions) {
        match (answers.get(index), effective.options(index)) {
            (Some(_), None) => ignored.push(question.id.to_string()),
            (Some(Answer::Chosen(chosen)), Some(shown)) => {
                let options = question.options.iter().zip(0_u32..64);
                let hidden = options.filter(|(_, bit)| (chosen & !shown) >> bit & 1 == 1);
                ignored.extend(hidden.map(|(option, _)| format!("{}.{}", question.id, option.id)));
            }
            _ => {}
        }
    }
    ignored
}

/// Whether answers hold one to what is hidden, or to what stands behind the end of a whole way.
pub(crate) fn has_unasked(logic: &Logic, element: &str) -> bool {
    let Ok(answers) = read_answers(logic, element) else { return false };
    let way = Path::of(logic, &answers);
    let mut answered = logic.question_indices().filter(|question| answers.get(*question).is_some());
    let is_behind = way.complete && answered.any(|question| !way.asked.contains(&question));
    is_behind || !ignored(logic, &answers).is_empty()
}

/// Why an object of answers can't be taken.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The key of the answer, if it is one of them.
    pub(crate) question: Option<String>,
    /// What would be right.
    pub(crate) message: String,
    /// Where in the object, by line and column, if the JSON itself can't be read.
    pub(crate) place: Option<(usize, usize)>,
}

impl Refused {
    fn of(question: &str, message: String) -> Self {
        Self { question: Some(question.to_owned()), message, place: None }
    }

    fn unreadable(error: &serde_json::Error) -> Self {
        let message = format!("not readable: {}", without_place(error));
        Self { question: None, message, place: Some((error.line(), error.column())) }
    }

    /// With its place in the list of which this is an element.
    fn in_list(self, list: &str, element: &str, number: usize) -> String {
        let Some((line, column)) = self.place else { return self.message };
        // The element is a part of the list, so the distance between their beginnings is its place.
        let before = list.get(..element.as_ptr().addr() - list.as_ptr().addr()).unwrap_or_default();
        let above = before.matches('\n').count();
        let beside = if line == 1 { before.len() - before.rfind('\n').map_or(0, |end| end + 1) } else { 0 };
        format!("{}, in element {number} at line {} column {}", self.message, above + line, beside + column)
    }
}

/// The message without "at line … column …", which counts from the beginning of what was read.
pub(crate) fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Reads an object of answers as it is written in JSON.
///
/// # Errors
/// Gives the key of the answer that cannot be taken, if it is one of them, and says what would be right.
pub(crate) fn read_answers(logic: &Logic, element: &str) -> Result<Answers, Refused> {
    let unreadable = |error: serde_json::Error| Refused::unreadable(&error);
    if !element.trim_start().starts_with('{') {
        let element: Json = serde_json::from_str(element).map_err(unreadable)?;
        let message = format!("an object of answers is needed here, not {}", kind_of(&element));
        return Err(Refused { question: None, message, place: None });
    }
    let Fields(given) = serde_json::from_str(element).map_err(unreadable)?;
    let mut answers = Answers::none(logic);
    let mut seen: Vec<&str> = Vec::new();
    for (id, value) in &given {
        if seen.contains(&id.as_str()) {
            return Err(Refused::of(id, format!("`{}` stands here twice", shortened(id))));
        }
        let written = value.as_number().map(ToString::to_string).unwrap_or_default();
        let value = read_value(value, &written).ok_or(AnswerError::WrongShape);
        let set = value.and_then(|value| answers.set(logic, id, &value));
        set.map_err(|error| Refused::of(id, explain(logic, id, error)))?;
        seen.push(id);
    }
    Ok(answers)
}

/// The fields of an object in their order. A map would keep only the last of two answers to one question.
struct Fields(Vec<(String, Json)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object of answers")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// A key from outside, cut to what fits a message.
fn shortened(key: &str) -> String {
    match key.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", key.get(..end).unwrap_or_default()),
        None => key.to_owned(),
    }
}

/// `written` is the number as it is written, where it is one.
fn read_value<'a>(value: &'a Json, written: &'a str) -> Option<Value<'a>> {
    match value {
        Json::String(option) => Some(Value::One(option)),
        Json::Array(options) => options.iter().map(Json::as_str).collect::<Option<_>>().map(Value::Many),
        Json::Number(number) => {
            let whole = number.as_i64().or_else(|| whole(number.as_f64()?));
            Some(whole.map_or(Value::Written(written), Value::Number))
        }
        _ => None,
    }
}

/// A number written with a fraction of nothing, such as `3.0`, is whole; one too great for a scale stays out of range.
fn whole(number: f64) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation)] // A cast from f64 saturates, and no scale reaches that far.
    (number.is_finite() && number.fract() == 0.0).then_some(number as i64)
}

fn explain(logic: &Logic, id: &str, error: AnswerError) -> String {
    let question = logic.questions.iter().find(|question| &*question.id == id);
    let options = || question.map(|question| ids(&question.options)).unwrap_or_default();
    let wanted = || match question.map(|question| question.kind) {
        Some(Kind::One) => format!("one of {} as text", options()),
        Some(Kind::Many) => format!("a list of {}", options()),
        Some(Kind::Scale { min, max } | Kind::Number { min, max }) => number(question, min, max),
        None => "an answer".to_owned(),
    };
    match error {
        AnswerError::UnknownQuestion => format!("`{}`: there is no such question", shortened(id)),
        AnswerError::UnknownOption => format!("`{id}`: not an option; known are {}", options()),
        AnswerError::WrongShape | AnswerError::OutOfRange => format!("`{id}`: {} is needed", wanted()),
        AnswerError::Empty => format!("`{id}`: the list is empty; leave the question out instead"),
        AnswerError::ExclusiveBesideAnother => {
            format!("`{id}`: an option that excludes the others stands beside another")
        }
    }
}

/// A number that answers the question, in words.
fn number(question: Option<&Question>, min: i32, max: i32) -> String {
    let decimals = question.map_or(0, |question| question.decimals);
    let [min, max] = [min, max].map(|bound| write_number(bound.into(), decimals, "."));
    match decimals {
        0 => format!("a whole number from {min} to {max}"),
        _ => format!("a number from {min} to {max} with at most {decimals} decimal{}", plural(decimals)),
    }
}

fn ids(options: &[quiz_engine::Opt]) -> String {
    options.iter().map(|option| &*option.id).collect::<Vec<_>>().join(", ")
}

fn kind_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
