//! Old browsers, and those inside of applications: what they lack costs the questions at most, never the leaflet, and
//! what they can't do is said. No old browser is run here: features are taken away before the document's scripts run.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use anyhow::Context;
use e2e::{Browser, Engine, Server, Visitor, case, document, serve_changed, serve_probed, with_edit, with_probe};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};

const CALM: &str = "pars-check: the leaflet takes the place of the questions.";
const NOTE: &str = "The questions can't run here just now.";

/// By itself, and in the frame of the snippets.
const PAGES: [&str; 2] = ["/changed.html", "/host.html"];

/// Opens a page, goes into its frame if it has one, and waits until it is clear whether there are questions.
async fn open<'a>(browser: &'a Browser, server: &Server, page: &str) -> Visitor<'a> {
    browser.leave_frames().await.unwrap();
    browser.client.goto("about:blank").await.unwrap();
    browser.client.goto(&server.address(page)).await.unwrap();
    if page == "/host.html" {
        browser.client.enter_frame(0).await.unwrap();
    }
    let visitor = Visitor::outside(&browser.client);
    let decided = "const kind = document.documentElement.className;
        return !!document.querySelector('.emergency-line') && document.readyState === 'complete' && kind !== 'quiz'";
    visitor.until("questions or leaflet", decided).await.unwrap();
    visitor
}

/// Asserts that the whole leaflet stands there and that nothing can be answered.
async fn assert_leaflet(visitor: &Visitor<'_>, what: &str) -> String {
    let text = visitor.read_leaflet().await.with_context(|| what.to_owned()).unwrap();
    let left = "return [document.querySelectorAll('input, dialog, button').length, scrollY]";
    assert_eq!(visitor.run(left).await.unwrap(), json!([0, 0]), "{what}");
    text
}

/// Writes down each error that nobody caught, and each that was written to the console.
const RECORD: &str = "window.uncaught = []; window.written = [];
    window.addEventListener('error', (event) => window.uncaught.push(event.message));
    window.addEventListener('unhandledrejection', ({ reason }) => window.uncaught.push(`${reason}`));
    console.error = (first) => window.written.push(`${first}`);
    // Until the document's scripts have run: those of WebDriver need some of it themselves.
    const lose = (object, name) => {
        const property = Object.getOwnPropertyDescriptor(object, name), define = Object.defineProperty;
        delete object[name];
        window.addEventListener('load', () => define(object, name, property));
    };";

/// A server of the document with the recorder in it, and with a script that takes something away.
fn serve_without(script: &str) -> Server {
    serve_probed(&format!("{RECORD}{script}")).unwrap()
}

/// The errors that nobody caught, and those that were written to the console.
async fn errors(visitor: &Visitor<'_>) -> (Vec<String>, Vec<String>) {
    // A promise that nobody cares for is told of in a task of its own.
    visitor.until("what follows", "return new Promise((go) => setTimeout(() => go(true)))").await.unwrap();
    let found = visitor.run("return [window.uncaught, window.written]").await.unwrap();
    serde_json::from_value(found).unwrap()
}

