//! Cases next to the content: answers with the tier and rule that they must reach.

use std::collections::{BTreeMap, BTreeSet};

use quiz_engine::Outcome;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::assess::{Refused, assess, read_answers, without_place};
use crate::compile::{Names, Structure};
use crate::problems::Problems;
use crate::reader::unseen;

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
    /// Which of several rules of that id must decide, by its key: the id with the clause.
    pub expected_clause: Option<String>,
    /// The result of each group that must have one, by the group's id; needed where the quiz has groups.
    pub expected_results: Option<BTreeMap<String, String>>,
    /// Why that is right.
    pub why: String,
    /// Where it comes from.
    pub source: String,
    /// What kind of case it is.
    pub basis: String,
}

/// Cases being tried on the rules.
pub(crate) struct Trial<'a> {
    structure: &'a Structure,
    problems: &'a Problems,
    cases: Vec<Case>,
    /// Rules that decided.
    reached: BTreeSet<u16>,
    /// Results that were reached, each by its group and its place there.
    results: BTreeSet<(u16, u16)>,
    /// Questions that were shown.
    shown: BTreeSet<u16>,
    /// Whether every case could be read: else one that is missing is no news.
    is_whole: bool,
}

/// The place of a case in its file.
struct Spot<'a> {
    file: &'a str,
    text: &'a str,
    /// Where the case begins.
    start: usize,
    /// The case as it is written.
    raw: &'a str,
}

impl Spot<'_> {
    fn line(&self, offset: usize) -> usize {
        let before = self.text.get(..self.start + offset).unwrap_or(self.text);
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    /// The line of the first value of a key in the case.
    fn line_of(&self, key: &str) -> usize {
        let quoted = format!("\"{key}\"");
        let mut found = self
            .raw
            .match_indices(&quoted)
            .filter(|(at, _)| self.raw.get(at + quoted.len()..).is_some_and(|rest| rest.trim_start().starts_with(':')));
        self.line(found.next().map_or(0, |(at, _)| at))
    }
}

impl<'a> Trial<'a> {
    pub(crate) fn new(structure: &'a Structure, problems: &'a Problems) -> Self {
        Self {
            structure,
            problems,
            cases: Vec::new(),
            reached: BTreeSet::new(),
            results: BTreeSet::new(),
            shown: BTreeSet::new(),
            is_whole: !problems.is_in_folder("cases/"),
        }
    }

    /// Reads one file of cases and tries each.
    pub(crate) fn read(&mut self, file: &str, text: &str) {
        let elements: Vec<&RawValue> = match serde_json::from_str(text) {
            Ok(elements) => elements,
            Err(error) => {
                self.is_whole = false;
                return self.problems.add(
                    file,
                    error.line().max(1),
                    format!("not a JSON list of cases: {}", without_place(&error)),
                );
            }
        };
        for raw in elements.into_iter().map(RawValue::get) {
            // The element is a part of the text, so the distance between their beginnings is its place.
            let spot = Spot { file, text, start: raw.as_ptr().addr() - text.as_ptr().addr(), raw };
            match serde_json::from_str(raw) {
                Ok(case) => self.try_case(&spot, case),
                Err(error) => {
                    self.is_whole = false;
                    let message = without_place(&error);
                    // What is missing shows only where the case ends; the one who looks for it needs its beginning.
                    let line = if message.starts_with("missing field") {
                        spot.line_of("id")
                    } else {
                        spot.line(0) + error.line().saturating_sub(1)
                    };
                    self.problems.add(file, line, format!("not a case: {message}"));
                }
            }
        }
    }

