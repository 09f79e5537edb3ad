//! What the proof found, as data: the JSON of `cargo quiz verify`, and what its page shows.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// Names with something each, in an order that means something.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<T> Ordered<T> {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A set of answers as `cargo quiz assess` reads it.
pub type Given = Ordered<Value>;

/// What the proof found. Counts are exact decimal numbers, of sets of answers without hidden ones unless they say
/// otherwise.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Report {
    /// The quiz's id.
    pub quiz: String,
    /// The content's version.
    pub version: String,
    /// The content's hash.
    pub hash: String,
    /// Sets of answers, complete and partial, in which nothing hidden is answered.
    pub answer_sets: String,
    /// Those in which every required question on the way is answered, or the quiz ended early.
    pub complete_answer_sets: String,
    /// Sets of answers with those to hidden questions and options, which the engine keeps and does not count.
    pub answer_sets_with_hidden: String,
    /// The rules, by id.
    pub rules: Ordered<RuleReport>,
    /// The tiers.
    pub outcomes: Ordered<Reached>,
    /// What rules lead to.
    pub advice: Ordered<Reached>,
    /// The sections that are shown.
    pub sections: Ordered<Reached>,
    /// The results of each group; nothing in a quiz without groups.
    #[serde(skip_serializing_if = "Ordered::is_empty")]
    pub results: Ordered<Ordered<Reached>>,
    /// What was proved of this pack, or refuted.
    pub properties: Vec<Property>,
    /// Steps that are meant to lower the urgency, each with a set of answers on which it does.
    pub exceptions: Vec<Exception>,
    /// Rules that hold where a question was left open and would not hold with some answer to it, and results that are
    /// told so.
    pub missing_matters: Vec<MissingMatters>,
    /// Options that stand in the condition of a rule or result and never decide whether it decides.
    pub without_influence: Vec<WithoutInfluence>,
    /// What is not proved on the pack but tested on the engine, with the test.
    pub tested: Vec<Tested>,
}

impl Report {
    /// Whether every property holds.
    pub fn holds(&self) -> bool {
        self.properties.iter().all(|property| property.holds)
    }
}

/// How often something is reached, with an example.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Reached {
    /// How many sets of answers.
    pub count: String,
    /// Of these, the complete ones.
    pub complete: String,
    /// One of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Given>,
}

/// A rule, or all rules that share an id.
#[derive(Clone, Debug, serde::Serialize)]
pub struct RuleReport {
    /// How often it decides.
    #[serde(flatten)]
    pub reached: Reached,
    /// Its tier.
    pub tier: String,
    /// Each clause, where several rules share the id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clauses: Option<Ordered<Reached>>,
}

/// Something that was proved or refuted.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Property {
    /// Its name.
    pub id: String,
    /// What it says.
    pub statement: String,
    /// Whether the content says so, or it must be true of every quiz.
    pub declared: bool,
    /// Whether it is true of every set of answers.
    pub holds: bool,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// A set of answers on which it is wrong; the one before the step, where it is about a step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Given>,
    /// What the witness leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<Lead>,
    /// The set of answers after the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Given>,
    /// What that one leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_leads_to: Option<Lead>,
}

/// What a set of answers leads to, as the diagrams have it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Lead {
    /// The tier's id.
    pub tier: String,
    /// The rule's id.
    pub rule: String,
    /// Its clause, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// How urgent it is; a greater number is more urgent.
    pub urgency: u8,
    /// Whether every required question on the way is answered, or the quiz ended early.
    pub complete: bool,
    /// The sections that are shown, in no order that means anything.
    pub sections: Vec<String>,
    /// The result of each group that has one, by the group's id; nothing in a quiz without groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<BTreeMap<String, String>>,
}

/// A step that is meant to lower the urgency.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Exception {
    /// The step, as it is written in `properties.toml`.
    pub step: String,
    /// Why it is meant to.
    pub because: String,
    /// The tiers between which it lowers it.
    pub falls: Vec<Falls>,
}

/// A fall from one tier to another, with answers before and after the step.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Falls {
    /// The tier before the step.
    pub from: String,
    /// The tier after it.
    pub to: String,
    /// Answers before the step.
    pub witness: Given,
    /// Answers after it.
    pub after: Given,
}

/// A rule that holds, or a result that is told, because a question was left open.
#[derive(Clone, Debug, serde::Serialize)]
pub struct MissingMatters {
    /// The rule's key: its id, and its clause where it has one; a result as `group.result`.
    pub rule: String,
    /// The question.
    pub question: String,
    /// A set of answers on which the rule holds, with the question shown and left open.
    pub witness: Given,
}

/// An option that the condition of a rule or result depends on, and that never makes it decide or not.
#[derive(Clone, Debug, serde::Serialize)]
pub struct WithoutInfluence {
    /// The rule's key, or the result as `group.result`.
    pub rule: String,
    /// The option, or the question where it asks for a number.
    pub option: String,
}

/// What tests show of the engine, whatever the pack.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Tested {
    /// Its name.
    pub id: &'static str,
    /// What it says.
    pub statement: &'static str,
    /// The test, as file and name.
    pub test: &'static str,
}

/// Two sets of answers that differ in one option or by one in a number, and of which a rule or result decides one only.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Flip {
    /// The rule's key, or the result as `group.result`.
    pub rule: String,
    /// What differs: the option, and on which side it is chosen.
    pub flip: String,
    /// Answers on which the rule decides.
    pub decides: Case,
    /// Answers on which another one does.
    pub does_not: Case,
}

/// Answers with what they must lead to.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Case {
    /// The answers.
    pub answers: Given,
    /// What they lead to, as the diagrams have it.
    pub leads_to: Lead,
}
