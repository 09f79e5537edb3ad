//! What all proofs share: regions of answers become counts, answers as people write them, and verdicts.

use std::collections::BTreeMap;

use biodivine_lib_bdd::{Bdd, BddValuation};
use quiz_engine::{Answer, Answers, Kind, Logic, Question, write_number};
use serde_json::Value;

use super::model::Model;
use super::report::{Case, Given, Lead, Ordered, Property, Reached};
use crate::content::Content;

/// A quiz being proved.
pub(crate) struct Prover<'a> {
    pub(crate) content: &'a Content,
    pub(crate) model: Model<'a>,
}

/// What one list of conditions decides by being the first that holds: a rule, or a result of a group.
pub(crate) struct Decision<'a> {
    /// The rule's key, or the result as `group.result`.
    pub(crate) key: String,
    pub(crate) is_result: bool,
    /// Where its condition holds; of a result, where its group is shown as well.
    pub(crate) holds: Bdd,
    /// Where it decides.
    pub(crate) decides: &'a Bdd,
}

/// Why a property is wrong.
#[derive(Debug, Default)]
pub(crate) struct Refutation {
    pub(crate) detail: String,
    /// Answers on which it is.
    pub(crate) at: Option<BddValuation>,
    /// Answers after the step that it is about.
    pub(crate) after: Option<BddValuation>,
}

impl Refutation {
    /// Something that shows in the quiz itself and needs no answers.
    pub(crate) fn plain(detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..Self::default() }
    }
}

impl<'a> Prover<'a> {
    pub(crate) fn logic(&self) -> &'a Logic {
        self.model.logic
    }

    /// Everything that is decided: the rules, then the results of each group.
    pub(crate) fn decisions(&self) -> Vec<Decision<'_>> {
        let rules = self.model.holds.iter().zip(&self.model.decides).zip(0_u16..);
        let rules = rules.map(|((holds, decides), rule)| Decision {
            key: self.key(rule).to_owned(),
            is_result: false,
            holds: holds.clone(),
            decides,
        });
        let groups = self.logic().groups.iter().zip(&self.model.groups);
        let results = groups.flat_map(|(group, regions)| {
            let own = group.rules.iter().zip(&regions.holds).zip(&regions.decides);
            own.map(|((rule, holds), decides)| Decision {
                key: format!("{}.{}", group.id, rule.id),
                is_result: true,
                holds: holds.and(&regions.shown),
                decides,
            })
        });
        rules.chain(results).collect()
    }

    /// A verdict: the property holds where nothing refutes it.
    pub(crate) fn verdict(&self, id: &str, statement: &str, refutation: Option<Refutation>) -> Property {
        let (detail, at, after) = refutation
            .map_or((None, None, None), |refutation| (Some(refutation.detail), refutation.at, refutation.after));
        Property {
            id: id.to_owned(),
            statement: statement.to_owned(),
            declared: false,
            holds: detail.is_none(),
            detail,
            witness: at.as_ref().map(|point| self.given(point)),
            leads_to: at.as_ref().and_then(|point| self.lead(point)),
            after: after.as_ref().map(|point| self.given(point)),
            after_leads_to: after.as_ref().and_then(|point| self.lead(point)),
        }
    }

    /// How often a region is reached, with an example.
    pub(crate) fn reached(&self, region: &Bdd) -> Reached {
        Reached {
            count: self.model.count(region).to_string(),
            complete: self.model.count(&region.and(&self.model.way.complete)).to_string(),
            witness: self.model.example(&region.and(&self.model.visible)).map(|point| self.given(&point)),
        }
    }

    pub(crate) fn given(&self, point: &BddValuation) -> Given {
        given(self.logic(), &self.model.answers(point))
    }

    pub(crate) fn case(&self, point: &BddValuation) -> Option<Case> {
        Some(Case { answers: self.given(point), leads_to: self.lead(point)? })
    }

    /// What the diagrams say of a point; the engine is not asked.
    pub(crate) fn lead(&self, point: &BddValuation) -> Option<Lead> {
        let index = self.model.rule_at(point)?;
        let rule = self.logic().rules.get(usize::from(index))?;
        let advice = self.logic().advice.get(usize::from(rule.advice))?;
        let sections = self.logic().sections.iter().zip(0_u16..);
        let shown = sections.filter(|(_, index)| self.sections(*index).eval_in(point));
        Some(Lead {
            tier: self.logic().tiers.get(usize::from(advice.tier))?.to_string(),
            rule: rule.id.to_string(),
            clause: self.clause(index),
            urgency: advice.urgency,
            complete: self.model.way.complete.eval_in(point),
            sections: shown.map(|(section, _)| section.id.to_string()).collect(),
            results: (!self.logic().groups.is_empty()).then(|| self.results(point)),
        })
    }

    /// The result that each group has at a point, by ids.
    fn results(&self, point: &BddValuation) -> BTreeMap<String, String> {
        let groups = self.logic().groups.iter().zip(&self.model.groups);
        let told = groups.filter_map(|(group, regions)| {
            let place = regions.decides.iter().position(|decides| decides.eval_in(point))?;
            Some((group.id.to_string(), group.rules.get(place)?.id.to_string()))
        });
        told.collect()
    }

    fn sections(&self, section: u16) -> &Bdd {
        self.model.shows.get(usize::from(section)).unwrap_or(&self.model.nothing)
    }

    /// A rule's key: its id, and its clause where it has one.
    pub(crate) fn key(&self, rule: u16) -> &'a str {
        self.content.material.rules.get(usize::from(rule)).map_or("", String::as_str)
    }

    pub(crate) fn clause(&self, rule: u16) -> Option<String> {
        let id = self.logic().rules.get(usize::from(rule)).map(|rule| &*rule.id).unwrap_or_default();
        let clause = self.key(rule).strip_prefix(id)?.strip_prefix('_')?;
        Some(clause.to_owned())
    }

    pub(crate) fn tier_id(&self, tier: u16) -> &'a str {
        self.logic().tiers.get(usize::from(tier)).map(|tier| &**tier).unwrap_or_default()
    }

    pub(crate) fn question_id(&self, question: u16) -> &'a str {
        self.logic().question(question).map(|question| &*question.id).unwrap_or_default()
    }
}

/// Answers as `cargo quiz assess` reads them.
pub(crate) fn given(logic: &Logic, answers: &Answers) -> Given {
    let questions = logic.question_indices().zip(&logic.questions);
    let written = questions.filter_map(|(index, question)| {
        let value = match answers.get(index)? {
            Answer::Number(number) => written(question, number),
            Answer::Chosen(chosen) => {
                let options = question.options.iter().zip(0_u32..64).filter(|(_, bit)| chosen >> bit & 1 == 1);
                let mut ids = options.map(|(option, _)| Value::from(&*option.id));
                if question.kind == Kind::Many { Value::Array(ids.collect()) } else { ids.next()? }
            }
        };
        Some((question.id.to_string(), value))
    });
    Ordered(written.collect())
}

/// A number as it is written in JSON.
fn written(question: &Question, number: i32) -> Value {
    let text = write_number(number.into(), question.decimals, ".");
    serde_json::from_str(&text).unwrap_or_else(|_| Value::from(number))
}
