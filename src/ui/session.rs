//! The engine's session as Yew state, with what the visitor puts together to take along.

use std::rc::Rc;

use quiz_engine::{Message, Pack, State};
use yew::Reducible;

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
}

/// What the visitor takes along besides the guidance. It stays in memory, as answers do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// The visitor's own notes.
    pub notes: Rc<str>,
    /// Questions that are left behind; the others come along.
    pub left: Vec<Place>,
}

/// A session, and how often the visitor has moved in it.
#[derive(Clone, PartialEq)]
pub(crate) struct Session {
    pack: Rc<Pack>,
    /// The engine's state.
    pub(crate) state: State,
    /// What is taken along. It outlives a way back to the questions.
    pub(crate) taken: Taken,
    /// Whether answers have just been erased.
    pub(crate) is_erased: bool,
    /// How often something was pressed that may change the screen. The focus follows it, even where the same screen
    /// is shown again.
    pub(crate) moves: u32,
}

impl Session {
    /// An empty session; one that follows on an erased one moves the focus and says so.
    pub(crate) fn new(pack: Rc<Pack>, is_erased: bool) -> Self {
        let state = State::new(&pack.logic);
        Self { state, pack, taken: Taken::default(), is_erased, moves: u32::from(is_erased) }
    }

    fn told(&mut self, message: &Message) {
        let logic = &self.pack.logic;
        self.is_erased = *message == Message::Erased && !self.state.is_blank(logic);
        self.state = self.state.update(logic, message);
        if *message == Message::Erased {
            self.taken = Taken::default();
        }
        if !matches!(message, Message::Ticked { .. } | Message::Rated { .. } | Message::Typed { .. }) {
            self.moves = self.moves.wrapping_add(1);
        }
    }
}

impl Reducible for Session {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut session = (*self).clone();
        match act {
            Act::Quiz(message) => session.told(&message),
            Act::Noted(notes) => session.taken.notes = notes,
            Act::Chose(place, is_taken) => {
                session.taken.left.retain(|left| *left != place);
                if !is_taken {
                    session.taken.left.push(place);
                }
            }
        }
        Rc::new(session)
    }
}
