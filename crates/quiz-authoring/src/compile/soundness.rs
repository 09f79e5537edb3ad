//! Whether the rules fit together: what depends on what, what is never reached, what nothing uses.

use quiz_engine::{Condition, Logic, Rule};

use super::{Structure, Tables};
use crate::conditions::{has_hole, has_lost};
use crate::reader::Table;

impl<'a> Tables<'a> {
    /// A question may depend only on questions before it; an early stop only on what is behind the visitor by then,
    /// and it may not keep a more urgent rule from being asked about. Gives whether all of it is so.
    pub(super) fn check_order(&self, logic: &Logic) -> bool {
        let mut is_right = true;
        let terms = last_questions(logic);
        for (index, (question, table)) in logic.questions.iter().zip(&self.questions).enumerate() {
            let options = question.options.iter().map(|option| &option.shown);
            let options = options.map(|shown| (last_question(&terms, shown), table.place("options")));
            let all = options.chain([(last_question(&terms, &question.shown), table.place("shown"))]);
            for (last, at) in all.filter_map(|(last, at)| Some((last?, at))) {
                if usize::from(last) >= index {
                    is_right = false;
                    let named = id_of(logic, last);
                    let message = format!("`{}` depends on `{named}`, which is not asked before it", question.id);
                    self.source.problem(at, message);
                }
            }
        }
        for (index, table) in self.rules.iter().enumerate() {
            is_right &= self.check_stop(logic, &terms, index, table);
        }
        is_right
    }

    fn check_stop(&self, logic: &Logic, terms: &[Option<u16>], index: usize, table: &Table<'a>) -> bool {
        let Some((rule, stop)) = logic.rules.get(index).and_then(|rule| Some((rule, rule.stop_after?))) else {
            return true;
        };
        let urgency = |rule: &Rule| logic.advice.get(usize::from(rule.advice)).map(|advice| advice.urgency);
        let hidden = logic.rules.iter().take(index).filter(|before| urgency(before) > urgency(rule));
        for before in hidden.chain([rule]) {
            let Some(last) = last_question(terms, &before.when).filter(|last| *last > stop) else { continue };
            let whose = if before == rule { "it".to_owned() } else { format!("the more urgent rule {}", before.id) };
            let message = format!(
                "rule {} stops too early: {whose} depends on `{}`, which is asked after `{}`",
                rule.id,
                id_of(logic, last),
                id_of(logic, stop)
            );
            self.source.problem(table.place("stop_after"), message);
            return false;
        }
        true
    }

    /// Gives the rules that can never decide.
    pub(super) fn check_rules(&self, logic: &Logic) -> Vec<u16> {
        let rules: Vec<_> = logic.rules.iter().map(|rule| (&*rule.id, &rule.when)).collect();
        self.check_shadows(&rules, &self.rules, "rule", "so that every visitor gets advice")
    }

    /// Gives for each group the results that can never be reached.
    pub(super) fn check_groups(&self, logic: &Logic) -> Vec<Vec<u16>> {
        let groups = logic.groups.iter().zip(&self.groups).map(|(group, tables)| {
            let rules: Vec<_> = group.rules.iter().map(|rule| (&*rule.id, &rule.when)).collect();
            self.check_shadows(&rules, &tables.rules, "result", "and `shown` says when the group has none")
        });
        groups.collect()
    }

