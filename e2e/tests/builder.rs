//! The page that builds the snippet: what it gives works, what it makes is what the command makes, what is wrong is said
//! in words, and nothing that is typed there leaves it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use e2e::{
    Browser, Engine, Gate, Key, Keyboard, Look, Page, Plan, SANDBOX, Server, Variant, Visitor, case, dist, repository,
    save_to, saved,
};
use fantoccini::Locator;
use serde_json::{Value, json};

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

// The snippets --------------------------------------------------------------------------------------------------------

const SNIPPETS: [&str; 2] = ["frame-snippet", "element-snippet"];

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

// Warnings ------------------------------------------------------------------------------------------------------------

/// A field, a bad choice, and part of what is said of it.
const BAD: [(&str, &str, &str); 28] = [
    ("contact", "", "Give the address of your contact page"),
    ("contact", "www.clinic.example/contact", "Begin with /"),
    ("contact", "mailto:team@clinic.example", "Begin with /"),
    ("contact", "javascript:alert(1)", "Begin with /"),
    ("contact", "http://www.clinic.example/contact", "http is not encrypted"),
    ("contact", "https://user:pass@clinic.example/", "a user’s name"),
    ("contact", "https://www.clinic.example/contact", "only where the files lie at https://www.clinic.example"),
    ("folder", "pars-check", "Begin with /"),
    ("folder", "http://files.clinic.example/", "http is not encrypted"),
    ("folder", "/pars-check/pars-check.en.html?x=1", "the address of a page"),
    ("folder", "/pars-check/pars-check.en.html", "the address of a page or a file"),
    ("folder", "https://files.clinic.example/pars-check.js", "the address of a page or a file"),
    ("clinic", "The Very Long Name of a Clinic for Spines and for Much Else Too", "63 characters"),
    ("clinic", "Spine <b>Center</b>", "The check shows “Spine bCenterb”"),
    ("clinic", "Call 911", "shows no such name"),
    ("tel", "555 0199 ext. 4", "shows no such number"),
    ("emergency", "112", "the file says 911 and not 112"),
    ("accent", "teal", "A colour is # and six"),
    ("accent", "#ffcc00", "towards black until it can be read: #7f6600"),
    (
        "accent",
        "#6e6e6e",
        "4.6 to 1 on a light page, just at the limit of 4.5 that most people can read. The check makes it a little darker: #6",
    ),
    ("accent", "#707070", "4.4 to 1 on a light page, and 4.5 is the least"),
    ("height", "tall", "A height is a number with px"),
    ("height", "300px", "This is small"),
    ("height", "120svh", "higher than the window"),
    ("height", "2000px", "higher than most windows"),
    ("height", "100%", "A height is a number with px"),
    ("folder", "", "Begin with /"),
    ("folder", "//files.clinic.example/", "Begin with /"),
];

#[tokio::test]
async fn each_bad_choice_is_warned_of_in_words_beside_its_field_and_read_out() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for (field, bad, words) in BAD {
        let page = open(&browser, &server).await;
        assert_eq!(said(&page, "to-look-at").await, "", "as it is opened nothing is wrong");
        choose(&page, field, bad).await;
        let warning = said(&page, &format!("{field}-warning")).await;
        assert!(warning.contains(words), "{field} {bad:?}: {warning:?}");
        let described = format!(
            "return document.getElementById('{field}').getAttribute('aria-describedby').includes('{field}-warning')"
        );
        assert_eq!(page.run(&described).await.unwrap(), true, "{field}");
        assert!(said(&page, "warned").await.contains(words), "{field} {bad:?} is read out");
        let named = format!("return !!document.querySelector('#to-look-at:not([hidden]) a[href=\"#{field}\"]')");
        assert_eq!(page.run(&named).await.unwrap(), true, "{field} {bad:?} is named beside the snippets");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_contact_page_of_another_origin_and_the_leaflet_are_said_to_need_baking() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    choose(&page, "folder", "https://files.clinic.example/check/").await;
    let led = said(&page, "contact-warning").await;
    assert!(led.contains("would lead to https://files.clinic.example/contact"), "{led}");
    choose(&page, "contact", "https://www.clinic.example/contact").await;
    let other = said(&page, "contact-warning").await;
    assert!(other.contains("at https://www.clinic.example, the files are at https://files.clinic.example"), "{other}");
    assert!(other.contains("Make the files"), "it says what to do: {other}");
    choose(&page, "contact", "https://files.clinic.example/contact").await;
    assert_eq!(said(&page, "contact-warning").await, "", "the same origin is well");
    press(&page, "input[name=mode][value=leaflet]").await;
    assert!(said(&page, "mode-warning").await.contains("only if it is baked"));
    browser.close().await.unwrap();
}

