//! Another quiz, taken by the same engine: numbers that are typed, points, and results beside the advice.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use e2e::{Browser, Seen, Server, Visitor, cases_in, dist, quiz, repository};
use serde_json::{Map, Value, json};

const CONTENT: &str = "content/prevention-check";
const CASES: &str = "content/prevention-check/cases/all.json";
const DOCUMENT: &str = "/prevention-check.en.html";

fn server() -> Server {
    Server::of(repository("target/others")).unwrap()
}

fn answers(case: &Value) -> &Map<String, Value> {
    case["answers"].as_object().unwrap()
}

/// What a visitor saw, in the form in which `assess` tells it.
fn told(seen: &Seen, asked: &[String]) -> Value {
    let sections: BTreeSet<&String> = seen.sections.iter().collect();
    json!({"tier": seen.outcome, "rule": seen.rule, "asked": asked, "results": seen.results, "sections": sections})
}

/// The same of what `assess` prints. The page may show a section in two parts, so only their names are compared.
fn assessed(row: &Value) -> Value {
    let sections: BTreeSet<&str> = row["sections"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    json!({
        "tier": row["tier"], "rule": row["rule"], "asked": row["asked"], "results": row["results"], "sections": sections,
    })
}

/// Two browsers share the cases, one for each core.
async fn every_other_case(offset: usize) {
    let cases = cases_in(CASES).unwrap();
    let all: Vec<&Map<String, Value>> = cases.iter().map(answers).collect();
    let printed = quiz(&["assess", CONTENT], &serde_json::to_string(&all).unwrap()).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&printed).unwrap();
    assert_eq!(rows.len(), cases.len());
    let server = server();
    let browser = Browser::start().await.unwrap();
    let mut failures = Vec::new();
    for (case, row) in cases.iter().zip(&rows).skip(offset).step_by(2) {
        let visitor = Visitor::alone(&browser.client, &server.address(DOCUMENT)).await.unwrap();
        let (seen, asked) = visitor.take(answers(case)).await.unwrap();
        let expected = [&case["expected_tier"], &case["expected_rule"], &case["expected_results"]];
        let got = told(&seen, &asked);
        if got != assessed(row) || [&got["tier"], &got["rule"], &got["results"]] != expected {
            failures.push(format!("{}: {got}, not {}", case["id"], assessed(row)));
        }
    }
    browser.close().await.unwrap();
    assert!(failures.is_empty(), "{failures:#?}");
}

#[tokio::test]
async fn half_of_the_cases_by_clicking_and_typing() {
    every_other_case(0).await;
}

#[tokio::test]
async fn the_other_half_of_the_cases_by_clicking_and_typing() {
    every_other_case(1).await;
}

/// A data block of a document, from its opening tag to its end.
fn block<'a>(document: &'a str, id: &str) -> &'a str {
    let (_, rest) = document.split_once(&format!(" id=\"{id}\">")).unwrap();
    rest.split_once("</script>").unwrap().0
}

#[test]
fn both_documents_hold_the_same_engine_and_packs_of_their_own() {
    let first = std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    let second = std::fs::read_to_string(repository("target/others").join(&DOCUMENT[1..])).unwrap();
    assert!(block(&first, "engine").len() > 100_000);
    assert!(block(&first, "engine") == block(&second, "engine"), "the engines differ");
    assert!(block(&first, "pack") != block(&second, "pack"));
}

/// Goes to the screen of age, in a document of the page's own.
async fn at_age<'a>(browser: &'a Browser, server: &Server) -> Visitor<'a> {
    let visitor = Visitor::alone(&browser.client, &server.address(DOCUMENT)).await.unwrap();
    visitor.tick("now", "none").await.unwrap();
    let seen = visitor.press("continue").await.unwrap();
    assert_eq!(seen.questions, ["age"]);
    visitor
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_in_words_and_never_lost() {
    let server = server();
    let browser = Browser::start().await.unwrap();
    let visitor = at_age(&browser, &server).await;
    assert!(visitor.press("continue").await.unwrap().has_errors);
    assert!(visitor.text(".errors").await.unwrap().contains("Enter your age in years."));
    visitor.click("answer").await.unwrap();
    let has_focus = "return document.activeElement?.dataset.number === 'age'";
    visitor.until("the error leads to the place to type in", has_focus).await.unwrap();
    for wrong in ["17", "121", "65.5", "old", "1,000"] {
        visitor.write("age", wrong).await.unwrap();
        visitor.click("continue").await.unwrap();
        let said = "return document.querySelector('.errors')?.innerText.includes('from 18 to 120')";
        visitor.until("the error", said).await.unwrap();
        assert_eq!(visitor.text("[data-number]").await.unwrap(), wrong);
        let state = "const field = document.querySelector('[data-number]'); return [field.ariaInvalid, field.isContentEditable]";
        assert_eq!(visitor.run(state).await.unwrap(), json!(["true", true]));
    }
    // Away from it and back.
    visitor.press("back").await.unwrap();
    assert_eq!(visitor.press("continue").await.unwrap().questions, ["age"]);
    assert_eq!(visitor.text("[data-number]").await.unwrap(), "1,000");
    // Enter goes on, as in a form; zeros behind the point change nothing.
    visitor.write("age", "65.0\u{e007}").await.unwrap();
    visitor.until("the next screen", "return !!document.querySelector('[data-question=sex]')").await.unwrap();
    visitor.press("back").await.unwrap();
    assert_eq!(visitor.text("[data-number]").await.unwrap(), "65");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_place_to_type_is_named_described_and_asks_for_digits() {
    let server = server();
    let browser = Browser::start().await.unwrap();
    let visitor = at_age(&browser, &server).await;
    visitor.press("continue").await.unwrap();
    let words = "const field = document.querySelector('[data-number]'); \
        const of = (ids) => ids.split(' ').map((id) => document.getElementById(id).textContent.trim()); \
        return [field.role, field.inputMode, of(field.getAttribute('aria-labelledby')), of(field.getAttribute('aria-describedby')).length]";
    assert_eq!(
        visitor.run(words).await.unwrap(),
        json!(["textbox", "numeric", ["How old are you?", "years"], 3]),
        "question and unit; help, why and error"
    );
    browser.close().await.unwrap();
}

#[tokio::test]
async fn typing_asks_nobody_for_anything_and_violates_nothing() {
    let server = server();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address(DOCUMENT)).await.unwrap();
    let cases = cases_in(CASES).unwrap();
    let all_three = cases.iter().find(|case| case["id"] == "C02").unwrap();
    let (seen, _) = visitor.take(answers(all_three)).await.unwrap();
    let expected = ["alcohol higher", "diabetes at_risk", "falls at_risk"].map(|pair| pair.split_once(' ').unwrap());
    let results: BTreeMap<&str, &str> = seen.results.iter().map(|(group, id)| (group.as_str(), id.as_str())).collect();
    assert_eq!(results, BTreeMap::from(expected));
    assert_eq!(browser.console().await.unwrap(), Vec::<String>::new(), "the console is quiet");
    let asked: BTreeSet<String> = browser.close().await.unwrap().into_iter().collect();
    assert_eq!(asked, BTreeSet::from([server.address(DOCUMENT)]), "the browser's own network log");
}
