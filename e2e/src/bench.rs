//! The quiz beside the same questions asked otherwise, each on the same slow phone, in the same Chromium, in turn.
//!
//! `docs/performance.md` says what is measured and how; `cargo xtask bench` prepares what is read here and runs it.

pub(crate) mod contenders;
mod host;
pub(crate) mod machine;
pub(crate) mod numbers;
pub(crate) mod questions;
mod report;
mod sizes;
mod targets;
mod visit;

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use contenders::Contender;
use host::Hosted;
use numbers::Numbers;
use questions::Questions;
use sizes::Sizes;
use visit::Measured;

use crate::repository;

pub use report::Report;

/// Pages around the check: one with the frame far below the window, the demo page, and the demo page without the check.
const HOSTS: [&str; 3] = [FAR, "/index.html", BARE];
const FAR: &str = "/host.html";
const BARE: &str = "/bare.html";

/// Measures everybody in turn, so many times.
///
/// # Errors
/// What is measured is not there, or somebody could not be measured a single time.
pub async fn bench(runs: usize) -> Result<Report> {
    let questions = Questions::read()?;
    let steps = questions.steps()?;
    let machine = machine::machine();
    eprintln!("Making the sites");
    contenders::make(&questions)?;
    let mut visits: BTreeMap<Contender, Vec<Measured>> = BTreeMap::new();
    let mut hosts: BTreeMap<&'static str, Vec<Hosted>> = BTreeMap::new();
    for run in 1..=runs {
        for contender in Contender::ALL {
            let measured = visit::visit(contender, &steps).await;
            keep(visits.entry(contender).or_default(), measured, run, contender.name());
        }
        for page in HOSTS {
            keep(hosts.entry(page).or_default(), host::visit(page).await, run, page);
        }
    }
    for (contender, measured) in &visits {
        ensure!(!measured.is_empty(), "{} could not be measured", contender.name());
    }
    let numbers = visits.into_iter().map(|(contender, measured)| (contender, by_measure(&measured))).collect();
    let (sizes, versions) = (Sizes::read()?, machine::versions());
    Ok(Report { runs, machine, versions, numbers, hosts, sizes, evaluations: evaluations()? })
}

/// Keeps what a run measured. One that failed is told and left out: a page of others may fail now and then.
fn keep<T>(all: &mut Vec<T>, measured: Result<T>, run: usize, who: &str) {
    match measured {
        Ok(measured) => {
            eprintln!("  run {run}: {who}");
            all.push(measured);
        }
        Err(error) => eprintln!("  run {run}: {who} FAILED: {error:#}"),
    }
}

/// The runs' numbers, by what was measured.
fn by_measure(runs: &[Measured]) -> BTreeMap<&'static str, Numbers> {
    let names = runs.iter().flat_map(|run| run.keys().copied());
    names.map(|name| (name, Numbers::of(runs.iter().filter_map(|run| run.get(name).copied())))).collect()
}

/// How many evaluations a second the engine makes natively, as `cargo xtask bench` found.
fn evaluations() -> Result<Option<f64>> {
    let file = repository("target/bench/evaluations.json");
    let text = std::fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
    let found: Value = serde_json::from_str(&text)?;
    Ok(found.get("per_second").and_then(Value::as_f64))
}
