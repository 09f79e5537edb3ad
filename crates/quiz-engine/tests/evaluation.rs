//! Which answers count, and what they lead to.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{answers, logic};
use quiz_engine::{Answer, AnswerError, Answers, Condition, Logic, Outcome, Path, Stop, Value};

fn rule(logic: &Logic, answers: &Answers) -> String {
    logic.rules[usize::from(Outcome::of(logic, answers).rule)].id.to_string()
}

fn sections(logic: &Logic, answers: &Answers) -> Vec<String> {
    Outcome::of(logic, answers)
        .sections
        .iter()
        .map(|section| logic.sections[usize::from(*section)].id.to_string())
        .collect()
}

#[test]
fn the_first_rule_that_holds_decides() {
    let logic = logic();
    let all = [
        ("signs", Value::Many(vec!["bad"])),
        ("when", Value::One("now")),
        ("pain", Value::Number(9)),
        ("limit", Value::Number(9)),
    ];
    assert_eq!(rule(&logic, &answers(&logic, &all)), "A1");
    assert_eq!(rule(&logic, &answers(&logic, &all[2..])), "B1");
    assert_eq!(rule(&logic, &answers(&logic, &[])), "C1");
}

#[test]
fn a_mean_exactly_on_its_bound_is_in_and_a_missing_item_makes_none() {
    let logic = logic();
    let mean =
        |pain, limit| rule(&logic, &answers(&logic, &[("pain", Value::Number(pain)), ("limit", Value::Number(limit))]));
    assert_eq!(mean(4, 6), "B1");
    assert_eq!(mean(4, 5), "C1");
    assert_eq!(rule(&logic, &answers(&logic, &[("pain", Value::Number(10))])), "C1");
}

#[test]
fn an_answer_to_a_hidden_question_or_option_has_no_influence() {
    let logic = logic();
    let with = |who| {
        answers(
            &logic,
            &[("who", Value::One(who)), ("signs", Value::Many(vec!["grown"])), ("when", Value::One("before"))],
        )
    };
    let shown = with("adult").effective(&logic);
    assert!(shown.shown(2));
    assert_eq!(shown.facts(&logic).chosen(1), 0b0010);
    let hidden = with("child").effective(&logic);
    assert!(!hidden.shown(2), "the question that only the hidden option opens is hidden too");
    assert_eq!(hidden.facts(&logic).answer(1), None);
    assert_eq!(hidden.facts(&logic).answer(2), None);
}

#[test]
fn a_hidden_answer_is_kept_for_when_it_is_shown_again() {
    let logic = logic();
    let mut given = answers(&logic, &[("who", Value::One("child")), ("signs", Value::Many(vec!["grown"]))]);
    given.set(&logic, "who", &Value::One("adult")).unwrap();
    assert_eq!(given.effective(&logic).facts(&logic).chosen(1), 0b0010);
}

#[test]
fn hostile_answers_are_refused_and_change_nothing() {
    let logic = logic();
    let mut given = answers(&logic, &[("signs", Value::Many(vec!["none"]))]);
    let before = given.clone();
    for (question, value, error) in [
        ("nothing", Value::One("x"), AnswerError::UnknownQuestion),
        ("who", Value::One("dog"), AnswerError::UnknownOption),
        ("who", Value::Many(vec!["child"]), AnswerError::WrongShape),
        ("signs", Value::One("none"), AnswerError::WrongShape),
        ("signs", Value::Many(vec![]), AnswerError::Empty),
        ("signs", Value::Many(vec!["none", "bad"]), AnswerError::ExclusiveBesideAnother),
        ("pain", Value::Number(11), AnswerError::OutOfRange),
        ("pain", Value::Number(-1), AnswerError::OutOfRange),
        ("pain", Value::Number(i64::MAX), AnswerError::OutOfRange),
        ("pain", Value::One("3"), AnswerError::WrongShape),
    ] {
        assert_eq!(given.set(&logic, question, &value), Err(error), "{question} {value:?}");
        assert_eq!(given, before);
    }
}

#[test]
fn a_repeated_option_counts_once() {
    let logic = logic();
    let given = answers(&logic, &[("signs", Value::Many(vec!["bad", "bad"]))]);
    assert_eq!(given.get(1), Some(Answer::Chosen(0b0001)));
}

