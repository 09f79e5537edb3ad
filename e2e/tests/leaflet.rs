//! Where no question may be asked, or none can, the same file is a leaflet.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use anyhow::Context;
use e2e::{Browser, Look, Server, Visitor, case, dist};
use serde_json::json;

/// The engine comes up only when the test lets it.
const HELD: &str = "const real = WebAssembly.instantiate; WebAssembly.instantiate = (...all) => \
    new Promise((go) => { window.__go = go }).then(() => real(...all))";

/// Asserts that the leaflet can be read and no question answered, and gives the text.
async fn assert_leaflet(visitor: &Visitor<'_>, what: &str) -> String {
    visitor.read_leaflet().await.with_context(|| what.to_owned()).unwrap()
}

fn document() -> String {
    std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap()
}

async fn served(browser: &Browser, page: String) -> Server {
    let server = Server::with_pages(dist(), BTreeMap::from([("/changed.html".into(), page)])).unwrap();
    browser.client.goto(&server.address("/changed.html")).await.unwrap();
    server
}

#[tokio::test]
async fn without_scripts_the_file_reads_as_a_leaflet() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.look(Look { has_scripts: false, ..Look::PHONE }).await.unwrap();
    browser.client.goto(&server.address("/pars-check.en.html")).await.unwrap();
    // WebDriver's own scripts still run where the page's do not.
    let text = assert_leaflet(&Visitor::outside(&browser.client), "without scripts").await;
    assert!(text.contains("use this site's contact page"), "no contact address is baked in");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn in_a_frame_without_sandbox_no_question_is_asked() {
    let host = "<!doctype html><iframe src='pars-check.en.html' width=400 height=700></iframe>";
    let server = Server::with_pages(dist(), BTreeMap::from([("/host.html".into(), host.into())])).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    browser.client.enter_frame(0).await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    visitor.until("the document", "return document.readyState === 'complete'").await.unwrap();
    let text = assert_leaflet(&visitor, "without sandbox").await;
    assert!(text.contains("has removed the protection") && text.contains("Open the self-check by itself"), "{text}");
    let alone = visitor.run("return document.querySelector('[data-open-alone]').href").await.unwrap();
    assert_eq!(alone, server.address("/pars-check.en.html"));
    // The same with allow-same-origin in the sandbox: scripts run, but the page around can read along.
    let host = "<!doctype html><iframe sandbox='allow-scripts allow-same-origin' src='pars-check.en.html'></iframe>";
    let server = Server::with_pages(dist(), BTreeMap::from([("/host.html".into(), host.into())])).unwrap();
    browser.leave_frames().await.unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    browser.client.enter_frame(0).await.unwrap();
    visitor.until("the document", "return document.readyState === 'complete'").await.unwrap();
    assert_leaflet(&visitor, "with allow-same-origin").await;
    browser.close().await.unwrap();
}

