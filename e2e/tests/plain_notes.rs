//! Notes stay plain text where the browser does not know how to keep them so, as Firefox before version 136.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Engine, Keyboard, Server, Visitor, case, serve_probed};
use fantoccini::Locator;
use serde_json::{Value, json};

/// The browser forgets that something can be edited as plain text alone, as Firefox did not know it before version 136.
const NO_PLAIN: &str = "const own = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'contentEditable');
    Object.defineProperty(HTMLElement.prototype, 'contentEditable', { ...own, set(value) {
        if (value === 'plaintext-only') throw new DOMException('unknown', 'SyntaxError');
        own.set.call(this, value);
    } });";

/// The same, and nobody hears what is about to be written: what would happen without the document's care.
const NO_CARE: &str = "const listen = window.addEventListener;
    window.addEventListener = (kind, ...more) => kind === 'beforeinput' || listen.call(window, kind, ...more);";

/// What has been written: the elements in the notes, their text, and the notes on the sheet.
const WRITTEN: &str = "const notes = document.querySelector('[role=textbox]');
    return [[...notes.querySelectorAll('*')].map((each) => each.localName).filter((name) => name !== 'br'),
        notes.innerText.trimEnd(), document.querySelector('.sheet__notes')?.innerText.trimEnd() ?? null]";

/// Writes two lines, makes some of it bold, and pastes the headline, which is large and bold.
async fn write_with_formatting(browser: &Browser, server: &Server) -> Value {
    browser.client.goto("about:blank").await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/changed.html")).await.unwrap();
    visitor.take(&case("V63").unwrap()).await.unwrap();
    let mode =
        visitor.run("return document.querySelector('[role=textbox]').getAttribute('contenteditable')").await.unwrap();
    assert_eq!(mode, "true");
    visitor.run("getSelection().selectAllChildren(document.querySelector('.card'))").await.unwrap();
    let keyboard = Keyboard::of(&browser.client);
    keyboard.hold_control('c').await.unwrap();
    let notes = browser.client.find(Locator::Css("[role=textbox]")).await.unwrap();
    notes.click().await.unwrap();
    notes.send_keys("one\u{E007}").await.unwrap();
    keyboard.hold_control('b').await.unwrap();
    notes.send_keys("two ").await.unwrap();
    keyboard.hold_control('v').await.unwrap();
    visitor
        .until(
            "what was pasted",
            "return document.querySelector('.sheet__notes')?.innerText.includes('This is not a diagnosis')",
        )
        .await
        .unwrap();
    visitor.run(WRITTEN).await.unwrap()
}

async fn notes_stay_plain(engine: Engine) {
    let browser = Browser::start_as(engine, None).await.unwrap();
    let careless = serve_probed(&format!("{NO_PLAIN}{NO_CARE}")).unwrap();
    let written = write_with_formatting(&browser, &careless).await;
    assert_ne!(written[0], json!([]), "without care, formatting comes in: {written}");
    let server = serve_probed(NO_PLAIN).unwrap();
    let written = write_with_formatting(&browser, &server).await;
    assert_eq!(written[0], json!([]), "{written}");
    let lines: Vec<&str> = written[1].as_str().unwrap().lines().collect();
    assert!(lines[0] == "one" && lines[1].starts_with("two ") && lines.len() > 3, "{lines:?}");
    assert_eq!(written[1], written[2], "the sheet has them as they are seen");
    browser.end().await.unwrap();
}

#[tokio::test]
async fn notes_stay_plain_text_in_chromium_that_forgot_how() {
    notes_stay_plain(Engine::Chromium).await;
}

#[tokio::test]
async fn notes_stay_plain_text_in_firefox_that_forgot_how() {
    notes_stay_plain(Engine::Firefox).await;
}

#[tokio::test]
async fn what_is_dropped_on_the_notes_is_plain_text_too() {
    let server = serve_probed(NO_PLAIN).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/changed.html")).await.unwrap();
    visitor.take(&case("V63").unwrap()).await.unwrap();
    let at = "const notes = document.querySelector('[role=textbox]'); notes.scrollIntoView({block: 'center'});
        const box = notes.getBoundingClientRect(); return [box.left + 20, box.top + 20]";
    let at = visitor.run(at).await.unwrap();
    let data = json!({"items": [{"mimeType": "text/html", "data": "<h1><img src=x>loud</h1>"}, {"mimeType": "text/plain", "data": "quiet"}],
        "dragOperationsMask": 1});
    for kind in ["dragEnter", "dragOver", "drop"] {
        let event = json!({"type": kind, "x": at[0], "y": at[1], "data": data});
        browser.cdp("Input.dispatchDragEvent", event).await.unwrap();
    }
    visitor
        .until("what was dropped", "return document.querySelector('[role=textbox]').innerText.trim() !== ''")
        .await
        .unwrap();
    assert_eq!(visitor.run(WRITTEN).await.unwrap(), json!([[], "quiet", "quiet"]));
    browser.close().await.unwrap();
}
