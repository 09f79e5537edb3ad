//! The answers as a `QuestionnaireResponse` of FHIR.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{answers, pack};
use quiz_engine::{Answers, Pack, Phrase, Value, questionnaire_response};

fn response(pack: &Pack, given: &[(&str, Value<'_>)]) -> String {
    questionnaire_response(pack, &answers(&pack.logic, given), "").unwrap()
}

fn whole() -> Vec<(&'static str, Value<'static>)> {
    vec![
        ("who", Value::One("adult")),
        ("signs", Value::Many(vec!["grown", "unsure"])),
        ("when", Value::One("now")),
        ("pain", Value::Number(0)),
        ("limit", Value::Number(10)),
    ]
}

/// What a reader of the record is told, in the words of the small quiz.
const NARRATIVE: &str = r#"{"status":"additional","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">opening_title. sheet_made not_diagnosis</div>"}"#;

#[test]
fn a_reader_of_the_record_is_told_when_it_was_made_and_that_it_is_no_diagnosis() {
    let mut pack = pack();
    let made = Phrase::ALL.iter().position(|(_, key)| *key == "sheet_made").unwrap();
    pack.words.interface[made] = "<Made> {date} & {version} ({hash}).".into();
    let json = questionnaire_response(&pack, &Answers::none(&pack.logic), "2026-05-01T12:00:00Z").unwrap();
    let said = "opening_title. &lt;Made> 2026-05-01 &amp; 1 (0). not_diagnosis</div>";
    assert!(json.contains(said), "{json}");
}

#[test]
fn a_whole_quiz_is_written_with_its_groups() {
    let coding = |question: &str, code: &str| {
        format!(
            r#"{{"linkId":"{question}","text":"{question}?","answer":[{{"valueCoding":{{"system":"urn:example:codes","code":"{code}","display":"the {code}"}}}}"#
        )
    };
    let mut pack = pack();
    pack.words.screens[3] = "Burden".into();
    let expected = [
        r#"{"resourceType":"QuestionnaireResponse","language":"en","text":"#,
        NARRATIVE,
        r#","questionnaire":"urn:example:small|1","status":"completed","authored":"2026-05-01","item":["#,
        &coding("who", "adult"),
        "]},",
        &coding("signs", "grown"),
        r#",{"valueCoding":{"system":"urn:example:codes","code":"unsure","display":"the unsure"}}]},"#,
        &coding("when", "now"),
        "]},",
        r#"{"linkId":"after.when","item":[{"linkId":"burden","text":"Burden","item":["#,
        r#"{"linkId":"pain","text":"pain?","answer":[{"valueInteger":0}]},"#,
        r#"{"linkId":"limit","text":"limit?","answer":[{"valueInteger":10}]}]}]}]}"#,
    ];
    let answers = answers(&pack.logic, &whole());
    assert_eq!(questionnaire_response(&pack, &answers, "2026-05-01").unwrap(), expected.concat());
}

#[test]
fn no_answers_make_no_list_of_items() {
    let pack = pack();
    let expected = [
        r#"{"resourceType":"QuestionnaireResponse","language":"en","text":"#,
        NARRATIVE,
        r#","questionnaire":"urn:example:small|1","status":"in-progress"}"#,
    ]
    .concat();
    let expected = expected.replace(" sheet_made", " ");
    assert_eq!(questionnaire_response(&pack, &Answers::none(&pack.logic), "").unwrap(), expected);
}

#[test]
fn a_pack_without_addresses_gives_none() {
    let pack = Pack { fhir: None, ..pack() };
    assert_eq!(questionnaire_response(&pack, &Answers::none(&pack.logic), ""), None);
}

#[test]
fn answers_to_hidden_questions_and_options_are_left_out() {
    let pack = pack();
    let mut given = whole();
    given[0].1 = Value::One("child");
    let written = response(&pack, &given);
    assert!(!written.contains("\"grown\"") && written.contains("\"unsure\""), "{written}");
    given[1].1 = Value::Many(vec!["none"]);
    let written = response(&pack, &given);
    assert!(!written.contains("\"when\"") && written.contains("\"pain\""), "{written}");
}

#[test]
fn what_an_early_end_cuts_off_is_left_out() {
    let pack = pack();
    let mut given = whole();
    given[1].1 = Value::Many(vec!["bad"]);
    let written = response(&pack, &given);
    assert!(!written.contains("after.when") && !written.contains("\"pain\""), "{written}");
    assert!(written.contains(r#""status":"completed""#), "{written}");
    // Where the time is missing too, the rule holds and yet nothing is complete.
    given.remove(2);
    let written = response(&pack, &given);
    assert!(!written.contains("after.when") && written.contains(r#""status":"in-progress""#), "{written}");
}

#[test]
fn an_optional_question_that_was_left_out_leaves_the_quiz_complete() {
    let pack = pack();
    let mut given = whole();
    given.push(("wish", Value::One("read")));
    let with = response(&pack, &given);
    assert!(with.contains("\"wish\"") && with.contains(r#""status":"completed""#), "{with}");
    assert!(response(&pack, &whole()).contains(r#""status":"completed""#));
}

#[test]
fn every_character_that_json_escapes_is_escaped() {
    let mut pack = pack();
    pack.words.questions[0].text = "a \"quote\", a back\\slash,\n\t\u{0}\u{1f}\u{7f} né 🦴".into();
    let written = response(&pack, &whole());
    let expected = "\"text\":\"a \\\"quote\\\", a back\\\\slash,\\u000a\\u0009\\u0000\\u001f\u{7f} né 🦴\"";
    assert!(written.contains(expected), "{written}");
}
