//! What the tests measure by themselves: `measures.js` says what and how.

use anyhow::Result;
use serde_json::json;

use crate::fault::Fault;
use crate::world::World;

const SCRIPT: &str = include_str!("measures.js");

/// Puts the measures beside the document.
pub(crate) async fn ensure(world: &World<'_>) -> Result<()> {
    world.ensure("measures", SCRIPT).await
}

/// What hangs on the way the page is shown: widths, cut text, overlaps, targets, what is chosen, rings of the focus.
pub(crate) async fn shown(world: &World<'_>) -> Result<Vec<Fault>> {
    Ok(Fault::list(&world.run("measures.shown()").await?))
}

/// What does not: language, headings, ids, and what the state has promised.
pub(crate) async fn told(world: &World<'_>, state: &str, language: &str) -> Result<Vec<Fault>> {
    let direction = if language.starts_with("he") { "rtl" } else { "ltr" };
    let call = format!("measures.told({}, {}, {})", json!(state), json!(language), json!(direction));
    Ok(Fault::list(&world.run(&call).await?))
}
