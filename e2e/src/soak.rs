//! Many full quizzes in one page, and what they leave behind.

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::{Browser, Server, Visitor, cases, serve_probed};

/// Keeps a weak hold of each engine's memory: those that are still there after a collection are in use, or leak.
const WATCH_MEMORIES: &str = r"
window.memories = [];
const real = WebAssembly.instantiate;
WebAssembly.instantiate = async (...given) => {
  const instance = await real.apply(WebAssembly, given);
  window.memories.push(new WeakRef(instance.exports.memory));
  return instance;
};
";

/// Takes a quiz in the page and erases it, and gives the outcome. Presses what a visitor would press, and waits for
/// what a visitor would see.
const QUIZ: &str = r#"
const one = (selector) => document.querySelector(selector);
const app = () => document.getElementById("app");
const when = (holds) => new Promise((go) => {
  if (holds()) return go();
  const watch = new MutationObserver(() => holds() && (watch.disconnect(), go()));
  watch.observe(document, { subtree: true, childList: true, attributes: true });
});
const questions = () => [...document.querySelectorAll("fieldset[data-question]")].map((each) => each.dataset.question);
const place = () => one("[data-outcome]")?.dataset.outcome ?? (one("[data-check]") ? "check" : questions().join());
const press = async (action) => {
  const before = place();
  one(`[data-action="${action}"]`).click();
  await when(() => place() !== before);
};
const answer = (question, answers) => {
  for (const option of [answers[question]].flat()) {
    one(`input[name="${question}"][value="${option}"]`)?.labels[0].click();
  }
};
window.takeQuiz = async (answers) => {
  while (!one("[data-outcome]")) {
    const isSkipped = questions().includes("goal") && !("goal" in answers);
    if (!isSkipped) for (const question of questions()) answer(question, answers);
    await press(isSkipped ? "skip" : "continue");
  }
  const outcome = place();
  const old = app();
  one('[data-action="restart"]').click();
  await when(() => app() !== old && document.documentElement.className === "quiz live");
  if (window.isLeaking) (window.leaked ??= []).push(old) && addEventListener("resize", () => old);
  return outcome;
};
"#;

/// How many quizzes are taken in one command.
const BATCH: usize = 25;

/// What a page holds after a collection of garbage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// DOM nodes.
    pub nodes: u64,
    /// Event listeners.
    pub listeners: u64,
    /// Documents.
    pub documents: u64,
    /// Bytes of JavaScript's heap.
    pub heap: u64,
    /// Engines whose memory is there.
    pub engines: u64,
    /// Bytes of these memories.
    pub memory: u64,
}

/// How much JavaScript's heap may grow between two looks, in bytes. Code that runs often is compiled anew, and what the
/// browser notes about it is in the heap: it grows in steps, by 180,000 bytes in the last nine hundred of a thousand
/// quizzes and by 8,000 in the last two hundred and fifty. The glue and closures of one engine for each quiz would be
/// many times that.
pub const MOST_GROWTH: u64 = 400_000;

impl Held {
    /// What has grown since an earlier look, in words. Nodes, listeners, documents and engines are compared exactly.
    pub fn grown_since(&self, early: &Self) -> Vec<String> {
        let pairs = [
            ("nodes", self.nodes, early.nodes),
            ("listeners", self.listeners, early.listeners),
            ("documents", self.documents, early.documents),
            ("heap", self.heap, early.heap + MOST_GROWTH),
            ("engines", self.engines, early.engines),
            ("memory", self.memory, early.memory),
        ];
        let grown = pairs.into_iter().filter(|(_, now, then)| now > then);
        grown.map(|(what, now, then)| format!("{what} {now}, not {then}")).collect()
    }
}

/// A page in which quizzes are taken by a script.
#[derive(Debug)]
pub struct Soak {
    browser: Browser,
    quizzes: Vec<(Map<String, Value>, String)>,
    taken: usize,
    _server: Served,
}

/// The server has no [`Debug`](std::fmt::Debug) of its own.
struct Served(#[allow(dead_code)] Server);

impl std::fmt::Debug for Served {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Served")
    }
}

