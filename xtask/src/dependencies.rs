//! Whether the dependencies are what `deny.toml` allows, by cargo-deny.

use std::path::Path;

use anyhow::{Error, Result};

use crate::process;
use crate::project::Project;

/// What cargo-deny is told each time: Cargo.lock as it is, and the crates of tests and build too.
const ALWAYS: [&str; 4] = ["--locked", "--workspace", "--color", "never"];

/// Checks bans, licences and sources; and the advisories, where their database can be had.
pub(crate) fn check(project: &Project, cargo_deny: &Path) -> Result<()> {
    let run = |arguments: &[&str]| {
        let mut command = process::command(cargo_deny);
        // Without it git would ask a terminal for a password where a proxy wants one.
        command.current_dir(project.root()).env("GIT_TERMINAL_PROMPT", "0");
        process::output(command.args(ALWAYS).args(arguments))
    };
    run(&["check", "bans", "licenses", "sources"])?;
    println!("Bans, licences and sources: as deny.toml allows");
    println!("{}", advisories(run)?);
    Ok(())
}

/// Looks for advisories. Only where their database can't be fetched nothing is looked for, and that is said; whatever is
/// wrong after that fails.
fn advisories(run: impl Fn(&[&str]) -> Result<String>) -> Result<String> {
    if let Err(error) = run(&["fetch", "db"]) {
        return Ok(format!(
            "Advisories: NOT CHECKED, for the database of advisories can't be fetched from here ({})",
            reason(&error)
        ));
    }
    run(&["check", "advisories"])?;
    Ok("Advisories: none that concerns a dependency".to_owned())
}

/// The last line of what went wrong, which is the deepest.
fn reason(error: &Error) -> String {
    let text = format!("{error:#}");
    text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("for no reason given").to_owned()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use anyhow::{anyhow, bail};

    use super::*;

    #[test]
    fn without_the_database_nothing_is_looked_for_and_that_is_said() {
        let asked = RefCell::new(Vec::new());
        let said = advisories(|arguments| {
            asked.borrow_mut().push(arguments.join(" "));
            bail!("cargo-deny failed (exit status: 1)\nfailed to clone\nfatal: could not resolve host\n")
        });
        let said = said.unwrap();
        assert!(said.contains("NOT CHECKED") && said.ends_with("(fatal: could not resolve host)"), "{said}");
        assert_eq!(*asked.borrow(), ["fetch db"]);
    }

    #[test]
    fn with_the_database_an_advisory_fails() {
        let found = |arguments: &[&str]| match arguments {
            ["fetch", "db"] => Ok(String::new()),
            ["check", "advisories"] => Err(anyhow!("error[vulnerability]: RUSTSEC-2026-0001")),
            other => bail!("{other:?} was not expected"),
        };
        assert!(advisories(found).unwrap_err().to_string().contains("RUSTSEC-2026-0001"));
    }

    #[test]
    fn with_the_database_and_no_advisory_it_passes() {
        let said = advisories(|_| Ok(String::new())).unwrap();
        assert!(said.contains("none") && !said.contains("NOT CHECKED"), "{said}");
    }
}
