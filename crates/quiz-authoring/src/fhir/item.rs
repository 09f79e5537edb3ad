//! The items of a `Questionnaire`: questions, their options, and the groups that hold them.

use quiz_engine::{Condition, Kind, Opt, Pack, Question, QuestionWords, Text, write_number};
use serde::Serialize;
use serde_json::{Value, json};

use super::enabling::Enabling;
use super::fhirpath;
use crate::compile::Addresses;

const HL7: &str = "http://hl7.org/fhir/StructureDefinition";
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition";

/// An item. Link ids of what is no question and no screen have a dot, which no id of the content has.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extension: Vec<Value>,
    link_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    code: Vec<Value>,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: Text,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enable_when: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enable_behavior: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeats: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answer_option: Vec<Value>,
    #[serde(rename = "item", skip_serializing_if = "Vec::is_empty")]
    inside: Vec<Item>,
}

impl Item {
    fn enabled(mut self, enabling: Enabling) -> Self {
        match enabling {
            Enabling::Always => {}
            Enabling::Plain { tests, behavior } => {
                self.enable_behavior = (tests.len() > 1).then_some(behavior);
                self.enable_when = tests;
            }
            Enabling::Expression(expression) => self.extension.push(enable_when_expression(&expression)),
        }
        self
    }
}

/// Makes the items of a quiz in one language.
#[derive(Clone, Copy)]
pub(super) struct Items<'a> {
    pub(super) pack: &'a Pack,
    pub(super) addresses: &'a Addresses,
}

impl Items<'_> {
    /// All items, from the last screen to the first: what comes after an early end stands in a group of its own.
    pub(super) fn all(self) -> Vec<Item> {
        let screens = self.pack.logic.screens.iter().enumerate();
        screens.rev().fold(Vec::new(), |later, (screen, questions)| {
            let mut items = self.screen(screen, questions);
            match self.pack.logic.group_after(questions) {
                Some(group) if !later.is_empty() => items.push(self.after(group, questions, later)),
                _ => items.extend(later),
            }
            items
        })
    }

    /// The group of what is asked where no rule has ended the quiz.
    fn after(self, link_id: String, questions: &[u16], inside: Vec<Item>) -> Item {
        let logic = &self.pack.logic;
        let ends = logic.early_ends(questions).map(|rule| &rule.when);
        let extension = vec![enable_when_expression(&fhirpath::none_of(logic, ends))];
        Item { extension, link_id, kind: "group", inside, ..Item::default() }
    }

    /// The questions of a screen, in a group where they are several.
    fn screen(self, screen: usize, questions: &[u16]) -> Vec<Item> {
        let logic = &self.pack.logic;
        let shown: Vec<&Condition> =
            questions.iter().filter_map(|question| Some(&logic.question(*question)?.shown)).collect();
        let id = self.pack.fhir.as_ref().and_then(|fhir| fhir.screens.get(screen)).filter(|id| !id.is_empty());
        // What holds for all questions of a screen is said once, for their group.
        let together = shown.first().filter(|first| id.is_some() && shown.iter().all(|each| each == *first));
        let items = questions.iter().filter_map(|question| {
            let item = self.question(*question)?;
            let own = logic.question(*question).filter(|_| together.is_none());
            Some(item.enabled(own.map_or(Enabling::Always, |question| self.enabling(&question.shown))))
        });
        let items = items.collect();
        let Some(id) = id else { return items };
        let text = self.pack.words.screens.get(screen).cloned().unwrap_or_default();
        let group = Item { link_id: id.to_string(), text, kind: "group", inside: items, ..Item::default() };
        vec![group.enabled(together.map_or(Enabling::Always, |shown| self.enabling(shown)))]
    }

    fn enabling(self, shown: &Condition) -> Enabling {
        Enabling::of(&self.pack.logic, &self.addresses.codes, shown)
    }

    fn question(self, index: u16) -> Option<Item> {
        let question = self.pack.logic.question(index)?;
        let words = self.pack.words.questions.get(usize::from(index))?;
        let (kind, mut extension) = match question.kind {
            Kind::One => ("choice", vec![item_control("radio-button")]),
            Kind::Many => ("choice", vec![item_control("check-box")]),
            Kind::Scale { min, max } => ("integer", scale(min, max)),
            Kind::Number { min, max } => typed(min, max, question.decimals),
        };
        extension.extend(question.options.iter().filter_map(|option| self.toggle(option)));
        let public = self.addresses.public.iter().filter(|(asked, _)| *asked == index);
        Some(Item {
            extension,
            link_id: question.id.to_string(),
            code: public.map(|(_, code)| coding(&code.system, &code.code, &code.display)).collect(),
            text: words.text.clone(),
            kind,
            required: Some(!question.optional),
            repeats: (question.kind == Kind::Many).then_some(true),
            answer_option: self.options(question, words),
            inside: displays(question, words),
            ..Item::default()
        })
    }

    fn options(self, question: &Question, words: &QuestionWords) -> Vec<Value> {
        let points = question.points.iter().map(Some).chain(std::iter::repeat(None));
        let options = question.options.iter().zip(&words.options).zip(points).map(|((option, label), points)| {
            let mut coding = coding(&self.addresses.codes, &option.id, label);
            if let (Some(points), Some(coding)) = (points, coding.as_object_mut()) {
                let points = number((*points).into(), question.decimals);
                let points = json!([{"url": format!("{HL7}/ordinalValue"), "valueDecimal": points}]);
                coding.insert("extension".to_owned(), points);
            }
            if option.exclusive {
                let exclusive = json!({"url": format!("{HL7}/questionnaire-optionExclusive"), "valueBoolean": true});
                json!({"extension": [exclusive], "valueCoding": coding})
            } else {
                json!({"valueCoding": coding})
            }
        });
        options.collect()
    }

    /// When an option is offered that is offered only at times. Tools that don't know it offer it always.
    fn toggle(self, option: &Opt) -> Option<Value> {
        if option.shown == Condition::Always {
            return None;
        }
        let expression = fhirpath::expression(&self.pack.logic, &option.shown);
        let coding = json!({"system": self.addresses.codes, "code": &*option.id});
        Some(json!({
            "url": format!("{SDC}/sdc-questionnaire-answerOptionsToggleExpression"),
            "extension": [
                {"url": "option", "valueCoding": coding},
                {"url": "expression", "valueExpression": {"language": "text/fhirpath", "expression": expression}},
            ],
        }))
    }
}

