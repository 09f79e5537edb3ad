//! How large conditions are with the terms in them written out. Whoever runs a quiz may evaluate a term again wherever it
//! is named, and FHIR has no names for conditions: terms that name others twice grow without bound.

use quiz_engine::{Condition, Logic};

use super::Tables;

/// The most parts that a term may have. A check on the page evaluates it many times after each answer.
const MOST: u64 = 100_000;

impl Tables<'_> {
    /// Names the first term that is too large; those that name it would be, too.
    pub(super) fn check_sizes(&self, logic: &Logic) {
        let sizes = Sizes::of(logic);
        let large = self.terms.iter().zip(&sizes.terms).find(|(_, size)| **size > MOST);
        if let Some(((key, _), _)) = large {
            let message = format!(
                "`{}` has more than {MOST} parts when the terms in it are written out; name each term once, not again in \
                 every term above it",
                key.text
            );
            self.source.problem(key.at, message);
        }
    }
}

/// The sizes of the terms.
struct Sizes {
    terms: Vec<u64>,
}

impl Sizes {
    fn of(logic: &Logic) -> Self {
        let mut sizes = Self { terms: Vec::new() };
        for term in &logic.terms {
            let size = sizes.size(term);
            sizes.terms.push(size);
        }
        sizes
    }

    /// A term names only terms before it.
    fn size(&self, condition: &Condition) -> u64 {
        match condition {
            Condition::Term(term) => self.terms.get(usize::from(*term)).copied().unwrap_or(1),
            Condition::All(of) | Condition::Any(of) | Condition::AtLeast { of, .. } => {
                of.iter().fold(1, |size, each| size.saturating_add(self.size(each)))
            }
            Condition::Not(inner) => self.size(inner).saturating_add(1),
            _ => 1,
        }
    }
}
