//! A world of the tests' own beside a document: it sees the same elements, and nothing of what the document's scripts
//! have changed. The lockdown of the sealed document would keep axe from working; the policy keeps nobody out who comes
//! by the browser's own protocol.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{Browser, Visitor};

/// The world beside the document in view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct World<'a> {
    browser: &'a Browser,
    id: i64,
}

impl<'a> World<'a> {
    /// The world beside the document that the visitor sees. It is the same one each time, until another document comes.
    pub(crate) async fn beside(browser: &'a Browser, visitor: &Visitor<'_>) -> Result<Self> {
        let tree = browser.cdp("Page.getFrameTree", json!({})).await?;
        let place =
            if visitor.is_framed().await? { "/frameTree/childFrames/0/frame/id" } else { "/frameTree/frame/id" };
        let frame = tree.pointer(place).context("the document's frame is in the tree of this process")?;
        let made = json!({"frameId": frame, "worldName": "tests"});
        let made = browser.cdp("Page.createIsolatedWorld", made).await?;
        let id = made.get("executionContextId").and_then(Value::as_i64).context("a world without a name")?;
        Ok(Self { browser, id })
    }

    /// What an expression gives, or what it promises.
    pub(crate) async fn run(&self, expression: &str) -> Result<Value> {
        let asked =
            json!({"expression": expression, "contextId": self.id, "awaitPromise": true, "returnByValue": true});
        let given = self.browser.cdp("Runtime.evaluate", asked).await?;
        if let Some(thrown) = given.get("exceptionDetails") {
            let says = thrown.pointer("/exception/description").or_else(|| thrown.get("text"));
            bail!("a script failed: {}", says.and_then(Value::as_str).unwrap_or("without a word"));
        }
        Ok(given.pointer("/result/value").cloned().unwrap_or_default())
    }

    /// Runs a script once in each document: `sign` is a global that it leaves.
    pub(crate) async fn ensure(&self, sign: &str, script: &str) -> Result<()> {
        if self.run(&format!("typeof globalThis.{sign} === 'undefined'")).await? == true {
            self.run(&format!("{script}\n;0")).await?;
        }
        Ok(())
    }
}
