//! Which single changes of an answer lead to more, or less, urgent advice.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::cmp::Ordering;

use common::{answers, logic};
use proptest::prelude::*;
use quiz_engine::{Answer, Answers, Change, Kind, Logic, Outcome, Path, Value, changes, raising_changes};

/// An adult without signs, with these numbers.
fn adult(logic: &Logic, pain: i64, limit: i64) -> Answers {
    let given = [
        ("who", Value::One("adult")),
        ("signs", Value::Many(vec!["none"])),
        ("pain", Value::Number(pain)),
        ("limit", Value::Number(limit)),
    ];
    answers(logic, &given)
}

/// Question, option, answer and the rule's id.
fn listed(logic: &Logic, found: &[Change]) -> Vec<(u16, Option<u16>, Answer, String)> {
    let rule = |index: u16| logic.rules[usize::from(index)].id.to_string();
    found.iter().map(|change| (change.question, change.option, change.answer, rule(change.rule))).collect()
}

fn urgency(logic: &Logic, answers: &Answers) -> u8 {
    logic.advice[usize::from(Outcome::of(logic, answers).advice)].urgency
}

#[test]
fn one_more_tick_and_the_least_higher_number_are_listed_in_question_order() {
    let logic = logic();
    let found = raising_changes(&logic, &adult(&logic, 3, 2));
    let expected = [
        (1, Some(0), Answer::Chosen(0b0001), "A1".to_owned()),
        (3, None, Answer::Number(8), "B1".to_owned()),
        (4, None, Answer::Number(7), "B1".to_owned()),
    ];
    assert_eq!(listed(&logic, &found), expected, "the tick clears `none`, and 8 is the least that does it");
}

#[test]
fn a_number_that_alone_cannot_do_it_is_not_listed() {
    let logic = logic();
    let found = raising_changes(&logic, &adult(&logic, 0, 0));
    assert_eq!(listed(&logic, &found)[1..].len(), 2, "ten and nothing make a mean of five");
    let mut stricter = logic.clone();
    stricter.rules[1].when = common::not(quiz_engine::Condition::Always);
    assert_eq!(listed(&stricter, &raising_changes(&stricter, &adult(&stricter, 0, 0))).len(), 1);
}

#[test]
fn nothing_is_more_urgent_than_the_most_urgent() {
    let logic = logic();
    let given = answers(
        &logic,
        &[("who", Value::One("adult")), ("signs", Value::Many(vec!["bad"])), ("when", Value::One("now"))],
    );
    assert_eq!(raising_changes(&logic, &given), []);
    let lower = changes(&logic, &given, Ordering::Less);
    let expected =
        [(1, Some(3), Answer::Chosen(0b1000), "C1".to_owned()), (2, Some(1), Answer::Chosen(0b10), "C1".to_owned())];
    assert_eq!(listed(&logic, &lower), expected, "clearing the only tick would leave no answer");
}

#[test]
fn clearing_a_tick_is_a_change_where_another_stays() {
    let logic = logic();
    let given = answers(
        &logic,
        &[("who", Value::One("adult")), ("signs", Value::Many(vec!["bad", "unsure"])), ("when", Value::One("now"))],
    );
    let lower = listed(&logic, &changes(&logic, &given, Ordering::Less));
    assert!(lower.contains(&(1, Some(0), Answer::Chosen(0b0100), "C1".to_owned())), "{lower:?}");
}

#[test]
fn what_was_not_asked_or_not_offered_is_not_listed() {
    let mut logic = logic();
    // Would be urgent at once, were it asked or offered.
    logic.terms[0] = common::chosen(1, 0b0011);
    let child = answers(&logic, &[("who", Value::One("child")), ("signs", Value::Many(vec!["none"]))]);
    let found = listed(&logic, &raising_changes(&logic, &child));
    assert!(found.iter().all(|(question, option, ..)| (*question, *option) != (1, Some(1))), "{found:?}");
    assert!(found.iter().all(|(question, ..)| *question <= 3), "the numbers behind the gap were not asked: {found:?}");
}

