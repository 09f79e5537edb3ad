//! What the visitor did and where that led: the engine's session, and what is put together to take along.

use std::rc::Rc;

use quiz_engine::{Message, Pack, Phrase, State, View};

/// Names a question that can be taken along, as [`quiz_engine::ToAsk::place`] does.
pub(super) type Place = (u16, u16);

/// Something that the visitor did.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// In the quiz.
    Quiz(Message),
    /// Wrote notes; this is all of them.
    Noted(Rc<str>),
    /// Chose whether a question is taken along.
    Chose(Place, bool),
    /// Asked for the sheet on paper, or for a file: of the sheet, or of the answers for a clinic's records.
    Asked(Phrase),
    /// Asked for the text of the sheet in the page.
    ShowedText,
    /// Answered the warning: somebody is there.
    Stayed,
    /// Asked for everything to be erased.
    Erased,
    /// Nothing: a second has passed.
    Waited,
}

/// What the visitor takes along besides the guidance. It stays in memory, as answers do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// The visitor's own notes.
    pub notes: Rc<str>,
    /// Questions that are left behind; the others come along.
    pub left: Vec<Place>,
    /// What was asked for last. Whether anything came of it is not to be known here: browsers inside of applications,
    /// and frames that may not, neither save nor print, and say nothing of it.
    pub asked: Option<Phrase>,
    /// Whether the text of the sheet is shown in the page.
    pub is_text_shown: bool,
}

/// A session, and how often the visitor has moved in it.
pub(crate) struct Session {
    pack: Rc<Pack>,
    /// The engine's state.
    pub(crate) state: State,
    /// What there is to see in that state. It is kept, for what would be more urgent takes some searching.
    pub(crate) view: View,
    /// What is taken along. It outlives a way back to the questions.
    pub(crate) taken: Taken,
    /// Whether answers have just been erased.
    pub(crate) is_erased: bool,
    /// How often something was pressed that may change the screen. The focus follows it, even where the same screen
    /// is shown again.
    pub(crate) moves: u32,
    /// How many screens there were. Each has elements of its own.
    pub(crate) screens: u32,
}

impl Session {
    /// An empty session; one that follows on an erased one moves the focus and says so.
    pub(crate) fn new(pack: Rc<Pack>, is_erased: bool) -> Self {
        let state = State::new(&pack.logic);
        let view = View::of(&pack, &state);
        Self { state, view, pack, taken: Taken::default(), is_erased, moves: u32::from(is_erased), screens: 0 }
    }

    /// Whether there is nothing to erase.
    pub(crate) fn is_blank(&self) -> bool {
        self.state.is_blank(&self.pack.logic)
    }

    /// Takes a message of the quiz.
    pub(crate) fn told(&mut self, message: &Message) {
        let is_erasing = *message == Message::Erased;
        let is_answer = matches!(message, Message::Ticked { .. } | Message::Rated { .. } | Message::Typed { .. });
        // It is said until they go on: if the line went with the first answer, the others would move under the finger.
        if !is_answer {
            self.is_erased = is_erasing && !self.is_blank();
        }
        let next = self.state.update(&self.pack.logic, message);
        if is_erasing {
            self.taken = Taken::default();
        }
        if is_erasing || next.place != self.state.place {
            self.screens = self.screens.wrapping_add(1);
            self.taken.asked = None;
            self.taken.is_text_shown = false;
        }
        self.state = next;
        self.view = View::of(&self.pack, &self.state);
        if !is_answer {
            self.moves = self.moves.wrapping_add(1);
        }
    }

    /// Takes a question along, or leaves it behind.
    pub(crate) fn chose(&mut self, place: Place, is_taken: bool) {
        self.taken.left.retain(|left| *left != place);
        if !is_taken {
            self.taken.left.push(place);
        }
    }
}
