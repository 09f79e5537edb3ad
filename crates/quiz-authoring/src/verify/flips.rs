//! For every rule and every option that it depends on, answers on either side: the rule decides on one and not on the
//! other. Whoever runs the engine on them sees whether it agrees with the diagrams.

use biodivine_lib_bdd::Bdd;

use super::moves::Move;
use super::prover::Prover;
use super::report::{Flip, WithoutInfluence};
use crate::properties::Step;

/// The flips, and the options that a rule names without any.
#[derive(Debug, Default)]
pub(super) struct Flips {
    pub(super) all: Vec<Flip>,
    pub(super) without: Vec<WithoutInfluence>,
}

/// Flips of one rule.
pub(super) fn of_rule(prover: &Prover<'_>, rule: u16) -> Flips {
    let model = &prover.model;
    let place = usize::from(rule);
    let (Some(holds), Some(decides)) = (model.holds.get(place), model.decides.get(place)) else {
        return Flips::default();
    };
    let mut flips = Flips::default();
    let depends = holds.and(&model.taken).support_set();
    let depends_on = holds.support_set();
    for question in prover.logic().question_indices() {
        for step in places(prover, question, &|variable| depends_on.contains(&variable) && depends.contains(&variable))
        {
            let found: Vec<Flip> =
                changes(prover, step).iter().flat_map(|change| between(prover, rule, decides, change)).collect();
            if found.is_empty() {
                let (rule, option) = (prover.key(rule).to_owned(), step.name(prover.logic()));
                flips.without.push(WithoutInfluence { rule, option });
            }
            flips.all.extend(found);
        }
    }
    flips
}

type DependsOn<'a> = dyn Fn(biodivine_lib_bdd::BddVariable) -> bool + 'a;

/// The options of a question that a condition depends on, or the question itself where it is a scale.
fn places(prover: &Prover<'_>, question: u16, depends_on: &DependsOn<'_>) -> Vec<Step> {
    let options = prover.model.reading.options(question);
    if options.is_empty() {
        let is_named = prover.model.variables(question).into_iter().any(depends_on);
        return is_named.then_some(Step { question, option: None }).into_iter().collect();
    }
    let named = options.iter().zip(0_u16..).filter(|(variable, _)| depends_on(**variable));
    named.map(|(_, option)| Step { question, option: Some(option) }).collect()
}

/// A change of one answer, and what it is called.
struct Change {
    name: String,
    from: Bdd,
    made: Move,
}

/// The changes that flip an option: it is taken away, or another is chosen in its place. On a scale, each raise by one.
fn changes(prover: &Prover<'_>, step: Step) -> Vec<Change> {
    let (model, name) = (&prover.model, step.name(prover.logic()));
    let Some(option) = step.option else {
        let raises = model.moves(step).into_iter();
        return raises.map(|made| Change { name: format!("{name} by one"), from: made.from.clone(), made }).collect();
    };
    let Some(own) = model.reading.options(step.question).get(usize::from(option)) else { return Vec::new() };
    let from = model.space.set.mk_var(*own);
    let dropped = Move { from: from.clone(), to: vec![(*own, false)] };
    let dropped = Change { name: format!("{name} or not"), from: from.clone(), made: dropped };
    let others = (0_u16..).zip(model.reading.options(step.question)).filter(|(other, _)| *other != option);
    let is_one = prover.logic().question(step.question).is_some_and(|question| question.kind == quiz_engine::Kind::One);
    let replaced = others.filter(|_| is_one).filter_map(|(other, _)| {
        let made = model.only(step.question, other)?;
        let other = Step { question: step.question, option: Some(other) }.name(prover.logic());
        Some(Change { name: format!("{name} or {other}"), from: from.clone(), made })
    });
    std::iter::once(dropped).chain(replaced).collect()
}

/// An example for each way in which the change makes a difference to the rule.
fn between(prover: &Prover<'_>, rule: u16, decides: &Bdd, change: &Change) -> Vec<Flip> {
    let model = &prover.model;
    let (before, after) = (decides, change.made.after(decides));
    let lost = change.from.and(&before.and_not(&after));
    let won = change.from.and(&after.and_not(before));
    let lost = model.example(&lost).map(|point| (point.clone(), change.made.moved(&point)));
    let won = model.example(&won).map(|point| (change.made.moved(&point), point));
    let pairs = [(lost, "with"), (won, "without")].into_iter().filter_map(|(pair, side)| Some((pair?, side)));
    let flips = pairs.filter_map(|((decides, other), side)| {
        Some(Flip {
            rule: prover.key(rule).to_owned(),
            flip: format!("{}; decides {side}", change.name),
            decides: prover.case(&decides)?,
            does_not: prover.case(&other)?,
        })
    });
    flips.collect()
}