/// What is said of a choice, what the snippets say, what is shown and what is baked are of one and the same address.
#[tokio::test]
async fn what_is_no_address_of_the_web_is_nowhere_but_in_the_warning() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for contact in ["", "mailto:team@clinic.example", "javascript:alert(1)", "www.clinic.example/contact"] {
        let page = open(&browser, &server).await;
        choose(&page, "folder", "https://files.clinic.example/check/").await;
        choose(&page, "contact", contact).await;
        assert_ne!(said(&page, "contact-warning").await, "", "{contact:?}");
        for id in SNIPPETS {
            let snippet = value(&page, id).await;
            assert!(!snippet.contains("contact") && !snippet.contains("Contact"), "{contact:?}: {snippet}");
            assert!(snippet.contains("<p><a href=") && snippet.contains("on its own page</a></p>"), "{snippet}");
        }
        let shown =
            "return [...document.querySelectorAll('.device iframe')].every((frame) => !frame.src.includes('#'))";
        page.until("the preview without a contact page", shown).await.unwrap();
        assert_eq!(value(&page, "command-settings").await, "", "{contact:?}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_snippets_have_a_sound_height_or_the_usual_one() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    let usual = [value(&page, SNIPPETS[0]).await, value(&page, SNIPPETS[1]).await];
    for height in ["100%", "736px; position:fixed", "-5px", "auto"] {
        choose(&page, "height", height).await;
        let now = [value(&page, SNIPPETS[0]).await, value(&page, SNIPPETS[1]).await];
        assert_eq!(now, usual, "{height}");
        assert!(said(&page, "height-warning").await.contains("the snippets leave it out"), "{height}");
    }
    choose(&page, "height", "700").await;
    assert_eq!(said(&page, "height-warning").await, "", "a plain number is in pixels");
    assert!(value(&page, SNIPPETS[0]).await.contains("height=\"700\" style=\"border: 0; height: 700px\""));
    assert!(value(&page, SNIPPETS[1]).await.contains(" height=\"700px\">"));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn where_the_leaflet_is_advised_that_is_said_and_a_link_leads_to_the_choice() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    for (number, is_advised) in [("112", true), ("999", true), ("000", false)] {
        choose(&page, "emergency", number).await;
        let advice = said(&page, "mode-warning").await;
        assert_eq!(advice.contains("the leaflet alone, until somebody"), is_advised, "{number}: {advice}");
    }
    choose(&page, "emergency", "112").await;
    browser.client.find(Locator::Css("#to-look-at a[href='#mode']")).await.unwrap().click().await.unwrap();
    assert!(Keyboard::of(&browser.client).is_at("input[name=mode][value=quiz]").await.unwrap());
    press(&page, "input[name=mode][value=leaflet]").await;
    assert!(!said(&page, "mode-warning").await.contains("until somebody"));
    let rule = "return document.getElementById('element-hint').innerText.includes('Attach no tracker to them')";
    assert_eq!(page.run(rule).await.unwrap(), true);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_language_without_a_file_and_a_missing_manifest_are_said() {
    let text = fs::read_to_string(dist().join("manifest.json")).unwrap();
    let mut manifest: Value = serde_json::from_str(&text).unwrap();
    manifest["content"]["languages"].as_array_mut().unwrap().push(json!("fr"));
    let browser = Browser::start().await.unwrap();
    let server = Server::serving(dist(), vec![Page::new("/manifest.json", manifest.to_string())]).unwrap();
    let page = open(&browser, &server).await;
    choose(&page, "language", "fr").await;
    assert!(said(&page, "language-warning").await.contains("no file for fr"));
    manifest["files"]["pars-check.fr.html"] = manifest["files"]["pars-check.en.html"].clone();
    let server = Server::serving(dist(), vec![Page::new("/manifest.json", manifest.to_string())]).unwrap();
    let page = open(&browser, &server).await;
    choose(&page, "language", "fr").await;
    let warning = said(&page, "language-warning").await;
    assert!(warning.contains("The element shows English until embed/pars-check.js names the language"), "{warning}");
    let server = Server::serving(dist(), vec![Page::new("/manifest.json", "<!doctype html>not found")]).unwrap();
    let page = open(&browser, &server).await;
    assert!(said(&page, "no-manifest").await.contains("manifest.json does not lie beside this page"));
    assert!(value(&page, "element-snippet").await.contains("/pars-check.js\"></script>"));
    browser.close().await.unwrap();
}

/// Settings that are sound or not, for the command and for the page.
async fn assert_judged_as_by_the_command(engine: Engine) {
    let cases = fs::read_to_string(repository("xtask/src/settings/cases.json")).unwrap();
    let server = with_parts();
    let browser = Browser::start_as(engine, None).await.unwrap();
    let page = open(&browser, &server).await;
    let judge = format!(
        "return import('./builder-settings.js').then(({{mistakes}}) => \
         {cases}.map(({{settings}}) => mistakes(settings)[0]?.[0] ?? null))"
    );
    let found = page.run(&judge).await.unwrap();
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    assert!(cases.len() > 60);
    for (case, found) in cases.iter().zip(found.as_array().unwrap()) {
        assert_eq!(case["mistake"], *found, "{engine:?}: {case}");
    }
    browser.end().await.unwrap();
}

#[tokio::test]
async fn settings_are_judged_as_the_command_judges_them_in_chromium() {
    assert_judged_as_by_the_command(Engine::Chromium).await;
}

#[tokio::test]
async fn settings_are_judged_as_the_command_judges_them_in_firefox() {
    assert_judged_as_by_the_command(Engine::Firefox).await;
}

#[tokio::test]
async fn settings_are_judged_as_the_command_judges_them_in_webkit() {
    assert_judged_as_by_the_command(Engine::WebKit).await;
}

#[tokio::test]
async fn the_page_says_of_an_accent_what_the_check_makes_of_it() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for colour in ["#ffcc00", "#0b5c6b", "#777777", "#FF0000", "000000", "#ffffff", "#6a8f3c"] {
        let page = open(&browser, &server).await;
        choose(&page, "accent", colour).await;
        let shown = said(&page, "accent-shown").await;
        let find = "const frame = document.querySelector('#phone iframe'); frame.scrollIntoView(); return frame";
        let with_accent = "return document.querySelector('#phone iframe').src.includes('accent=')";
        page.until("the preview", with_accent).await.unwrap();
        let frame = page.run(find).await.unwrap();
        let visitor = Visitor::in_element(&browser.client, &frame).await.unwrap();
        let taken = "return ['light', 'dark'].map((on) => document.documentElement.style.getPropertyValue(`--given-accent-on-${on}`))";
        let taken = visitor.run(taken).await.unwrap();
        let told =
            format!("On light pages {}, on dark ones {}.", taken[0].as_str().unwrap(), taken[1].as_str().unwrap());
        assert_eq!(shown.split_whitespace().collect::<Vec<_>>().join(" "), told, "{colour}");
        browser.leave_frames().await.unwrap();
    }
    browser.close().await.unwrap();
}

// The preview ---------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn the_check_is_seen_live_as_on_a_phone_and_on_a_desktop_in_light_and_dark() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    // Wide enough, and without a colour scheme that is emulated: that would stand above what the page chooses.
    let wide = json!({"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": false});
    browser.cdp("Emulation.setDeviceMetricsOverride", wide).await.unwrap();
    for (device, width) in [("phone", 390), ("desktop", 1040)] {
        for scheme in ["light", "dark"] {
            let page = open(&browser, &server).await;
            press(&page, &format!("input[name=scheme][value={scheme}]")).await;
            assert_eq!(said(&page, "no-scheme").await, "", "this browser can choose");
            let leaves = "return document.querySelector('[aria-labelledby=preview-title]').innerText.includes('leaves this page')";
            assert_eq!(page.run(leaves).await.unwrap(), true, "what the last link does is said before");
            let find = format!(
                "const frame = document.querySelector('#{device} iframe'); frame.scrollIntoView({{block: 'center'}}); return frame"
            );
            let frame = page.run(&find).await.unwrap();
            let sandbox = format!("return document.querySelector('#{device} iframe').getAttribute('sandbox')");
            assert_eq!(page.run(&sandbox).await.unwrap(), SANDBOX);
            let visitor = Visitor::in_element(&browser.client, &frame).await.unwrap();
            let is_dark = "return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]";
            assert_eq!(visitor.run(is_dark).await.unwrap(), json!([width, scheme == "dark"]), "{device}");
            visitor.run("document.querySelector('input[name=age][value=\"35_49\"]').click()").await.unwrap();
            visitor.run("document.querySelector('[data-action=continue]').click()").await.unwrap();
            let next = "return !!document.querySelector('fieldset[data-question=rf_now]')";
            visitor.until("the second question", next).await.unwrap();
            browser.leave_frames().await.unwrap();
        }
    }
    browser.close().await.unwrap();
}

