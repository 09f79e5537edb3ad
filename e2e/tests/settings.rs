//! Settings that nobody honest would give, in the fragment and by the element's attributes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Page, SANDBOX, Server, Visitor, case, dist};
use serde_json::{Value, json};

/// What a page shows of its settings at an outcome that has a contact link: where that leads, what can be dialled,
/// the text around it, the accent; and whether anything ran or became markup that should not have.
const SHOWN: &str = r##"
const area = document.querySelector(".contact");
const hrefs = [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
return {
  contact: document.querySelector('a[data-action="contact"]')?.href ?? null,
  dialled: [...new Set(hrefs.filter((href) => href.startsWith("tel:")))].sort(),
  text: area?.textContent ?? "",
  accent: document.documentElement.style.cssText,
  strange: hrefs.filter((href) => /^\s*(javascript|data|vbscript|blob):/i.test(href)),
  markup: document.querySelectorAll("#app img, #app script, #app svg:not([class]), #app [onerror], #app [style]").length,
  ran: window.ran ?? false,
};
"##;

/// Texts that a setting may hold, and that none may show.
fn hostile() -> Vec<(&'static str, String)> {
    vec![
        ("a script", "<script>window.ran = true</script>".into()),
        ("markup", "\"><img src=x onerror=\"window.ran = true\">".into()),
        ("a script's address", "javascript:window.ran=true".into()),
        ("a script's address in disguise", "java\tscript:window.ran=true".into()),
        ("a data address", "data:text/html,<script>parent.ran=true</script>".into()),
        ("another origin", "https://evil.example/contact".into()),
        ("another origin without a scheme", "//evil.example/contact".into()),
        ("another origin behind a backslash", "\\\\evil.example\\contact".into()),
        ("another origin behind a user", "http://127.0.0.1@evil.example/".into()),
        ("a homograph of a host", "https://www.cl\u{0456}nic.example/".into()),
        ("controls of direction", "\u{202e}kcabeht\u{2066}\u{2069}\u{061c}\u{200f}".into()),
        ("what nobody sees", "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{3164}".into()),
        ("NUL and other controls", "\0\u{1}\u{1b}[31m\u{7f}\u{85}".into()),
        ("nothing", String::new()),
        ("blanks", "   \u{a0}\u{2003} ".into()),
        ("a name of every object", "__proto__".into()),
        ("a very long text", "A".repeat(100_000)),
        ("CSS", "#fff;} * { display: none } a{".into()),
        ("a dearer number", "+1 900 555 0199 555 0199 555 0199".into()),
    ]
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A fragment that gives every setting this value.
fn everywhere(value: &str) -> String {
    let value = encoded(value);
    ["contact", "clinic", "tel", "emergency", "accent", "mode", "langs"].map(|key| format!("{key}={value}")).join("&")
}

/// A page that sets the fragment by script, as long as it may be.
fn framed(fragment: &str) -> Page {
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>host</title><body><script>const frame = document.createElement('iframe'); \
         frame.setAttribute('sandbox', '{SANDBOX}'); frame.width = 500; frame.height = 700; \
         frame.src = 'pars-check.en.html#' + {}; document.body.append(frame)</script>",
        json!(fragment)
    );
    Page::new("/host.html", page)
}

/// A page that gives the element every attribute this value.
fn with_attributes(value: &str) -> Page {
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>host</title><body><p id=own>own</p><script type=module>\
         const element = document.createElement('pars-check'); \
         for (const name of ['contact', 'clinic', 'tel', 'emergency', 'accent', 'mode', 'lang', 'langs', 'height']) \
         element.setAttribute(name, {}); document.body.append(element)</script><script type=module src=pars-check.js></script>",
        // JSON in a script: what would end the script is written otherwise.
        json!(value).to_string().replace('<', "\\u003c")
    );
    Page::new("/host.html", page)
}

