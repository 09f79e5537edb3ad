//! The cases and the proof notice small faults in the quiz.

#![allow(clippy::unwrap_used)]

mod common;

use common::{shipped, shipped_content, sound, sound_but};
use quiz_authoring::{Content, Fate, Mutant, Mutants, mutants};

fn found_in(content: &Content) -> Mutants {
    mutants(content, &mut |_, _| {}).unwrap()
}

/// The faults at one place.
fn at<'a>(found: &'a Mutants, place: &'a str) -> impl Iterator<Item = &'a Mutant> {
    found.all.iter().filter(move |mutant| mutant.at == place)
}

#[test]
fn at_least_95_of_100_faults_in_the_shipped_quiz_are_caught() {
    let found = found_in(&shipped_content());
    assert!(found.all.len() > 400, "only {} faults", found.all.len());
    assert!(at(&found, "shown of diagnosis").count() > 5, "what is asked depends on conditions, too");
    // A guardian has no say in what is decided, so only what is asked is another.
    assert!(at(&found, "shown of guardian").all(|mutant| matches!(mutant.fate, Fate::AsksOtherwise(_))));
    assert!(found.count(|fate| matches!(fate, Fate::CaughtByCase(_))) > 300, "the cases catch most");
    assert!(found.caught_of_a_hundred().unwrap() >= 95.0, "{}", found.table());
}

#[test]
fn at_least_95_of_100_faults_in_the_second_quiz_are_caught() {
    let found = found_in(&Content::load(&shipped().join("../prevention-check")).unwrap());
    assert!(found.all.len() > 900, "only {} faults", found.all.len());
    for place in ["falls.at_risk", "diabetes.not_in_chart", "shown of falls", "in_chart", "shown of gestational"] {
        assert!(at(&found, place).count() > 0, "no fault at {place}");
    }
    assert!(found.caught_of_a_hundred().unwrap() >= 95.0, "{}", found.table());
}

/// The sound quiz with the rule G1 in two clauses that give the same advice, and cases that name them or do not.
fn with_two_clauses(are_named: bool) -> Content {
    let named = |text: &str, case: &str, clause: &str| {
        let (before, rest) = text.split_once(&format!("\"id\": \"{case}\"")).unwrap();
        let expected = "\"expected_rule\": \"G1\",";
        let rest = rest.replacen(expected, &format!("{expected} \"expected_clause\": \"{clause}\","), 1);
        format!("{before}\"id\": \"{case}\"{rest}")
    };
    let folder = sound_but(|name, text| match name {
        "quiz.toml" => {
            let coat = "[[rule]]\nid = \"G1\"\nclause = \"coat\"\nwhen = \"gear.coat\"\nadvice = \"go\"\nsource = [\"almanac\"]\n\n";
            let last = "[[rule]]\nid = \"G1\"\n";
            text.replace(last, &format!("{coat}{last}clause = \"rest\"\n"))
        }
        "lang/en/outcomes.toml" => text.replace("\nG1 = ", "\nG1_coat = \"You have a coat.\"\nG1_rest = "),
        "cases/all.json" if are_named => named(&named(&text, "C", "G1_rest"), "D", "G1_coat"),
        _ => text,
    });
    Content::load(folder.path()).unwrap()
}

#[test]
fn another_clause_is_noticed_only_by_a_case_that_names_one() {
    let of = |are_named| {
        let found = found_in(&with_two_clauses(are_named));
        let faults = at(&found, "G1_coat").filter(|mutant| !mutant.change.starts_with("it comes before"));
        faults.map(|mutant| (mutant.change.clone(), mutant.fate.clone())).collect::<Vec<_>>()
    };
    let [named, silent] = [true, false].map(of);
    assert!(named.len() > 1 && named.len() == silent.len(), "{named:?}");
    assert!(named.iter().all(|(_, fate)| matches!(fate, Fate::CaughtByCase(_))), "{named:?}");
    // Tier and rule are the same, so to a case that names no clause nothing has changed.
    assert!(!silent.iter().any(|(_, fate)| matches!(fate, Fate::CaughtByCase(_) | Fate::Equivalent)), "{silent:?}");
}

#[test]
fn points_of_options_are_changed_by_one_either_way() {
    let found = found_in(&Content::load(&sound()).unwrap());
    let changes: Vec<&str> = at(&found, "points of mood").map(|mutant| mutant.change.as_str()).collect();
    let wanted = [
        "bright counts 1 in place of 0",
        "bright counts -1 in place of 0",
        "grim counts 3 in place of 2",
        "grim counts 1 in place of 2",
    ];
    assert_eq!(changes, wanted.map(|change| format!("mood.{change}")));
    // With a wind of 2, 3 in place of 2 makes 5; no case says that, and the one with 8 notices neither.
    let survived = at(&found, "points of mood").filter(|mutant| matches!(mutant.fate, Fate::Survived(_)));
    assert!(survived.count() > 0, "{}", found.table());
}

#[test]
fn a_fault_in_a_result_is_noticed_by_its_cases() {
    let found = found_in(&Content::load(&sound()).unwrap());
    for place in ["gloom.deep", "packing.light", "packing.waterproof", "packing.heavy"] {
        assert!(at(&found, place).any(|mutant| matches!(mutant.fate, Fate::CaughtByCase(_))), "{place}");
    }
    // Whatever comes behind what always holds is told to nobody.
    let last = at(&found, "packing.usual").find(|mutant| mutant.change == "it comes before packing.heavy").unwrap();
    assert_ne!(last.fate, Fate::Equivalent);
}

#[test]
fn a_fault_that_nothing_catches_is_told_with_answers_that_show_it() {
    let mut quiz = Content::load(&sound()).unwrap();
    let with_cases = found_in(&quiz);
    quiz.cases.clear();
    let without = found_in(&quiz);
    let survived = |fate: &Fate| matches!(fate, Fate::Survived(_));
    assert!(without.count(survived) > with_cases.count(survived), "{}", without.table());
    assert_eq!(without.count(|fate| matches!(fate, Fate::CaughtByCase(_))), 0);
    assert_eq!(without.count(|fate| *fate == Fate::Equivalent), with_cases.count(|fate| *fate == Fate::Equivalent));
    let table = without.table();
    assert!(table.contains("## Survived:") && table.contains("decided otherwise: `{"), "{table}");
}
