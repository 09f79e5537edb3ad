//! The interface and the engine in a real browser: `wasm-pack test --headless --chrome`.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod check;
mod engine;
mod idle;
mod outcome;
mod page;
mod question;
mod quiz;
mod recording_host;
mod screen;
mod signed;
/// A small quiz in which every part of the format occurs once.
#[path = "../../crates/quiz-engine/tests/common/mod.rs"]
mod small;

use std::cell::RefCell;
use std::rc::Rc;

use pars_check::host::Settings;
use pars_check::ui::{Act, Shared};
use quiz_engine::{Message, Pack, Phrase};
use recording_host::RecordingHost;
use yew::Callback;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// The small quiz. Its phrases are their own keys, but for those with placeholders.
fn pack() -> Rc<Pack> {
    let mut pack = small::pack();
    for (phrase, words) in [
        (Phrase::ProgressValue, "{percent} percent"),
        (Phrase::ScaleOf, "{value} of 10"),
        (Phrase::Telephone, "call {clinic} on {tel}"),
        (Phrase::IdleText, "{seconds} seconds"),
    ] {
        pack.words.interface[phrase as usize] = words.into();
    }
    Rc::new(pack)
}

fn shared_with(settings: Settings) -> Shared {
    Shared::new(pack(), settings, Rc::new(RecordingHost::default()))
}

fn shared() -> Shared {
    shared_with(Settings::default())
}

/// What a part of the interface tells of the visitor.
#[derive(Clone, Default)]
struct Told(Rc<RefCell<Vec<Act>>>);

impl Told {
    fn callback(&self) -> Callback<Act> {
        let told = self.0.clone();
        Callback::from(move |act| told.borrow_mut().push(act))
    }

    /// What was told since this was last asked.
    fn acts(&self) -> Vec<Act> {
        self.0.take()
    }

    /// The messages of the quiz that were told since this was last asked; nothing else was.
    fn take(&self) -> Vec<Message> {
        let message = |act| if let Act::Quiz(message) = act { message } else { panic!("{act:?} is no message") };
        self.acts().into_iter().map(message).collect()
    }
}