/// Takes a whole check on a page and tells what is shown of its settings.
async fn shown(browser: &Browser, page: Page) -> (Value, String) {
    let server = Server::serving(dist(), vec![page]).unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
    assert_eq!(seen.outcome.as_deref(), Some("prevention"));
    (visitor.run(SHOWN).await.unwrap(), server.address(""))
}

/// Nothing ran, nothing became markup, nothing is dialled but the emergency number, nobody is sent elsewhere.
fn assert_harmless(what: &str, (shown, own): &(Value, String)) {
    assert_eq!(shown["strange"], json!([]), "{what}: {shown}");
    assert_eq!((&shown["markup"], &shown["ran"]), (&json!(0), &json!(false)), "{what}: {shown}");
    assert_eq!(shown["dialled"], json!(["tel:911"]), "{what}: {shown}");
    assert_eq!(shown["accent"], "", "{what}: {shown}");
    let leads = shown["contact"].as_str();
    assert!(leads.is_none_or(|address| address.starts_with(&format!("{own}/"))), "{what}: leads to {leads:?}");
    let text = shown["text"].as_str().unwrap();
    let is_strange = |each: char| {
        each.is_control()
            || "\u{61c}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{3164}\u{feff}".contains(each)
            || ('\u{202a}'..='\u{202e}').contains(&each)
            || ('\u{2066}'..='\u{2069}').contains(&each)
    };
    assert!(!text.contains(is_strange), "{what}: {text:?}");
    assert!(!text.contains(['<', '>', ':', '/']) || !text.contains("evil"), "{what}: {text:?}");
    assert!(text.len() < 500, "{what}: {} characters", text.len());
}

#[tokio::test]
async fn hostile_settings_in_the_fragment_do_no_harm() {
    let browser = Browser::start().await.unwrap();
    for (what, value) in hostile() {
        assert_harmless(what, &shown(&browser, framed(&everywhere(&value))).await);
    }
    browser.close().await.unwrap();
}

/// What the element hands on: each setting of the fragment that the frame was given.
const HANDED_ON: &str = "return [...new URLSearchParams(location.hash.slice(1))]";

