//! Numbers that are typed: how they are read, kept and shown.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::pack;
use proptest::prelude::*;
use quiz_engine::{
    Answer, AnswerError, Answers, Kind, Logic, Message, Pack, State, Value, View, Widget, read_number, write_number,
};

#[test]
fn a_number_is_read_with_a_point_or_a_comma_and_never_rounded() {
    for (text, decimals, units) in [
        ("37", 0, 37),
        (" 37 ", 1, 370),
        ("37.5", 1, 375),
        ("37,5", 1, 375),
        ("37.50", 1, 375),
        ("37.", 1, 370),
        (".5", 1, 5),
        ("-2.25", 2, -225),
        ("007", 0, 7),
        ("1,234", 3, 1234),
        ("70.0", 0, 70),
    ] {
        assert_eq!(read_number(text, decimals), Some(units), "{text} with {decimals}");
    }
}

#[test]
fn what_is_no_number_or_could_be_two_is_refused() {
    for (text, decimals) in [
        ("", 0),
        ("-", 0),
        (".", 1),
        ("abc", 0),
        ("7 0", 0),
        ("70 kg", 0),
        ("+7", 0),
        ("1e3", 0),
        ("37.55", 1),
        ("1.2.3", 3),
        ("5-", 0),
        ("--5", 0),
        ("−5", 0),
        // A thousand here, one elsewhere.
        ("1,000", 0),
        ("1.000", 2),
        ("99999999999999999999", 0),
        ("٣", 0),
    ] {
        assert_eq!(read_number(text, decimals), None, "{text} with {decimals}");
    }
}

#[test]
fn a_number_is_written_without_zeros_at_its_end() {
    for (units, decimals, text) in
        [(375, 1, "37,5"), (370, 1, "37"), (5, 2, "0,05"), (-5, 1, "-0,5"), (0, 3, "0"), (1200, 0, "1200")]
    {
        assert_eq!(write_number(units, decimals, ","), text);
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(units in any::<i32>(), decimals in 0_u8..=2, mark in "[.,]") {
        let units = i64::from(units);
        prop_assert_eq!(read_number(&write_number(units, decimals, &mark), decimals), Some(units));
    }

    #[test]
    fn no_text_makes_reading_panic(text in ".*", decimals in 0_u8..=3) {
        let _ = read_number(&text, decimals);
    }
}

/// The small quiz with `pain` typed, from 30 to 45 with one decimal, and `wish` a number that can be left out.
fn typed() -> Pack {
    let mut pack = pack();
    let pain = &mut pack.logic.questions[3];
    (pain.kind, pain.decimals) = (Kind::Number { min: 300, max: 450 }, 1);
    let wish = &mut pack.logic.questions[5];
    (wish.kind, wish.options) = (Kind::Number { min: 0, max: 9 }, vec![]);
    pack.logic.emphasis.clear();
    let words = &mut pack.words.questions;
    (words[3].unit, words[3].wrong) = ("°C".into(), "From 30 to 45.".into());
    words[5].options.clear();
    words[5].wrong = "From 0 to 9.".into();
    pack.words.decimal_mark = ",".into();
    pack
}

fn at(logic: &Logic, screen: u16) -> State {
    State { place: quiz_engine::Place::Screen(screen), ..State::new(logic) }
}

fn told(logic: &Logic, state: &State, question: u16, text: &str) -> State {
    state.update(logic, &Message::Typed { question, text: text.into() })
}

fn in_field(pack: &Pack, state: &State, place: usize) -> (String, Option<String>) {
    let View::Screen(view) = View::of(pack, state) else { unreachable!() };
    let question = &view.questions[place];
    let Widget::Number { text, .. } = &question.widget else { unreachable!() };
    (text.to_string(), question.error.as_ref().map(ToString::to_string))
}

#[test]
fn what_was_typed_is_an_answer_in_the_last_decimal() {
    let pack = typed();
    let state = told(&pack.logic, &at(&pack.logic, 3), 3, "37.5");
    assert_eq!(state.answers.get(3), Some(Answer::Number(375)));
    assert_eq!(in_field(&pack, &state, 0), ("37,5".to_owned(), None));
}

#[test]
fn what_is_wrong_stays_in_the_field_is_no_answer_and_is_asked_again() {
    let pack = typed();
    let logic = &pack.logic;
    for wrong in ["29,9", "46", "37.55", "warm"] {
        let good = told(logic, &at(logic, 3), 3, "40");
        let state = told(logic, &good, 3, wrong);
        assert_eq!(state.answers.get(3), None, "{wrong}");
        assert!(!state.is_blank(logic));
        let state = state.update(logic, &Message::Rated { question: 4, value: 5 }).update(logic, &Message::Continued);
        assert_eq!(state.asked_again, [3]);
        assert_eq!(in_field(&pack, &state, 0), (wrong.to_owned(), Some("From 30 to 45.".to_owned())));
        let mended = told(logic, &state, 3, "40").update(logic, &Message::Continued);
        assert!(mended.asked_again.is_empty() && mended.place != state.place, "{wrong}");
    }
}

#[test]
fn an_empty_field_is_asked_for_and_a_field_that_may_be_empty_is_not() {
    let pack = typed();
    let logic = &pack.logic;
    let state = told(logic, &told(logic, &at(logic, 3), 3, "40"), 3, " ").update(logic, &Message::Continued);
    assert_eq!(in_field(&pack, &state, 0), (String::new(), Some("Answer pain.".to_owned())));
    let last = at(logic, 4);
    assert_eq!(last.missing(logic), [0_u16; 0]);
    let wrong = told(logic, &last, 5, "ten");
    assert_eq!(wrong.missing(logic), [5], "nobody's answer is dropped in silence");
    let skipped = wrong.update(logic, &Message::Skipped);
    assert!(skipped.is_blank(logic), "skipping takes it away");
}

#[test]
fn only_the_question_in_view_takes_what_is_typed_and_only_where_a_number_is_asked() {
    let pack = typed();
    let first = at(&pack.logic, 0);
    assert_eq!(told(&pack.logic, &first, 3, "40"), first);
    assert_eq!(told(&pack.logic, &first, 0, "40"), first);
}

#[test]
fn numbers_from_outside_have_the_questions_decimals_and_range() {
    let logic = typed().logic;
    let set = |value: Value<'_>| {
        let mut answers = Answers::none(&logic);
        answers.set(&logic, "pain", &value).map(|()| answers.get(3).unwrap())
    };
    assert_eq!(set(Value::Number(37)), Ok(Answer::Number(370)));
    assert_eq!(set(Value::Written("37.5")), Ok(Answer::Number(375)));
    for wrong in [Value::Number(29), Value::Number(i64::MAX), Value::Written("37.55"), Value::Written("45.1")] {
        assert_eq!(set(wrong), Err(AnswerError::OutOfRange));
    }
    assert_eq!(set(Value::One("37")), Err(AnswerError::WrongShape));
}

#[test]
fn an_answer_is_told_with_its_unit() {
    let pack = typed();
    let mut state = told(&pack.logic, &at(&pack.logic, 3), 3, "37.5");
    state.answers.set(&pack.logic, "who", &Value::One("adult")).unwrap();
    state.answers.set(&pack.logic, "signs", &Value::Many(vec!["none"])).unwrap();
    state.place = quiz_engine::Place::Check;
    let View::Check(check) = View::of(&pack, &state) else { unreachable!() };
    let row = check.rows.iter().find(|row| row.question == 3).unwrap();
    assert_eq!(row.answers, ["37,5\u{a0}°C".into()]);
}
