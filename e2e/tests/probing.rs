//! A page around that does not only look, but tries things out on the frame.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use e2e::{Browser, Page, SANDBOX, Server, TWO_FRAMES, Visitor, case, dist};
use serde_json::{Value, json};

/// What such a page guesses, beyond what it reads in a copy of its own: the ids that a page like this may have, and
/// a piece of text, which a fragment can name too.
const GUESSES: [&str; 8] = [
    "heading",
    "errors",
    "idle",
    "age-35_49",
    "rf_now-tearing",
    "rf_now-none",
    "errors-title",
    ":~:text=Get%20emergency%20care",
];

/// A page whose frame lies half out of sight, so that anything which is scrolled into view moves it.
fn host() -> String {
    format!(
        "<!doctype html><meta charset=utf-8><title>host</title><link rel=icon href=data:,>\
         <style>body {{ margin: 0; height: 4000px }} iframe {{ display: block; margin-top: 400px }}</style>\
         <input id=own><iframe src='pars-check.en.html' sandbox='{SANDBOX}' width=500 height=700></iframe>"
    )
}

fn server() -> Server {
    Server::serving(dist(), vec![Page::new("/host.html", host())]).unwrap()
}

/// The same page around a document in which something with a known id can take the focus.
fn server_of_known_id() -> Server {
    let whole = std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    let (body, end) = whole.rsplit_once("</body>").unwrap();
    let changed = Page::new("/pars-check.en.html", format!("{body}<p id=known tabindex=-1>here</p></body>{end}"));
    Server::serving(dist(), vec![Page::new("/host.html", host()), changed]).unwrap()
}

/// Every id in the frame, on every screen up to the outcome: what anybody reads in a copy of their own.
async fn ids_of_own_copy(id: &str) -> BTreeSet<String> {
    let server = server();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    let collect = "window.ids = new Set(); const look = () => document.querySelectorAll('[id]').forEach(({ id }) => ids.add(id)); \
        look(); new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true})";
    visitor.run(collect).await.unwrap();
    visitor.take(&case(id).unwrap()).await.unwrap();
    let ids = visitor.run("return [...ids]").await.unwrap();
    browser.close().await.unwrap();
    serde_json::from_value(ids).unwrap()
}

/// Gives the frame a fragment, and tells what the page around notices: where the focus is, and how far it is scrolled.
async fn noticed(browser: &Browser, address: &str, fragment: &str) -> Value {
    let outside = Visitor::outside(&browser.client);
    let probe = format!(
        "document.querySelector('iframe').blur(); document.getElementById('own').focus(); scrollTo(0, 100); window.blurs = 0; \
         if (!window.watched) {{ watched = true; addEventListener('blur', () => {{ blurs += 1 }}) }} \
         document.querySelector('iframe').contentWindow.location.replace('{address}#' + {})",
        json!(fragment)
    );
    outside.run(&probe).await.unwrap();
    browser.client.enter_frame(0).await.unwrap();
    // The directive of a text fragment is taken out of what a document sees.
    let hash = if fragment.starts_with(":~:") { String::new() } else { format!("#{fragment}") };
    let there = format!("return decodeURIComponent(location.hash) === {}", json!(hash));
    outside.until(fragment, &there).await.unwrap();
    outside.until("two frames", TWO_FRAMES).await.unwrap();
    browser.leave_frames().await.unwrap();
    outside.until("two frames", TWO_FRAMES).await.unwrap();
    outside.run("return [document.activeElement.id, document.hasFocus(), scrollY, blurs]").await.unwrap()
}

#[tokio::test]
async fn no_fragment_tells_the_page_around_what_the_frame_shows() {
    let mut fragments = ids_of_own_copy("V47").await;
    fragments.extend(ids_of_own_copy("V01").await);
    fragments.extend(GUESSES.map(str::to_owned));
    let mut told = BTreeSet::new();
    for id in ["V01", "V47"] {
        let server = server();
        let browser = Browser::start().await.unwrap();
        let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
        visitor.take(&case(id).unwrap()).await.unwrap();
        browser.leave_frames().await.unwrap();
        let address = server.address("/pars-check.en.html");
        for fragment in &fragments {
            let noticed = noticed(&browser, &address, fragment).await;
            if noticed != json!(["own", true, 100, 0]) {
                told.insert(format!("{id} #{fragment}: {noticed}"));
            }
        }
        browser.close().await.unwrap();
    }
    assert!(told.is_empty(), "the page around notices: {told:#?}");
}

#[tokio::test]
async fn a_fragment_that_names_something_would_be_noticed() {
    let server = server_of_known_id();
    let browser = Browser::start().await.unwrap();
    Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    browser.leave_frames().await.unwrap();
    let address = server.address("/pars-check.en.html");
    assert_eq!(noticed(&browser, &address, "unknown").await, json!(["own", true, 100, 0]));
    assert_ne!(noticed(&browser, &address, "known").await, json!(["own", true, 100, 0]));
    browser.close().await.unwrap();
}
