//! What would be otherwise with one other answer: the smallest changes that lead to more, or less, urgent advice.

use std::cmp::Ordering;

use crate::answers::{Answer, Answers, Effective};
use crate::condition::Condition;
use crate::logic::{Kind, Logic};
use crate::outcome::Outcome;
use crate::path::Path;

/// One answer that, given in place of what was answered, leads to other advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Index of the question.
    pub question: u16,
    /// Index of the option that is ticked, or cleared where it was ticked; nothing where a number is asked.
    pub option: Option<u16>,
    /// The whole answer to the question after the change, for [`Answers::put`].
    pub answer: Answer,
    /// Index of the advice it leads to.
    pub advice: u16,
    /// Index of the rule it leads to.
    pub rule: u16,
    /// Whether it leads there once the questions that are asked because of this one ([`Logic::follow_ups`]) have lost
    /// their answers: a sign that is noticed now did not begin when older ones did.
    pub renews: bool,
}

/// Each single answer that, added to these answers or given in place of another, leads to advice of higher urgency:
/// one more option ticked (which clears exclusive ones), another option chosen, or the least higher number that does
/// it. Only questions that were asked count, and one left out that is asked next; in the order of the questions. What
/// somebody can't come to notice about themselves, their age for one ([`stays`](crate::Question::stays)), is left out.
///
/// All other answers stay as they are, but for what is asked because of a question in which one more option is ticked:
/// where losing these answers makes the tick more urgent, it counts so.
pub fn raising_changes(logic: &Logic, answers: &Answers) -> Vec<Change> {
    let mut search = Search::new(logic, answers, Ordering::Greater);
    for question in search.questions().into_iter().filter(|question| may_begin(logic, *question)) {
        search.question(question);
    }
    let mut found = search.found;
    // Clearing an option is not something that a visitor could still notice about themselves.
    found.retain(|change| match (answers.get(change.question), change.answer) {
        (Some(Answer::Chosen(before)), Answer::Chosen(after)) => after & !before != 0,
        (Some(Answer::Number(before)), Answer::Number(after)) => after > before,
        _ => true,
    });
    for renewed in renewed_ticks(logic, answers) {
        let urgency = |change: &Change| logic.advice.get(usize::from(change.advice)).map_or(0, |advice| advice.urgency);
        let is_same = |change: &Change| (change.question, change.option) == (renewed.question, renewed.option);
        match found.iter_mut().find(|change| is_same(change)) {
            Some(kept) if urgency(kept) < urgency(&renewed) => *kept = renewed,
            Some(_) => {}
            // In its place, without a sort, which would cost a visitor more to load than all of this.
            None => {
                let key = |change: &Change| (change.question, change.option);
                found.insert(found.partition_point(|before| key(before) < key(&renewed)), renewed);
            }
        }
    }
    found
}

/// Whether its answer may be another one from now on.
fn may_begin(logic: &Logic, question: u16) -> bool {
    logic.question(question).is_some_and(|question| !question.stays)
}

/// Raising ticks in questions that bring up others, with the answers to those taken away.
fn renewed_ticks(logic: &Logic, answers: &Answers) -> Vec<Change> {
    let mut search = Search::new(logic, answers, Ordering::Greater);
    search.renews = true;
    for question in search.questions().into_iter().filter(|question| may_begin(logic, *question)) {
        let is_many = logic.question(question).is_some_and(|question| question.kind == Kind::Many);
        if is_many && !logic.follow_ups(question).is_empty() {
            search.options(question);
        }
    }
    search.found
}

impl Logic {
    /// The questions that are asked, or not, because of the answer to this one.
    pub fn follow_ups(&self, question: u16) -> Vec<u16> {
        let names = |index: &u16| self.question(*index).is_some_and(|asked| self.names(&asked.shown, question));
        self.question_indices().filter(names).collect()
    }

