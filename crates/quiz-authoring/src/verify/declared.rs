//! What the content says must hold, see `properties.toml`.

use std::collections::{BTreeMap, BTreeSet};

use biodivine_lib_bdd::BddValuation;
use quiz_engine::{Condition, Logic};

use super::general::GENERAL;
use super::prover::{Prover, Refutation};
use super::report::{Exception, Falls, Property};
use crate::graph::condition_in_one_line;
use crate::properties::{Fall, Monotone, Never, NotLess, Pair, Step};

/// Every property that the content declares.
pub(super) fn prove(prover: &Prover<'_>) -> Vec<Property> {
    let declared = &prover.content.properties;
    let monotone = declared.monotone.iter().map(|property| {
        let names = Step::names(&property.steps, prover.logic());
        let statement = format!("None of these steps ever lowers the urgency: {names}.");
        prover.verdict(&property.id, &statement, step_that_lowers(prover, property))
    });
    let not_less = declared.not_less.iter().map(|property| {
        let pairs = property.pairs.iter().map(|pair| {
            let [answer, than] = names_of(prover, pair);
            format!("{answer} than {than}")
        });
        let pairs: Vec<String> = pairs.collect();
        let given = match &property.given {
            Condition::Always => String::new(),
            given => format!(", where ({}) holds with either", condition_in_one_line(prover.content, given)),
        };
        let statement = format!("An answer never leads to less urgent advice: {}{given}.", pairs.join(", "));
        prover.verdict(&property.id, &statement, answer_that_gives_less(prover, property))
    });
    let never = declared.never.iter().map(|property| {
        let who = condition_in_one_line(prover.content, &property.when);
        let statement = format!("Whoever meets ({who}) reaches none of: {}.", kept_from(prover, property).join(", "));
        prover.verdict(&property.id, &statement, reached_after_all(prover, property))
    });
    let all = monotone.chain(not_less).chain(never);
    all.map(|property| Property { declared: true, ..property }).collect()
}

fn step_that_lowers(prover: &Prover<'_>, property: &Monotone) -> Option<Refutation> {
    let model = &prover.model;
    property.steps.iter().find_map(|step| {
        model.moves(*step).iter().find_map(|made| {
            let at = model.example(&model.lowers(made))?;
            let detail = format!("`{}` lowers the urgency here", step.name(prover.logic()));
            Some(Refutation { detail, after: Some(made.moved(&at)), at: Some(at) })
        })
    })
}

/// Compares every set of options that holds the answer with the other answer alone.
fn answer_that_gives_less(prover: &Prover<'_>, property: &NotLess) -> Option<Refutation> {
    let model = &prover.model;
    let given = model.hold(&property.given);
    property.pairs.iter().find_map(|pair| {
        let answer = *model.reading.options(pair.question).get(usize::from(pair.answer))?;
        let other = model.only(pair.question, pair.than)?;
        let compared = model.space.set.mk_var(answer).and(&model.taken).and(&given).and(&other.after(&given));
        if compared.is_false() {
            return Some(Refutation::plain(never_compared(prover, pair)));
        }
        let less = model.at_least.iter().map(|(_, reached)| other.after(reached).and_not(reached).and(&compared));
        // Hidden, both answers are nothing.
        let at = less.into_iter().find_map(|less| model.example(&less))?;
        let [answer, than] = names_of(prover, pair);
        let detail = format!("`{answer}` leads to less here than `{than}` does");
        Some(Refutation { detail, after: Some(other.moved(&at)), at: Some(at) })
    })
}

fn never_compared(prover: &Prover<'_>, pair: &Pair) -> String {
    let [answer, than] = names_of(prover, pair);
    format!("vacuous: `{answer}` and `{than}` are never compared, for nobody meets `given` with either answer")
}

fn names_of(prover: &Prover<'_>, pair: &Pair) -> [String; 2] {
    [pair.answer, pair.than].map(|option| Step { question: pair.question, option: Some(option) }.name(prover.logic()))
}

fn kept_from(prover: &Prover<'_>, property: &Never) -> Vec<String> {
    let logic = prover.logic();
    let tiers = property.tiers.iter().filter_map(|tier| logic.tiers.get(usize::from(*tier)));
    let sections = property.sections.iter().filter_map(|section| logic.sections.get(usize::from(*section)));
    let sections = sections.map(|section| format!("section {}", section.id));
    let results = property.results.iter().filter_map(|result| Some(format!("result {}", result_id(logic, *result)?)));
    tiers.map(|tier| format!("tier {tier}")).chain(sections).chain(results).collect()
}

/// A result as it is written in `properties.toml`.
pub(crate) fn result_id(logic: &Logic, (group, result): (u16, u16)) -> Option<String> {
    let group = logic.groups.get(usize::from(group))?;
    Some(format!("{}.{}", group.id, group.rules.get(usize::from(result))?.id))
}

fn reached_after_all(prover: &Prover<'_>, property: &Never) -> Option<Refutation> {
    let model = &prover.model;
    let who = model.hold(&property.when).and(&model.taken);
    if who.is_false() {
        return Some(Refutation::plain("vacuous: nobody meets the condition, so nothing is said of anybody"));
    }
    let tiers = property.tiers.iter().map(|tier| model.tier(*tier));
    let sections = property.sections.iter().filter_map(|section| model.shows.get(usize::from(*section)).cloned());
    let results = property.results.iter().filter_map(|(group, result)| {
        let regions = model.groups.get(usize::from(*group))?;
        regions.decides.get(usize::from(*result)).cloned()
    });
    let mut regions = tiers.chain(sections).chain(results).zip(kept_from(prover, property));
    regions.find_map(|(region, what)| {
        let at = model.example(&region.and(&who))?;
        Some(Refutation { detail: format!("{what} is reached here"), at: Some(at), after: None })
    })
}

