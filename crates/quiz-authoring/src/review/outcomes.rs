//! What rules lead to: advice, notes, additions, and the order of sections.

use maud::{Markup, html};
use quiz_engine::{Advice, AppliesTo, Condition};

use super::Reader;

impl Reader<'_> {
    pub(super) fn advice(self) -> Markup {
        html! {
            (Self::part("advice", "What a visitor reads at the end. Words in braces are filled in from the settings of \
                the page: {emergency} is the emergency number, 911 unless set; {clinic} the clinic's name."))
            (self.tiers())
            @for (advice, index) in self.content.logic.advice.iter().zip(0_u16..) { (self.one_advice(index, advice)) }
        }
    }

    fn tiers(self) -> Markup {
        let logic = &self.content.logic;
        html! {
            table {
                (self.language_heads("tier"))
                tbody {
                    @for (tier, place) in logic.tiers.iter().zip(0_u16..) {
                        @let now = if logic.immediate.contains(&place) { ", shown without a check of the answers" } else { "" };
                        (self.texts(&format!("{tier}{now}"), |words| words.tiers.get(usize::from(place)).cloned()))
                    }
                }
            }
        }
    }

    fn one_advice(self, index: u16, advice: &Advice) -> Markup {
        let place = usize::from(index);
        let logic = &self.content.logic;
        let tier = logic.tiers.get(usize::from(advice.tier)).map(|tier| &**tier).unwrap_or_default();
        let most = self.content.languages.iter().filter_map(|language| language.pack.words.advice.get(place));
        let most = most.map(|words| words.lines.len()).max().unwrap_or(0);
        html! {
            (self.item("advice", &advice.id, &advice.id))
            p.small {
                "Tier " (tier) ", urgency " (advice.urgency) ". From the rules "
                @for (_, rule) in logic.rules.iter().zip(0_u16..).filter(|(rule, _)| rule.advice == index) {
                    (self.rule_link(rule)) " "
                }
            }
            table {
                (self.language_heads("part"))
                tbody {
                    (self.texts("headline", |words| words.advice.get(place).map(|words| words.headline.clone())))
                    @for line in 0..most {
                        (self.texts(&format!("line {}", line + 1), |words| words.advice.get(place)?.lines.get(line).cloned()))
                    }
                }
            }
            div.small { "Sections, in this order:" ol { @for used in &advice.sections {
                li { (self.section_link(used.section)) (self.only_when(&used.when)) }
            } } }
            (self.contact(advice))
        }
    }

    fn only_when(self, when: &Condition) -> Markup {
        html! { @if *when != Condition::Always { ", only when " (self.condition(when)) } }
    }

    fn contact(self, advice: &Advice) -> Markup {
        html! {
            @if advice.contact.is_empty() { p.small { "No contact link." } }
            @else {
                div.small { "Contact link, the first of these that fits:" ol { @for label in &advice.contact {
                    li {
                        (self.content.material.labels.get(usize::from(label.label)).map_or("", String::as_str))
                        (self.only_when(&label.when))
                    }
                } } }
            }
        }
    }

    pub(super) fn additions(self) -> Markup {
        let logic = &self.content.logic;
        html! {
            (Self::part("additions", ""))
            h3 { "Notes: lines under the headline" (self.boxes()) }
            @for (note, place) in logic.notes.iter().zip(0_usize..) {
                table { (self.language_heads(&note.id)) tbody {
                    (self.texts("line", |words| words.notes.get(place).cloned()))
                } }
                p.small { "Shown " (self.belongs(&note.to)) ", when " (self.condition(&note.when)) }
            }
            (self.contact_words())
            h3 { "Sections that come in addition" span.read { "read ☐" } }
            @for addition in &logic.additions {
                p.small {
                    (self.section_link(addition.section)) ": " (self.belongs(&addition.to)) ", when "
                    (self.condition(&addition.when))
                    " Behind the first of these that is there, else at the end: " (self.section_links(&addition.after)) "."
                }
            }
            h3 { "Sections that come first" span.read { "read ☐" } }
            @for emphasis in &logic.emphasis {
                p.small { "When " (self.condition(&emphasis.when)) ": " (self.section_links(&emphasis.sections)) }
            }
        }
    }

    fn contact_words(self) -> Markup {
        html! {
            h3 { "The contact link" (self.boxes()) }
            @for (label, place) in self.content.material.labels.iter().zip(0_usize..) {
                table { (self.language_heads(label)) tbody {
                    (self.texts("before it", |words| words.contact.get(place).map(|words| words.hint.clone())))
                    (self.texts("link", |words| words.contact.get(place).map(|words| words.text.clone())))
                } }
            }
            @if let Some(hidden) = &self.content.logic.contact_hidden {
                p.small { "On no outcome is there a contact link when " (self.condition(hidden)) }
            }
        }
    }

    fn belongs(self, to: &AppliesTo) -> Markup {
        let tiers = to.tiers.iter().filter_map(|tier| self.content.logic.tiers.get(usize::from(*tier)));
        let tiers: Vec<&str> = tiers.map(|tier| &**tier).collect();
        html! {
            @if !tiers.is_empty() { "for the tiers " (tiers.join(", ")) }
            @if !tiers.is_empty() && !to.rules.is_empty() { " and " }
            @if !to.rules.is_empty() { "for the rules " @for rule in &to.rules { (self.rule_link(*rule)) " " } }
        }
    }
}
