//! The clinical difference: that it is exact, that its examples replay, and that it says when nothing changed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::process::Command;

use common::{copied_but, shipped, sound, sound_but};
use quiz_authoring::{Content, Difference, ResultChange, assess_all, diff};
use serde_json::Value;

fn loaded(folder: &std::path::Path) -> Content {
    Content::load_without_cases(folder).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The small quiz and what it becomes by a change of `quiz.toml`.
fn small(was: &str, is: &str) -> (Content, Content) {
    let folder = sound_but(|name, text| {
        if name != "quiz.toml" {
            return text;
        }
        assert_eq!(text.matches(was).count(), 1, "{was}");
        text.replace(was, is)
    });
    (loaded(&sound()), loaded(folder.path()))
}

fn assessed(content: &Content, given: &impl serde::Serialize) -> Value {
    let rows = assess_all(&content.logic, &serde_json::to_string(&[given]).unwrap()).unwrap();
    serde_json::from_str::<Vec<Value>>(&rows).unwrap().remove(0)
}

/// Each example leads to what its row says, in the old version and in the new one.
fn assert_replays(old: &Content, new: &Content, difference: &Difference) {
    for change in &difference.changes {
        for (content, given, side) in [(old, &change.example, &change.was), (new, &change.example_now, &change.is)] {
            let row = assessed(content, given);
            assert_eq!(row["tier"], side.tier.as_str(), "{row}");
            assert!(side.rule.starts_with(row["rule"].as_str().unwrap()), "{row}");
        }
        let sections = |row: &Value| row["sections"].as_array().unwrap().clone();
        let (was, is) = (assessed(old, &change.example), assessed(new, &change.example_now));
        for section in &change.sections_added {
            assert!(
                !sections(&was).contains(&section.as_str().into()) && sections(&is).contains(&section.as_str().into())
            );
        }
        for section in &change.sections_removed {
            assert!(
                sections(&was).contains(&section.as_str().into()) && !sections(&is).contains(&section.as_str().into())
            );
        }
    }
    let sum: u128 = difference.changes.iter().map(|change| change.count.parse::<u128>().unwrap()).sum();
    assert_eq!(sum.to_string(), difference.changed, "each set of answers is in one class");
}

#[test]
fn nothing_changed_says_so() {
    let shipped = loaded(&shipped());
    let difference = diff(&shipped, &shipped).unwrap();
    assert!(difference.changes.is_empty() && difference.vocabulary.is_same());
    assert_eq!(
        difference.to_string(),
        "Nothing changed: all 6380385103449935692956468 sets of answers lead to the same rule, tier and sections."
    );
}

#[test]
fn another_way_of_saying_the_same_is_no_change() {
    let (old, new) = small("wet = \"sky.rain\"", "wet = { not = { not = \"sky.rain\" } }");
    assert_ne!(old.logic, new.logic);
    assert!(diff(&old, &new).unwrap().changes.is_empty());
}

#[test]
fn a_threshold_that_moves_is_one_row_with_its_exact_count() {
    let (old, new) = small("{ number = \"wind\", at_least = 9 }", "{ number = \"wind\", at_least = 8 }");
    let difference = diff(&old, &new).unwrap();
    assert_replays(&old, &new, &difference);
    // Wind 8, with whatever else can be answered: the sets of answers without the wind.
    let expected = difference.answer_sets.parse::<u128>().unwrap() / 12;
    assert_eq!(difference.changed, expected.to_string());
    assert!(difference.changes.iter().all(|change| change.is.rule == "S1" && change.is.urgency == 2));
    assert!(difference.changes.iter().all(|change| change.common.contains(&"Wind: 8 to 8".to_owned())), "{difference}");
}

#[test]
fn a_condition_that_is_dropped_names_who_is_concerned_in_plain_words() {
    let folder = copied_but(&shipped(), |name, text| match name {
        "quiz.toml" => text.replace("[\"rf_weak.mild_steady\", \"rf_weak.not_sure\"]", "[\"rf_weak.mild_steady\"]"),
        _ => text,
    });
    let (old, new) = (loaded(&shipped()), loaded(folder.path()));
    let difference = diff(&old, &new).unwrap();
    assert_replays(&old, &new, &difference);
    let first = &difference.changes[0];
    assert!(first.is.urgency < first.was.urgency, "what becomes less urgent comes first");
    assert!(difference.changes.iter().all(|change| change.was.rule == "C2"));
    assert!(
        difference.changes.iter().all(|change| change.common.iter().any(|common| common == "Weakness: “I'm not sure”"))
    );
    assert!(difference.changes.len() < 25, "{} rows are no short table", difference.changes.len());
    assert!(difference.to_string().contains("**Less urgent**: from “See a clinician.” (clinician, C2) to"));
}

#[test]
fn a_section_that_is_taken_away_is_a_change_with_the_same_rule() {
    let (old, new) = small("[\"why\", { id = \"keeping_dry\", when = \"wet\" }]", "[\"why\"]");
    let difference = diff(&old, &new).unwrap();
    assert_replays(&old, &new, &difference);
    assert!(!difference.changes.is_empty());
    for change in &difference.changes {
        assert_eq!(
            (&change.was, change.sections_removed.as_slice()),
            (&change.is, ["keeping_dry".to_owned()].as_slice())
        );
    }
    assert!(difference.to_string().contains("shown no more: keeping_dry"));
}

#[test]
fn sections_in_another_order_are_a_change() {
    let folder = copied_but(&shipped(), |name, text| {
        match name {
        "quiz.toml" => text.replace(
            "sections = [\"expected_times\", \"load_technique\", \"early_signs\", \"self_care\", \"conservative_care\"]",
            "sections = [\"load_technique\", \"expected_times\", \"early_signs\", \"self_care\", \"conservative_care\"]",
        ),
        _ => text,
    }
    });
    let (old, new) = (loaded(&shipped()), loaded(folder.path()));
    assert_ne!(old.logic, new.logic);
    assert!(diff(&old, &new).unwrap().changes.is_empty(), "the two are never shown together, so nobody sees it");
    let folder = copied_but(&shipped(), |name, text| match name {
        "quiz.toml" => text.replace(
            "sections = [\"left_to_try\", \"surgery_basics\", \"surgeon_questions\", \"second_opinion\"]",
            "sections = [\"surgery_basics\", \"second_opinion\", \"surgeon_questions\", \"left_to_try\"]",
        ),
        _ => text,
    });
    let new = loaded(folder.path());
    let difference = diff(&old, &new).unwrap();
    assert_replays(&old, &new, &difference);
    assert!(!difference.changes.is_empty() && difference.changes.iter().all(|change| change.sections_reordered));
}

#[test]
fn a_new_option_concerns_those_who_choose_it() {
    let folder = sound_but(|name, text| match name {
        "quiz.toml" => {
            text.replace("options = [\"rain\", \"clear\"]", "options = [\"rain\", \"clear\", \"snow\"]").replace(
                "soaked = { all = [\"wet\", \"gear.none\"] }",
                "soaked = { all = [{ any = [\"wet\", \"sky.snow\"] }, \"gear.none\"] }",
            )
        }
        "lang/en/questions.toml" => text.replace("clear = \"It is clear\"", "clear = \"It is clear\"\nsnow = \"Snow\""),
        _ => text,
    });
    let (old, new) = (loaded(&sound()), loaded(folder.path()));
    let difference = diff(&old, &new).unwrap();
    assert_replays(&old, &new, &difference);
    assert_eq!(difference.vocabulary.added, ["sky.snow"]);
    assert!(difference.changes.iter().all(|change| change.common.contains(&"Sky: “Snow”".to_owned())), "{difference}");
    assert!(
        difference.changes.iter().all(|change| change.example.0.iter().all(|(id, _)| id != "sky")),
        "unknown to the old one"
    );
    let back = diff(&new, &old).unwrap();
    assert_replays(&new, &old, &back);
    assert_eq!(
        (back.vocabulary.removed.as_slice(), &back.changed),
        (["sky.snow".to_owned()].as_slice(), &difference.changed)
    );
}

#[test]
fn a_scale_that_grows_concerns_those_beyond_its_old_end() {
    let (old, new) = small("max = 10", "max = 12");
    let difference = diff(&old, &new).unwrap();
    assert_replays(&old, &new, &difference);
    assert_eq!(difference.vocabulary.of_another_kind, ["wind"]);
    assert!(difference.changes.iter().all(|change| change.is.rule == "S1"), "{difference}");
    // The old scale has twelve answers with none, the new one fourteen; the two new numbers lead to the storm.
    let besides = difference.answer_sets.parse::<u128>().unwrap() / 14;
    assert_eq!(difference.changed, (2 * besides).to_string());
}

#[test]
fn a_result_that_changes_is_a_row_of_its_group() {
    let (old, new) = small("{ number = \"shower\", at_least = 12.5 }", "{ number = \"shower\", at_least = 12.4 }");
    let difference = diff(&old, &new).unwrap();
    assert_eq!(difference.changed, "0", "the advice is the same");
    assert!(!difference.is_none());
    for change in &difference.results {
        assert_eq!((change.group.as_str(), change.is.as_deref()), ("packing", Some("waterproof")));
        assert!(change.common.contains(&"Shower: 12.4 to 12.4".to_owned()), "{:?}", change.common);
        for (content, given, result) in [(&old, &change.example, &change.was), (&new, &change.example_now, &change.is)]
        {
            assert_eq!(assessed(content, given)["results"]["packing"].as_str(), result.as_deref());
        }
    }
    let was: Vec<_> = difference.results.iter().filter_map(|change| change.was.as_deref()).collect();
    assert_eq!(was, ["heavy", "usual"]);
    // The shower of 12.4 alone, wherever the group does not say `light`.
    let count = |change: &ResultChange| change.count.parse::<u128>().unwrap();
    let sets = difference.results.iter().map(count).sum::<u128>();
    assert!(sets > 0 && sets < difference.answer_sets.parse::<u128>().unwrap() / 996);
    let text = difference.to_string();
    assert!(text.starts_with("All ") && text.contains("| packing: from heavy to waterproof |"), "{text}");
}

#[test]
fn the_command_prints_a_table_or_json() {
    let run = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_quiz")).args(arguments).output().unwrap();
    let (folder, shipped) = (sound(), shipped());
    let same = run(&["diff", folder.to_str().unwrap(), folder.to_str().unwrap()]);
    assert_eq!(same.status.code(), Some(0));
    assert!(String::from_utf8(same.stdout).unwrap().starts_with("Nothing changed: all "));
    let other = run(&["diff", folder.to_str().unwrap(), shipped.to_str().unwrap(), "--json"]);
    let other: Value = serde_json::from_slice(&other.stdout).unwrap();
    assert!(other["changes"].as_array().is_some_and(|changes| !changes.is_empty()), "two quizzes that share nothing");
}
