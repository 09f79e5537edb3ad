//! A quiz as decision diagrams: where each rule decides, how urgent that is, which way the answers lead.

use biodivine_lib_bdd::{Bdd, BddValuation, BddVariable};
use num_bigint::BigUint;
use quiz_engine::{Advice, Answers, AppliesTo, Condition, Group, Logic, Rule};

use super::facts::Facts;
use super::space::{Reading, Space};

/// Everything that the proof asks of a quiz. Points of the space are sets of answers, hidden ones too, for the engine
/// keeps these.
#[derive(Debug)]
pub(crate) struct Model<'a> {
    pub(crate) logic: &'a Logic,
    pub(crate) space: &'a Space,
    pub(crate) reading: Reading,
    pub(crate) facts: Facts<'a>,
    /// The sets of answers that the engine takes, hidden answers among them.
    pub(crate) taken: Bdd,
    /// Those without an answer that is hidden: what [`quiz_engine::Answers::effective`] can give.
    pub(crate) visible: Bdd,
    /// For each rule where it holds.
    pub(crate) holds: Vec<Bdd>,
    /// For each rule where it decides.
    pub(crate) decides: Vec<Bdd>,
    pub(crate) way: Way,
    /// The urgencies that some advice has, the least first, each with where the advice is at least so urgent.
    pub(crate) at_least: Vec<(u8, Bdd)>,
    /// For each section where it is shown.
    pub(crate) shows: Vec<Bdd>,
    /// For each group of results where it has which.
    pub(crate) groups: Vec<Results>,
    /// No answers at all.
    pub(crate) nothing: Bdd,
}

/// A group of results: a list of its own, of which the first that holds is told.
#[derive(Debug)]
pub(crate) struct Results {
    /// Where the group has a result.
    pub(crate) shown: Bdd,
    /// For each result where it holds, whether or not the group is shown.
    pub(crate) holds: Vec<Bdd>,
    /// For each result where it is the one that is told.
    pub(crate) decides: Vec<Bdd>,
}

/// The way that answers lead, see [`quiz_engine::Path`].
#[derive(Debug)]
pub(crate) struct Way {
    /// For each question where the way comes to it.
    pub(crate) comes_to: Vec<Bdd>,
    /// For each question where the quiz ends early behind it.
    pub(crate) stops_after: Vec<Bdd>,
    /// Where every required question on the way has an answer, or the quiz ends early.
    pub(crate) complete: Bdd,
}

impl<'a> Model<'a> {
    pub(crate) fn new(logic: &'a Logic, space: &'a Space) -> Self {
        let reading = space.reading(logic);
        let facts = Facts::of(logic, space, &reading);
        let taken = space.well_formed().and(&space.admitted(logic, &reading));
        let holds: Vec<Bdd> = logic.rules.iter().map(|rule| facts.hold(&rule.when)).collect();
        let decides = first_that_holds(space, &holds);
        let way = Way::of(logic, &facts, &holds, space);
        let visible = taken.and_not(&hidden(space, &reading, &facts));
        let groups = logic.groups.iter().map(|group| Results::of(group, &facts, space)).collect();
        let (at_least, shows, nothing) = (Vec::new(), Vec::new(), space.set.mk_false());
        let mut model = Self {
            logic,
            space,
            reading,
            facts,
            taken,
            visible,
            holds,
            decides,
            way,
            at_least,
            shows,
            groups,
            nothing,
        };
        model.at_least = model.urgencies();
        model.shows = (0_u16..).zip(&logic.sections).map(|(section, _)| model.section(section)).collect();
        model
    }

    /// How many sets of visible answers lie in it.
    pub(crate) fn count(&self, region: &Bdd) -> BigUint {
        region.and(&self.visible).exact_cardinality()
    }

    fn advice(&self, rule: &Rule) -> Option<&Advice> {
        self.logic.advice.get(usize::from(rule.advice))
    }

    /// The union of where the rules decide whose advice fits.
    pub(crate) fn decided_by(&self, fits: impl Fn(&Advice) -> bool) -> Bdd {
        let rules = self.logic.rules.iter().zip(&self.decides);
        let fitting = rules.filter(|(rule, _)| self.advice(rule).is_some_and(&fits));
        fitting.fold(self.nothing.clone(), |all, (_, decides)| all.or(decides))
    }

    fn urgencies(&self) -> Vec<(u8, Bdd)> {
        let mut urgencies: Vec<u8> = self.logic.advice.iter().map(|advice| advice.urgency).collect();
        urgencies.sort_unstable();
        urgencies.dedup();
        urgencies.into_iter().map(|least| (least, self.decided_by(|advice| advice.urgency >= least))).collect()
    }

    /// Where a tier is reached.
    pub(crate) fn tier(&self, tier: u16) -> Bdd {
        self.decided_by(|advice| advice.tier == tier)
    }

    fn section(&self, section: u16) -> Bdd {
        let mut shown = self.nothing.clone();
        for ((rule, decides), index) in self.logic.rules.iter().zip(&self.decides).zip(0_u16..) {
            let Some(advice) = self.advice(rule) else { continue };
            let own = advice.sections.iter().filter(|used| used.section == section).map(|used| &used.when);
            let added = self.logic.additions.iter().filter(|added| added.section == section);
            let added = added.filter(|added| belongs(&added.to, advice.tier, index)).map(|added| &added.when);
            for when in own.chain(added) {
                shown = shown.or(&decides.and(&self.hold(when)));
            }
        }
        shown
    }

