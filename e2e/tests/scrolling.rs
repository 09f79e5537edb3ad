//! Scrolling in the frame moves the page around until the check has begun, and never after: by how much it moved would
//! tell how long a screen is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Page, Server, TWO_FRAMES, Visitor, case, dist};
use serde_json::{Value, json};

const HOST: &str = "<!doctype html><html lang=en><title>host</title><style>body { margin: 0; height: 5000px } iframe { border: 0 }</style>\
    <iframe src=pars-check.en.html sandbox='allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation' \
    allow='' width=500 height=600></iframe>";

/// Turns the wheel over the frame, far more than any screen is long, and gives how far the page around has moved.
async fn wheel(browser: &Browser) -> u64 {
    let outside = Visitor::outside(&browser.client);
    for _ in 0..40 {
        let turn = json!({"type": "mouseWheel", "x": 250, "y": 50, "deltaX": 0, "deltaY": 1000});
        browser.cdp("Input.dispatchMouseEvent", turn).await.unwrap();
        outside.run(TWO_FRAMES).await.unwrap();
    }
    outside.run("return scrollY").await.unwrap().as_u64().unwrap()
}

async fn is_at_its_end(browser: &Browser) -> Value {
    browser.client.enter_frame(0).await.unwrap();
    let end = "return scrollY + innerHeight >= document.documentElement.scrollHeight - 1";
    let is_at_its_end = Visitor::outside(&browser.client).run(end).await.unwrap();
    browser.leave_frames().await.unwrap();
    is_at_its_end
}

#[tokio::test]
async fn scrolling_moves_the_page_around_only_before_the_check_has_begun() {
    let server = Server::serving(dist(), vec![Page::new("/host.html", HOST)]).unwrap();
    let browser = Browser::start().await.unwrap();
    Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    browser.leave_frames().await.unwrap();
    assert!(wheel(&browser).await > 0, "nobody who only passes by is held");
    for id in ["V01", "V47"] {
        let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
        visitor.take(&case(id).unwrap()).await.unwrap();
        browser.leave_frames().await.unwrap();
        assert_eq!(wheel(&browser).await, 0, "{id}: the page around moved");
        assert_eq!(is_at_its_end(&browser).await, true, "{id}: the wheel did turn");
    }
    browser.close().await.unwrap();
}
