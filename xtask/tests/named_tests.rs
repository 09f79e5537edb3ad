//! Whoever relies on a claim of the documentation follows it to a test: every test that a document names is there.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// The documents that name tests.
const DOCUMENTS: [&str; 3] = ["docs/ARCHITECTURE.md", "docs/compliance.md", "docs/privacy.md"];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The tests that a text names, as `` `file::name` `` or, of the same file, `` `::name` ``.
fn named(text: &str) -> Vec<(String, String)> {
    let mut file = String::new();
    let mut named = Vec::new();
    for code in text.split('`').skip(1).step_by(2) {
        let Some((before, name)) = code.split_once("::") else { continue };
        let is_name = !name.is_empty() && name.chars().all(|each| each == '_' || each.is_ascii_alphanumeric());
        if !is_name || !(before.is_empty() || before.contains('/')) {
            continue;
        }
        if !before.is_empty() {
            before.clone_into(&mut file);
        }
        named.push((file.clone(), name.to_owned()));
    }
    named
}

/// The source of a file, or of all files in a folder.
fn source(path: &Path) -> String {
    if !path.is_dir() {
        return fs::read_to_string(path).unwrap_or_default();
    }
    let entries = fs::read_dir(path).unwrap().map(|entry| source(&entry.unwrap().path()));
    entries.collect()
}

#[test]
fn every_test_that_a_document_names_is_there() {
    for document in DOCUMENTS {
        let text = fs::read_to_string(repository().join(document)).unwrap();
        let named = named(&text);
        assert!(named.len() > 10, "{document} names tests: {named:?}");
        for (file, name) in named {
            let source = source(&repository().join(&file));
            assert!(source.contains(&format!("fn {name}(")), "{document} names {file}::{name}, which is not there");
        }
    }
}

#[test]
fn a_name_without_a_file_is_of_the_file_before_it() {
    let text = "| `e2e/tests/a.rs::one`, `::two`; `Vec::new` and `not_a_test` | `e2e/tests/b::three` |";
    let expected = [("e2e/tests/a.rs", "one"), ("e2e/tests/a.rs", "two"), ("e2e/tests/b", "three")];
    assert_eq!(named(text), expected.map(|(file, name)| (file.to_owned(), name.to_owned())));
}
