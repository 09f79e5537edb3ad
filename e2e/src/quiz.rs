//! The `quiz` command, as an editor runs it.

use std::process::Command;

use anyhow::Result;

use crate::process::printed;
use crate::repository;

/// Runs `cargo quiz` with these arguments and this standard input, and gives what it prints.
///
/// # Errors
/// It can't be built or run, or it fails.
pub fn quiz(arguments: &[&str], input: &str) -> Result<String> {
    let mut cargo = Command::new("cargo");
    // What Cargo told this test about its own crate is not for other crates, which would be built anew for it.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_")) {
        cargo.env_remove(name);
    }
    cargo.args(["run", "--quiet", "--package", "quiz-authoring", "--bin", "quiz", "--"]).args(arguments);
    printed(cargo.current_dir(repository("")), input)
}
