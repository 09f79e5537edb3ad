//! `esbuild` and `wasm-opt`, which come as npm packages, pinned in `tools/package.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::versions;
use crate::process;
use crate::project::Project;

/// The oldest Node that both packages run on.
const OLDEST_NODE: u32 = 18;

/// The tools from npm.
pub(crate) struct Npm {
    /// Node itself.
    pub(crate) node: PathBuf,
    /// The bundler.
    pub(crate) esbuild: PathBuf,
    /// The WebAssembly optimizer.
    pub(crate) wasm_opt: PathBuf,
    /// Each package and its version.
    pub(super) versions: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(rename = "devDependencies")]
    packages: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Installed {
    version: String,
}

impl Npm {
    /// Finds them or installs them.
    pub(super) fn ensure(project: &Project) -> Result<Self> {
        let node = node()?;
        let folder = project.path("tools");
        let wanted: Wanted = read(&folder.join("package.json")).context("tools/package.json can't be read")?;
        if !is_installed(&folder, &wanted) {
            install(&folder)?;
            ensure!(
                is_installed(&folder, &wanted),
                "tools/node_modules is not what tools/package.json asks for; delete it and try again"
            );
        }
        for (package, version) in &wanted.packages {
            eprintln!("  {package} {version}: tools/node_modules");
        }
        let versions = wanted.packages.into_iter().collect();
        Ok(Self { node, esbuild: program(&folder, "esbuild"), wasm_opt: program(&folder, "wasm-opt"), versions })
    }
}

fn node() -> Result<PathBuf> {
    let by_hand = format!("install Node.js {OLDEST_NODE} or later by hand (on Debian: apt-get install nodejs npm)");
    let node = which::which("node").with_context(|| format!("there is no `node`; {by_hand}"))?;
    let version = versions::printed_by(&node).unwrap_or_default();
    let is_new_enough = versions::major(&version).is_some_and(|major| major >= OLDEST_NODE);
    ensure!(is_new_enough, "{} is version `{version}`; {by_hand}", node.display());
    Ok(node)
}

/// Whether the very versions are there, and a program that only works with the package for this platform runs.
fn is_installed(folder: &Path, wanted: &Wanted) -> bool {
    let is_there = |(package, version): (&String, &String)| {
        let manifest = folder.join("node_modules").join(package).join("package.json");
        read::<Installed>(&manifest).is_ok_and(|installed| installed.version == *version)
    };
    wanted.packages.iter().all(is_there) && versions::printed_by(&program(folder, "esbuild")).is_some()
}

fn install(folder: &Path) -> Result<()> {
    let npm = which::which("npm").context("there is no `npm`; install it by hand (on Debian: apt-get install npm)")?;
    let mut npm = process::command(npm);
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    process::with_progress("installing esbuild and binaryen (npm ci in tools/)", &mut npm)
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join("node_modules/.bin").join(name)
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}
