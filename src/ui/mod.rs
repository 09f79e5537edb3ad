//! The interface: one Yew component, and below it plain functions of what they show, one per file. No storage, no
//! globals, no prose.

mod check;
mod contact;
mod errors;
mod figure;
mod filled;
mod foot;
mod idle;
mod idle_watch;
mod markup;
mod number;
mod opening;
mod outcome;
mod part;
mod press;
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
mod typed;
mod why;

pub use check::check;
pub use markup::Element;
pub use outcome::outcome;
pub use question::{HeadingLevel, question};
pub use quiz::{Early, Quiz, QuizProps};
pub use screen::screen;
pub use session::{Act, Taken};
pub use shared::Shared;
