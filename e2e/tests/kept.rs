//! After a quiz, after erasing, after leaving: nothing is stored, and nothing of the answers is left in the page.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use e2e::{Browser, Engine, Server, Visitor, WATCH_RETURNS, case, dist, document, serve_probed, until_kept};
use serde_json::{Value, json};

const DOCUMENT: &str = "/pars-check.en.html";
const PROBED: &str = "/changed.html";
const ENDS: [&str; 3] = ["V77", "V47", "V63"];

/// Everything that pages of an origin can store. Another page of the same origin looks, for in the document itself the
/// lockdown has taken these interfaces away.
const STORED: &str = "return (async () => {
    const folder = await navigator.storage.getDirectory();
    const files = [];
    for await (const [name] of folder.entries()) files.push(name);
    return {
        local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookies: document.cookie,
        databases: (await indexedDB.databases()).map(({ name }) => name), caches: await caches.keys(), files,
        workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
        name: window.name,
    };
})()";

/// What [`STORED`] gives where nothing is.
fn nothing() -> Value {
    json!({"local": [], "session": [], "cookies": "", "databases": [], "caches": [], "files": [], "workers": [], "name": ""})
}

/// Goes to another page of the origin and looks at what is stored, from there and with the browser's own protocol,
/// which sees cookies and bytes of every origin, a frame's too.
async fn stored(browser: &Browser, server: &Server) -> (Value, Value, Value) {
    browser.client.goto(&server.address("/contact.html")).await.unwrap();
    let seen = Visitor::outside(&browser.client).run(STORED).await.unwrap();
    let cookies = browser.cdp("Network.getAllCookies", json!({})).await.unwrap()["cookies"].clone();
    let origin = json!({"origin": server.address("/")});
    let usage = browser.cdp("Storage.getUsageAndQuota", origin).await.unwrap()["usage"].clone();
    (seen, cookies, usage)
}

/// What a visitor may do after a quiz.
async fn leave_by(way: &str, browser: &Browser, server: &Server) {
    match way {
        "staying" => {}
        "erasing" => drop(Visitor::outside(&browser.client).press("restart").await.unwrap()),
        "reloading" => browser.client.refresh().await.unwrap(),
        "going and coming back" => {
            browser.client.goto(&server.address("/contact.html")).await.unwrap();
            browser.client.back().await.unwrap();
        }
        other => unreachable!("{other}"),
    }
}

#[tokio::test]
async fn nothing_is_stored_whatever_the_visitor_does_after_a_quiz() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let ways = ["staying", "erasing", "reloading", "going and coming back"];
    for (turn, way) in ways.into_iter().enumerate() {
        for page in [DOCUMENT, "/plain.html"] {
            let address = server.address(page);
            let visitor = match page {
                DOCUMENT => Visitor::alone(&browser.client, &address).await.unwrap(),
                _ => Visitor::on_page(&browser.client, &address).await.unwrap(),
            };
            visitor.take(&case(ENDS[turn % ENDS.len()]).unwrap()).await.unwrap();
            leave_by(way, &browser, &server).await;
            let after = stored(&browser, &server).await;
            assert_eq!(after, (nothing(), json!([]), json!(0)), "{way}, {page}");
        }
    }
    // Closing the tab, seen from one that stays.
    let first = browser.client.window().await.unwrap();
    let second = browser.client.new_window(true).await.unwrap().handle;
    browser.client.switch_to_window(second).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address(DOCUMENT)).await.unwrap();
    visitor.take(&case("V47").unwrap()).await.unwrap();
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(first).await.unwrap();
    assert_eq!(stored(&browser, &server).await, (nothing(), json!([]), json!(0)), "closing");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn such_a_look_sees_one_thing_of_every_kind() {
    let page = "<!doctype html><title>keeps</title><script>(async () => {
        localStorage.a = sessionStorage.a = window.name = 'kept'; document.cookie = 'a=kept';
        await new Promise((go) => { indexedDB.open('kept').onsuccess = go });
        await (await caches.open('kept')).put('/kept', new Response('kept'));
        await (await navigator.storage.getDirectory()).getFileHandle('kept', { create: true });
        await navigator.serviceWorker.register('/worker.js');
        document.title = 'kept';
    })()</script>";
    let pages = BTreeMap::from([("/keeps.html".into(), page.into()), ("/worker.js".into(), "'none'".into())]);
    let server = Server::with_pages(dist(), pages).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/keeps.html")).await.unwrap();
    Visitor::outside(&browser.client).until("it all", "return document.title === 'kept'").await.unwrap();
    let (seen, cookies, usage) = stored(&browser, &server).await;
    for (kind, none) in nothing().as_object().unwrap() {
        assert_ne!(&seen[kind], none, "{kind}");
    }
    assert!(cookies.as_array().unwrap().len() == 1 && usage.as_f64().unwrap() > 0.0, "{cookies} {usage}");
    browser.close().await.unwrap();
}