// Baking --------------------------------------------------------------------------------------------------------------

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

/// Makes the files with these settings and saves them into the folder.
async fn make_files(browser: &Browser, server: &Server, stem: &str, folder: &Path) -> Vec<String> {
    save_to(browser, folder).await.unwrap();
    let page = open(browser, server).await;
    choose_all(&page, &settings(stem)).await;
    let command: toml::Table = value(&page, "command-settings").await.parse().unwrap();
    assert_eq!(command, settings(stem), "the page shows the same settings for the command");
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    let names = page.run(
        "return [...document.querySelectorAll('#baked-files a')].map((link) => { link.click(); return link.download })",
    );
    names.await.unwrap().as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_file_that_is_baked_in_the_browser_is_the_one_that_the_command_bakes() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for (stem, files) in
        [("everything", vec!["pars-check.en.html", "pars-check.es.html"]), ("contact", vec!["pars-check.en.html"])]
    {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(make_files(&browser, &server, stem, folder.path()).await, files);
        for name in files {
            let (_, own) = saved(folder.path(), name).await.unwrap();
            let commands = fs::read_to_string(by_command(stem, name)).unwrap();
            assert_ne!(commands, fs::read_to_string(dist().join(name)).unwrap(), "something is baked");
            let at = own.bytes().zip(commands.bytes()).position(|(one, other)| one != other);
            assert!(own == commands, "{stem} {name} differs at {at:?} of {} and {} bytes", own.len(), commands.len());
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_baked_file_leads_to_a_contact_page_of_another_origin_with_scripts_and_without() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    make_files(&browser, &server, "contact", folder.path()).await;
    let (_, baked) = saved(folder.path(), "pars-check.en.html").await.unwrap();
    let page = Visitor::outside(&browser.client);
    let warning = said(&page, "contact-warning").await;
    assert!(warning.contains("the files that you made in part 4 have it"), "{warning}");
    choose(&page, "folder", "/").await;
    let warning = said(&page, "contact-warning").await;
    assert!(warning.contains("press “Make the files”"), "those are gone: {warning}");
    let host = format!("<!doctype html><meta charset=utf-8><title>host</title>{}", value(&page, "frame-snippet").await);
    for (is_baked, contact) in [(true, Some("https://www.clinic.example/contact")), (false, None)] {
        let mut pages = vec![Page::new("/host.html", host.clone())];
        pages.extend(is_baked.then(|| Page::new("/pars-check.en.html", baked.clone())));
        let other = Server::serving(dist(), pages).unwrap();
        let visitor = Visitor::on_page(&browser.client, &other.address("/host.html")).await.unwrap();
        let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
        assert_eq!(seen.contact.as_deref(), contact);
        browser.leave_frames().await.unwrap();
        browser.look(Look { has_scripts: false, ..Look::PHONE }).await.unwrap();
        browser.client.goto(&other.address("/pars-check.en.html")).await.unwrap();
        let leaflet = Visitor::outside(&browser.client);
        let shown = "const shown = (selector) => document.querySelector(selector).getClientRects().length > 0; \
            return [shown('[data-contact]'), document.querySelector('[data-contact]').getAttribute('href'), shown('[data-no-contact]')]";
        assert_eq!(leaflet.run(shown).await.unwrap(), json!([is_baked, contact, !is_baked]));
        browser.look(Look::DESKTOP).await.unwrap();
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn no_file_is_made_of_what_can_not_be_baked_and_a_change_takes_made_files_away() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    for (field, value, words) in [
        ("contact", "http://www.clinic.example/", "does not begin with https://"),
        ("clinic", "Call 911", "Nothing of the name “Call 911” would be shown."),
        ("tel", "12", "no telephone number"),
        ("accent", "teal", "no colour"),
    ] {
        let usual = if field == "contact" { "/contact" } else { "" };
        choose(&page, field, value).await;
        press(&page, "#make-files").await;
        wait_for_words(&page, "baked-said", words).await;
        let told = said(&page, "baked-said").await;
        assert!(told.starts_with("No file was made."), "{field}");
        assert_eq!(told.matches("does not begin").count(), usize::from(field == "contact"), "once: {told}");
        choose(&page, field, usual).await;
    }
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "The contact page is not baked").await;
    choose(&page, "clinic", "North").await;
    assert_eq!(page.run("return document.querySelectorAll('#baked-files a').length").await.unwrap(), 0);
    let changed =
        fs::read_to_string(dist().join("pars-check.en.html")).unwrap().replacen("emergency", "emergencies", 1);
    let other = Server::serving(dist(), vec![Page::new("/pars-check.en.html", changed)]).unwrap();
    let page = open(&browser, &other).await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "is not the file that manifest.json describes").await;
    browser.close().await.unwrap();
}

/// A distribution whose English file was baked before.
fn after_baking(stem: &str) -> Server {
    let baked = fs::read_to_string(by_command(stem, "pars-check.en.html")).unwrap();
    Server::serving(dist(), vec![Page::new("/pars-check.en.html", baked)]).unwrap()
}

#[tokio::test]
async fn a_logo_that_was_baked_stays_and_needs_the_clinics_name() {
    let server = after_baking("logo");
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    page.run(KEEP).await.unwrap();
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "has a logo, and whoever can’t see it reads the clinic’s name").await;
    choose(&page, "clinic", "North Spine").await;
    choose(&page, "emergency", "999").await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    assert!(!said(&page, "baked-said").await.contains("Look first"), "nothing was lost");
    let commands = fs::read(by_command("logo", "pars-check.en.html")).unwrap();
    assert_eq!(page.run(HASH).await.unwrap(), sha384(&commands));
    choose(&page, "clinic", "A & 'B'").await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "name of the clinic North Spine, now A & 'B'").await;
    let markup = page.run("return window.__made.at(-1).text()").await.unwrap();
    assert!(markup.as_str().unwrap().contains("<p class=\"logo\"><img alt=\"A &amp; &#39;B&#39;\" src=\"data:"));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn what_was_baked_and_is_not_any_more_is_said_the_emergency_number_first() {
    let server = after_baking("everything");
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    choose(&page, "accent", "#0b5c6b").await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    let words = said(&page, "baked-said").await;
    let before = settings("everything");
    let contact = before["contact"].as_str().unwrap();
    let first = format!("lies beside this page: emergency number 112, now 911; contact page {contact}, now none; ");
    assert!(words.contains(&first), "{words}");
    for key in ["clinic", "tel"] {
        assert!(words.contains(&format!(" {}, now none", before[key].as_str().unwrap())), "{key}: {words}");
    }
    assert!(words.contains("what is shown leaflet, now quiz; languages en, es, now none"), "{words}");
    let accent = before["accent"].as_str().unwrap();
    assert!(words.contains(&format!("accent colour {accent}, now #0b5c6b")), "{words}");
    browser.close().await.unwrap();
}

