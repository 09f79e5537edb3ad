//! How often each rule, tier, advice, section and result is reached.

use biodivine_lib_bdd::Bdd;

use super::prover::Prover;
use super::report::{Ordered, Reached, RuleReport};

impl Prover<'_> {
    /// Each rule id with what its rules decide, in the order in which ids come up.
    pub(super) fn rules(&self) -> Ordered<RuleReport> {
        let mut ids: Vec<&str> = Vec::new();
        for rule in &self.logic().rules {
            if !ids.contains(&&*rule.id) {
                ids.push(&rule.id);
            }
        }
        Ordered(ids.into_iter().map(|id| (id.to_owned(), self.rule(id))).collect())
    }

    fn rule(&self, id: &str) -> RuleReport {
        let rules = self.logic().rules.iter().zip(&self.model.decides).zip(0_u16..);
        let own: Vec<_> = rules.filter(|((rule, _), _)| &*rule.id == id).collect();
        let all = own.iter().fold(self.model.nothing.clone(), |all, ((_, decides), _)| all.or(decides));
        let clauses =
            own.iter().filter_map(|((_, decides), index)| Some((self.clause(*index)?, self.reached(decides))));
        let clauses: Vec<(String, Reached)> = clauses.collect();
        let tier = own.first().and_then(|((rule, _), _)| {
            let advice = self.logic().advice.get(usize::from(rule.advice))?;
            self.logic().tiers.get(usize::from(advice.tier))
        });
        RuleReport {
            reached: self.reached(&all),
            tier: tier.map(ToString::to_string).unwrap_or_default(),
            clauses: (!clauses.is_empty()).then_some(Ordered(clauses)),
        }
    }

    pub(super) fn outcomes(&self) -> Ordered<Reached> {
        let tiers = self.logic().tiers.iter().zip(0_u16..);
        self.listed(tiers.map(|(tier, index)| (tier.to_string(), self.model.tier(index))))
    }

    pub(super) fn advice(&self) -> Ordered<Reached> {
        let advice = self.logic().advice.iter();
        self.listed(advice.map(|advice| (advice.id.to_string(), self.model.decided_by(|other| other.id == advice.id))))
    }

    pub(super) fn sections_shown(&self) -> Ordered<Reached> {
        let sections = self.logic().sections.iter().zip(&self.model.shows);
        self.listed(sections.map(|(section, shown)| (section.id.to_string(), shown.clone())))
    }

    /// Each group with its results, those among them that are told.
    pub(super) fn results_told(&self) -> Ordered<Ordered<Reached>> {
        let groups = self.logic().groups.iter().zip(&self.model.groups).map(|(group, regions)| {
            let results = group.rules.iter().zip(&regions.decides);
            let results = results.map(|(rule, told)| (rule.id.to_string(), told.clone()));
            (group.id.to_string(), self.listed(results))
        });
        Ordered(groups.collect())
    }

    fn listed(&self, regions: impl Iterator<Item = (String, Bdd)>) -> Ordered<Reached> {
        Ordered(regions.map(|(name, region)| (name, self.reached(&region))).collect())
    }
}