#[tokio::test]
async fn without_what_the_questions_need_there_is_the_leaflet_and_one_calm_line() {
    let lacking = [
        ("WebAssembly", "delete window.WebAssembly"),
        (
            "a WebAssembly that compiles",
            "WebAssembly.instantiate = () => Promise.reject(new WebAssembly.CompileError('no'))",
        ),
        ("instantiate", "delete WebAssembly.instantiate"),
        ("crypto", "delete window.crypto; delete Window.prototype.crypto"),
        ("getRandomValues", "delete Crypto.prototype.getRandomValues"),
        ("TextDecoder", "delete window.TextDecoder"),
        ("TextEncoder", "delete window.TextEncoder"),
        ("MutationObserver", "delete window.MutationObserver"),
        ("queueMicrotask", "delete window.queueMicrotask"),
        ("replaceChildren", "delete Element.prototype.replaceChildren"),
        ("append", "delete Element.prototype.append"),
        ("template", "delete HTMLTemplateElement.prototype.content"),
        ("dialog", "delete window.HTMLDialogElement"),
        ("showModal", "delete HTMLDialogElement.prototype.showModal"),
        ("URLSearchParams", "delete window.URLSearchParams"),
        ("URL", "delete window.URL"),
        ("createObjectURL", "delete URL.createObjectURL"),
        ("history", "delete History.prototype.pushState"),
        ("Object.hasOwn", "lose(Object, 'hasOwn')"),
        ("Object.fromEntries", "lose(Object, 'fromEntries')"),
        ("Object.entries", "lose(Object, 'entries')"),
        ("Proxy", "lose(window, 'Proxy')"),
        ("Set", "lose(window, 'Set')"),
        ("Symbol.hasInstance", "lose(window, 'Symbol')"),
        ("String.prototype.trimStart", "lose(String.prototype, 'trimStart')"),
    ];
    let browser = Browser::start().await.unwrap();
    for (turn, (what, script)) in lacking.into_iter().enumerate() {
        let server = serve_without(script);
        let page = PAGES[turn % 2];
        let visitor = open(&browser, &server, page).await;
        let what = format!("without {what}, {page}");
        let text = assert_leaflet(&visitor, &what).await;
        assert!(text.contains(NOTE), "{what}");
        assert_eq!(errors(&visitor).await, (vec![], vec![CALM.to_owned()]), "{what}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn what_the_check_can_do_without_costs_no_question() {
    let lacking = [
        ("Array.prototype.at", "delete Array.prototype.at; delete String.prototype.at"),
        ("structuredClone", "delete window.structuredClone"),
        ("toSorted and findLast", "delete Array.prototype.toSorted; delete Array.prototype.findLast"),
        ("FinalizationRegistry", "delete window.FinalizationRegistry"),
        ("IntersectionObserver", "delete window.IntersectionObserver"),
        ("instantiateStreaming", "delete WebAssembly.instantiateStreaming"),
        ("encodeInto", "delete TextEncoder.prototype.encodeInto"),
        (
            "storage, windows and words of the browser's own",
            "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'open', 'alert', 'confirm', 'prompt'])
                delete window[name]",
        ),
        ("print", "delete window.print"),
        ("sharing and the clipboard", "for (const name of ['share', 'clipboard']) delete Navigator.prototype[name]"),
        ("checkVisibility", "delete Element.prototype.checkVisibility"),
    ];
    let browser = Browser::start().await.unwrap();
    for (what, script) in lacking {
        let server = serve_without(script);
        let visitor = open(&browser, &server, "/host.html").await;
        let (seen, _) = visitor.take(&case("V01").unwrap()).await.with_context(|| what.to_owned()).unwrap();
        assert_eq!(seen.outcome.as_deref(), Some("emergency"), "without {what}");
        assert_eq!(errors(&visitor).await, (vec![], vec![]), "without {what}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_script_that_is_not_understood_leaves_the_whole_leaflet() {
    let whole = document().unwrap();
    // What no browser knows, in the place of what an old one does not.
    let spoiled = |known: &str| with_edit(&whole, known, &format!("1 ?.. 2;{known}")).unwrap();
    let early = spoiled("crypto.getRandomValues");
    let main = spoiled("addEventListener(\"unhandledrejection\"");
    let browser = Browser::start().await.unwrap();
    for (what, page, has_note) in [("the first script", early, false), ("the last script", main, true)] {
        let server = serve_changed(with_probe(&page, RECORD).unwrap()).unwrap();
        for page in PAGES {
            let visitor = open(&browser, &server, page).await;
            let what = format!("{what}, {page}");
            let text = assert_leaflet(&visitor, &what).await;
            // Where even the first script is not understood, nothing is there to say it.
            assert_eq!(text.contains(NOTE), has_note, "{what}");
            let (uncaught, written) = errors(&visitor).await;
            assert!(uncaught.len() == 1 && uncaught[0].contains("SyntaxError"), "{what}: {uncaught:#?}");
            assert_eq!(written, Vec::<String>::new(), "{what}");
        }
    }
    browser.close().await.unwrap();
}

/// The outcome of a case in a frame that may neither save nor print, and denies every power.
const TIGHT: &str = "<!doctype html><title>Host</title><iframe src='changed.html' sandbox='allow-scripts' allow='' width=500 height=700></iframe><textarea></textarea>";

const NOTES: &str = "Began after the match in May.";

async fn write_notes(browser: &Browser, visitor: &Visitor<'_>) {
    let notes = browser.client.find(Locator::Css("[role=textbox]")).await.unwrap();
    notes.click().await.unwrap();
    notes.send_keys(NOTES).await.unwrap();
    visitor
        .until("the notes", &format!("return document.querySelector('.sheet__notes')?.innerText === '{NOTES}'"))
        .await
        .unwrap();
}

/// What has to be in the text that is taken along: headline, advice, answers, questions and notes, as the page has them.
const ON_PAGE: &str =
    "const texts = (selector) => [...document.querySelectorAll(selector)].map((each) => each.innerText.trim());
    document.querySelectorAll('#app details').forEach((each) => { each.open = true });
    return [texts('.card h1'), texts('.card__line, .card__note'), texts('.answers__row dd span'),
        texts('input[name=take]:checked + label'), texts('[role=textbox]')]";

/// A text without its white space, which every browser sets in its own way.
fn plain(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Saves where nothing comes of it, and takes the text along as the page says: a click and the browser's own copy.
async fn text_is_taken_along(engine: Engine) {
    let pages = [("/changed.html".to_owned(), document().unwrap()), ("/tight.html".to_owned(), TIGHT.to_owned())];
    let server = Server::with_pages(e2e::dist(), pages.into()).unwrap();
    let browser = Browser::start_as(engine, None).await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/tight.html")).await.unwrap();
    visitor.take(&case("V47").unwrap()).await.unwrap();
    write_notes(&browser, &visitor).await;
    visitor.run("document.querySelector('.questions').open = true").await.unwrap();
    visitor.run("document.querySelectorAll('input[name=take]')[2].labels[0].click()").await.unwrap();
    let left =
        visitor.run("return document.querySelectorAll('input[name=take]')[2].labels[0].innerText").await.unwrap();
    let on_page: Vec<Vec<String>> = serde_json::from_value(visitor.run(ON_PAGE).await.unwrap()).unwrap();
    assert!(on_page[1].len() > 2 && on_page[2].len() > 10 && on_page[3].len() == 12, "{on_page:?}");
    assert_eq!(on_page[4], [NOTES]);

    visitor.click("save").await.unwrap();
    visitor
        .until(
            "what to do",
            "return document.querySelector('.take [role=status]').innerText.includes('use the text instead')",
        )
        .await
        .unwrap();
    visitor.click("text").await.unwrap();
    visitor
        .until("the focus", "return document.activeElement === document.querySelector('.sheet--shown')")
        .await
        .unwrap();
    press_once(&browser, &visitor).await;
    visitor.until("a selection", "return getSelection().toString().trim() !== ''").await.unwrap();
    let selected = visitor.run("return getSelection().toString()").await.unwrap().as_str().unwrap().to_owned();
    assert_whole(&selected, &on_page, left.as_str().unwrap());

    control(&browser, 'c').await;
    browser.leave_frames().await.unwrap();
    let field = browser.client.find(Locator::Css("textarea")).await.unwrap();
    field.click().await.unwrap();
    control(&browser, 'v').await;
    let page = Visitor::outside(&browser.client);
    page.until("what was copied", "return document.querySelector('textarea').value !== ''").await.unwrap();
    let pasted = page.run("return document.querySelector('textarea').value").await.unwrap();
    assert_whole(pasted.as_str().unwrap(), &on_page, left.as_str().unwrap());
    browser.end().await.unwrap();
}

fn assert_whole(taken: &str, on_page: &[Vec<String>], left: &str) {
    for text in on_page.iter().flatten() {
        assert!(plain(taken).contains(&plain(text)), "{text:?} is not in {taken}");
    }
    assert!(!plain(taken).contains(&plain(left)), "{left:?} was left behind: {taken}");
    assert!(!taken.contains("Press and hold"), "how to copy is not part of it: {taken}");
}

/// One click on the text that is shown.
async fn press_once(browser: &Browser, visitor: &Visitor<'_>) {
    visitor.run("document.querySelector('.sheet__lines p').scrollIntoView({block: 'center'})").await.unwrap();
    browser.client.find(Locator::Css(".sheet__lines p")).await.unwrap().click().await.unwrap();
}

/// Presses a letter with the control key held.
async fn control(browser: &Browser, letter: char) {
    let held = '\u{E009}';
    let keys = KeyActions::new("keyboard".to_owned())
        .then(KeyAction::Down { value: held })
        .then(KeyAction::Down { value: letter })
        .then(KeyAction::Up { value: letter })
        .then(KeyAction::Up { value: held });
    browser.client.perform_actions(keys).await.unwrap();
}

#[tokio::test]
async fn where_no_file_can_be_saved_one_click_selects_the_text_in_chromium() {
    text_is_taken_along(Engine::Chromium).await;
}

#[tokio::test]
async fn where_no_file_can_be_saved_one_click_selects_the_text_in_firefox() {
    text_is_taken_along(Engine::Firefox).await;
}

#[tokio::test]
async fn where_no_file_can_be_saved_one_click_selects_the_text_in_webkit() {
    text_is_taken_along(Engine::WebKit).await;
}

#[tokio::test]
async fn what_the_page_says_fits_a_browser_that_neither_prints_nor_saves() {
    // In the browsers of applications, printing is missing, or is there and does nothing. Either is said the same way.
    for script in ["delete window.print", "window.print = () => {}"] {
        let server = serve_without(script);
        let browser = Browser::start().await.unwrap();
        browser.cdp("Page.setDownloadBehavior", json!({"behavior": "deny"})).await.unwrap();
        for action in ["print", "save", "fhir"] {
            let visitor = open(&browser, &server, "/host.html").await;
            visitor.take(&case("V47").unwrap()).await.unwrap();
            assert_eq!(visitor.run("return document.querySelector('[data-action=text]')").await.unwrap(), Value::Null);
            visitor.click(action).await.unwrap();
            visitor
                .until(
                    "what to do",
                    "return document.querySelector('.take [role=status]').innerText.includes('use the text instead')",
                )
                .await
                .unwrap();
            let named = "const label = document.querySelector(`[data-action=${arguments[0]}]`)?.innerText;";
            let said = visitor
                .run(&format!(
                    "{}return document.querySelector('.take [role=status]').innerText.startsWith(label + ':')",
                    named.replace("arguments[0]", &format!("'{action}'"))
                ))
                .await
                .unwrap();
            assert_eq!(said, true, "{action}");
            visitor.click("text").await.unwrap();
            visitor
                .until("the text", "return document.activeElement === document.querySelector('.sheet--shown')")
                .await
                .unwrap();
            assert_eq!(errors(&visitor).await, (vec![], vec![]), "{action}");
        }
        browser.close().await.unwrap();
    }
}

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
    control(browser, 'c').await;
    let notes = browser.client.find(Locator::Css("[role=textbox]")).await.unwrap();
    notes.click().await.unwrap();
    notes.send_keys("one\u{E007}").await.unwrap();
    control(browser, 'b').await;
    notes.send_keys("two ").await.unwrap();
    control(browser, 'v').await;
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
