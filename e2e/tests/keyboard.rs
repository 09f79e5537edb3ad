//! Everything without a mouse: real presses of Tab, Space, arrows, Enter, Shift with Tab and Escape, in the browser.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use anyhow::{Context, Result, ensure};
use e2e::{Browser, CLOCK, CLOSINGS, Engine, Key, Keyboard, Look, SANDBOX, Server, TWO_FRAMES, Visitor, case, dist};
use serde_json::{Value, json};

/// Printing opens a window of the system, which no test can close; that it was asked for is counted.
const PRINTER: &str = "window.printed = 0; window.print = () => { window.printed += 1 };";

/// The heading that should have the focus on a new screen, and nothing scrolled: what has it, whether it is the first of
/// the screen, where the document is.
const LANDED: &str = "const at = document.activeElement; return [at.id.endsWith('-heading') && /^H[12]$/.test(at.tagName), \
    at === document.querySelector('#app h1[tabindex], #app legend :is(h1, h2)[tabindex]'), Math.round(scrollY)]";

/// Asserts that the focus is on the heading of what is in view.
async fn landed(visitor: &Visitor<'_>) -> Result<()> {
    let landed = visitor.run(LANDED).await?;
    let focus = visitor.focus().await?;
    ensure!(landed == json!([true, true, 0]), "the focus is on {focus:?}: {landed}");
    Ok(())
}

async fn is(visitor: &Visitor<'_>, script: &str) -> bool {
    visitor.run(&format!("return !!({script})")).await.unwrap() == Value::Bool(true)
}

/// From the first question to an outcome, and through all that can be done there.
async fn the_whole_check(engine: Engine, id: &str) {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start_as(engine, None).await.unwrap());
    let address = server.address("/pars-check.en.html#contact=/contact.html");
    let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
    assert_eq!(visitor.focus().await.unwrap(), "", "nothing takes the focus on load");
    let keyboard = Keyboard::of(&browser.client);
    let mut screens = 0;
    let seen = keyboard
        .take(&case(id).unwrap(), &mut async |_, _| {
            screens += 1;
            landed(&visitor).await
        })
        .await
        .unwrap();
    assert!(screens >= 5, "{screens}");
    assert_eq!(seen.outcome.as_deref(), case_tier(id).as_deref());
    browser.end().await.unwrap();
}

fn case_tier(id: &str) -> Option<String> {
    let all = e2e::cases().unwrap();
    let case = all.iter().find(|case| case["id"] == id).unwrap();
    case["expected_tier"].as_str().map(ToOwned::to_owned)
}

#[tokio::test]
async fn the_whole_check_works_by_keys_in_chromium() {
    the_whole_check(Engine::Chromium, "R62").await;
}

#[tokio::test]
async fn the_whole_check_works_by_keys_in_firefox() {
    the_whole_check(Engine::Firefox, "V53").await;
}

