//! One browser, one set of layers, all attempts.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use e2e::{Browser, Server, Visitor};
use fantoccini::Locator;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::collector::Collector;
use crate::variant::{Layers, serve};

/// How long an attempt may take to arrive or to be refused.
const PATIENCE: Duration = Duration::from_secs(30);

/// An attempt, as the script describes it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Attempt {
    pub(crate) name: String,
    pub(crate) kind: String,
    slug: String,
    fresh: bool,
    press: bool,
}

/// What came of all attempts.
pub(crate) struct Tried {
    pub(crate) attempts: Vec<Attempt>,
    /// The names of those that got through.
    pub(crate) through: BTreeSet<String>,
}

/// The document with some layers on, in a browser.
pub(crate) struct Trial<'a> {
    browser: &'a Browser,
    layers: Layers,
    server: Server,
    collector: Collector,
}

/// Tries all: those that need a press first, those that may take the document with them last.
pub(crate) async fn try_all(browser: &Browser, layers: Layers) -> Tried {
    let trial = Trial::new(browser, layers);
    let mut visitor = trial.open().await;
    let attempts = list(&visitor).await;
    let mut ordered = attempts.clone();
    ordered.sort_by_key(|attempt| (attempt.fresh, !attempt.press));
    let mut through = BTreeSet::new();
    for attempt in &ordered {
        if attempt.fresh && attempt.press {
            visitor = trial.open().await;
        }
        if trial.gets_through(&visitor, attempt).await {
            through.insert(attempt.name.clone());
            if attempt.fresh {
                trial.close_other_windows().await;
                visitor = trial.open().await;
            }
        }
    }
    // What came late came through all the same.
    let arrived = trial.collector.arrived();
    through.extend(attempts.iter().filter(|one| arrived.contains(&one.slug)).map(|one| one.name.clone()));
    Tried { attempts, through }
}

async fn list(visitor: &Visitor<'_>) -> Vec<Attempt> {
    let list = "return Object.entries(attempts).map(([name, { kind, fresh, press }]) => \
                ({ name, kind, slug: slug(name), fresh: !!fresh, press: !!press }))";
    serde_json::from_value(visitor.run(list).await.unwrap()).unwrap()
}

impl<'a> Trial<'a> {
    pub(crate) fn new(browser: &'a Browser, layers: Layers) -> Self {
        let collector = Collector::start();
        let server = serve(layers, &collector);
        Self { browser, layers, server, collector }
    }

    pub(crate) async fn open(&self) -> Visitor<'a> {
        Visitor::on_page(&self.browser.client, &self.server.address("/host.html")).await.unwrap()
    }

    /// Begins one, and waits until it has arrived, has its effect or is refused.
    async fn gets_through(&self, visitor: &Visitor<'_>, attempt: &Attempt) -> bool {
        let name = &attempt.name;
        visitor.run(&format!("begin({})", json!(name))).await.unwrap();
        if attempt.press {
            self.browser.client.find(Locator::Css("h1")).await.unwrap().click().await.unwrap();
        }
        let end = Instant::now() + PATIENCE;
        while !self.collector.arrived().contains(&attempt.slug) {
            // The document may be gone by now, and with it the outcome.
            let outcome = visitor.run("return window.outcome ?? null").await;
            if let Ok(outcome) = &outcome
                && outcome.get("name") == Some(&json!(name))
            {
                let has_arrived = self.collector.arrived().contains(&attempt.slug);
                return has_arrived || outcome.get("escaped") == Some(&Value::Bool(true));
            }
            let layers = self.layers;
            assert!(Instant::now() < end, "{name} neither arrived nor was refused with {layers:?}: {outcome:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        true
    }

    /// A window that an attempt has opened covers the page, which is then no longer drawn.
    async fn close_other_windows(&self) {
        let client = &self.browser.client;
        let windows = client.windows().await.unwrap();
        for other in &windows[1..] {
            client.switch_to_window(other.clone()).await.unwrap();
            client.close_window().await.unwrap();
        }
        client.switch_to_window(windows[0].clone()).await.unwrap();
    }
}
