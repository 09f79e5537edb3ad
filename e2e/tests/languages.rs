//! The choice of languages: offered where the page around names some, and told what it costs once something is answered.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Look, OUTCOMES, SANDBOX, Server, Visitor, case, dist};
use serde_json::{Value, json};

fn host(fragment: &str) -> Server {
    let host = format!(
        "<!doctype html><html lang=en><title>host</title><p>before</p><iframe id=check src='pars-check.en.html#{fragment}' \
         sandbox='{SANDBOX}' allow='' referrerpolicy='no-referrer' width=420 height=800></iframe>"
    );
    Server::with_pages(dist(), [("/host.html".to_owned(), host)].into()).unwrap()
}

/// The languages in view, and whether it is said that a change starts over.
const OFFERED: &str = "
    const seen = [...document.querySelectorAll('.languages a')].filter((link) => link.checkVisibility());
    return [seen.map((link) => `${link.textContent} ${link.lang}`), document.querySelector('.languages__restart').checkVisibility()];";

async fn history_length(browser: &Browser) -> Value {
    browser.client.execute("return history.length", vec![]).await.unwrap()
}

#[tokio::test]
async fn another_language_takes_the_place_of_this_one_with_the_same_settings_and_no_entry_in_the_history() {
    let server = host("langs=en,es&clinic=North%20Spine&contact=/contact.html");
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    assert_eq!(visitor.run(OFFERED).await.unwrap(), json!([["Español es"], false]));
    browser.leave_frames().await.unwrap();
    let before = history_length(&browser).await;
    let visitor = Visitor::enter_frame(&browser.client).await.unwrap();
    visitor.run("document.querySelector('[data-language]:not([hidden])').click()").await.unwrap();
    browser.leave_frames().await.unwrap();
    let visitor = Visitor::enter_frame(&browser.client).await.unwrap();
    visitor
        .until(
            "Spanish",
            "return document.documentElement.lang === 'es' && document.documentElement.classList.contains('live')",
        )
        .await
        .unwrap();
    assert_eq!(visitor.run(OFFERED).await.unwrap(), json!([["English en"], false]));
    let address = visitor.run("return location.hash").await.unwrap();
    assert_eq!(address, "#langs=en,es&clinic=North%20Spine&contact=/contact.html");
    let (seen, _) = visitor.take(&case("V47").unwrap()).await.unwrap();
    assert_eq!(seen.outcome.as_deref(), Some("surgical_discussion"));
    assert!(seen.contact.is_some());
    assert!(visitor.text(".contact").await.unwrap().contains("North Spine"));
    browser.leave_frames().await.unwrap();
    // The quiz adds its one entry; the change of language added none.
    assert_eq!(history_length(&browser).await.as_u64(), before.as_u64().map(|length| length + 1));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn once_something_is_answered_the_offer_says_that_a_change_starts_over_and_later_screens_have_none() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let address = server.address("/pars-check.en.html#langs=es");
    let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
    visitor.tick("age", "18_34").await.unwrap();
    visitor.until("the warning", &format!("return (() => {{ {OFFERED} }})()[1]")).await.unwrap();
    visitor.press("continue").await.unwrap();
    assert_eq!(visitor.run(OFFERED).await.unwrap(), json!([[], false]));
    visitor.press("back").await.unwrap();
    assert_eq!(visitor.run(OFFERED).await.unwrap(), json!([["Español es"], true]));
    visitor.run("document.querySelector('[data-language]:not([hidden])').click()").await.unwrap();
    visitor
        .until("a fresh Spanish check", "return document.documentElement.lang === 'es' && !!document.querySelector('fieldset[data-question=age]') && !document.querySelector('input:checked')")
        .await
        .unwrap();
    browser.close().await.unwrap();
}

