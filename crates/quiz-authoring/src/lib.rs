//! From a content folder to a pack that the engine runs, with every mistake named by file and line.
//!
//! Reading never stops at the first mistake: each reader takes what it can, writes down what is wrong in
//! [`Problems`], and goes on. A pack is made only where nothing is wrong.

mod assess;
mod cases;
mod compile;
mod conditions;
mod content;
mod diff;
mod fhir;
mod figures;
mod graph;
mod guidance;
mod material;
mod mutants;
mod problems;
mod properties;
mod pseudo;
mod reader;
mod review;
mod texts;
mod verify;
mod words;

pub use assess::{Assessment, assess, assess_all};
pub use cases::Case;
pub use compile::{is_quiz_id, is_slug};
pub use content::{Content, Language};
pub use diff::{Change, Difference, ResultChange, Side, Vocabulary, diff};
pub use fhir::{WITHOUT_FHIR, questionnaires, responses};
pub use figures::Caption;
pub use graph::{flow_and_tables, flow_as_svg};
pub use guidance::{EMERGENCY_LINK, Entry, Guidance};
pub use material::Material;
pub use mutants::{Fate, Mutant, Mutants, mutants};
pub use problems::{Problem, Problems};
pub use pseudo::pseudo;
pub use reader::TO_WRITE;
pub use review::review;
pub use texts::{Place, Said, texts, texts_as_json};
pub use verify::{
    Case as ProofCase, Exception, Falls, Flip, Given, Lead, MissingMatters, NotProvable, Oracle, Ordered, Progress,
    Proof, Property, Reached, Report, RuleReport, Tested, WithoutInfluence, page, verify,
};
