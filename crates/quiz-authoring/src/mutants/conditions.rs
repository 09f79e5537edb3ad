//! The faults of a condition: a part is left out, an option is another, a bound or a count is one off, a *not* is lost.

use quiz_engine::Condition;

use crate::content::Content;
use crate::graph::condition_in_one_line;

/// Bounds beyond this are as good as none.
const FAR: i64 = i64::MAX / 4;

/// The condition with each of its faults, and what was changed.
pub(super) fn faulty(content: &Content, condition: &Condition) -> Vec<(String, Condition)> {
    let mut all = faults(content, condition);
    if *condition != Condition::Always {
        all.push(("it holds always".to_owned(), Condition::Always));
    }
    all
}

fn faults(content: &Content, condition: &Condition) -> Vec<(String, Condition)> {
    let said = |condition: &Condition| condition_in_one_line(content, condition);
    match condition {
        Condition::Always | Condition::Answered(_) | Condition::Term(_) => Vec::new(),
        Condition::All(of) => parts(content, of, Condition::All),
        Condition::Any(of) => parts(content, of, Condition::Any),
        Condition::Not(inner) => {
            let within = faults(content, inner).into_iter();
            let negated = within.map(|(change, inner)| (change, Condition::Not(Box::new(inner))));
            let lost = (format!("the not before ({}) is lost", said(inner)), (**inner).clone());
            negated.chain([lost]).collect()
        }
        Condition::AtLeast { count, of } => {
            let counted = |count| move |of| Condition::AtLeast { count, of };
            let others = [count.saturating_sub(1), count.saturating_add(1)];
            let others = others.into_iter().filter(|other| (1..=of.len()).contains(&usize::from(*other)));
            let off = others.map(|other| (format!("at least {other} in place of {count}"), counted(other)(of.clone())));
            off.chain(parts(content, of, counted(*count))).collect()
        }
        Condition::Chosen { question, options } => other_options(content, *question, *options),
        Condition::Sum { .. } | Condition::Mean { .. } => other_bounds(condition)
            .into_iter()
            .map(|other| (format!("({}) in place of ({})", said(&other), said(condition)), other))
            .collect(),
    }
}

/// One part left out, or faulty.
fn parts(content: &Content, of: &[Condition], made: impl Fn(Vec<Condition>) -> Condition) -> Vec<(String, Condition)> {
    let mut all = Vec::new();
    for (index, part) in of.iter().enumerate() {
        if of.len() > 1 {
            let mut rest = of.to_vec();
            rest.remove(index);
            all.push((format!("({}) is left out", condition_in_one_line(content, part)), made(rest)));
        }
        for (change, part) in faults(content, part) {
            let mut parts = of.to_vec();
            if let Some(place) = parts.get_mut(index) {
                *place = part;
            }
            all.push((change, made(parts)));
        }
    }
    all
}

/// Each option left out, where others are left, and each in place of the next one that is not among them.
fn other_options(content: &Content, question: u16, options: u64) -> Vec<(String, Condition)> {
    let Some(asked) = content.logic.question(question) else { return Vec::new() };
    let count = u16::try_from(asked.options.len()).unwrap_or(u16::MAX);
    let name = |option: u16| asked.options.get(usize::from(option)).map(|option| &*option.id).unwrap_or_default();
    let chosen = |options| Condition::Chosen { question, options };
    let has = |option: u16| options & (1 << option) != 0;
    let mut all = Vec::new();
    for option in (0..count).filter(|option| has(*option)) {
        let rest = options & !(1 << option);
        if rest != 0 {
            all.push((format!("{}.{} is left out", asked.id, name(option)), chosen(rest)));
        }
        let next = (1..count).map(|step| (option + step) % count).find(|other| !has(*other));
        if let Some(other) = next {
            let change = format!("{}.{} in place of {}", asked.id, name(other), name(option));
            all.push((change, chosen(rest | 1 << other)));
        }
    }
    all
}

/// Each bound looser and tighter by what one point of one answer makes. A mean that this does not divide is moved far
/// enough that a looser bound takes one point more in, and a tighter one no more than one out.
fn other_bounds(condition: &Condition) -> Vec<Condition> {
    let (tighter, looser) = match condition {
        Condition::Mean { questions, .. } => {
            let count = i64::try_from(questions.len().max(1)).unwrap_or(1);
            (1000 / count, -(-1000_i64).div_euclid(count))
        }
        _ => (1, 1),
    };
    let moved = |by: [i64; 2]| {
        let mut other = condition.clone();
        if let Condition::Sum { at_least, at_most, .. } | Condition::Mean { at_least, at_most, .. } = &mut other {
            for (bound, by) in [at_least, at_most].into_iter().zip(by).filter(|(bound, _)| bound.abs() < FAR) {
                *bound += by;
            }
        }
        other
    };
    let all = [[tighter, 0], [-looser, 0], [0, looser], [0, -tighter]].map(moved);
    all.into_iter().filter(|other| other != condition).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least whole sum of three answers that a bound on their mean lets in, and the greatest.
    fn sums(condition: &Condition) -> Vec<i64> {
        let Condition::Mean { at_least, at_most, .. } = condition else { return Vec::new() };
        (-100..=100).filter(|sum| (at_least * 3..=at_most * 3).contains(&(sum * 1000))).collect()
    }

    #[test]
    fn a_mean_that_a_point_does_not_divide_is_moved_by_one_point_all_the_same() {
        let mean = Condition::Mean { questions: vec![0, 1, 2], at_least: 4000, at_most: 6000, skip: false };
        let moved: Vec<(i64, i64)> = other_bounds(&mean)
            .iter()
            .map(|other| (sums(other).first().copied().unwrap_or(0), sums(other).last().copied().unwrap_or(0)))
            .collect();
        assert_eq!(moved, [(13, 18), (11, 18), (12, 19), (12, 17)]);
    }
}
