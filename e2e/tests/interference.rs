//! Whatever the page around can observe is the same for every outcome.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fmt::Write as _;

use e2e::{Browser, OUTCOMES, Page, SANDBOX, Server, Visitor, case, dist};
use serde_json::{Map, Value, json};

/// Where the mouse waits before and after: on the page around, away from the frame.
const PARKED: (u32, u32) = (900, 600);

/// Where the mouse enters the frame, whoever moves it, and where it rests at the end.
const ENTERED: (u32, u32) = (200, 300);

/// The two ways to embed a document.
#[derive(Clone, Copy, Debug)]
enum Embedding {
    Frame,
    Element,
}

/// A page that writes everything down, and can be scrolled.
fn host(embedding: Embedding, document: &str) -> String {
    let embedded = match embedding {
        Embedding::Frame => {
            format!("<iframe src='{document}' sandbox='{SANDBOX}' allow='' width=500 height=700></iframe>")
        }
        Embedding::Element => {
            "<pars-check height=700px></pars-check><script type=module src=pars-check.js></script>".to_owned()
        }
    };
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>host</title><link rel=icon href=data:,>\
         <style>body {{ margin: 0; height: 3000px }} pars-check {{ width: 500px }}</style>\
         <script src=recorder.js></script><body><input id=own>{embedded}</body>"
    )
}

fn serve(embedding: Embedding, document: Page) -> Server {
    let recorder = Page::of_file("/recorder.js", "e2e/pages/recorder.js").unwrap();
    let pages = vec![recorder, Page::new("/host.html", host(embedding, "pars-check.en.html")), document];
    Server::serving(dist(), pages).unwrap()
}

fn document() -> Page {
    Page::new("/pars-check.en.html", std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap())
}

async fn move_mouse(browser: &Browser, (x, y): (u32, u32)) {
    browser.cdp("Input.dispatchMouseEvent", json!({"type": "mouseMoved", "x": x, "y": y})).await.unwrap();
}

/// What the page around has written down once nothing more comes: two looks with as many frames between them agree.
async fn settled(browser: &Browser) {
    let drawn = "return new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => go(JSON.stringify(window.record)))))) ";
    let outside = Visitor::outside(&browser.client);
    let mut last = outside.run(drawn).await.unwrap();
    loop {
        let now = outside.run(drawn).await.unwrap();
        if now == last {
            return;
        }
        last = now;
    }
}

/// A whole visit: an outcome, *Erase and start over*, and the beginning of a second one; and all that was observed.
async fn observed(embedding: Embedding, document: Page, (id, tier): (&str, &str)) -> Map<String, Value> {
    let server = serve(embedding, document);
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    move_mouse(&browser, PARKED).await;
    Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
    browser.leave_frames().await.unwrap();
    settled(&browser).await;
    Visitor::outside(&browser.client).run("begin()").await.unwrap();
    let mut requests = server.requests();
    requests.sort(); // which of them comes first is time
    let visitor = Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
    move_mouse(&browser, ENTERED).await;
    let (seen, _) = visitor.take(&case(id).unwrap()).await.unwrap();
    assert_eq!(seen.outcome.as_deref(), Some(tier), "{id}");
    visitor.press("restart").await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    move_mouse(&browser, ENTERED).await;
    browser.leave_frames().await.unwrap();
    move_mouse(&browser, PARKED).await;
    settled(&browser).await;
    let record = Visitor::outside(&browser.client).run("return finish()").await.unwrap();
    let mut record = record.as_object().unwrap().clone();
    let later = server.requests().split_off(requests.len());
    record.insert("requests".to_owned(), json!([requests, later].concat()));
    let own = server.address("");
    browser.close().await.unwrap();
    // Each visit has a server of its own, whose port is chance.
    serde_json::from_str(&serde_json::to_string(&record).unwrap().replace(&own, "http://here")).unwrap()
}

