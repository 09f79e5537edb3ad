//! Every case reaches its tier and its rule by clicking through the sealed document.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Server, Visitor, cases, dist};

/// Two browsers share the cases, one for each core.
async fn every_other_case(offset: usize) {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let mut failures = Vec::new();
    for case in cases().unwrap().iter().skip(offset).step_by(2) {
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
