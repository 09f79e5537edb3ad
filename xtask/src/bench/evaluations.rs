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
    let per_second = per_second(&read(&found.join("benchmark.json"))?, &read(&found.join("estimates.json"))?)?;
    let file = folder.join("evaluations.json");
    fs::write(&file, json!({"per_second": per_second}).to_string())
        .with_context(|| format!("{} can't be written", file.display()))
}

/// So many in each turn, and the nanoseconds that the middle one of all turns took.
fn per_second(benchmark: &Value, estimates: &Value) -> Result<f64> {
    let number = |of: &Value, at: &str| of.pointer(at).and_then(Value::as_f64).with_context(|| format!("no {at}"));
    let evaluations = number(benchmark, "/throughput/Elements")?;
    Ok(evaluations * 1e9 / number(estimates, "/median/point_estimate")?)
}

fn read(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evaluations_a_second_come_from_the_time_of_a_turn() {
        let (benchmark, estimates) =
            (json!({"throughput": {"Elements": 200}}), json!({"median": {"point_estimate": 100_000.0}}));
        assert!((per_second(&benchmark, &estimates).unwrap() - 2_000_000.0).abs() < 1e-6);
        assert!(per_second(&json!({}), &estimates).is_err());
    }
}
