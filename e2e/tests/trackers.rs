//! A session recorder and a pixel on the page around hold nothing of the check.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use e2e::{Browser, Page, SANDBOX, Server, Visitor, case, dist, document, repository, without_guard, without_lockdown};
use fantoccini::Locator;
use serde_json::{Value, json};
use toml::Table;

/// Kinds of events that only a visitor's hand makes. Nobody touches the page around in these tests.
const BY_HAND: [&str; 12] = [
    "keydown",
    "keyup",
    "keypress",
    "beforeinput",
    "input",
    "change",
    "click",
    "pointerdown",
    "mousedown",
    "mouseup",
    "submit",
    "copy",
];

/// A page with both trackers and nothing of its own that could be taken for a question.
fn host(embedded: &str) -> Page {
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>host</title><link rel=icon href=data:,>\
         <script src=rrweb.js></script><script src=console.js></script><script src=pixel.js></script>\
         <script src=session-recorder.js></script><body>{embedded}</body>"
    );
    Page::new("/host.html", page)
}

fn serve(embedded: &str, document: Option<Page>) -> Server {
    let scripts = [
        ("/rrweb.js", "e2e/npm/node_modules/rrweb/umd/rrweb.min.js"),
        (
            "/console.js",
            "e2e/npm/node_modules/@rrweb/rrweb-plugin-console-record/umd/rrweb-plugin-console-record.min.js",
        ),
        ("/pixel.js", "e2e/pages/pixel.js"),
        ("/session-recorder.js", "e2e/pages/session-recorder.js"),
    ];
    let mut pages: Vec<Page> = scripts.iter().map(|(path, file)| Page::of_file(path, file).unwrap()).collect();
    pages.push(host(embedded));
    pages.extend(document);
    Server::serving(dist(), pages).unwrap()
}

fn frame() -> String {
    format!("<iframe src=pars-check.en.html sandbox='{SANDBOX}' allow='' width=500 height=700></iframe>")
}

fn content(path: &str) -> Table {
    std::fs::read_to_string(repository("content/pars-defect").join(path)).unwrap().parse().unwrap()
}

/// Every text at any depth.
fn texts(value: &toml::Value, into: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => drop(into.insert(text.clone())),
        toml::Value::Array(all) => all.iter().for_each(|each| texts(each, into)),
        toml::Value::Table(all) => all.values().for_each(|each| texts(each, into)),
        _ => {}
    }
}

/// Every id of a list of tables in quiz.toml, and of the options in it.
fn ids(list: &toml::Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for each in list.as_array().unwrap() {
        texts(&each["id"], &mut all);
        for option in each.get("options").and_then(toml::Value::as_array).into_iter().flatten() {
            texts(option.get("id").unwrap_or(option), &mut all);
        }
    }
    all
}

/// What neither may hold: the words of questions, options, outcomes and reasons, and the ids of questions, options,
/// tiers and rules, both as they are where nothing else is called so, and as the value of an attribute or a setting.
fn needles() -> Vec<String> {
    let mut all = BTreeSet::new();
    for file in ["lang/en/questions.toml", "lang/en/outcomes.toml"] {
        texts(&toml::Value::Table(content(file)), &mut all);
    }
    // A placeholder is filled in on the page, so each side of it is looked for.
    let words = all.iter().flat_map(|text| text.split(['{', '}'])).map(|part| part.trim_matches([' ', '.', ',']));
    let mut needles: BTreeSet<String> = words.filter(|part| part.len() > 12).map(str::to_owned).collect();
    let quiz = content("quiz.toml");
    let tiers = content("lang/en/outcomes.toml")["tiers"].as_table().unwrap().keys().cloned().collect();
    for id in [ids(&quiz["question"]), ids(&quiz["rule"]), tiers].into_iter().flatten() {
        needles.insert(format!("\"{id}\""));
        if id.contains('_') && id.len() > 5 {
            needles.insert(id);
        }
    }
    for attribute in ["data-question", "data-outcome", "data-rule", "data-section", "data-action"] {
        needles.insert(attribute.to_owned());
    }
    needles.into_iter().collect()
}

/// Which needles a tracker holds.
async fn holds(browser: &Browser, tracker: &str) -> BTreeSet<String> {
    let script = format!("return {tracker}Holds({})", json!(needles()));
    serde_json::from_value(Visitor::outside(&browser.client).run(&script).await.unwrap()).unwrap()
}

