//! `cargo xtask`: finds the tools, builds, seals, serves and tests.
//!
//! Everything it makes lies under `target/`, but for `dist`, which goes where it is told.

mod answers;
mod audit;
mod bake;
mod bench;
mod build;
mod bundle;
mod byte_text;
mod checks;
mod dependencies;
mod development;
mod difference;
mod dist;
mod document;
mod engine_text;
mod events;
mod fuzz;
mod hashes;
mod imports;
mod languages;
mod leaflet;
mod load;
mod logo;
mod looks;
mod manifest;
mod new;
mod panics;
mod policy;
mod process;
mod progress;
mod project;
mod proof;
mod release;
mod released;
mod reproduce;
mod sbom;
mod serve;
mod settings;
mod sizes;
mod texts;
mod tools;
mod unused;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::Project;

/// Finds the tools, builds, seals, serves and tests pars-check.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the self-check and serves it on the demo page, on this machine only
    Serve {
        /// The port; a free one if not given
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
    /// Runs every check that a change has to pass
    Test {
        /// Adds the long runs: fuzzing, applications in frameworks, content systems, the load, and the soak, a thousand
        /// quizzes in one page
        #[arg(long)]
        all: bool,
    },
    /// Writes the sealed documents and all that goes with them
    Dist {
        /// Where to; dist/ in the checkout if not given
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Settings to bake into the documents (TOML), and what is a clinic's own: docs/how-to/make-it-your-own.md
        #[arg(long, value_name = "FILE")]
        settings: Option<PathBuf>,
        /// Another quiz: its content folder. Its documents, the engine and FHIR are written, but nothing to embed them
        #[arg(long, value_name = "DIR", requires = "out")]
        content: Option<PathBuf>,
    },
    /// Compares what the built document can reach with the lists in audit/
    Audit {
        /// The distribution; dist/ in the checkout if not given, which is made if it is not there
        #[arg(long, value_name = "DIR")]
        dist: Option<PathBuf>,
    },
    /// Writes what a new question, section, language or quiz needs; `cargo quiz check` then names what is left to write
    New {
        #[command(subcommand)]
        new: new::New,
    },
    /// Shows what the content's last change, or that since the commit `PARS_CHECK_BASE`, does to advice
    Difference,
    /// Hands made-up packs, content, settings and messages to the product, for a while each
    Fuzz {
        /// How many seconds each
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// Keeps what is new in fuzz/corpus/
        #[arg(long)]
        keep: bool,
    },
    /// Builds, takes a picture of every state and compares it with the approved one; all are in target/looks/index.html
    Looks {
        /// Makes the pictures of this run the approved ones
        #[arg(long)]
        approve: bool,
    },
    /// Builds and measures the check beside others that ask the same questions, and says which targets it reaches
    Bench {
        /// How many times each is measured, in turn
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
        runs: u16,
        /// Where all numbers are written as JSON; target/bench/report.json if not given
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Measures this distribution of the same sources as it is, and builds none
        #[arg(long, value_name = "DIR")]
        dist: Option<PathBuf>,
    },
    /// Builds, shows what each part of the document weighs beside what it did, and keeps that in audit/sizes.json
    Sizes,
    /// Serves the check and others with nginx and measures how many visitors a second that starts
    Load {
        /// How many times each is measured, in turn
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
        runs: u16,
        /// For how many seconds each time
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
        seconds: u16,
        /// Where all numbers are written as JSON; target/load/report.json if not given
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Measures this distribution of the same sources as it is, and builds none
        #[arg(long, value_name = "DIR")]
        dist: Option<PathBuf>,
    },
    /// Builds the distribution twice, in different folders, and compares the bytes
    Reproduce,
    /// Builds and packs a release, with notes from CHANGELOG.md, into target/releases; keeps its loader in embed/released
    Release {
        /// Of any state, and nothing is kept
        #[arg(long)]
        draft: bool,
    },
    /// Writes the page's body for `trunk serve`, which calls this before each build
    Content {
        /// Where to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Finds or installs every tool and does nothing else
    Tools {
        /// Adds what the long runs need: frameworks, content systems, and what the load is measured with
        #[arg(long)]
        all: bool,
    },
}

impl Task {
    fn run(self) -> Result<()> {
        let project = Project::find()?;
        match self {
            Self::Serve { port } => serve::run(&project, port),
            Self::Test { all } => checks::run(&project, all),
            Self::Dist { out, settings, content } => {
                let out = out.unwrap_or_else(|| project.path("dist"));
                match content {
                    Some(content) => dist::other(&project, &content, &out, settings.as_deref()),
                    None => dist::run(&project, &out, settings.as_deref()),
                }
            }
            Self::Audit { dist: Some(dist) } => audit::run(&project, &dist),
            Self::Audit { dist: None } => {
                let dist = project.path("dist");
                if !dist.join("engine.wasm").exists() {
                    dist::run(&project, &dist, None)?;
                }
                audit::run(&project, &dist)
            }
            Self::New { new } => new::run(&project, new),
            Self::Difference => difference::show(&project),
            Self::Fuzz { seconds, keep } => fuzz::run(&project, seconds, keep),
            Self::Looks { approve } => looks::run(&project, approve),
            Self::Bench { runs, json, dist } => bench::run(&project, runs, json.as_deref(), dist.as_deref()),
            Self::Sizes => {
                let out = project.path("dist");
                dist::run(&project, &out, None)?;
                sizes::weigh(&project, &tools::for_building(&project)?, &out, true)
            }
            Self::Load { runs, seconds, json, dist } => {
                load::run(&project, &load::Plan { runs, seconds, json: json.as_deref(), dist: dist.as_deref() })
            }
            Self::Reproduce => {
                let out = project.path("dist");
                dist::run(&project, &out, None)?;
                reproduce::check(&project, &out, &tools::for_building(&project)?.search_path)
            }
            Self::Release { draft } => release::run(&project, draft),
            Self::Content { out } => development::run(&project, &out),
            Self::Tools { all } => tools::find_all(&project, all),
        }
    }
}

fn main() -> ExitCode {
    match Cli::parse().command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
