//! From a content folder to a pack that the engine runs, with every mistake named by file and line.
//!
//! Reading never stops at the first mistake: each reader takes what it can, writes down what is wrong in
//! [`Problems`], and goes on. A pack is made only where nothing is wrong.

mod assess;
mod cases;
mod compile;
mod conditions;
mod content;
mod figures;
mod guidance;
mod problems;
mod reader;
mod words;

pub use assess::{Assessment, assess, assess_all};
pub use cases::Case;
pub use content::{Content, Language};
pub use guidance::EMERGENCY_LINK;
pub use problems::{Problem, Problems};