#[test]
fn ticking_an_exclusive_option_clears_the_others_and_the_other_way_round() {
    let logic = logic();
    let mut given = Answers::none(&logic);
    given.tick(&logic, 1, 0, true);
    given.tick(&logic, 1, 2, true);
    assert_eq!(given.get(1), Some(Answer::Chosen(0b0101)));
    given.tick(&logic, 1, 3, true);
    assert_eq!(given.get(1), Some(Answer::Chosen(0b1000)));
    given.tick(&logic, 1, 0, true);
    assert_eq!(given.get(1), Some(Answer::Chosen(0b0001)));
    given.tick(&logic, 1, 0, false);
    assert_eq!(given.get(1), None, "nothing ticked is no answer");
    given.tick(&logic, 1, 63, true);
    given.tick(&logic, 99, 0, true);
    assert_eq!(given, Answers::none(&logic), "what is not there can't be ticked");
}

#[test]
fn the_way_stops_early_only_behind_the_question_it_waits_for() {
    let logic = logic();
    let bad = ("signs", Value::Many(vec!["bad"]));
    let who = ("who", Value::One("adult"));
    let open = Path::of(&logic, &answers(&logic, &[who.clone(), bad.clone()]));
    assert_eq!((open.asked, open.next, open.complete, open.stop), (vec![0, 1], Some(2), false, None));
    let stopped = Path::of(&logic, &answers(&logic, &[who, bad.clone(), ("when", Value::One("now"))]));
    assert_eq!((stopped.asked, stopped.next, stopped.complete), (vec![0, 1, 2], None, true));
    assert_eq!(stopped.stop, Some(Stop { after: 2, rule: 0 }));
    let gap = Path::of(&logic, &answers(&logic, &[bad, ("when", Value::One("now"))]));
    assert_eq!((gap.asked, gap.next, gap.complete, gap.stop), (vec![], Some(0), false, None), "a gap comes first");
}

#[test]
fn a_way_is_complete_without_its_optional_questions() {
    let logic = logic();
    let all = [
        ("who", Value::One("adult")),
        ("signs", Value::Many(vec!["none"])),
        ("pain", Value::Number(0)),
        ("limit", Value::Number(0)),
    ];
    let path = Path::of(&logic, &answers(&logic, &all));
    assert_eq!((path.asked, path.next, path.complete), (vec![0, 1, 3, 4], Some(5), true));
}

#[test]
fn sections_are_added_in_place_and_ordered_by_what_the_visitor_hopes_for() {
    let logic = logic();
    let high = [("pain", Value::Number(9)), ("limit", Value::Number(9))];
    let with = |more: &[(&str, Value<'static>)]| sections(&logic, &answers(&logic, &[&high, more].concat()));
    assert_eq!(with(&[]), ["why", "signs", "about", "care"]);
    assert_eq!(with(&[("who", Value::One("child"))]), ["why", "signs", "about", "young", "care"]);
    assert_eq!(with(&[("wish", Value::One("act"))]), ["why", "signs", "care", "about"]);
}

#[test]
fn the_contact_link_is_hidden_where_the_content_says_so() {
    let logic = logic();
    let contact = |who| Outcome::of(&logic, &answers(&logic, &[("who", Value::One(who))])).contact;
    assert_eq!(contact("adult"), Some(0));
    assert_eq!(contact("child"), None);
}

#[test]
fn reasons_are_the_answers_that_made_the_rule_hold() {
    let logic = logic();
    let given = answers(&logic, &[("signs", Value::Many(vec!["bad", "unsure"])), ("when", Value::One("now"))]);
    let reasons = Outcome::of(&logic, &given).reasons;
    assert_eq!(
        reasons.iter().map(|reason| (reason.question, reason.answer)).collect::<Vec<_>>(),
        [(1, Answer::Chosen(0b0001))]
    );
}

#[test]
fn conditions_count_and_sum_as_they_say() {
    let mut logic = logic();
    let at_least = |count| Condition::AtLeast {
        count,
        of: vec![common::chosen(1, 1), common::chosen(1, 2), common::chosen(1, 4)],
    };
    logic.terms = vec![
        at_least(2),
        at_least(3),
        Condition::Sum { questions: vec![3, 4], at_least: 3, at_most: 5, skip: false },
        Condition::Answered(3),
    ];
    let given = answers(
        &logic,
        &[("signs", Value::Many(vec!["bad", "unsure"])), ("pain", Value::Number(1)), ("limit", Value::Number(4))],
    );
    let effective = given.effective(&logic);
    let hold = |term| effective.hold(&logic, &Condition::Term(term));
    assert_eq!([hold(0), hold(1), hold(2), hold(3)], [true, false, true, true]);
    assert!(!hold(9), "a term that is not there does not hold");
    let none = Answers::none(&logic).effective(&logic);
    assert!(!none.hold(&logic, &Condition::Term(2)) && !none.hold(&logic, &Condition::Term(3)));
}