/// Holds back what is fetched, until it is let go or fails.
const HOLD: &str = "const real = window.fetch; window.fetch = (...all) => \
    new Promise((go, fail) => { window.__go = () => { window.fetch = real; go(real(...all)) }; window.__fail = () => { window.fetch = real; fail(new Error('gone')) } })";

#[tokio::test]
async fn a_file_of_choices_that_have_changed_does_not_appear() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for (release, made) in [("__go", 1), ("__fail", 1)] {
        let page = open(&browser, &server).await;
        page.run(KEEP).await.unwrap();
        page.run(HOLD).await.unwrap();
        press(&page, "#make-files").await;
        choose(&page, "clinic", "North").await;
        page.run(&format!("window.{release}()")).await.unwrap();
        let round = "return fetch('pars-check.en.html').then((got) => got.arrayBuffer()).then((bytes) => crypto.subtle.digest('SHA-384', bytes)).then(() => true)";
        for _ in 0..3 {
            page.run(round).await.unwrap();
        }
        assert_eq!(said(&page, "baked-said").await, "", "{release}: it is of choices that have changed");
        press(&page, "#make-files").await;
        wait_for_words(&page, "baked-said", "ready to be saved").await;
        assert_eq!(page.run("return window.__made.length").await.unwrap(), made, "{release}");
    }
    browser.close().await.unwrap();
}

/// Keeps what the page makes: it may fetch nothing from the address of a made file.
const KEEP: &str = "window.__made = []; const real = URL.createObjectURL; \
    URL.createObjectURL = (made) => { window.__made.push(made); return real(made) }";