    /// Where that belongs, whatever its condition.
    pub(crate) fn belonging(&self, to: &AppliesTo) -> Bdd {
        let rules = self.logic.rules.iter().zip(&self.decides).zip(0_u16..);
        let here =
            rules.filter(|((rule, _), index)| self.advice(rule).is_some_and(|advice| belongs(to, advice.tier, *index)));
        here.fold(self.nothing.clone(), |all, ((_, decides), _)| all.or(decides))
    }

    /// Where a variable has a say: its question is shown and its option offered. Nowhere, if this quiz does not read it.
    pub(crate) fn counts(&self, variable: BddVariable) -> Bdd {
        for (fact, question) in self.facts.of.iter().zip(0_u16..) {
            let options = self.reading.options(question).iter().position(|option| *option == variable);
            if let Some(offered) = options.and_then(|place| fact.offered.get(place)) {
                return fact.shown.and(offered);
            }
            if fact.offered.is_empty() && self.variables(question).contains(&variable) {
                return fact.shown.clone();
            }
        }
        self.nothing.clone()
    }

    /// Where a condition holds.
    pub(crate) fn hold(&self, condition: &Condition) -> Bdd {
        self.facts.hold(condition)
    }

    /// The answers at a point.
    pub(crate) fn answers(&self, point: &BddValuation) -> Answers {
        self.space.answers(self.logic, &self.reading, point)
    }

    /// The point at which these answers are.
    pub(crate) fn point(&self, answers: &Answers) -> BddValuation {
        self.space.point(self.logic, &self.reading, answers)
    }

    /// The rule that decides at a point, as the diagrams have it.
    pub(crate) fn rule_at(&self, point: &BddValuation) -> Option<u16> {
        let found = self.decides.iter().position(|decides| decides.eval_in(point))?;
        u16::try_from(found).ok()
    }

    /// A point of a region that is easy to read: where one is, without hidden answers and with a whole way.
    pub(crate) fn example(&self, region: &Bdd) -> Option<BddValuation> {
        let taken = region.and(&self.taken);
        let visible = taken.and(&self.visible);
        let complete = visible.and(&self.way.complete);
        [complete, visible, taken].into_iter().find_map(|region| region.first_valuation())
    }

    /// All variables of a question.
    pub(crate) fn variables(&self, question: u16) -> Vec<BddVariable> {
        let slot = self.reading.slot(self.space, question);
        slot.map(super::space::Slot::variables).unwrap_or_default()
    }
}

fn belongs(to: &AppliesTo, tier: u16, rule: u16) -> bool {
    to.tiers.contains(&tier) || to.rules.contains(&rule)
}

/// For each rule where it holds and none before it does. The last one decides where none holds, as in the engine.
fn first_that_holds(space: &Space, holds: &[Bdd]) -> Vec<Bdd> {
    let mut open = space.set.mk_true();
    let mut decides = Vec::new();
    for holds in holds {
        decides.push(open.and(holds));
        open = open.and_not(holds);
    }
    if let Some(last) = decides.last_mut() {
        *last = last.or(&open);
    }
    decides
}

/// Where an answer is given to a question or an option that is hidden.
fn hidden(space: &Space, reading: &Reading, facts: &Facts<'_>) -> Bdd {
    let mut hidden = space.set.mk_false();
    for (fact, question) in facts.of.iter().zip(0_u16..) {
        let slot = reading.slot(space, question);
        for variable in slot.map(super::space::Slot::variables).unwrap_or_default() {
            hidden = hidden.or(&space.set.mk_var(variable).and_not(&fact.shown));
        }
        for (offered, variable) in fact.offered.iter().zip(reading.options(question)) {
            hidden = hidden.or(&space.set.mk_var(*variable).and_not(offered));
        }
    }
    hidden
}

impl Results {
    fn of(group: &Group, facts: &Facts<'_>, space: &Space) -> Self {
        let shown = facts.hold(&group.shown);
        let holds: Vec<Bdd> = group.rules.iter().map(|rule| facts.hold(&rule.when)).collect();
        let decides = first_that_holds(space, &holds).iter().map(|decides| decides.and(&shown)).collect();
        Self { shown, holds, decides }
    }
}

impl Way {
    fn of(logic: &Logic, facts: &Facts<'_>, holds: &[Bdd], space: &Space) -> Self {
        let mut here = space.set.mk_true();
        let mut way = Self { comes_to: Vec::new(), stops_after: Vec::new(), complete: space.set.mk_false() };
        for ((question, fact), index) in logic.questions.iter().zip(&facts.of).zip(0_u16..) {
            way.comes_to.push(here.and(&fact.shown));
            if !question.optional {
                here = here.and_not(&fact.shown.and_not(&fact.answered));
            }
            let stopping = logic.rules.iter().zip(holds).filter(|(rule, _)| rule.stop_after == Some(index));
            let stops = stopping.fold(space.set.mk_false(), |any, (_, holds)| any.or(holds)).and(&here);
            way.complete = way.complete.or(&stops);
            here = here.and_not(&stops);
            way.stops_after.push(stops);
        }
        way.complete = way.complete.or(&here);
        way
    }
}
