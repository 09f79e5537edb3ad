//! What comes as npm packages: `esbuild` and `wasm-opt`, pinned in `tools/package.json`, and what the
//! end-to-end tests and their pages run, pinned in `e2e/npm/package.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::versions::{self, LFORMS, SURVEY_CORE, SURVEY_JS_UI};
use crate::process;
use crate::project::{Project, names_in};

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

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Wanted {
    dependencies: BTreeMap<String, String>,
    dev_dependencies: BTreeMap<String, String>,
}

impl Wanted {
    fn packages(&self) -> impl Iterator<Item = (&String, &String)> {
        self.dependencies.iter().chain(&self.dev_dependencies)
    }
}

#[derive(Deserialize)]
struct Installed {
    version: String,
}

impl Npm {
    /// Finds them or installs them.
    pub(super) fn ensure(project: &Project) -> Result<Self> {
        let node = node()?;
        let versions = ensure_packages(project, "tools", &|folder| {
            // Works only with the package for this platform.
            versions::printed_by(&program(folder, "esbuild")).is_some()
        })?;
        let folder = project.path("tools");
        Ok(Self { node, esbuild: program(&folder, "esbuild"), wasm_opt: program(&folder, "wasm-opt"), versions })
    }
}

/// Finds or installs what the end-to-end tests and their pages run. Nothing of it is run here.
pub(super) fn ensure_for_tests(project: &Project) -> Result<()> {
    node()?;
    ensure_packages(project, "e2e/npm", &|_| true)?;
    LFORMS.ensure(project)
}

/// Finds or installs the frameworks that applications of the end-to-end tests are made with.
pub(super) fn ensure_for_frameworks(project: &Project) -> Result<()> {
    node()?;
    let applications = "e2e/frameworks";
    for name in names_in(&project.path(applications))? {
        let application = format!("{applications}/{name}");
        if project.path(&application).join("package.json").is_file() {
            ensure_packages(project, &application, &|_| true)?;
        }
    }
    Ok(())
}

/// Finds or installs what the benchmark measures the check beside.
pub(super) fn ensure_for_benchmarks(project: &Project) -> Result<()> {
    node()?;
    [LFORMS, SURVEY_CORE, SURVEY_JS_UI].iter().try_for_each(|package| package.ensure(project))
}

/// Finds or installs the packages that a folder's `package.json` names, and gives their versions.
fn ensure_packages(project: &Project, name: &str, works: &dyn Fn(&Path) -> bool) -> Result<Vec<(String, String)>> {
    let folder = project.path(name);
    let wanted: Wanted =
        read(&folder.join("package.json")).with_context(|| format!("{name}/package.json can't be read"))?;
    let is_ready = || is_installed(&folder, &wanted) && works(&folder);
    if !is_ready() {
        install(&folder, name)?;
        ensure!(is_ready(), "{name}/node_modules is not what {name}/package.json asks for; delete it and try again");
    }
    for (package, version) in wanted.packages() {
        eprintln!("  {package} {version}: {name}/node_modules");
    }
    Ok(wanted.packages().map(|(package, version)| (package.clone(), version.clone())).collect())
}

fn node() -> Result<PathBuf> {
    let by_hand = format!("install Node.js {OLDEST_NODE} or later by hand (on Debian: apt-get install nodejs npm)");
    let node = which::which("node").with_context(|| format!("there is no `node`; {by_hand}"))?;
    let version = versions::printed_by(&node).unwrap_or_default();
    let is_new_enough = versions::major(&version).is_some_and(|major| major >= OLDEST_NODE);
    ensure!(is_new_enough, "{} is version `{version}`; {by_hand}", node.display());
    Ok(node)
}

/// Whether the very versions are there.
fn is_installed(folder: &Path, wanted: &Wanted) -> bool {
    let is_there = |(package, version): (&String, &String)| {
        installed_version(&folder.join("node_modules").join(package)).is_some_and(|installed| installed == *version)
    };
    wanted.packages().all(is_there)
}

/// The version of the package in a folder, if there is one.
pub(super) fn installed_version(package: &Path) -> Option<String> {
    read::<Installed>(&package.join("package.json")).ok().map(|installed| installed.version)
}

fn install(folder: &Path, name: &str) -> Result<()> {
    let mut npm = npm()?;
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    process::with_progress(&format!("installing npm packages (npm ci in {name}/)"), &mut npm)
}

/// The `npm` of the system.
pub(super) fn npm() -> Result<Command> {
    let npm = which::which("npm").context("there is no `npm`; install it by hand (on Debian: apt-get install npm)")?;
    Ok(process::command(npm))
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join("node_modules/.bin").join(name)
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<T> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}