/// The hash of the first file that was made.
const HASH: &str = "return window.__made[0].arrayBuffer().then((bytes) => crypto.subtle.digest('SHA-384', bytes)) \
    .then((hash) => Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(''))";

async fn assert_made(engine: Engine) {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start_as(engine, None).await.unwrap();
    let page = open(&browser, &server).await;
    page.run(KEEP).await.unwrap();
    choose_all(&page, &settings("everything")).await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "2 files are ready").await;
    let commands = fs::read(by_command("everything", "pars-check.en.html")).unwrap();
    assert_eq!(page.run(HASH).await.unwrap(), sha384(&commands), "{engine:?}");
    browser.end().await.unwrap();
}

#[tokio::test]
async fn files_are_made_in_firefox_too() {
    assert_made(Engine::Firefox).await;
}

#[tokio::test]
async fn files_are_made_in_webkit_too() {
    assert_made(Engine::WebKit).await;
}

fn sha384(bytes: &[u8]) -> String {
    use sha2::Digest;
    format!("{:x}", sha2::Sha384::digest(bytes))
}

#[tokio::test]
async fn a_logo_is_seen_on_the_first_screen_and_the_leaflet_and_the_policy_asks_for_nothing_else() {
    let baked = fs::read_to_string(by_command("logo", "pars-check.en.html")).unwrap();
    assert!(baked.contains("; img-src data:; base-uri"));
    let bare = fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    assert!(
        !bare.contains("img-src") && !bare.contains("class=\"logo") && !bare.contains(".logo"),
        "no byte where there is none"
    );
    let server = Server::serving(dist(), vec![Page::new("/logo.html", baked)]).unwrap();
    let browser = Browser::start().await.unwrap();
    let watch = "addEventListener('securitypolicyviolation', (event) => (window.__violations ??= []).push(event.violatedDirective))";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": watch})).await.unwrap();
    let shown = "const logo = document.querySelector('.logo img'); \
        return [logo.complete && logo.naturalWidth > 0, logo.alt, logo.offsetWidth, logo.offsetHeight, window.__violations ?? []]";
    let visitor = Visitor::alone(&browser.client, &server.address("/logo.html")).await.unwrap();
    assert_eq!(visitor.run(shown).await.unwrap(), json!([true, "North Spine", 224, 56, []]));
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    assert_eq!(
        visitor.run(shown).await.unwrap(),
        json!([true, "North Spine", 0, 0, []]),
        "later screens have room for what is asked"
    );
    browser.look(Look { has_scripts: false, ..Look::PHONE }).await.unwrap();
    browser.client.goto(&server.address("/logo.html")).await.unwrap();
    assert_eq!(visitor.run(shown).await.unwrap(), json!([true, "North Spine", 224, 56, []]), "on the leaflet");
    browser.look(Look::DESKTOP).await.unwrap();
    let huge = fs::read_to_string(by_command("logo", "pars-check.en.html")).unwrap();
    let huge = huge.replacen("width=\"224\" height=\"56\"", "width=\"9000\" height=\"90000\"", 1);
    assert!(huge.contains("90000"));
    let other = Server::serving(dist(), vec![Page::new("/logo.html", huge)]).unwrap();
    let visitor = Visitor::alone(&browser.client, &other.address("/logo.html")).await.unwrap();
    let room = "const logo = document.querySelector('.logo img').getBoundingClientRect(); \
        const rem = parseFloat(getComputedStyle(document.documentElement).fontSize); return [logo.width / rem, logo.height / rem]";
    let room = visitor.run(room).await.unwrap();
    assert!(room[0].as_f64() <= Some(15.0) && room[1].as_f64() <= Some(3.5), "whatever its attributes say: {room}");
    let origins = [server.address("/"), other.address("/")];
    for address in browser.close().await.unwrap() {
        assert!(
            origins.iter().any(|origin| address.starts_with(origin))
                || address.starts_with("data:image/svg+xml;base64,"),
            "{address} was asked for"
        );
    }
}

// Checking a file -----------------------------------------------------------------------------------------------------

/// Gives the page a file to check and tells what it says.
async fn checked(browser: &Browser, page: &Visitor<'_>, file: &Path) -> (String, String, String) {
    page.run("document.getElementById('check-said').textContent = ''").await.unwrap();
    let input = browser.client.find(Locator::Css("#check-file")).await.unwrap();
    input.send_keys(&file.canonicalize().unwrap().to_string_lossy()).await.unwrap();
    page.until("a verdict", "return document.getElementById('check-said').textContent !== ''").await.unwrap();
    let answer = page.run("return document.getElementById('check-said').dataset.answer").await.unwrap();
    (answer.as_str().unwrap().to_owned(), said(page, "check-said").await, said(page, "check-settings").await)
}

