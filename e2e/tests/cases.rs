//! Every case reaches its tier and its rule by clicking through the sealed document.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Server, Visitor, cases, dist, quiz};
use serde_json::{Value, json};

/// The cases that somebody can click through. Some leave out an answer on purpose, to show what the rules then say; the
/// page lets nobody past such a question.
fn whole_cases() -> Vec<Value> {
    let all = cases().unwrap();
    let answers: Vec<&Value> = all.iter().map(|case| &case["answers"]).collect();
    let printed = quiz(&["assess", "content/pars-defect"], &json!(answers).to_string()).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&printed).unwrap();
    assert_eq!(rows.len(), all.len());
    let whole: Vec<Value> =
        all.into_iter().zip(rows).filter(|(_, row)| row["complete"] == true).map(|(case, _)| case).collect();
    assert!(whole.len() > 100, "only {}", whole.len());
    whole
}

/// Two browsers share the cases, one for each core.
async fn every_other_case(offset: usize) {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let mut failures = Vec::new();
    for case in whole_cases().iter().skip(offset).step_by(2) {
        let id = case["id"].as_str().unwrap();
        let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
        match visitor.take(case["answers"].as_object().unwrap()).await {
            Ok((seen, _)) => {
                let got = (seen.outcome.unwrap(), seen.rule.unwrap());
                let expected =
                    (case["expected_tier"].as_str().unwrap().into(), case["expected_rule"].as_str().unwrap().into());
                if got != expected {
                    failures.push(format!("{id}: {got:?}, not {expected:?}"));
                }
            }
            Err(error) => failures.push(format!("{id}: {error:#}")),
        }
    }
    browser.close().await.unwrap();
    assert!(failures.is_empty(), "{failures:#?}");
}

#[tokio::test]
async fn half_of_the_cases_by_clicking() {
    every_other_case(0).await;
}

#[tokio::test]
async fn the_other_half_of_the_cases_by_clicking() {
    every_other_case(1).await;
}