#[tokio::test]
async fn everything_on_the_outcome_works_by_keys() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": PRINTER})).await.unwrap();
    let address = server.address("/pars-check.en.html#contact=/contact.html");
    let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
    visitor.take(&case("R62").unwrap()).await.unwrap();
    let keyboard = Keyboard::of(&browser.client);
    let press = async |key| keyboard.press(key).await.unwrap();
    let to = async |selector: &str| keyboard.tab_to(selector).await.unwrap();
    // The contact link is a stop; it is followed last of all.
    to("a[data-action=contact]").await;
    // A section unfolds with Enter and with Space, and folds again.
    for key in [Key::Enter, Key::Space] {
        to("details:not([open])[data-section] > summary").await;
        press(key).await;
        assert!(keyboard.is_at("details[open] > summary").await.unwrap(), "{key:?} unfolds");
    }
    press(Key::Enter).await;
    assert!(keyboard.is_at("details:not([open]) > summary").await.unwrap(), "and folds");
    // Questions to take along.
    to("details.questions > summary").await;
    press(Key::Enter).await;
    to("details.questions input").await;
    assert!(is(&visitor, "document.activeElement.checked").await, "a question comes along unless it is left");
    press(Key::Space).await;
    assert!(!is(&visitor, "document.activeElement.checked").await);
    let left = visitor.run("return document.activeElement.labels[0].textContent").await.unwrap();
    // Notes, with a line break, and out of them again.
    to("[role=textbox]").await;
    keyboard.write("Night pain.").await.unwrap();
    press(Key::Enter).await;
    keyboard.write("Since May.").await.unwrap();
    press(Key::Tab).await;
    assert!(keyboard.is_at("[data-action=print]").await.unwrap(), "Tab leaves the notes");
    press(Key::ShiftTab).await;
    assert!(keyboard.is_at("[role=textbox]").await.unwrap(), "and Shift with Tab comes back");
    let sheet = visitor.run("return document.querySelector('.sheet').textContent").await.unwrap();
    let sheet = sheet.as_str().unwrap();
    assert!(sheet.contains("Night pain.") && sheet.contains("Since May."), "{sheet}");
    assert!(!sheet.contains(left.as_str().unwrap()), "{left} was left");
    keyboard.use_action("print", Key::Enter).await.unwrap();
    assert_eq!(visitor.run("return window.printed").await.unwrap(), 1);
    keyboard.use_action("save", Key::Space).await.unwrap();
    visitor.until("word of it", "return !!document.querySelector('[role=status]').textContent").await.unwrap();
    assert!(keyboard.is_at("[data-action=save]").await.unwrap(), "the focus stays where it was");
    keyboard.use_action("text", Key::Enter).await.unwrap();
    visitor.until("the text", "return document.activeElement.matches('.sheet')").await.unwrap();
    // Back and forth again: to the check of the answers, to one question, and on.
    keyboard.use_action("back", Key::Enter).await.unwrap();
    visitor.until("the check", "return !!document.querySelector('[data-check]')").await.unwrap();
    landed(&visitor).await.unwrap();
    to("[data-change=age]").await;
    press(Key::Space).await;
    visitor.until("the question", "return !!document.querySelector('[data-question=age]')").await.unwrap();
    landed_on_the_first_screen(&visitor).await;
    keyboard.use_action("continue", Key::Enter).await.unwrap();
    visitor.until("the check", "return !!document.querySelector('[data-check]')").await.unwrap();
    keyboard.use_action("continue", Key::Enter).await.unwrap();
    visitor.until("the outcome", "return !!document.querySelector('[data-outcome]')").await.unwrap();
    landed(&visitor).await.unwrap();
    keyboard.use_action("contact", Key::Enter).await.unwrap();
    let here = browser.client.wait().for_url(&server.address("/contact.html").parse().unwrap()).await;
    assert!(here.is_ok(), "the contact page did not open");
    browser.close().await.unwrap();
}

/// The first screen has a heading of its own above the question.
async fn landed_on_the_first_screen(visitor: &Visitor<'_>) {
    assert!(is(visitor, "document.activeElement.matches('legend > h2')").await);
}

