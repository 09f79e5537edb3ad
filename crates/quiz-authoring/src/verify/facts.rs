//! What conditions are tested on, as decision diagrams: the twin of `quiz_engine::Facts`.
//!
//! Each arm of [`Facts::hold`] says of all answers at once what the engine's says of one set. Tests run both on the same
//! answers, for every rule and every option that it depends on.

use std::cell::RefCell;
use std::collections::BTreeMap;

use biodivine_lib_bdd::{Bdd, BddVariableSet};
use quiz_engine::{Condition, Logic};

use super::number::Number;
use super::space::{Form, Reading, Space};

/// The answer to one question, as far as it counts.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// Where the question is shown.
    pub(crate) shown: Bdd,
    /// Where it is shown and has an answer that counts.
    pub(crate) answered: Bdd,
    /// For each option where it is offered, whether or not the question is shown.
    pub(crate) offered: Vec<Bdd>,
    /// For each option where it is chosen and counts.
    pub(crate) chosen: Vec<Bdd>,
    /// What it counts in sums: the number, or the points of what is chosen; present nowhere where options have none.
    counted: Number,
}

/// The answers that count, for all answers at once.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    logic: &'a Logic,
    set: &'a BddVariableSet,
    /// For each question what is known of it; shorter while the questions behind are not decided yet.
    pub(crate) of: Vec<Fact>,
    /// For each term where it holds, once all questions are decided.
    terms: Vec<Bdd>,
    /// Terms as they were needed before that, each with where it holds by the questions decided so far.
    early: RefCell<BTreeMap<u16, Bdd>>,
}

impl<'a> Facts<'a> {
    /// Decides question by question what is shown, as [`quiz_engine::Answers::effective`] does.
    pub(crate) fn of(logic: &'a Logic, space: &'a Space, reading: &Reading) -> Self {
        let mut facts = Self { logic, set: &space.set, of: Vec::new(), terms: Vec::new(), early: RefCell::default() };
        for question in logic.question_indices() {
            let fact = facts.next(space, reading, question);
            facts.of.push(fact);
            facts.early.take();
        }
        for term in &logic.terms {
            let holds = facts.hold(term);
            facts.terms.push(holds);
        }
        facts
    }

    fn next(&self, space: &Space, reading: &Reading, index: u16) -> Fact {
        let set = self.set;
        let Some(question) = self.logic.question(index) else { return self.nothing() };
        let shown = self.hold(&question.shown);
        let offered: Vec<Bdd> = question.options.iter().map(|option| self.hold(&option.shown)).collect();
        let form = reading.slot(space, index).map(|slot| &slot.form);
        if let (Some(Form::Number { min, answered, bits, .. }), Some((least, greatest))) = (form, question.kind.range())
        {
            let is_there = shown.and(&set.mk_var(*answered));
            let counted = Number::of_bits(*min, bits.iter().map(|bit| set.mk_var(*bit)), is_there);
            let counted = counted.present_within(i64::from(least), i64::from(greatest));
            return Fact { shown, answered: counted.present().clone(), offered, chosen: Vec::new(), counted };
        }
        let variables = reading.options(index).iter();
        let chosen: Vec<Bdd> = offered
            .iter()
            .zip(variables)
            .map(|(offered, variable)| shown.and(offered).and(&set.mk_var(*variable)))
            .collect();
        let answered = chosen.iter().fold(set.mk_false(), |any, chosen| any.or(chosen));
        let points = chosen.iter().cloned().zip(question.points.iter().copied());
        let counted = match question.points.as_slice() {
            [] => Number::absent(set),
            _ => Number::points(set, points, answered.clone()),
        };
        Fact { shown, answered, offered, chosen, counted }
    }

    fn nothing(&self) -> Fact {
        let no = self.set.mk_false();
        let counted = Number::absent(self.set);
        Fact { shown: no.clone(), answered: no, offered: Vec::new(), chosen: Vec::new(), counted }
    }

