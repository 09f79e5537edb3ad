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

    /// What chosen options count together, each given by where it is chosen and its points; present where told.
    pub(crate) fn points(set: &BddVariableSet, of: impl IntoIterator<Item = (Bdd, i32)>, present: Bdd) -> Self {
        let each = of.into_iter().map(|(chosen, points)| {
            Self { offset: i64::from(points), digits: Vec::new(), present: chosen }.or_zero(set)
        });
        Self { present, ..Self::sum(set, each) }
    }

    /// The sum of those numbers that are present, present where one of them is.
    pub(crate) fn sum_of_present(set: &BddVariableSet, of: &[Self]) -> Self {
        let present = of.iter().fold(set.mk_false(), |any, each| any.or(&each.present));
        Self { present, ..Self::sum(set, of.iter().map(|each| each.or_zero(set))) }
    }

    /// The number, and zero where there is none.
    fn or_zero(&self, set: &BddVariableSet) -> Self {
        let digits = self.digits.iter().map(|digit| digit.and(&self.present)).collect();
        // What is below zero is counted from there on, and taken back where there is no number.
        let here = if self.offset < 0 { self.present.not() } else { self.present.clone() };
        let from = Self { offset: self.offset.min(0), digits, present: set.mk_true() };
        from.plus(set, &Self::constant_where(set, self.offset.unsigned_abs(), &here))
    }

    /// A number that is this much in one region, and zero elsewhere.
    fn constant_where(set: &BddVariableSet, amount: u64, here: &Bdd) -> Self {
        let is_set = |place: u32| amount >> place & 1 == 1;
        let digits = (0..u64::BITS - amount.leading_zeros())
            .map(|place| if is_set(place) { here.clone() } else { set.mk_false() });
        Self { offset: 0, digits: digits.collect(), present: set.mk_true() }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use biodivine_lib_bdd::{BddValuation, BddVariable, BddVariableSet};

    use super::Number;

    /// Two numbers of three digits, the second one from -5 on and there only where the last variable is true.
    fn numbers(set: &BddVariableSet, variables: &[BddVariable]) -> [Number; 2] {
        let digits =
            |of: &[BddVariable]| of.iter().map(|variable| set.mk_var(*variable)).collect::<Vec<_>>().into_iter();
        let (first, rest) = variables.split_at(3);
        let (second, last) = rest.split_at(3);
        [
            Number::of_bits(0, digits(first), set.mk_true()),
            Number::of_bits(-5, digits(second), set.mk_var(*last.first().unwrap())),
        ]
    }

    fn value(digits: &[bool]) -> i64 {
        digits.iter().zip(0..).map(|(digit, place)| i64::from(*digit) << place).sum()
    }

    #[test]
    fn a_sum_lies_between_bounds_exactly_where_its_numbers_say_so() {
        let set = BddVariableSet::new_anonymous(7);
        let variables = set.variables();
        let sum = Number::sum(&set, numbers(&set, &variables));
        for at_least in -8..=12 {
            for at_most in at_least..=12 {
                let within = sum.between(at_least, at_most);
                for point in 0..128_u32 {
                    let digits: Vec<bool> = (0..7).map(|bit| point >> bit & 1 == 1).collect();
                    let (first, rest) = digits.split_at(3);
                    let (second, last) = rest.split_at(3);
                    let expected = value(first) + value(second) - 5;
                    let is_within = *last.first().unwrap() && (at_least..=at_most).contains(&expected);
                    assert_eq!(within.eval_in(&BddValuation::new(digits.clone())), is_within, "{digits:?}");
                }
            }
        }
    }

    #[test]
    fn bounds_beyond_every_number_hold_everywhere_or_nowhere() {
        let set = BddVariableSet::new_anonymous(7);
        let [number, _] = numbers(&set, &set.variables());
        assert!(number.between(i64::MIN, i64::MAX).is_true());
        assert!(number.between(i64::MIN, -1).is_false());
        assert!(number.between(8, i64::MAX).is_false());
    }

    #[test]
    fn a_sum_of_present_numbers_passes_over_the_others() {
        let set = BddVariableSet::new_anonymous(7);
        let variables = set.variables();
        let holds = |place: usize| set.mk_var(*variables.get(place).unwrap());
        // Two options that count 3 and -7, both told only where one of them is chosen; and a number of two digits from -2
        // on, which is there where the last variable says so.
        let told = holds(0).or(&holds(1));
        let points = Number::points(&set, [(holds(0), 3), (holds(1), -7)], told);
        let number = Number::of_bits(-2, [holds(2), holds(3)].into_iter(), holds(6));
        let sum = Number::sum_of_present(&set, &[points, number]);
        for wanted in -10..=10 {
            let exactly = sum.between(wanted, wanted);
            for point in 0..128_u32 {
                let is = |place: u32| point >> place & 1 == 1;
                let counted = |holds: bool, amount: i64| if holds { amount } else { 0 };
                let points = counted(is(0), 3) + counted(is(1), -7);
                let number = counted(is(6), value(&[is(2), is(3)]) - 2);
                let is_there = is(0) || is(1) || is(6);
                let given = BddValuation::new((0..7).map(is).collect());
                assert_eq!(exactly.eval_in(&given), is_there && points + number == wanted, "{given}");
            }
        }
    }

    #[test]
    fn a_count_is_how_many_hold() {
        let set = BddVariableSet::new_anonymous(7);
        let count = Number::count(&set, set.variables().into_iter().map(|variable| set.mk_var(variable)));
        for wanted in 0..=7_u32 {
            let exactly = count.between(i64::from(wanted), i64::from(wanted));
            let expected = (0..128_u32).filter(|point| point.count_ones() == wanted).count();
            assert_eq!(exactly.exact_cardinality(), expected.into());
        }
    }
}