/// Asserts that both trackers ran and hold nothing.
async fn assert_nothing_is_held(browser: &Browser, how: &str) {
    browser.leave_frames().await.unwrap();
    let outside = Visitor::outside(&browser.client);
    // The recorder's records and the pixel's know of the frame, and that somebody started.
    let known = "const all = recorded.join(''), pixel = [...held].join(''); \
        return [all.includes('iframe'), pixel.includes('iframe'), pixel.includes('\"started\"')]";
    assert_eq!(outside.run(known).await.unwrap(), json!([true, true, true]), "{how}: the trackers run");
    for tracker in ["recorder", "pixel"] {
        assert_eq!(holds(browser, tracker).await, BTreeSet::new(), "{how}: the {tracker} holds");
    }
    let heard: BTreeSet<String> = serde_json::from_value(outside.run("return [...heard]").await.unwrap()).unwrap();
    let by_hand: Vec<_> = BY_HAND.iter().filter(|kind| heard.contains(**kind)).collect();
    assert!(by_hand.is_empty(), "{how}: the pixel heard {by_hand:?}");
}

/// A browser in which a whole quiz was taken. `ChromeDriver` sometimes loses a frame on so busy a page and waits until its
/// bound for a load that is long over; such a visit proves nothing and is made again in a new browser, twice at most.
async fn visited(server: &Server, id: &str) -> Browser {
    for _ in 0..2 {
        let browser = Browser::start().await.unwrap();
        match take(&browser, server, id).await {
            Ok(()) => return browser,
            Err(error) => assert!(format!("{error:#}").contains("Timed out receiving message"), "{error:#}"),
        }
    }
    let browser = Browser::start().await.unwrap();
    take(&browser, server, id).await.unwrap();
    browser
}

async fn take(browser: &Browser, server: &Server, id: &str) -> anyhow::Result<()> {
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await?;
    visitor.take(&case(id)?).await?;
    Ok(())
}

#[tokio::test]
async fn neither_a_recorder_nor_a_pixel_holds_a_quiz_taken_with_the_mouse() {
    let element = "<pars-check height=700px></pars-check><script type=module src=pars-check.js></script>";
    for embedded in [frame(), element.to_owned()] {
        let server = serve(&embedded, None);
        for id in ["V01", "V47", "V63"] {
            let browser = visited(&server, id).await;
            assert_nothing_is_held(&browser, &format!("{id} in {embedded}")).await;
            browser.close().await.unwrap();
        }
    }
}

/// Presses a key where the focus is, in the frame.
async fn press(browser: &Browser, key: &str) {
    browser.client.active_element().await.unwrap().send_keys(key).await.unwrap();
}

#[tokio::test]
async fn neither_a_recorder_nor_a_pixel_holds_a_quiz_taken_with_the_keyboard() {
    const TAB: &str = "\u{e004}";
    let server = serve(&frame(), None);
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    // A press into the frame, so that it has the keyboard: until then keys are the page's own.
    browser.client.find(Locator::Css("fieldset[data-question] legend")).await.unwrap().click().await.unwrap();
    let focused = "return document.activeElement.name ?? ''";
    for question in ["age", "guardian", "rf_now"] {
        while visitor.run(focused).await.unwrap() != question {
            press(&browser, TAB).await;
        }
        press(&browser, " ").await;
        press(&browser, "secret").await;
        press(&browser, "\u{e007}").await;
        let gone = format!("return !document.querySelector('fieldset[data-question={question}]')");
        visitor.until("the next screen", &gone).await.unwrap();
    }
    assert_eq!(visitor.see().await.unwrap().outcome.as_deref(), Some("emergency"));
    assert_nothing_is_held(&browser, "by keyboard").await;
    browser.close().await.unwrap();
}

/// The same document without its guard, its lockdown, and its policy, which would refuse the changed script.
fn unguarded() -> Page {
    let whole = without_guard(&without_lockdown(&document().unwrap()).unwrap()).unwrap();
    let (head, rest) = whole.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let (_, tail) = rest.split_once('>').unwrap();
    Page::new("/pars-check.en.html", format!("{head}{tail}"))
}

#[tokio::test]
async fn both_hold_a_quiz_that_is_not_isolated() {
    let server = serve("<iframe src=pars-check.en.html width=500 height=700></iframe>", Some(unguarded()));
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    visitor.take(&case("V01").unwrap()).await.unwrap();
    browser.leave_frames().await.unwrap();
    let said = [
        "How old is the person this check is about?", // a question
        "35 to 49",                                   // the answer that was chosen, as a label
        "rf_nerve_when",                              // a question's id
        "new_or_worse",                               // an answer's
        "Get emergency care now",                     // the outcome
        "\"emergency\"",                              // its tier
        "\"E3\"",                                     // the rule that decided
    ];
    let script = |tracker: &str| format!("return {tracker}Holds({})", json!(said));
    for tracker in ["recorder", "pixel"] {
        let held = Visitor::outside(&browser.client).run(&script(tracker)).await.unwrap();
        assert_eq!(held, json!(said), "the {tracker} of a page that can read the quiz");
    }
    let ticked = "return ['keydown', 'click', 'change'].filter((kind) => heard.has(kind))";
    let heard: Value = Visitor::outside(&browser.client).run(ticked).await.unwrap();
    assert_eq!(heard, json!(["click", "change"]));
    browser.close().await.unwrap();
}
