//! Points, sums and means with gaps, and groups of results.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{answers, logic, pack};
use quiz_engine::{
    AdviceWords, Answer, Answers, Condition, Group, Logic, Outcome, Pack, Place, Reason, Rule, State, Value, View,
};

/// The small quiz with points on `who` (child 0, adult 2) and on `signs` (bad 3, grown 1, unsure -1, none 0).
fn counting() -> Logic {
    let mut logic = logic();
    logic.questions[0].points = vec![0, 2];
    logic.questions[1].points = vec![3, 1, -1, 0];
    logic
}

fn sum(questions: &[u16], at_least: i64, at_most: i64, skip: bool) -> Condition {
    Condition::Sum { questions: questions.to_vec(), at_least, at_most, skip }
}

fn mean(questions: &[u16], at_least: i64, at_most: i64, skip: bool) -> Condition {
    Condition::Mean { questions: questions.to_vec(), at_least, at_most, skip }
}

fn holds(logic: &Logic, answers: &Answers, condition: &Condition) -> bool {
    answers.effective(logic).hold(logic, condition)
}

#[test]
fn chosen_options_count_their_points_and_hidden_ones_none() {
    let logic = counting();
    let exactly = |given: &[(&str, Value<'_>)], points| {
        holds(&logic, &answers(&logic, given), &sum(&[0, 1], points, points, false))
    };
    let signs = |signs: &[&'static str]| ("signs", Value::Many(signs.to_vec()));
    assert!(exactly(&[("who", Value::One("adult")), signs(&["bad", "grown", "unsure"])], 5));
    assert!(exactly(&[("who", Value::One("adult")), signs(&["none"])], 2));
    assert!(exactly(&[("who", Value::One("child")), signs(&["bad", "grown"])], 3), "`grown` is hidden from a child");
    assert!(!exactly(&[("who", Value::One("adult"))], 2), "a missing answer makes the sum missing");
}

#[test]
fn a_question_without_points_counts_nothing_so_its_sum_is_missing() {
    let logic = logic();
    let given = answers(&logic, &[("who", Value::One("adult"))]);
    for skip in [false, true] {
        assert!(!holds(&logic, &given, &sum(&[0], i64::MIN / 2, i64::MAX / 2, skip)));
    }
}

#[test]
fn with_skip_the_answers_that_are_there_make_the_sum_and_the_mean() {
    let logic = logic();
    let both = answers(&logic, &[("pain", Value::Number(4)), ("limit", Value::Number(7))]);
    let one = answers(&logic, &[("pain", Value::Number(4))]);
    let none = Answers::none(&logic);
    for (given, total, thousandths) in [(&both, Some(11), Some(5500)), (&one, Some(4), Some(4000)), (&none, None, None)]
    {
        for bound in 0..=12 {
            assert_eq!(holds(&logic, given, &sum(&[3, 4], bound, bound, true)), total == Some(bound));
        }
        for bound in (0..=12_000).step_by(500) {
            assert_eq!(holds(&logic, given, &mean(&[3, 4], bound, bound, true)), thousandths == Some(bound));
        }
    }
}

#[test]
fn nothing_has_no_sum_and_no_mean() {
    let logic = logic();
    let given = answers(&logic, &[("pain", Value::Number(0))]);
    assert!(!holds(&logic, &given, &sum(&[], 0, 0, false)) && !holds(&logic, &given, &mean(&[], 0, 0, true)));
}

/// Two groups: `load` (pain and limit at least 10 together, else light), and `watch`, for adults, by points.
fn grouped() -> Pack {
    let mut pack = pack();
    pack.logic = counting();
    let rule = |id: &str, when, advice| Rule { id: id.into(), when, advice, stop_after: None, sources: vec![0] };
    pack.logic.groups = vec![
        Group {
            id: "load".into(),
            shown: Condition::All(vec![Condition::Answered(3), Condition::Answered(4)]),
            rules: vec![
                rule("heavy", sum(&[3, 4], 10, i64::MAX / 2, false), 0),
                rule("some", sum(&[3, 4], 1, i64::MAX / 2, false), 1),
                rule("light", Condition::Always, 2),
            ],
        },
        Group {
            id: "watch".into(),
            shown: common::chosen(0, 0b10),
            rules: vec![rule("close", sum(&[0, 1], 3, i64::MAX / 2, false), 3), rule("loose", Condition::Always, 4)],
        },
    ];
    let words = |id: &str| AdviceWords { headline: id.into(), lines: vec![format!("{id}.").into()] };
    pack.words.groups = vec!["Load".into(), "Watch".into()];
    pack.words.results = ["heavy", "some", "light", "close", "loose"].map(words).into();
    pack
}

fn results(logic: &Logic, answers: &Answers) -> Vec<(String, String)> {
    let named = Outcome::of(logic, answers).results.into_iter().map(|result| {
        let group = &logic.groups[usize::from(result.group)];
        (group.id.to_string(), group.rules[usize::from(result.rule)].id.to_string())
    });
    named.collect()
}

#[test]
fn each_group_has_its_own_first_result_and_none_where_it_is_not_shown() {
    let logic = grouped().logic;
    let of = |given: &[(&str, Value<'_>)]| results(&logic, &answers(&logic, given));
    let pair = |group: &str, rule: &str| (group.to_owned(), rule.to_owned());
    let numbers = |pain, limit| [("pain", Value::Number(pain)), ("limit", Value::Number(limit))];
    assert_eq!(of(&numbers(5, 5)), [pair("load", "heavy")]);
    assert_eq!(of(&numbers(5, 4)), [pair("load", "some")]);
    assert_eq!(of(&numbers(0, 0)), [pair("load", "light")]);
    assert_eq!(of(&numbers(5, 5)[..1]), [], "with a gap nobody is told that the load is light");
    assert_eq!(of(&[("who", Value::One("adult"))]), [pair("watch", "loose")]);
    let both = [numbers(9, 9).to_vec(), vec![("who", Value::One("adult")), ("signs", Value::Many(vec!["grown"]))]];
    assert_eq!(of(&both.concat()), [pair("load", "heavy"), pair("watch", "close")]);
}

#[test]
fn options_without_points_are_no_reason_for_a_sum() {
    let mut logic = grouped().logic;
    logic.groups[1].rules[0].when = sum(&[0, 1], 2, i64::MAX / 2, false);
    let reasons = |signs: &[&'static str]| {
        let given = [("who", Value::One("adult")), ("signs", Value::Many(signs.to_vec()))];
        Outcome::of(&logic, &answers(&logic, &given)).results.remove(0).reasons
    };
    let who = Reason { question: 0, answer: Answer::Chosen(0b10) };
    let signs = |chosen| Reason { question: 1, answer: Answer::Chosen(chosen) };
    assert_eq!(reasons(&["bad", "unsure"]), [who, signs(0b0101)]);
    assert_eq!(reasons(&["none"]), [who]);
}

#[test]
fn results_are_shown_with_their_words_reasons_and_sources() {
    let pack = grouped();
    let given = answers(&pack.logic, &[("pain", Value::Number(5)), ("limit", Value::Number(6))]);
    let state = State { answers: given, place: Place::Outcome, ..State::new(&pack.logic) };
    let View::Outcome(view) = View::of(&pack, &state) else { unreachable!() };
    let [result] = view.results.as_slice() else { unreachable!("{:?}", view.results) };
    assert_eq!(
        (&*result.group, &*result.name, &*result.id, &*result.said.headline),
        ("load", "Load", "heavy", "heavy")
    );
    assert_eq!(result.said.lines, ["heavy.".into()]);
    assert_eq!(result.said.answers.iter().map(|row| row.question).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(result.sources.len(), 1);
}

#[test]
fn a_pack_whose_groups_or_points_do_not_fit_is_refused() {
    let whole = grouped();
    assert!(Pack::decode(&whole.encode().unwrap()).is_ok());
    let broken: [fn(&mut Pack); 7] = [
        |pack| pack.logic.groups[0].rules.clear(),
        |pack| pack.logic.groups[0].rules[0].sources = vec![9],
        |pack| pack.logic.groups[1].shown = Condition::Term(99),
        |pack| pack.logic.groups[1].rules[0].when = Condition::Answered(99),
        |pack| pack.logic.questions[1].points.truncate(2),
        |pack| pack.logic.questions[3].decimals = 4,
        |pack| pack.words.results.truncate(4),
    ];
    for (number, break_it) in broken.iter().enumerate() {
        let mut pack = grouped();
        break_it(&mut pack);
        let refused = Pack::decode(&pack.encode().unwrap());
        assert_eq!(refused, Err(quiz_engine::PackError::Inconsistent), "{number}");
    }
}
