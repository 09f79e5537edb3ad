//! How a visitor can check that nothing is sent: there in every state, closed until somebody asks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Look, Server, Visitor, case, dist};
use fantoccini::Locator;
use serde_json::json;

const SUMMARY: &str = "details.proof > summary";

/// Asserts that it is there, closed and large enough for a thumb, opens by a press, and says its three steps.
async fn assert_proof(browser: &Browser, visitor: &Visitor<'_>, what: &str) {
    let closed =
        "const proof = document.querySelectorAll('details.proof'); const summary = proof[0].querySelector('summary');
        const list = proof[0].querySelector('ol');
        return [proof.length, proof[0].open, summary.getBoundingClientRect().height >= 44, list.checkVisibility()]";
    assert_eq!(visitor.run(closed).await.unwrap(), json!([1, false, true, false]), "{what}");
    browser.client.find(Locator::Css(SUMMARY)).await.unwrap().click().await.unwrap();
    let text = visitor.text("details.proof").await.unwrap();
    for said in [
        "How can I check that nothing is sent?",
        "airplane mode",
        "network panel",
        "sha384sum pars-check.en.html",
        "manifest.json",
    ] {
        assert!(text.contains(said), "{what}: {said:?} is not in {text:?}");
    }
    let steps = visitor.run("return document.querySelectorAll('details.proof li').length").await.unwrap();
    assert_eq!(steps, 3, "{what}");
}

#[tokio::test]
async fn it_is_at_the_foot_of_the_quiz_from_the_first_screen_to_the_last() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.look(Look::PHONE).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    assert_proof(&browser, &visitor, "the first screen").await;
    let is_below = "return document.querySelector('details.proof').getBoundingClientRect().top >= \
                    document.querySelector('.foot').getBoundingClientRect().bottom";
    assert_eq!(visitor.run(is_below).await.unwrap(), true);
    browser.client.find(Locator::Css(SUMMARY)).await.unwrap().click().await.unwrap();
    visitor.take(&case("V53").unwrap()).await.unwrap();
    assert_proof(&browser, &visitor, "the outcome").await;
    browser.close().await.unwrap();
}

#[tokio::test]
async fn it_is_there_without_scripts_and_in_the_leaflet() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    browser.client.goto(&server.address("/pars-check.en.html#mode=leaflet")).await.unwrap();
    assert_proof(&browser, &visitor, "the leaflet").await;
    browser.look(Look { has_scripts: false, ..Look::PHONE }).await.unwrap();
    browser.client.goto("about:blank").await.unwrap();
    browser.client.goto(&server.address("/pars-check.en.html")).await.unwrap();
    assert_proof(&browser, &visitor, "without scripts").await;
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_keyboard_reaches_it_and_shows_where_it_is() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    let summary = browser.client.find(Locator::Css(SUMMARY)).await.unwrap();
    summary.send_keys("\u{e007}").await.unwrap();
    let state = "const summary = document.querySelector('details.proof > summary'); return [
        document.querySelector('details.proof').open, document.activeElement === summary,
        getComputedStyle(summary).outlineStyle, getComputedStyle(summary).outlineWidth]";
    assert_eq!(visitor.run(state).await.unwrap(), json!([true, true, "solid", "3px"]));
    browser.close().await.unwrap();
}