#[tokio::test]
async fn where_the_engine_cannot_start_there_is_one_calm_line_and_the_leaflet() {
    let browser = Browser::start().await.unwrap();
    let whole = document();
    let engine = whole.find("id=\"engine\">").unwrap() + 12;
    let boundary = |at: usize| (at..whole.len()).find(|at| whole.is_char_boundary(*at)).unwrap();
    let middle = boundary(engine + 100_000);
    let pack = whole.find("id=\"pack\">").unwrap() + 10;
    let damaged = [
        ("a damaged engine", format!("{}{}", &whole[..middle], &whole[boundary(middle + 5000)..])),
        ("a download cut off in the engine", whole[..middle].to_owned()),
        ("a download cut off in the pack", whole[..boundary(whole.len() - 300)].to_owned()),
        ("no engine", format!("{}{}", &whole[..engine], &whole[engine + whole[engine..].find("</script>").unwrap()..])),
        // The first version; versions only grow.
        ("a pack of another version", format!("{}\u{1}{}", &whole[..pack], &whole[pack + 1..])),
        (
            "a pack cut short",
            format!("{}{}", &whole[..boundary(pack + 900)], &whole[pack + whole[pack..].find("</script>").unwrap()..]),
        ),
    ];
    for (what, page) in damaged {
        let _server = served(&browser, page).await;
        let visitor = Visitor::outside(&browser.client);
        visitor.until(what, "return document.documentElement.className === 'failed'").await.unwrap();
        let text = assert_leaflet(&visitor, what).await;
        assert!(text.contains("The questions can't run here just now."), "{what}");
        let said = "return document.querySelector('[role=alert]').innerText.startsWith(\"The questions can't run\")";
        assert_eq!(visitor.run(said).await.unwrap(), true, "{what}: it is read out");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn without_webassembly_the_file_reads_as_a_leaflet() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": "delete window.WebAssembly"})).await.unwrap();
    browser.client.goto(&server.address("/pars-check.en.html")).await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    visitor.until("the leaflet", "return document.documentElement.className === 'failed'").await.unwrap();
    assert_leaflet(&visitor, "without WebAssembly").await;
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_trap_in_the_middle_of_a_quiz_brings_the_leaflet() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    // The browser refuses what Yew relies on, so that the engine panics for real.
    visitor.run("Node.prototype.cloneNode = () => { throw new Error('refused') }").await.unwrap();
    visitor.tick("rf_now", "none").await.unwrap();
    visitor.click("continue").await.unwrap();
    visitor.until("the leaflet", "return document.documentElement.className === 'failed'").await.unwrap();
    assert_leaflet(&visitor, "after a trap").await;
    assert_eq!(visitor.run("return document.querySelectorAll('input').length").await.unwrap(), 0, "no answer is left");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_leaflet_alone_can_be_asked_for() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/pars-check.en.html#mode=leaflet")).await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    visitor.until("the document", "return document.readyState === 'complete'").await.unwrap();
    let text = assert_leaflet(&visitor, "mode=leaflet").await;
    assert!(!text.contains("can't run here"), "nothing is wrong, so nothing is said to be");
    browser.close().await.unwrap();
}

/// The document with the mode baked in, as `cargo xtask dist --settings` writes it.
fn baked() -> String {
    let empty = "id=\"settings\">{}</script>";
    let whole = document();
    assert_eq!(whole.matches(empty).count(), 1, "the document has an empty block of settings");
    whole.replace(empty, "id=\"settings\">{\"mode\":\"leaflet\"}</script>")
}

#[tokio::test]
async fn baked_in_the_leaflet_is_all_there_is_even_while_the_file_is_on_its_way() {
    let browser = Browser::start().await.unwrap();
    let whole = baked();
    let up_to = |part: &str| whole[..whole.find(part).unwrap()].to_owned();
    let arrived = [
        ("all of it", whole.clone()),
        ("up to the pack", up_to("id=\"pack\"")),
        ("up to the engine", up_to("id=\"engine\"")),
    ];
    for (what, page) in arrived {
        let server = served(&browser, page).await;
        // A fragment that asks for the questions changes nothing.
        for fragment in ["", "#mode=quiz"] {
            browser.client.goto("about:blank").await.unwrap();
            browser.client.goto(&server.address(&format!("/changed.html{fragment}"))).await.unwrap();
            let visitor = Visitor::outside(&browser.client);
            visitor.until(what, "return document.readyState === 'complete'").await.unwrap();
            let text = assert_leaflet(&visitor, what).await;
            assert!(!text.contains("can't run here"), "{what}: nothing is wrong, so nothing is said to be");
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn an_answer_given_before_the_engine_is_there_is_kept() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": HELD})).await.unwrap();
    browser.client.goto(&server.address("/pars-check.en.html")).await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    assert_eq!(visitor.see().await.unwrap().questions, ["age"], "the first question is there without the engine");
    visitor.tick("age", "50_64").await.unwrap();
    visitor.click("continue").await.unwrap();
    visitor.run("window.__go()").await.unwrap();
    visitor
        .until("the second question", "return !!document.querySelector('fieldset[data-question=rf_now]')")
        .await
        .unwrap();
    visitor.press("back").await.unwrap();
    assert_eq!(visitor.run("return document.querySelector('input:checked').value").await.unwrap(), "50_64");
    let (seen, _) = visitor.take(&case("V41").unwrap()).await.unwrap();
    assert_eq!(seen.rule.as_deref(), Some("C5"));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_focus_stays_where_it_was_before_the_engine_is_there() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": HELD})).await.unwrap();
    for selector in ["input[value='50_64']", "[data-action=continue]"] {
        browser.client.goto("about:blank").await.unwrap();
        browser.client.goto(&server.address("/pars-check.en.html")).await.unwrap();
        let visitor = Visitor::outside(&browser.client);
        visitor.run(&format!("document.querySelector(\"{selector}\").focus()")).await.unwrap();
        visitor.run("window.__go()").await.unwrap();
        visitor.until("the engine", "return document.documentElement.className === 'quiz live'").await.unwrap();
        let is_there = format!("return document.activeElement.matches(\"{selector}\")");
        assert_eq!(visitor.run(&is_there).await.unwrap(), true, "{selector}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_leaflet_names_the_emergency_number_of_the_page_around() {
    for (fragment, number) in [("mode=leaflet&emergency=112", "112"), ("mode=leaflet&emergency=1900", "911")] {
        let host =
            format!("<!doctype html><iframe sandbox='allow-scripts' src='pars-check.en.html#{fragment}'></iframe>");
        let server = Server::with_pages(dist(), BTreeMap::from([("/host.html".into(), host)])).unwrap();
        let browser = Browser::start().await.unwrap();
        browser.client.goto(&server.address("/host.html")).await.unwrap();
        browser.client.enter_frame(0).await.unwrap();
        let visitor = Visitor::outside(&browser.client);
        visitor.until("the document", "return document.readyState === 'complete'").await.unwrap();
        let numbers = "return [...new Set([...document.querySelectorAll('a.emergency-number')].map((link) => link.textContent + link.href))]";
        assert_eq!(visitor.run(numbers).await.unwrap(), json!([format!("{number}tel:{number}")]), "{fragment}");
        browser.close().await.unwrap();
    }
}

#[tokio::test]
async fn an_error_that_is_not_the_engines_takes_nothing_away() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.take(&case("V63").unwrap()).await.unwrap();
    let strays = "dispatchEvent(new ErrorEvent('error', {message: 'ResizeObserver loop completed'})); Promise.reject(new Error('theirs'))";
    visitor.run(strays).await.unwrap();
    visitor.until("both", "return new Promise((go) => setTimeout(() => go(true)))").await.unwrap();
    assert_eq!(visitor.see().await.unwrap().outcome.as_deref(), Some("prevention"));
    browser.close().await.unwrap();
}