impl Soak {
    /// Opens the document, with one case for each of the seven outcomes.
    ///
    /// # Errors
    /// The browser or the document is not there.
    pub async fn start() -> Result<Self> {
        let server = serve_probed(&format!("{WATCH_MEMORIES}{QUIZ}"))?;
        let browser = Browser::start().await?;
        Visitor::alone(&browser.client, &server.address("/changed.html")).await?;
        Ok(Self { browser, quizzes: one_of_each()?, taken: 0, _server: Served(server) })
    }

    /// From now on each quiz leaves behind its element and a listener, to see that this is noticed.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn leak(&self) -> Result<()> {
        self.evaluate("window.isLeaking = true").await.map(drop)
    }

    /// Takes quizzes to all outcomes in turn, with an erasing after each, until so many were taken.
    ///
    /// # Errors
    /// A quiz ends elsewhere than its case says, or does not end.
    pub async fn take_until(&mut self, count: usize) -> Result<()> {
        while self.taken < count {
            let turns = self.taken..count.min(self.taken + BATCH);
            self.taken = turns.end;
            let batch: Vec<_> = turns.filter_map(|turn| self.quizzes.get(turn % self.quizzes.len())).collect();
            let answers: Vec<_> = batch.iter().map(|(answers, _)| answers).collect();
            let expected: Vec<_> = batch.iter().map(|(_, outcome)| outcome).collect();
            let script = format!(
                "(async () => {{ const ends = []; for (const each of {}) ends.push(await takeQuiz(each)); return ends }})()",
                json!(answers)
            );
            let ends = self.evaluate(&script).await?;
            ensure!(ends == json!(expected), "the quizzes ended at {ends}, not {expected:?}");
        }
        Ok(())
    }

    /// What the page holds when all garbage is collected.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn held(&self) -> Result<Held> {
        // A collection frees what finalizers and weak references of the one before it held.
        for _ in 0..2 {
            self.browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let counters = self.browser.cdp("Memory.getDOMCounters", json!({})).await?;
        let heap = self.browser.cdp("Runtime.getHeapUsage", json!({})).await?;
        let lengths = "(window.memories = window.memories.filter((each) => each.deref())).map((each) => each.deref().buffer.byteLength)";
        let lengths = self.evaluate(lengths).await?;
        let lengths: Vec<u64> = lengths.as_array().context("lengths")?.iter().filter_map(Value::as_u64).collect();
        let number = |from: &Value, name: &str| from.get(name).and_then(Value::as_u64).context(name.to_owned());
        Ok(Held {
            nodes: number(&counters, "nodes")?,
            listeners: number(&counters, "jsEventListeners")?,
            documents: number(&counters, "documents")?,
            heap: number(&heap, "usedSize")?,
            engines: lengths.len() as u64,
            memory: lengths.iter().sum(),
        })
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// It does not end.
    pub async fn end(self) -> Result<()> {
        self.browser.end().await
    }

    /// Runs a script as the protocol does: `WebDriver` remembers what its own scripts saw.
    async fn evaluate(&self, script: &str) -> Result<Value> {
        let parameters = json!({"expression": script, "awaitPromise": true, "returnByValue": true});
        let answer = self.browser.cdp("Runtime.evaluate", parameters).await?;
        ensure!(answer.get("exceptionDetails").is_none(), "a script failed: {answer}");
        Ok(answer.pointer("/result/value").cloned().unwrap_or_default())
    }
}

/// The first case for each outcome: its answers, and the outcome.
fn one_of_each() -> Result<Vec<(Map<String, Value>, String)>> {
    let mut all: Vec<(Map<String, Value>, String)> = Vec::new();
    for case in cases()? {
        let tier = case.get("expected_tier").and_then(Value::as_str).context("a case has an outcome")?;
        let answers = case.get("answers").and_then(Value::as_object).context("a case has answers")?;
        if all.iter().all(|(_, known)| known != tier) {
            all.push((answers.clone(), tier.to_owned()));
        }
    }
    ensure!(all.len() == 7, "there are cases for {} outcomes", all.len());
    Ok(all)
}
