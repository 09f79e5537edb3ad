//! `cargo quiz verify`: the proof, with its progress on standard error.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use quiz_authoring::{Content, Progress, Proof, Property, Report, page, verify};
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
        for line in self.refuted(&report) {
            crate::complain(&line);
        }
        Ok((serde_json::to_string_pretty(&report)?, code))
    }
}

impl VerifyArguments {
    /// What does not hold, in a line each, under one that counts them.
    fn refuted(&self, report: &Report) -> Vec<String> {
        let refuted: Vec<&Property> = report.properties.iter().filter(|property| !property.holds).collect();
        let said = refuted.iter().map(|property| {
            let detail = property.detail.as_deref().unwrap_or(&property.statement);
            format!("  {}: {detail}", property.id)
        });
        let count = match refuted.len() {
            0 => return Vec::new(),
            1 => "1 property does not hold".to_owned(),
            count => format!("{count} properties do not hold"),
        };
        let file = self.page.as_ref().or(self.out.as_ref());
        let see = file.map(|file| format!(", see {}", file.display())).unwrap_or_default();
        std::iter::once(format!("{count}{see}:")).chain(said).collect()
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