/// The whole page as markup, templates and all, without what the file holds as data and code. The ids' secret, which
/// is another after each load, gets one name.
const PAGE: &str = r#"
const copy = document.documentElement.cloneNode(true);
for (const script of copy.querySelectorAll("script, style")) script.remove();
for (const said of copy.querySelectorAll(".erased")) said.remove();
return copy.outerHTML.replaceAll(document.documentElement.dataset.ids, "own-");
"#;

/// What else of a page could hold an answer. The driver's own names on `window` begin with `cdc_` and `se_`.
const STATE: &str = r"return [
    history.state, location.href, document.title, Object.keys(window).filter((key) => !/^(cdc|se)_/.test(key)).sort(),
    [...document.querySelectorAll('input')].filter((input) => input.checked || input.defaultChecked || input.autocomplete !== 'off').length,
    [...document.querySelectorAll('fieldset[data-question]')].map((question) => question.dataset.question),
]";

/// The page and its state, when the first screen is there and our history entry is given back.
async fn page_now(visitor: &Visitor<'_>) -> (String, Value) {
    let is_settled = "return document.documentElement.className === 'quiz live' && history.state === null \
        && !!document.querySelector('fieldset[data-question=age]')";
    visitor.until("the first screen", is_settled).await.unwrap();
    (visitor.run(PAGE).await.unwrap().as_str().unwrap().to_owned(), visitor.run(STATE).await.unwrap())
}

/// What two texts hold where they begin to differ.
fn difference(one: &str, other: &str) -> Option<(String, String)> {
    let at = one.chars().zip(other.chars()).position(|(one, other)| one != other);
    let at = at.or_else(|| (one != other).then(|| one.len().min(other.len())))?;
    let around = |text: &str| text.chars().skip(at.saturating_sub(60)).take(160).collect();
    Some((around(one), around(other)))
}

/// Takes the quiz and leaves it. What then is there is what was `fresh`. Gives whether the page was kept whole.
async fn leave_nothing(fresh: &(String, Value), browser: &Browser, server: &Server, id: &str, way: &str) -> bool {
    let visitor = Visitor::alone(&browser.client, &server.address(PROBED)).await.unwrap();
    visitor.take(&case(id).unwrap()).await.unwrap();
    assert_ne!(visitor.run(PAGE).await.unwrap(), json!(fresh.0), "the outcome is in the page");
    leave_by(way, browser, server).await;
    let now = page_now(&visitor).await;
    let keys = |page: &Value| page[3].as_array().unwrap().clone();
    let more: Vec<_> = keys(&now.1).into_iter().filter(|key| !keys(&fresh.1).contains(key)).collect();
    assert_eq!(more, Vec::<Value>::new(), "{id}, {way}");
    assert_eq!(now.1, fresh.1, "{id}, {way}");
    assert_eq!(difference(&now.0, &fresh.0), None, "{id}, {way}");
    visitor.run("return window.returns.includes(true)").await.unwrap() == json!(true)
}

