//! The page that builds the snippet: what it gives works, what it makes is what the command makes, what is wrong is said
//! in words, and nothing that is typed there leaves it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod baking;
mod checking;
mod preview;
mod snippets;
mod use_of_the_page;
mod warnings;

use std::fs;
use std::path::PathBuf;

use e2e::{Browser, Page, Server, Visitor, dist, repository};
use serde_json::json;

const PAGE: &str = "/builder.html";

/// Opens the page and waits until it has built itself.
async fn open<'a>(browser: &'a Browser, server: &Server) -> Visitor<'a> {
    browser.client.goto(&server.address(PAGE)).await.unwrap();
    let page = Visitor::outside(&browser.client);
    page.until("the builder", "return !!document.querySelector('#builder:not([hidden], [aria-busy])')").await.unwrap();
    page
}

/// Chooses as somebody would: the page hears of each change.
async fn choose(page: &Visitor<'_>, field: &str, value: &str) {
    let script = format!(
        "const field = document.getElementById({}); field.value = {}; \
         field.dispatchEvent(new Event('input', {{bubbles: true}})); \
         field.dispatchEvent(new Event('change', {{bubbles: true}})); return field.value",
        json!(field),
        json!(value)
    );
    assert_eq!(page.run(&script).await.unwrap(), value, "{field}");
}

async fn press(page: &Visitor<'_>, selector: &str) {
    page.run(&format!("document.querySelector({}).click()", json!(selector))).await.unwrap();
}

async fn value(page: &Visitor<'_>, id: &str) -> String {
    let script = format!("return document.getElementById({}).value", json!(id));
    page.run(&script).await.unwrap().as_str().unwrap().to_owned()
}

/// What somebody who looks reads: nothing where it is hidden.
async fn said(page: &Visitor<'_>, id: &str) -> String {
    let script = format!(
        "const told = document.getElementById({}); return told.checkVisibility() ? told.innerText : ''",
        json!(id)
    );
    page.run(&script).await.unwrap().as_str().unwrap().trim().to_owned()
}

async fn wait_for_words(page: &Visitor<'_>, id: &str, words: &str) {
    let script = format!(
        "const told = document.getElementById({}); return told.checkVisibility() && told.innerText.includes({})",
        json!(id),
        json!(words)
    );
    if let Err(error) = page.until(words, &script).await {
        panic!("{error:#}; it says {:?}", said(page, id).await);
    }
}

/// The distribution, and the parts of the page's script beside it, of which the distribution has one piece.
fn with_parts() -> Server {
    let parts =
        fs::read_dir(repository("site")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let parts = parts.filter(|name| name.starts_with("builder-"));
    let pages = parts.map(|name| Page::of_file(&format!("/{name}"), &format!("site/{name}")).unwrap()).collect();
    Server::serving(dist(), pages).unwrap()
}

/// Chooses what a settings file of the tests says.
async fn choose_all(page: &Visitor<'_>, settings: &toml::Table) {
    for (key, value) in settings {
        match (key.as_str(), value) {
            ("mode", toml::Value::String(mode)) => press(page, &format!("input[name=mode][value={mode}]")).await,
            ("langs", toml::Value::Array(langs)) => {
                for code in langs.iter().filter_map(toml::Value::as_str) {
                    press(page, &format!("input[name=langs][value={code}]")).await;
                }
            }
            ("contact_origins", _) => {}
            (field, toml::Value::String(value)) => choose(page, field, value).await,
            other => panic!("{other:?}"),
        }
    }
}

fn settings(stem: &str) -> toml::Table {
    fs::read_to_string(repository("e2e/tests/baked").join(format!("{stem}.toml"))).unwrap().parse().unwrap()
}

/// What the command made of the same settings: `cargo xtask dist` bakes those of the tests, too.
fn by_command(stem: &str, file: &str) -> PathBuf {
    repository("target/baked").join(stem).join(file)
}
