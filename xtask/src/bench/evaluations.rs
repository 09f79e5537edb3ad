//! How many whole evaluations the engine makes natively, as Criterion finds.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::process::{command, shown};
use crate::project::Project;

/// Runs the engine's benchmark and writes `evaluations.json` into a folder.
pub(super) fn measure(project: &Project, folder: &Path) -> Result<()> {
    let home = folder.join("criterion");
    let mut bench = command("cargo");
    bench.args(["bench", "-q", "-p", "quiz-engine", "--bench", "evaluation", "--", "--noplot"]);
    shown(bench.current_dir(project.root()).env("CRITERION_HOME", &home))?;
    let found = home.join("evaluation/every_case/new");
    let per_second = per_second(&read(&found.join("benchmark.json"))?, &read(&found.join("sample.json"))?)?;
    let file = folder.join("evaluations.json");
    fs::write(&file, json!({"per_second": per_second}).to_string())
        .with_context(|| format!("{} can't be written", file.display()))
}

/// So many in each turn, and the nanoseconds that a turn took in the fastest of all samples: a core that other programs
/// use meanwhile makes a sample slower, and none faster.
fn per_second(benchmark: &Value, samples: &Value) -> Result<f64> {
    let evaluations = benchmark.pointer("/throughput/Elements").and_then(Value::as_f64).context("no evaluations")?;
    let numbers =
        |name: &str| samples.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_f64);
    let turns = numbers("times").zip(numbers("iters")).map(|(time, turns)| time / turns);
    let fastest = turns.min_by(f64::total_cmp).context("no samples")?;
    Ok(evaluations * 1e9 / fastest)
}

fn read(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evaluations_a_second_come_from_the_fastest_sample() {
        let benchmark = json!({"throughput": {"Elements": 200}});
        let samples = json!({"iters": [1.0, 2.0], "times": [300_000.0, 200_000.0]});
        assert!((per_second(&benchmark, &samples).unwrap() - 2_000_000.0).abs() < 1e-6);
        assert!(per_second(&json!({}), &samples).is_err() && per_second(&benchmark, &json!({})).is_err());
    }
}