/// The first entry in which two records differ, or nothing.
fn difference(one: &Map<String, Value>, other: &Map<String, Value>) -> Option<String> {
    let none = Vec::new();
    let list =
        |record: &Map<String, Value>, name: &str| record.get(name).and_then(Value::as_array).unwrap_or(&none).clone();
    let names = one.keys().chain(other.keys().filter(|name| !one.contains_key(*name)));
    names.into_iter().find_map(|name| {
        let (one, other) = (list(one, name), list(other, name));
        let at = (0..one.len().max(other.len())).find(|at| one.get(*at) != other.get(*at))?;
        let mut said = format!("{name}, entry {at}:\n");
        for (whose, list) in [("one", &one), ("other", &other)] {
            writeln!(said, "  {whose}: {}", list.get(at).map_or("nothing".to_owned(), Value::to_string)).unwrap();
        }
        Some(said)
    })
}

/// The document with a script that tells the page around of every new screen, without the policy that refuses it, and
/// with what the lockdown would have taken away.
fn leaking(how: &str) -> Page {
    let whole = std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    let (head, rest) = whole.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let (_, tail) = rest.split_once('>').unwrap();
    let (body, end) = tail.rsplit_once("</body>").unwrap();
    // Before the lockdown takes it away.
    let kept = "<body><script>const leak = {push: history.pushState.bind(history), Image, \
        make: document.createElement.bind(document), \
        load: Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src').set}</script>";
    let body = body.replacen("<body>", kept, 1);
    let watch = format!(
        "<script>let last = ''; new MutationObserver(() => {{ \
            const now = document.querySelector('h1')?.textContent ?? ''; if (now !== last) {{ last = now; {how} }} \
         }}).observe(document.getElementById('app'), {{childList: true, subtree: true, characterData: true}})</script>"
    );
    Page::new("/pars-check.en.html", format!("{head}{tail}", tail = format_args!("{body}{watch}</body>{end}")))
}

#[tokio::test]
async fn a_document_that_leaks_is_found_out() {
    let leaks = [
        ("events", "top.postMessage('another screen', '*')"),
        ("history", "leak.push('leak', '')"),
        ("inside", "document.body.append(leak.make('iframe'))"),
        ("requests", "leak.load.call(new leak.Image(), 'seen.png')"),
    ];
    for (list, how) in leaks {
        let one = observed(Embedding::Frame, leaking(how), OUTCOMES[0]).await;
        let other = observed(Embedding::Frame, leaking(how), OUTCOMES[6]).await;
        assert_ne!(one.get(list), other.get(list), "the record of {list} would hide this: {how}");
        assert!(difference(&one, &other).is_some(), "{how}");
    }
}

async fn assert_all_visits_look_alike(embedding: Embedding) {
    let mut first = None;
    for visitor in OUTCOMES {
        let record = observed(embedding, document(), visitor).await;
        // The record is of something: the messages, the focus going into the frame, the frame's box.
        let events = record["events"].to_string();
        assert!(events.contains("started"), "{embedding:?}: {events}");
        assert!(record["loading"].to_string().contains("ready"), "{:?}", record["loading"]);
        assert!(record["active"].to_string().contains("IFRAME"), "{:?}", record["active"]);
        assert!(record["frame"].to_string().contains("700"), "{:?}", record["frame"]);
        let first = first.get_or_insert_with(|| record.clone());
        let differing = difference(first, &record);
        assert!(
            differing.is_none(),
            "{embedding:?}: {} and {} differ: {}",
            OUTCOMES[0].0,
            visitor.0,
            differing.unwrap()
        );
    }
}

#[tokio::test]
async fn a_page_with_a_frame_observes_the_same_for_every_outcome() {
    assert_all_visits_look_alike(Embedding::Frame).await;
}

#[tokio::test]
async fn a_page_with_the_element_observes_the_same_for_every_outcome() {
    assert_all_visits_look_alike(Embedding::Element).await;
}
