//! The engine's session as Yew state.

use std::rc::Rc;

use quiz_engine::{Message, Pack, State};
use yew::Reducible;

/// A session, and how often the visitor has moved in it.
#[derive(Clone, PartialEq)]
pub(crate) struct Session {
    pack: Rc<Pack>,
    /// The engine's state.
    pub(crate) state: State,
    /// Whether answers have just been erased.
    pub(crate) is_erased: bool,
    /// How often something was pressed that may change the screen. The focus follows it, even where the same screen
    /// is shown again.
    pub(crate) moves: u32,
}

impl Session {
    /// An empty session; one that follows on an erased one moves the focus and says so.
    pub(crate) fn new(pack: Rc<Pack>, is_erased: bool) -> Self {
        Self { state: State::new(&pack.logic), pack, is_erased, moves: u32::from(is_erased) }
    }
}

impl Reducible for Session {
    type Action = Message;

    fn reduce(self: Rc<Self>, message: Message) -> Rc<Self> {
        let is_move = !matches!(message, Message::Ticked { .. } | Message::Rated { .. });
        let state = self.state.update(&self.pack.logic, &message);
        let is_erased = message == Message::Erased && !self.state.is_blank(&self.pack.logic);
        Rc::new(Self { pack: self.pack.clone(), state, is_erased, moves: self.moves.wrapping_add(u32::from(is_move)) })
    }
}
