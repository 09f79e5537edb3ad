//! What is a pack and what is not.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::pack;
use proptest::prelude::*;
use quiz_engine::{Condition, Pack, PackError};

#[test]
fn a_pack_comes_back_as_it_was() {
    let bytes = pack().encode().unwrap();
    assert_eq!(Pack::decode(&bytes).unwrap(), pack());
}

#[test]
fn a_truncated_pack_is_an_error_wherever_it_is_cut() {
    let bytes = pack().encode().unwrap();
    for length in 0..bytes.len() {
        assert!(Pack::decode(&bytes[..length]).is_err(), "cut to {length}");
    }
    assert_eq!(Pack::decode(&[bytes, vec![0]].concat()), Err(PackError::Malformed));
}

#[test]
fn a_pack_of_another_version_is_named_as_such() {
    let other = Pack { format: quiz_engine::FORMAT + 1, ..pack() };
    assert_eq!(Pack::decode(&other.encode().unwrap()), Err(PackError::OtherFormat));
}

#[test]
fn a_pack_that_contradicts_itself_is_refused() {
    let broken = |change: fn(&mut Pack)| {
        let mut pack = pack();
        change(&mut pack);
        Pack::decode(&pack.encode().unwrap())
    };
    let changes: [fn(&mut Pack); 11] = [
        |pack| pack.logic.rules.clear(),
        |pack| pack.logic.rules[0].advice = 99,
        |pack| pack.logic.rules[0].when = Condition::Answered(99),
        |pack| pack.logic.terms[0] = Condition::Term(0),
        |pack| pack.logic.terms[0] = Condition::Term(1),
        |pack| pack.logic.screens[0] = vec![0, 1],
        |pack| pack.logic.screens[0].clear(),
        |pack| pack.logic.advice[0].tier = 99,
        |pack| pack.words.interface.clear(),
        |pack| pack.words.questions[0].options.clear(),
        |pack| pack.fhir.as_mut().unwrap().screens.clear(),
    ];
    for (place, change) in changes.into_iter().enumerate() {
        assert_eq!(broken(change), Err(PackError::Inconsistent), "change {place}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_decoder_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Pack::decode(&bytes);
    }

    #[test]
    fn a_damaged_pack_is_an_error_or_a_sound_pack(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = pack().encode().unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(pack) = Pack::decode(&bytes) {
            let state = quiz_engine::State::new(&pack.logic);
            let _ = quiz_engine::View::of(&pack, &state);
            let _ = quiz_engine::Outcome::of(&pack.logic, &state.answers);
            let _ = quiz_engine::questionnaire_response(&pack, &state.answers, "");
        }
    }
}
