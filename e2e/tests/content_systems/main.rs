//! The recipes of docs/how-to/content-systems.md, each in the real thing: what is published, and the check in it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod block_editor;
mod wordpress;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use e2e::{Browser, Look, SANDBOX, Visitor, WebServer, case, dist, keep, repository};
use serde_json::json;
use wordpress::{WordPress, copy, output};

/// A snippet of `embed/README.md`: the block of HTML that holds this.
fn snippet(part: &str) -> String {
    let page = fs::read_to_string(repository("embed/README.md")).unwrap();
    let mut blocks = page.split("```html\n").skip(1).map(|rest| rest.split_once("```").unwrap().0);
    blocks.find(|block| block.contains(part)).unwrap_or_else(|| panic!("no snippet with {part}")).to_owned()
}

/// Gives the first answer, and goes on to the contact page from an outcome that has the link.
async fn assert_works(browser: &Browser, visitor: &Visitor<'_>, contact: &str, what: &str) {
    visitor.tick("age", "35_49").await.unwrap();
    assert_eq!(visitor.press("continue").await.unwrap().questions, ["rf_now"], "{what}");
    visitor.press("back").await.unwrap();
    assert_eq!(visitor.take(&case("V63").unwrap()).await.unwrap().0.outcome.as_deref(), Some("prevention"), "{what}");
    visitor.click("contact").await.unwrap();
    browser.leave_frames().await.unwrap();
    arrive(browser, contact, what).await;
}

/// Waits until the browser is at an address, with or without a slash at its end.
async fn arrive(browser: &Browser, address: &str, what: &str) {
    let is_there = format!("return location.href.replace(/\\/$/, '') === {}", json!(address.trim_end_matches('/')));
    Visitor::outside(&browser.client).until(&format!("{what}: {address}"), &is_there).await.unwrap();
}

