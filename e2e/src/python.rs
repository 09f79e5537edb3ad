//! Python with the packages of `e2e/python/requirements.txt`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::printed;
use crate::repository;

/// The Python that `cargo xtask tools` made, or the one that `PARS_CHECK_PYTHON` names.
pub fn python() -> PathBuf {
    let given = std::env::var_os("PARS_CHECK_PYTHON").map(PathBuf::from);
    given.unwrap_or_else(|| repository("target/python/bin/python"))
}

/// Runs a script of `e2e/python` with this on its standard input, and gives what it prints.
///
/// # Errors
/// There is no such Python, or the script fails.
pub fn run_python(script: &str, arguments: &[&str], input: &str) -> Result<String> {
    let mut command = Command::new(python());
    command.arg(repository("e2e/python").join(script)).args(arguments);
    printed(&mut command, input).context("`cargo xtask tools` makes the Python of the tests")
}
