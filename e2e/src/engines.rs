//! Every engine that a document starts, and what is in its memory.

use anyhow::Context;
use serde_json::Value;

use crate::Visitor;

/// A script for [`with_probe`](crate::with_probe) that writes down each engine: how often it was called, and its
/// memory. An engine with `isTrapping` traps when it is called. While `isHeld`, engines wait in `held`.
///
/// The clock stands, at what `ahead` says, and counts who looks at it: an engine reads it, and two memories can be
/// compared only where both read the same.
pub const WATCH_ENGINES: &str = r#"
window.ahead = 0;
window.looks = 0;
Date.now = () => ((window.looks += 1), 1700000000000 + window.ahead);
window.engines = [];
window.held = [];
const real = WebAssembly.instantiate;
const trapping = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
const trap = () => new WebAssembly.Instance(new WebAssembly.Module(trapping)).exports.t();
const counted = (engine) => ([name, part]) => {
  const call = (...given) => {
    engine.calls += 1;
    if (engine.isTrapping) trap();
    return part(...given);
  };
  return [name, typeof part === "function" ? call : part];
};
WebAssembly.instantiate = async (module, imports) => {
  const { exports } = await real.call(WebAssembly, module, imports);
  if (window.isHeld) await new Promise((go) => window.held.push(go));
  const engine = { calls: 0, exports, memory: exports.memory };
  window.engines.push(engine);
  return { exports: Object.fromEntries(Object.entries(exports).map(counted(engine))) };
};
"#;

/// An engine that [`WATCH_ENGINES`] wrote down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineSeen {
    /// How often it was called.
    pub calls: u64,
    /// How many bytes its memory has.
    pub length: u64,
    /// How many of them are not zero.
    pub filled: u64,
    /// SHA-256 of them all.
    pub digest: String,
}

const READ: &str = "return Promise.all(window.engines.map(async ({ calls, memory }) => {
    const bytes = new Uint8Array(memory.buffer).slice();
    const digest = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join('.');
    return [calls, bytes.length, bytes.reduce((sum, byte) => sum + (byte !== 0), 0), digest];
}))";

impl Visitor<'_> {
    /// The engines that were started so far in the document in view, which has the probe [`WATCH_ENGINES`].
    ///
    /// # Errors
    /// The document has no such probe.
    pub async fn engines(&self) -> anyhow::Result<Vec<EngineSeen>> {
        let all = self.run(READ).await?;
        all.as_array().context("the document has no probe")?.iter().map(engine).collect()
    }
}

fn engine(seen: &Value) -> anyhow::Result<EngineSeen> {
    let number = |at: usize| seen.get(at).and_then(Value::as_u64).context("a number");
    let digest = seen.get(3).and_then(Value::as_str).context("a digest")?.to_owned();
    Ok(EngineSeen { calls: number(0)?, length: number(1)?, filled: number(2)?, digest })
}
