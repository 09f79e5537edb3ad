//! The distribution, built again elsewhere: another folder, another environment, nothing shared but the tools that
//! Cargo installed. It has to give the same bytes, so that anybody can find out whether a server serves what this
//! source says.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::process;
use crate::project::Project;

/// What is otherwise there: nothing of it may find its way into the distribution.
const OTHERWISE: [(&str, &str); 4] =
    [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "C"), ("SOURCE_DATE_EPOCH", "1"), ("USER", "somebody-else")];

/// Builds for this run alone, of programs that are not shipped: quick to compile.
const QUICK_BUILD: [(&str, &str); 2] = [("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_INCREMENTAL", "0")];

/// What would let the second build take what the first one made.
const SHARING: [&str; 3] = ["RUSTC_WRAPPER", "CARGO_BUILD_RUSTC_WRAPPER", "CARGO_BUILD_TARGET_DIR"];

/// How many differing files are named.
const NAMED: usize = 20;

/// Builds the distribution again and compares it with the first one. `search_path` is where Cargo's tools are found.
pub(crate) fn check(project: &Project, first: &Path, search_path: &OsStr) -> Result<()> {
    // What it makes stays in target/, to be looked at; the rest goes.
    let second = project.target("built-again");
    let elsewhere = tempfile::Builder::new().prefix("pars-check-built-again-in-another-folder-").tempdir()?;
    copy_source(project, &elsewhere.path().join("checkout"))?;
    build(&elsewhere, &second, search_path)?;
    compare(first, &second)
}

/// Copies what belongs to the source, committed or not.
fn copy_source(project: &Project, to: &Path) -> Result<()> {
    let listed = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    let listed = process::output(process::git(project.root()).args(listed))
        .context("which files belong to the source is git's to say")?;
    // What was deleted and not yet committed is still listed.
    for name in listed.split('\0').filter(|name| !name.is_empty() && project.path(name).is_file()) {
        let copy = to.join(name);
        fs::create_dir_all(copy.parent().unwrap_or(to)).with_context(|| format!("no folder for {}", copy.display()))?;
        fs::copy(project.path(name), &copy).with_context(|| format!("{name} can't be copied"))?;
    }
    Ok(())
}

fn build(elsewhere: &TempDir, out: &Path, search_path: &OsStr) -> Result<()> {
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| format!("{} can't be removed", out.display()))?;
    }
    let checkout = elsewhere.path().join("checkout");
    let mut cargo = process::command("cargo");
    cargo.args(["run", "--locked", "--package", "xtask", "--", "dist", "--out"]).arg(out).current_dir(&checkout);
    for name in SHARING {
        cargo.env_remove(name);
    }
    cargo.envs(OTHERWISE).envs(QUICK_BUILD).env("PATH", search_path).env("CARGO_TARGET_DIR", checkout.join("target"));
    if let Some(home) = other_cargo_home(elsewhere.path())? {
        cargo.env("CARGO_HOME", home);
    }
    process::with_progress("building the distribution again", &mut cargo)
}

/// Cargo's home under another name, so that the sources of all crates seem to lie elsewhere without being fetched again.
#[cfg(unix)]
fn other_cargo_home(elsewhere: &Path) -> Result<Option<PathBuf>> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let Some(home) = named.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))) else { return Ok(None) };
    let other = elsewhere.join("home-of-cargo");
    std::os::unix::fs::symlink(&home, &other).with_context(|| format!("no link to {}", home.display()))?;
    Ok(Some(other))
}

/// Links to folders need a privilege on other systems; there Cargo's home is the same in both builds.
#[cfg(not(unix))]
fn other_cargo_home(_elsewhere: &Path) -> Result<Option<PathBuf>> {
    Ok(None)
}

fn compare(first: &Path, second: &Path) -> Result<()> {
    let (first_files, second_files) = (files_below(first)?, files_below(second)?);
    let differences = differences(&first_files, &second_files)?;
    let named = differences.get(..NAMED).unwrap_or(&differences);
    ensure!(
        differences.is_empty(),
        "the distribution in {} and the one built again in {} are not the same:\n  {}{}",
        first.display(),
        second.display(),
        named.join("\n  "),
        if named.len() < differences.len() { "\n  and others" } else { "" }
    );
    println!("{} files, each the same byte for byte", first_files.len());
    Ok(())
}

/// Every file below a folder, by its path there.
fn files_below(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("{} can't be read", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder)?.to_string_lossy().into_owned(), path);
            }
        }
    }
    Ok(files)
}

/// What is not the same, a line each.
fn differences(first: &BTreeMap<String, PathBuf>, second: &BTreeMap<String, PathBuf>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (name, path) in first {
        match second.get(name) {
            Some(other) => found.extend(difference(&read(path)?, &read(other)?).map(|how| format!("{name}: {how}"))),
            None => found.push(format!("{name}: only in the first")),
        }
    }
    let surplus = second.keys().filter(|name| !first.contains_key(*name));
    found.extend(surplus.map(|name| format!("{name}: only in the second")));
    Ok(found)
}

/// Where two files differ first, if they do.
fn difference(first: &[u8], second: &[u8]) -> Option<String> {
    if first == second {
        return None;
    }
    let shorter = first.len().min(second.len());
    let at = first.iter().zip(second).position(|(one, other)| one != other).unwrap_or(shorter);
    Some(format!("differs from byte {at} on ({} and {} bytes)", first.len(), second.len()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} can't be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files.
    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn compared(first: &[(&str, &str)], second: &[(&str, &str)]) -> String {
        let (first, second) = (folder(first), folder(second));
        compare(first.path(), second.path()).map_or_else(|error| error.to_string(), |()| "the same".to_owned())
    }

    const FILES: [(&str, &str); 2] = [("a.html", "hello"), ("npm/b.js", "there")];

    #[test]
    fn the_same_files_are_the_same() {
        assert_eq!(compared(&FILES, &FILES), "the same");
    }

    #[test]
    fn a_differing_byte_is_named_with_its_place() {
        let told = compared(&FILES, &[("a.html", "hello"), ("npm/b.js", "thexe")]);
        assert!(told.contains("npm/b.js: differs from byte 3 on (5 and 5 bytes)"), "{told}");
        assert!(!told.contains("a.html"), "{told}");
    }

    #[test]
    fn a_longer_file_differs_from_the_end_of_the_shorter_on() {
        let told = compared(&FILES, &[("a.html", "hello!"), ("npm/b.js", "there")]);
        assert!(told.contains("a.html: differs from byte 5 on (5 and 6 bytes)"), "{told}");
    }

    #[test]
    fn a_missing_and_a_surplus_file_are_named() {
        let told = compared(&FILES, &[("a.html", "hello"), ("npm/c.js", "")]);
        assert!(
            told.contains("npm/b.js: only in the first") && told.contains("npm/c.js: only in the second"),
            "{told}"
        );
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let first = folder(&FILES);
        assert!(compare(first.path(), &first.path().join("none")).is_err());
    }
}
