//! The cases and the proof notice small faults in the rules.

#![allow(clippy::unwrap_used)]

mod common;

use common::{shipped_content, sound};
use quiz_authoring::{Content, Fate, mutants};

#[test]
fn at_least_95_of_100_faults_in_the_shipped_rules_are_caught() {
    let found = mutants(&shipped_content(), &mut |_, _| {}).unwrap();
    assert!(found.all.len() > 400, "only {} faults", found.all.len());
    assert!(found.count(|fate| matches!(fate, Fate::CaughtByCase(_))) > 300, "the cases catch most");
    assert!(found.caught_of_a_hundred().unwrap() >= 95.0, "{}", found.table());
}

#[test]
fn a_fault_that_nothing_catches_is_told_with_answers_that_show_it() {
    let mut quiz = Content::load(&sound()).unwrap();
    let with_cases = mutants(&quiz, &mut |_, _| {}).unwrap();
    quiz.cases.clear();
    let without = mutants(&quiz, &mut |_, _| {}).unwrap();
    let survived = |fate: &Fate| matches!(fate, Fate::Survived(_));
    assert!(without.count(survived) > with_cases.count(survived), "{}", without.table());
    assert_eq!(without.count(|fate| matches!(fate, Fate::CaughtByCase(_))), 0);
    assert_eq!(without.count(|fate| *fate == Fate::Equivalent), with_cases.count(|fate| *fate == Fate::Equivalent));
    let table = without.table();
    assert!(table.contains("## Survived:") && table.contains("decided otherwise: `{"), "{table}");
}