/// The document is the one of the test above, so it is enough that it comes up, and is given nothing but these settings.
#[tokio::test]
async fn hostile_settings_in_attributes_do_no_harm() {
    let browser = Browser::start().await.unwrap();
    let values = hostile().into_iter().chain([("a megabyte", "A".repeat(1 << 20))]);
    for (what, value) in values {
        let server = Server::serving(dist(), vec![with_attributes(&value)]).unwrap();
        let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
        for pair in visitor.run(HANDED_ON).await.unwrap().as_array().unwrap() {
            let (key, handed_on) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
            let is_web = handed_on.starts_with("http://") || handed_on.starts_with("https://");
            assert!(if key == "contact" { is_web } else { value.contains(handed_on) }, "{what}: {key}={handed_on:?}");
            assert!(handed_on.len() < 5000, "{what}: {} bytes of {key}", handed_on.len());
        }
        let path = visitor.run("return location.origin + location.pathname").await.unwrap();
        assert_eq!(path, server.address("/pars-check.en.html"), "{what}: `lang` names no other file");
        assert_eq!(visitor.see().await.unwrap().questions, ["age"], "{what}");
        browser.leave_frames().await.unwrap();
        let whole = "const frame = document.querySelector('pars-check').shadowRoot.querySelector('iframe'); \
            return [document.getElementById('own').textContent, window.ran ?? false, frame.offsetHeight > 500]";
        assert_eq!(Visitor::outside(&browser.client).run(whole).await.unwrap(), json!(["own", false, true]), "{what}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn malformed_and_doubled_fragments_do_no_harm() {
    let browser = Browser::start().await.unwrap();
    let fragments = [
        "%",
        "%%%",
        "%E0%A4%A",
        "clinic=%",
        "clinic=%ZZ&tel=%u0031",
        "contact=%E0%A4%A&clinic=%C0%AF",
        "&&&&",
        "====",
        "=x&=y",
        "clinic",
        "#clinic=x",
        "clinic=%ED%A0%80%ED%B0%80",
        "clinic=%F4%90%80%80",
        "clinic=\u{d7ff}%EF%BF%BF",
        "__proto__=x&constructor=y&toString=z&hasOwnProperty=1",
        "emergency=911&emergency=1900555&emergency=0",
        "emergency=%39%31%31%20",
        "emergency=１１２",
        "emergency=112;tel=1",
        "accent=%23zzzzzz&accent=url(x)",
    ];
    for fragment in fragments {
        assert_harmless(fragment, &shown(&browser, framed(fragment)).await);
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn of_doubled_settings_the_first_one_counts() {
    let browser = Browser::start().await.unwrap();
    let fragment = "contact=/one.html&contact=/two.html&clinic=First&clinic=Second&emergency=112&emergency=999";
    let (shown, own) = shown(&browser, framed(fragment)).await;
    assert_eq!(shown["contact"], format!("{own}/one.html"));
    assert_eq!(shown["dialled"], json!(["tel:112"]));
    let text = shown["text"].as_str().unwrap();
    assert!(text.contains("Contact First") && !text.contains("Second"), "{text}");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_fragment_of_a_megabyte_is_left_out_as_a_whole() {
    let browser = Browser::start().await.unwrap();
    let fragment = format!("clinic=North%20Spine&emergency=112&contact=/contact.html&x={}", "y".repeat(1 << 20));
    let (shown, _) = shown(&browser, framed(&fragment)).await;
    assert_eq!((&shown["contact"], &shown["dialled"]), (&json!(null), &json!(["tel:911"])), "{shown}");
    browser.close().await.unwrap();
}

/// A link that somebody sends round, to a clinic's own file, with a clinic, a number and a colour of the sender's.
const CRAFTED: &str = "clinic=Evil%20Clinic&tel=%2B44%207700%20900123&emergency=112&accent=%23aa3377&contact=https%3A%2F%2Fevil.example%2F";

#[tokio::test]
async fn a_crafted_link_by_itself_shows_nothing_of_its_senders() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for id in ["V01", "V23", "V63"] {
        let address = server.address(&format!("/pars-check.en.html#{CRAFTED}"));
        let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
        visitor.take(&case(id).unwrap()).await.unwrap();
        let shown = visitor.run(SHOWN).await.unwrap();
        assert_eq!((&shown["contact"], &shown["accent"]), (&json!(null), &json!("")), "{id}: {shown}");
        assert_eq!(shown["dialled"], json!(["tel:911"]), "{id}");
        let text = visitor.text("html").await.unwrap();
        assert!(!text.contains("Evil") && !text.contains("7700") && !text.contains("112"), "{id}: {text}");
        browser.client.goto("about:blank").await.unwrap();
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_hostile_page_around_is_named_as_the_source_and_never_stands_beside_an_emergency() {
    let browser = Browser::start().await.unwrap();
    for (id, is_urgent) in [("V01", true), ("V23", true), ("V63", false)] {
        let server = Server::serving(dist(), vec![framed(CRAFTED)]).unwrap();
        let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
        visitor.take(&case(id).unwrap()).await.unwrap();
        let text = visitor.text("#app").await.unwrap();
        assert!(!text.contains("Evil") || text.contains("given by the page around"), "{id}: {text}");
        assert!(!is_urgent || !(text.contains("7700") || text.contains("Evil")), "{id}: {text}");
        assert_eq!(visitor.see().await.unwrap().contact, None, "{id}: another origin");
        let dialled = visitor.run(SHOWN).await.unwrap()["dialled"].clone();
        let clinics = json!(["tel:+447700900123", "tel:112"]);
        assert!(dialled == json!(["tel:112"]) || (!is_urgent && dialled == clinics), "{id}: {dialled}");
    }
    browser.close().await.unwrap();
}