#[tokio::test]
async fn a_file_is_told_to_be_the_published_one_or_not_with_the_settings_in_it() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = open(&browser, &server).await;
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let bare = dist().join("pars-check.en.html");
    let (answer, words, settings) = checked(&browser, &page, &bare).await;
    assert!(
        answer == "yes"
            && words.contains("pars-check.en.html of version")
            && words.contains("unchanged, and without settings"),
        "{words}"
    );
    assert_eq!(settings, "");
    let unbaked = fs::read_to_string(&bare).unwrap();
    let with = |settings: &str| unbaked.replacen("id=\"settings\">{}<", &format!("id=\"settings\">{settings}<"), 1);
    for (settings, expected) in [
        ("{\"accent\":\"#0b5c6b\"}", "yes"),
        // Whose check it is, and where it leads, only a person can tell.
        ("{\"clinic\":\"North Spine\"}", "look"),
    ] {
        let (answer, words, _) = checked(&browser, &page, &write("one", with(settings))).await;
        let asks = words.contains("the clinic’s own?");
        assert!(answer == expected && asks == (expected == "look"), "{settings}: {answer}: {words}");
    }
    let (answer, words, settings) = checked(&browser, &page, &by_command("everything", "pars-check.es.html")).await;
    assert!(answer == "look" && words.contains("This is pars-check.es.html"), "it leads somewhere: {words}");
    assert!(words.contains("are contact page, telephone and emergency number the clinic’s own?"), "{words}");
    assert!(words.contains("the manifest.json beside this page. Both come from the same server"), "{words}");
    assert!(!settings.contains("contact_origins") && !settings.contains("tel\n"), "in words: {settings}");
    for name in ["Contact page", "Other addresses that links may lead to", "Telephone", "Languages"] {
        assert!(settings.contains(name), "{name} in {settings}");
    }
    for shown in [
        "https://www.clinic.example/kontakt'?from=check&who=me#form",
        "Müller & Söhne's (Spine)",
        "112",
        "en, es",
        "leaflet",
    ] {
        assert!(settings.contains(shown), "{shown} in {settings}");
    }
    let baked = fs::read_to_string(by_command("everything", "pars-check.en.html")).unwrap();
    let tampered = [
        ("words", baked.replacen("In an emergency", "In any emergency", 1), "omething other than settings was changed"),
        (
            "number",
            baked.replacen("href=\"tel:112\"", "href=\"tel:119\"", 1),
            "omething other than settings was changed",
        ),
        (
            "link",
            baked.replacen("<a data-contact href=\"https://www", "<a data-contact href=\"https://evil", 1),
            "omething other than settings was changed",
        ),
        (
            "block",
            baked.replacen("\"emergency\":\"112\"", "\"emergency\": \"112\"", 1),
            "omething other than settings was changed",
        ),
        (
            "added",
            baked.replacen("\"emergency\":\"112\"", "\"emergency\":\"112\",\"x\":\"y\"", 1),
            "a setting that the check does not know: “x”",
        ),
        // Undone, this is the published file; baked, a number would not have been left as it was.
        (
            "left",
            baked.replacen("href=\"tel:112\">112<", "href=\"tel:911\">911<", 1),
            "omething other than settings was changed",
        ),
        ("unsound", baked.replace("+49 30 010-0199", "+49 call us now"), "these settings are not sound"),
        ("else", "<!doctype html>".to_owned(), "no document of pars-check"),
    ];
    for (name, text, why) in tampered {
        assert_ne!(text, baked, "{name}");
        let (answer, words, _) = checked(&browser, &page, &write(name, text)).await;
        assert!(answer == "no" && words.contains(why), "{name}: {answer}: {words}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_file_with_a_picture_is_never_passed_without_a_look_at_it() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = open(&browser, &server).await;
    let (answer, words, settings) = checked(&browser, &page, &by_command("logo", "pars-check.en.html")).await;
    assert!(answer == "look" && words.contains("look whether it is the clinic’s logo and nothing else"), "{words}");
    assert!(settings.contains("North Spine"), "{settings}");
    let shown = "const pictures = [...document.querySelectorAll('#check-said + #check-picture img')]; \
        return pictures.length === 2 && pictures.every((each) => each.complete && each.naturalWidth > 0)";
    page.until("the picture under the answer", shown).await.unwrap();
    let room = "return [...document.querySelectorAll('#check-picture img')].map((each) => \
        [each.offsetWidth, each.offsetHeight, getComputedStyle(each.parentElement).backgroundColor])";
    // On dark a document puts a white ground behind its logo, within the declared width.
    let as_declared = json!([[224, 56, "rgb(255, 255, 255)"], [224, 68, "rgb(27, 36, 44)"]]);
    assert_eq!(page.run(room).await.unwrap(), as_declared, "as visitors see it, on light and on dark");
    let with_logo = fs::read_to_string(by_command("logo", "pars-check.en.html")).unwrap();
    let start = with_logo.find("base64,").unwrap() + 7;
    let length = with_logo[start..].find('"').unwrap();
    let with_picture = |svg: &str| {
        let base64 = BASE64_STANDARD.encode(svg);
        format!("{}{base64}{}", &with_logo[..start], &with_logo[start + length..])
    };
    let around =
        |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 160 40\">{inside}</svg>");
    let of_bytes = |bytes: usize| {
        let comment = |length: usize| around(&format!("<!--{}-->", "x".repeat(length)));
        with_picture(&comment(bytes - comment(0).len()))
    };
    for (name, text, answered, why) in [
        ("largest", of_bytes(24_576), "look", "look whether"),
        ("larger", of_bytes(24_579), "no", "The picture has 24579 bytes"),
        (
            "alt",
            with_logo.replacen("alt=\"North", "alt=\"Call 999, North", 1),
            "no",
            "read out as “Call 999, North Spine”",
        ),
        ("nobody", with_logo.replacen("\"clinic\":\"North Spine\",", "", 1), "no", "not the name of the clinic"),
        ("high", with_logo.replacen("height=\"56\"", "height=\"5600\"", 1), "no", "5600 high"),
        ("narrow", with_logo.replacen("width=\"224\"", "width=\"22\"", 1), "no", "22 wide and 56 high"),
        ("script", with_picture(&around("<script>alert(1)</script>")), "no", "“<script>” does not belong in a logo"),
        ("words", with_picture(&around("<text>Call 555</text>")), "no", "“<text>” does not belong in a logo"),
        ("broken", with_picture("<svg"), "no", "neither a PNG nor sound XML"),
        ("kind", with_logo.replacen("data:image/svg+xml", "data:image/png", 1), "no", "is called image/png"),
        ("styled", with_logo.replacen(".logo{", ".emergency-line{display:none}.logo{", 1), "no", "was changed in it"),
        ("roomy", with_logo.replacen("max-height:3.5rem", "max-height:350rem", 1), "no", "was changed in it"),
    ] {
        assert_ne!(text, with_logo, "{name}");
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        let (answer, words, _) = checked(&browser, &page, &file).await;
        assert!(answer == answered && words.contains(why), "{name}: {answer}: {words}");
        if name == "broken" {
            wait_for_words(&page, "check-picture", "can’t be shown").await;
        }
    }
    browser.close().await.unwrap();
}

