//! What is wrong is said in words, beside its field, and judged as the command judges it.

use std::fs;

use e2e::{Browser, Engine, Keyboard, Page, Server, Visitor, dist, repository};
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::snippets::SNIPPETS;
use crate::{choose, open, press, said, value, with_parts};

/// A field, a bad choice, and part of what is said of it.
pub(crate) const BAD: [(&str, &str, &str); 28] = [
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
