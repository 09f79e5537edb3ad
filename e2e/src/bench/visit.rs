//! One contender, opened once in a browser of its own on a slow phone, and answered by presses of the browser's own.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::contenders::Contender;
use super::questions::Step;
use crate::{Browser, Engine, Look, Server};

/// The phone's window.
const WINDOW: Look = Look { width: 412, height: 915, is_dark: false, has_scripts: true };

/// Its network, in bytes a second and milliseconds: 1.6 Mbit/s down, 750 kbit/s up.
const DOWN: u32 = 1_677_722 / 8;
const UP: u32 = 768_000 / 8;
const LATENCY: u32 = 150;

/// How much slower it computes than this machine.
pub(super) const SLOWER: u32 = 4;

/// The longest that anything may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long a page may be at rest before its next work, if any, is no longer that of the press: several times as long as
/// any contender works after one, and longer than what a page waits for by itself, such as before it moves something.
const QUIET: Duration = Duration::from_millis(300);

/// How long is then looked whether it really rests, and how much work, in seconds, that look may find: its own.
const LOOK: Duration = Duration::from_millis(100);
const OF_A_LOOK: f64 = 0.02;

/// How long an impatient visitor waits before the next try.
const BREAK: Duration = Duration::from_millis(20);

/// Runs in each page before its own scripts.
const BEFORE: &str = include_str!("before.js");

/// Runs in a page between presses.
const DRIVING: &str = include_str!("driving.js");

/// What the browser counts of a page.
pub(super) type Counters = BTreeMap<String, f64>;

