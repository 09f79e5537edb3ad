//! What the answers lead to: the first rule that holds, its advice, and what is shown with it.

use crate::answers::{Answer, Answers, Effective};
use crate::condition::{Condition, Facts};
use crate::logic::{AppliesTo, Logic};

/// An answer that made the rule hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Index of the question.
    pub question: u16,
    /// The options, or the number, that counted.
    pub answer: Answer,
}

/// The result of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupResult {
    /// Index of the group.
    pub group: u16,
    /// Index of the result in the group.
    pub rule: u16,
    /// The answers that made it hold, in the order of the questions.
    pub reasons: Vec<Reason>,
}

/// What a set of answers leads to. Everything is named by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The rule that decided.
    pub rule: u16,
    /// Its advice.
    pub advice: u16,
    /// The tier of the advice.
    pub tier: u16,
    /// The sections shown, in order.
    pub sections: Vec<u16>,
    /// The notes shown, in order.
    pub notes: Vec<u16>,
    /// The label of the contact link, if one is shown.
    pub contact: Option<u16>,
    /// The answers that made the rule hold, in the order of the questions.
    pub reasons: Vec<Reason>,
    /// The result of each group that has one now, in order.
    pub results: Vec<GroupResult>,
}

impl Outcome {
    /// Decides. Total: any answers, complete or not, have exactly one outcome.
    pub fn of(logic: &Logic, answers: &Answers) -> Self {
        Self::decide(logic, &answers.effective(logic))
    }

    /// The index of the first rule that holds, the last rule where none does.
    pub fn rule(logic: &Logic, effective: &Effective) -> u16 {
        first(logic.rules.iter().map(|rule| &rule.when), effective.facts(logic))
    }

    pub(crate) fn decide(logic: &Logic, effective: &Effective) -> Self {
        let facts = effective.facts(logic);
        let rule = Self::rule(logic, effective);
        let deciding = logic.rules.get(usize::from(rule));
        let advice = deciding.map_or(0, |rule| rule.advice);
        let tier = logic.advice.get(usize::from(advice)).map_or(0, |advice| advice.tier);
        let here = Here { facts, rule, tier };
        Self {
            rule,
            advice,
            tier,
            sections: here.sections(advice),
            notes: here.notes(),
            contact: here.contact(advice),
            reasons: deciding.map(|rule| reasons(&facts, &rule.when)).unwrap_or_default(),
            results: results(&facts),
        }
    }
}

/// The index of the first condition that holds, of the last where none does.
fn first<'a>(mut conditions: impl ExactSizeIterator<Item = &'a Condition>, facts: Facts<'_>) -> u16 {
    let last = conditions.len().saturating_sub(1);
    let index = conditions.position(|when| facts.hold(when)).unwrap_or(last);
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn results(facts: &Facts<'_>) -> Vec<GroupResult> {
    let groups = facts.logic.groups.iter().zip(0_u16..).filter(|(group, _)| facts.hold(&group.shown));
    let results = groups.map(|(group, index)| {
        let rule = first(group.rules.iter().map(|rule| &rule.when), *facts);
        let deciding = group.rules.get(usize::from(rule));
        let reasons = deciding.map(|rule| reasons(facts, &rule.when)).unwrap_or_default();
        GroupResult { group: index, rule, reasons }
    });
    results.collect()
}

/// What additions and notes are matched against.
struct Here<'a> {
    facts: Facts<'a>,
    rule: u16,
    tier: u16,
}