    fn try_case(&mut self, spot: &Spot<'_>, case: Case) {
        let logic = &self.structure.logic;
        let problem = |key: &str, message: String| self.problems.add(spot.file, spot.line_of(key), message);
        for (key, text) in [
            ("id", &case.id),
            ("description", &case.description),
            ("why", &case.why),
            ("source", &case.source),
            ("basis", &case.basis),
        ] {
            if let Some(message) = unseen(text) {
                problem(key, message);
            }
        }
        if case.id.trim().is_empty() {
            problem("id", "a case needs an id, and this one is empty".to_owned());
        } else if self.cases.iter().any(|other| other.id == case.id) {
            problem("id", format!("another case has the id `{}`; choose one that is free", case.id));
        }
        if let Some((question, option)) = option_twice(&case.answers) {
            problem(question, format!("case {}: `{question}`: `{option}` stands here twice", case.id));
        }
        let given = serde_json::from_str::<Given<'_>>(spot.raw).map(|given| given.answers.get()).unwrap_or_default();
        let read = read_answers(logic, given);
        match read {
            _ if !self.structure.is_sound => {}
            Ok(answers) => {
                let outcome = Outcome::of(logic, &answers);
                self.reached.insert(outcome.rule);
                self.results.extend(outcome.results.iter().map(|result| (result.group, result.rule)));
                let effective = answers.effective(logic);
                self.shown.extend(logic.question_indices().filter(|question| effective.shown(*question)));
                let got = assess(logic, &answers);
                let (tier, rule) = (&case.expected_tier, &case.expected_rule);
                let unknown = unknown(&case, &self.structure.names);
                let is_known = unknown.is_empty();
                for (key, message) in unknown {
                    problem(key, message);
                }
                if is_known && (&got.tier, &got.rule) != (tier, rule) {
                    let message = format!(
                        "case {} must reach {tier} by {rule}, but reaches {} by {}",
                        case.id, got.tier, got.rule
                    );
                    problem(if got.rule == *rule { "expected_tier" } else { "expected_rule" }, message);
                }
                let clause = wrong_clause(&case, &self.structure.names, outcome.rule);
                if let Some(message) = clause.filter(|_| is_known) {
                    problem("expected_clause", message);
                }
                if let Some(message) = wrong_results(&case, got.results).filter(|_| is_known) {
                    let key = if case.expected_results.is_some() { "expected_results" } else { "id" };
                    problem(key, message);
                }
            }
            Err(Refused { question, message, .. }) => {
                self.is_whole = false;
                problem(question.as_deref().unwrap_or("answers"), format!("case {}: {message}", case.id));
            }
        }
        self.cases.push(case);
    }

    /// Names each question that no case shows and each rule that no case reaches, though it could be reached, and
    /// gives the cases.
    pub(crate) fn name_unreached(self) -> Vec<Case> {
        let structure = self.structure;
        let questions = structure.names.question_ids().into_iter().zip(&structure.question_lines).zip(0_u16..);
        let unseen = questions.filter(|(_, question)| !self.shown.contains(question));
        for ((id, line), _) in unseen.filter(|_| structure.is_sound && self.is_whole) {
            let message = format!("no case shows the question {id}; add one to cases/, or it can never be shown");
            self.problems.add("quiz.toml", *line, message);
        }
        let rules = structure.names.rule_keys().into_iter().zip(&structure.rule_lines).zip(0_u16..);
        let unreached = rules.filter(|(_, rule)| !self.reached.contains(rule) && !structure.shadowed.contains(rule));
        for ((key, line), _) in unreached.filter(|_| structure.is_sound && self.is_whole) {
            let message = format!("no case reaches the rule {key}; add one to cases/, or it can never be reached");
            self.problems.add("quiz.toml", *line, message);
        }
        self.name_unreached_results();
        self.cases
    }

    fn name_unreached_results(&self) {
        let structure = self.structure;
        let groups = structure.names.groups.iter().zip(&structure.result_lines).zip(&structure.shadowed_results);
        for ((((id, results), lines), shadowed), group) in groups.zip(0_u16..) {
            for ((result, line), place) in results.iter().zip(lines).zip(0_u16..) {
                let is_known = self.results.contains(&(group, place)) || shadowed.contains(&place);
                if structure.is_sound && self.is_whole && !is_known {
                    let message = format!(
                        "no case reaches the result {id}.{result}; add one to cases/, or it can never be reached"
                    );
                    self.problems.add("quiz.toml", *line, message);
                }
            }
        }
    }
}

