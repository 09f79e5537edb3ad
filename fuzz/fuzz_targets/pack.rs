//! Any bytes as a pack: an error, or a quiz that runs to its end whatever is answered.

#![no_main]

use libfuzzer_sys::fuzz_target;
use quiz_engine::{Message, Pack, State, View};

fuzz_target!(|bytes: &[u8]| {
    let Ok(pack) = Pack::decode(bytes) else { return };
    assert_eq!(Pack::decode(&pack.encode().expect("what was read can be written")), Ok(pack.clone()));
    let mut state = State::new(&pack.logic);
    for _ in 0..=pack.logic.screens.len().min(64) {
        let _ = View::of(&pack, &state);
        for question in 0..u16::try_from(pack.logic.questions.len()).unwrap_or(u16::MAX).min(64) {
            state = state.update(&pack.logic, &Message::Ticked { question, option: 0, ticked: true });
            state = state.update(&pack.logic, &Message::Rated { question, value: 0 });
            state = state.update(&pack.logic, &Message::Typed { question, text: "18".into() });
        }
        state = state.update(&pack.logic, &Message::Continued);
    }
    let _ = View::of(&pack, &state);
});
