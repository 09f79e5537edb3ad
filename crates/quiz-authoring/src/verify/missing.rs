//! Where a missing answer matters: a rule holds where a question was left open, and would not with some answer; or a result
//! is told so, and would not be.

use super::prover::Prover;
use super::report::MissingMatters;

/// Every such rule and result with every such question.
pub(super) fn matters(prover: &Prover<'_>) -> Vec<MissingMatters> {
    let model = &prover.model;
    let mut found = Vec::new();
    for decision in prover.decisions() {
        // The last result of a group always holds: what matters is where it is the one that is told.
        let holds = if decision.is_result { decision.decides } else { &decision.holds };
        for (fact, question) in model.facts.of.iter().zip(0_u16..) {
            let open = model.cleared(question);
            let otherwise = model.taken.and_not(holds).exists(&model.variables(question));
            let region = model.at(&open).and(holds).and(&fact.shown).and(&otherwise).and(&model.visible);
            if let Some(point) = model.example(&region) {
                let (rule, question) = (decision.key.clone(), prover.question_id(question).to_owned());
                found.push(MissingMatters { rule, question, witness: prover.given(&point) });
            }
        }
    }
    found
}
