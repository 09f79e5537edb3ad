//! Conditions without terms and without needless nesting, which are easier to write in another language.

use quiz_engine::{Condition, Logic};

use crate::conditions::any_of;

/// The same condition, with terms written out, lists flat, tests of one question gathered, and no double negation.
pub(super) fn simple(logic: &Logic, condition: &Condition) -> Condition {
    match condition {
        Condition::Term(term) => match logic.terms.get(usize::from(*term)) {
            Some(named) => simple(logic, named),
            None => Condition::Any(Vec::new()),
        },
        Condition::All(of) => all(of.iter().map(|each| simple(logic, each))),
        Condition::Any(of) => any(of.iter().map(|each| simple(logic, each))),
        Condition::Not(inner) => match simple(logic, inner) {
            Condition::Not(twice) => *twice,
            once => Condition::Not(Box::new(once)),
        },
        Condition::AtLeast { count, of } => {
            Condition::AtLeast { count: *count, of: of.iter().map(|each| simple(logic, each)).collect() }
        }
        other => other.clone(),
    }
}

fn all(parts: impl Iterator<Item = Condition>) -> Condition {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Condition::Always => {}
            Condition::All(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => Condition::Always,
        1 => flat.remove(0),
        _ => Condition::All(flat),
    }
}

fn any(parts: impl Iterator<Item = Condition>) -> Condition {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Condition::Always => return Condition::Always,
            Condition::Any(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    any_of(flat)
}