/// A fall: a step lowers the urgency from one tier to another.
struct Found {
    step: Step,
    from: u16,
    to: u16,
    at: BddValuation,
    after: BddValuation,
}

/// Every fall of every step that there is, each with an example.
fn falls(prover: &Prover<'_>) -> Vec<Found> {
    let logic = prover.logic();
    let steps = logic.question_indices().flat_map(|question| Step::all_of(logic, question));
    steps.flat_map(|step| falls_of(prover, step)).collect()
}

fn falls_of(prover: &Prover<'_>, step: Step) -> Vec<Found> {
    let model = &prover.model;
    let tiers = (0_u16..).zip(&prover.logic().tiers).map(|(tier, _)| tier);
    let mut found: BTreeMap<(u16, u16), Found> = BTreeMap::new();
    for made in model.moves(step) {
        let lowers = model.lowers(&made);
        for from in tiers.clone() {
            let before = lowers.and(&model.tier(from));
            for to in tiers.clone().filter(|_| !before.is_false()) {
                if let Some(at) = model.example(&before.and(&made.after(&model.tier(to)))) {
                    let after = made.moved(&at);
                    found.entry((from, to)).or_insert(Found { step, from, to, at, after });
                }
            }
        }
    }
    found.into_values().collect()
}

fn covers(fall: &Fall, found: &Found) -> bool {
    fall.steps.contains(&found.step) && fall.between.contains(&(found.from, found.to))
}

/// Whether each fall is declared and each declaration is about a fall, and the falls that are declared.
pub(super) fn exceptions(prover: &Prover<'_>) -> Option<(Property, Vec<Exception>)> {
    let declared = &prover.content.properties;
    if !declared.are_declared {
        return None;
    }
    let all = falls(prover);
    let undeclared = all.iter().filter(|found| !declared.falls.iter().any(|fall| covers(fall, found)));
    let undeclared: Vec<&Found> = undeclared.collect();
    let refutation = undeclared.split_first().map(|(found, others)| {
        let (step, from, to) = (found.step.name(prover.logic()), prover.tier_id(found.from), prover.tier_id(found.to));
        let others = listed(prover, others);
        let detail = format!(
            "`{step}` lowers the urgency from {from} to {to}, and nothing in properties.toml says that it may{others}"
        );
        Refutation { detail, at: Some(found.at.clone()), after: Some(found.after.clone()) }
    });
    let refutation = refutation.or_else(|| declared.falls.iter().find_map(|fall| stale(prover, fall, &all)));
    let (id, statement) = GENERAL.last().copied().unwrap_or_default();
    Some((prover.verdict(id, statement, refutation), described(prover, &all)))
}

/// The other falls that nothing declares: for each pair of tiers the steps, as they are written in `properties.toml`.
fn listed(prover: &Prover<'_>, others: &[&Found]) -> String {
    let mut steps: BTreeMap<(u16, u16), Vec<String>> = BTreeMap::new();
    for found in others {
        steps.entry((found.from, found.to)).or_default().push(format!("\"{}\"", found.step.name(prover.logic())));
    }
    let pairs = steps.iter().map(|((from, to), steps)| {
        format!("\"{} > {}\" by {}", prover.tier_id(*from), prover.tier_id(*to), steps.join(", "))
    });
    let pairs: Vec<String> = pairs.collect();
    if pairs.is_empty() { String::new() } else { format!("; undeclared, too: {}", pairs.join("; ")) }
}

/// What a declaration says that is not so.
fn stale(prover: &Prover<'_>, fall: &Fall, all: &[Found]) -> Option<Refutation> {
    let covered: Vec<&Found> = all.iter().filter(|found| covers(fall, found)).collect();
    let has = |is: &dyn Fn(&Found) -> bool| covered.iter().any(|found| is(found));
    let steps = fall.steps.iter().filter(|step| !has(&|found| found.step == **step));
    let step = steps.map(|step| format!("`{}` never lowers the urgency so", step.name(prover.logic())));
    let pairs = fall.between.iter().filter(|(from, to)| !has(&|found| (found.from, found.to) == (*from, *to)));
    let pairs = pairs.map(|(from, to)| {
        format!("none of the steps leads from {} down to {}", prover.tier_id(*from), prover.tier_id(*to))
    });
    let wrong: BTreeSet<String> = step.chain(pairs).collect();
    (!wrong.is_empty()).then(|| {
        let wrong: Vec<String> = wrong.into_iter().collect();
        Refutation::plain(format!("stale: properties.toml:{}: {}", fall.line, wrong.join("; ")))
    })
}

fn described(prover: &Prover<'_>, all: &[Found]) -> Vec<Exception> {
    let mut exceptions: Vec<Exception> = Vec::new();
    for fall in &prover.content.properties.falls {
        for step in &fall.steps {
            let own = all.iter().filter(|found| found.step == *step && covers(fall, found));
            let falls = own.map(|found| Falls {
                from: prover.tier_id(found.from).to_owned(),
                to: prover.tier_id(found.to).to_owned(),
                witness: prover.given(&found.at),
                after: prover.given(&found.after),
            });
            let (step, because) = (step.name(prover.logic()), fall.because.clone());
            exceptions.push(Exception { step, because, falls: falls.collect() });
        }
    }
    exceptions
}
