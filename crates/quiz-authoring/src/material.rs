//! What a reader of the content wants beyond what the engine runs: names that the pack does without, and sources.

use crate::compile::Structure;
use crate::guidance::Entry;

/// Names and sources behind the [`Logic`](quiz_engine::Logic), each list in its order.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// The names of the terms.
    pub terms: Vec<String>,
    /// The key of each rule: its id, and its clause where two rules share one.
    pub rules: Vec<String>,
    /// The names of the labels of the contact link.
    pub labels: Vec<String>,
    /// For each question the keys of its sources.
    pub question_sources: Vec<Vec<String>>,
    /// The keys of the sources that rules name, by the engine's index.
    pub rule_sources: Vec<String>,
    /// Every source. Its number on the page is its place here, counted from 1.
    pub sources: Vec<Entry>,
    /// What the authors say about the content, in Markdown. No signature covers it.
    pub readme: Option<String>,
}

impl Material {
    pub(crate) fn of(structure: &Structure, sources: Vec<Entry>, readme: Option<&str>) -> Self {
        let names = &structure.names;
        Self {
            terms: names.terms.clone(),
            rules: names.rule_keys(),
            labels: names.labels.clone(),
            question_sources: structure.question_sources.clone(),
            rule_sources: names.sources.clone(),
            sources,
            readme: readme.map(str::to_owned),
        }
    }

    /// A source with its number on the page.
    pub fn source(&self, key: &str) -> Option<(usize, &Entry)> {
        let mut numbered = (1..).zip(&self.sources);
        numbered.find(|(_, entry)| entry.key == key)
    }
}
