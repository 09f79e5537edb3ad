//! The snippets: each works as it is given, and says what was chosen.

use std::fs;

use e2e::{Browser, Page, SANDBOX, Server, Visitor, case, dist};
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::{by_command, choose, open, press, said, value, wait_for_words, with_parts};

pub(crate) const SNIPPETS: [&str; 2] = ["frame-snippet", "element-snippet"];

/// A page with a snippet on it, served beside the distribution.
fn page_with(snippet: &str) -> Server {
    let page = format!("<!doctype html><html lang=en><meta charset=utf-8><title>host</title><h1>Clinic</h1>{snippet}");
    Server::serving(dist(), vec![Page::new("/host.html", page)]).unwrap()
}

#[tokio::test]
async fn each_snippet_works_on_a_page_as_it_is_given() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for id in SNIPPETS {
        let page = open(&browser, &server).await;
        for (field, value) in [
            ("contact", "/contact.html"),
            ("folder", "/"),
            ("clinic", "Nord & Söhne's"),
            ("tel", "+1 555 010 0199"),
            ("accent", "#aa3377"),
        ] {
            choose(&page, field, value).await;
        }
        assert_eq!(said(&page, "to-look-at").await, "", "nothing is wrong with these");
        let host = page_with(&value(&page, id).await);
        let visitor = Visitor::on_page(&browser.client, &host.address("/host.html")).await.unwrap();
        assert_eq!(visitor.see().await.unwrap().questions, ["age"], "{id}");
        let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
        assert_eq!(seen.contact, Some(host.address("/contact.html")), "{id}");
        let text = visitor.text("#app").await.unwrap();
        assert!(text.contains("Nord & Söhne's") && text.contains("+1 555 010 0199"), "{id}: {text}");
        let accent = "return document.documentElement.style.getPropertyValue('--given-accent-on-light')";
        assert_eq!(visitor.run(accent).await.unwrap(), "#aa3377", "{id}");
        browser.leave_frames().await.unwrap();
    }
    browser.close().await.unwrap();
}

/// What a page with a snippet holds: the frame's attributes, and the links outside of it.
const HELD: &str = "const element = document.querySelector('pars-check'); \
    const frame = (element?.shadowRoot ?? document).querySelector('iframe'); \
    const links = [...document.querySelectorAll('a')].map((link) => [link.getAttribute('href'), link.getClientRects().length > 0]); \
    return [['sandbox', 'allow', 'referrerpolicy', 'loading', 'title'].map((name) => frame.getAttribute(name)), links]";

