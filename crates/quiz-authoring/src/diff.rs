//! The clinical difference between two versions of a quiz: every class of answers whose rule, tier, urgency or sections
//! changed, exactly; and of each group of results, every class of answers that have another result.
//!
//! Both quizzes are put into one space of answers. Each reads the questions and options that it knows and leaves out the
//! others, as it leaves out what is hidden. So what is new shows as a change of those who choose it, what is gone as a
//! change of those who did, and a question of another kind as one that is gone and one that is new. Sets of answers are
//! counted in which every answer counts in at least one of the two.

mod classes;
mod results;
mod table;
mod vocabulary;
mod words;

use std::collections::BTreeSet;

use biodivine_lib_bdd::{Bdd, BddValuation};

use crate::content::Content;
use crate::verify::{AnswerSpace, Given, NotProvable, QuizModel, check_provable, given};
use classes::Class;
use words::Reader;

pub use results::ResultChange;
pub use vocabulary::Vocabulary;

/// What changed between two versions of a quiz.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Difference {
    /// How many sets of answers there are in which every answer counts in one of the two versions at least.
    pub answer_sets: String,
    /// How many of them lead to something else.
    pub changed: String,
    /// Questions and options that only one of the two has.
    pub vocabulary: Vocabulary,
    /// The classes, what becomes less urgent first.
    pub changes: Vec<Change>,
    /// What changed in groups of results. Groups are lists of their own, so the same answers can be in several of these,
    /// and in a class of changes, which they are not counted in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ResultChange>,
}

impl Difference {
    /// Whether all answers lead to the same.
    pub fn is_none(&self) -> bool {
        self.changes.is_empty() && self.results.is_empty()
    }
}

/// A class of answers that lead to something else.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Change {
    /// What they led to.
    pub was: Side,
    /// What they lead to now.
    pub is: Side,
    /// Sections that are shown in addition.
    pub sections_added: Vec<String>,
    /// Sections that are shown no more.
    pub sections_removed: Vec<String>,
    /// Sections that are shown in addition to some of them, or no more to some of them. Only where the rule is another;
    /// else they make a class of their own.
    pub sections_changed_for_some: Vec<String>,
    /// Whether the sections that stay are in another order. Told only where the rule is the same.
    pub sections_reordered: bool,
    /// How many sets of answers.
    pub count: String,
    /// What all of them have in common, in words.
    pub common: Vec<String>,
    /// One of them, as the old version reads it.
    pub example: Given,
    /// The same as the new version reads it.
    pub example_now: Given,
}

/// What answers lead to, in one of the versions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Side {
    /// The rule's key: its id, and its clause where it has one.
    pub rule: String,
    /// The tier's id.
    pub tier: String,
    /// How urgent it is.
    pub urgency: u8,
    /// The headline of the advice.
    pub headline: String,
}

/// Compares two versions of a quiz.
///
/// # Errors
///
/// A sum or mean of one of them is too large to be compared exactly.
pub fn diff(old: &Content, new: &Content) -> Result<Difference, NotProvable> {
    check_provable(&old.logic)?;
    check_provable(&new.logic)?;
    let space = AnswerSpace::joint(&old.logic, &new.logic);
    let (was, is) = (QuizModel::new(&old.logic, &space), QuizModel::new(&new.logic, &space));
    let all = was.taken.and(&is.taken).and_not(&of_no_account(&space, &was, &is));
    let (before, after) = (classes::of(old, &was, &all), classes::of(new, &is, &all));
    let same = before.iter().filter_map(|(class, region)| Some(region.and(after.get(class)?)));
    let changed = same.fold(all.clone(), |changed, same| changed.and_not(&same));
    let comparison = Comparison { old, new, space: &space, was: &was, is: &is };
    let mut rows = comparison.changes(&before, &after, &changed);
    rows.sort_by_cached_key(|change| {
        let lowered = i16::from(change.is.urgency) - i16::from(change.was.urgency);
        let is_same_rule = change.is.rule == change.was.rule;
        (lowered.signum(), is_same_rule, change.was.rule.clone(), change.is.rule.clone(), change.sections_added.clone())
    });
    Ok(Difference {
        answer_sets: all.exact_cardinality().to_string(),
        changed: changed.exact_cardinality().to_string(),
        vocabulary: Vocabulary::of(&old.logic, &new.logic),
        changes: rows,
        results: comparison.results(&all),
    })
}

