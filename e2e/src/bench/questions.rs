//! The quiz's own questions in a plain form, for those that ask them beside it: read from its FHIR questionnaire, so that
//! they change with the content.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::dist;

/// The questions that are answered, in order, and the option that is pressed. None of these answers ends the quiz or
/// brings a question in between.
const WALK: [(&str, &str); 5] =
    [("age", "35_49"), ("rf_now", "none"), ("rf_nerve", "none"), ("rf_weak", "none"), ("rf_body", "none")];

/// The question behind them.
const LAST: &str = "location";

/// A question that is answered, in words, and the words of the question that then comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) question: String,
    pub(super) option: String,
    pub(super) next: String,
}

/// All questions, each as `{id, text, help, kind, options, min, max, when}`.
#[derive(Clone, Debug)]
pub(crate) struct Questions(Vec<Value>);

impl Questions {
    /// Those of the English document that was built.
    pub(crate) fn read() -> Result<Self> {
        let file = dist().join("fhir/questionnaires.json");
        let text = std::fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
        let all: Vec<Value> = serde_json::from_str(&text)?;
        let english = all.iter().find(|each| each.get("language") == Some(&json!("en")));
        Ok(Self::of(english.context("there is no English questionnaire")?))
    }

    fn of(questionnaire: &Value) -> Self {
        let mut all = Vec::new();
        gather(questionnaire, None, &mut all);
        Self(all)
    }

    pub(super) fn all(&self) -> &[Value] {
        &self.0
    }

    /// What is pressed, in words.
    pub(super) fn steps(&self) -> Result<Vec<Step>> {
        let ids = WALK.iter().map(|(question, _)| *question).skip(1).chain([LAST]);
        let step = |((question, option), next): (&(&str, &str), &str)| {
            Ok(Step { question: self.text(question)?, option: self.option(question, option)?, next: self.text(next)? })
        };
        WALK.iter().zip(ids).map(step).collect()
    }

    fn question(&self, id: &str) -> Result<&Value> {
        let found = self.0.iter().find(|each| each.get("id") == Some(&json!(id)));
        found.with_context(|| format!("the quiz asks no {id} any more; see WALK in e2e/src/bench/questions.rs"))
    }

    fn text(&self, id: &str) -> Result<String> {
        text_of(self.question(id)?).with_context(|| format!("{id} has no text"))
    }

    fn option(&self, id: &str, code: &str) -> Result<String> {
        let options = self.question(id)?.get("options").and_then(Value::as_array);
        let found = options.into_iter().flatten().find(|each| each.get("code") == Some(&json!(code)));
        found.and_then(text_of).with_context(|| format!("{id} has no option {code} any more"))
    }
}

fn text_of(of: &Value) -> Option<String> {
    of.get("text")?.as_str().map(ToOwned::to_owned)
}

/// Adds the questions inside an item. A group's condition is that of each question in it.
fn gather(within: &Value, group: Option<&Value>, all: &mut Vec<Value>) {
    for item in within.get("item").and_then(Value::as_array).into_iter().flatten() {
        let own = item.get("enableWhen").map(|_| item);
        match item.get("type").and_then(Value::as_str) {
            Some("group") => gather(item, own.or(group), all),
            Some("display") | None => {}
            Some(_) => all.push(plain(item, own.or(group))),
        }
    }
}

fn plain(item: &Value, condition: Option<&Value>) -> Value {
    let options: Vec<Value> =
        item.get("answerOption").and_then(Value::as_array).into_iter().flatten().map(option).collect();
    let kind = match (options.is_empty(), item.get("repeats")) {
        (true, _) => "number",
        (false, Some(Value::Bool(true))) => "many",
        (false, _) => "one",
    };
    json!({
        "id": item.get("linkId"), "text": item.get("text"), "help": help(item), "kind": kind, "options": options,
        "min": bound(item, "minValue"), "max": bound(item, "maxValue"), "when": condition.map(when),
    })
}

fn option(of: &Value) -> Value {
    json!({"code": of.pointer("/valueCoding/code"), "text": of.pointer("/valueCoding/display")})
}

/// The line under the question.
fn help(item: &Value) -> Option<String> {
    let link = format!("{}.help", item.get("linkId")?.as_str()?);
    let found = item.get("item")?.as_array()?.iter().find(|each| each.get("linkId") == Some(&json!(link)));
    found.and_then(text_of)
}

fn bound(item: &Value, name: &str) -> Option<i64> {
    let extensions = item.get("extension")?.as_array()?;
    let is_it = |each: &&Value| each.get("url").and_then(Value::as_str).is_some_and(|url| url.ends_with(name));
    extensions.iter().find(is_it)?.get("valueInteger")?.as_i64()
}

/// When a question is asked: `{all, of: [{question, code} or {question, given}]}`. What is written as an expression of
/// `FHIRPath` (the early ends, and one question far behind those that are pressed) is left out: the other programs could
/// not say it, and would have less to do for it, not more.
fn when(item: &Value) -> Value {
    let conditions = item.get("enableWhen").and_then(Value::as_array).into_iter().flatten();
    let of: Vec<Value> = conditions
        .map(|condition| match condition.pointer("/answerCoding/code") {
            Some(code) => json!({"question": condition.get("question"), "code": code}),
            None => json!({"question": condition.get("question"), "given": condition.get("answerBoolean")}),
        })
        .collect();
    json!({"all": item.get("enableBehavior") == Some(&json!("all")), "of": of})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(id: &str, more: &Value) -> Value {
        let mut item = json!({
            "linkId": id, "text": format!("{id}?"), "type": "choice",
            "answerOption": [{"valueCoding": {"code": "none", "display": "None"}}],
            "item": [{"linkId": format!("{id}.help"), "text": "Help", "type": "display"}],
        });
        if let (Some(item), Some(more)) = (item.as_object_mut(), more.as_object()) {
            item.extend(more.clone());
        }
        item
    }

    #[test]
    fn questions_are_found_in_groups_with_the_condition_of_the_group() {
        let condition = json!([{"question": "age", "operator": "=", "answerCoding": {"code": "none"}}]);
        let inner = choice("rf_now", &json!({"repeats": true}));
        let group = json!({"linkId": "g", "type": "group", "enableWhen": condition, "item": [inner]});
        let scale = json!({"linkId": "peg", "text": "How bad?", "type": "integer",
            "extension": [{"url": "x/minValue", "valueInteger": 0}, {"url": "x/maxValue", "valueInteger": 10}]});
        let all = Questions::of(&json!({"item": [choice("age", &json!({})), group, scale]})).0;
        assert_eq!(all.iter().map(|each| &each["kind"]).collect::<Vec<_>>(), ["one", "many", "number"]);
        assert_eq!(all[0]["help"], "Help");
        assert_eq!(all[1]["when"], json!({"all": false, "of": [{"question": "age", "code": "none"}]}));
        assert_eq!((&all[2]["min"], &all[2]["max"]), (&json!(0), &json!(10)));
    }

    #[test]
    fn a_question_that_is_gone_is_named() {
        let error = Questions(vec![]).steps().unwrap_err().to_string();
        assert!(error.contains("the quiz asks no age any more"), "{error}");
    }
}