async fn assert_pictures_judged_as_by_the_command(engine: Engine) {
    let cases = fs::read_to_string(repository("xtask/src/logo/cases.json")).unwrap();
    let server = with_parts();
    let browser = Browser::start_as(engine, None).await.unwrap();
    let page = open(&browser, &server).await;
    let judge = format!(
        "const judged = (bakedSize, svg) => {{ try {{ return bakedSize('image/svg+xml', new TextEncoder().encode(svg)) }} \
         catch (error) {{ return error.message }} }}; \
         return import('./builder-picture.js').then(({{bakedSize}}) => {cases}.map(({{svg}}) => judged(bakedSize, svg)))"
    );
    let found = page.run(&judge).await.unwrap();
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    assert!(cases.len() > 40);
    for (case, found) in cases.iter().zip(found.as_array().unwrap()) {
        let words = found.as_str().unwrap_or("").replace(['“', '”'], "`").to_lowercase();
        let named = case["refused"].as_str().map(|named| words.contains(&named.to_lowercase()));
        assert!(named.unwrap_or_else(|| *found == json!([240, 56])), "{engine:?}: {case}: {found}");
    }
    browser.end().await.unwrap();
}

#[tokio::test]
async fn pictures_are_judged_as_the_command_judges_them_in_chromium() {
    assert_pictures_judged_as_by_the_command(Engine::Chromium).await;
}

#[tokio::test]
async fn pictures_are_judged_as_the_command_judges_them_in_firefox() {
    assert_pictures_judged_as_by_the_command(Engine::Firefox).await;
}

#[tokio::test]
async fn pictures_are_judged_as_the_command_judges_them_in_webkit() {
    assert_pictures_judged_as_by_the_command(Engine::WebKit).await;
}

