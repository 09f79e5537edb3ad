//! What must be true of every set of answers, as `properties.toml` says it.

use maud::{Markup, html};

use super::Reader;
use crate::properties::{Fall, Never, NotLess, Step};
use crate::verify::result_id;

impl Reader<'_> {
    pub(super) fn properties(self) -> Markup {
        let properties = &self.content.properties;
        html! {
            @if properties.are_declared {
                (Self::part("properties", "What must be true of every set of answers; cargo quiz verify proves it. A \
                    step is one more tick, an option in place of any other or of none, or a number that is one higher in its last decimal."))
                table {
                    thead { tr { th scope="col" { "property" } th scope="col" { "says" } th scope="col" { "read" } } }
                    tbody {
                        @for monotone in &properties.monotone {
                            (line(&monotone.id, &html! { "None of these ever lowers the urgency: " (Step::names(&monotone.steps, &self.content.logic)) }))
                        }
                        @for not_less in &properties.not_less { (line(&not_less.id, &self.not_less(not_less))) }
                        @for never in &properties.never { (line(&never.id, &self.never(never))) }
                    }
                }
                p { "Steps that are meant to lower the urgency:" }
                table {
                    thead { tr {
                        th scope="col" { "steps" } th scope="col" { "between" } th scope="col" { "because" }
                        th scope="col" { "read" }
                    } }
                    tbody { @for fall in &properties.falls { (self.fall(fall)) } }
                }
            }
        }
    }

    fn not_less(self, property: &NotLess) -> Markup {
        let name = |question, option| Step { question, option: Some(option) }.name(&self.content.logic);
        html! {
            "Never leads to less urgent advice than the other: "
            @for (place, pair) in property.pairs.iter().enumerate() {
                @if place > 0 { ", " }
                (name(pair.question, pair.answer)) " than " (name(pair.question, pair.than))
            }
            ". Compared where this holds: " (self.condition(&property.given))
        }
    }

    fn never(self, property: &Never) -> Markup {
        let tiers: Vec<&str> = property.tiers.iter().map(|tier| self.tier_id(*tier)).collect();
        let results = property.results.iter().filter_map(|result| result_id(&self.content.logic, *result));
        let results: Vec<String> = results.collect();
        html! {
            "Whoever meets this: " (self.condition(&property.when)) " never reaches: " (tiers.join(", ")) "; "
            (self.section_links(&property.sections))
            @if !results.is_empty() { "; results: " (results.join(", ")) }
        }
    }

    fn fall(self, fall: &Fall) -> Markup {
        let between = fall.between.iter().map(|(from, to)| format!("{} to {}", self.tier_id(*from), self.tier_id(*to)));
        let between: Vec<String> = between.collect();
        html! {
            tr {
                th scope="row" { (Step::names(&fall.steps, &self.content.logic)) }
                td { (between.join(", ")) }
                td { (fall.because) }
                td { "☐" }
            }
        }
    }

    fn tier_id(&self, tier: u16) -> &str {
        self.content.logic.tiers.get(usize::from(tier)).map_or("", |tier| tier)
    }
}

fn line(id: &str, says: &Markup) -> Markup {
    html! { tr { th scope="row" { (id) } td { (says) } td { "☐" } } }
}
