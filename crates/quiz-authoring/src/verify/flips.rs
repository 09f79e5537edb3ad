//! For every rule and every result, and every option that it depends on, answers on either side: it decides on one and
//! not on the other. Whoever runs the engine on them sees whether it agrees with the diagrams.

use biodivine_lib_bdd::Bdd;

use super::moves::Move;
use super::prover::{Decision, Prover};
use super::report::{Flip, WithoutInfluence};
use crate::properties::Step;

/// The flips, and the options that a rule or result names without any.
#[derive(Debug, Default)]
pub(super) struct Flips {
    pub(super) all: Vec<Flip>,
    pub(super) without: Vec<WithoutInfluence>,
}

/// Flips of one rule or result.
pub(super) fn of(prover: &Prover<'_>, decision: &Decision<'_>) -> Flips {
    let mut flips = Flips::default();
    let depends = decision.holds.and(&prover.model.taken).support_set();
    let depends_on = decision.holds.support_set();
    for question in prover.logic().question_indices() {
        for step in places(prover, question, &|variable| depends_on.contains(&variable) && depends.contains(&variable))
        {
            let found: Vec<Flip> =
                changes(prover, step).iter().flat_map(|change| between(prover, decision, change)).collect();
            if found.is_empty() {
                let (rule, option) = (decision.key.clone(), step.name(prover.logic()));
                flips.without.push(WithoutInfluence { rule, option });
            }
            flips.all.extend(found);
        }
    }
    flips
}

type DependsOn<'a> = dyn Fn(biodivine_lib_bdd::BddVariable) -> bool + 'a;

/// The options of a question that a condition depends on, or the question itself where it asks for a number.
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
    /// The question, where it is a number that is changed: each that makes a difference is one of its own.
    number: Option<u16>,
    from: Bdd,
    made: Move,
}

/// The changes that flip an option: it is taken away, or another is chosen in its place. Of a number, each raise by one.
fn changes(prover: &Prover<'_>, step: Step) -> Vec<Change> {
    let (model, name) = (&prover.model, step.name(prover.logic()));
    let Some(option) = step.option else {
        let raises = model.moves(step).into_iter();
        let change = |made: Move| Change {
            name: format!("{name} by one"),
            number: Some(step.question),
            from: made.from.clone(),
            made,
        };
        return raises.map(change).collect();
    };
    let Some(own) = model.reading.options(step.question).get(usize::from(option)) else { return Vec::new() };
    let from = model.space.set.mk_var(*own);
    let dropped = Move::new(from.clone(), vec![(*own, false)]);
    let dropped = Change { name: format!("{name} or not"), number: None, from: from.clone(), made: dropped };
    let others = (0_u16..).zip(model.reading.options(step.question)).filter(|(other, _)| *other != option);
    let is_one = prover.logic().question(step.question).is_some_and(|question| question.kind == quiz_engine::Kind::One);
    let replaced = others.filter(|_| is_one).filter_map(|(other, _)| {
        let made = model.only(step.question, other)?;
        let other = Step { question: step.question, option: Some(other) }.name(prover.logic());
        Some(Change { name: format!("{name} or {other}"), number: None, from: from.clone(), made })
    });
    std::iter::once(dropped).chain(replaced).collect()
}

/// An example for each way in which the change makes a difference to the rule or result.
fn between(prover: &Prover<'_>, decision: &Decision<'_>, change: &Change) -> Vec<Flip> {
    let (before, after) = (decision.decides, change.made.after(decision.decides));
    let lost = change.from.and(&before.and_not(&after)).and(&prover.model.taken);
    let won = change.from.and(&after.and_not(before)).and(&prover.model.taken);
    let both = lost.or(&won);
    let flips = differing(prover, change, &both).into_iter().flat_map(|here| {
        let sides = [(lost.and(&here), "with"), (won.and(&here), "without")];
        sides.into_iter().filter_map(|(region, side)| flip(prover, decision, change, &region, side))
    });
    flips.collect()
}

/// The region as it is, or a part for each number that is changed.
fn differing(prover: &Prover<'_>, change: &Change, region: &Bdd) -> Vec<Bdd> {
    let model = &prover.model;
    match change.number {
        Some(question) if change.made.to.is_empty() => {
            let numbers = model.numbers(question, region).into_iter();
            numbers.filter_map(|number| Some(model.at(&model.rated(question, number)?))).collect()
        }
        _ => vec![region.clone()],
    }
}

/// An example of a region in which the rule or result decides before the change (`with`) or after it (`without`).
fn flip(prover: &Prover<'_>, decision: &Decision<'_>, change: &Change, region: &Bdd, side: &str) -> Option<Flip> {
    let at = prover.model.example(region)?;
    let after = change.made.moved(&at);
    let (decides, other) = if side == "with" { (at, after) } else { (after, at) };
    Some(Flip {
        rule: decision.key.clone(),
        flip: format!("{}; decides {side}", change.name),
        decides: prover.case(&decides)?,
        does_not: prover.case(&other)?,
    })
}
