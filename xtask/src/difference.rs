//! What the last change of the content, or a branch's, does to advice: the clinical difference, for a person to look at.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::process::{command, git, output};
use crate::project::Project;

/// Names the commit that content is compared with. Without it, that is the one before the content's last change.
const BASE: &str = "PARS_CHECK_BASE";

/// Prints what differs for each quiz. It shows and does not judge: neither a difference fails, nor a history that is not
/// here, nor content that can't be read, which is said instead.
pub(crate) fn show(project: &Project) -> Result<()> {
    for quiz in project.quizzes()? {
        println!("\n{quiz}: {}", shown(project, &quiz)?);
    }
    Ok(())
}

fn shown(project: &Project, quiz: &str) -> Result<String> {
    let Some(base) = base(project, quiz) else {
        return Ok("there is no history here to compare with".to_owned());
    };
    let Some(before) = content_of(project, &base, quiz)? else {
        return Ok(format!("it is new since {base}"));
    };
    let (old, new) = (before.path().join(quiz), project.path(quiz));
    take_phrases(&new, &old)?;
    let mut diff = command("cargo");
    diff.args(["run", "-q", "-p", "quiz-authoring", "--bin", "quiz", "--", "diff"]).args([&old, &new]);
    match output(diff.current_dir(project.root())) {
        Ok(table) => Ok(format!("compared with {base}\n\n{}", table.trim())),
        Err(error) => Ok(format!("not compared with {base}, which these sources can't read\n{error:#}")),
    }
}

/// The commit to compare with, in short.
fn base(project: &Project, quiz: &str) -> Option<String> {
    let named = std::env::var(BASE).ok().filter(|base| !base.is_empty());
    let commit = named.or_else(|| {
        let last = output(git(project.root()).args(["log", "-1", "--format=%H", "--", quiz])).ok()?;
        Some(format!("{}^", last.trim())).filter(|parent| parent.len() > 1)
    })?;
    let short = output(git(project.root()).args(["rev-parse", "--verify", "--quiet", "--short", &commit])).ok()?;
    Some(short.trim().to_owned())
}

/// The content of another commit, in a folder of its own.
fn content_of(project: &Project, commit: &str, quiz: &str) -> Result<Option<TempDir>> {
    let folder = tempfile::tempdir().context("there is no room for the content of before")?;
    output(git(project.root()).args(["clone", "--quiet", "--shared", "--no-checkout", "."]).arg(folder.path()))?;
    let checked_out = output(git(folder.path()).args(["checkout", "--quiet", commit, "--", quiz]));
    Ok(checked_out.ok().map(|_| folder))
}

/// Puts today's phrases of the interface into the old content: they lead to no advice, and one that is new would stop the
/// comparison.
fn take_phrases(from: &Path, to: &Path) -> Result<()> {
    for language in fs::read_dir(from.join("lang"))? {
        let phrases = Path::new("lang").join(language?.file_name()).join("interface.toml");
        if to.join(&phrases).is_file() {
            fs::copy(from.join(&phrases), to.join(&phrases))?;
        }
    }
    Ok(())
}
