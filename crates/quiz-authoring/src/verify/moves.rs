//! What a step does to the answers, as decision diagrams.

use biodivine_lib_bdd::{Bdd, BddValuation, BddVariable};
use quiz_engine::Kind;

use super::model::Model;
use super::number::Number;
use super::space::Form;
use crate::properties::Step;

/// A change of one answer: where it can be made, and what the variables are afterwards.
#[derive(Debug)]
pub(crate) struct Move {
    pub(crate) from: Bdd,
    pub(crate) to: Vec<(BddVariable, bool)>,
    /// The digits of a number that is one higher afterwards, the lowest first; none where no number is raised.
    raised: Vec<BddVariable>,
}

impl Move {
    /// Variables get values, whatever they were.
    pub(crate) fn new(from: Bdd, to: Vec<(BddVariable, bool)>) -> Self {
        Self { from, to, raised: Vec::new() }
    }

    /// Where something is true after the move, by the answers before it.
    pub(crate) fn after(&self, region: &Bdd) -> Bdd {
        one_higher(&region.restrict(&self.to), &self.raised)
    }

    /// The point after the move.
    pub(crate) fn moved(&self, point: &BddValuation) -> BddValuation {
        let mut point = point.clone();
        self.to.iter().for_each(|(variable, value)| point.set_value(*variable, *value));
        for digit in &self.raised {
            let carries = point.value(*digit);
            point.set_value(*digit, !carries);
            if !carries {
                break;
            }
        }
        point
    }
}

impl Model<'_> {
    /// The moves that a step consists of: one, or two where a number is asked: it is the least one where there was none,
    /// or one higher.
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
        Some(Move::new(self.space.set.mk_not_var(own), to))
    }

    /// Exactly this option is chosen, whatever was.
    pub(crate) fn only(&self, question: u16, option: u16) -> Option<Move> {
        let own = *self.reading.options(question).get(usize::from(option))?;
        let to = self.variables(question).into_iter().map(|variable| (variable, variable == own)).collect();
        Some(Move::new(self.space.set.mk_true(), to))
    }

    /// The answer is taken away.
    pub(crate) fn cleared(&self, question: u16) -> Move {
        let to = self.variables(question).into_iter().map(|variable| (variable, false)).collect();
        Move::new(self.space.set.mk_true(), to)
    }

    fn raises(&self, question: u16) -> Vec<Move> {
        let range = self.logic.question(question).and_then(|question| question.kind.range());
        let Some((least, greatest)) = range else { return Vec::new() };
        let first = self.rated(question, least).map(|first| Move::new(self.at(&self.cleared(question)), first.to));
        first.into_iter().chain(self.raise(question, least, greatest)).collect()
    }

    /// The number is one higher.
    fn raise(&self, question: u16, least: i32, greatest: i32) -> Option<Move> {
        let set = &self.space.set;
        let Form::Number { min, answered, bits, .. } = &self.reading.slot(self.space, question)?.form else {
            return None;
        };
        let number = Number::of_bits(*min, bits.iter().map(|bit| set.mk_var(*bit)), set.mk_var(*answered));
        let from = number.between(i64::from(least), i64::from(greatest) - 1);
        Some(Move { from, to: Vec::new(), raised: bits.clone() })
    }

    /// The numbers with which a question is answered in a region in which it always is; where they are very many, some of
    /// them, evenly and with the least and the greatest.
    pub(crate) fn numbers(&self, question: u16, region: &Bdd) -> Vec<i32> {
        let slot = self.reading.slot(self.space, question);
        let Some(Form::Number { min, bits, .. }) = slot.map(|slot| &slot.form) else { return Vec::new() };
        let others = self.space.set.variables().into_iter().filter(|variable| !bits.contains(variable));
        let mut ranges = Vec::new();
        collect(&region.exists(&others.collect::<Vec<_>>()), bits, i64::from(*min), &mut ranges);
        let count: i64 = ranges.iter().map(|(_, count)| count).sum();
        let most = most_listed(region);
        let listed = count.min(most);
        let places = (0..listed).map(|place| if listed < count { place * (count - 1) / (most - 1) } else { place });
        places.filter_map(|place| i32::try_from(nth(&ranges, place)?).ok()).collect()
    }

    /// The question is answered with this number.
    pub(crate) fn rated(&self, question: u16, number: i32) -> Option<Move> {
        let slot = self.reading.slot(self.space, question)?;
        let Form::Number { min, answered, bits, .. } = &slot.form else { return None };
        let distance = number.checked_sub(*min)?;
        let bits = bits.iter().zip(0_u32..31).map(|(variable, bit)| (*variable, distance >> bit & 1 == 1));
        Some(Move::new(self.space.set.mk_true(), bits.chain([(*answered, true)]).collect()))
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

/// How many numbers are listed at most; fewer where the diagram is large, for each of them goes through it.
fn most_listed(region: &Bdd) -> i64 {
    if region.size() < 10_000 { 64 } else { 8 }
}

/// The number at a place of ranges, each given by its beginning and its length.
fn nth(ranges: &[(i64, i64)], mut place: i64) -> Option<i64> {
    for (from, count) in ranges {
        if place < *count {
            return Some(from + place);
        }
        place -= count;
    }
    None
}

/// Writes down the ranges of which a region of these digits consists, the lowest digit first.
fn collect(region: &Bdd, bits: &[BddVariable], from: i64, ranges: &mut Vec<(i64, i64)>) {
    match bits.split_last() {
        _ if region.is_false() => {}
        Some((highest, lower)) if !region.is_true() => {
            collect(&region.var_restrict(*highest, false), lower, from, ranges);
            collect(&region.var_restrict(*highest, true), lower, from + (1 << lower.len()), ranges);
        }
        _ => ranges.push((from, 1 << bits.len())),
    }
}

/// Where something is true of a number that is one higher, by the number as it is; its digits, the lowest first. Raising
/// sets the lowest digit that is not set, and takes away those below it.
fn one_higher(region: &Bdd, digits: &[BddVariable]) -> Bdd {
    let mut raised = if digits.is_empty() { region.clone() } else { region.and_not(region) };
    for (place, digit) in digits.iter().enumerate().rev() {
        let with = |lower: bool| {
            let below = digits.iter().take(place).map(|digit| (*digit, lower));
            below.chain([(*digit, !lower)]).collect::<Vec<_>>()
        };
        raised = raised.or(&region.restrict(&with(false)).select(&with(true)));
    }
    raised
}
