//! Snippets of every version so far, in front of the files of today: replacing the files breaks no page.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::PathBuf;

use e2e::{Browser, Engine, Page, SANDBOX, Server, Visitor, case, dist, repository};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The guides that give snippets.
const GUIDES: [&str; 2] = ["embed/README.md", "README.md"];

fn manifest() -> Value {
    serde_json::from_slice(&fs::read(dist().join("manifest.json")).unwrap()).unwrap()
}

/// A site with the files of the distribution in the folder that the snippets name.
fn site() -> TempDir {
    let site = tempfile::tempdir().unwrap();
    let folder = site.path().join("pars-check");
    fs::create_dir(&folder).unwrap();
    for file in files_in(dist()) {
        fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    }
    site
}

fn files_in(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).collect()
}

fn server(site: &TempDir, snippet: &str) -> Server {
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>clinic</title><link rel=icon href=data:,>{snippet}"
    );
    let contact = Page::new("/contact", "<!doctype html><title>contact</title>");
    Server::serving(site.path().to_owned(), vec![Page::new("/page.html", page), contact]).unwrap()
}

/// The snippets of all versions, by version and name.
fn snippets() -> Vec<(String, String)> {
    let mut snippets = Vec::new();
    for version in fs::read_dir(repository("e2e/pages/snippets")).unwrap() {
        let version = version.unwrap().path();
        for file in files_in(version.clone()) {
            let name = format!("{}/{}", version.file_name().unwrap().display(), file.file_name().unwrap().display());
            snippets.push((name, fs::read_to_string(file).unwrap()));
        }
    }
    snippets
}

#[tokio::test]
async fn a_snippet_of_any_version_works_with_the_files_of_today() {
    let (browser, site, snippets) = (Browser::start().await.unwrap(), site(), snippets());
    for kind in ["element.html", "plain.html"] {
        assert!(snippets.iter().any(|(name, _)| *name == format!("0.1.0/{kind}")), "the first version's {kind}");
    }
    for (name, snippet) in snippets {
        let server = server(&site, &snippet);
        let visitor = Visitor::on_page(&browser.client, &server.address("/page.html")).await.unwrap();
        let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
        assert_eq!(seen.outcome.as_deref(), Some("prevention"), "{name}");
        assert_eq!(seen.contact, Some(server.address("/contact")), "{name}");
        let text = visitor.text("body").await.unwrap();
        assert!(text.contains("Your Clinic") && text.contains("+1 555 010 0199"), "{name}: the settings count");
        browser.leave_frames().await.unwrap();
        let seal = "const frame = (document.querySelector('pars-check')?.shadowRoot ?? document).querySelector('iframe'); \
            return [frame.getAttribute('sandbox'), frame.offsetHeight > 400]";
        assert_eq!(visitor.run(seal).await.unwrap(), json!([SANDBOX, true]), "{name}");
        let link = visitor.run("return document.querySelector('a[href*=\"pars-check.en.html\"]').href").await.unwrap();
        let alone = Visitor::alone(&browser.client, link.as_str().unwrap()).await.unwrap();
        assert_eq!(alone.see().await.unwrap().questions, ["age"], "{name}: the plain link");
    }
    browser.close().await.unwrap();
}

/// When a version gives other snippets than the one before, they are kept too.
#[test]
fn the_snippets_of_this_version_are_kept() {
    let version = manifest()["version"].as_str().unwrap().to_owned();
    for kind in ["element.html", "plain.html"] {
        let path = repository("e2e/pages/snippets").join(&version).join(kind);
        let snippet = fs::read_to_string(&path);
        let snippet = snippet.unwrap_or_else(|error| panic!("{}: {error}; keep what the guides give", path.display()));
        for guide in GUIDES {
            let text = fs::read_to_string(repository(guide)).unwrap();
            assert!(text.contains(&format!("```html\n{snippet}```")), "{guide} gives another {kind}");
        }
    }
}

#[test]
fn the_loader_has_the_name_of_its_version_and_the_same_bytes() {
    let version = manifest()["version"].as_str().unwrap().to_owned();
    let [plain, versioned] = ["pars-check.js".to_owned(), format!("pars-check-{version}.js")]
        .map(|name| manifest()["files"][name]["integrity"].as_str().unwrap().to_owned());
    assert_eq!(plain, versioned);
}

/// The loader of each version that is in the distribution, and its hash.
fn loaders() -> Vec<(String, String)> {
    let manifest = manifest();
    let files = manifest["files"].as_object().unwrap().iter();
    let loaders = files.filter(|(name, _)| name.starts_with("pars-check-"));
    loaders.map(|(name, entry)| (name.clone(), entry["integrity"].as_str().unwrap().to_owned())).collect()
}

/// The element's snippet as it names a version and the hash of its loader.
fn with_integrity(loader: &str, integrity: &str) -> String {
    let snippet = fs::read_to_string(repository("e2e/pages/snippets/0.1.0/element.html")).unwrap();
    let named = format!("src=\"/pars-check/{loader}\" integrity=\"{integrity}\"");
    snippet.replace("src=\"/pars-check/pars-check.js\"", &named)
}

async fn start_only_with_the_right_hash(engine: Engine) {
    let (browser, site, loaders) = (Browser::start_as(engine, None).await.unwrap(), site(), loaders());
    assert!(!loaders.is_empty());
    for (loader, integrity) in loaders {
        let server = server(&site, &with_integrity(&loader, &integrity));
        let visitor = Visitor::on_page(&browser.client, &server.address("/page.html")).await.unwrap();
        assert_eq!(visitor.see().await.unwrap().questions, ["age"], "{loader}");
        browser.leave_frames().await.unwrap();
        let wrong = integrity.replace("sha384-", "sha384-AAAA").chars().take(integrity.len()).collect::<String>();
        let server = self::server(&site, &with_integrity(&loader, &wrong));
        browser.client.goto(&server.address("/page.html")).await.unwrap();
        let outside = Visitor::outside(&browser.client);
        outside.until("the page", "return document.readyState === 'complete'").await.unwrap();
        let state = "const check = document.querySelector('pars-check'); return [check.matches(':defined'), \
            check.shadowRoot, check.querySelector('a').getClientRects().length > 0]";
        assert_eq!(
            outside.run(state).await.unwrap(),
            json!([false, null, true]),
            "{loader}: the links are what is left"
        );
        assert!(server.requests().contains(&format!("/pars-check/{loader}")), "it was asked for and refused");
    }
    browser.end().await.unwrap();
}

#[tokio::test]
async fn in_chromium_a_loader_starts_only_with_the_right_hash() {
    start_only_with_the_right_hash(Engine::Chromium).await;
}

#[tokio::test]
async fn in_firefox_a_loader_starts_only_with_the_right_hash() {
    start_only_with_the_right_hash(Engine::Firefox).await;
}

#[tokio::test]
async fn in_webkit_a_loader_starts_only_with_the_right_hash() {
    start_only_with_the_right_hash(Engine::WebKit).await;
}
