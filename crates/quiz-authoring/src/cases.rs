//! Cases next to the content: answers with the tier and rule that they must reach.

use std::collections::BTreeSet;

use quiz_engine::{Answers, Logic, Outcome};
use serde::Deserialize;

use crate::assess::{assess, read_answers};
use crate::problems::Problems;

/// A case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its id, unique among the cases.
    pub id: String,
    /// Who it is, in a sentence.
    pub description: String,
    /// Answers: keys are question ids, values option ids, lists of them, or numbers.
    pub answers: serde_json::Value,
    /// The tier that must be reached.
    pub expected_tier: String,
    /// The rule that must decide.
    pub expected_rule: String,
    /// Why that is right.
    pub why: String,
    /// Where it comes from.
    pub source: String,
    /// What kind of case it is.
    pub basis: String,
}

/// Reads one file of cases and tries each on the rules. Gives the cases and the rules that they reach, by index.
pub(crate) fn read(file: &str, text: &str, logic: &Logic, problems: &Problems) -> (Vec<Case>, BTreeSet<u16>) {
    let cases: Vec<Case> = match serde_json::from_str(text) {
        Ok(cases) => cases,
        Err(error) => {
            problems.add(file, error.line().max(1), format!("not a list of cases: {error}"));
            Vec::new()
        }
    };
    let mut reached = BTreeSet::new();
    for case in &cases {
        match read_answers(logic, &case.answers) {
            Ok(answers) => {
                reached.insert(Outcome::of(logic, &answers).rule);
                try_case(file, text, logic, problems, case, &answers);
            }
            Err(error) => problems.add(file, line_of(text, &case.id), format!("case {}: {error}", case.id)),
        }
    }
    (cases, reached)
}

fn try_case(file: &str, text: &str, logic: &Logic, problems: &Problems, case: &Case, answers: &Answers) {
    let got = assess(logic, answers);
    if got.tier != case.expected_tier || got.rule != case.expected_rule {
        problems.add(
            file,
            line_of(text, &case.id),
            format!(
                "case {} must reach {} by {}, but reaches {} by {}",
                case.id, case.expected_tier, case.expected_rule, got.tier, got.rule
            ),
        );
    }
}

fn line_of(text: &str, id: &str) -> usize {
    let quoted = format!("\"{id}\"");
    text.lines().position(|line| line.contains(&quoted)).map_or(1, |line| line + 1)
}