/// What part 5 says of a file is gone as soon as the file is.
#[tokio::test]
async fn an_answer_of_another_file_or_moment_does_not_stay() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    let baked = by_command("everything", "pars-check.en.html");
    let gone = json!(["", null, 0]);
    let there = "const told = document.getElementById('check-said'); \
        return [told.textContent, told.dataset.answer ?? null, document.getElementById('check-settings').childElementCount]";
    for input in ["check-file", "check-manifest"] {
        checked(&browser, &page, &baked).await;
        // As a click does it, without the dialog that nobody could close here.
        let click = format!(
            "const input = document.getElementById('{input}'); input.dispatchEvent(new Event('click')); return input.files.length"
        );
        assert_eq!(page.run(&click).await.unwrap(), 0, "{input}: the same file can be chosen again");
        assert_eq!(page.run(there).await.unwrap(), gone, "{input}");
    }
    checked(&browser, &page, &baked).await;
    let hold = "const real = File.prototype.arrayBuffer; File.prototype.arrayBuffer = function () { \
        return new Promise((go) => { window.__go = () => { File.prototype.arrayBuffer = real; go(real.call(this)) } }) }";
    page.run(hold).await.unwrap();
    let input = browser.client.find(Locator::Css("#check-file")).await.unwrap();
    input.send_keys(&dist().join("pars-check.es.html").canonicalize().unwrap().to_string_lossy()).await.unwrap();
    assert_eq!(page.run(there).await.unwrap(), gone, "while another file is read");
    page.run("window.__late = window.__go; document.getElementById('check-file').dispatchEvent(new Event('click')); window.__late()").await.unwrap();
    let (_, words, _) = checked(&browser, &page, &baked).await;
    assert!(words.contains("This is pars-check.en.html"), "the overtaken one is dropped: {words}");
    let fails = "File.prototype.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))";
    page.run(fails).await.unwrap();
    input.send_keys(&baked.canonicalize().unwrap().to_string_lossy()).await.unwrap();
    wait_for_words(&page, "check-said", "could not be read").await;
    assert_eq!(page.run(there).await.unwrap()[1], "unknown");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn another_manifest_may_be_given_and_without_hashes_that_is_said() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = open(&browser, &server).await;
    let bare = dist().join("pars-check.en.html");
    let other = folder.path().join("manifest.json");
    fs::write(&other, r#"{"version":"9.9.9","files":{"pars-check.en.html":{"sha384":"00"}}}"#).unwrap();
    checked(&browser, &page, &bare).await;
    let input = browser.client.find(Locator::Css("#check-manifest")).await.unwrap();
    input.send_keys(&other.to_string_lossy()).await.unwrap();
    wait_for_words(&page, "check-said", "not a file of this manifest").await;
    wait_for_words(&page, "check-said", "It was compared with the file “manifest.json” that you chose.").await;
    for (name, text) in [
        ("none.json", "no manifest"),
        ("null.json", r#"{"version":"9.9.9","files":{"a":null}}"#),
        ("package.json", r#"{"version":"1.0.0","files":["a"]}"#),
    ] {
        let none = folder.path().join(name);
        fs::write(&none, text).unwrap();
        input.send_keys(&none.to_string_lossy()).await.unwrap();
        wait_for_words(&page, "check-said", &format!("The file “{name}” is no manifest.json of a release")).await;
    }
    page.run("Object.defineProperty(self, 'crypto', {value: {}})").await.unwrap();
    let (answer, words, _) = checked(&browser, &page, &dist().join("pars-check.es.html")).await;
    assert!(answer == "unknown" && words.contains("Open this page by https"), "{words}");
    browser.close().await.unwrap();
}

// Privacy, keyboard, and whether anybody is kept out ----------------------------------------------------------------------

#[tokio::test]
async fn nothing_that_is_typed_is_sent_and_nothing_is_asked_for_but_the_pages_own_files() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let watch = "addEventListener('securitypolicyviolation', (event) => (window.__violations ??= []).push(event.violatedDirective))";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": watch})).await.unwrap();
    let page = open(&browser, &server).await;
    choose_all(&page, &settings("everything")).await;
    choose(&page, "folder", "https://files.clinic.example/check/").await;
    let shown = "return document.querySelector('#phone iframe').src.includes('Spine')";
    page.until("the preview", shown).await.unwrap();
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    checked(&browser, &page, &by_command("everything", "pars-check.en.html")).await;
    assert_eq!(page.run("return window.__violations ?? []").await.unwrap(), json!([]));
    let kept = "return [document.cookie, localStorage.length, sessionStorage.length, location.search + location.hash]";
    assert_eq!(page.run(kept).await.unwrap(), json!(["", 0, 0, ""]));
    let own: BTreeSet<String> = fs::read_dir(dist())
        .unwrap()
        .map(|entry| format!("/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    for path in server.requests() {
        assert!(own.contains(&path), "{path} was asked for");
    }
    let origin = server.address("/");
    for address in browser.close().await.unwrap() {
        assert!(address.starts_with(&origin) && !address.contains('?'), "{address} was asked for");
    }
}

#[tokio::test]
async fn everything_is_done_by_keys_alone() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let granted = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
    browser.cdp("Browser.grantPermissions", granted).await.unwrap();
    let page = open(&browser, &server).await;
    let keys = Keyboard::of(&browser.client);
    keys.tab_to("#contact").await.unwrap();
    keys.hold_control('a').await.unwrap();
    keys.write("https://www.clinic.example/contact").await.unwrap();
    keys.tab_to("#clinic").await.unwrap();
    keys.write("North Spine").await.unwrap();
    keys.tab_to("#emergency").await.unwrap();
    keys.press(Key::Down).await.unwrap();
    keys.tab_to("input[name=langs][value=es]").await.unwrap();
    keys.press(Key::Space).await.unwrap();
    keys.tab_to("input[name=mode]").await.unwrap();
    keys.press(Key::Down).await.unwrap();
    assert!(keys.is_at("input[name=mode][value=leaflet]:checked").await.unwrap());
    keys.tab_to("a[href='#frame-snippet']").await.unwrap();
    keys.press(Key::Enter).await.unwrap();
    assert!(keys.is_at("#frame-snippet").await.unwrap(), "the preview is skipped");
    keys.tab_to("[data-copy=element-snippet]").await.unwrap();
    keys.press(Key::Enter).await.unwrap();
    wait_for_words(&page, "element-snippet-said", "Copied.").await;
    let copied = page.run("return navigator.clipboard.readText()").await.unwrap();
    let copied = copied.as_str().unwrap();
    for part in ["clinic=\"North Spine\"", "emergency=\"112\"", "langs=\"en,es\"", "mode=\"leaflet\""] {
        assert!(copied.contains(part), "{part} in {copied}");
    }
    keys.tab_to("#make-files").await.unwrap();
    keys.press(Key::Space).await.unwrap();
    wait_for_words(&page, "baked-said", "2 files are ready").await;
    keys.tab_to("#baked-files a").await.unwrap();
    keys.tab_to("#check-file").await.unwrap();
    keys.tab_to("details:last-of-type summary").await.unwrap();
    browser.close().await.unwrap();
}

#[tokio::test]
async fn nobody_is_kept_out_of_the_page_with_warnings_and_results() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start_in_one_process().await.unwrap();
    Variant::USUAL.show(&browser).await.unwrap();
    let mut gate = Gate::new(&browser, "en", Plan::covering());
    let page = open(&browser, &server).await;
    for (field, bad, _) in BAD.iter().filter(|(field, bad, _)| *field != "folder" && !bad.is_empty()) {
        choose(&page, field, bad).await;
    }
    press(&page, "input[name=mode][value=leaflet]").await;
    press(&page, "[data-copy=frame-snippet]").await;
    checked(&browser, &page, &by_command("everything", "pars-check.en.html")).await;
    page.run("for (const each of document.querySelectorAll('details')) each.open = true").await.unwrap();
    gate.look(&page, "builder-warned").await.unwrap();
    let page = open(&browser, &server).await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    gate.look(&page, "builder-made").await.unwrap();
    gate.pass().unwrap();
    browser.end().await.unwrap();
}
