//! The states of the product as pictures, beside those that a person approved.

use anyhow::{Context, Result};

use crate::dist;
use crate::process::{command, shown};
use crate::project::Project;
use crate::tools;

/// Builds and takes the pictures; `approve` makes them the approved ones. What is looked at is always what the sources
/// say, never a distribution from before.
pub(crate) fn run(project: &Project, approve: bool) -> Result<()> {
    let browsers = tools::for_looking(project)?;
    let out = project.path("dist");
    dist::run(project, &out, None)?;
    let mut test = command("cargo");
    test.args(["test", "-q", "-p", "e2e", "--test", "looks", "every_state_looks_as_approved"]);
    test.current_dir(project.root()).env("PARS_CHECK_DIST", &out).envs(browsers.environment);
    if approve {
        test.env("PARS_CHECK_APPROVE", "1");
    }
    let looked = shown(&mut test);
    println!("\nAll states: {}", project.target("looks/index.html").display());
    looked.context("the pictures are not as approved, or could not be taken")
}
