//! The quiz as FHIR: what a Questionnaire says, and that it shows what the engine asks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::path::{Path, PathBuf};

use common::sound_but;
use quiz_authoring::{Content, questionnaires, responses};
use serde_json::{Value, json};

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn shipped() -> Content {
    Content::load(&repository("content/pars-defect")).unwrap()
}

fn sound() -> Content {
    Content::load(&common::sound()).unwrap()
}

fn questionnaire(content: &Content) -> Value {
    let all: Vec<Value> = serde_json::from_str(&questionnaires(content).unwrap()).unwrap();
    assert_eq!(all.len(), content.languages.len());
    all[0].clone()
}

/// Every item, with those inside it behind it.
fn items(within: &Value) -> Vec<&Value> {
    let own = within["item"].as_array().into_iter().flatten();
    own.flat_map(|item| [item].into_iter().chain(items(item))).collect()
}

fn item<'a>(questionnaire: &'a Value, id: &str) -> &'a Value {
    items(questionnaire).into_iter().find(|item| item["linkId"] == id).unwrap_or_else(|| panic!("no item {id}"))
}

/// The values of an extension, by the end of its address.
fn extensions<'a>(item: &'a Value, name: &str) -> Vec<&'a Value> {
    let all = item["extension"].as_array().into_iter().flatten();
    all.filter(|extension| extension["url"].as_str().unwrap().ends_with(&format!("/{name}"))).collect()
}

/// The `FHIRPath` of the one extension of this name.
fn expression(item: &Value, name: &str) -> String {
    let found = extensions(item, name);
    assert_eq!(found.len(), 1, "{item}");
    found[0]["valueExpression"]["expression"].as_str().unwrap().to_owned()
}

#[test]
fn the_head_says_what_it_is_and_that_nobody_has_signed() {
    let mut head = questionnaire(&sound());
    head["item"] = Value::Null;
    let words = &sound().languages[0].pack.words;
    let phrase = |phrase| words.phrase(phrase).to_string();
    let description = [
        phrase(quiz_engine::Phrase::OpeningWhat),
        phrase(quiz_engine::Phrase::OpeningNot),
        phrase(quiz_engine::Phrase::Unvalidated),
        phrase(quiz_engine::Phrase::Unsigned),
    ];
    let expected = json!({
        "resourceType": "Questionnaire",
        "id": "umbrella-en",
        "language": "en",
        "url": "urn:uuid:4191726f-9a05-4853-885f-6cc7f9fac748",
        "version": "1",
        "name": "Umbrella",
        "title": phrase(quiz_engine::Phrase::OpeningTitle),
        "status": "draft",
        "experimental": true,
        "subjectType": ["Patient"],
        "publisher": "The almanac",
        "description": description.join(" "),
        "copyright": "Nobody's",
        "item": null,
    });
    assert_eq!(head, expected);
}

#[test]
fn signed_content_is_active_and_says_who_signed() {
    let hash = sound().hash;
    let entry = format!("[[review]]\nreviewer = \"A. Doe\"\ndate = \"2026-05-01\"\nhash = \"{hash}\"\n");
    let folder = sound_but(|name, text| if name == "review.toml" { entry.clone() } else { text });
    let signed = questionnaire(&Content::load(folder.path()).unwrap());
    assert_eq!((&signed["status"], &signed["experimental"]), (&json!("active"), &Value::Null));
    assert_eq!(signed["approvalDate"], "2026-05-01");
    assert!(signed["description"].as_str().unwrap().contains("A. Doe"), "{}", signed["description"]);
}

#[test]
fn content_without_addresses_makes_no_questionnaire() {
    let folder = sound_but(|_, text| text.split("[fhir]").next().unwrap().to_owned());
    let content = Content::load(folder.path()).unwrap();
    assert_eq!(questionnaires(&content), None);
    assert!(responses(&content.languages[0].pack, "", "[]").unwrap_err().contains("[fhir]"));
}

#[test]
fn every_link_id_is_used_once_and_every_question_has_its_item() {
    for content in [sound(), shipped()] {
        let questionnaire = questionnaire(&content);
        let mut ids: Vec<&str> = items(&questionnaire).iter().map(|item| item["linkId"].as_str().unwrap()).collect();
        for question in &content.logic.questions {
            assert!(ids.contains(&&*question.id), "{}", question.id);
        }
        let many = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), many);
    }
}

