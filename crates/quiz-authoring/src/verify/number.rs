//! Whole numbers that depend on the answers, as decision diagrams: one for each binary digit.
//!
//! This is the one place for arithmetic. What the language of conditions learns to say of numbers is put together here
//! out of [`Number::sum`], [`Number::count`] and [`Number::between`]; each is exact for every range.

use biodivine_lib_bdd::{Bdd, BddVariableSet};

/// A number that depends on the answers: `offset` plus what the digits say, and nothing where it is not `present`.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    offset: i64,
    /// The lowest digit first.
    digits: Vec<Bdd>,
    /// Where there is a number at all.
    present: Bdd,
}

impl Number {
    /// A number whose distance from `min` is written in binary, the lowest digit first.
    pub(crate) fn of_bits(min: i32, digits: impl Iterator<Item = Bdd>, present: Bdd) -> Self {
        Self { offset: i64::from(min), digits: digits.collect(), present }
    }

    /// How many of these conditions hold.
    pub(crate) fn count(set: &BddVariableSet, of: impl IntoIterator<Item = Bdd>) -> Self {
        let ones = of.into_iter().map(|holds| Self { offset: 0, digits: vec![holds], present: set.mk_true() });
        Self::sum(set, ones)
    }

    /// The sum of numbers, present where every one of them is.
    pub(crate) fn sum(set: &BddVariableSet, of: impl IntoIterator<Item = Self>) -> Self {
        let nothing = Self { offset: 0, digits: Vec::new(), present: set.mk_true() };
        of.into_iter().fold(nothing, |sum, each| sum.plus(set, &each))
    }

    fn plus(&self, set: &BddVariableSet, other: &Self) -> Self {
        let mut carry = set.mk_false();
        let mut digits = Vec::new();
        let zero = set.mk_false();
        for place in 0..self.digits.len().max(other.digits.len()) {
            let [one, two] = [self, other].map(|number| number.digits.get(place).unwrap_or(&zero));
            let either = one.xor(two);
            digits.push(either.xor(&carry));
            carry = one.and(two).or(&either.and(&carry));
        }
        if !carry.is_false() {
            digits.push(carry);
        }
        Self { offset: self.offset + other.offset, digits, present: self.present.and(&other.present) }
    }

    /// Where the number is present and lies between two bounds, both included.
    pub(crate) fn between(&self, at_least: i64, at_most: i64) -> Bdd {
        let above = at_most.checked_add(1).map(|above| self.reaches(above));
        let within = self.present.and(&self.reaches(at_least));
        above.map_or_else(|| within.clone(), |above| within.and_not(&above))
    }

    /// Where the digits say at least this much, whether or not the number is present.
    fn reaches(&self, bound: i64) -> Bdd {
        let wanted = i128::from(bound) - i128::from(self.offset);
        let no = self.present.and_not(&self.present);
        if wanted <= 0 {
            return no.not();
        }
        if wanted >> self.digits.len() != 0 {
            return no;
        }
        // From the lowest digit up: a higher digit that differs decides, an equal one leaves it to those below.
        self.digits.iter().zip(0_u32..).fold(no.not(), |below, (digit, place)| {
            if wanted >> place & 1 == 1 { digit.and(&below) } else { digit.or(&below) }
        })
    }
}

impl Number {
    /// A number that is never there.
    pub(crate) fn absent(set: &BddVariableSet) -> Self {
        Self { offset: 0, digits: Vec::new(), present: set.mk_false() }
    }

    /// Where there is a number.
    pub(crate) fn present(&self) -> &Bdd {
        &self.present
    }

    /// The number where it lies between two bounds, and none elsewhere.
    pub(crate) fn present_within(mut self, at_least: i64, at_most: i64) -> Self {
        self.present = self.between(at_least, at_most);
        self
    }
}