#[tokio::test]
async fn back_lands_on_the_heading_and_erasing_on_the_word_of_it() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    let keyboard = Keyboard::of(&browser.client);
    for (question, option) in [("age", "35_49"), ("rf_now", "none"), ("rf_nerve", "none")] {
        visitor.tick(question, option).await.unwrap();
        visitor.press("continue").await.unwrap();
    }
    for question in ["rf_nerve", "rf_now"] {
        keyboard.use_action("back", Key::Enter).await.unwrap();
        let shown = format!("return !!document.querySelector('fieldset[data-question={question}]')");
        visitor.until(question, &shown).await.unwrap();
        landed(&visitor).await.unwrap();
    }
    keyboard.use_action("back", Key::Space).await.unwrap();
    visitor.until("the first", "return !!document.querySelector('[data-question=age]')").await.unwrap();
    landed_on_the_first_screen(&visitor).await;
    keyboard.use_action("restart", Key::Enter).await.unwrap();
    visitor.until("the word of it", "return document.activeElement.matches('.erased')").await.unwrap();
    keyboard.press(Key::Tab).await.unwrap();
    assert!(keyboard.is_at("input[name=age]").await.unwrap(), "the first question is the next stop");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn an_error_takes_the_focus_and_leads_to_its_question() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let small = Look { height: 400, ..Look::PHONE };
    browser.look(small).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    let keyboard = Keyboard::of(&browser.client);
    let answers = case("V53").unwrap();
    while visitor.see().await.unwrap().questions != ["peg_p", "peg_e", "peg_g"] {
        let seen = visitor.see().await.unwrap();
        for question in &seen.questions {
            visitor.answer(question, &answers).await.unwrap();
        }
        visitor.press("continue").await.unwrap();
    }
    keyboard.use_action("continue", Key::Enter).await.unwrap();
    visitor.until("the errors", "return document.activeElement.matches('.errors')").await.unwrap();
    for question in ["peg_e", "peg_p", "peg_g"] {
        visitor.run("document.querySelector('.errors').focus()").await.unwrap();
        keyboard.tab_to(&format!("[data-answer={question}]")).await.unwrap();
        keyboard.press(Key::Enter).await.unwrap();
        assert!(keyboard.is_at(&format!("input[name={question}][value='0']")).await.unwrap(), "{question}");
        let seen = format!(
            "(() => {{ const box = document.querySelector('[data-question={question}]').getBoundingClientRect(); \
             return box.top >= -1 && box.top < innerHeight / 2 && !document.querySelector('input:checked') }})()"
        );
        assert!(is(&visitor, &seen).await, "{question} begins in view, and nothing is chosen for anybody");
    }
    for question in ["peg_p", "peg_e", "peg_g"] {
        visitor.run("document.querySelector('.errors')?.focus()").await.unwrap();
        keyboard.answer(&[question.to_owned()], &answers).await.unwrap();
    }
    // Enter in an answer goes on, as in any form.
    keyboard.press(Key::Enter).await.unwrap();
    visitor.until("the next", "return !document.querySelector('[data-question=peg_p]')").await.unwrap();
    landed(&visitor).await.unwrap();
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_dialog_holds_the_focus_and_escape_keeps_the_answers() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    let keyboard = Keyboard::of(&browser.client);
    visitor.run(CLOCK).await.unwrap();
    visitor.run(CLOSINGS).await.unwrap();
    keyboard.answer(&["age".to_owned()], &case("V53").unwrap()).await.unwrap();
    let warned = async || {
        visitor.run("window.__ahead += 14.5 * 60000").await.unwrap();
        visitor.until("the warning", "return !!document.querySelector('dialog[open]')").await.unwrap();
    };
    let gone = async |times: u32| {
        let told = format!("return window.closings === {times} && !document.querySelector('dialog[open]')");
        visitor.until("no warning", &told).await.unwrap();
    };
    warned().await;
    assert!(keyboard.is_at("[data-action=stay]").await.unwrap());
    for _ in 0..4 {
        keyboard.press(Key::Tab).await.unwrap();
        assert!(
            is(&visitor, "!document.activeElement.closest('#app > :not(dialog)')").await,
            "Tab stays with the dialog"
        );
    }
    keyboard.press(Key::Escape).await.unwrap();
    gone(1).await;
    assert!(keyboard.is_at("input[name=age]:checked").await.unwrap(), "the focus is back, and the answer is there");
    warned().await;
    keyboard.press(Key::Enter).await.unwrap();
    gone(2).await;
    assert!(keyboard.is_at("input[name=age]:checked").await.unwrap());
    warned().await;
    keyboard.use_action("erase", Key::Space).await.unwrap();
    visitor.until("the word of it", "return document.activeElement.matches('.erased')").await.unwrap();
    assert!(is(&visitor, "!document.querySelector('input:checked')").await);
    browser.close().await.unwrap();
}

/// A page with a frame that is half in view: its end when the page is at its top, its beginning a little further down.
fn host() -> String {
    format!(
        "<!doctype html><html lang=en><title>host</title><style>body {{ margin: 0 }} iframe {{ display: block; border: 0 }}</style>\
         <div style='height: 400px'><a href='#a' id=before>before</a></div>\
         <iframe src='pars-check.en.html' sandbox='{SANDBOX}' width=500 height=700></iframe><div style='height: 3000px'></div>"
    )
}

