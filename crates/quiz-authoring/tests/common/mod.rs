//! The small sound quiz, as it is and with changes.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the sound quiz.
pub fn sound() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sound")
}

/// The folder of the shipped quiz.
pub fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/pars-defect")
}

/// The shipped quiz.
pub fn shipped_content() -> quiz_authoring::Content {
    quiz_authoring::Content::load(&shipped()).unwrap()
}

/// Puts the logic of a content that was changed into the pack of each of its languages.
pub fn ship(content: &mut quiz_authoring::Content) {
    for language in &mut content.languages {
        language.pack.logic = content.logic.clone();
    }
}

/// Copies the sound quiz and changes each of its files on the way.
pub fn sound_but(change: impl Fn(&str, String) -> String) -> tempfile::TempDir {
    copied_but(&sound(), change)
}

/// The sound quiz with numbers that have names of their own, each tested once or twice.
pub fn sound_with_numbers() -> tempfile::TempDir {
    sound_but(|name, text| match name {
        "quiz.toml" => {
            let numbers = "[numbers]\n\
                           gloom = { sum = [\"mood\", \"wind\"], missing = \"skip\" }\n\
                           feel = { mean = [\"mood\", \"wind\"] }\n\
                           load = { of = [\"sky.rain\", \"gear.hat\", { number = \"gloom\", at_least = 12 }] }\n\n[[screen]]";
            let tested = text
                .replace(
                    "{ sum = [\"mood\", \"wind\"], at_least = 5, missing = \"skip\" }",
                    "{ number = \"gloom\", at_least = 5 }",
                )
                .replace("{ mean = [\"mood\", \"wind\"], at_most = 2.5 }", "{ number = \"feel\", at_most = 2.5 }")
                .replace(
                    "{ at_least = 1, at_most = 1, of = [\"wet\", \"gear.hat\"] }",
                    "{ number = \"load\", at_least = 1, at_most = 1 }",
                );
            tested.replacen("[[screen]]", numbers, 1)
        }
        _ => text,
    })
}

/// Copies a quiz and changes each of its files on the way.
pub fn copied_but(origin: &Path, change: impl Fn(&str, String) -> String) -> tempfile::TempDir {
    let target = tempfile::tempdir().unwrap();
    for (name, text) in files_of(origin) {
        let path = target.path().join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, change(&name, text)).unwrap();
    }
    target
}

/// The files of a folder that are text, each with its name there, in the order of names.
pub fn files_of(origin: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(origin.join(&folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            if origin.join(&path).is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(origin.join(&path)) {
                files.push((path.to_string_lossy().into_owned(), text));
            }
        }
    }
    files.sort();
    files
}
