//! The rules, in clinical order.

use maud::{Markup, html};
use quiz_engine::Rule;

use super::Reader;

impl Reader<'_> {
    pub(super) fn rules(self) -> Markup {
        html! {
            (Self::part("rules", "The first rule that holds decides, so a rule is reached only where none above it \
                holds. Urgency is a number; a greater one is more urgent."))
            @for (rule, index) in self.content.logic.rules.iter().zip(0_u16..) { (self.rule(index, rule)) }
        }
    }

    fn rule(self, index: u16, rule: &Rule) -> Markup {
        let place = usize::from(index);
        let key = self.content.material.rules.get(place).map_or("", String::as_str);
        html! {
            (self.item("rules", key, &named(key, &rule.id)))
            table { tbody {
                tr { th scope="row" { "holds when" } td { (self.condition(&rule.when)) } }
                tr { th scope="row" { "leads to" } td { (self.leads_to(rule)) } }
                @if let Some(question) = rule.stop_after {
                    tr { th scope="row" { "ends the quiz" } td { "early, after " (self.short(question)) } }
                }
                @for language in &self.content.languages {
                    tr {
                        th scope="row" { "sentence (" (language.code) ")" }
                        td lang=(language.code) dir=(super::direction(language)) {
                            (language.pack.words.rules.get(place).map(|text| &**text).unwrap_or_default())
                        }
                    }
                }
                tr { th scope="row" { "rests on" } td { (self.cited(&self.sources_at(&rule.sources))) } }
                (self.example(index))
            } }
        }
    }

    fn leads_to(self, rule: &Rule) -> Markup {
        let logic = &self.content.logic;
        let Some(advice) = logic.advice.get(usize::from(rule.advice)) else { return html! {} };
        let tier = logic.tiers.get(usize::from(advice.tier)).map(|tier| &**tier).unwrap_or_default();
        html! {
            (self.advice_link(rule.advice)) ": “" (self.headline(rule.advice)) "” Tier " (tier)
            ", urgency " (advice.urgency) "."
        }
    }

    /// The headline of an advice in the first language.
    pub(super) fn headline(self, advice: u16) -> String {
        let words = self.words().and_then(|words| words.advice.get(usize::from(advice)));
        words.map(|words| words.headline.to_string()).unwrap_or_default()
    }

    /// The keys of sources that rules name, by the engine's indices.
    pub(super) fn sources_at(self, indices: &[u16]) -> Vec<String> {
        let keys = &self.content.material.rule_sources;
        indices.iter().filter_map(|index| keys.get(usize::from(*index)).cloned()).collect()
    }
}

/// A rule's name: its id, and which clause it is where two share one.
fn named(key: &str, id: &str) -> String {
    match key.strip_prefix(id).and_then(|rest| rest.strip_prefix('_')) {
        Some(clause) => format!("{id}, clause {clause}"),
        None => id.to_owned(),
    }
}