/// A question with an option that stands in its list twice. Whoever is assessed may say so; a case means another one.
fn option_twice(answers: &serde_json::Value) -> Option<(&str, &str)> {
    answers.as_object()?.iter().find_map(|(question, answer)| {
        let options: Vec<&str> = answer.as_array()?.iter().filter_map(serde_json::Value::as_str).collect();
        let mut places = options.iter().enumerate();
        let twice = places.find(|(place, option)| options.iter().take(*place).any(|before| before == *option));
        twice.map(|(_, option)| (question.as_str(), *option))
    })
}

/// What a case expects that does not exist, each with the key where it stands.
fn unknown(case: &Case, names: &Names) -> Vec<(&'static str, String)> {
    let missing = |what: &str, id: &str, known: &[&str]| {
        let list =
            if known.is_empty() { "none is known".to_owned() } else { format!("known are {}", known.join(", ")) };
        (!known.contains(&id)).then(|| format!("case {}: there is no {what} `{id}`; {list}", case.id))
    };
    let tiers: Vec<&str> = names.tiers.iter().map(String::as_str).collect();
    let tier = missing("tier", &case.expected_tier, &tiers).map(|message| ("expected_tier", message));
    let rule = missing("rule", &case.expected_rule, &names.rule_ids()).map(|message| ("expected_rule", message));
    let groups: Vec<&str> = names.groups.iter().map(|(id, _)| id.as_str()).collect();
    let results = case.expected_results.iter().flatten().filter_map(|(group, result)| {
        let Some((_, results)) = names.groups.iter().find(|(id, _)| id == group) else {
            return missing("group", group, &groups);
        };
        let results: Vec<&str> = results.iter().map(String::as_str).collect();
        missing(&format!("result of the group {group}"), result, &results)
    });
    tier.into_iter().chain(rule).chain(results.map(|message| ("expected_results", message))).collect()
}

/// What is wrong with the clause that a case names. Where another rule decides than the case expects, that has been
/// said, and the clause may be right.
fn wrong_clause(case: &Case, names: &Names, decided: u16) -> Option<String> {
    let expected = case.expected_clause.as_ref()?;
    let keys = names.rule_keys();
    let all = names.rules.iter().zip(&keys);
    let of_rule: Vec<&str> = all.filter(|((id, _), _)| *id == case.expected_rule).map(|(_, key)| &**key).collect();
    let (id, key) = names.rules.get(usize::from(decided)).map(|(id, _)| id).zip(keys.get(usize::from(decided)))?;
    let is_other_rule = *id != case.expected_rule;
    if of_rule.contains(&&**expected) {
        let message = || format!("case {} must reach the clause {expected}, but reaches {key}", case.id);
        return (!is_other_rule && key != expected).then(message);
    }
    if is_other_rule && keys.contains(expected) {
        return None;
    }
    let known = if of_rule.is_empty() { keys.join(", ") } else { of_rule.join(", ") };
    Some(format!("case {}: rule {} has no clause `{expected}`; known are {known}", case.id, case.expected_rule))
}

/// What is wrong with what a case says of results.
fn wrong_results(case: &Case, got: Option<BTreeMap<String, String>>) -> Option<String> {
    let told = |results: &BTreeMap<String, String>| {
        let told: Vec<String> = results.iter().map(|(group, result)| format!("{group} {result}")).collect();
        if told.is_empty() { "none".to_owned() } else { told.join(", ") }
    };
    match (&case.expected_results, got) {
        (None, None) => None,
        (None, Some(_)) => {
            Some(format!("case {} says nothing of results; add `expected_results`, {{}} where there are none", case.id))
        }
        (Some(expected), got) => {
            let got = got.unwrap_or_default();
            let message =
                || format!("case {} must have the results {}, but has {}", case.id, told(expected), told(&got));
            (*expected != got).then(message)
        }
    }
}

/// The answers of a case as they are written, so that a key that stands twice shows.
#[derive(Deserialize)]
struct Given<'a> {
    #[serde(borrow)]
    answers: &'a RawValue,
}