/// Where an answer is given that counts in neither of the two.
fn of_no_account(space: &AnswerSpace, was: &QuizModel<'_>, is: &QuizModel<'_>) -> Bdd {
    let variables = space.slots.iter().flat_map(crate::verify::Slot::variables);
    variables.fold(space.set.mk_false(), |any, variable| {
        let counts = was.counts(variable).or(&is.counts(variable));
        any.or(&space.set.mk_var(variable).and_not(&counts))
    })
}

struct Comparison<'a> {
    old: &'a Content,
    new: &'a Content,
    space: &'a AnswerSpace,
    was: &'a QuizModel<'a>,
    is: &'a QuizModel<'a>,
}

impl Comparison<'_> {
    fn changes(&self, before: &classes::Classes, after: &classes::Classes, changed: &Bdd) -> Vec<Change> {
        let mut found: Vec<Row> = Vec::new();
        for (was, region) in before {
            let region = region.and(changed);
            for (is, other) in after.iter().filter(|_| !region.is_false()) {
                let both = region.and(other);
                if both.is_false() {
                    continue;
                }
                let sections = Sections::between(was, is);
                let is_same = was.decided == is.decided;
                let kind = (was.decided.clone(), is.decided.clone(), is_same.then(|| sections.clone()));
                match found.iter_mut().find(|row| row.kind == kind) {
                    Some(row) => {
                        row.region = row.region.or(&both);
                        row.sections.push(sections);
                    }
                    None => found.push(Row { kind, region: both, sections: vec![sections] }),
                }
            }
        }
        found.into_iter().filter_map(|row| self.change(row)).collect()
    }

    /// What the answers of a region have in common, in words.
    fn common(&self, region: &Bdd) -> Vec<String> {
        Reader { old: self.old, new: self.new, space: self.space }.common(region)
    }

    /// A point of a region, where there is one with the whole way answered in both.
    fn example(&self, region: &Bdd) -> Option<BddValuation> {
        let complete = region.and(&self.was.way.complete).and(&self.is.way.complete);
        complete.first_valuation().or_else(|| region.first_valuation())
    }

    fn change(&self, row: Row) -> Option<Change> {
        let Row { kind: (was, is, same), region, sections } = row;
        let point = self.example(&region)?;
        let (added, some_added) = split(&sections.iter().map(|sections| &sections.added));
        let (removed, some_removed) = split(&sections.iter().map(|sections| &sections.removed));
        Some(Change {
            was: side(self.old, was),
            is: side(self.new, is),
            sections_added: added,
            sections_removed: removed,
            sections_changed_for_some: some_added.union(&some_removed).cloned().collect(),
            sections_reordered: same.is_some_and(|sections| sections.are_reordered),
            count: region.exact_cardinality().to_string(),
            common: self.common(&region),
            example: given(self.was.logic, &self.was.answers(&point)),
            example_now: given(self.is.logic, &self.is.answers(&point)),
        })
    }
}

/// A row of the table: what it was and is, and what changed in the sections where that is all.
struct Row {
    kind: (classes::Decided, classes::Decided, Option<Sections>),
    region: Bdd,
    sections: Vec<Sections>,
}

/// How the sections of two classes differ.
#[derive(Clone, PartialEq, Eq)]
struct Sections {
    added: BTreeSet<String>,
    removed: BTreeSet<String>,
    are_reordered: bool,
}

impl Sections {
    fn between(was: &Class, is: &Class) -> Self {
        let only = |of: &Class, other: &Class| -> BTreeSet<String> {
            of.sections.iter().filter(|section| !other.sections.contains(section)).cloned().collect()
        };
        let (added, removed) = (only(is, was), only(was, is));
        let kept = was.sections.iter().filter(|section| !removed.contains(*section));
        let are_reordered = !kept.eq(is.sections.iter().filter(|section| !added.contains(*section)));
        Self { added, removed, are_reordered }
    }
}

/// What all of these have, and what only some have.
fn split<'a>(sets: &(impl Iterator<Item = &'a BTreeSet<String>> + Clone)) -> (Vec<String>, BTreeSet<String>) {
    let some: BTreeSet<String> = sets.clone().flatten().cloned().collect();
    let (all, some): (BTreeSet<_>, _) =
        some.into_iter().partition(|section| sets.clone().all(|set| set.contains(section)));
    (all.into_iter().collect(), some)
}

fn side(content: &Content, (rule, tier, urgency, advice): classes::Decided) -> Side {
    let words = words::first(content).and_then(|words| words.advice.get(usize::from(advice)));
    let headline = words.map(|words| words.headline.to_string()).unwrap_or_default();
    Side { rule, tier, urgency, headline }
}