impl Here<'_> {
    fn belongs(&self, to: &AppliesTo) -> bool {
        to.tiers.contains(&self.tier) || to.rules.contains(&self.rule)
    }

    fn sections(&self, advice: u16) -> Vec<u16> {
        let logic = self.facts.logic;
        let own = logic.advice.get(usize::from(advice)).map(|advice| &*advice.sections).unwrap_or_default();
        let mut sections: Vec<u16> =
            own.iter().filter(|used| self.facts.hold(&used.when)).map(|used| used.section).collect();
        for addition in &logic.additions {
            if self.belongs(&addition.to) && !sections.contains(&addition.section) && self.facts.hold(&addition.when) {
                let anchor = addition.after.iter().find_map(|after| sections.iter().position(|here| here == after));
                sections.insert(anchor.map_or(sections.len(), |at| at + 1), addition.section);
            }
        }
        self.emphasised(sections)
    }

    /// Moves the sections that the visitor hopes for ahead of the others, among the places that are not fixed.
    fn emphasised(&self, sections: Vec<u16>) -> Vec<u16> {
        let logic = self.facts.logic;
        let Some(emphasis) = logic.emphasis.iter().find(|emphasis| self.facts.hold(&emphasis.when)) else {
            return sections;
        };
        let fixed = |section: &u16| logic.sections.get(usize::from(*section)).is_none_or(|section| section.fixed);
        let first = emphasis.sections.iter().filter(|section| sections.contains(section) && !fixed(section));
        let rest = sections.iter().filter(|section| !fixed(section) && !emphasis.sections.contains(section));
        let mut movable = first.chain(rest);
        sections
            .iter()
            .map(|section| if fixed(section) { *section } else { *movable.next().unwrap_or(section) })
            .collect()
    }

    fn notes(&self) -> Vec<u16> {
        let notes = self.facts.logic.notes.iter().zip(0_u16..);
        notes
            .filter(|(note, _)| self.belongs(&note.to) && self.facts.hold(&note.when))
            .map(|(_, index)| index)
            .collect()
    }

    fn contact(&self, advice: u16) -> Option<u16> {
        let logic = self.facts.logic;
        if logic.contact_hidden.as_ref().is_some_and(|hidden| self.facts.hold(hidden)) {
            return None;
        }
        let labels = &logic.advice.get(usize::from(advice))?.contact;
        labels.iter().find(|label| self.facts.hold(&label.when)).map(|label| label.label)
    }
}

/// The answers that make a condition hold: what is chosen in its true parts. An absence is not a reason that can be
/// told in the visitor's own words, so negations give none.
fn reasons(facts: &Facts<'_>, condition: &Condition) -> Vec<Reason> {
    let mut found = vec![None; facts.answers.len()];
    collect(facts, condition, &mut found);
    let answers = found.into_iter().zip(0_u16..);
    answers.filter_map(|(answer, question)| answer.map(|answer| Reason { question, answer })).collect()
}

fn collect(facts: &Facts<'_>, condition: &Condition, found: &mut [Option<Answer>]) {
    if !facts.hold(condition) {
        return;
    }
    match condition {
        Condition::All(of) | Condition::Any(of) | Condition::AtLeast { of, .. } => {
            for each in of {
                collect(facts, each, found);
            }
        }
        Condition::Term(term) => {
            if let Some(named) = facts.logic.terms.get(usize::from(*term)) {
                collect(facts, named, found);
            }
        }
        Condition::Chosen { question, options } => {
            add(found, *question, Answer::Chosen(facts.chosen(*question) & options));
        }
        Condition::Sum { questions, .. } | Condition::Mean { questions, .. } => {
            for question in questions {
                if let Some(answer) = facts.answer(*question).and_then(|answer| counting(facts, *question, answer)) {
                    add(found, *question, answer);
                }
            }
        }
        Condition::Always | Condition::Not(_) | Condition::Answered(_) => {}
    }
}

/// What of an answer counts in a sum: a number does, and of options those that have points.
fn counting(facts: &Facts<'_>, question: u16, answer: Answer) -> Option<Answer> {
    let Answer::Chosen(chosen) = answer else { return Some(answer) };
    let points = facts.logic.question(question)?.points.iter().zip(0_u32..64);
    let counting = points.filter(|(points, _)| **points != 0).fold(0_u64, |all, (_, bit)| all | 1 << bit) & chosen;
    (counting != 0).then_some(Answer::Chosen(counting))
}

fn add(found: &mut [Option<Answer>], question: u16, answer: Answer) {
    let Some(place) = found.get_mut(usize::from(question)) else { return };
    *place = Some(match (*place, answer) {
        (Some(Answer::Chosen(before)), Answer::Chosen(more)) => Answer::Chosen(before | more),
        _ => answer,
    });
}