    /// Whether a condition names a question, in its terms too.
    fn names(&self, condition: &Condition, question: u16) -> bool {
        let mut is_named = false;
        condition.walk(&mut |part| {
            is_named |= match part {
                Condition::Chosen { question: named, .. } | Condition::Answered(named) => *named == question,
                Condition::Term(term) => {
                    self.terms.get(usize::from(*term)).is_some_and(|term| self.names(term, question))
                }
                Condition::Sum { questions, .. } | Condition::Mean { questions, .. } => questions.contains(&question),
                _ => false,
            };
        });
        is_named
    }
}

/// Each single change of an answer that leads to advice whose urgency compares so with the present one: an option
/// ticked or cleared, another option chosen, on a scale the nearest number each way that does it. A change never
/// leaves a question without an answer. See [`raising_changes`] for which questions count.
pub fn changes(logic: &Logic, answers: &Answers, urgency: Ordering) -> Vec<Change> {
    let mut search = Search::new(logic, answers, urgency);
    for question in search.questions() {
        search.question(question);
    }
    search.found
}

/// The advice of the rule that decides, its urgency, and the rule.
fn decided(logic: &Logic, effective: &Effective) -> (u16, u8, u16) {
    let rule = Outcome::rule(logic, effective);
    let advice = logic.rules.get(usize::from(rule)).map_or(0, |rule| rule.advice);
    (advice, logic.advice.get(usize::from(advice)).map_or(0, |advice| advice.urgency), rule)
}

struct Search<'a> {
    logic: &'a Logic,
    answers: &'a Answers,
    effective: Effective,
    /// The urgency as it is.
    now: u8,
    urgency: Ordering,
    /// Whether what is asked because of a changed question loses its answers.
    renews: bool,
    found: Vec<Change>,
}

impl<'a> Search<'a> {
    fn new(logic: &'a Logic, answers: &'a Answers, urgency: Ordering) -> Self {
        let effective = answers.effective(logic);
        let now = decided(logic, &effective).1;
        Self { logic, answers, effective, now, urgency, renews: false, found: Vec::new() }
    }

    fn questions(&self) -> Vec<u16> {
        Path::walk(self.logic, &self.effective).asked_and_next()
    }

    fn question(&mut self, index: u16) {
        match self.logic.question(index).map(|question| question.kind) {
            Some(Kind::Scale { min, max } | Kind::Number { min, max }) => self.scale(index, min, max),
            Some(_) => self.options(index),
            None => {}
        }
    }

    fn options(&mut self, question: u16) {
        let facts = self.effective.facts(self.logic);
        let (shown, chosen) = (self.effective.options(question).unwrap_or(0), facts.chosen(question));
        let follow_ups = if self.renews { self.logic.follow_ups(question) } else { Vec::new() };
        // A sign that was there before is not noticed anew.
        let tried = if self.renews { shown & !chosen } else { shown };
        for option in (0_u16..64).filter(|option| tried >> option & 1 == 1) {
            let mut changed = self.answers.clone();
            changed.tick(self.logic, question, option, chosen >> option & 1 == 0);
            for follow_up in &follow_ups {
                changed.put(*follow_up, None);
            }
            self.attempt(&changed, question, Some(option));
        }
    }

    fn scale(&mut self, question: u16, min: i32, max: i32) {
        let now = match self.effective.facts(self.logic).answer(question) {
            Some(Answer::Number(number)) => number,
            _ => min.saturating_sub(1),
        };
        let mut rate = |number| {
            let mut changed = self.answers.clone();
            changed.put(question, Some(Answer::Number(number)));
            self.attempt(&changed, question, None)
        };
        let _ = (min..now).rev().any(&mut rate);
        let _ = (now.saturating_add(1)..=max).any(rate);
    }

    /// Writes the change down if it leads where it should.
    fn attempt(&mut self, changed: &Answers, question: u16, option: Option<u16>) -> bool {
        let effective = changed.effective(self.logic);
        let (advice, urgency, rule) = decided(self.logic, &effective);
        match effective.facts(self.logic).answer(question) {
            Some(answer) if urgency.cmp(&self.now) == self.urgency => {
                self.found.push(Change { question, option, answer, advice, rule, renews: self.renews });
                true
            }
            _ => false,
        }
    }
}