/// An answer to every question, out of a lot for each, or none.
fn given(logic: &Logic, lots: &[Option<u64>]) -> Answers {
    let mut given = Answers::none(logic);
    for ((index, question), lot) in (0_u16..).zip(&logic.questions).zip(lots) {
        let Some(lot) = lot else { continue };
        match question.kind {
            Kind::Scale { .. } => given.put(index, Some(Answer::Number(i32::try_from(lot % 11).unwrap()))),
            _ => (0_u16..4).filter(|bit| lot >> bit & 1 == 1).for_each(|bit| given.tick(logic, index, bit, true)),
        }
    }
    given
}

fn lots() -> impl Strategy<Value = Vec<Option<u64>>> {
    proptest::collection::vec(proptest::option::weighted(0.8, any::<u64>()), 6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_listed_change_leads_where_it_says(lots in lots(), more in any::<bool>()) {
        let logic = logic();
        let before = given(&logic, &lots);
        let towards = if more { Ordering::Greater } else { Ordering::Less };
        let path = Path::of(&logic, &before);
        for change in changes(&logic, &before, towards) {
            let mut after = before.clone();
            after.put(change.question, Some(change.answer));
            let outcome = Outcome::of(&logic, &after);
            prop_assert_eq!((outcome.rule, outcome.advice), (change.rule, change.advice));
            prop_assert_eq!(urgency(&logic, &after).cmp(&urgency(&logic, &before)), towards);
            prop_assert!(path.asked.contains(&change.question) || path.next == Some(change.question));
        }
    }

    #[test]
    fn raising_changes_are_the_raising_ones_that_add(lots in lots()) {
        let logic = logic();
        let before = given(&logic, &lots);
        let all = changes(&logic, &before, Ordering::Greater);
        let raising = raising_changes(&logic, &before);
        prop_assert!(raising.iter().all(|change| change.renews || all.contains(change)));
        let adds = |change: &Change| match (before.get(change.question), change.answer) {
            (Some(Answer::Chosen(before)), Answer::Chosen(after)) => after & !before != 0,
            (Some(Answer::Number(before)), Answer::Number(after)) => after > before,
            _ => true,
        };
        let name = |change: &Change| (change.question, change.option);
        for change in all.iter().filter(|change| adds(change)) {
            prop_assert!(raising.iter().any(|raises| name(raises) == name(change)), "{:?}", change);
        }
        for change in raising.iter().filter(|change| change.renews) {
            let mut after = before.clone();
            after.put(change.question, Some(change.answer));
            for question in logic.follow_ups(change.question) {
                after.put(question, None);
            }
            prop_assert_eq!(Outcome::of(&logic, &after).rule, change.rule);
            prop_assert!(urgency(&logic, &after) > urgency(&logic, &before));
        }
        prop_assert!(raising.is_sorted_by_key(|change| change.question));
    }

    #[test]
    fn no_single_tick_that_raises_is_left_out(lots in lots()) {
        let logic = logic();
        let before = given(&logic, &lots);
        let found = raising_changes(&logic, &before);
        let path = Path::of(&logic, &before);
        for question in path.asked.iter().copied() {
            let shown = before.effective(&logic).options(question).unwrap();
            for option in (0_u16..4).filter(|option| shown >> option & 1 == 1) {
                let mut after = before.clone();
                after.tick(&logic, question, option, true);
                let raises = urgency(&logic, &after) > urgency(&logic, &before);
                let listed = found.iter().find(|change| (change.question, change.option) == (question, Some(option)));
                let is_kept = listed.is_some_and(|change| !change.renews);
                prop_assert!(listed.is_some() || !raises, "question {} option {}", question, option);
                prop_assert!(!is_kept || raises, "question {} option {}", question, option);
            }
        }
    }
}
