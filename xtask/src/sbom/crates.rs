//! The crates that the engine is made of, as Cargo resolves them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;
use crate::project::Project;

/// Asked of `cargo tree`, not of `cargo metadata`: that one gives every crate the features which the whole workspace
/// wants of it, so it would name what only the tests and the build have.
const TREE: [&str; 11] = [
    "tree",
    "--locked",
    "--package=pars-check",
    "--target=wasm32-unknown-unknown",
    "--edges=normal",
    "--no-dedupe",
    "--prefix=depth",
    "--charset=ascii",
    "--color=never",
    "--format",
    "\t{p}\t{l}",
];

/// A crate's name and version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id {
    pub(super) name: String,
    pub(super) version: String,
}

/// A crate of the engine.
#[derive(Debug, Default)]
pub(super) struct Crate {
    /// Its licence, as its author wrote it.
    pub(super) licence: String,
    /// SHA-256 of its archive, from Cargo.lock; the workspace's own crates have none.
    pub(super) checksum: Option<String>,
    /// Whether it is compiled into the engine; the others run while it is compiled: procedural macros and their needs.
    pub(super) is_linked: bool,
    /// What it needs.
    pub(super) needs: BTreeSet<Id>,
}

/// All crates of the engine.
pub(super) fn of(project: &Project) -> Result<BTreeMap<Id, Crate>> {
    let tree = process::output(process::command("cargo").args(TREE).current_dir(project.root()))?;
    let lock = fs::read_to_string(project.path("Cargo.lock")).context("Cargo.lock can't be read")?;
    let mut crates = read_tree(&tree)?;
    add_checksums(&mut crates, &lock)?;
    Ok(crates)
}

/// Where we are in the tree.
struct Branch {
    id: Id,
    is_linked: bool,
}

fn read_tree(tree: &str) -> Result<BTreeMap<Id, Crate>> {
    let mut crates: BTreeMap<Id, Crate> = BTreeMap::new();
    let mut above: Vec<Branch> = Vec::new();
    for line in tree.lines() {
        let Line { depth, id, is_macro, licence } =
            Line::read(line).with_context(|| format!("`cargo tree` prints what was not expected: {line}"))?;
        above.truncate(depth);
        let is_linked = !is_macro && above.last().is_none_or(|parent| parent.is_linked);
        if let Some(parent) = above.last().and_then(|parent| crates.get_mut(&parent.id)) {
            parent.needs.insert(id.clone());
        }
        let entry = crates.entry(id.clone()).or_default();
        licence.clone_into(&mut entry.licence);
        entry.is_linked |= is_linked;
        above.push(Branch { id, is_linked });
    }
    Ok(crates)
}

/// A line, such as `2⇥serde_derive v1.0.229 (proc-macro)⇥MIT OR Apache-2.0`.
struct Line<'a> {
    depth: usize,
    id: Id,
    is_macro: bool,
    licence: &'a str,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut fields = line.split('\t');
        let (depth, package, licence) = (fields.next()?, fields.next()?, fields.next()?);
        let mut words = package.split(' ');
        let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
        Some(Self {
            depth: depth.parse().ok()?,
            id: Id { name: name.to_owned(), version: version.to_owned() },
            is_macro: words.any(|word| word == "(proc-macro)"),
            licence,
        })
    }
}

fn add_checksums(crates: &mut BTreeMap<Id, Crate>, lock: &str) -> Result<()> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Locked>,
    }
    #[derive(Deserialize)]
    struct Locked {
        name: String,
        version: String,
        checksum: Option<String>,
    }
    let lock: Lock = toml::from_str(lock).context("Cargo.lock is not sound")?;
    let mut checksums: BTreeMap<Id, Option<String>> =
        lock.package.into_iter().map(|Locked { name, version, checksum }| (Id { name, version }, checksum)).collect();
    for (id, each) in crates {
        let locked = checksums.remove(id);
        each.checksum = locked.with_context(|| format!("Cargo.lock has no {} {}", id.name, id.version))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "0\tapp v1.0.0 (/somewhere/app)\tMIT\n\
                          1\tmacros v2.0.0 (proc-macro)\tMIT\n\
                          2\tsyn v3.0.0\tMIT/Apache-2.0\n\
                          3\tident v1.0.0\tMIT\n\
                          1\tlibrary v1.1.0\tMIT\n\
                          2\tident v1.0.0\tMIT\n";

    fn id(name: &str, version: &str) -> Id {
        Id { name: name.to_owned(), version: version.to_owned() }
    }

    #[test]
    fn what_a_macro_needs_is_not_linked_unless_something_else_needs_it_too() {
        let crates = read_tree(SAMPLE).unwrap();
        let linked: Vec<&str> =
            crates.iter().filter(|(_, each)| each.is_linked).map(|(id, _)| id.name.as_str()).collect();
        assert_eq!(linked, ["app", "ident", "library"]);
        assert_eq!(crates.len(), 5);
    }

    #[test]
    fn needs_and_licences_are_those_of_the_tree() {
        let crates = read_tree(SAMPLE).unwrap();
        let app = &crates[&id("app", "1.0.0")];
        assert_eq!(app.needs, BTreeSet::from([id("macros", "2.0.0"), id("library", "1.1.0")]));
        assert_eq!(crates[&id("syn", "3.0.0")].licence, "MIT/Apache-2.0");
    }

    #[test]
    fn a_tree_in_another_form_is_an_error() {
        assert!(read_tree("app v1.0.0\n").is_err());
        assert!(read_tree("0\tapp 1.0.0\tMIT\n").is_err());
    }

    #[test]
    fn checksums_come_from_the_lock_and_a_missing_crate_is_named() {
        let lock = "[[package]]\nname = \"app\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"library\"\nversion = \"1.1.0\"\nchecksum = \"ab\"\n";
        let mut crates = read_tree("0\tapp v1.0.0\tMIT\n1\tlibrary v1.1.0\tMIT\n").unwrap();
        add_checksums(&mut crates, lock).unwrap();
        assert_eq!(crates[&id("library", "1.1.0")].checksum.as_deref(), Some("ab"));
        assert_eq!(crates[&id("app", "1.0.0")].checksum, None);
        let error = add_checksums(&mut read_tree("0\tother v1.0.0\tMIT\n").unwrap(), lock).unwrap_err();
        assert_eq!(error.to_string(), "Cargo.lock has no other 1.0.0");
    }
}
