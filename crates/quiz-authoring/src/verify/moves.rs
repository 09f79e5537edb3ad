//! What a step does to the answers, as decision diagrams.

use biodivine_lib_bdd::{Bdd, BddValuation, BddVariable};
use quiz_engine::Kind;

use super::model::Model;
use super::space::Form;
use crate::properties::Step;

/// A change of one answer: where it can be made, and what the variables are afterwards.
#[derive(Debug)]
pub(crate) struct Move {
    pub(crate) from: Bdd,
    pub(crate) to: Vec<(BddVariable, bool)>,
}

impl Move {
    /// Where something is true after the move, by the answers before it.
    pub(crate) fn after(&self, region: &Bdd) -> Bdd {
        region.restrict(&self.to)
    }

    /// The point after the move.
    pub(crate) fn moved(&self, point: &BddValuation) -> BddValuation {
        let mut point = point.clone();
        self.to.iter().for_each(|(variable, value)| point.set_value(*variable, *value));
        point
    }
}

impl Model<'_> {
    /// The moves that a step consists of: one, or one for each number that can be raised.
    pub(crate) fn moves(&self, step: Step) -> Vec<Move> {
        match step.option {
            Some(option) => self.choice(step.question, option).into_iter().collect(),
            None => self.raises(step.question),
        }
    }

    /// An option is ticked, which clears exclusive ones, or chosen in place of any other.
    fn choice(&self, question: u16, option: u16) -> Option<Move> {
        let asked = self.logic.question(question)?;
        let own = *self.reading.options(question).get(usize::from(option))?;
        let is_exclusive = |place: usize| asked.options.get(place).is_some_and(|option| option.exclusive);
        let clears_all = asked.kind != Kind::Many || is_exclusive(usize::from(option));
        let others = self.reading.options(question).iter().enumerate();
        let cleared = others.filter(|(place, variable)| **variable != own && (clears_all || is_exclusive(*place)));
        let to = cleared.map(|(_, variable)| (*variable, false)).chain([(own, true)]).collect();
        Some(Move { from: self.space.set.mk_not_var(own), to })
    }

    /// Exactly this option is chosen, whatever was.
    pub(crate) fn only(&self, question: u16, option: u16) -> Option<Move> {
        let own = *self.reading.options(question).get(usize::from(option))?;
        let to = self.variables(question).into_iter().map(|variable| (variable, variable == own)).collect();
        Some(Move { from: self.space.set.mk_true(), to })
    }

    /// The answer is taken away.
    pub(crate) fn cleared(&self, question: u16) -> Move {
        let to = self.variables(question).into_iter().map(|variable| (variable, false)).collect();
        Move { from: self.space.set.mk_true(), to }
    }

    /// The number is raised by one, or is the least one where there was none. Only raises at which some rule begins or
    /// ends to decide are given: all others change nothing.
    fn raises(&self, question: u16) -> Vec<Move> {
        let Some(Kind::Scale { min, max }) = self.logic.question(question).map(|question| question.kind) else {
            return Vec::new();
        };
        let numbers = self.bounds(question).into_iter().filter(|number| (min.saturating_add(1)..=max).contains(number));
        let pairs = numbers.map(|number| (self.rated(question, number - 1), self.rated(question, number)));
        let first = (Some(self.cleared(question)), self.rated(question, min));
        let pairs = std::iter::once(first).chain(pairs);
        pairs.filter_map(|(before, after)| Some(Move { from: self.at(&before?), to: after?.to })).collect()
    }

    /// The numbers that begin a range in which no rule tells one number from another.
    fn bounds(&self, question: u16) -> Vec<i32> {
        let slot = self.reading.slot(self.space, question);
        let Some(Form::Scale { min, answered, bits, .. }) = slot.map(|slot| &slot.form) else { return Vec::new() };
        let given: Vec<Bdd> = self.decides.iter().map(|decides| decides.var_restrict(*answered, true)).collect();
        let mut bounds = Vec::new();
        split(&given, bits, i64::from(*min), &mut bounds);
        bounds.into_iter().filter_map(|bound| i32::try_from(bound).ok()).collect()
    }

    /// The scale is answered with this number.
    pub(crate) fn rated(&self, question: u16, number: i32) -> Option<Move> {
        let slot = self.reading.slot(self.space, question)?;
        let Form::Scale { min, answered, bits, .. } = &slot.form else { return None };
        let distance = number.checked_sub(*min)?;
        let bits = bits.iter().zip(0_u32..31).map(|(variable, bit)| (*variable, distance >> bit & 1 == 1));
        Some(Move { from: self.space.set.mk_true(), to: bits.chain([(*answered, true)]).collect() })
    }

    /// Where the variables already are as after the move.
    pub(crate) fn at(&self, goal: &Move) -> Bdd {
        let literals = goal.to.iter().map(|(variable, value)| self.space.set.mk_literal(*variable, *value));
        literals.fold(self.space.set.mk_true(), |all, literal| all.and(&literal))
    }

    /// Where a move lowers the urgency.
    pub(crate) fn lowers(&self, made: &Move) -> Bdd {
        let can = self.taken.and(&made.from);
        let lowered = self.at_least.iter().map(|(_, reached)| reached.and_not(&made.after(reached)));
        lowered.fold(self.nothing.clone(), |all, lowered| all.or(&lowered)).and(&can)
    }
}

/// Writes down where the ranges begin that these regions are made of; `bits` are those that are not decided yet, the
/// lowest first.
fn split(regions: &[Bdd], bits: &[BddVariable], from: i64, bounds: &mut Vec<i64>) {
    let depends = |region: &Bdd| region.support_set().iter().any(|variable| bits.contains(variable));
    match bits.split_last() {
        Some((highest, lower)) if regions.iter().any(depends) => {
            for (value, distance) in [(false, 0), (true, 1_i64 << lower.len())] {
                let half: Vec<Bdd> = regions.iter().map(|region| region.var_restrict(*highest, value)).collect();
                split(&half, lower, from + distance, bounds);
            }
        }
        _ => bounds.push(from),
    }
}
