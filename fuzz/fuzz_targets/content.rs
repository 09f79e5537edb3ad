//! Any text in the place of one file of a content folder: a quiz, or problems that name a file and a line.

#![no_main]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use quiz_authoring::Content;

/// The files of a small sound quiz, by name.
static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/quiz-authoring/tests/sound"));
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(within) = folders.pop() {
        for path in fs::read_dir(within).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies within").to_string_lossy().into_owned();
                files.push((name, fs::read_to_string(path).expect("a text")));
            }
        }
    }
    files.sort();
    files
});

// The first byte says which file, so that a seed is that byte and the file.
fuzz_target!(|bytes: &[u8]| {
    let Some((place, text)) = bytes.split_first() else { return };
    let mut files = FILES.clone();
    let count = files.len();
    files[usize::from(*place) % count].1 = String::from_utf8_lossy(text).into_owned();
    match Content::of_files(files) {
        Ok(content) => assert!(content.languages.iter().all(|language| language.pack.encode().is_ok())),
        Err(problems) => assert!(!problems.is_empty() && problems.iter().all(|problem| problem.line > 0)),
    }
});