/// What of that is work, in seconds.
const WORK: [&str; 4] = ["TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];

/// What one run measured, by what it is.
pub(super) type Measured = BTreeMap<&'static str, f64>;

/// A page that is open on a slow phone.
pub(super) struct Phone {
    pub(super) browser: Browser,
}

impl Phone {
    /// Starts a browser with nothing in its caches, as slow as a phone on the road.
    pub(super) async fn start(script: &str) -> Result<Self> {
        let browser = Browser::start_without_waiting(Engine::Chromium).await?;
        browser.look(WINDOW).await?;
        for domain in ["Network.enable", "Page.enable"] {
            browser.cdp(domain, json!({})).await?;
        }
        // The page's own time on the processor: what other programs of this machine take meanwhile is not counted.
        browser.cdp("Performance.enable", json!({"timeDomain": "threadTicks"})).await?;
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await?;
        let network = json!({"offline": false, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP});
        browser.cdp("Network.emulateNetworkConditions", network).await?;
        let phone = Self { browser };
        phone.slow_down(SLOWER).await?;
        Ok(phone)
    }

    pub(super) async fn slow_down(&self, rate: u32) -> Result<()> {
        self.browser.cdp("Emulation.setCPUThrottlingRate", json!({"rate": rate})).await.map(drop)
    }

    /// Opens a page and does not wait for it.
    pub(super) async fn open(&self, address: &str) -> Result<()> {
        self.browser.cdp("Page.navigate", json!({"url": address})).await.map(drop)
    }

    /// What an expression gives in the page.
    pub(super) async fn ask(&self, expression: &str) -> Result<Value> {
        let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let given = self.browser.cdp("Runtime.evaluate", asked).await?;
        if let Some(thrown) = given.get("exceptionDetails") {
            bail!("{expression:.80} failed: {thrown}");
        }
        Ok(given.pointer("/result/value").cloned().unwrap_or_default())
    }

    /// What one of the functions of `driving.js` gives.
    async fn drive(&self, call: &str) -> Result<Value> {
        self.ask(&format!("(() => {{ {DRIVING}; return driving.{call} }})()")).await
    }

    /// Presses where one of these functions says; false where there is nothing to press.
    async fn press(&self, call: &str) -> Result<bool> {
        let place = self.drive(call).await?;
        if place.is_null() {
            return Ok(false);
        }
        self.press_at(&place).await?;
        Ok(true)
    }

    /// The browser's own press: the page can't tell it from a visitor's.
    async fn press_at(&self, place: &Value) -> Result<()> {
        for kind in ["mousePressed", "mouseReleased"] {
            let event =
                json!({"type": kind, "x": place.get("x"), "y": place.get("y"), "button": "left", "clickCount": 1});
            self.browser.cdp("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// The browser's counters of the page.
    pub(super) async fn counters(&self) -> Result<Counters> {
        let given = self.browser.cdp("Performance.getMetrics", json!({})).await?;
        let all = given.get("metrics").and_then(Value::as_array).context("the browser counts")?;
        let pair = |each: &Value| Some((each.get("name")?.as_str()?.to_owned(), each.get("value")?.as_f64()?));
        Ok(all.iter().filter_map(pair).collect())
    }

    /// Waits until the page works no more, and gives the counters of when it had just come to rest, and of now. It is the
    /// browser's own counter that is looked at, and seldom: something in the page that waits for frames or for changes of
    /// the document would itself be work, and so is each look, a few milliseconds on a processor this slow.
    pub(super) async fn settled(&self) -> Result<[Counters; 2]> {
        let end = Instant::now() + PATIENCE;
        tokio::time::sleep(QUIET).await;
        let mut before = self.counters().await?;
        loop {
            tokio::time::sleep(LOOK).await;
            let now = self.counters().await?;
            if counted(&now, "TaskDuration")? - counted(&before, "TaskDuration")? < OF_A_LOOK {
                return Ok([before, now]);
            }
            ensure!(Instant::now() < end, "the page never comes to rest");
            before = now;
        }
    }
}

pub(super) fn counted(counters: &Counters, name: &str) -> Result<f64> {
    counters.get(name).copied().with_context(|| format!("the browser counts no {name}"))
}

/// Measures a contender once.
pub(super) async fn visit(contender: Contender, steps: &[Step]) -> Result<Measured> {
    let (first, rest) = steps.split_first().context("there are questions to answer")?;
    let server = Server::of_compressed(contender.site())?;
    let phone = Phone::start(&BEFORE.replace("FIRST", &json!(first.question).to_string())).await?;
    let visit = Visit { contender, phone };
    let measured = visit.take(&server, first, rest).await;
    let measured = match measured {
        Ok(measured) => measured,
        Err(error) => {
            let seen = visit.phone.drive("seen()").await.unwrap_or_default();
            return Err(error.context(format!("{} shows {seen}", contender.name())));
        }
    };
    visit.phone.browser.end().await?;
    Ok(measured)
}

struct Visit {
    contender: Contender,
    phone: Phone,
}

impl Visit {
    async fn take(&self, server: &Server, first: &Step, rest: &[Step]) -> Result<Measured> {
        let mut measured = Measured::new();
        self.phone.open(&server.address(self.contender.page())).await?;
        measured.insert("answerable", self.impatiently(first).await?);
        measured.insert("visible", self.number("bench.seen").await?);
        self.phone.settled().await?;
        measured.insert("bytes", as_number(server.sent()));
        measured.insert("requests", as_number(server.requests().len()));
        self.work(rest, ["task", "script", "style", "layout"], &mut measured).await?;
        self.memory(&mut measured).await?;
        if self.contender == Contender::Tenfold {
            self.late(rest, &mut measured).await?;
        }
        Ok(measured)
    }

    async fn number(&self, expression: &str) -> Result<f64> {
        self.phone.ask(expression).await?.as_f64().with_context(|| format!("{expression} is no number"))
    }

    fn option(step: &Step) -> String {
        format!("option({}, {})", json!(step.question), json!(step.option))
    }

    fn button(&self, step: &Step) -> Option<String> {
        self.contender.button().map(|selector| format!("button({}, {})", json!(step.question), json!(selector)))
    }

    /// Presses the first option and goes on, again and again as a visitor without patience does, until the next question
    /// stands there; where all stand there from the start, until the option is chosen. Gives the page's own time then.
    async fn impatiently(&self, step: &Step) -> Result<f64> {
        let mark = if self.contender.button().is_some() { Value::Null } else { json!("input:checked") };
        let answered = format!("answered({}, {mark})", json!(step.next));
        let end = Instant::now() + PATIENCE;
        loop {
            // Before the document has a body, there is nothing to ask or to press: an error then is no answer yet.
            if let Ok(Value::Number(at)) = self.phone.drive(&answered).await {
                return at.as_f64().context("a time");
            }
            ensure!(Instant::now() < end, "the first answer is never taken");
            if self.phone.press(&Self::option(step)).await.unwrap_or(false)
                && let Some(button) = self.button(step)
            {
                self.phone.press(&button).await?;
            }
            // What is asked in the page is work for it: somebody who presses without a break would hold up the start.
            tokio::time::sleep(BREAK).await;
        }
    }

    /// The work for each answer, in milliseconds: a press on the option, and one to go on where that is needed. Scrolling
    /// to them comes before, and is not counted.
    async fn work(&self, steps: &[Step], names: [&'static str; 4], measured: &mut Measured) -> Result<()> {
        let mut sums = [0.0; 4];
        for step in steps {
            for call in [Some(Self::option(step)), self.button(step)].into_iter().flatten() {
                let place = self.phone.drive(&call).await?;
                ensure!(!place.is_null(), "there is nothing to press for {:?}", step.question);
                let [_, before] = self.phone.settled().await?;
                self.phone.press_at(&place).await?;
                let [after, _] = self.phone.settled().await?;
                for (sum, name) in sums.iter_mut().zip(WORK) {
                    *sum += (counted(&after, name)? - counted(&before, name)?) * 1000.0;
                }
            }
            let next = self.phone.drive(&format!("answered({})", json!(step.next))).await?;
            ensure!(!next.is_null(), "{:?} does not follow", step.next);
        }
        measured.extend(names.into_iter().zip(sums.map(|sum| sum / as_number(steps.len()))));
        Ok(())
    }

    /// What the page holds: JavaScript's heap after a collection, and the whole memories of WebAssembly, which are no
    /// part of that heap.
    async fn memory(&self, measured: &mut Measured) -> Result<()> {
        // A collection frees what finalizers and weak references of the one before it held.
        for _ in 0..2 {
            self.phone.browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let counters = self.phone.counters().await?;
        let (heap, memory) = (counted(&counters, "JSHeapUsedSize")?, self.number("bench.memory()").await?);
        let is_ours = matches!(self.contender, Contender::Ours | Contender::Tenfold);
        ensure!(!is_ours || memory > 0.0, "the engine's memory was not counted");
        let megabytes = |bytes: f64| bytes / 1e6;
        measured.extend([("heap", megabytes(heap)), ("wasm", megabytes(memory)), ("memory", megabytes(heap + memory))]);
        measured.insert("nodes", counted(&counters, "Nodes")?);
        Ok(())
    }

    /// The same work at the last copies of these questions, where the most answers have been given.
    async fn late(&self, steps: &[Step], measured: &mut Measured) -> Result<()> {
        self.phone.slow_down(1).await?;
        self.phone.ask(&format!("({})()", include_str!("to-the-last.js"))).await?;
        self.phone.slow_down(SLOWER).await?;
        self.phone.settled().await?;
        self.work(steps, ["late_task", "late_script", "late_style", "late_layout"], measured).await
    }
}

/// A count as a number that can be divided.
#[allow(clippy::cast_precision_loss)] // no count here comes near to where that is lost
pub(super) fn as_number(count: impl TryInto<u64>) -> f64 {
    count.try_into().unwrap_or(u64::MAX) as f64
}
