//! Figures: their words, and what the parts of one beside a question stand for.

use maud::{Markup, PreEscaped, html};
use quiz_engine::Question;

use super::{Reader, direction};
use crate::content::Language;
use crate::figures::Caption;

impl Reader<'_> {
    /// The words of the figures in a section, a table for each. The section's text shows them.
    pub(super) fn figures_of(self, section: usize) -> Markup {
        let shown = self.first().and_then(|language| language.sections.get(section));
        html! {
            @for figure in shown.map(|text| text.figures.as_slice()).unwrap_or_default() {
                table {
                    (self.language_heads(&format!("figure {}", figure.id)))
                    tbody { (self.figure_words(&figure.id)) }
                }
            }
        }
    }

    /// Rows for the figure beside a question's options: what it looks like with each of them chosen, and its words.
    pub(super) fn figure_beside(self, index: u16, question: &Question, figure: &str) -> Markup {
        html! {
            tr {
                th scope="row" { "figure " (figure) ": each part is pressed for its option" }
                @for language in &self.content.languages {
                    td lang=(language.code) dir=(direction(language)) {
                        div.parts { (parts(language, index, question, figure)) }
                    }
                }
            }
            (self.figure_words(figure))
        }
    }

    fn figure_words(self, figure: &str) -> Markup {
        let captions = self.content.languages.iter().filter_map(|language| language.captions.get(figure));
        let labels = captions.map(|caption| caption.labels.keys()).next().into_iter().flatten();
        let said = |name: &str, words: fn(&Caption) -> &String| {
            self.row(name, |language| language.captions.get(figure).map(|caption| words(caption).as_str().into()))
        };
        html! {
            (said("title of the figure", |caption| &caption.title))
            (said("description of the figure", |caption| &caption.description))
            @for label in labels {
                (self.row(&format!("label {label}"), |language| {
                    language.captions.get(figure)?.labels.get(label).map(|words| words.as_str().into())
                }))
            }
        }
    }
}

/// The figure once for each option that a part of it stands for, with that part marked.
fn parts(language: &Language, index: u16, question: &Question, figure: &str) -> Markup {
    let drawing = language.figures.get(figure).map_or("", String::as_str);
    let words = language.pack.words.questions.get(usize::from(index));
    let labels = words.map(|words| words.options.as_slice()).unwrap_or_default();
    html! {
        @for (option, label) in question.options.iter().zip(labels) {
            @let part = format!("data-option=\"{}\"", option.id);
            @if drawing.contains(&part) {
                figure {
                    // Made by authoring: known elements and attributes, everything in them escaped.
                    (PreEscaped(drawing.replace(&part, &format!("{part} data-chosen=\"\""))))
                    figcaption { (label) }
                }
            }
        }
    }
}
