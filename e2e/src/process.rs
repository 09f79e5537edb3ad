//! Programs that the tests run outside.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Runs a program with this on its standard input, and gives what it prints.
pub(crate) fn printed(command: &mut Command, input: &str) -> Result<String> {
    let shown = format!("{command:?}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("{shown} can't be run"))?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    let input = input.to_owned();
    // Written beside the reading, so that neither waits for the other.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{shown} failed: {}", output.status);
    writer.join().ok().context("the writer of standard input got lost")??;
    String::from_utf8(output.stdout).context("standard output is not UTF-8")
}
