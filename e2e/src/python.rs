//! What the tests run outside: the `quiz` command, and Python with the packages of `e2e/python/requirements.txt`.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

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

/// What `cargo quiz` prints for these arguments, run in the repository.
///
/// # Errors
/// It can't be built, or it fails.
pub fn quiz(arguments: &[&str]) -> Result<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "-q", "-p", "quiz-authoring", "--bin", "quiz", "--"]).args(arguments);
    printed(command.current_dir(repository("")), "")
}

fn printed(command: &mut Command, input: &str) -> Result<String> {
    let shown = format!("{command:?}");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{shown} can't be run"))?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    let input = input.to_owned();
    // Written beside the reading, so that neither waits for the other.
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output()?;
    let _ = writer.join();
    ensure!(output.status.success(), "{shown} failed: {}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}
