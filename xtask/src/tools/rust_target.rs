//! The Rust compiler's WebAssembly target.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::versions;
use crate::process;

const TARGET: &str = "wasm32-unknown-unknown";

/// Finds it or has rustup install it.
pub(super) fn ensure() -> Result<()> {
    if !is_installed()? {
        ensure!(
            which::which("rustup").is_ok(),
            "this Rust has no {TARGET} target, and there is no rustup to add it; install the target by hand, with your \
             system's packages or with rustup"
        );
        let mut rustup = process::command("rustup");
        process::with_progress(&format!("adding the Rust target {TARGET}"), rustup.args(["target", "add", TARGET]))?;
    }
    eprintln!("  Rust target {TARGET}");
    Ok(())
}

/// The Rust compiler.
pub(crate) struct Compiler {
    /// Its version.
    pub(crate) version: String,
    /// The commit that it was made from, which names the sources of its standard library.
    pub(crate) commit: String,
    /// Its folder.
    pub(crate) sysroot: PathBuf,
}

impl Compiler {
    /// Asks it.
    pub(super) fn find() -> Result<Self> {
        let told = process::output(process::command("rustc").args(["--version", "--verbose"]))?;
        let field =
            |name: &str| told.lines().find_map(|line| line.strip_prefix(name)).map(|text| text.trim().to_owned());
        Ok(Self {
            version: versions::printed_by(Path::new("rustc")).context("rustc does not say its version")?,
            commit: field("commit-hash:").context("rustc does not say its commit")?,
            sysroot: sysroot()?,
        })
    }
}

fn sysroot() -> Result<PathBuf> {
    let sysroot = process::output(process::command("rustc").args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(sysroot.trim()))
}

fn is_installed() -> Result<bool> {
    Ok(sysroot()?.join("lib/rustlib").join(TARGET).join("lib").is_dir())
}
