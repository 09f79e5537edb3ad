//! The quiz beside others, so many times in turn: `bench RUNS FILE` prints tables and writes all of it as JSON.
//! `cargo xtask bench` prepares what this reads.

use std::process::ExitCode;

use anyhow::{Context, Result};

#[tokio::main]
async fn main() -> ExitCode {
    e2e::ended(&run().await)
}

async fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [runs, file] = &arguments[..] else { anyhow::bail!("bench RUNS FILE") };
    let report = e2e::bench(runs.parse().context("RUNS is a number")?).await?;
    println!("{}", report.tables());
    let json = serde_json::to_string_pretty(&report.to_json())? + "\n";
    std::fs::write(file, json).with_context(|| format!("{file} can't be written"))?;
    println!("{file}");
    Ok(())
}
