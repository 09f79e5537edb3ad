//! Groups of results beside the advice.

use maud::{Markup, html};
use quiz_engine::{AdviceWords, Condition, Group, Rule, Words};

use super::Reader;

impl Reader<'_> {
    /// The groups; nothing of it where there are none.
    pub(super) fn groups(self) -> Markup {
        let groups = &self.content.logic.groups;
        html! {
            @if !groups.is_empty() {
                (Self::part("groups", "What a visitor reads beside the advice. In each group the first result that holds \
                    is shown; rules and other groups have no part in it."))
                @for (group, place) in groups.iter().zip(0_usize..) { (self.group(place, group)) }
            }
        }
    }

    fn group(self, place: usize, group: &Group) -> Markup {
        html! {
            (self.item("groups", &group.id, &group.id))
            p.small {
                "Has a result " @if group.shown == Condition::Always { "always." } @else { "when " (self.condition(&group.shown)) }
            }
            table { (self.language_heads("part")) tbody {
                (self.texts("name", |words| words.groups.get(place).cloned()))
            } }
            @for rule in &group.rules { (self.result(rule)) }
        }
    }

    fn result(self, rule: &Rule) -> Markup {
        let words = |words: &Words| words.results.get(usize::from(rule.advice)).cloned();
        let most = self.content.languages.iter().filter_map(|language| words(&language.pack.words));
        let most = most.map(|words: AdviceWords| words.lines.len()).max().unwrap_or(0);
        html! {
            h4 { (rule.id) }
            div.small { "Holds when " (self.condition(&rule.when)) }
            table { (self.language_heads("part")) tbody {
                (self.texts("headline", |all| words(all).map(|words| words.headline)))
                @for line in 0..most {
                    (self.texts(&format!("line {}", line + 1), |all| words(all)?.lines.get(line).cloned()))
                }
            } }
            div.small { "Rests on:" (self.cited(&self.sources_at(&rule.sources))) }
        }
    }
}
