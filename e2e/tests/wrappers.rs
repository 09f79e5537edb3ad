//! Each wrapped import of the engine, called as the engine would call it, with what it must refuse and with what it
//! must let through.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use e2e::{Browser, SANDBOX, Server, Visitor, dist, repository, with_probe, without_lockdown};
use serde_json::{Value, json};

/// What is tested besides the wrappers in `src/host/imports.js`: timers, accessors, and functions of the host.
const BESIDES: [&str; 12] = [
    "apply_accent",
    "clearInterval",
    "figure",
    "focus",
    "guidance",
    "notify",
    "pressed_option",
    "queueMicrotask",
    "setInterval",
    "show_dialog",
    "sources",
    "static_accessor",
];

/// The dist folder, the document with a probe, and a page with that in a frame, with a contact address.
fn server() -> Server {
    let sealed = std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    let scripts = [include_str!("../pages/engine.js"), include_str!("../pages/wrappers.js")].concat();
    let host = format!(
        "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><iframe \
         src='probed.html#contact=/contact.html' sandbox='{SANDBOX}' width=800 height=700></iframe>"
    );
    let probed = with_probe(&sealed, &scripts).unwrap();
    let unlocked = without_lockdown(&probed).unwrap();
    let pages = [("/probed.html", probed), ("/unlocked.html", unlocked), ("/host.html", host)];
    let pages = pages.map(|(path, page)| (path.to_owned(), page)).into();
    Server::with_pages(dist(), pages).unwrap()
}

/// The names of the wrappers, as they stand in the source.
fn wrappers() -> BTreeSet<String> {
    let source = std::fs::read_to_string(repository("src/host/imports.js")).unwrap();
    let (_, from) = source.split_once("return {\n    __proto__: null,\n").unwrap();
    let (list, _) = from.split_once("\n  };").unwrap();
    let entries = list.lines().filter_map(|line| line.strip_prefix("    ")?.split_once(':'));
    entries.map(|(name, _)| name).filter(|name| !name.starts_with([' ', '}'])).map(ToOwned::to_owned).collect()
}

async fn wrappers_refuse_and_let_through(visitor: &Visitor<'_>, server: &Server) {
    visitor.run(&format!("prepare({})", json!(server.address("/contact.html")))).await.unwrap();
    let asked = server.requests();
    let tried = visitor.run("return tryHostile()").await.unwrap();
    assert_eq!(tried["through"], json!([]));
    let counts: BTreeMap<String, u64> = serde_json::from_value(tried["counts"].clone()).unwrap();
    let tested: BTreeSet<String> = counts.keys().cloned().collect();
    let expected: BTreeSet<String> = wrappers().into_iter().chain(BESIDES.map(ToOwned::to_owned)).collect();
    assert_eq!(tested, expected, "each wrapper is tested, and nothing else");
    assert!(counts.values().sum::<u64>() > 300, "{counts:?}");
    let ticks = visitor.run("return ticks()").await.unwrap().as_u64().unwrap();
    visitor.until("a timer of somebody else to go on", &format!("return ticks() > {ticks}")).await.unwrap();
    assert_eq!(visitor.run("return tryAllowed()").await.unwrap(), json!([]), "what is allowed works");
    assert_eq!(visitor.run("return window.leaked ?? null").await.unwrap(), Value::Null);
    assert_eq!(server.requests(), asked, "nothing was asked for");
}

#[tokio::test]
async fn every_wrapper_refuses_hostile_arguments_in_a_frame() {
    let (server, browser) = (server(), Browser::start().await.unwrap());
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    wrappers_refuse_and_let_through(&visitor, &server).await;
    browser.close().await.unwrap();
}

async fn refuse_alone(document: &str) {
    let (server, browser) = (server(), Browser::start().await.unwrap());
    let address = server.address(&format!("{document}#contact=/contact.html"));
    let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
    wrappers_refuse_and_let_through(&visitor, &server).await;
    browser.close().await.unwrap();
}

#[tokio::test]
async fn every_wrapper_refuses_hostile_arguments_alone() {
    refuse_alone("/probed.html").await;
}

/// The lockdown would refuse much of it too, and hide a hole.
#[tokio::test]
async fn every_wrapper_refuses_hostile_arguments_without_the_lockdown() {
    refuse_alone("/unlocked.html").await;
}