/// What is said beside a question: how to answer, what the ends of a scale mean, why it is asked.
fn displays(question: &Question, words: &QuestionWords) -> Vec<Item> {
    let said = [
        ("help", &words.help, None),
        ("unit", &words.unit, Some("unit")),
        ("low", &words.low, Some("lower")),
        ("high", &words.high, Some("upper")),
        ("why", &words.why, Some("help")),
    ];
    let display = |(name, text, control): (&str, &Text, Option<&str>)| Item {
        extension: control.map(item_control).into_iter().collect(),
        link_id: format!("{}.{name}", question.id),
        text: text.clone(),
        kind: "display",
        ..Item::default()
    };
    said.into_iter().filter(|(_, text, _)| !text.is_empty()).map(display).collect()
}

fn scale(min: i32, max: i32) -> Vec<Value> {
    vec![
        item_control("slider"),
        json!({"url": format!("{HL7}/questionnaire-sliderStepValue"), "valueInteger": 1}),
        json!({"url": format!("{HL7}/minValue"), "valueInteger": min}),
        json!({"url": format!("{HL7}/maxValue"), "valueInteger": max}),
    ]
}

/// A number that is typed: a whole one, or one with decimals.
fn typed(min: i32, max: i32, decimals: u8) -> (&'static str, Vec<Value>) {
    let bound = |name: &str, key: &str, bound: i32| {
        let mut extension = json!({"url": format!("{HL7}/{name}")});
        if let Some(extension) = extension.as_object_mut() {
            extension.insert(key.to_owned(), number(bound.into(), decimals));
        }
        extension
    };
    let (kind, key) = if decimals == 0 { ("integer", "valueInteger") } else { ("decimal", "valueDecimal") };
    let mut extension = vec![bound("minValue", key, min), bound("maxValue", key, max)];
    if decimals > 0 {
        extension.push(json!({"url": format!("{HL7}/maxDecimalPlaces"), "valueInteger": decimals}));
    }
    (kind, extension)
}

/// A number of units of the last decimal, as JSON has it.
pub(super) fn number(units: i64, decimals: u8) -> Value {
    serde_json::from_str(&write_number(units, decimals, ".")).unwrap_or_default()
}

fn item_control(code: &str) -> Value {
    let coding = json!({"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code});
    json!({"url": format!("{HL7}/questionnaire-itemControl"), "valueCodeableConcept": {"coding": [coding]}})
}

fn enable_when_expression(expression: &str) -> Value {
    json!({
        "url": format!("{SDC}/sdc-questionnaire-enableWhenExpression"),
        "valueExpression": {"language": "text/fhirpath", "expression": expression},
    })
}

fn coding(system: &str, code: &str, display: &str) -> Value {
    json!({"system": system, "code": code, "display": display})
}
