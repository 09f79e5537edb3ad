//! How a visitor moves.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{logic, pack};
use proptest::prelude::*;
use quiz_engine::{Answer, Answers, Logic, Message, Path, Place, State, View};

fn run(logic: &Logic, messages: &[Message]) -> State {
    messages.iter().fold(State::new(logic), |state, message| state.update(logic, message))
}

fn tick(question: u16, option: u16) -> Message {
    Message::Ticked { question, option, ticked: true }
}

fn rate(question: u16, value: i32) -> Message {
    Message::Rated { question, value }
}

/// An adult without signs, up to the check.
fn calm() -> Vec<Message> {
    let go = Message::Continued;
    vec![tick(0, 1), go.clone(), tick(1, 3), go.clone(), rate(3, 2), rate(4, 2), go, Message::Skipped]
}

#[test]
fn a_screen_without_its_answer_is_asked_again() {
    let logic = logic();
    let state = run(&logic, &[Message::Continued]);
    assert_eq!((state.place, state.asked_again), (Place::Screen(0), vec![0]));
    let half =
        run(&logic, &[tick(0, 1), Message::Continued, tick(1, 3), Message::Continued, rate(3, 2), Message::Continued]);
    assert_eq!((half.place, half.asked_again), (Place::Screen(3), vec![4]));
}

#[test]
fn hidden_screens_are_passed_over_both_ways() {
    let logic = logic();
    let state = run(&logic, &[tick(0, 1), Message::Continued, tick(1, 3), Message::Continued]);
    assert_eq!(state.place, Place::Screen(3));
    assert_eq!(state.update(&logic, &Message::WentBack).place, Place::Screen(1));
}

#[test]
fn an_immediate_outcome_is_shown_at_once_and_back_leads_to_its_question() {
    let logic = logic();
    let state =
        run(&logic, &[tick(0, 1), Message::Continued, tick(1, 0), Message::Continued, tick(2, 0), Message::Continued]);
    assert_eq!(state.place, Place::Outcome);
    assert_eq!(state.update(&logic, &Message::WentBack).place, Place::Screen(2));
}

#[test]
fn other_outcomes_come_after_the_check() {
    let logic = logic();
    let state = run(&logic, &calm());
    assert_eq!(state.place, Place::Check);
    let outcome = state.update(&logic, &Message::Continued);
    assert_eq!(outcome.place, Place::Outcome);
    assert_eq!(outcome.update(&logic, &Message::WentBack).place, Place::Check);
    assert_eq!(state.update(&logic, &Message::WentBack).place, Place::Screen(4));
}

#[test]
fn a_change_leads_back_to_the_check_or_to_what_it_opened() {
    let logic = logic();
    let at = |more: &[Message]| run(&logic, &[calm(), more.to_vec()].concat()).place;
    let change = Message::Changed { question: 1 };
    assert_eq!(at(std::slice::from_ref(&change)), Place::Screen(1));
    assert_eq!(at(&[change.clone(), Message::Continued]), Place::Check);
    assert_eq!(
        at(&[change.clone(), tick(1, 2), Message::Continued]),
        Place::Screen(2),
        "a question that opened is asked"
    );
    assert_eq!(at(&[change.clone(), tick(1, 2), Message::Continued, tick(2, 1), Message::Continued]), Place::Check);
    let worse = [change, tick(1, 0), Message::Continued, tick(2, 0), Message::Continued];
    assert_eq!(at(&worse), Place::Outcome, "an emergency does not wait for the check");
}

#[test]
fn only_optional_questions_can_be_skipped() {
    let logic = logic();
    assert_eq!(run(&logic, &[Message::Skipped]).place, Place::Screen(0));
    let skipped = run(&logic, &[&calm()[..7], &[tick(5, 0), Message::Skipped]].concat());
    assert_eq!((skipped.place, skipped.answers.get(5)), (Place::Check, None));
    let chosen = run(&logic, &[&calm()[..7], &[tick(5, 0), Message::Continued]].concat());
    assert_eq!((chosen.place, chosen.answers.get(5)), (Place::Check, Some(Answer::Chosen(1))));
}

