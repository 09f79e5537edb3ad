//! Any messages to the shipped quiz, also about questions and options that there are not: every state has a view, and
//! the way on is never lost.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use quiz_authoring::Content;
use quiz_engine::{Message, Outcome, Pack, Place, State, View};

thread_local! {
    // Its texts are counted for one thread, so no other can have it.
    static PACK: Pack = shipped();
}

fn shipped() -> Pack {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/pars-defect");
    let content = Content::load_without_cases(folder.as_ref()).expect("the shipped quiz can be read");
    content.languages.into_iter().next().expect("it has a language").pack
}

#[derive(Arbitrary, Debug)]
enum Sent {
    Ticked { question: u8, option: u8, ticked: bool },
    Rated { question: u8, value: i32 },
    Continued,
    WentBack,
    Skipped,
    Changed { question: u8 },
    Erased,
    Typed { question: u8, text: String },
}

impl Sent {
    fn message(&self) -> Message {
        match *self {
            Self::Typed { question, ref text } => Message::Typed { question: question.into(), text: text.as_str().into() },
            Self::Ticked { question, option, ticked } => {
                Message::Ticked { question: question.into(), option: option.into(), ticked }
            }
            Self::Rated { question, value } => Message::Rated { question: question.into(), value },
            Self::Continued => Message::Continued,
            Self::WentBack => Message::WentBack,
            Self::Skipped => Message::Skipped,
            Self::Changed { question } => Message::Changed { question: question.into() },
            Self::Erased => Message::Erased,
        }
    }
}

fuzz_target!(|sent: Vec<Sent>| PACK.with(|pack| send(pack, &sent)));

fn send(pack: &Pack, sent: &[Sent]) {
    let logic = &pack.logic;
    let mut state = State::new(logic);
    for sent in sent {
        state = state.update(logic, &sent.message());
        let view = View::of(pack, &state);
        assert_eq!(matches!(view, View::Outcome(_)), state.place == Place::Outcome);
        assert!(state.progress(logic) <= 100);
        let outcome = Outcome::of(logic, &state.answers);
        assert!(logic.rules.get(usize::from(outcome.rule)).is_some());
        if matches!(sent, Sent::Erased) {
            assert_eq!(state, State::new(logic));
        }
    }
}
