//! Something on a page that keeps somebody out.

use std::fmt;

use serde_json::Value;

/// A fault, by the rule that it breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// The rule: of axe, or of the tests' own.
    pub(crate) rule: String,
    /// The element.
    pub(crate) place: String,
    /// What is wrong with it.
    pub(crate) says: String,
}

impl Fault {
    pub(crate) fn new(rule: &str, place: impl Into<String>, says: impl Into<String>) -> Self {
        Self { rule: rule.to_owned(), place: place.into(), says: says.into() }
    }

    /// The faults that a script gave, each as `[rule, place, what is wrong]`.
    pub(crate) fn list(given: &Value) -> Vec<Self> {
        let part = |fault: &Value, at: usize| fault.get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        let faults = given.as_array().into_iter().flatten();
        faults.map(|fault| Self { rule: part(fault, 0), place: part(fault, 1), says: part(fault, 2) }).collect()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.rule, self.place, self.says)
    }
}
