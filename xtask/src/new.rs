//! `cargo xtask new`: what a new question, section, language or quiz needs in every file, so that `cargo quiz check` then
//! names, by file and line, only what a person has to write.

mod edit;
mod files;
mod language;
mod question;
mod quiz;
mod section;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use quiz_authoring::{Content, is_slug};

use crate::project::Project;
pub(crate) use question::Asked;

/// How many mistakes are told; `cargo quiz check` tells all.
const TOLD: usize = 20;

/// What is new.
#[derive(Subcommand)]
pub(crate) enum New {
    /// A question, behind the last one or behind another, with its words in every language
    Question {
        /// Its id: small letters, digits and _
        id: String,
        #[command(flatten)]
        asked: Asked,
        #[command(flatten)]
        of: Of,
    },
    /// A section of guidance, with its text in every language
    Section {
        /// Its id: small letters, digits and _
        id: String,
        #[command(flatten)]
        of: Of,
    },
    /// A language: every text of the first one, marked as still to be translated
    Language {
        /// Its code of BCP 47, such as es
        code: String,
        #[command(flatten)]
        of: Of,
    },
    /// A quiz in content/, the smallest that is sound
    Quiz {
        /// Its id: small letters, digits and -
        id: String,
    },
}

/// To which quiz it belongs.
#[derive(Args)]
pub(crate) struct Of {
    /// The quiz's content folder, from the current folder on or from that of the repository
    #[arg(long, value_name = "DIR", default_value = "content/pars-defect")]
    quiz: PathBuf,
}

/// Writes it and tells what is left to write.
pub(crate) fn run(project: &Project, new: New) -> Result<()> {
    let files = match new {
        New::Question { id, asked, of } => question::files(&of.folder(project)?, &id, &asked)?,
        New::Section { id, of } => section::files(&of.folder(project)?, &id)?,
        New::Language { code, of } => language::files(&of.folder(project)?, &code)?,
        New::Quiz { id } => quiz::files(project, &id)?,
    };
    for file in files.write()? {
        println!("{} {}", file.how, shown(project, &file.path).display());
    }
    tell_what_is_left(project, files.folder());
    Ok(())
}

impl Of {
    fn folder(&self, project: &Project) -> Result<PathBuf> {
        self.folder_from(&std::env::current_dir()?, project)
    }

    /// As `cargo quiz` finds it, and else in the repository, where the default is.
    fn folder_from(&self, here: &Path, project: &Project) -> Result<PathBuf> {
        let places = [here, project.root()].map(|from| from.join(&self.quiz));
        let found = places.iter().find(|folder| folder.join("quiz.toml").is_file());
        let [_, folder] = &places;
        found.cloned().with_context(|| {
            format!(
                "{} is no content folder, for it has no quiz.toml; name one with --quiz, such as content/pars-defect",
                folder.display()
            )
        })
    }
}

fn tell_what_is_left(project: &Project, folder: &Path) {
    let check = format!("cargo quiz check {}", shown(project, folder).display());
    let Err(problems) = Content::load(folder) else {
        return println!("\nNothing is left to write: `{check}` finds no problem.");
    };
    println!("\nLeft to write, as `{check}` tells:\n");
    problems.iter().take(TOLD).for_each(|problem| println!("{problem}"));
    if problems.len() > TOLD {
        println!("… and {} more", problems.len() - TOLD);
    }
}

fn shown<'a>(project: &Project, path: &'a Path) -> &'a Path {
    path.strip_prefix(project.root()).unwrap_or(path)
}

fn ensure_slug(id: &str) -> Result<()> {
    ensure!(!id.is_empty() && is_slug(id), "`{id}` is no id: use small letters, digits and _");
    Ok(())
}