    /// The last rule must always hold, and none before it may do what another did already. Gives those that can never
    /// decide.
    fn check_shadows(&self, rules: &[(&str, &Condition)], tables: &[Table<'a>], what: &str, why: &str) -> Vec<u16> {
        let mut shadowed = Vec::new();
        let mut always = None;
        for (index, (((id, when), table), number)) in rules.iter().zip(tables).zip(0_u16..).enumerate() {
            let before = rules.get(..index).unwrap_or_default();
            if always.is_some() {
                shadowed.push(number);
            } else if let Some((earlier, _)) = before.iter().find(|(_, earlier)| earlier == when && !has_hole(when)) {
                let message =
                    format!("{what} {id} is never reached: {what} {earlier} before it has the same condition");
                self.source.problem(table.place("when"), message);
                shadowed.push(number);
            }
            if **when == Condition::Always && table.get("when").is_some() {
                always = always.or(Some((index + 1, table)));
            }
        }
        match (always, rules.last().zip(tables.last())) {
            (Some((place, table)), _) if place < rules.len() => {
                let message =
                    format!("this {what} always holds, so no {what} after it is ever reached; move it to the end");
                self.source.problem(table.place("when"), message);
            }
            (None, Some(((_, when), table))) if !has_hole(when) && table.get("when").is_some() => {
                self.source.problem(table.place("when"), format!("the last {what} must hold `always`, {why}"));
            }
            _ => {}
        }
        shadowed
    }

    /// What nothing leads to is a mistake: it would never be shown, and its words would be written for nobody.
    pub(super) fn check_used(&self, structure: &Structure) {
        let logic = &structure.logic;
        let is_astray = |what: &str| self.astray.borrow().iter().any(|astray| astray == what);
        for (table, index) in self.advice.iter().zip(0_u16..) {
            if !is_astray("advice") && !logic.rules.iter().any(|rule| rule.advice == index) {
                self.source.problem(table.at, "no rule leads to this advice; name it in a rule or delete it");
            }
        }
        for (table, index) in self.sections.iter().zip(0_u16..) {
            let used = logic.advice.iter().flat_map(|advice| &advice.sections).any(|used| used.section == index)
                || logic.additions.iter().any(|addition| addition.section == index);
            let is_first = structure
                .names
                .sections
                .iter()
                .zip(0..index)
                .all(|(id, _)| Some(id) != structure.names.sections.get(usize::from(index)));
            if !used && is_first && !is_astray("section") {
                self.source.problem(
                    table.at,
                    "no advice shows this section; name it in an advice or an addition, or delete it",
                );
            }
        }
        let mut terms = vec![false; logic.terms.len()];
        let mut is_lost = false;
        every_condition(logic, &mut |condition| {
            is_lost |= has_lost(condition);
            condition.walk(&mut |part| {
                if let Condition::Term(term) = part
                    && let Some(used) = terms.get_mut(usize::from(*term))
                {
                    *used = true;
                }
            });
        });
        for ((key, _), used) in self.terms.iter().zip(terms) {
            if !used && !is_lost && key.text != "always" {
                self.source.problem(
                    key.at,
                    format!("nothing uses the term `{}`; name it in a condition or delete it", key.text),
                );
            }
        }
    }
}

fn id_of(logic: &Logic, question: u16) -> String {
    logic.question(question).map(|question| question.id.to_string()).unwrap_or_default()
}

/// For each term the last question that it depends on. It names only terms before it.
fn last_questions(logic: &Logic) -> Vec<Option<u16>> {
    let mut terms = Vec::new();
    for term in &logic.terms {
        let last = last_question(&terms, term);
        terms.push(last);
    }
    terms
}

/// The last question, in the order of asking, that a condition depends on; `terms` says it of terms.
fn last_question(terms: &[Option<u16>], condition: &Condition) -> Option<u16> {
    let mut last = None;
    condition.walk(&mut |part| {
        let found = match part {
            Condition::Chosen { question, .. } | Condition::Answered(question) => Some(*question),
            Condition::Sum { questions, .. } | Condition::Mean { questions, .. } => questions.iter().copied().max(),
            Condition::Term(term) => terms.get(usize::from(*term)).copied().flatten(),
            _ => None,
        };
        last = last.max(found);
    });
    last
}

/// Shows every condition of the quiz.
pub(crate) fn every_condition(logic: &Logic, visit: &mut impl FnMut(&Condition)) {
    logic.terms.iter().for_each(&mut *visit);
    for question in &logic.questions {
        visit(&question.shown);
        question.options.iter().for_each(|option| visit(&option.shown));
    }
    logic.rules.iter().for_each(|rule| visit(&rule.when));
    for group in &logic.groups {
        visit(&group.shown);
        group.rules.iter().for_each(|rule| visit(&rule.when));
    }
    for advice in &logic.advice {
        advice.sections.iter().for_each(|used| visit(&used.when));
        advice.contact.iter().for_each(|label| visit(&label.when));
    }
    logic.contact_hidden.iter().for_each(&mut *visit);
    logic.additions.iter().for_each(|addition| visit(&addition.when));
    logic.emphasis.iter().for_each(|emphasis| visit(&emphasis.when));
    logic.notes.iter().for_each(|note| visit(&note.when));
}
