//! Rules in which a missing answer matters: they hold where a question was left open, and would not with some answer.

use super::prover::Prover;
use super::report::MissingMatters;

/// Every such rule with every such question.
pub(super) fn matters(prover: &Prover<'_>) -> Vec<MissingMatters> {
    let model = &prover.model;
    let mut found = Vec::new();
    for (holds, rule) in model.holds.iter().zip(0_u16..) {
        for (fact, question) in model.facts.of.iter().zip(0_u16..) {
            let open = model.cleared(question);
            let otherwise = model.taken.and_not(holds).exists(&model.variables(question));
            let region = model.at(&open).and(holds).and(&fact.shown).and(&otherwise).and(&model.visible);
            if let Some(point) = model.example(&region) {
                let (rule, question) = (prover.key(rule).to_owned(), prover.question_id(question).to_owned());
                found.push(MissingMatters { rule, question, witness: prover.given(&point) });
            }
        }
    }
    found
}
