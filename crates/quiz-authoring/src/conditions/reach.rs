//! What a sum or a mean of answers can be, so that a bound that nobody can fail or meet is found.

/// The least and the greatest that an answer to a question counts.
pub(crate) type Span = (i64, i64);

/// The least and the greatest of what is tested: each in so many parts of a unit of the bounds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    least: i128,
    greatest: i128,
    parts: i128,
}

/// What is wrong with a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Idle {
    /// Nothing that can be answered meets it.
    Never,
    /// Everything that can be answered meets it.
    Always,
}

impl Reach {
    /// Of the sum of answers. Where gaps are passed over, one answer is enough.
    pub(super) fn of_sum(spans: &[Span], skip: bool) -> Self {
        let [least, greatest] = if skip { some(spans) } else { all(spans) };
        Self { least, greatest, parts: 1 }
    }

    /// Of their mean, in thousandths.
    pub(super) fn of_mean(spans: &[Span], skip: bool) -> Self {
        if skip {
            let [least, greatest] = ends(spans);
            return Self { least: least * 1000, greatest: greatest * 1000, parts: 1 };
        }
        let [least, greatest] = all(spans);
        let parts = i128::try_from(spans.len().max(1)).unwrap_or(1);
        Self { least: least * 1000, greatest: greatest * 1000, parts }
    }

    /// Which of the two bounds is beyond it, by its key.
    pub(super) fn idle(self, [least, most]: [Option<i64>; 2]) -> Vec<(&'static str, i64, Idle)> {
        let least = least.and_then(|bound| Some(("at_least", bound, self.of_at_least(bound)?)));
        let most = most.and_then(|bound| Some(("at_most", bound, self.of_at_most(bound)?)));
        least.into_iter().chain(most).collect()
    }

    fn of_at_least(self, bound: i64) -> Option<Idle> {
        let bound = i128::from(bound) * self.parts;
        let idle = (bound > self.greatest).then_some(Idle::Never);
        idle.or((bound < self.least).then_some(Idle::Always))
    }

    fn of_at_most(self, bound: i64) -> Option<Idle> {
        let bound = i128::from(bound) * self.parts;
        let idle = (bound < self.least).then_some(Idle::Never);
        idle.or((bound > self.greatest).then_some(Idle::Always))
    }

    /// Its ends in units of the bounds; a mean that lies between two of these is cut to the next one inside.
    pub(super) fn ends(self) -> Span {
        let least = -(-self.least).div_euclid(self.parts);
        let greatest = self.greatest.div_euclid(self.parts);
        let within = |number: i128| i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX });
        (within(least), within(greatest))
    }
}

/// The least and the greatest sum of some of these, one at least.
pub(crate) fn some_of(spans: &[Span]) -> Span {
    Reach::of_sum(spans, true).ends()
}

fn all(spans: &[Span]) -> [i128; 2] {
    [|span: &Span| span.0, |span: &Span| span.1].map(|end| spans.iter().map(|span| i128::from(end(span))).sum())
}

/// The least is that of all which lower the sum, or of the least one alone where none does.
fn some(spans: &[Span]) -> [i128; 2] {
    let [least, greatest] = ends(spans);
    let sum = |of: &dyn Fn(&Span) -> i64| spans.iter().map(|span| i128::from(of(span))).sum::<i128>();
    let (lowered, raised) = (sum(&|span| span.0.min(0)), sum(&|span| span.1.max(0)));
    [if least < 0 { lowered } else { least }, if greatest > 0 { raised } else { greatest }]
}

fn ends(spans: &[Span]) -> [i128; 2] {
    let least = spans.iter().map(|span| span.0).min().unwrap_or(0);
    let greatest = spans.iter().map(|span| span.1).max().unwrap_or(0);
    [least.into(), greatest.into()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_with_gaps_reaches_from_its_least_part_to_all_that_raise_it() {
        assert_eq!(Reach::of_sum(&[(1, 4), (2, 5)], true).ends(), (1, 9));
        assert_eq!(Reach::of_sum(&[(1, 4), (2, 5)], false).ends(), (3, 9));
        assert_eq!(Reach::of_sum(&[(-3, -1), (-2, -2)], true).ends(), (-5, -1));
        assert_eq!(Reach::of_sum(&[(-3, 2), (1, 2)], true).ends(), (-3, 4));
    }

    #[test]
    fn a_bound_at_either_end_can_be_met_and_failed_and_one_beyond_cannot() {
        let reach = Reach::of_mean(&[(0, 10), (0, 10), (0, 10)], false);
        assert_eq!([10_000, 10_001].map(|bound| reach.of_at_least(bound)), [None, Some(Idle::Never)]);
        assert_eq!([0, -1].map(|bound| reach.of_at_most(bound)), [None, Some(Idle::Never)]);
        assert_eq!([0, -1].map(|bound| reach.of_at_least(bound)), [None, Some(Idle::Always)]);
        assert_eq!([10_000, 10_001].map(|bound| reach.of_at_most(bound)), [None, Some(Idle::Always)]);
    }
}
