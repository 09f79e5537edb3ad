//! The faults as a table for people.

use std::fmt::Write as _;

use super::{Fate, Mutant, Mutants};

/// Counts, what survived with answers that would show it, and what is no fault.
pub(super) fn of(mutants: &Mutants) -> String {
    let by_case = mutants.count(|fate| matches!(fate, Fate::CaughtByCase(_)));
    let by_proof = mutants.count(|fate| matches!(fate, Fate::CaughtByProof(_)));
    let equivalent = mutants.count(|fate| *fate == Fate::Equivalent);
    let asked = mutants.count(|fate| matches!(fate, Fate::AsksOtherwise(_)));
    let caught = mutants.caught_of_a_hundred().map_or_else(|| "–".to_owned(), |caught| format!("{caught:.1}"));
    let mut table = format!(
        "# Faults put into {}\n\n{} changes, one at a time. {by_case} are caught by a case, {by_proof} by the proof \
         alone; {equivalent} are no faults, since every set of answers is decided by the same rule and has the same \
         results; {asked} change only what is asked or offered, which no case says. Of 100 faults {caught} are caught.\n",
        mutants.quiz,
        mutants.all.len()
    );
    section(&mut table, "Survived", mutants, |fate| match fate {
        Fate::Survived(answers) => Some(format!("decided otherwise: `{}`", serde_json::to_string(answers).ok()?)),
        _ => None,
    });
    section(&mut table, "Caught by the proof alone", mutants, |fate| match fate {
        Fate::CaughtByProof(property) => Some(format!("`{property}`")),
        _ => None,
    });
    section(&mut table, "Only asked otherwise", mutants, |fate| match fate {
        Fate::AsksOtherwise(answers) => Some(format!("asked otherwise: `{}`", serde_json::to_string(answers).ok()?)),
        _ => None,
    });
    section(&mut table, "No faults", mutants, |fate| {
        (*fate == Fate::Equivalent).then(|| "every set of answers is decided by the same rule".to_owned())
    });
    table
}

fn section(table: &mut String, title: &str, mutants: &Mutants, said: impl Fn(&Fate) -> Option<String>) {
    let rows: Vec<(&Mutant, String)> =
        mutants.all.iter().filter_map(|mutant| Some((mutant, said(&mutant.fate)?))).collect();
    if rows.is_empty() {
        return;
    }
    let _ = write!(table, "\n## {title}: {}\n\n| at | change | |\n|---|---|---|\n", rows.len());
    for (Mutant { at, change, .. }, said) in rows {
        let _ = writeln!(table, "| {at} | {} | {said} |", change.replace('|', "\\|"));
    }
}