#[test]
fn erasing_leaves_nothing() {
    let logic = logic();
    let state = run(&logic, &[calm(), vec![Message::Erased]].concat());
    assert_eq!(state, State::new(&logic));
    assert!(state.is_blank(&logic));
}

#[test]
fn an_error_says_what_is_missing_beside_its_question() {
    let pack = pack();
    let state = run(&pack.logic, &[Message::Continued]);
    let View::Screen(screen) = View::of(&pack, &state) else { panic!("a screen is in view") };
    assert_eq!(screen.questions[0].error.as_deref(), Some("Answer who."));
    let answered = state.update(&pack.logic, &tick(0, 0));
    let View::Screen(screen) = View::of(&pack, &answered) else { panic!("a screen is in view") };
    assert!(screen.questions[0].error.is_some(), "nothing moves under the finger that answers");
    let gone = answered.update(&pack.logic, &Message::Continued);
    assert!(gone.asked_again.is_empty() && gone.place == Place::Screen(1));
}

fn message() -> impl Strategy<Value = Message> {
    prop_oneof![
        4 => (0..8_u16, 0..6_u16, any::<bool>()).prop_map(|(question, option, ticked)| Message::Ticked { question, option, ticked }),
        4 => (0..8_u16, -2..13_i32).prop_map(|(question, value)| Message::Rated { question, value }),
        6 => Just(Message::Continued),
        2 => Just(Message::WentBack),
        1 => Just(Message::Skipped),
        1 => (0..8_u16).prop_map(|question| Message::Changed { question }),
        1 => Just(Message::Erased),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_there_is_something_to_see(messages in prop::collection::vec(message(), 0..60)) {
        let pack = pack();
        let logic = &pack.logic;
        let mut state = State::new(logic);
        for message in &messages {
            let before = state.progress(logic);
            let next = state.update(logic, message);
            if *message == Message::Continued {
                prop_assert!(next.progress(logic) >= before, "going on took the progress back");
            }
            state = next;
            match View::of(&pack, &state) {
                View::Screen(screen) => prop_assert!(!screen.questions.is_empty(), "an empty screen at {:?}", state.place),
                View::Check(check) => prop_assert!(!check.rows.is_empty()),
                View::Outcome(_) => prop_assert!(Path::of(logic, &state.answers).complete, "an outcome without its answers"),
            }
        }
    }

    #[test]
    fn going_on_from_anywhere_ends(messages in prop::collection::vec(message(), 0..40)) {
        let logic = logic();
        let mut state = run(&logic, &messages);
        for _ in 0..40 {
            for question in state.missing(&logic) {
                state = state.update(&logic, &tick(question, 0)).update(&logic, &rate(question, 0));
            }
            state = state.update(&logic, &Message::Continued);
        }
        prop_assert_eq!(state.place, Place::Outcome);
    }

    #[test]
    fn the_order_of_answers_has_no_influence(pairs in prop::collection::vec((0..6_u16, 1..16_u64, 0..11_i32), 0..12), seed in any::<u64>()) {
        let logic = logic();
        let put = |pairs: &[(u16, u64, i32)]| {
            let mut answers = Answers::none(&logic);
            for (question, options, number) in pairs {
                let is_scale = matches!(question, 3 | 4);
                answers.put(*question, Some(if is_scale { Answer::Number(*number) } else { Answer::Chosen(*options) }));
            }
            answers
        };
        let mut unique: Vec<_> = pairs.clone();
        unique.sort_unstable();
        unique.dedup_by_key(|(question, ..)| *question);
        let mut turned = unique.clone();
        let turns = usize::try_from(seed).unwrap_or(0) % turned.len().max(1);
        turned.rotate_left(turns);
        turned.reverse();
        let (one, other) = (put(&unique), put(&turned));
        prop_assert_eq!(quiz_engine::Outcome::of(&logic, &one), quiz_engine::Outcome::of(&logic, &other));
    }
}