#[tokio::test]
async fn wordpress_keeps_both_snippets_of_whoever_may_post_html() {
    let wordpress = WordPress::start().await.unwrap();
    let browser = Browser::start().await.unwrap();
    for role in ["administrator", "editor"] {
        for part in ["<iframe", "<pars-check contact"] {
            let what = format!("WordPress {}, {role}, {part}", wordpress.version());
            // In a box of its own, for some themes leave a bare frame beside their column.
            let snippet = format!("<div>\n{}</div>", snippet(part));
            let post = wordpress.publish(role, &snippet).unwrap();
            assert!(post.content.contains(&snippet), "{what} is saved as it is: {}", post.content);
            browser.client.goto(&post.address).await.unwrap();
            let visitor = Visitor::in_frame(&browser.client).await.unwrap_or_else(|error| panic!("{what}: {error:#}"));
            assert_eq!(visitor.run("return self.origin").await.unwrap(), "null", "{what}");
            photograph(&browser, role, part).await;
            assert_works(&browser, &visitor, &wordpress.address("/contact"), &what).await;
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_person_pastes_a_snippet_into_the_block_editor_and_it_works() {
    let wordpress = WordPress::start().await.unwrap();
    let browser = Browser::start().await.unwrap();
    let snippet = format!("<div>\n{}</div>", snippet("<iframe"));
    let post = block_editor::publish(&browser, &wordpress, "editor", &snippet).await.unwrap();
    assert!(post.content.contains(&snippet), "it is saved as it was pasted: {}", post.content);
    browser.client.goto(&post.address).await.unwrap();
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    assert_eq!(visitor.run("return self.origin").await.unwrap(), "null");
    assert_works(&browser, &visitor, &wordpress.address("/contact"), "the block editor").await;
    browser.close().await.unwrap();
}

/// For whoever wants to see it, in target/screenshots.
async fn photograph(browser: &Browser, role: &str, part: &str) {
    let kind = if part == "<iframe" { "frame" } else { "element" };
    for (size, look) in [("phone", Look { width: 390, height: 844, ..Look::PHONE }), ("desktop", Look::DESKTOP)] {
        browser.look(look).await.unwrap();
        keep(&format!("wordpress-{role}-{kind}-{size}.png"), &browser.screenshot().await.unwrap()).unwrap();
    }
}

#[tokio::test]
async fn of_whoever_may_not_wordpress_keeps_the_links_and_these_work() {
    let wordpress = WordPress::start().await.unwrap();
    let browser = Browser::start().await.unwrap();
    for part in ["<iframe", "<pars-check contact"] {
        let what = format!("WordPress {}, author, {part}", wordpress.version());
        let post = wordpress.publish("author", &snippet(part)).unwrap();
        for stripped in ["<iframe", "<script", "<pars-check"] {
            assert!(!post.content.contains(stripped), "{what}: {stripped} in {}", post.content);
        }
        browser.client.goto(&post.address).await.unwrap();
        press_link(&browser, "Contact us").await;
        arrive(&browser, &wordpress.address("/contact"), &what).await;
        browser.client.goto(&post.address).await.unwrap();
        press_link(&browser, "Open the self-check on its own page").await;
        let opened = "return location.pathname === '/pars-check/pars-check.en.html' && \
            document.documentElement.classList.contains('live')";
        let visitor = Visitor::outside(&browser.client);
        visitor.until(&format!("{what}: the check by itself"), opened).await.unwrap();
        assert_works(&browser, &visitor, &wordpress.address("/contact"), &what).await;
    }
    browser.close().await.unwrap();
}

async fn press_link(browser: &Browser, text: &str) {
    let link = browser.client.find(fantoccini::Locator::LinkText(text)).await.unwrap();
    link.click().await.unwrap();
}

#[tokio::test]
async fn the_file_may_lie_in_wordpresss_library_under_the_name_that_it_gets_there() {
    let wordpress = WordPress::start().await.unwrap();
    let page = e2e::document().unwrap();
    let (status, said) = wordpress.upload("author", "pars-check.en.html", &page).unwrap();
    assert!(status >= 400 && said.contains("not allowed to upload this file type"), "{status}: {said:.300}");
    let (status, said) = wordpress.upload("administrator", "pars-check.en.html", &page).unwrap();
    assert_eq!(status, 201, "{said:.300}");
    let lies = serde_json::from_str::<serde_json::Value>(&said).unwrap()["source_url"].as_str().unwrap().to_owned();
    // This is why the loader does not find it: it looks for pars-check.en.html.
    assert!(lies.ends_with("/pars-check.en_.html"), "{lies}");
    let sent = ureq::get(&lies).call().unwrap().body_mut().read_to_string().unwrap();
    assert!(sent == page, "it is sent as it was put there");
    let snippet = snippet("<iframe").replace("/pars-check/pars-check.en.html", &lies);
    let post = wordpress.publish("administrator", &snippet).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&post.address).await.unwrap();
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    assert_works(&browser, &visitor, &wordpress.address("/contact"), "the file in the library").await;
    browser.close().await.unwrap();
}

/// A site that Hugo built with the shortcode of docs/hosting.
fn built_by_hugo(folder: &Path) -> PathBuf {
    let site = folder.join("site");
    copy(&repository("e2e/hugo"), &site).unwrap();
    let shortcode = site.join("layouts/shortcodes/pars-check.html");
    fs::create_dir_all(shortcode.parent().unwrap()).unwrap();
    fs::copy(repository("docs/hosting/pars-check.hugo.html"), shortcode).unwrap();
    fs::create_dir_all(site.join("static/pars-check")).unwrap();
    fs::copy(dist().join("pars-check.en.html"), site.join("static/pars-check/pars-check.en.html")).unwrap();
    let hugo = std::env::var_os("HUGO").map_or_else(|| PathBuf::from("hugo"), PathBuf::from);
    output(Command::new(hugo).arg("--source").arg(&site).arg("--cacheDir").arg(folder.join("cache"))).unwrap();
    site.join("public")
}

#[tokio::test]
async fn hugo_builds_a_page_with_the_check_from_the_shortcode() {
    let folder = tempfile::tempdir().unwrap();
    let public = built_by_hugo(folder.path());
    let published = fs::read(public.join("pars-check/pars-check.en.html")).unwrap();
    assert_eq!(published, fs::read(dist().join("pars-check.en.html")).unwrap(), "Hugo changes nothing of the file");
    let server = WebServer::Nginx.serve(&public, "").await.unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/check/")).await.unwrap();
    let outside = Visitor::outside(&browser.client);
    let frame = "const frame = document.querySelector('iframe'); return ['sandbox', 'allow', 'referrerpolicy'].map((name) => frame.getAttribute(name))";
    assert_eq!(outside.run(frame).await.unwrap(), json!([SANDBOX, "", "no-referrer"]));
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    let given = visitor.run("return Object.fromEntries(new URLSearchParams(location.hash.slice(1)))").await.unwrap();
    let expected = json!({
        "contact": "/contact/", "clinic": "Smith & \"Sons\" <Spine> é", "tel": "+1 555 010 0199", "emergency": "112",
    });
    assert_eq!(given, expected, "settings come as they were written");
    assert_eq!(visitor.text("a.emergency-number").await.unwrap(), "112");
    assert_works(&browser, &visitor, &server.address("/contact/"), "Hugo").await;
    assert_eq!(outside.text("h1").await.unwrap(), "Contact");
    browser.client.goto(&server.address("/check/")).await.unwrap();
    press_link(&browser, "Open the self-check on its own page").await;
    outside.until("the check by itself", "return document.documentElement.classList.contains('live')").await.unwrap();
    browser.close().await.unwrap();
}
