//! The proof: what is true of every set of answers, complete and partial, of the quiz as it is packed.
//!
//! The quiz becomes decision diagrams, one for each rule, which hold exactly the sets of answers on which it decides.
//! Nothing is sampled: a property is an empty diagram, and what is in one that is not empty refutes it.
//!
//! **A set of answers** gives each question no answer or one that [`quiz_engine::Answers::set`] takes: one option; one
//! option or more, an exclusive one only alone; a number between the bounds, in steps of its last decimal. Counts are of those sets in which nothing
//! hidden is answered, which is what the engine decides on. Properties are proved on all sets, with answers to hidden
//! questions among them, for the engine keeps these and they may be shown again after a step.

mod counts;
mod declared;
mod depends;
mod facts;
mod flips;
mod general;
mod limits;
mod missing;
mod model;
mod moves;
mod number;
mod page;
mod prover;
mod report;
mod space;
mod tested;

use quiz_engine::{Answers, Logic};

use crate::content::Content;
use model::Model;
use prover::Prover;
use space::Space;

pub use limits::NotProvable;
pub use page::page;
pub use report::{
    Case, Exception, Falls, Flip, Given, Lead, MissingMatters, Ordered, Property, Reached, Report, RuleReport, Tested,
    WithoutInfluence,
};

pub(crate) use declared::result_id;
pub(crate) use limits::check as check_provable;
pub(crate) use model::Model as QuizModel;
pub(crate) use prover::given;
pub(crate) use space::{Form, Slot, Space as AnswerSpace};

/// How far the proof is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// How many parts are done.
    pub done: usize,
    /// How many there are.
    pub of: usize,
    /// What is being proved.
    pub what: &'a str,
}

/// What the proof gives.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The report.
    pub report: Report,
    /// Answers on both sides of every flip, for the engine to be run on.
    pub flips: Vec<Flip>,
}

/// Whether a property that every quiz must have is called so.
pub(crate) fn is_general(id: &str) -> bool {
    general::GENERAL.iter().any(|(general, _)| *general == id)
}

/// Proves, or refutes, everything that must hold of the content's quiz. `progress` is told of each part.
///
/// # Errors
///
/// A sum or mean is too large to be proved exactly; nothing is said of the quiz then.
pub fn verify(content: &Content, progress: &mut dyn FnMut(Progress<'_>)) -> Result<Proof, NotProvable> {
    let logic = packed(content);
    check_provable(logic)?;
    let results: usize = logic.groups.iter().map(|group| group.rules.len()).sum();
    let of = general::COUNT + logic.rules.len() + results + 5;
    let mut done = 0;
    let mut tell = |what: &str| {
        progress(Progress { done, of, what });
        done += 1;
    };
    tell("where each rule decides");
    let space = Space::of(logic);
    let prover = Prover { content, model: Model::new(logic, &space) };
    let mut properties = Vec::new();
    for (place, (id, _)) in general::GENERAL.iter().enumerate().take(general::COUNT) {
        tell(id);
        properties.extend(general::prove(&prover, place));
    }
    tell("what the content declares");
    properties.extend(declared::prove(&prover));
    tell("every step that lowers the urgency");
    let (lowering, exceptions) = declared::exceptions(&prover).unzip();
    properties.extend(lowering);
    tell("what is missing");
    let missing_matters = missing::matters(&prover);
    let mut flips = flips::Flips::default();
    for decision in prover.decisions() {
        tell(&decision.key);
        let own = flips::of(&prover, &decision);
        flips.all.extend(own.all);
        flips.without.extend(own.without);
    }
    tell("counting");
    let report = Report {
        quiz: content.id.clone(),
        version: content.version.clone(),
        hash: content.hash.clone(),
        answer_sets: prover.model.visible.exact_cardinality().to_string(),
        complete_answer_sets: prover.model.count(&prover.model.way.complete).to_string(),
        answer_sets_with_hidden: prover.model.taken.exact_cardinality().to_string(),
        rules: prover.rules(),
        outcomes: prover.outcomes(),
        advice: prover.advice(),
        sections: prover.sections_shown(),
        results: prover.results_told(),
        properties,
        exceptions: exceptions.unwrap_or_default(),
        missing_matters,
        without_influence: flips.without,
        tested: tested::TESTED.to_vec(),
    };
    progress(Progress { done: of, of, what: "done" });
    Ok(Proof { report, flips: flips.all })
}

/// The first property that does not hold of another quiz in place of the content's. That the packs hold it is not asked,
/// which is the first of the general ones.
pub(crate) fn refuted<'a>(content: &'a Content, model: Model<'a>) -> Option<String> {
    let prover = Prover { content, model };
    let general = (1..general::COUNT).filter_map(|place| general::prove(&prover, place));
    let declared = std::iter::once_with(|| declared::prove(&prover)).flatten();
    let lowering = std::iter::once_with(|| declared::exceptions(&prover)).flatten().map(|(property, _)| property);
    general.chain(declared).chain(lowering).find(|property| !property.holds).map(|property| property.id)
}

/// The logic that ships; that every language's pack has the same one is proved, too.
fn packed(content: &Content) -> &Logic {
    content.languages.first().map_or(&content.logic, |language| &language.pack.logic)
}

/// What the diagrams say of single sets of answers, to be compared with the engine.
pub struct Oracle<'a> {
    prover: Prover<'a>,
}

impl<'a> Oracle<'a> {
    /// Calls `ask` with the diagrams of the content's quiz.
    pub fn with<T>(content: &'a Content, ask: impl FnOnce(&Oracle<'_>) -> T) -> T {
        let logic = packed(content);
        let space = Space::of(logic);
        ask(&Oracle { prover: Prover { content, model: Model::new(logic, &space) } })
    }

    /// What these answers lead to.
    pub fn lead(&self, answers: &Answers) -> Option<Lead> {
        self.prover.lead(&self.prover.model.point(answers))
    }
}
