//! The engine: what Trunk builds, made smaller.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::process;
use crate::project::Project;
use crate::tools::BuildTools;

/// What the engine may use of WebAssembly, by name: all of it in every browser that the documents are built for.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How it is made small. Small with brotli is what counts: leaving out the inlining of functions that are called once
/// makes the module 4 % larger as it is and 4 % smaller as it is sent, and the order of functions helps a little more.
const PASSES: [&str; 6] = [
    "-Oz",
    "--converge",
    "--one-caller-inline-max-function-size=0",
    "--reorder-functions",
    "--strip-debug",
    "--strip-producers",
];

/// The engine and the JavaScript that goes with it.
pub(crate) struct Engine {
    /// The module's bytes.
    pub(crate) bytes: Vec<u8>,
    /// The folder with wasm-bindgen's glue, `pars-check.js`, and its `snippets/`.
    pub(crate) glue: PathBuf,
}

/// Builds the engine.
pub(crate) fn engine(project: &Project, tools: &BuildTools) -> Result<Engine> {
    let out = project.target("trunk");
    trunk(project, tools, &out)?;
    let small = project.target("engine.wasm");
    optimize(tools, &out.join("pars-check_bg.wasm"), &small)?;
    let bytes = fs::read(&small).context("wasm-opt left no engine")?;
    Ok(Engine { bytes, glue: out })
}

fn trunk(project: &Project, tools: &BuildTools, out: &Path) -> Result<()> {
    let mut trunk = process::command(&tools.trunk);
    trunk.args(["build", "--release", "--cargo-profile", "web", "--dist"]).arg(out);
    trunk.current_dir(project.root()).env("PATH", &tools.search_path);
    // Trunk takes NO_COLOR for a true or false of its own and stops at "1".
    trunk.env_remove("NO_COLOR");
    // For the engine alone: flags for everything would have the hook compile all of xtask again.
    trunk.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", path_flags(project)?);
    process::with_progress("building the engine (trunk)", &mut trunk)
}

/// Keeps the names of this machine's folders out of the engine, so that its bytes are the same everywhere.
fn path_flags(project: &Project) -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    let folders = [(project.root(), "/pars-check"), (&home, "/cargo")];
    let flags = folders.map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    let has_blank = flags.iter().any(|flag| flag.contains(char::is_whitespace));
    ensure!(!has_blank, "the checkout's and Cargo's folders may have no blank in their names; move the checkout");
    Ok(flags.join(" "))
}

fn optimize(tools: &BuildTools, from: &Path, to: &Path) -> Result<()> {
    let mut wasm_opt = process::command(&tools.npm.wasm_opt);
    wasm_opt.args(PASSES).args(FEATURES);
    process::with_progress("making the engine small (wasm-opt)", wasm_opt.arg(from).arg("-o").arg(to))
}
