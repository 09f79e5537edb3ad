//! Old browsers, and those inside of applications: what they lack costs the questions at most, never the leaflet, and
//! what they can't do is said. No old browser is run here: features are taken away before the document's scripts run.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use anyhow::Context;
use e2e::{Browser, Server, Visitor, case, document, serve_changed, serve_probed, with_edit, with_probe};
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
            "WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError('no'))",
        ),
        ("a WebAssembly that links", "WebAssembly.instantiate = () => Promise.reject(new WebAssembly.LinkError('no'))"),
        ("compile", "delete WebAssembly.compile"),
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
    let main = spoiled("WebAssembly.instantiate");
    let browser = Browser::start().await.unwrap();
    for (what, page, has_note) in [("the first script", early, false), ("the second script", main, true)] {
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
            visitor.show_text().await.unwrap();
            let said = format!(
                "return document.querySelector('.take [role=status]').innerText\
                 .startsWith(document.querySelector('[data-action={action}]').innerText + ':')"
            );
            assert_eq!(visitor.run(&said).await.unwrap(), true, "{action}");
            assert_eq!(errors(&visitor).await, (vec![], vec![]), "{action}");
        }
        browser.close().await.unwrap();
    }
}