/// A snippet that says 911 in so many words would take a baked number away.
#[tokio::test]
async fn a_baked_emergency_number_stands_where_the_snippet_gives_none() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let baked = fs::read_to_string(by_command("logo", "pars-check.en.html")).unwrap();
    for id in SNIPPETS {
        let page = open(&browser, &server).await;
        choose(&page, "folder", "/").await;
        let snippet = value(&page, id).await;
        let host = format!("<!doctype html><html lang=en><meta charset=utf-8><title>host</title>{snippet}");
        let pages = vec![Page::new("/host.html", host), Page::new("/pars-check.en.html", baked.clone())];
        let other = Server::serving(dist(), pages).unwrap();
        let visitor = Visitor::on_page(&browser.client, &other.address("/host.html")).await.unwrap();
        let numbers =
            "return [...new Set([...document.querySelectorAll('a.emergency-number')].map((link) => link.textContent))]";
        assert_eq!(visitor.run(numbers).await.unwrap(), json!(["999"]), "{id}");
        browser.leave_frames().await.unwrap();
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn each_snippet_has_the_sandbox_and_two_plain_links() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for (language, mode, title) in [
        ("en", "quiz", "Pars defect self-check"),
        ("en", "leaflet", "Back pain and pars defects: a guide"),
        ("es", "quiz", "Autochequeo sobre el defecto de la pars"),
        ("es", "leaflet", "Dolor de espalda y defectos de la pars: una guía"),
    ] {
        for id in SNIPPETS {
            let page = open(&browser, &server).await;
            choose(&page, "folder", "/").await;
            choose(&page, "contact", "/a b&c=\"d\"").await;
            choose(&page, "language", language).await;
            press(&page, &format!("input[name=mode][value='{mode}']")).await;
            let host = page_with(&value(&page, id).await);
            browser.client.goto(&host.address("/host.html")).await.unwrap();
            let outside = Visitor::outside(&browser.client);
            let there =
                "return !!(document.querySelector('pars-check')?.shadowRoot ?? document).querySelector('iframe')";
            outside.until("the frame", there).await.unwrap();
            let alone = if mode == "quiz" { "" } else { "&mode=leaflet" };
            let file = format!("/pars-check.{language}.html#contact=%2Fa%20b%26c%3D%22d%22{alone}");
            let links = json!([["/a b&c=\"d\"", true], [file, true]]);
            let frame = json!([SANDBOX, "", "no-referrer", "lazy", title]);
            assert_eq!(outside.run(HELD).await.unwrap(), json!([frame, links]), "{id} in {language} {mode}");
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_snippets_say_what_was_chosen_and_nothing_else() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    let element = value(&page, "element-snippet").await;
    assert!(element.contains("<pars-check contact=\"/contact\" lang=\"en\">"), "{element}");
    let frame = value(&page, "frame-snippet").await;
    assert!(frame.contains("src=\"/pars-check/pars-check.en.html#contact=%2Fcontact\""), "{frame}");
    choose(&page, "height", "640px").await;
    choose(&page, "folder", "https://files.clinic.example/check").await;
    press(&page, "input[name=langs][value=es]").await;
    press(&page, "input[name=mode][value=leaflet]").await;
    assert!(!value(&page, "frame-snippet").await.contains("self-check"), "the leaflet is no check");
    let element = value(&page, "element-snippet").await;
    assert!(element.contains(">Open the guide on its own page</a>"), "{element}");
    assert!(element.contains("mode=\"leaflet\" lang=\"en\" langs=\"en,es\" height=\"640px\""), "{element}");
    let frame = value(&page, "frame-snippet").await;
    assert!(frame.contains("src=\"https://files.clinic.example/check/pars-check.en.html#"), "{frame}");
    assert!(frame.contains("&amp;mode=leaflet&amp;langs=en%2Ces\""), "{frame}");
    assert!(frame.contains("height=\"640\" style=\"border: 0; height: 640px\""), "{frame}");
    let uploads = "return [...document.querySelectorAll('#upload-files a')].map((link) => \
        link.textContent === link.download && [link.href, link.download])";
    let version: Value = serde_json::from_str(&fs::read_to_string(dist().join("manifest.json")).unwrap()).unwrap();
    let loader = format!("pars-check-{}.js", version["version"].as_str().unwrap());
    let files = ["pars-check.en.html", "pars-check.es.html", &loader];
    let links: Vec<Value> = files.iter().map(|name| json!([server.address(&format!("/{name}")), name])).collect();
    assert_eq!(page.run(uploads).await.unwrap(), json!(links), "each file can be saved from here");
    browser.close().await.unwrap();
}

/// The hash of the script goes with a file whose name has a version, and with no other.
#[tokio::test]
async fn a_hash_stands_beside_a_versioned_script_alone() {
    let text = fs::read_to_string(dist().join("manifest.json")).unwrap();
    let mut manifest: Value = serde_json::from_str(&text).unwrap();
    let versioned = format!("pars-check-{}.js", manifest["version"].as_str().unwrap());
    let browser = Browser::start().await.unwrap();
    for is_there in [false, true] {
        let files = manifest["files"].as_object_mut().unwrap();
        let loader = files["pars-check.js"].clone();
        if is_there {
            files.insert(versioned.clone(), loader.clone())
        } else {
            files.remove(&versioned)
        };
        let script = fs::read_to_string(dist().join("pars-check.js")).unwrap();
        let pages =
            vec![Page::new("/manifest.json", manifest.to_string()), Page::new(&format!("/{versioned}"), script)];
        let server = Server::serving(dist(), pages).unwrap();
        let page = open(&browser, &server).await;
        choose(&page, "folder", "/").await;
        let snippet = value(&page, "element-snippet").await;
        let integrity = loader["integrity"].as_str().unwrap();
        let with_hash =
            format!("<script type=\"module\" async src=\"/{versioned}\" integrity=\"{integrity}\"></script>");
        assert_eq!(snippet.contains(&with_hash), is_there, "{snippet}");
        assert_eq!(
            snippet.contains("<script type=\"module\" async src=\"/pars-check.js\"></script>"),
            !is_there,
            "{snippet}"
        );
        if is_there {
            let host = Server::serving(
                dist(),
                vec![
                    Page::new("/host.html", snippet),
                    Page::new(&format!("/{versioned}"), fs::read_to_string(dist().join("pars-check.js")).unwrap()),
                ],
            )
            .unwrap();
            Visitor::on_page(&browser.client, &host.address("/host.html")).await.unwrap();
            browser.leave_frames().await.unwrap();
            press(&open(&browser, &server).await, "#integrity").await;
            let plain = value(&Visitor::outside(&browser.client), "element-snippet").await;
            assert!(!plain.contains("integrity") && plain.contains("/pars-check.js\""), "it can be left out: {plain}");
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_names_that_snippets_give_the_frame_are_those_of_the_loader() {
    let server = with_parts();
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    let compare = "return Promise.all([import('./builder-snippet.js'), import('./pars-check.js'), fetch('manifest.json').then((got) => got.json())]).then(([{frameSnippet}, , {content}]) => \
        content.languages.map((language) => { \
          const element = document.createElement('pars-check'); element.lang = language; document.body.append(element); \
          const {title} = element.shadowRoot.querySelector('iframe'); \
          return frameSnippet({folder: '/', language, langs: [], contact: '/'}).includes(`title=\"${title}\"`) && title.length > 0; }))";
    assert_eq!(page.run(compare).await.unwrap(), json!([true, true]));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_button_copies_and_where_it_may_not_the_text_is_selected() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let granted = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
    browser.cdp("Browser.grantPermissions", granted).await.unwrap();
    for id in SNIPPETS {
        let page = open(&browser, &server).await;
        let button = format!("[data-copy={id}]");
        browser.client.find(Locator::Css(&button)).await.unwrap().click().await.unwrap();
        wait_for_words(&page, &format!("{id}-said"), "Copied.").await;
        assert_eq!(page.run("return navigator.clipboard.readText()").await.unwrap(), value(&page, id).await);
        choose(&page, "clinic", "North").await;
        assert_eq!(said(&page, &format!("{id}-said")).await, "", "it is another snippet");
        let refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); document.execCommand = () => false";
        page.run(refuse).await.unwrap();
        browser.client.find(Locator::Css(&button)).await.unwrap().click().await.unwrap();
        wait_for_words(&page, &format!("{id}-said"), "press Ctrl and C").await;
        let selected = "const area = document.activeElement; return [area.id, area.selectionStart, area.value.length - area.selectionEnd]";
        assert_eq!(page.run(selected).await.unwrap(), json!([id, 0, 0]));
    }
    browser.close().await.unwrap();
}
