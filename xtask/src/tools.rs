//! The tools that building and testing need: each is found at its pinned version or installed, and is named.
//!
//! A second run finds everything and installs nothing.

mod browsers;
mod cargo_tool;
mod content_systems;
mod npm;
mod packed;
mod python;
mod rust_target;
mod system_program;
mod versions;
mod web_servers;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::Project;
use cargo_tool::CargoTool;
use packed::PackedPackage;
use versions::{CARGO_DENY, CARGO_FUZZ, TRUNK, WASM_BINDGEN, WASM_PACK};

pub(crate) use browsers::Browsers;
pub(crate) use npm::Npm;
pub(crate) use rust_target::Compiler;

/// What building needs.
pub(crate) struct BuildTools {
    /// The Rust compiler.
    pub(crate) compiler: Compiler,
    /// `trunk`.
    pub(crate) trunk: PathBuf,
    /// `esbuild` and `wasm-opt`.
    pub(crate) npm: Npm,
    /// The search path for programs that look for tools of their own, such as Trunk for `wasm-bindgen`.
    pub(crate) search_path: OsString,
    /// Each tool and its version, for the manifest.
    pub(crate) versions: Vec<(String, String)>,
}

/// What testing needs beyond.
pub(crate) struct TestTools {
    /// `wasm-pack`.
    pub(crate) wasm_pack: PathBuf,
    /// `cargo-deny`.
    pub(crate) cargo_deny: PathBuf,
    /// The browsers and their drivers.
    pub(crate) browsers: Browsers,
    /// The web servers, each by the variable of the environment in which the end-to-end tests look for it.
    pub(crate) web_servers: Vec<(&'static str, PathBuf)>,
    /// A Python with what the end-to-end tests run in it.
    pub(crate) python: PathBuf,
}

/// Finds or installs everything, and what the long runs need if `all`.
pub(crate) fn find_all(project: &Project, all: bool) -> Result<()> {
    for_building(project)?;
    for_testing(project)?;
    if all {
        for_frameworks(project)?;
        for_content_systems(project)?;
        for_loading(project)?;
    }
    Ok(())
}

/// Finds or installs what building needs.
pub(crate) fn for_building(project: &Project) -> Result<BuildTools> {
    eprintln!("Tools for building");
    versions::check_lock(project)?;
    rust_target::ensure()?;
    let npm = Npm::ensure(project)?;
    let wasm_bindgen = WASM_BINDGEN.ensure(project)?;
    let trunk = TRUNK.ensure(project)?;
    let mut versions: Vec<(String, String)> = npm.versions.clone();
    versions.extend([WASM_BINDGEN, TRUNK].map(|tool| (tool.package.to_owned(), tool.version.to_owned())));
    let compiler = Compiler::find()?;
    versions.push(("rustc".to_owned(), compiler.version.clone()));
    let search_path = path_with(&[&wasm_bindgen, &trunk])?;
    Ok(BuildTools { compiler, trunk, npm, search_path, versions })
}

/// Finds or installs what auditing needs.
pub(crate) fn for_auditing(project: &Project) -> Result<Npm> {
    Npm::ensure(project)
}

/// Finds or installs what fuzzing needs.
pub(crate) fn for_fuzzing(project: &Project) -> Result<PathBuf> {
    CARGO_FUZZ.ensure(project)
}

/// Finds or installs what taking pictures needs.
pub(crate) fn for_looking(project: &Project) -> Result<Browsers> {
    Browsers::ensure(project)
}

/// Finds or installs the frameworks that the check is embedded in by the tests.
pub(crate) fn for_frameworks(project: &Project) -> Result<()> {
    npm::ensure_for_frameworks(project)
}

/// Finds or installs what the benchmark needs: the browser, and the programs that the check is measured beside.
pub(crate) fn for_benchmarking(project: &Project) -> Result<Browsers> {
    npm::ensure_for_benchmarks(project)?;
    Browsers::ensure(project)
}

/// Finds or installs the content systems that the long runs try the recipes in.
pub(crate) fn for_content_systems(project: &Project) -> Result<Vec<(&'static str, PathBuf)>> {
    content_systems::ensure(project)
}

/// Finds or installs what the load is measured with, and gives each by the variable in which it is looked for: browsers,
/// web servers, the program that asks, and the programs that the check is measured beside.
pub(crate) fn for_loading(project: &Project) -> Result<Vec<(&'static str, PathBuf)>> {
    npm::ensure_for_benchmarks(project)?;
    let mut environment = Browsers::ensure(project)?.environment;
    environment.extend(web_servers::ensure()?);
    environment.push(web_servers::ensure_wrk()?);
    Ok(environment)
}

/// Finds or installs what testing needs beyond that.
pub(crate) fn for_testing(project: &Project) -> Result<TestTools> {
    eprintln!("Tools for testing");
    npm::ensure_for_tests(project)?;
    let tools = TestTools {
        wasm_pack: WASM_PACK.ensure(project)?,
        cargo_deny: CARGO_DENY.ensure(project)?,
        browsers: Browsers::ensure(project)?,
        web_servers: web_servers::ensure()?,
        python: python::ensure(project)?,
    };
    cargo_tool::remove_leftovers(project)?;
    Ok(tools)
}

/// The search path with the folders of these programs before all others.
fn path_with(programs: &[&Path]) -> Result<OsString> {
    let own = programs.iter().filter_map(|program| program.parent().map(Path::to_path_buf));
    let others = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.chain(env::split_paths(&others))).context("a folder on the PATH has a forbidden character")
}
