//! The Rust compiler's WebAssembly target.

use std::path::Path;

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

/// The compiler's version.
pub(super) fn rustc_version() -> Result<String> {
    versions::printed_by(Path::new("rustc")).context("rustc does not say its version")
}

fn is_installed() -> Result<bool> {
    let sysroot = process::output(process::command("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}
