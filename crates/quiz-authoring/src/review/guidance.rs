//! The guidance as it is shown, its sources, and the phrases of the page.

use maud::{Markup, PreEscaped, html};
use quiz_engine::Phrase;

use super::{Reader, direction};
use crate::guidance::EMERGENCY_LINK;

impl Reader<'_> {
    pub(super) fn sections(self) -> Markup {
        let all = self.content.logic.sections.iter().zip(0_usize..);
        html! {
            (Self::part("sections", "As it is shown, in the order of the leaflet. Numbers in brackets are those of the \
                sources below. 911 stands for the emergency number of the page's settings."))
            @for (section, place) in all.filter(|(section, _)| !section.own) {
                (self.item("sections", &section.id, &section.id))
                @if section.fixed { p.small { "Keeps its place whatever the visitor hopes for." } }
                @if self.holds_questions(place) {
                    p.small { "What is in its numbered list can be picked and taken along to a visit." }
                }
                @for language in &self.content.languages {
                    @if let Some(text) = language.sections.get(place) {
                        div.text lang=(language.code) dir=(direction(language)) {
                            p.title { (text.title) }
                            // Made by authoring from Markdown, in which HTML is a mistake and everything is escaped.
                            (PreEscaped(text.html.replace(EMERGENCY_LINK, "911")))
                        }
                    }
                }
                (self.figures_of(place))
            }
        }
    }

    /// Whether the page offers to take along what is in the section's numbered list.
    fn holds_questions(self, place: usize) -> bool {
        let to_ask = self.words().and_then(|words| words.to_ask.get(place));
        to_ask.is_some_and(|questions| !questions.is_empty())
    }

    pub(super) fn interface(self) -> Markup {
        let document = self.first().map(|language| language.document.keys()).into_iter().flatten();
        html! {
            (Self::part("interface", "Everything else that the page says. Words in braces are filled in."))
            p { (self.boxes()) }
            table {
                (self.language_heads("phrase"))
                tbody {
                    @for ((_, key), place) in Phrase::ALL.iter().zip(0_usize..) {
                        (self.texts(key, |words| words.interface.get(place).cloned()))
                    }
                    @for key in document {
                        (self.row(key, |language| language.document.get(key).map(|phrase| phrase.as_str().into())))
                    }
                }
            }
        }
    }

    pub(super) fn sources(self) -> Markup {
        html! {
            (Self::part("sources", "Numbered as on the page, which shows citation and locator. What is taken from each \
                is in the authors' words: compare it with the source."))
            table {
                thead { tr {
                    th scope="col" { "number" } th scope="col" { "source" } th scope="col" { "kind" }
                    th scope="col" { "what is taken from it" } th scope="col" { "checked" }
                } }
                tbody {
                    @for (entry, number) in self.content.material.sources.iter().zip(1_usize..) {
                        tr {
                            td { "[" (number) "]" }
                            td { (entry.citation) ". " (entry.locator) " " span.id { (entry.key) } }
                            td.kind { (entry.kind) }
                            td { (entry.says) }
                            td { "☐" }
                        }
                    }
                }
            }
        }
    }
}
