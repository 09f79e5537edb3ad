//! What changed in groups of results. Each group is a list of its own, so each is compared by itself.

use biodivine_lib_bdd::Bdd;
use quiz_engine::Logic;

use super::Comparison;
use crate::verify::{Given, QuizModel, given};

/// A class of answers that have another result in a group.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ResultChange {
    /// The group's id.
    pub group: String,
    /// The id of the result that they had; nothing where they had none.
    pub was: Option<String>,
    /// The id of the result that they have.
    pub is: Option<String>,
    /// How many sets of answers.
    pub count: String,
    /// What all of them have in common, in words.
    pub common: Vec<String>,
    /// One of them, as the old version reads it.
    pub example: Given,
    /// The same as the new version reads it.
    pub example_now: Given,
}

impl Comparison<'_> {
    /// The changes, group by group; those of groups that are new come last.
    pub(super) fn results(&self, all: &Bdd) -> Vec<ResultChange> {
        let groups = self.was.logic.groups.iter().chain(&self.is.logic.groups);
        let mut ids: Vec<&str> = Vec::new();
        for group in groups {
            if !ids.contains(&&*group.id) {
                ids.push(&group.id);
            }
        }
        ids.into_iter().flat_map(|group| self.of_group(group, all)).collect()
    }

    fn of_group(&self, group: &str, all: &Bdd) -> Vec<ResultChange> {
        let mut changes = Vec::new();
        let after = told(self.is, group);
        for (was, region) in told(self.was, group) {
            for (is, other) in after.iter().filter(|(is, _)| *is != was) {
                changes.extend(self.result(group, (&was, is), &region.and(other).and(all)));
            }
        }
        changes
    }

    fn result(&self, group: &str, (was, is): (&Option<String>, &Option<String>), region: &Bdd) -> Option<ResultChange> {
        let point = self.example(region)?;
        Some(ResultChange {
            group: group.to_owned(),
            was: was.clone(),
            is: is.clone(),
            count: region.exact_cardinality().to_string(),
            common: self.common(region),
            example: given(self.was.logic, &self.was.answers(&point)),
            example_now: given(self.is.logic, &self.is.answers(&point)),
        })
    }
}

/// Each result of a group with where it is told, and none with where none is: everywhere, if there is no such group.
fn told(model: &QuizModel<'_>, group: &str) -> Vec<(Option<String>, Bdd)> {
    let logic: &Logic = model.logic;
    let found = logic.groups.iter().zip(&model.groups).find(|(known, _)| &*known.id == group);
    let Some((known, regions)) = found else { return vec![(None, model.nothing.not())] };
    let results = known.rules.iter().zip(&regions.decides);
    let results = results.map(|(rule, told)| (Some(rule.id.to_string()), told.clone()));
    std::iter::once((None, regions.shown.not())).chain(results).collect()
}