#[tokio::test]
async fn the_page_around_is_not_moved_by_loading_by_the_focus_or_by_continue() {
    let server = Server::with_pages(dist(), [("/host.html".to_owned(), host())].into()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.look(Look { height: 700, ..Look::DESKTOP }).await.unwrap();
    let outside = Visitor::outside(&browser.client);
    for scrolled in [0, 250] {
        browser.client.goto("about:blank").await.unwrap();
        browser.client.goto(&server.address("/host.html")).await.unwrap();
        outside.run(&format!("scrollTo(0, {scrolled})")).await.unwrap();
        let still = async |when: &str| {
            browser.leave_frames().await.unwrap();
            outside.run(TWO_FRAMES).await.unwrap();
            let place = outside.run("return [scrollY, document.activeElement.tagName]").await.unwrap();
            assert_eq!(place[0], scrolled, "the page around moved: {when}");
            place[1].as_str().unwrap().to_owned()
        };
        let visitor = Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
        assert_eq!(visitor.focus().await.unwrap(), "");
        assert_eq!(still("on load").await, "BODY", "nothing takes the focus");
        // As somebody does who comes by Tab: what is in view needs no scrolling.
        let keyboard = Keyboard::of(&browser.client);
        outside.run("document.getElementById('before').focus({ preventScroll: true })").await.unwrap();
        keyboard.press(Key::Tab).await.unwrap();
        assert_eq!(still("the frame took the focus").await, "IFRAME");
        let visitor = Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
        assert!(keyboard.is_at("a.emergency-number").await.unwrap(), "the first stop of the frame");
        for (question, option) in [("age", "35_49"), ("rf_now", "none"), ("rf_nerve", "none")] {
            // Chosen without the keys, for they would bring the option into view, as they should.
            let choose = format!(
                "document.querySelector('input[name={question}][value=\"{option}\"]').click(); \
                document.querySelector('[data-action=continue]').focus({{ preventScroll: true }})"
            );
            visitor.run(&choose).await.unwrap();
            keyboard.press(Key::Enter).await.unwrap();
            visitor.until("the heading", "return document.activeElement.id.endsWith('-heading')").await.unwrap();
            let gone = format!("return !document.querySelector('[data-question={question}]')");
            visitor.until("the next screen", &gone).await.unwrap();
            still(question).await;
            Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
        }
        // An error, and from it to its question.
        visitor.run("document.querySelector('[data-action=continue]').focus({ preventScroll: true })").await.unwrap();
        keyboard.press(Key::Enter).await.unwrap();
        visitor.until("the errors", "return document.activeElement.matches('.errors')").await.unwrap();
        still("the errors").await;
        let visitor = Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
        visitor.run("document.querySelector('[data-answer]').focus({ preventScroll: true })").await.unwrap();
        keyboard.press(Key::Enter).await.unwrap();
        assert!(keyboard.is_at("input").await.unwrap());
        still("an error led to its question").await;
    }
    browser.close().await.unwrap();
}

/// What shows where the focus is, or why nothing does: a solid line at least two pixels wide whose contrast with what it
/// is drawn on is at least three to one.
const RING: &str = r#"
const at = document.activeElement;
if (!at || at === document.body) return [null, ""];
const marked = at.matches(".option input, .point input") ? at.labels[0] : at;
const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
const light = (colour) => { const [r, g, b] = channels(colour).slice(0, 3).map((each) => each / 255)
  .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ratio = (one, other) => { const [low, high] = [light(one), light(other)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };
const isSolid = (colour) => { const [, , , alpha = 1] = channels(colour); return alpha === 1; };
const ground = (element) => { for (let each = element; each; each = each.parentElement) {
  const colour = getComputedStyle(each).backgroundColor; if (isSolid(colour)) return colour; } return "rgb(255, 255, 255)"; };
const style = getComputedStyle(marked);
const key = `${at.localName}.${at.className || at.type || ""} in ${at.closest(".card, .errors, dialog, .take, .contact, header, nav, footer, .proof, fieldset")?.className ?? ""}`;
if (style.outlineStyle !== "solid" || parseFloat(style.outlineWidth) < 2) return [key, `outline ${style.outlineStyle} ${style.outlineWidth}`];
// The line stands away from the thing, on what is around it.
const contrast = ratio(style.outlineColor, ground(marked.parentElement));
return [key, contrast >= 3 ? "" : `contrast ${contrast.toFixed(2)} of ${style.outlineColor} on ${ground(marked.parentElement)}`];
"#;

/// How many stops there should be: each thing that can be used, a group of radios being one.
const STOPS: &str = "const shown = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility()); \
    return shown('a[href], button, summary, input[type=checkbox], [contenteditable]').length \
      + new Set(shown('input[type=radio]').map((each) => each.name)).size";

/// Goes through every stop of what is in view and gives those whose focus can't be seen, and how many stops there are.
async fn unseen(visitor: &Visitor<'_>, keyboard: &Keyboard<'_>) -> (Vec<String>, usize) {
    // Before the first stop.
    let start = "const line = document.querySelector('.emergency-line'); line.tabIndex = -1; line.focus()";
    visitor.run(start).await.unwrap();
    let (mut unseen, mut stops) = (Vec::new(), 0);
    loop {
        keyboard.press(Key::Tab).await.unwrap();
        let ring = visitor.run(RING).await.unwrap();
        if ring[0].is_null() || stops > 150 {
            return (unseen, stops);
        }
        stops += 1;
        if ring[1] != "" {
            unseen.push(format!("{}: {}", ring[0], ring[1]));
        }
    }
}

#[tokio::test]
async fn every_stop_is_reached_and_its_focus_can_be_seen_in_light_and_dark() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let keyboard = Keyboard::of(&browser.client);
    let address = server.address("/pars-check.en.html#langs=en,es&contact=/contact.html");
    for is_dark in [false, true] {
        browser.look(Look { is_dark, ..Look::DESKTOP }).await.unwrap();
        for (id, least) in [("", 5), ("V01", 10), ("V23", 10), ("R62", 20)] {
            browser.client.goto("about:blank").await.unwrap();
            let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
            if id.is_empty() {
                visitor.press("continue").await.unwrap();
            } else {
                visitor.take(&case(id).unwrap()).await.unwrap();
                visitor.run("document.querySelector('.questions')?.setAttribute('open', '')").await.unwrap();
            }
            let (unseen, stops) = unseen(&visitor, &keyboard).await;
            assert!(unseen.is_empty(), "dark {is_dark}, {id}: {unseen:#?}");
            assert_eq!(visitor.run(STOPS).await.unwrap(), stops, "{id}: Tab comes to each of them");
            assert!(stops >= least, "{id}: {stops} stops");
        }
    }
    // That it would be noticed, in the last of them, which is dark.
    let visitor = Visitor::outside(&browser.client);
    let dull = "for (const each of document.querySelectorAll('button')) each.style.setProperty('outline-color', 'rgb(60, 70, 80)')";
    visitor.run(dull).await.unwrap();
    assert!(!unseen(&visitor, &keyboard).await.0.is_empty(), "a dull line would be noticed");
    browser.close().await.unwrap();
}

/// What the rules of some styles change that wait for a pointer to hover.
fn hovered(styles: &str) -> Vec<&str> {
    let rules = styles.split('}').filter_map(|rule| rule.rsplit_once('{'));
    let waiting = rules.filter(|(selector, _)| selector.contains(":hover")).flat_map(|(_, body)| body.split(';'));
    waiting.filter_map(|each| Some(each.split_once(':')?.0.trim())).collect()
}

/// Writes down which events anything in the page waits for.
const WAITING: &str = "window.waiting = new Set(); const real = EventTarget.prototype.addEventListener; \
    EventTarget.prototype.addEventListener = function (kind, ...more) { window.waiting.add(kind); return real.call(this, kind, ...more) };";

#[tokio::test]
async fn nothing_waits_for_a_pointer_that_hovers_or_drags() {
    let markup = std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    let styles = markup.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).unwrap().0;
    let hovered = hovered(styles);
    assert!(!hovered.is_empty(), "there are such rules");
    for property in hovered {
        // Colours and underlines alone: whoever never hovers misses nothing.
        let finery = ["background", "text-decoration", "text-underline", "fill"];
        assert!(finery.iter().any(|each| property.starts_with(each)), "hovering changes {property}");
    }
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": WAITING})).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.take(&case("R62").unwrap()).await.unwrap();
    let waiting: Vec<String> =
        serde_json::from_value(visitor.run("return [...window.waiting]").await.unwrap()).unwrap();
    assert!(["click", "change", "keydown", "pointerdown"].iter().all(|kind| waiting.iter().any(|each| each == kind)));
    for kind in waiting {
        let is_motion = ["mouse", "drag", "drop"].iter().any(|each| kind.starts_with(each))
            || (kind.starts_with("pointer") && kind != "pointerdown");
        assert!(!is_motion, "something waits for {kind}");
    }
    browser.close().await.unwrap();
}

/// Faults that are there before the document runs, each by what is wrong then.
const FAULTS: [(&str, &str); 2] = [
    (
        "a heading that can't take the focus",
        "const real = Element.prototype.setAttribute; Element.prototype.setAttribute = function (name, value) { \
         if (name !== 'tabindex') real.call(this, name, value) };",
    ),
    (
        "a screen that keeps its place",
        "const real = window.scrollTo; window.scrollTo = () => real(0, 60); \
         addEventListener('DOMContentLoaded', () => { document.documentElement.style.minHeight = '5000px' });",
    ),
];

#[tokio::test]
async fn a_focus_that_goes_elsewhere_is_noticed() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    for (what, fault) in FAULTS {
        let script = browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": fault})).await.unwrap();
        browser.client.goto("about:blank").await.unwrap();
        let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
        visitor.tick("age", "35_49").await.unwrap();
        visitor.press("continue").await.unwrap();
        let noticed = landed(&visitor).await.context(what);
        assert!(noticed.is_err(), "{what} went unnoticed");
        browser.cdp("Page.removeScriptToEvaluateOnNewDocument", script).await.unwrap();
    }
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.es.html")).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    landed(&visitor).await.unwrap();
    browser.close().await.unwrap();
}
