//! What the engine may depend on. It decides in the browser, so whatever it drew in would have to be trusted too.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What is linked with `quiz-engine` on some target. None of it touches the page, the network, storage or the clock.
const LINKED: [&str; 6] = ["quiz-engine", "postcard", "cobs", "thiserror", "serde", "serde_core"];

/// What only runs while it is compiled.
const COMPILING: [&str; 6] = ["serde_derive", "thiserror-impl", "proc-macro2", "quote", "syn", "unicode-ident"];

#[test]
fn the_engine_depends_on_nothing_but_what_is_listed() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "-p", "quiz-engine", "--edges", "normal", "--prefix", "none", "--target", "all", "--offline"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let allowed: BTreeSet<&str> = LINKED.into_iter().chain(COMPILING).collect();
    // Compared both ways, so that a name which is no longer needed does not stay allowed.
    assert_eq!(found, allowed);
}
