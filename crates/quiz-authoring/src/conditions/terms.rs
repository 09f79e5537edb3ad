//! Terms that name one another, as they are written.

use toml::de::DeValue;

use crate::reader::Value;

/// Which terms a value names, by their places: as far as text that is a term's name stands for that term.
pub(crate) fn named_in(value: &Value<'_>, terms: &[String]) -> Vec<usize> {
    match value.get_ref() {
        DeValue::String(text) => terms.iter().position(|term| *term == **text).into_iter().collect(),
        DeValue::Array(values) => values.iter().flat_map(|value| named_in(value, terms)).collect(),
        DeValue::Table(entries) => {
            let parts = entries.iter().filter(|(key, _)| ["all", "any", "not", "of"].contains(&key.get_ref().as_ref()));
            parts.flat_map(|(_, value)| named_in(value, terms)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a term leads to another by those that it names.
pub(super) fn leads(named: &[Vec<usize>], from: usize, to: usize) -> bool {
    let (mut open, mut seen) = (vec![from], Vec::new());
    while let Some(term) = open.pop() {
        if term == to {
            return true;
        }
        if !seen.contains(&term) {
            seen.push(term);
            open.extend(named.get(term).into_iter().flatten());
        }
    }
    false
}