#[test]
fn a_choice_has_its_options_with_those_that_exclude_and_those_offered_at_times() {
    let questionnaire = questionnaire(&sound());
    let gear = item(&questionnaire, "gear");
    assert_eq!((&gear["type"], &gear["repeats"], &gear["required"]), (&json!("choice"), &json!(true), &json!(true)));
    let options = gear["answerOption"].as_array().unwrap();
    let codes: Vec<&str> = options.iter().map(|option| option["valueCoding"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["coat", "hat", "none"]);
    assert_eq!(extensions(&options[2], "questionnaire-optionExclusive")[0]["valueBoolean"], true);
    assert!(extensions(&options[0], "questionnaire-optionExclusive").is_empty());
    let toggle = extensions(gear, "sdc-questionnaire-answerOptionsToggleExpression")[0];
    assert_eq!(toggle["extension"][0]["valueCoding"]["code"], "hat");
    let expected = "%resource.repeat(item).where(linkId = 'sky').answer.value.where(code = 'rain').exists()";
    assert_eq!(toggle["extension"][1]["valueExpression"]["expression"], expected);
    assert_eq!(item(&questionnaire, "sky")["repeats"], Value::Null);
}

#[test]
fn a_scale_has_its_bounds_and_says_what_its_ends_mean() {
    let questionnaire = questionnaire(&sound());
    let wind = item(&questionnaire, "wind");
    assert_eq!((&wind["type"], &wind["required"]), (&json!("integer"), &json!(false)));
    assert_eq!(extensions(wind, "minValue")[0]["valueInteger"], 0);
    assert_eq!(extensions(wind, "maxValue")[0]["valueInteger"], 10);
    let control = |id| {
        let control = extensions(item(&questionnaire, id), "questionnaire-itemControl")[0];
        control["valueCodeableConcept"]["coding"][0]["code"].as_str().unwrap().to_owned()
    };
    let controls = ["wind", "wind.low", "wind.high", "wind.why"].map(control);
    assert_eq!(controls, ["slider", "lower", "upper", "help"]);
    assert_eq!(
        wind["code"],
        json!([{"system": "https://example.org/weather", "code": "force", "display": "Wind force"}])
    );
}

#[test]
fn questions_of_one_screen_stand_in_a_group_that_bears_its_condition() {
    let questionnaire = questionnaire(&shipped());
    let course = item(&questionnaire, "treatment_course");
    assert_eq!((&course["type"], &course["text"]), (&json!("group"), &json!("Your care so far")));
    assert_eq!(course["enableWhen"].as_array().unwrap().len(), 5);
    let inside: Vec<&Value> = course["item"].as_array().unwrap().iter().collect();
    assert_eq!(inside.iter().map(|item| &item["linkId"]).collect::<Vec<_>>(), ["treat_time", "treat_result"]);
    assert!(inside.iter().all(|item| item.get("enableWhen").is_none()));
}

#[test]
fn what_follows_an_early_end_stands_in_groups_that_nest() {
    let questionnaire = questionnaire(&shipped());
    let mut within = &questionnaire;
    for after in ["rf_now", "rf_nerve_when", "rf_weak", "rf_body", "location"] {
        let siblings = within["item"].as_array().unwrap();
        within = siblings.last().unwrap();
        assert_eq!(within["linkId"], format!("after.{after}"));
        assert_eq!(siblings.iter().rev().nth(1).unwrap()["linkId"], after);
        assert!(expression(within, "sdc-questionnaire-enableWhenExpression").ends_with(".not()"));
    }
    assert_eq!(within["item"].as_array().unwrap().last().unwrap()["linkId"], "goal");
    let groups = |content: &Content| {
        let all = self::questionnaire(content);
        let ids = items(&all).into_iter().map(|item| item["linkId"].as_str().unwrap().to_owned());
        ids.filter(|id| id.starts_with("after.")).collect::<Vec<_>>()
    };
    assert_eq!(groups(&sound()), ["after.wind"]);
    // An early end after the last question cuts nothing off.
    let folder = sound_but(|_, text| text.replace("stop_after = \"wind\"", "stop_after = \"mood\""));
    assert_eq!(groups(&Content::load(folder.path()).unwrap()), [""; 0]);
}

#[test]
fn a_typed_number_has_its_bounds_its_decimals_and_its_unit() {
    let questionnaire = questionnaire(&sound());
    let shower = item(&questionnaire, "shower");
    assert_eq!((&shower["type"], &shower["required"]), (&json!("decimal"), &json!(false)));
    assert_eq!(extensions(shower, "minValue")[0]["valueDecimal"], json!(0.5));
    assert_eq!(extensions(shower, "maxValue")[0]["valueDecimal"], json!(99.9));
    assert_eq!(extensions(shower, "maxDecimalPlaces")[0]["valueInteger"], json!(1));
    assert_eq!(item(&questionnaire, "shower.unit")["text"], "mm");
    let whole = sound_but(|_, text| {
        text.replace("min = 0.5\nmax = 99.9\ndecimals = 1", "min = 0\nmax = 99")
            .replace("12.5", "12")
            .replace("12.4", "11")
    });
    let questionnaire = self::questionnaire(&Content::load(whole.path()).unwrap());
    let shower = item(&questionnaire, "shower");
    assert_eq!(shower["type"], "integer");
    assert_eq!(extensions(shower, "maxValue")[0]["valueInteger"], json!(99));
    assert!(extensions(shower, "maxDecimalPlaces").is_empty());
}

#[test]
fn options_with_points_say_them() {
    let questionnaire = questionnaire(&sound());
    let points = |id: &str| {
        let options = item(&questionnaire, id)["answerOption"].as_array().unwrap().clone();
        options.iter().map(|option| option["valueCoding"]["extension"][0]["valueDecimal"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(points("mood"), [json!(0), json!(2)]);
    assert_eq!(points("sky"), [Value::Null, Value::Null]);
}

#[test]
fn a_number_is_compared_and_answered_with_its_decimals() {
    let shown = "id = \"mood\"\nshown = { number = \"shower\", at_least = 2.5 }";
    let folder = sound_but(|name, text| match name {
        "quiz.toml" => text.replacen("id = \"mood\"", shown, 1),
        // Nothing else is of interest: the cases are others then.
        "cases/all.json" => text
            .replace("\"wind\": 5,", "\"wind\": 5, \"shower\": 3,")
            .replace("\"mood\": \"grim\"", "\"mood\": \"grim\", \"shower\": 2.5"),
        _ => text,
    });
    let content = Content::load(folder.path()).unwrap();
    let mood = questionnaire(&content);
    let expected = json!([{"question": "shower", "operator": ">=", "answerDecimal": 2.5}]);
    assert_eq!(item(&mood, "mood")["enableWhen"], expected);
    let response = responses(&content.languages[0].pack, "", "[{\"shower\": 12.5}]").unwrap();
    assert!(response.contains("{\"valueDecimal\":12.5}"), "{response}");
}

#[test]
fn only_what_enable_when_cannot_say_is_an_expression() {
    let questionnaire = questionnaire(&shipped());
    let name = "sdc-questionnaire-enableWhenExpression";
    let expressed = items(&questionnaire).into_iter().filter(|item| !extensions(item, name).is_empty());
    let ids: Vec<&str> = expressed.map(|item| item["linkId"].as_str().unwrap()).collect();
    let stops = ["after.rf_now", "after.rf_nerve_when", "after.rf_weak", "after.rf_body", "after.location"];
    assert_eq!(ids, [&stops[..], &["health"]].concat());
    let answer = |id: &str| format!("%resource.repeat(item).where(linkId = '{id}').answer");
    let expected = [
        format!("({}.value.where(code = 'under10' or code = '10_17').exists()).not()", answer("age")),
        format!(
            "{}.value.where(code = 'pars' or code = 'slip_low' or code = 'slip_high' or code = 'slip_unknown').exists()",
            answer("diagnosis")
        ),
        format!("{}.value.where(code = '3_6m' or code = 'gt6m').exists()", answer("treat_time")),
        format!(
            "({0}.value.where(code = 'some_limits' or code = 'no_relief').exists() or ({0}.exists()).not())",
            answer("treat_result")
        ),
    ];
    assert_eq!(expression(item(&questionnaire, "health"), name), expected.join(" and "));
}

/// The answers in a response, by question.
fn answered(within: &Value) -> Vec<(String, Vec<Value>)> {
    let with_answers = items(within).into_iter().filter_map(|item| Some((item, item["answer"].as_array()?)));
    with_answers.map(|(item, answers)| (item["linkId"].as_str().unwrap().to_owned(), answers.clone())).collect()
}

/// Whether an item's `enableWhen` holds, by the words of the standard. An expression is not read and holds.
fn is_enabled(item: &Value, answers: &[(String, Vec<Value>)]) -> bool {
    let Some(tests) = item["enableWhen"].as_array() else { return true };
    let holds = |test: &Value| {
        let found = answers.iter().find(|(question, _)| test["question"] == *question).map(|(_, answers)| answers);
        match test["operator"].as_str().unwrap() {
            "exists" => found.is_some() == test["answerBoolean"],
            "=" => {
                let code = |answer: &Value| answer["valueCoding"]["code"] == test["answerCoding"]["code"];
                found.is_some_and(|answers| answers.iter().any(code))
            }
            other => panic!("no test for {other}"),
        }
    };
    match item["enableBehavior"].as_str() {
        Some("all") => tests.iter().all(holds),
        _ => tests.iter().any(holds),
    }
}

/// The questions that a response must or may answer: in the groups that it has, those that `enableWhen` shows.
fn enabled(within: &Value, response: &Value, answers: &[(String, Vec<Value>)]) -> Vec<String> {
    let mut ids = Vec::new();
    for item in within["item"].as_array().into_iter().flatten().filter(|item| item["type"] != "display") {
        let id = item["linkId"].as_str().unwrap();
        if item["type"] != "group" && is_enabled(item, answers) {
            ids.push(id.to_owned());
        } else if is_enabled(item, answers) {
            let own = response["item"].as_array().into_iter().flatten().find(|own| own["linkId"] == id);
            // A group of an early end that did not come is there; one of a screen is there if it is shown.
            assert!(own.is_some() || id.starts_with("after."), "{id}");
            ids.extend(own.map(|own| enabled(item, own, answers)).unwrap_or_default());
        }
    }
    ids
}

#[test]
fn the_response_of_every_case_answers_exactly_what_enable_when_shows() {
    let content = shipped();
    let questionnaire = questionnaire(&content);
    let given: Vec<&Value> = content.cases.iter().map(|case| &case.answers).collect();
    let written = responses(&content.languages[0].pack, "", &serde_json::to_string(&given).unwrap()).unwrap();
    let all: Vec<Value> = serde_json::from_str(&written).unwrap();
    assert_eq!(all.len(), content.cases.len());
    let mut complete = 0;
    for (response, case) in all.iter().zip(&content.cases).filter(|(response, _)| response["status"] == "completed") {
        let answers = answered(response);
        let got: Vec<&str> = answers.iter().map(|(question, _)| question.as_str()).collect();
        let expected = enabled(&questionnaire, response, &answers);
        let is_said = |id: &&str| got.contains(id) || !["goal", "health"].contains(id);
        let expected: Vec<&str> = expected.iter().map(String::as_str).filter(is_said).collect();
        assert_eq!(got, expected, "{}", case.id);
        complete += 1;
    }
    assert!(complete > 100, "only {complete} cases are complete");
}

#[test]
fn a_response_of_answers_that_cannot_be_read_is_an_error_and_harms_no_other() {
    let pack = &shipped().languages[0].pack;
    let written = responses(pack, "2026-05-01", r#"[{"age":"35_49"},{"age":"old"},{}]"#).unwrap();
    let all: Vec<Value> = serde_json::from_str(&written).unwrap();
    assert_eq!((&all[0]["authored"], &all[0]["status"]), (&json!("2026-05-01"), &json!("in-progress")));
    assert!(all[1]["error"].as_str().unwrap().contains("`age`: not an option"), "{}", all[1]);
    assert_eq!((&all[2]["resourceType"], &all[2]["item"]), (&json!("QuestionnaireResponse"), &Value::Null));
    assert!(responses(pack, "", "{}").is_err());
}
