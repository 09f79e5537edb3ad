//! Small faults, put into the quiz one at a time, to see whether the cases or the proof would notice them.

mod conditions;
mod faulty;
mod judge;
mod places;
mod table;

use serde::Serialize;

use crate::content::Content;
use crate::verify::{AnswerSpace, Given, NotProvable, check_provable};
use judge::Judge;

/// A fault and who noticed it.
#[derive(Clone, Debug, Serialize)]
pub struct Mutant {
    /// Where it is: a rule or a term by its key, a result as `group.result`, `shown of` what is shown, or `points of` a
    /// question.
    pub at: String,
    /// What was changed, in words.
    pub change: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a fault.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// This case has another tier, rule or result, or another clause than the one that it names.
    CaughtByCase(String),
    /// This property no longer holds.
    CaughtByProof(String),
    /// It is no fault: by the diagrams, every set of answers is decided by the same rule, has the same results, and is
    /// asked for in the same way.
    Equivalent,
    /// What is decided is the same on every set of answers, but on these the way to it is another: something else is
    /// asked or offered, or the quiz ends at another place. No case says what is asked, so this is not counted as a fault.
    AsksOtherwise(Given),
    /// Nothing noticed it. On these answers another rule decides, or a group has another result.
    Survived(Given),
}

/// All of them.
#[derive(Clone, Debug, Serialize)]
pub struct Mutants {
    /// The quiz.
    pub quiz: String,
    /// The hash of its content.
    pub hash: String,
    /// Each fault: those of conditions, rules first, then those of points and of the order.
    pub all: Vec<Mutant>,
}

impl Mutants {
    /// How many met this fate.
    pub fn count(&self, fits: impl Fn(&Fate) -> bool) -> usize {
        self.all.iter().filter(|mutant| fits(&mutant.fate)).count()
    }

    /// How many of a hundred faults were caught, those left out that are none. A quiz without faults has no such number.
    #[allow(clippy::cast_precision_loss)] // There are some hundreds.
    pub fn caught_of_a_hundred(&self) -> Option<f64> {
        let survived = self.count(|fate| matches!(fate, Fate::Survived(_)));
        let caught = self.count(|fate| matches!(fate, Fate::CaughtByCase(_) | Fate::CaughtByProof(_)));
        let faults = caught + survived;
        (faults > 0).then(|| 100.0 * caught as f64 / faults as f64)
    }

    /// As a table in Markdown.
    pub fn table(&self) -> String {
        table::of(self)
    }
}

/// Puts every fault into the content's quiz. `progress` is told how many are done, and of how many.
///
/// # Errors
///
/// As of [`verify`](crate::verify()): whether a change is a fault can't be told.
pub fn mutants(content: &Content, progress: &mut dyn FnMut(usize, usize)) -> Result<Mutants, NotProvable> {
    check_provable(&content.logic)?;
    let space = AnswerSpace::of(&content.logic);
    let judge = Judge::new(content, &space);
    let faulty = faulty::all(content);
    let of = faulty.len();
    let all = faulty.into_iter().enumerate().map(|(done, faulty)| {
        progress(done, of);
        Mutant { fate: judge.fate(&faulty), at: faulty.at, change: faulty.change }
    });
    Ok(Mutants { quiz: content.id.clone(), hash: content.hash.clone(), all: all.collect() })
}
