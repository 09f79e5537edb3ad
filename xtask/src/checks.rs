//! Every check that a change has to pass, in order, up to the first that fails.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::dependencies;
use crate::difference;
use crate::dist;
use crate::fuzz;
use crate::load;
use crate::process::{command, shown};
use crate::project::Project;
use crate::reproduce;
use crate::sizes;
use crate::tools::{self, TestTools};

/// For how many seconds each target is fuzzed.
const FUZZED_FOR: u32 = 120;

/// Runs the checks, with the long runs if `all`.
pub(crate) fn run(project: &Project, all: bool) -> Result<()> {
    let mut steps = Steps { started: Instant::now(), passed: 0 };
    let (building, tools) =
        steps.step("Tools", || Ok((tools::for_building(project)?, tools::for_testing(project)?)))?;
    steps.step("Dependencies", || dependencies::check(project, &tools.cargo_deny))?;
    static_checks(project, &mut steps)?;
    steps.step("Content", || {
        project.quizzes()?.iter().try_for_each(|quiz| {
            shown(&mut cargo(project, &format!("run -q -p quiz-authoring --bin quiz -- check {quiz}")))
        })
    })?;
    steps.step("Clinical difference", || difference::show(project))?;
    steps.step("Tests", || shown(&mut cargo(project, "test --workspace --exclude e2e")))?;
    steps.step("Tests in the browser", || shown(&mut browser_tests(project, &tools)))?;
    let out = project.path("dist");
    steps.step("Distribution", || {
        dist::run(project, &out, None)?;
        sizes::weigh(project, &building, &out, false)
    })?;
    steps.step("Distribution, built again elsewhere", || reproduce::check(project, &out, &building.search_path))?;
    steps.step("End-to-end tests", || {
        let mut tests = end_to_end(project, &tools, "test -p e2e");
        if all {
            // The gate of accessibility then looks at every state in every variant.
            tests.env("PARS_CHECK_ALL", "1");
        }
        shown(&mut tests)
    })?;
    if all {
        let sessions = "test --release -p quiz-authoring --test sessions";
        steps.step("A million sessions", || shown(cargo(project, sessions).env("PARS_CHECK_SESSIONS", "1000000")))?;
        steps.step("Frameworks", || {
            tools::for_frameworks(project)?;
            let mut tests = end_to_end(project, &tools, "test -p e2e --features long --test frameworks");
            // One of the applications is built with Trunk.
            shown(tests.env("PATH", &building.search_path))
        })?;
        steps.step("Fuzz", || fuzz::run(project, FUZZED_FOR, false))?;
        steps.step("Content systems", || {
            let systems = tools::for_content_systems(project)?;
            let tests = "test -p e2e --features long --test content_systems";
            shown(end_to_end(project, &tools, tests).envs(systems))
        })?;
        // It fails where a request does, and never for being slow.
        let plan = load::Plan { runs: 1, seconds: 5, json: None, dist: Some(&out) };
        steps.step("Load", || load::run(project, &plan))?;
        steps.step("Soak", || shown(&mut end_to_end(project, &tools, "run -p e2e --bin soak")))?;
    }
    println!("\nAll {} steps passed in {} s", steps.passed, steps.started.elapsed().as_secs());
    Ok(())
}

fn static_checks(project: &Project, steps: &mut Steps) -> Result<()> {
    steps.step("Format", || shown(&mut cargo(project, "fmt --all --check")))?;
    steps.step("Lints", || {
        shown(&mut cargo(project, "clippy --workspace --all-targets --features e2e/long -- -D warnings"))
    })?;
    let for_browsers = "clippy -p pars-check --all-targets --target wasm32-unknown-unknown -- -D warnings";
    steps.step("Lints for the browser", || shown(&mut cargo(project, for_browsers)))
}

fn cargo(project: &Project, arguments: &str) -> Command {
    let mut cargo = command("cargo");
    cargo.args(arguments.split(' ')).current_dir(project.root());
    cargo
}

fn browser_tests(project: &Project, tools: &TestTools) -> Command {
    let mut wasm_pack = command(&tools.wasm_pack);
    wasm_pack.args(["test", "--headless", "--chrome", "--chromedriver"]).arg(&tools.browsers.chromedriver);
    wasm_pack.current_dir(project.root());
    wasm_pack
}

/// Tests of the built documents. They find these, the browsers with their drivers, the web servers and Python in the
/// environment.
fn end_to_end(project: &Project, tools: &TestTools, arguments: &str) -> Command {
    let mut tests = cargo(project, arguments);
    tests.env("PARS_CHECK_DIST", project.path("dist")).env("PARS_CHECK_PYTHON", &tools.python);
    tests.envs(
        tools.browsers.environment.iter().chain(&tools.web_servers).map(|(variable, program)| (variable, program)),
    );
    tests
}

struct Steps {
    started: Instant,
    passed: usize,
}

impl Steps {
    /// Runs a step under its heading and says how long it took.
    fn step<T>(&mut self, name: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
        let started = Instant::now();
        println!("\n== {name} ==");
        let outcome = run().with_context(|| format!("the step `{name}` failed"))?;
        self.passed += 1;
        println!("== {name}: {:.1} s ==", started.elapsed().as_secs_f64());
        Ok(outcome)
    }
}
