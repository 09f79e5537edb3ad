//! The engine of the self-check: which question comes next, which rule holds, what the visitor is shown.
//!
//! Everything is a pure function of a [`Pack`] (the quiz in one language) and the visitor's [`Answers`]. There is no
//! input or output, no clock and no randomness here, and evaluation is total: no `Result`, no panic. Input that comes
//! from outside meets a constructor that answers with a small error: [`Pack::decode`] and [`Answers::set`].
//!
//! Invariants, each with its test in `docs/ARCHITECTURE.md`:
//! - the same answers give the same outcome, in whatever order they were given;
//! - an answer to a hidden question or a hidden option has no influence;
//! - going on never lowers the progress shown.

mod answers;
mod changes;
mod codec;
mod condition;
mod layout;
mod logic;
mod number;
mod outcome;
mod pack;
mod path;
mod response;
mod session;
mod view;
mod words;

pub use answers::{Answer, AnswerError, Answers, Effective, Value};
pub use changes::{Change, changes, raising_changes};
pub use condition::{Condition, Facts};
pub use logic::{
    Addition, Advice, AppliesTo, ContactRule, Emphasis, Group, Kind, Logic, Note, Opt, Question, Rule, Section,
    SectionUse,
};
pub use number::{read_number, write_number};
pub use outcome::{GroupResult, Outcome, Reason};
pub use pack::{FORMAT, Pack, PackError, Review};
pub use path::{Path, Stop};
pub use response::{Fhir, questionnaire_response};
pub use session::{Message, Place, State};
pub use view::{
    CheckRow, CheckView, ContactView, OptionView, OutcomeView, QuestionView, RaisingView, ResultView, ScreenView,
    SectionView, SourceView, ToAsk, View, WhyView, Widget,
};
pub use words::{AdviceWords, ContactWords, LANGUAGE_OF_SOURCES, Phrase, QuestionWords, SourceWords, Words, filled};

/// Text that is shared rather than copied when a view is made of it.
pub type Text = std::rc::Rc<str>;
