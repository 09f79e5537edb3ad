//! What the engine may depend on. It decides in the browser, so whatever it drew in would have to be trusted too.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

#[test]
fn the_engine_depends_on_nothing() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "-p",
            "quiz-engine",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{lib}",
            "--target",
            "all",
            "--offline",
        ])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // Whatever it linked on some target, or ran while it is compiled, would stand below it.
    assert_eq!(tree.lines().collect::<Vec<_>>(), ["quiz_engine"]);
}
