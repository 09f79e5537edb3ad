//! Visitors a second, so many times in turn: `load RUNS SECONDS FILE` prints a table and writes all of it as JSON.
//! `cargo xtask load` prepares what this reads.

use std::process::ExitCode;

use anyhow::{Context, Result};

#[tokio::main]
async fn main() -> ExitCode {
    e2e::ended(&run().await)
}

async fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [runs, seconds, file] = &arguments[..] else { anyhow::bail!("load RUNS SECONDS FILE") };
    let runs = runs.parse().context("RUNS is a number")?;
    let load = e2e::load(runs, seconds.parse().context("SECONDS is a number")?).await?;
    println!("{}", load.table());
    let json = serde_json::to_string_pretty(&load.to_json())? + "\n";
    std::fs::write(file, json).with_context(|| format!("{file} can't be written"))?;
    println!("{file}");
    Ok(())
}
