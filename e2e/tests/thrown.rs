//! Whatever is thrown out of the engine ends it and brings the leaflet, in each browser.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Engine, Visitor, WATCH_ENGINES, serve_probed};
use serde_json::json;

const CONTINUE: &str = "document.querySelector('#app [data-action=continue]').click()";

/// What happens before the visitor goes on.
const THROWN: [(&str, &str); 3] = [
    // The browser's own error, which Yew is told of.
    (
        "what the engine puts something before is taken out",
        "for (const part of document.querySelectorAll('#app fieldset > *')) part.remove()",
    ),
    // Errors of somebody else's script go right through the engine, and the browser may tell the document of none.
    ("texts are refused", "Document.prototype.createTextNode = () => { throw new Error('refused') }"),
    ("what is no error", "Document.prototype.createTextNode = () => { throw undefined }"),
];

async fn bring_the_leaflet(engine: Engine) {
    let server = serve_probed(WATCH_ENGINES).unwrap();
    let browser = Browser::start_as(engine, None).await.unwrap();
    for (what, before) in THROWN {
        for page in ["/changed.html", "/host.html"] {
            let what = format!("{what}, {page}, {engine:?}");
            browser.leave_frames().await.unwrap();
            let address = server.address(page);
            let visitor = match page {
                "/host.html" => Visitor::on_page(&browser.client, &address).await.unwrap(),
                _ => Visitor::alone(&browser.client, &address).await.unwrap(),
            };
            visitor.run(before).await.unwrap();
            visitor.run(CONTINUE).await.unwrap();
            visitor.until(&what, "return document.documentElement.className === 'failed'").await.unwrap();
            let left = "return document.querySelectorAll('input').length";
            assert_eq!(visitor.run(left).await.unwrap(), json!(0), "{what}");
            assert_eq!(visitor.engines().await.unwrap()[0].filled, 0, "its memory is overwritten, {what}");
            visitor.read_leaflet().await.unwrap();
        }
    }
    browser.end().await.unwrap();
}

#[tokio::test]
async fn what_is_thrown_brings_the_leaflet_in_chromium() {
    bring_the_leaflet(Engine::Chromium).await;
}

#[tokio::test]
async fn what_is_thrown_brings_the_leaflet_in_firefox() {
    bring_the_leaflet(Engine::Firefox).await;
}

#[tokio::test]
async fn what_is_thrown_brings_the_leaflet_in_webkit() {
    bring_the_leaflet(Engine::WebKit).await;
}
