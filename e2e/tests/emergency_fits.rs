//! On the smallest phone an emergency says what to do at once: headline, every line and the number to call stand on
//! the first screen, and nobody has to scroll for them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use anyhow::Context;
use e2e::{Browser, Look, Server, Visitor, case, dist, repository};
use serde::Deserialize;

/// Each advice in an emergency, and somebody under age who is alone.
const EMERGENCIES: [(&str, &str); 4] = [("R01", "E1"), ("V01", "E3"), ("R06", "E6"), ("R02", "E1")];

const SMALLEST: Look = Look { width: 360, height: 640, ..Look::PHONE };

/// Each text of the card with how far it reaches beyond what can be seen, above or below, in pixels; whether it is the
/// topmost thing where it stands; and the numbers in it that can be called.
const MEASURE: &str = r#"
    const pane = { top: 0, bottom: innerHeight };
    const parts = [...document.querySelectorAll(".card h1, .card__line, .card__note")];
    const call = [...document.querySelectorAll('.card a[href^="tel:"]')];
    const isOnTop = (element) => {
        const { left, top, width, height } = element.getClientRects()[0];
        const found = document.elementFromPoint(left + width / 2, top + height / 2);
        return !!found && (element.contains(found) || found.contains(element));
    };
    const measured = (element) => {
        // Its text: what can be pressed of a link reaches further.
        const text = document.createRange();
        text.selectNodeContents(element);
        const { top, bottom } = text.getBoundingClientRect();
        return {
            text: element.innerText,
            beyond: Math.max(0, pane.top - top, bottom - pane.bottom),
            bottom,
            isOnTop: isOnTop(element),
        };
    };
    return { parts: parts.map(measured), call: call.map(measured), scrolled: scrollY };
"#;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Measured {
    text: String,
    beyond: f64,
    bottom: f64,
    is_on_top: bool,
}

#[derive(Debug, Deserialize)]
struct Screen {
    parts: Vec<Measured>,
    call: Vec<Measured>,
    scrolled: f64,
}

impl Screen {
    /// What can't be seen on it, in words.
    fn flaws(&self) -> Vec<String> {
        let all = self.parts.iter().chain(&self.call);
        let hidden = all.filter(|part| part.beyond > 0.5 || !part.is_on_top);
        hidden
            .map(|part| format!("{:?} reaches {} px beyond, on top: {}", part.text, part.beyond, part.is_on_top))
            .collect()
    }

    /// Where its last text ends.
    fn end(&self) -> f64 {
        self.parts.iter().map(|part| part.bottom).fold(0.0, f64::max)
    }
}

/// Answers as the case says until the advice is there.
async fn advice(visitor: &Visitor<'_>, (id, rule): (&str, &str)) -> Screen {
    let (seen, _) = visitor.take(&case(id).unwrap()).await.unwrap();
    assert_eq!((seen.outcome.as_deref(), seen.rule.as_deref()), (Some("emergency"), Some(rule)), "{id}");
    let screen: Screen = serde_json::from_value(visitor.run(MEASURE).await.unwrap()).unwrap();
    // A headline and a line at least, and somebody to call.
    assert!(screen.parts.len() >= 2 && !screen.call.is_empty(), "{id}: {screen:?}");
    assert!(screen.call.iter().all(|call| call.text == "911"), "{id}: {screen:?}");
    assert!(screen.scrolled == 0.0, "{id}: {screen:?}");
    screen
}

/// All flaws by themselves, and the longest screen.
async fn alone(browser: &Browser, language: &str) -> (Vec<String>, f64) {
    let name = format!("pars-check.{language}.html");
    let folder = [dist(), repository("target/pseudo")].into_iter().find(|folder| folder.join(&name).exists());
    let server = Server::of(folder.with_context(|| format!("no {name} was built")).unwrap()).unwrap();
    let (mut flaws, mut longest) = (Vec::new(), 0.0_f64);
    for emergency in EMERGENCIES {
        browser.client.goto("about:blank").await.unwrap();
        browser.look(SMALLEST).await.unwrap();
        let visitor = Visitor::alone(&browser.client, &server.address(&format!("/{name}"))).await.unwrap();
        let screen = advice(&visitor, emergency).await;
        longest = longest.max(screen.end());
        flaws.extend(screen.flaws().iter().map(|flaw| format!("{language}, {}: {flaw}", emergency.0)));
    }
    (flaws, longest)
}

#[tokio::test]
async fn every_emergency_fits_the_first_screen_of_the_smallest_phone() {
    let browser = Browser::start().await.unwrap();
    for language in ["en", "es", "he-XB"] {
        let (flaws, longest) = alone(&browser, language).await;
        println!("{language}: the longest advice ends at {longest:.0} of 640 px");
        assert!(flaws.is_empty(), "{flaws:#?}");
    }
    browser.close().await.unwrap();
}

/// Where the frame stands in the window, from its top to its bottom.
const FRAME: &str = "const frame = document.querySelector('pars-check').shadowRoot.querySelector('iframe');
    const { top, bottom } = frame.getBoundingClientRect(); return [top, bottom, innerHeight]";

#[tokio::test]
async fn every_emergency_fits_the_frame_on_the_demo_page() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for language in ["en", "es"] {
        for emergency in EMERGENCIES {
            browser.leave_frames().await.unwrap();
            browser.client.goto("about:blank").await.unwrap();
            browser.look(SMALLEST).await.unwrap();
            browser.client.goto(&server.address("/index.html")).await.unwrap();
            let page = Visitor::outside(&browser.client);
            page.until("the element", "return !!document.querySelector('pars-check')?.shadowRoot").await.unwrap();
            page.run(&format!("document.querySelector('pars-check').setAttribute('lang', '{language}')"))
                .await
                .unwrap();
            let of_language = format!(
                "return document.querySelector('pars-check').shadowRoot.querySelector('iframe')?.src.includes('pars-check.{language}.html') ?? false"
            );
            page.until("the language", &of_language).await.unwrap();
            let visitor = Visitor::in_frame(&browser.client).await.unwrap();
            let screen = advice(&visitor, emergency).await;
            assert_eq!(screen.flaws(), Vec::<String>::new(), "{language}, {}", emergency.0);
            browser.leave_frames().await.unwrap();
            let place: [f64; 3] = serde_json::from_value(page.run(FRAME).await.unwrap()).unwrap();
            let [top, _, window] = place;
            // What the frame shows can be seen in the window, too.
            assert!(top > -0.5 && top + screen.end() <= window, "{language}, {}: {place:?}", emergency.0);
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_text_that_needs_scrolling_would_be_noticed() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.look(Look { height: 200, ..SMALLEST }).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    assert!(!advice(&visitor, ("V01", "E3")).await.flaws().is_empty());
    browser.close().await.unwrap();
}
