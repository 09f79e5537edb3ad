//! The interface: function components, one per file. No storage, no globals, no prose.

mod check;
mod contact;
mod errors;
mod figure;
mod filled;
mod guidance;
mod idle;
mod idle_watch;
mod number;
mod opening;
mod outcome;
mod progress;
mod question;
mod quiz;
mod results;
mod scale;
mod screen;
mod session;
mod shared;
mod sheet;
mod take_along;
mod why;

pub use check::{Check, CheckProps};
pub use outcome::{Outcome, OutcomeProps};
pub use question::{HeadingLevel, Question, QuestionProps};
pub use quiz::{Early, Quiz, QuizProps};
pub use screen::{Screen, ScreenProps};
pub use session::{Act, Taken};
pub use shared::Shared;
