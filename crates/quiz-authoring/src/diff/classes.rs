//! All answers of a quiz in classes: those of one class are decided by the same rule and shown the same sections in the
//! same order.

use std::collections::BTreeMap;

use biodivine_lib_bdd::Bdd;
use quiz_engine::{Condition, Logic, Outcome};

use crate::content::Content;
use crate::verify::QuizModel;

/// The key of a rule, its tier, how urgent it is, and its advice by index.
pub(super) type Decided = (String, String, u8, u16);

/// What the answers of a class lead to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Class {
    pub(super) decided: Decided,
    /// The ids of the sections, in order.
    pub(super) sections: Vec<String>,
}

/// Where each class is.
pub(super) type Classes = BTreeMap<Class, Bdd>;

/// The classes of a quiz among all answers that are compared.
///
/// Each rule's answers are cut up by every condition that its sections and their order depend on; the engine itself says
/// of one set of each piece what is shown, which is then true of all of them.
pub(super) fn of(content: &Content, model: &QuizModel<'_>, all: &Bdd) -> Classes {
    let mut classes = Classes::new();
    for (decides, rule) in model.decides.iter().zip(0_u16..) {
        for piece in pieces(model, &decides.and(all), rule) {
            let Some(point) = piece.first_valuation() else { continue };
            let outcome = Outcome::of(model.logic, &model.answers(&point));
            let Some(class) = named(content, model.logic, &outcome) else { continue };
            let known = classes.entry(class).or_insert_with(|| model.nothing.clone());
            *known = known.or(&piece);
        }
    }
    classes
}

fn pieces(model: &QuizModel<'_>, whole: &Bdd, rule: u16) -> Vec<Bdd> {
    let mut pieces = vec![whole.clone()];
    for condition in deciding(model.logic, rule).into_iter().filter(|condition| **condition != Condition::Always) {
        let holds = model.hold(condition);
        pieces = pieces.iter().flat_map(|piece| [piece.and(&holds), piece.and_not(&holds)]).collect();
        pieces.retain(|piece| !piece.is_false());
    }
    pieces
}

/// Every condition on which the sections of a rule's advice and their order depend.
fn deciding(logic: &Logic, rule: u16) -> Vec<&Condition> {
    let advice = logic.rules.get(usize::from(rule)).and_then(|rule| logic.advice.get(usize::from(rule.advice)));
    let Some(advice) = advice else { return Vec::new() };
    let own = advice.sections.iter().map(|used| &used.when);
    let added = logic.additions.iter();
    let added = added.filter(|added| added.to.tiers.contains(&advice.tier) || added.to.rules.contains(&rule));
    let orders = logic.emphasis.iter().map(|emphasis| &emphasis.when);
    own.chain(added.map(|added| &added.when)).chain(orders).collect()
}

fn named(content: &Content, logic: &Logic, outcome: &Outcome) -> Option<Class> {
    let section = |index: &u16| logic.sections.get(usize::from(*index)).map(|section| section.id.to_string());
    let decided = (
        content.material.rules.get(usize::from(outcome.rule))?.clone(),
        logic.tiers.get(usize::from(outcome.tier))?.to_string(),
        logic.advice.get(usize::from(outcome.advice))?.urgency,
        outcome.advice,
    );
    Some(Class { decided, sections: outcome.sections.iter().filter_map(section).collect() })
}
