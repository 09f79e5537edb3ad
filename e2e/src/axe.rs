//! axe-core, by Deque: every rule for WCAG 2.0, 2.1 and 2.2 at the levels A and AA, and its best practices. No rule is
//! switched off and nothing is excepted.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::fault::Fault;
use crate::world::World;

const PACKAGE: &str = "e2e/npm/node_modules/axe-core/axe.min.js";

/// Faults and what axe can't tell: `[rule, place, what is wrong, path, looks]`. In frames axe would ask by messages, which
/// nobody there answers.
const RUN: &str = r"axe.run(document, {
  iframes: false,
  elementRef: true,
  resultTypes: ['violations', 'incomplete'],
  runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']},
}).then(({violations, incomplete}) => {
  const plain = (rules) => rules.flatMap(({id, nodes}) => nodes.map((node) => {
    const checks = [...node.any, ...node.all, ...node.none];
    const element = node.element ?? document.documentElement;
    return [id, measures.place(element), checks.map((check) => check.message).join('; '), measures.path(element), measures.looks(element)];
  }));
  // The document of the check is looked at where it is in view itself, state by state.
  const isOurs = (node) => node.element?.localName === 'iframe' && /\/pars-check\.[^/]*\.html/.test(node.element.src);
  const open = incomplete.map((rule) => ({...rule, nodes: rule.nodes.filter((node) => rule.id !== 'frame-tested' || !isOurs(node))}));
  return {violations: plain(violations), incomplete: plain(open)};
})";

/// Something that axe found, or could not tell.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) fault: Fault,
    /// A selector of its element.
    pub(crate) path: String,
    /// What its contrast hangs on.
    pub(crate) looks: String,
}

/// What axe found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) broken: Vec<Finding>,
    pub(crate) undecided: Vec<Finding>,
}

/// Has axe look at the document.
pub(crate) async fn run(world: &World<'_>) -> Result<Findings> {
    let script = std::fs::read_to_string(crate::repository(PACKAGE)).with_context(|| format!("no {PACKAGE}"))?;
    world.ensure("axe", &script).await?;
    let found = world.run(RUN).await?;
    let list = |key: &str| found.get(key).map(findings).context("axe gives what it found");
    Ok(Findings { broken: list("violations")?, undecided: list("incomplete")? })
}

fn findings(list: &Value) -> Vec<Finding> {
    let text = |found: &Value, at: usize| found.get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
    let found = list.as_array().into_iter().flatten();
    Fault::list(list)
        .into_iter()
        .zip(found)
        .map(|(fault, found)| Finding { fault, path: text(found, 3), looks: text(found, 4) })
        .collect()
}
