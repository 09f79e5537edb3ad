//! What the check does to the page around it before and while it comes.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::BARE;
use super::contenders::Contender;
use super::visit::Phone;
use crate::Server;

/// Writes down what shifts and what takes long, from the start.
const WATCH: &str = r#"
if (self === top) {
  const host = { shift: 0, long: 0, ready: false };
  Object.defineProperty(self, "host", { value: host });
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("layout-shift", ({ value }) => { host.shift += value; });
  watch("longtask", ({ duration }) => { host.long = Math.max(host.long, duration); });
  addEventListener("message", ({ data }) => { if (data?.["pars-check"] === "ready") host.ready = true; });
}
"#;

/// How long the frame may take to come.
const PATIENCE: Duration = Duration::from_mins(1);

/// What one run saw of a page with the check in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hosted {
    /// How much of the page shifted, by the measure of the platform.
    pub(super) shift: f64,
    /// The longest task over 50 milliseconds, in milliseconds; none is 0.
    pub(super) long: f64,
    /// What was asked for before the frame was near the window, but for the page's own files.
    pub(super) before: Vec<String>,
}

/// Opens a page, scrolls to the check in it, and waits until that can be used.
pub(super) async fn visit(page: &str) -> Result<Hosted> {
    let server = Server::of_compressed(Contender::Ours.site())?;
    let phone = Phone::start(WATCH).await?;
    phone.open(&server.address(page)).await?;
    let has_check = page != BARE;
    until(&phone, "document.readyState === 'complete'").await?;
    if has_check {
        until(&phone, "!!document.querySelector('pars-check').shadowRoot").await?;
    }
    phone.settled().await?;
    let own = [page, "/style.css"];
    let before = server.requests().into_iter().filter(|path| !own.contains(&path.as_str())).collect();
    phone.ask("document.querySelector('pars-check').scrollIntoView({ behavior: 'instant' })").await?;
    if has_check {
        until(&phone, "host.ready").await?;
    }
    phone.settled().await?;
    let seen = phone.ask("host").await?;
    let number = |name: &str| seen.get(name).and_then(Value::as_f64).context("a page that is watched");
    let hosted = Hosted { shift: number("shift")?, long: number("long")?, before };
    phone.browser.end().await?;
    Ok(hosted)
}

/// Waits until an expression is true in the page.
async fn until(phone: &Phone, expression: &str) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    // Before the document is there, it can't be asked anything.
    while !matches!(phone.ask(expression).await, Ok(Value::Bool(true))) {
        ensure!(Instant::now() < end, "waited in vain for {expression}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
