//! The `quiz` command, as an editor runs it.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

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
    cargo.current_dir(crate::repository("")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = cargo.spawn().context("cargo can't be run")?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    let input = input.to_owned();
    // Written beside the reading, for a long input and a long output would wait for each other.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "cargo quiz {} failed ({})", arguments.join(" "), output.status);
    writer.join().ok().context("the writer of standard input got lost")??;
    String::from_utf8(output.stdout).context("standard output is not UTF-8")
}
