//! `cargo quiz verify`: the proof, with its progress on standard error.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use quiz_authoring::{Content, Progress, Proof, page, verify};
use serde::Serialize;

use super::{bar, show};

/// Where the proof goes.
#[derive(Args)]
pub(crate) struct VerifyArguments {
    /// Writes the report to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Writes the report as a page to read, too.
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// Writes answers on both sides of every flip of every option that a rule depends on, too, for an engine to be run
    /// on.
    #[arg(long, value_name = "FILE")]
    witnesses: Option<PathBuf>,
}

/// The witnesses as they are written.
#[derive(Serialize)]
struct Witnesses<'a> {
    quiz: &'a str,
    hash: &'a str,
    flips: &'a [quiz_authoring::Flip],
}

impl VerifyArguments {
    /// Proves, writes the files, and gives the report as JSON.
    pub(crate) fn report(&self, content: &Content) -> anyhow::Result<(String, ExitCode)> {
        let Proof { report, flips } = proved(content)?;
        if let Some(file) = &self.page {
            write(file, &page(&report))?;
        }
        if let Some(file) = &self.witnesses {
            let witnesses = Witnesses { quiz: &report.quiz, hash: &report.hash, flips: &flips };
            write(file, &serde_json::to_string(&witnesses)?)?;
        }
        let code = if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        Ok((serde_json::to_string_pretty(&report)?, code))
    }
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(file, text).with_context(|| format!("{} can't be written", file.display()))
}

/// Proves with a bar.
fn proved(content: &Content) -> anyhow::Result<Proof> {
    let bar = bar();
    let proof = verify(content, &mut |Progress { done, of, what }| {
        show(&bar, done, of);
        bar.set_message(what.to_owned());
    });
    bar.finish_and_clear();
    Ok(proof?)
}
