//! What a finger leaves behind: a browser goes on taking what was last touched for pointed at.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Server, Visitor, case, dist};
use serde_json::{Value, json};

/// Taps the middle of an option's label.
async fn tap(browser: &Browser, visitor: &Visitor<'_>, option: &str) {
    let middle = format!(
        "const label = document.querySelector('label[for=\"{option}\"]');
         label.scrollIntoView({{ block: 'center', behavior: 'instant' }});
         const {{ x, y, width, height }} = label.getBoundingClientRect();
         return [x + width / 2, y + height / 2]"
    );
    let middle = visitor.run(&middle).await.unwrap();
    for (kind, fingers) in [("touchStart", json!([{"x": middle[0], "y": middle[1]}])), ("touchEnd", json!([]))] {
        browser.cdp("Input.dispatchTouchEvent", json!({"type": kind, "touchPoints": fingers})).await.unwrap();
    }
}

async fn background(visitor: &Visitor<'_>, option: &str) -> Value {
    let colour = format!("return getComputedStyle(document.querySelector('label[for=\"{option}\"]')).backgroundColor");
    visitor.run(&colour).await.unwrap()
}

#[tokio::test]
async fn a_box_whose_tick_was_taken_away_by_a_finger_looks_like_the_others() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({"enabled": true})).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    let answers = case("V01").unwrap();
    visitor.answer("age", &answers).await.unwrap();
    visitor.press("continue").await.unwrap();
    let ids = visitor.run("return [...document.querySelectorAll('input')].map(({ id }) => id)").await.unwrap();
    let (touched, other) = (ids[0].as_str().unwrap(), ids[1].as_str().unwrap());
    let is_ticked = format!("return document.getElementById('{touched}').checked");

    tap(&browser, &visitor, touched).await;
    visitor.until("the box is ticked", &is_ticked).await.unwrap();
    assert_ne!(background(&visitor, touched).await, background(&visitor, other).await, "what is chosen is marked");
    tap(&browser, &visitor, touched).await;
    visitor.until("the tick is taken away", &is_ticked.replace("return", "return !")).await.unwrap();
    assert_eq!(background(&visitor, touched).await, background(&visitor, other).await);
    browser.close().await.unwrap();
}
