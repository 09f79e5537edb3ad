//! Which screen leads to which, found on the decision diagrams.

use std::collections::BTreeSet;

use biodivine_lib_bdd::Bdd;
use quiz_engine::Logic;

use crate::verify::{AnswerSpace, QuizModel};

/// A place of the quiz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// A screen, by index.
    Screen(usize),
    /// The end of the questions, where the rules decide.
    End,
    /// An outcome, by its tier.
    Tier(u16),
}

/// A way from one place to another.
#[derive(Clone, Debug)]
pub(super) struct Arrow {
    pub(super) from: Place,
    pub(super) to: Place,
    /// The rules that lead there, where it is an outcome, by index.
    pub(super) rules: Vec<u16>,
    /// Whether other arrows lead from the same screen to other screens or to the end.
    pub(super) branches: bool,
}

/// All places in order, and all arrows.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) places: Vec<Place>,
    pub(super) arrows: Vec<Arrow>,
}

impl Flow {
    pub(super) fn of(logic: &Logic) -> Self {
        let space = AnswerSpace::of(logic);
        let model = QuizModel::new(logic, &space);
        let screens = (0..logic.screens.len()).map(Place::Screen);
        let tiers = (0_u16..).zip(&logic.tiers).map(|(tier, _)| Place::Tier(tier));
        let places = screens.chain([Place::End]).chain(tiers).collect();
        let mut arrows = on_to_screens(&model);
        arrows.extend(early_ends(&model));
        arrows.extend(decisions(&model));
        Self { places, arrows }
    }
}

/// Where some question of a screen is shown and the way comes to it.
fn comes_to(model: &QuizModel<'_>, screen: usize) -> Bdd {
    let questions = model.logic.screens.get(screen).into_iter().flatten();
    let ways = questions.filter_map(|question| model.way.comes_to.get(usize::from(*question)));
    ways.fold(model.nothing.clone(), |any, way| any.or(way)).and(&model.visible)
}

/// From each screen, the next one that is shown.
fn on_to_screens(model: &QuizModel<'_>) -> Vec<Arrow> {
    let ways: Vec<Bdd> = (0..model.logic.screens.len()).map(|screen| comes_to(model, screen)).collect();
    let mut arrows = Vec::new();
    for (from, here) in ways.iter().enumerate() {
        // Without those who end early at this screen: they come to no screen behind it.
        let mut left = here.and(&behind(model, from));
        let mut targets = Vec::new();
        for (to, there) in ways.iter().enumerate().skip(from + 1) {
            if !left.and(there).is_false() {
                targets.push(Place::Screen(to));
                left = left.and_not(there);
            }
        }
        let ends = left.and(&model.way.complete).and_not(&stopped(model));
        if !ends.is_false() {
            targets.push(Place::End);
        }
        let branches = targets.len() > 1;
        arrows.extend(targets.into_iter().map(|to| Arrow {
            from: Place::Screen(from),
            to,
            rules: Vec::new(),
            branches,
        }));
    }
    arrows
}

/// Where the required questions of a screen are answered and the quiz does not end early at it.
fn behind(model: &QuizModel<'_>, screen: usize) -> Bdd {
    let questions = model.logic.screens.get(screen).into_iter().flatten();
    questions.fold(model.visible.clone(), |behind, question| {
        let place = usize::from(*question);
        let is_optional = model.logic.question(*question).is_some_and(|question| question.optional);
        let open = model.facts.of.get(place).filter(|_| !is_optional);
        let behind = open.map_or(behind.clone(), |fact| behind.and_not(&fact.shown.and_not(&fact.answered)));
        model.way.stops_after.get(place).map_or(behind.clone(), |stops| behind.and_not(stops))
    })
}

fn stopped(model: &QuizModel<'_>) -> Bdd {
    model.way.stops_after.iter().fold(model.nothing.clone(), |any, stops| any.or(stops))
}

/// The tier that a rule leads to.
fn tier_of(logic: &Logic, rule: u16) -> Option<u16> {
    let rule = logic.rules.get(usize::from(rule))?;
    logic.advice.get(usize::from(rule.advice)).map(|advice| advice.tier)
}

/// From each screen behind which the quiz ends early, the outcomes, with the rules that decide there.
fn early_ends(model: &QuizModel<'_>) -> Vec<Arrow> {
    let mut arrows = Vec::new();
    for (screen, questions) in model.logic.screens.iter().enumerate() {
        let stops = questions.iter().filter_map(|question| model.way.stops_after.get(usize::from(*question)));
        let stops = stops.fold(model.nothing.clone(), |any, stops| any.or(stops)).and(&model.visible);
        // What stands behind the end is not answered by somebody who comes to it.
        arrows.extend(to_outcomes(model, Place::Screen(screen), &as_met(model, questions, &stops)));
    }
    arrows
}

/// The part of a region without answers to what is asked behind these questions.
fn as_met(model: &QuizModel<'_>, questions: &[u16], region: &Bdd) -> Bdd {
    let last = questions.iter().max().copied().unwrap_or(0);
    let later = model.logic.question_indices().filter(|later| *later > last);
    let later = later.flat_map(|later| model.variables(later));
    later.fold(region.clone(), |region, variable| region.var_select(variable, false))
}

/// From the end of the questions, the outcomes with the rules that decide there.
fn decisions(model: &QuizModel<'_>) -> Vec<Arrow> {
    to_outcomes(model, Place::End, &model.way.complete.and_not(&stopped(model)).and(&model.visible))
}

fn to_outcomes(model: &QuizModel<'_>, from: Place, region: &Bdd) -> Vec<Arrow> {
    let rules = model.decides.iter().zip(0_u16..).filter(|(decides, _)| !decides.and(region).is_false());
    let rules: Vec<u16> = rules.map(|(_, rule)| rule).collect();
    let tiers: BTreeSet<u16> = rules.iter().filter_map(|rule| tier_of(model.logic, *rule)).collect();
    let to = |tier: u16| rules.iter().copied().filter(|rule| tier_of(model.logic, *rule) == Some(tier)).collect();
    tiers.iter().map(|tier| Arrow { from, to: Place::Tier(*tier), rules: to(*tier), branches: true }).collect()
}