#[tokio::test]
async fn after_erasing_and_leaving_the_page_is_as_it_was_before_any_answer() {
    for is_kept_whole in [true, false] {
        // A page with such a listener is not kept whole for Back.
        let unload = if is_kept_whole { "" } else { "addEventListener('unload', () => {});" };
        let server = serve_probed(&format!("{unload}{WATCH_RETURNS}")).unwrap();
        let browser = Browser::start().await.unwrap();
        let visitor = Visitor::alone(&browser.client, &server.address(PROBED)).await.unwrap();
        let fresh = page_now(&visitor).await;
        assert_eq!(fresh.1[5], json!(["age"]), "no other question is in the page");
        for id in ENDS {
            for way in ["erasing", "reloading"] {
                assert!(!leave_nothing(&fresh, &browser, &server, id, way).await, "{id}, {way}");
            }
            let come_back = async || leave_nothing(&fresh, &browser, &server, id, "going and coming back").await;
            if is_kept_whole {
                until_kept(async || come_back().await.then_some(())).await.unwrap();
            } else {
                assert!(!come_back().await, "{id}");
            }
        }
        browser.close().await.unwrap();
    }
}

#[tokio::test]
async fn no_label_of_an_answer_is_left_but_where_everybody_reads_it() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address(DOCUMENT)).await.unwrap();
    let markup = || async { visitor.run(PAGE).await.unwrap().as_str().unwrap().to_owned() };
    let fresh = markup().await;
    let answers = case("V47").unwrap();
    let mut labels: Vec<String> = Vec::new();
    let mut seen = visitor.see().await.unwrap();
    while seen.outcome.is_none() {
        let is_skipped = seen.questions.contains(&"goal".to_owned());
        for question in seen.questions.iter().filter(|_| !is_skipped) {
            visitor.answer(question, &answers).await.unwrap();
        }
        let chosen =
            "return [...document.querySelectorAll('input:checked')].map((input) => input.labels[0].textContent)";
        let chosen = visitor.run(chosen).await.unwrap();
        labels.extend(chosen.as_array().unwrap().iter().map(|label| label.as_str().unwrap().to_owned()));
        seen = visitor.press(if is_skipped { "skip" } else { "continue" }).await.unwrap();
    }
    // A number or a *Yes* says nothing by itself, and stands in the guidance as well.
    labels.retain(|label| label.len() >= 8);
    let counted = |page: &str| labels.iter().map(|label| page.matches(label.as_str()).count()).collect::<Vec<_>>();
    let (before, at_the_outcome) = (counted(&fresh), counted(&markup().await));
    let more = at_the_outcome.iter().zip(&before).filter(|(now, before)| now > before).count();
    assert!(labels.len() > 10 && more > 10, "the outcome lists the answers: {labels:?}");
    visitor.press("restart").await.unwrap();
    assert_eq!(counted(&markup().await), before, "{labels:?}");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn firefox_restores_no_answer_after_a_reload() {
    let server = Server::of(dist()).unwrap();
    // What a browser restores, to see that this one does: the same input without `autocomplete`.
    let control = "<!doctype html><input type=radio name=age value=a><input type=radio name=age value=b>";
    let pages = BTreeMap::from([("/control.html".to_owned(), control.to_owned())]);
    let plain = Server::with_pages(dist(), pages).unwrap();
    let browser = Browser::start_as(Engine::Firefox, None).await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    let checked = "return document.querySelectorAll('input:checked').length";
    browser.client.goto(&plain.address("/control.html")).await.unwrap();
    visitor.run("document.querySelector('input').click()").await.unwrap();
    visitor.run("location.reload()").await.unwrap();
    visitor.until("the restored input", &format!("{checked} === 1")).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address(DOCUMENT)).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.run("window.isOld = true; location.reload()").await.unwrap();
    let is_new = "return !window.isOld && document.documentElement.className === 'quiz live'";
    visitor.until("the new document", is_new).await.unwrap();
    assert_eq!(visitor.run(checked).await.unwrap(), 0);
    browser.end().await.unwrap();
}

#[tokio::test]
async fn every_input_of_the_file_says_that_it_is_not_to_be_remembered() {
    let whole = document().unwrap();
    let inputs: Vec<&str> = whole.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
    assert!(!inputs.is_empty());
    assert!(inputs.iter().all(|input| input.contains("autocomplete=\"off\"")), "{inputs:?}");
}