    /// Where a condition holds. A question that is not decided yet has no answer.
    pub(crate) fn hold(&self, condition: &Condition) -> Bdd {
        let set = self.set;
        match condition {
            Condition::Always => set.mk_true(),
            Condition::All(of) => of.iter().fold(set.mk_true(), |all, each| all.and(&self.hold(each))),
            Condition::Any(of) => of.iter().fold(set.mk_false(), |any, each| any.or(&self.hold(each))),
            Condition::Not(inner) => self.hold(inner).not(),
            Condition::AtLeast { count, of } => {
                Number::count(set, of.iter().map(|each| self.hold(each))).between(i64::from(*count), i64::MAX)
            }
            Condition::Chosen { question, options } => self.chosen(*question, *options),
            Condition::Answered(question) => self.fact(*question).map_or(set.mk_false(), |fact| fact.answered.clone()),
            Condition::Sum { questions, at_least, at_most, skip } => {
                self.sum(questions, *skip).between(*at_least, *at_most)
            }
            Condition::Mean { questions, at_least, at_most, skip } => {
                self.mean(questions, (*at_least, *at_most), *skip)
            }
            Condition::Term(term) => self.term(*term),
        }
    }

    fn fact(&self, question: u16) -> Option<&Fact> {
        self.of.get(usize::from(question))
    }

    fn chosen(&self, question: u16, options: u64) -> Bdd {
        let chosen = self.fact(question).map(|fact| fact.chosen.as_slice()).unwrap_or_default();
        let named = chosen.iter().zip(0_u32..64).filter(|(_, bit)| options >> bit & 1 == 1);
        named.fold(self.set.mk_false(), |any, (chosen, _)| any.or(chosen))
    }

    /// What each of these questions counts.
    fn counted(&self, questions: &[u16]) -> Vec<Number> {
        let fact = |question: &u16| self.fact(*question).map(|fact| fact.counted.clone());
        questions.iter().map(|question| fact(question).unwrap_or_else(|| Number::absent(self.set))).collect()
    }

    fn sum(&self, questions: &[u16], skip: bool) -> Number {
        let counted = self.counted(questions);
        if skip { Number::sum_of_present(self.set, &counted) } else { Number::sum(self.set, counted) }
    }

    /// Where gaps are passed over, a mean is a sum with other bounds for each number of answers that are there.
    fn mean(&self, questions: &[u16], bounds: (i64, i64), skip: bool) -> Bdd {
        let sum = self.sum(questions, skip);
        let within = |count: i64| {
            let (least, most) = bounds_of_sum(bounds, count);
            sum.between(least, most)
        };
        let all = i64::try_from(questions.len()).unwrap_or(i64::MAX);
        if !skip {
            return if all > 0 { within(all) } else { self.set.mk_false() };
        }
        let there = self.counted(questions);
        let there = Number::count(self.set, there.iter().map(|number| number.present().clone()));
        (1..=all).fold(self.set.mk_false(), |any, count| any.or(&there.between(count, count).and(&within(count))))
    }

    fn term(&self, term: u16) -> Bdd {
        let place = usize::from(term);
        if let Some(known) = self.terms.get(place) {
            return known.clone();
        }
        if let Some(known) = self.early.borrow().get(&term) {
            return known.clone();
        }
        let holds = self.logic.terms.get(place).map_or(self.set.mk_false(), |named| self.hold(named));
        self.early.borrow_mut().insert(term, holds.clone());
        holds
    }
}

/// The bounds of the sum of so many numbers whose mean lies between bounds in thousandths: no rounding may move it across
/// one.
fn bounds_of_sum((at_least, at_most): (i64, i64), count: i64) -> (i64, i64) {
    let least = -(-i128::from(at_least) * i128::from(count)).div_euclid(1000);
    let most = (i128::from(at_most) * i128::from(count)).div_euclid(1000);
    (within_i64(least), within_i64(most))
}

fn within_i64(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}
