//! `cargo quiz`: checks a content folder and tries answers on it.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use quiz_authoring::{Content, assess_all};

/// Works on the content of a quiz.
#[derive(Parser)]
#[command(name = "quiz", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Names every problem in a content folder, by file and line.
    Check {
        /// The content folder.
        folder: PathBuf,
    },
    /// Reads a JSON array of answer objects from standard input and prints what each leads to.
    Assess {
        /// The content folder.
        folder: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("quiz: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check { folder } => Ok(load(folder).map_or(ExitCode::FAILURE, |content| {
            println!(
                "{}: no problems; {} questions, {} rules, {} cases, languages {}",
                folder.display(),
                content.logic.questions.len(),
                content.logic.rules.len(),
                content.cases.len(),
                content.languages.iter().map(|language| language.code.as_str()).collect::<Vec<_>>().join(", ")
            );
            ExitCode::SUCCESS
        })),
        Command::Assess { folder } => {
            let Some(content) = load(folder) else { return Ok(ExitCode::FAILURE) };
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).context("standard input can't be read")?;
            let text = String::from_utf8(bytes).context("standard input is not UTF-8")?;
            let rows = assess_all(&content.logic, &text).map_err(anyhow::Error::msg)?;
            writeln!(std::io::stdout(), "{rows}").context("standard output can't be written")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Reads the folder; where there are problems it prints all of them to standard error.
fn load(folder: &PathBuf) -> Option<Content> {
    match Content::load(folder) {
        Ok(content) => Some(content),
        Err(problems) => {
            for problem in &problems {
                eprintln!("{}/{problem}", folder.display());
            }
            eprintln!("{} problems", problems.len());
            None
        }
    }
}
