//! What `cargo quiz check` says of the folders in `content-broken/`, each of which has one mistake in it.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{sound, sound_but};
use quiz_authoring::Content;
use quiz_engine::Pack;

fn broken() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content-broken")
}

fn problems(folder: &Path) -> Vec<String> {
    match Content::load(folder) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// The names of the folders, or of the expectations beside them.
fn names(wanted: impl Fn(&Path) -> bool) -> BTreeSet<String> {
    let paths = fs::read_dir(broken()).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| wanted(path)).map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_broken_folder_is_told_what_is_wrong_and_nothing_else() {
    assert_sound();
    let mut differences = Vec::new();
    for name in names(Path::is_dir) {
        let expected = fs::read_to_string(broken().join(format!("{name}.expected"))).unwrap();
        let found = problems(&broken().join(&name));
        if expected.lines().collect::<Vec<_>>() != found {
            differences.push(format!("{name}:\n  expected {expected}  found    {}", found.join("\n           ")));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_broken_folder_stands_beside_its_expectation() {
    let folders = names(Path::is_dir);
    assert!(folders.len() > 100, "only {} folders were found", folders.len());
    assert_eq!(folders, names(|path| path.extension().is_some_and(|extension| extension == "expected")));
}

/// Whatever `check` newly asks for is missing from every folder alike; said once, it can be read.
fn assert_sound() {
    let problems = problems(&sound());
    assert!(
        problems.is_empty(),
        "{}\nsee content-broken/README.md for how to add this everywhere",
        problems.join("\n")
    );
}

#[test]
fn the_sound_quiz_has_no_problems() {
    assert_sound();
}

#[test]
fn a_case_may_name_the_clause_of_a_rule_that_has_but_one() {
    let folder = sound_but(|name, text| match name {
        "cases/all.json" => {
            text.replace("\"expected_rule\": \"R1\",", "\"expected_rule\": \"R1\", \"expected_clause\": \"R1\",")
        }
        _ => text,
    });
    assert_eq!(problems(folder.path()), [""; 0]);
}

/// Which of the two is wrong can't be told, and one line is enough to find out.
#[test]
fn a_case_that_another_rule_decides_is_told_nothing_of_its_clause() {
    let folder = sound_but(|name, text| match name {
        "cases/all.json" => {
            text.replace("\"expected_rule\": \"R1\",", "\"expected_rule\": \"G1\", \"expected_clause\": \"R1\",")
        }
        _ => text,
    });
    assert_eq!(problems(folder.path()), ["cases/all.json:27: case B must reach rain by G1, but reaches rain by R1"]);
}

#[test]
fn questions_to_take_along_are_plain_text_without_their_sources() {
    let pack = &Content::load(&sound()).unwrap().languages[0].pack;
    let to_ask: Vec<&str> = pack.words.to_ask.iter().flatten().map(|text| &**text).collect();
    assert_eq!(to_ask, ["Will it blow?", "What if it does?"]);
}

#[test]
fn a_folder_saved_on_windows_is_the_same_content() {
    let folder = sound_but(|_, text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert_eq!(Content::load(folder.path()).unwrap().hash, Content::load(&sound()).unwrap().hash);
}

/// Else the hash that a reviewer signs would be another on each machine.
#[test]
fn what_editors_and_systems_leave_behind_is_passed_over_and_changes_no_hash() {
    let folder = sound_but(|_, text| text);
    for name in [".DS_Store", "lang/en/.quiz.toml.swp", "cases/all.json~", "lang/.Trash/en.toml", "lang/en/x.swp"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, [0, 255, 1]).unwrap();
    }
    assert_eq!(problems(folder.path()), [""; 0]);
    assert_eq!(Content::load(folder.path()).unwrap().hash, Content::load(&sound()).unwrap().hash);
    fs::write(folder.path().join("Thumbs.db"), [255]).unwrap();
    let stranger = "nothing reads this file; is its name misspelt, or does it lie in the wrong folder?";
    assert_eq!(problems(folder.path()), [format!("Thumbs.db:1: {stranger}")]);
}

#[test]
fn a_folder_that_is_none_of_a_quiz_is_one_problem() {
    let found = problems(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    assert_eq!(found, ["quiz.toml:1: this file is missing; it holds questions, rules and advice"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_named_and_nobody_waits_for_it() {
    let folder = sound_but(|_, text| text);
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("lang/en/sections/x.md")).status().unwrap();
    assert!(made.success());
    let message = "lang/en/sections/x.md:1: this is neither a file nor a folder; remove it";
    assert_eq!(problems(folder.path()), [message]);
}

#[test]
fn a_line_is_the_same_in_a_file_saved_on_windows() {
    let folder = sound_but(|name, text| match name {
        "quiz.toml" => text.replace("sky.rain", "sky.snow").replace('\n', "\r\n"),
        _ => text,
    });
    let expected = fs::read_to_string(broken().join("unknown_option_in_a_condition.expected")).unwrap();
    assert_eq!(problems(folder.path()), expected.lines().collect::<Vec<_>>());
}

#[test]
fn whatever_nests_as_deep_as_it_may_is_a_pack() {
    let nested = |depth: usize| {
        let inner = "{ all = [\"soaked\", { at_least = 1, at_most = 1, count = \"gear\" }] }";
        format!("when = {}{inner}{}", "{ at_most = 0, of = [".repeat(depth), "] }".repeat(depth))
    };
    let folder = |depth| {
        sound_but(move |name, text| match name {
            "quiz.toml" => text.replace("when = \"soaked\"", &nested(depth)),
            _ => text,
        })
    };
    let content = Content::load_without_cases(folder(30).path()).unwrap();
    for language in &content.languages {
        assert_eq!(Pack::decode(&language.pack.encode().unwrap()), Ok(language.pack.clone()));
    }
    let told = problems(folder(31).path());
    assert!(told.iter().any(|line| line.contains("conditions nest 32 deep at most")), "{told:?}");
}

#[test]
fn a_quiz_without_notes_labels_and_screens_needs_no_words_for_them() {
    let cut = |text: String, from: &str, to: &str| {
        let (before, rest) = text.split_once(from).unwrap();
        let (_, after) = rest.split_once(to).unwrap();
        format!("{before}{to}{after}")
    };
    let folder = sound_but(|name, text| match name {
        "quiz.toml" => {
            let text = cut(text, "[[screen]]", "[[rule]]");
            cut(text, "[[note]]", "[[section]]").replace("contact = [{ label = \"shop\" }]\n", "")
        }
        "lang/en/outcomes.toml" => cut(cut(text, "[notes]", "[contact.shop]"), "[contact.shop]", "[rules]"),
        "lang/en/questions.toml" => cut(text, "[screens]", "[sky]"),
        _ => text,
    });
    assert_eq!(problems(folder.path()), [""; 0]);
}

#[test]
fn a_review_entry_signs_only_the_content_whose_hash_it_names() {
    let signed = |hash: &str| {
        let entry = format!("[[review]]\nreviewer = \"A. Doe\"\ndate = \"2026-05-01\"\nhash = \"{hash}\"\n");
        let folder = sound_but(|name, text| if name == "review.toml" { entry.clone() } else { text });
        Content::load(folder.path()).unwrap().languages.remove(0).pack.review
    };
    let hash = Content::load(&sound()).unwrap().hash;
    assert_eq!(signed(&hash).unwrap().reviewer.as_ref(), "A. Doe");
    assert_eq!(signed("0"), None);
}

#[test]
fn every_change_but_a_review_entry_changes_the_hash() {
    let before = Content::load(&sound()).unwrap().hash;
    let files =
        ["quiz.toml", "sources.toml", "cases/all.json", "lang/en/outcomes.toml", "lang/en/sections/wind_force.md"];
    for file in files {
        let folder = sound_but(|name, text| if name == file { text + "\n" } else { text });
        assert_ne!(Content::load(folder.path()).unwrap().hash, before, "{file}");
    }
    let folder = sound_but(|name, text| if name == "review.toml" { text + "\n" } else { text });
    assert_eq!(Content::load(folder.path()).unwrap().hash, before);
}

#[test]
fn a_figure_is_in_the_leaflet_and_a_line_of_it_changes_the_hash() {
    // Its only mistake is that nothing shows it.
    let folder = sound_but(|_, text| text);
    let figure = broken().join("figure_that_nothing_shows");
    fs::create_dir(folder.path().join("figures")).unwrap();
    for name in ["figures/umbrella.svg", "lang/en/figures.toml"] {
        fs::copy(figure.join(name), folder.path().join(name)).unwrap();
    }
    let section = folder.path().join("lang/en/sections/wind_force.md");
    fs::write(&section, fs::read_to_string(&section).unwrap() + "\n![](figure:umbrella)\n").unwrap();
    let mut content = Content::load(folder.path()).unwrap();
    let leaflet = content.languages.remove(0).leaflet;
    assert!(
        leaflet.contains(
            "<figure class=\"figure\"><svg class=\"drawing\" role=\"img\" aria-label=\"An umbrella over a hat.\""
        ),
        "{leaflet}"
    );
    let drawing = folder.path().join("figures/umbrella.svg");
    fs::write(&drawing, fs::read_to_string(&drawing).unwrap() + "\n").unwrap();
    assert_ne!(Content::load(folder.path()).unwrap().hash, content.hash);
}

#[test]
fn words_and_texts_are_escaped_where_they_become_html() {
    let folder = sound_but(|name, text| match name {
        "lang/en/sections/wind_force.md" => {
            text.replace("It takes hats away.", "Hats & coats go where 1 \\< 2.[^almanac]")
        }
        "sources.toml" => text.replace("heard at home", "<b>home</b>"),
        _ => text,
    });
    let leaflet = Content::load(folder.path()).unwrap().languages.remove(0).leaflet;
    assert!(leaflet.contains("Hats &amp; coats go where 1 &lt; 2."), "{leaflet}");
    assert!(leaflet.contains("&lt;b&gt;home&lt;/b&gt;"), "{leaflet}");
    assert!(!leaflet.contains("<b>"), "{leaflet}");
}
