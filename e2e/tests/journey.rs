//! What a visitor meets on the way.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, CLOSINGS, Look, Server, TWO_FRAMES, Visitor, case, dist};
use serde_json::json;

#[tokio::test]
async fn the_opening_says_what_matters_and_asks_at_once() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for page in ["/", "/plain.html"] {
        let visitor = Visitor::on_page(&browser.client, &server.address(page)).await.unwrap();
        assert_eq!(visitor.see().await.unwrap().questions, ["age"]);
        let text = visitor.text("body").await.unwrap();
        for said in ["Your answers stay on this device", "does not diagnose", "In an emergency, call 911", "How old"] {
            assert!(text.contains(said), "{page} does not say {said:?}");
        }
        let chosen = visitor.run("return document.querySelectorAll('input:checked').length").await.unwrap();
        assert_eq!(chosen, 0, "nothing is chosen for the visitor");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_screen_left_empty_is_asked_again_in_words() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
    let seen = visitor.press("continue").await.unwrap();
    assert!(seen.has_errors && seen.questions == ["age"]);
    assert!(visitor.text(".errors").await.unwrap().contains("Choose an age group"));
    assert!(visitor.text("[id$='age-error']").await.unwrap().contains("Choose an age group"));
    assert_eq!(visitor.focus().await.unwrap(), "errors");
    visitor.tick("age", "35_49").await.unwrap();
    let seen = visitor.press("continue").await.unwrap();
    assert!(!seen.has_errors && seen.questions == ["rf_now"]);
    assert_eq!(visitor.focus().await.unwrap(), "heading");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn none_of_these_clears_the_others_and_back_keeps_answers() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    let chosen = "return [...document.querySelectorAll('input:checked')].map((input) => input.value)";
    visitor.tick("rf_now", "tearing").await.unwrap();
    visitor.tick("rf_now", "aneurysm").await.unwrap();
    visitor.tick("rf_now", "none").await.unwrap();
    assert_eq!(visitor.run(chosen).await.unwrap(), json!(["none"]));
    visitor.press("continue").await.unwrap();
    visitor.press("back").await.unwrap();
    assert_eq!(visitor.run(chosen).await.unwrap(), json!(["none"]));
    visitor.tick("rf_now", "tearing").await.unwrap();
    assert_eq!(visitor.run(chosen).await.unwrap(), json!(["tearing"]));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn answers_are_checked_and_changed_before_the_guidance() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
    let answers = case("V63").unwrap();
    let mut seen = visitor.see().await.unwrap();
    while !seen.is_check {
        let is_goal = seen.questions == ["goal"];
        if !is_goal {
            visitor.answer(&seen.questions[0], &answers).await.unwrap();
        }
        seen = visitor.press(if is_goal { "skip" } else { "continue" }).await.unwrap();
    }
    let rows = visitor.text("[data-check]").await.unwrap();
    assert!(rows.contains("35 to 49") && rows.contains("Football or rugby") && rows.contains("Not answered"), "{rows}");
    let change = "document.querySelector('[data-change=\"age\"]').click(); return true";
    visitor.run(change).await.unwrap();
    visitor
        .until("the question to come back", "return !!document.querySelector('fieldset[data-question=age]')")
        .await
        .unwrap();
    visitor.tick("age", "10_17").await.unwrap();
    let seen = visitor.press("continue").await.unwrap();
    assert_eq!(seen.questions, ["guardian"], "a question that the change opened is asked");
    visitor.tick("guardian", "yes").await.unwrap();
    let seen = visitor.press("continue").await.unwrap();
    assert!(seen.is_check);
    let seen = visitor.press("continue").await.unwrap();
    assert_eq!(seen.outcome.as_deref(), Some("prevention"));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn an_emergency_shows_at_once_and_is_an_alert_without_a_contact_link() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
    let (seen, asked) = visitor.take(&case("V77").unwrap()).await.unwrap();
    assert_eq!((seen.outcome.as_deref(), seen.contact), (Some("emergency"), None));
    assert_eq!(asked, ["age", "rf_now"]);
    let alert = visitor.text("[data-outcome] [role=alert]").await.unwrap();
    assert!(
        alert.contains("Get emergency care now.") && alert.contains("Call 911 now. Do not drive yourself."),
        "{alert}"
    );
    let dials = visitor.run("return document.querySelector('[role=alert] a').href").await.unwrap();
    assert_eq!(dials, "tel:911");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_guardians_no_changes_only_the_contact_link_and_brings_a_line() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let mut seen = Vec::new();
    for guardian in ["yes", "no"] {
        let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
        let mut answers = case("V32").unwrap();
        answers.insert("guardian".into(), json!(guardian));
        let (outcome, asked) = visitor.take(&answers).await.unwrap();
        let text = visitor.text("[data-outcome]").await.unwrap();
        assert_eq!(text.contains("Show this to an adult you trust"), guardian == "no");
        assert_eq!(text.contains("Read this together."), guardian == "yes");
        seen.push((outcome.contact.is_some(), asked, outcome.outcome, outcome.rule, outcome.sections));
    }
    let (with, alone) = (&seen[0], &seen[1]);
    assert!(with.0 && !alone.0, "the contact link goes, and only for a minor alone");
    assert_eq!((&with.1, &with.2, &with.3, &with.4), (&alone.1, &alone.2, &alone.3, &alone.4));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_contact_link_is_the_same_for_every_outcome_that_has_one() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let mut links = Vec::new();
    for id in ["V35", "V53", "V47", "V61", "V63", "V41"] {
        let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
        let (seen, _) = visitor.take(&case(id).unwrap()).await.unwrap();
        let attributes =
            "const a = document.querySelector('[data-action=contact]'); return [a.target, a.rel, a.referrerPolicy]";
        assert_eq!(visitor.run(attributes).await.unwrap(), json!(["_top", "noreferrer", ""]), "{id}");
        links.push(seen.contact.unwrap());
    }
    assert!(links.iter().all(|link| *link == server.address("/contact.html")), "{links:?}");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_contact_link_leads_to_the_clinic() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
    visitor.take(&case("V63").unwrap()).await.unwrap();
    visitor.click("contact").await.unwrap();
    browser.leave_frames().await.unwrap();
    let here = browser.client.wait().for_url(&server.address("/contact.html").parse().unwrap()).await;
    assert!(here.is_ok(), "the contact page did not open");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_browsers_back_goes_one_screen_back_and_leaves_from_the_first() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/contact.html")).await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
    let length = "return history.length";
    let before = visitor.run(length).await.unwrap().as_u64().unwrap();
    for (question, option) in [("age", "35_49"), ("rf_now", "none"), ("rf_nerve", "none")] {
        visitor.tick(question, option).await.unwrap();
        visitor.press("continue").await.unwrap();
        assert_eq!(visitor.run(length).await.unwrap().as_u64().unwrap(), before + 1, "one entry, for everyone");
    }
    for question in ["rf_nerve", "rf_now", "age"] {
        browser.client.back().await.unwrap();
        // ChromeDriver leaves the frame on every Back.
        browser.leave_frames().await.unwrap();
        let visitor = Visitor::in_frame(&browser.client).await.unwrap();
        let shown = format!("return !!document.querySelector('fieldset[data-question={question}]')");
        visitor.until(question, &shown).await.unwrap();
        assert_eq!(visitor.run(length).await.unwrap().as_u64().unwrap(), before + 1);
        if question == "rf_nerve" {
            // A touch between two Backs, as a visitor's eyes and thumb would have it.
            visitor.tick("rf_nerve", "none").await.unwrap();
        }
    }
    browser.client.back().await.unwrap();
    browser.leave_frames().await.unwrap();
    let left = browser.client.wait().for_url(&server.address("/contact.html").parse().unwrap()).await;
    assert!(left.is_ok(), "Back on the first screen leaves");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn answers_are_erased_on_demand_on_leaving_and_on_coming_back() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let client = &browser.client;
    let visitor = Visitor::alone(client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    let seen = visitor.press("restart").await.unwrap();
    let nothing = "return document.querySelectorAll('input:checked').length === 0";
    assert_eq!(seen.questions, ["age"]);
    assert_eq!(visitor.run(nothing).await.unwrap(), true);
    visitor.until("our history entry to be given back", "return history.state === null").await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    client.goto(&server.address("/contact.html")).await.unwrap();
    client.back().await.unwrap();
    visitor
        .until("the first question", "return !!document.querySelector('fieldset[data-question=age]')")
        .await
        .unwrap();
    assert_eq!(visitor.run(nothing).await.unwrap(), true);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn answers_are_erased_after_fifteen_idle_minutes_unless_the_warning_is_answered() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    // The page's clock is the test's own, set before the document runs; timers stay real and look at it.
    let clock = "window.__ahead = 0; const real = Date.now; Date.now = () => real() + window.__ahead;";
    let source = format!("{clock}{CLOSINGS}");
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    let ahead = |minutes: f64| format!("window.__ahead += {minutes} * 60000; return true");
    let is_open = "return document.querySelector('dialog').open";
    let is_closed = "return !document.querySelector('dialog').open";
    let on_rf_now = "return !!document.querySelector('fieldset[data-question=rf_now]')";
    for round in 1..=2 {
        visitor.run(&ahead(14.1)).await.unwrap();
        visitor.until("the warning", is_open).await.unwrap();
        assert!(visitor.text("[id$=idle-text]").await.unwrap().contains("seconds"));
        assert_eq!(visitor.run("return document.activeElement.dataset.action").await.unwrap(), "stay");
        visitor.click("stay").await.unwrap();
        visitor.until("the warning to go", &format!("return window.closings === {round}")).await.unwrap();
        assert_eq!(visitor.run(on_rf_now).await.unwrap(), true, "one press keeps the answers");
    }
    visitor.run(&ahead(14.1)).await.unwrap();
    visitor.until("the warning", is_open).await.unwrap();
    visitor.run(&ahead(1.0)).await.unwrap();
    visitor
        .until("the first question", "return !!document.querySelector('fieldset[data-question=age]')")
        .await
        .unwrap();
    visitor.until("the warning to go", is_closed).await.unwrap();
    assert_eq!(visitor.run("return document.querySelectorAll('input:checked').length").await.unwrap(), 0);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_whole_check_works_with_the_keyboard_alone() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.look(Look::DESKTOP).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    let key = |key: &'static str, code: u32, text: Option<&'static str>| {
        let browser = &browser;
        async move {
            let mut down = json!({"type": if text.is_some() { "keyDown" } else { "rawKeyDown" }, "key": key, "code": key, "windowsVirtualKeyCode": code});
            if let Some(text) = text {
                down["text"] = json!(text);
                down["code"] = json!(if text == " " { "Space" } else { key });
            }
            browser.cdp("Input.dispatchKeyEvent", down).await.unwrap();
            browser
                .cdp("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": key, "windowsVirtualKeyCode": code}))
                .await
                .unwrap();
        }
    };
    let focused = "return [document.activeElement.name ?? '', document.activeElement.value ?? '']";
    for (question, option) in [("age", "under10"), ("guardian", "yes"), ("rf_now", "tearing")] {
        for _ in 0..30 {
            if visitor.run(focused).await.unwrap()[0] == question {
                break;
            }
            key("Tab", 9, None).await;
        }
        assert_eq!(visitor.run(focused).await.unwrap(), json!([question, option]));
        key(" ", 32, Some(" ")).await;
        key("Enter", 13, Some("\r")).await;
        let gone = format!("return !document.querySelector('fieldset[data-question={question}]')");
        visitor.until("the next screen", &gone).await.unwrap();
    }
    assert_eq!(visitor.see().await.unwrap().outcome.as_deref(), Some("emergency"));
    browser.close().await.unwrap();
}

