//! What the end-to-end tests run in Python: packages pinned with their hashes in `e2e/python/requirements.txt`, in an
//! environment of their own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::system_program::{self, SystemProgram};
use super::versions;
use crate::process;
use crate::project::Project;

const PYTHON: SystemProgram = SystemProgram { variable: "PYTHON", names: &["python3"], package: "python3-venv" };

/// The oldest that the pinned packages run on.
const OLDEST_MINOR: u32 = 11;

/// Finds the environment or makes it, and gives its interpreter.
pub(super) fn ensure(project: &Project) -> Result<PathBuf> {
    let wanted = fs::read_to_string(project.path("e2e/python/requirements.txt"))
        .context("e2e/python/requirements.txt can't be read")?;
    let environment = project.target("python");
    if !is_ready(&environment, &wanted) {
        make(project, &environment)?;
        // Written last: an environment that was left half made has none.
        fs::write(stamp(&environment), &wanted)?;
    }
    let python = interpreter(&environment);
    let version = versions::printed_by(&python).context("the Python in target/python does not run; delete it")?;
    eprintln!("  python {version} with {}: {}", packages(&wanted).join(", "), python.display());
    Ok(python)
}

fn is_ready(environment: &Path, wanted: &str) -> bool {
    let installed = fs::read_to_string(stamp(environment));
    installed.is_ok_and(|installed| installed == wanted) && versions::printed_by(&interpreter(environment)).is_some()
}

fn make(project: &Project, environment: &Path) -> Result<()> {
    let [python] = system_program::ensure_all([&PYTHON])?;
    ensure_new_enough(&python)?;
    if !can_make_environments(&python) {
        system_program::install(&[&PYTHON])?;
    }
    if environment.exists() {
        fs::remove_dir_all(environment).with_context(|| format!("{} can't be removed", environment.display()))?;
    }
    let mut venv = process::command(python);
    process::with_progress("making target/python", venv.args(["-m", "venv"]).arg(environment))?;
    // Only wheels: nothing of a package is run while it is installed.
    let mut pip = process::command(interpreter(environment));
    pip.args(["-m", "pip", "install", "--require-hashes", "--only-binary=:all:", "--no-input"]);
    pip.args(["--disable-pip-version-check", "--requirement", "e2e/python/requirements.txt"]);
    process::with_progress("installing Python packages (pip install)", pip.current_dir(project.root()))
}

fn ensure_new_enough(python: &Path) -> Result<()> {
    let version = versions::printed_by(python).unwrap_or_default();
    ensure!(
        is_new_enough(&version),
        "{} is version `{version}`; the tests need Python 3.{OLDEST_MINOR} or later; name one in PYTHON",
        python.display()
    );
    Ok(())
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map(str::parse::<u32>);
    let (major, minor) = (numbers.next(), numbers.next());
    matches!((major, minor), (Some(Ok(3)), Some(Ok(minor))) if minor >= OLDEST_MINOR)
}

/// Debian's Python can't without a package more.
fn can_make_environments(python: &Path) -> bool {
    process::output(process::command(python).args(["-c", "import ensurepip, venv"])).is_ok()
}

fn interpreter(environment: &Path) -> PathBuf {
    environment.join("bin/python")
}

fn stamp(environment: &Path) -> PathBuf {
    environment.join("requirements.txt")
}

/// The packages that are used by name, each with its version; the others came along.
fn packages(wanted: &str) -> Vec<&str> {
    let pins = wanted.lines().filter_map(|line| line.strip_suffix(" \\")).filter(|line| line.contains("=="));
    pins.filter(|pin| ["textstat==", "fhir-resources=="].iter().any(|name| pin.starts_with(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (version, is_enough) in
            [("3.11.2", true), ("3.13.0", true), ("3.9.18", false), ("2.7.18", false), ("4.0", false), ("", false)]
        {
            assert_eq!(is_new_enough(version), is_enough, "{version}");
        }
    }

    #[test]
    fn every_pinned_package_has_its_hash() {
        let pinned = include_str!("../../../e2e/python/requirements.txt");
        assert_eq!(packages(pinned).len(), 2, "both are named");
        let pins = pinned.lines().filter(|line| line.contains("==") && !line.starts_with('#'));
        for pin in pins {
            assert!(pin.ends_with(" \\"), "{pin} has no hash below it");
        }
    }
}
