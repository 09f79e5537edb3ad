//! Attempts to carry something out of the document, each with all layers but one switched off, and with all on. What
//! comes of them is the table in docs/privacy.md.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod collector;
mod table;
mod trial;
mod variant;

use e2e::{Browser, Engine};
use serde_json::json;

use table::Row;
use trial::{Tried, try_all};
use variant::Layers;

/// Attempts at what the Chromium that is tested does not have: there the engine's way can't be told from none.
const NOT_IN_THIS_BROWSER: [&str; 1] = ["navigator.share"];

async fn tried_in(engine: Engine, layers: Layers) -> Tried {
    let browser = Browser::start_as(engine, None).await.unwrap();
    let tried = try_all(&browser, layers).await;
    browser.end().await.unwrap();
    tried
}

/// Everything else is off, so that only the imports stand in the way.
#[tokio::test]
async fn the_engine_gets_nothing_through_its_imports() {
    let browser = Browser::start().await.unwrap();
    let trial = trial::Trial::new(&browser, Layers::NONE);
    let visitor = trial.open().await;
    let wrapped = visitor.run("return tryAll(true)").await.unwrap();
    assert_eq!(wrapped["through"], json!([]));
    assert_eq!(visitor.run("return constructed()").await.unwrap(), json!(["Error", "Object"]));
    // The same ways do lead out where nobody wraps the imports.
    let bare = trial.open().await.run("return tryAll(false)").await.unwrap();
    assert_eq!(bare["refused"], json!(NOT_IN_THIS_BROWSER));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn each_attempt_meets_the_layers_that_the_table_names() {
    let browser = Browser::start().await.unwrap();
    let mut alone = Vec::new();
    for layers in [Layers::LOCKDOWN, Layers::POLICY, Layers::SANDBOX] {
        alone.push(try_all(&browser, layers).await.through);
    }
    let off = try_all(&browser, Layers::NONE).await;
    let mut all_on = vec![try_all(&browser, Layers::ALL).await.through];
    browser.close().await.unwrap();
    for engine in [Engine::Firefox, Engine::WebKit] {
        all_on.push(tried_in(engine, Layers::ALL).await.through);
    }
    assert!(off.attempts.len() > 40);
    let rows = off.attempts.iter().map(|attempt| Row {
        kind: &attempt.kind,
        name: &attempt.name,
        escapes: off.through.contains(&attempt.name),
        alone: alone.iter().map(|through| through.contains(&attempt.name)).collect(),
        all_on: all_on.iter().map(|through| through.contains(&attempt.name)).collect(),
    });
    table::compare(&rows.collect::<Vec<_>>());
}
