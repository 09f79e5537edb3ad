//! `cargo quiz`: checks a content folder, tries answers on it, proves what holds of all answers, writes it as FHIR.

mod command;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use command::verify::VerifyArguments;
use quiz_authoring::{
    Content, Problem, WITHOUT_FHIR, assess_all, diff, flow_and_tables, flow_as_svg, questionnaires, responses, review,
    texts_as_json,
};

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
    /// Reads a JSON array of answer objects from standard input and prints what each leads to; cases need not fit yet.
    Assess {
        /// The content folder.
        folder: PathBuf,
    },
    /// Prints every text that a visitor may read, in every language, as JSON.
    Texts {
        /// The content folder.
        folder: PathBuf,
    },
    /// Writes the document that a clinician reads and signs, as one HTML file.
    Review {
        /// The content folder.
        folder: PathBuf,
        /// Where to; standard output if not given.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Prints the quiz as FHIR R4: a JSON array with a `Questionnaire` for each language.
    Fhir {
        /// The content folder.
        folder: PathBuf,
        /// Writes to this file instead of standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[command(flatten)]
        responses: ResponseArguments,
    },
    /// Proves what must be true of every set of answers, and prints the report as JSON; exit code 1 if something is not.
    Verify {
        /// The content folder.
        folder: PathBuf,
        #[command(flatten)]
        arguments: VerifyArguments,
    },
    /// Puts small faults into the quiz, one at a time, and tells which of them neither a case nor the proof notices.
    Mutants {
        /// The content folder.
        folder: PathBuf,
        /// Prints JSON instead of the table.
        #[arg(long)]
        json: bool,
        /// Writes to this file instead of standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Writes the flow of the quiz and its decision tables in Markdown, and the flow as a drawing.
    Graph {
        /// The content folder.
        folder: PathBuf,
        /// Writes the Markdown to this file instead of standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Writes the drawing to this file, in SVG.
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
    },
    /// Lists every class of answers whose rule, tier, sections or results differ between two content folders, as a table in
    /// Markdown.
    Diff {
        /// The content folder as it was.
        old: PathBuf,
        /// The content folder as it is.
        new: PathBuf,
        /// Prints JSON instead of the table.
        #[arg(long)]
        json: bool,
        /// Writes to this file instead of standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

#[derive(Args)]
struct ResponseArguments {
    /// Reads a JSON array of answer objects from standard input and prints a `QuestionnaireResponse` for each.
    #[arg(long)]
    response: bool,
    /// The language of the responses; the first one if it is not given.
    #[arg(long, value_name = "CODE", requires = "response")]
    lang: Option<String>,
    /// When they were written, as 2026-05-01 or 2026-05-01T12:00:00Z; not said if it is not given.
    #[arg(long, value_name = "DATE", requires = "response")]
    authored: Option<String>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            complain(&format!("quiz: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check { folder } => {
            let Some(content) = load(folder)? else { return Ok(ExitCode::FAILURE) };
            print(&format!(
                "{}: no problems; {} questions, {} rules, {} cases{}, languages {}, hash {}",
                folder.display(),
                content.logic.questions.len(),
                content.logic.rules.len(),
                content.cases.len(),
                unasked(&content),
                content.languages.iter().map(|language| language.code.as_str()).collect::<Vec<_>>().join(", "),
                content.hash
            ))
        }
        Command::Assess { folder } => {
            let Some(content) = load_by(folder, Content::load_without_cases)? else { return Ok(ExitCode::FAILURE) };
            let rows = assess_all(&content.logic, &standard_input()?).map_err(anyhow::Error::msg)?;
            print(&rows)
        }
        Command::Texts { folder } => {
            let Some(content) = load_by(folder, Content::load_without_cases)? else { return Ok(ExitCode::FAILURE) };
            print(&texts_as_json(&content).map_err(anyhow::Error::msg)?)
        }
        Command::Review { folder, out } => {
            let Some(content) = load(folder)? else { return Ok(ExitCode::FAILURE) };
            give(review(&content).trim_end(), out.as_deref())
        }
        Command::Fhir { folder, out, responses } => {
            let Some(content) = load_by(folder, Content::load_without_cases)? else { return Ok(ExitCode::FAILURE) };
            let written = if responses.response { responses.of(&content)? } else { fhir(&content)? };
            give(&written, out.as_deref())
        }
        Command::Mutants { folder, json, out } => {
            let Some(content) = load(folder)? else { return Ok(ExitCode::FAILURE) };
            let found = command::mutants::found(&content)?;
            let written = if *json { serde_json::to_string_pretty(&found)? } else { found.table() };
            give(written.trim_end(), out.as_deref())
        }
        Command::Verify { folder, arguments } => {
            let Some(content) = load_by(folder, Content::load_without_cases)? else { return Ok(ExitCode::FAILURE) };
            let (report, code) = arguments.report(&content)?;
            give(&report, arguments.out.as_deref())?;
            Ok(code)
        }
        Command::Graph { folder, out, svg } => {
            let Some(content) = load_by(folder, Content::load_without_cases)? else { return Ok(ExitCode::FAILURE) };
            if let Some(file) = svg {
                give(flow_as_svg(&content)?.trim_end(), Some(file))?;
            }
            give(flow_and_tables(&content)?.trim_end(), out.as_deref())
        }
        Command::Diff { old, new, json, out } => {
            let [old, new] = [old, new].map(|folder| load_by(folder, Content::load_without_cases));
            let (Some(old), Some(new)) = (old?, new?) else { return Ok(ExitCode::FAILURE) };
            let difference = diff(&old, &new)?;
            let told = if *json { serde_json::to_string_pretty(&difference)? } else { difference.to_string() };
            give(&told, out.as_deref())
        }
    }
}

/// Which cases answer what they are not asked, if some do: it may be meant, and may be a slip of the pen.
fn unasked(content: &Content) -> String {
    let ids = content.cases_with_unasked_answers();
    let named = ids.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = if ids.len() > NAMED { format!(" and {} more", ids.len() - NAMED) } else { String::new() };
    if ids.is_empty() { named } else { format!(" (with answers that are not asked for: {named}{more})") }
}

/// How many of them are named.
const NAMED: usize = 5;

fn fhir(content: &Content) -> anyhow::Result<String> {
    questionnaires(content).context(WITHOUT_FHIR)
}

impl ResponseArguments {
    fn of(&self, content: &Content) -> anyhow::Result<String> {
        let is_wanted = |code: &str| self.lang.as_deref().is_none_or(|wanted| wanted == code);
        let language = content.languages.iter().find(|language| is_wanted(&language.code));
        let language = language.with_context(|| {
            let known: Vec<&str> = content.languages.iter().map(|language| language.code.as_str()).collect();
            format!("there is no such language; known are {}", known.join(", "))
        })?;
        let authored = self.authored.as_deref().unwrap_or_default();
        responses(&language.pack, authored, &standard_input()?).map_err(anyhow::Error::msg)
    }
}

fn standard_input() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).context("standard input can't be read")?;
    String::from_utf8(bytes).context("standard input is not UTF-8")
}

/// Reads the folder; where there are problems it prints all of them to standard error.
fn load(folder: &Path) -> anyhow::Result<Option<Content>> {
    load_by(folder, Content::load)
}

fn load_by(folder: &Path, load: impl Fn(&Path) -> Result<Content, Vec<Problem>>) -> anyhow::Result<Option<Content>> {
    std::fs::read_dir(folder).with_context(|| format!("the folder {} can't be read", folder.display()))?;
    let problems = match load(folder) {
        Ok(content) => return Ok(Some(content)),
        Err(problems) => problems,
    };
    for Problem { file, line, message } in &problems {
        complain(&format!("{}:{line}: {message}", folder.join(file).display()));
    }
    complain(&format!("{} problem{}", problems.len(), if problems.len() == 1 { "" } else { "s" }));
    Ok(None)
}

/// Whoever closed standard error wants to hear no more, and that is no reason to panic.
fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn print(line: &str) -> anyhow::Result<ExitCode> {
    writeln!(std::io::stdout(), "{line}").context("standard output can't be written")?;
    Ok(ExitCode::SUCCESS)
}

/// Writes it to a file, or prints it where none is named.
fn give(text: &str, out: Option<&Path>) -> anyhow::Result<ExitCode> {
    let Some(out) = out else { return print(text) };
    std::fs::write(out, format!("{text}\n")).with_context(|| format!("{} can't be written", out.display()))?;
    Ok(ExitCode::SUCCESS)
}