/// How often the page around has to call `history.back()` until it leaves the frame's hold.
async fn backs_until_away(id: &str) -> u32 {
    let host = "<!doctype html><title>host</title><iframe src='pars-check.en.html' sandbox='allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation' width=400 height=700></iframe>";
    let server = Server::with_pages(dist(), [("/host.html".to_owned(), host.to_owned())].into()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/contact.html")).await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    visitor.take(&case(id).unwrap()).await.unwrap();
    browser.leave_frames().await.unwrap();
    let outside = Visitor::outside(&browser.client);
    // The page's own entry on top, so that its popstate tells when the frame lets go.
    outside.run("history.pushState('mine', ''); addEventListener('popstate', () => { window.pops = (window.pops ?? 0) + 1 })").await.unwrap();
    let mut count = 0;
    loop {
        let before = trace(&browser).await;
        if before.contains("/contact.html") {
            browser.close().await.unwrap();
            return count;
        }
        // The visitor scrolls on meanwhile, which is no sign that the Back was theirs.
        let wheel = json!({"type": "mouseWheel", "x": 200, "y": 300, "deltaX": 0, "deltaY": 40});
        browser.cdp("Input.dispatchMouseEvent", wheel).await.unwrap();
        outside.run("history.back()").await.unwrap();
        count += 1;
        // Every Back shows somewhere: in the frame, at the page's own popstate, or in the address.
        let end = std::time::Instant::now() + std::time::Duration::from_secs(15);
        while trace(&browser).await == before {
            assert!(std::time::Instant::now() < end, "Back {count} showed nowhere");
        }
    }
}

/// Everything that a Back can change.
async fn trace(browser: &Browser) -> String {
    let outside = Visitor::outside(&browser.client);
    let page = outside.run("return [location.pathname, window.pops ?? 0]").await.unwrap();
    if page[0] != "/host.html" || browser.client.enter_frame(0).await.is_err() {
        return page.to_string();
    }
    let frame = outside.run("return document.querySelector('h1')?.textContent ?? ''").await;
    browser.leave_frames().await.unwrap();
    format!("{page} {frame:?}")
}

#[tokio::test]
async fn the_page_around_cannot_count_screens_by_going_back() {
    let shallow = backs_until_away("V77").await;
    for id in ["V01", "V47", "V63"] {
        assert_eq!(backs_until_away(id).await, shallow, "{id}");
    }
}

#[tokio::test]
async fn another_fragment_from_outside_moves_nobody_and_tells_nothing() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
    let (outcome, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
    browser.leave_frames().await.unwrap();
    let outside = Visitor::outside(&browser.client);
    let length = outside.run("return history.length").await.unwrap();
    let base = server.address("/pars-check.en.html");
    for round in 0..5 {
        let script = format!("document.querySelector('iframe').contentWindow.location.replace('{base}#{round}')");
        outside.run(&script).await.unwrap();
    }
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    visitor.until("the last fragment", "return location.hash === '#4'").await.unwrap();
    assert_eq!(visitor.see().await.unwrap().outcome, outcome.outcome, "the visitor stays where they were");
    browser.leave_frames().await.unwrap();
    assert_eq!(outside.run("return history.length").await.unwrap(), length);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_second_click_of_a_double_click_answers_nothing_on_the_next_screen() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.look(Look::PHONE).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    let center = "const box = document.querySelector('[data-action=continue]').getBoundingClientRect(); \
        document.querySelector('[data-action=continue]').scrollIntoView({block: 'center'}); \
        const now = document.querySelector('[data-action=continue]').getBoundingClientRect(); \
        return [now.x + now.width / 2, now.y + now.height / 2]";
    let place = visitor.run(center).await.unwrap();
    for count in [1, 2] {
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": count});
            browser.cdp("Input.dispatchMouseEvent", event).await.unwrap();
        }
        visitor
            .until("the next screen", "return !!document.querySelector('fieldset[data-question=rf_now]')")
            .await
            .unwrap();
    }
    let under = format!("return !!document.elementFromPoint({}, {})", place[0], place[1]);
    assert_eq!(visitor.run(&under).await.unwrap(), true);
    assert_eq!(visitor.see().await.unwrap().questions, ["rf_now"]);
    assert_eq!(visitor.run("return document.querySelectorAll('input:checked').length").await.unwrap(), 0);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_idle_warning_takes_nothing_from_somebody_busy_on_the_page_around() {
    let host = "<!doctype html><input id=own><div style='height: 3000px'></div><input id=far><iframe src='pars-check.en.html' \
        sandbox='allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation' width=400 height=700></iframe>";
    let server = Server::with_pages(dist(), [("/host.html".to_owned(), host.to_owned())].into()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    let clock = "window.__ahead = 0; const real = Date.now; Date.now = () => real() + window.__ahead;";
    visitor.run(clock).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    browser.leave_frames().await.unwrap();
    let outside = Visitor::outside(&browser.client);
    outside
        .run("document.querySelector('iframe').blur(); document.getElementById('own').focus(); scrollTo(0, 0)")
        .await
        .unwrap();
    let visitor = Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
    visitor.run("window.__ahead += 14.1 * 60000").await.unwrap();
    visitor.until("the warning", "return document.querySelector('dialog').open").await.unwrap();
    visitor.run("window.__ahead += 60000").await.unwrap();
    visitor
        .until("the first question", "return !!document.querySelector('fieldset[data-question=age]')")
        .await
        .unwrap();
    browser.leave_frames().await.unwrap();
    assert_eq!(outside.run("return [document.activeElement.id, scrollY]").await.unwrap(), json!(["own", 0]));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_warning_takes_the_focus_when_it_comes_back() {
    let host = "<!doctype html><input id=own><iframe src='pars-check.en.html' \
        sandbox='allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation' width=320 height=192></iframe>";
    let server = Server::with_pages(dist(), [("/host.html".to_owned(), host.to_owned())].into()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    visitor.run("window.__ahead = 0; const real = Date.now; Date.now = () => real() + window.__ahead").await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    browser.leave_frames().await.unwrap();
    let outside = Visitor::outside(&browser.client);
    outside.run("document.getElementById('own').focus()").await.unwrap();
    let visitor = Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
    visitor.run("window.__ahead += 14.1 * 60000").await.unwrap();
    visitor.until("the warning", "return document.querySelector('dialog').open").await.unwrap();
    let place =
        "const dialog = document.querySelector('dialog'), { x, y, width, height } = dialog.getBoundingClientRect();
        return [dialog.matches(':modal'), x, y, width, height]";
    let before = visitor.run(place).await.unwrap();
    assert_eq!(before[0], false, "the focus is not here");
    browser.leave_frames().await.unwrap();
    outside.run("document.querySelector('iframe').focus()").await.unwrap();
    let visitor = Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
    let has_focus = "return document.querySelector('dialog:modal')?.contains(document.activeElement) ?? false";
    visitor.until("the focus in the warning", has_focus).await.unwrap();
    let mut after = visitor.run(place).await.unwrap();
    after[0] = false.into();
    assert_eq!(after, before, "a press on its way does not miss it");
    // The frame is as low as a window at 400 percent makes it: the button can be brought into view.
    let stay = "const stay = document.querySelector('[data-action=stay]'); stay.scrollIntoView();
        const { top, bottom } = stay.getBoundingClientRect(); return [top >= 0, bottom <= innerHeight]";
    assert_eq!(visitor.run(stay).await.unwrap(), json!([true, true]));
    visitor.run("document.querySelector('[data-action=stay]').click()").await.unwrap();
    visitor.until("the questions", "return !document.querySelector('dialog').open").await.unwrap();
    assert_eq!(visitor.see().await.unwrap().questions, ["rf_now"], "nothing is lost");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn each_screen_begins_where_the_page_around_lets_it_be_seen() {
    let host = "<!doctype html><style>body { margin: 0 }</style><div style='height: 200px'></div><iframe style='display: block; border: 0; height: 700px' src='pars-check.en.html' \
        sandbox='allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation'></iframe><div style='height: 3000px'></div>";
    let server = Server::with_pages(dist(), [("/host.html".to_owned(), host.to_owned())].into()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.look(Look::PHONE).await.unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    let visitor = Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
    let outside = visitor.clone();
    for (scrolled, hidden) in [(500, 300), (0, 0)] {
        browser.leave_frames().await.unwrap();
        outside.run(&format!("scrollTo(0, {scrolled})")).await.unwrap();
        let visitor = Visitor::in_frame_as_it_lies(&browser.client).await.unwrap();
        // What is seen is measured with the next frames that are drawn.
        visitor.until("two frames", TWO_FRAMES).await.unwrap();
        visitor.run("document.querySelector('input').click()").await.unwrap();
        visitor.run("document.querySelector('[data-action=continue]').click()").await.unwrap();
        let begins = format!(
            "const {{ top }} = document.querySelector('.emergency-line').getBoundingClientRect(); return top >= {hidden} && top <= {hidden} + 20"
        );
        visitor.until("the screen to begin where it is seen", &begins).await.unwrap();
        browser.leave_frames().await.unwrap();
        assert_eq!(outside.run("return scrollY").await.unwrap(), scrolled, "the page around is not moved");
    }
    browser.close().await.unwrap();
}