#[tokio::test]
async fn nothing_is_offered_that_was_not_named_or_is_not_built() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for fragment in ["", "langs=", "langs=en", "langs=fr,../evil,javascript:alert(1)", "langs=%00es", "langs=ES%20"] {
        browser.client.goto("about:blank").await.unwrap();
        let visitor =
            Visitor::alone(&browser.client, &server.address(&format!("/pars-check.en.html#{fragment}"))).await.unwrap();
        let offered = if fragment == "langs=ES%20" { json!(["Español es"]) } else { json!([]) };
        assert_eq!(visitor.run(OFFERED).await.unwrap()[0], offered, "{fragment}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_leaflet_offers_languages_too() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/pars-check.en.html#langs=es&mode=leaflet")).await.unwrap();
    let reader = Visitor::outside(&browser.client);
    assert_eq!(reader.run(OFFERED).await.unwrap()[0], json!(["Español es"]));
    reader.run("document.querySelector('[data-language]:not([hidden])').click()").await.unwrap();
    reader.until("the Spanish leaflet", "return document.documentElement.lang === 'es'").await.unwrap();
    let text = reader.text("body").await.unwrap();
    for said in ["911", "Señales de alarma", "Fuentes"] {
        assert!(text.contains(said), "{said}");
    }
    assert_eq!(reader.run("return document.querySelector('#leaflet').checkVisibility()").await.unwrap(), true);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn every_outcome_is_whole_in_spanish() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for (id, tier) in OUTCOMES {
        browser.client.goto("about:blank").await.unwrap();
        let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.es.html")).await.unwrap();
        let (seen, _) = visitor.take(&case(id).unwrap()).await.unwrap();
        assert_eq!(seen.outcome.as_deref(), Some(tier), "{id}");
        let text = visitor.run("return document.querySelector('#app').textContent").await.unwrap();
        let text = text.as_str().unwrap();
        // Words that stand on every English outcome.
        for english in ["What to do", "Why you", "Print", "Save a copy", "not a diagnosis", "Sources"] {
            assert!(!text.contains(english), "{id}: {english}");
        }
        let today = visitor.run("return new Date().toLocaleDateString('es', { dateStyle: 'long' })").await.unwrap();
        assert!(text.contains(today.as_str().unwrap()), "{id}: made on {today}");
    }
    browser.close().await.unwrap();
}

/// Texts in view with a Latin word in them that are no citation.
const LEFT_OVER: &str = r#"
    const left = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const { parentElement, data } = walker.currentNode;
        const isCitation = parentElement.closest("[data-source], [data-rule] .fine, .sheet .fine, code, script, style, template, [data-language]");
        if (!isCitation && parentElement.checkVisibility() && /[A-Za-z]{3}/.test(data)) left.push(data.trim());
    }
    return left;"#;

/// What is wider than the window or stands outside it.
const TOO_WIDE: &str = r#"
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return element.checkVisibility() && (right > clientWidth + 1 || left < -1);
    });
    return [scrollWidth, ...wide.map((element) => element.outerHTML.slice(0, 120))];"#;

async fn assert_fits(browser: &Browser, visitor: &Visitor<'_>, name: &str) {
    visitor.run("document.querySelectorAll('details').forEach((details) => details.open = true)").await.unwrap();
    e2e::keep(&format!("pseudo-{name}.png"), &browser.screenshot().await.unwrap()).unwrap();
    assert_eq!(visitor.run(TOO_WIDE).await.unwrap(), json!([]), "{name}");
    assert_eq!(visitor.run(LEFT_OVER).await.unwrap(), json!([]), "{name}");
}

#[tokio::test]
async fn a_made_up_language_with_longer_words_from_right_to_left_fits_and_leaves_nothing_untranslated() {
    let server = Server::of(e2e::repository("target/pseudo")).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.look(Look { width: 320, height: 640, ..Look::PHONE }).await.unwrap();
    for (id, tier) in OUTCOMES {
        browser.client.goto("about:blank").await.unwrap();
        let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.he-XB.html")).await.unwrap();
        assert_eq!(visitor.run("return getComputedStyle(document.body).direction").await.unwrap(), "rtl");
        assert_fits(&browser, &visitor, "opening").await;
        visitor.press("continue").await.unwrap();
        assert_fits(&browser, &visitor, "error").await;
        let (seen, _) = visitor.take(&case(id).unwrap()).await.unwrap();
        assert_eq!(seen.outcome.as_deref(), Some(tier), "{id}");
        assert_fits(&browser, &visitor, tier).await;
    }
    browser.client.goto(&server.address("/pars-check.he-XB.html#mode=leaflet")).await.unwrap();
    browser.client.refresh().await.unwrap();
    assert_fits(&browser, &Visitor::outside(&browser.client), "leaflet").await;
    browser.close().await.unwrap();
}
