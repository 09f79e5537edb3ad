//! Programs that come through `cargo install`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::versions;
use crate::process;
use crate::project::Project;

/// Builds that are run a few times and not shipped: quick to compile before quick to run. Measured on two cores:
/// all three in about 6 minutes rather than about 12.
const QUICK_BUILD: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// A program, the package that holds it and the version wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct CargoTool {
    pub(super) program: &'static str,
    pub(super) package: &'static str,
    pub(super) version: &'static str,
    /// What `cargo install` is told beyond the version.
    pub(super) arguments: &'static [&'static str],
}

impl CargoTool {
    /// Finds it or installs it.
    pub(super) fn ensure(&self, project: &Project) -> Result<PathBuf> {
        if let Some(found) = self.find(project) {
            eprintln!("  {} {}: {}", self.program, self.version, found.display());
            return Ok(found);
        }
        self.install(project)?;
        self.find(project).with_context(|| {
            format!("{} {} was installed, yet isn't found; is Cargo's home another one?", self.program, self.version)
        })
    }

    /// The first on the PATH, in Cargo's home or among our own that has the wanted version.
    fn find(&self, project: &Project) -> Option<PathBuf> {
        let on_path = which::which_all(self.program).into_iter().flatten();
        let elsewhere = cargo_home().into_iter().chain([own_root(project)]).map(|root| self.below(&root));
        on_path.chain(elsewhere).find(|path| versions::printed_by(path).as_deref() == Some(self.version))
    }

    fn below(&self, root: &Path) -> PathBuf {
        root.join("bin").join(self.program).with_extension(env::consts::EXE_EXTENSION)
    }

    fn install(&self, project: &Project) -> Result<()> {
        let mut cargo = process::command("cargo");
        cargo.args(["install", self.package, "--version", self.version]).args(self.arguments);
        // Another version that somebody installed for themselves stays theirs.
        if cargo_home().is_some_and(|home| self.below(&home).exists()) {
            cargo.arg("--root").arg(own_root(project));
        }
        cargo.env("CARGO_TARGET_DIR", build_folder(project)).envs(QUICK_BUILD);
        process::with_progress(&format!("installing {} {} (cargo install)", self.package, self.version), &mut cargo)
            .with_context(|| format!("{} {} is needed and could not be installed", self.package, self.version))
    }
}

/// Removes what is left of building the programs, more than a gigabyte, once all of them are there.
pub(super) fn remove_leftovers(project: &Project) -> Result<()> {
    let folder = build_folder(project);
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(&folder).with_context(|| format!("{} can't be removed", folder.display()))
}

/// One folder for all, for they share many dependencies.
fn build_folder(project: &Project) -> PathBuf {
    project.target("tools-build")
}

/// Where `cargo install` installs if nothing else is said.
fn cargo_home() -> Option<PathBuf> {
    let named = ["CARGO_INSTALL_ROOT", "CARGO_HOME"].into_iter().find_map(env::var_os).map(PathBuf::from);
    named.or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

fn own_root(project: &Project) -> PathBuf {
    project.target("tools")
}
