//! What the document can reach: the engine by its imports, its scripts by the names in them. Both are compared with
//! lists in `audit/`, in which each name says what it is for, so that anything new fails the build.

mod exports;
mod imports;
mod scripts;

pub(crate) use imports::names as imported;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::bundle::Bundles;
use crate::policy;
use crate::project::Project;
use crate::tools::{self, Npm};

/// Audits what is built, before it is written anywhere.
pub(crate) fn check(project: &Project, npm: &Npm, engine: &[u8], bundles: &Bundles) -> Result<()> {
    imports::check(project, engine)?;
    exports::check(project, engine)?;
    let parts = [("glue", &bundles.glue), ("early", &bundles.early), ("main", &bundles.main)];
    scripts::check(project, npm, &parts.map(|(name, text)| (name, text.as_str())))
}

/// Audits a distribution as it lies on the disk, and says what was found.
pub(crate) fn run(project: &Project, dist: &Path) -> Result<()> {
    let read = |name: &str| {
        std::fs::read(dist.join(name)).with_context(|| format!("{} has no {name}; make it with dist", dist.display()))
    };
    let engine = read("engine.wasm")?;
    let document = String::from_utf8(read("pars-check.en.html")?).context("the document is not UTF-8")?;
    let scripts = policy::scripts(&document);
    ensure!(scripts.len() == 2, "the document has {} scripts, not 2", scripts.len());
    let count = imports::check(project, &engine)?;
    exports::check(project, &engine)?;
    let npm = tools::for_auditing(project)?;
    let parts: Vec<(&str, &str)> = ["early", "main"].into_iter().zip(scripts).collect();
    scripts::check(project, &npm, &parts)?;
    println!("{count} imports of the engine and the names in 2 scripts are those that audit/ lists");
    Ok(())
}

/// Fails with every name that is in one set and not in the other.
fn compare(what: &str, file: &str, found: &BTreeSet<String>, listed: &BTreeSet<String>) -> Result<()> {
    let join = |names: Vec<&String>| names.into_iter().fold(String::new(), |all, name| all + "\n  " + name);
    let new = join(found.difference(listed).collect());
    let gone = join(listed.difference(found).collect());
    ensure!(
        new.is_empty(),
        "{what} names what {file} does not list:{new}\n\
         Find out who brought it and what it can do. Nothing may reach the network, storage, cookies, history, \
         `location`, `open` or `eval`; if it is harmless, or wrapped, add it there and say so."
    );
    ensure!(gone.is_empty(), "{file} lists for {what} what is not there any more; take it out:{gone}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn new_names_and_names_that_are_gone_are_both_told() {
        assert!(compare("it", "list", &set(&["a"]), &set(&["a"])).is_ok());
        let new = compare("it", "list", &set(&["a", "fetch"]), &set(&["a"])).unwrap_err().to_string();
        assert!(new.contains("it names what list does not list:\n  fetch\n"), "{new}");
        let gone = compare("it", "list", &set(&[]), &set(&["a"])).unwrap_err().to_string();
        assert!(gone.contains("take it out:\n  a"), "{gone}");
    }
}
