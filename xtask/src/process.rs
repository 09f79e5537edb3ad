//! Runs other programs: quietly, with progress, or with their output shown.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::progress::Progress;

/// How many lines of a failed program's output are shown.
const LINES_SHOWN: usize = 80;

/// A command without what `cargo run` told this program about itself, which would make builds inside it differ.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO_PRIMARY_PACKAGE" {
            command.env_remove(&name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// Runs it and returns what it printed on its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = name_of(command);
    let done = command.output().with_context(|| format!("{name} can't be run"))?;
    let errors = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success(), "{name} failed ({})\n{}", done.status, errors.trim());
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Runs it with its output shown.
pub(crate) fn shown(command: &mut Command) -> Result<()> {
    let name = name_of(command);
    let status = command.status().with_context(|| format!("{name} can't be run"))?;
    ensure!(status.success(), "{name} failed ({status})");
    Ok(())
}

/// Git, to be run in a folder.
pub(crate) fn git(folder: &Path) -> Command {
    let mut git = command("git");
    git.current_dir(folder);
    git
}

/// Runs it with its last line of output shown as progress; all of it is shown if it fails.
pub(crate) fn with_progress(what: &str, command: &mut Command) -> Result<()> {
    let name = name_of(command);
    let mut progress = Progress::start(what);
    let spawned = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.with_context(|| format!("{name} can't be run"))?;
    let lines = follow(&lines_of(&mut child), &mut progress);
    let status = child.wait().with_context(|| format!("{name} got lost"))?;
    if status.success() {
        progress.done();
        return Ok(());
    }
    progress.failed();
    let from = lines.len().saturating_sub(LINES_SHOWN);
    bail!("{what}: {name} failed ({status})\n{}", lines.get(from..).unwrap_or_default().join("\n"))
}

fn name_of(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn follow(lines: &Receiver<String>, progress: &mut Progress) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    loop {
        match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => all.push(line),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return all,
        }
        progress.tell(all.last().map_or("", String::as_str));
    }
}

/// The lines of both outputs as they come. The channel closes when both outputs have.
fn lines_of(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(output) = child.stdout.take() {
        pass_on(output, sender.clone());
    }
    if let Some(errors) = child.stderr.take() {
        pass_on(errors, sender);
    }
    receiver
}

fn pass_on(output: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            if sender.send(String::from_utf8_lossy(&line).trim_end().to_owned()).is_err() {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_program_is_named_with_its_output() {
        let mut failing = command("sh");
        failing.args(["-c", "echo from stdout; echo from stderr >&2; exit 3"]);
        let error = with_progress("trying", &mut failing).unwrap_err().to_string();
        assert!(error.contains("trying: sh failed"), "{error}");
        assert!(error.contains("from stdout") && error.contains("from stderr"), "{error}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = output(&mut command("no-such-program")).unwrap_err().to_string();
        assert_eq!(error, "no-such-program can't be run");
    }

    #[test]
    fn cargos_words_about_this_program_are_not_passed_on() {
        let variables = output(&mut command("env")).unwrap();
        assert!(!variables.contains("CARGO_PKG_NAME="), "{variables}");
    }
}
