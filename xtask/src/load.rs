//! The load: prepares documents, packages and programs, and has `e2e` measure how many visitors a second a small server
//! starts. `docs/scale.md` says what is measured and how.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::dist;
use crate::process::{command, shown};
use crate::project::Project;
use crate::tools;

/// What is measured, and for how long.
pub(crate) struct Plan<'a> {
    /// How many times each is measured, in turn.
    pub(crate) runs: u16,
    /// For how many seconds each time.
    pub(crate) seconds: u16,
    /// Where all numbers are written.
    pub(crate) json: Option<&'a Path>,
    /// A distribution that is measured as it is.
    pub(crate) dist: Option<&'a Path>,
}

/// Measures, and fails only where a request did.
pub(crate) fn run(project: &Project, plan: &Plan<'_>) -> Result<()> {
    let environment = tools::for_loading(project)?;
    let own = project.path("dist");
    if plan.dist.is_none() {
        dist::run(project, &own, None)?;
    }
    let built = plan.dist.unwrap_or(&own);
    let built = built.canonicalize().with_context(|| format!("{} can't be read", built.display()))?;
    let mut load = command("cargo");
    load.args(["run", "-q", "-p", "e2e", "--bin", "load", "--"]);
    load.args([plan.runs.to_string(), plan.seconds.to_string()]).arg(report(project, plan.json)?);
    load.current_dir(project.root()).env("PARS_CHECK_DIST", built).envs(environment);
    shown(&mut load)
}

/// Where the report goes: relative to where the command was given, not to the checkout.
fn report(project: &Project, json: Option<&Path>) -> Result<PathBuf> {
    if let Some(file) = json {
        return Ok(std::path::absolute(file)?);
    }
    let folder = project.target("load");
    fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
    Ok(folder.join("report.json"))
}
