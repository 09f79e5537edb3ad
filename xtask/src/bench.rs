//! The benchmark: prepares documents, packages and browsers, and has `e2e` measure them. `docs/performance.md` says what
//! is measured and how.

mod evaluations;
mod sealed;
mod tenfold;
mod variations;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::dist;
use crate::process::{command, shown};
use crate::project::Project;
use crate::tools;

/// Measures so many times what is built from these sources, or the distribution in a folder, and writes a report.
pub(crate) fn run(project: &Project, runs: u16, json: Option<&Path>, built: Option<&Path>) -> Result<()> {
    let browsers = tools::for_benchmarking(project)?;
    let own = project.path("dist");
    if built.is_none() {
        dist::run(project, &own, None)?;
    }
    let dist = absolute(built.unwrap_or(&own))?;
    let folder = project.target("bench");
    fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
    variations::write(project, &dist, &folder.join("variations"))?;
    evaluations::measure(project, &folder)?;
    let report = match json {
        // Relative to where the command was given, not to the checkout.
        Some(file) => std::path::absolute(file)?,
        None => folder.join("report.json"),
    };
    let mut bench = command("cargo");
    bench.args(["run", "-q", "-p", "e2e", "--bin", "bench", "--"]).arg(runs.to_string()).arg(report);
    bench.current_dir(project.root()).env("PARS_CHECK_DIST", &dist).envs(browsers.environment);
    shown(&mut bench)
}

fn absolute(folder: &Path) -> Result<std::path::PathBuf> {
    folder.canonicalize().with_context(|| format!("{} can't be read", folder.display()))
}
