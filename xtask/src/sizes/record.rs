//! Sizes that were kept, to see what a change makes of them.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::process::{git, output};
use crate::project::Project;

/// Where they are kept.
const FILE: &str = "audit/sizes.json";

/// What the English document and the loader weigh.
#[derive(Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Sizes {
    /// Bytes with brotli, each part by itself.
    pub(super) parts: BTreeMap<String, u64>,
    /// Bytes of the engine's code by crate, before any compression.
    pub(super) crates: BTreeMap<String, u64>,
}

/// Keeps them.
pub(super) fn keep(project: &Project, sizes: &Sizes) -> Result<()> {
    let file = project.path(FILE);
    let json = serde_json::to_string_pretty(sizes)? + "\n";
    fs::write(&file, json).with_context(|| format!("{} can't be written", file.display()))
}

/// Those of before: of the last commit, or where that has the same, of the one before its last change of them. None
/// where there is no history, or none with them.
pub(super) fn before(project: &Project, now: &Sizes) -> Option<(String, Sizes)> {
    let asked = |arguments: &[&str]| output(git(project.root()).args(arguments)).ok();
    let commits = asked(&["log", "-2", "--format=%h", "--", FILE])?;
    let of = |commit: &str| {
        let sizes: Sizes = serde_json::from_str(&asked(&["show", &format!("{commit}:{FILE}")])?).ok()?;
        Some((commit.to_owned(), sizes))
    };
    commits.lines().filter_map(of).find(|(_, sizes)| sizes != now)
}
