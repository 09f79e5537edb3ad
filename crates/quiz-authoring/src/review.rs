//! The document that a clinician reads and signs: `cargo quiz review`.
//!
//! It holds everything that the hash covers, in all languages, in one HTML file that prints and needs nothing else. The
//! same content gives the same bytes: there is no date in it.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use quiz_engine::{Text, Words};

use crate::content::{Content, Language};
use crate::guidance::Entry;

mod cases;
mod conditions;
mod examples;
mod figures;
mod groups;
mod guidance;
mod outcomes;
mod properties;
mod questions;
mod readme;
mod rules;
mod signing;

/// The parts of the document, each with the beginning of its address in it.
const PARTS: [(&str, &str); 14] = [
    ("sign", "How to review and sign"),
    ("questions", "Questions"),
    ("terms", "Terms that rules share"),
    ("rules", "Rules, the most urgent first"),
    ("groups", "Results beside the advice"),
    ("advice", "Advice"),
    ("additions", "Notes, additions and order"),
    ("properties", "What must always hold"),
    ("sections", "Guidance"),
    ("interface", "Phrases of the page"),
    ("cases", "Cases"),
    ("readme", "What the authors declare"),
    ("sources", "Sources"),
    ("signature", "Signature"),
];

/// The whole document.
pub fn review(content: &Content) -> String {
    let reader = Reader { content };
    let title = format!("{} {}: for review", content.id, content.version);
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width";
                title { (title) }
                style { (PreEscaped(style(&content.hash))) }
            }
            body {
                h1 { (title) }
                (reader.contents())
                (reader.how_to_sign())
                (reader.questions())
                (reader.terms())
                (reader.rules())
                (reader.groups())
                (reader.advice())
                (reader.additions())
                (reader.properties())
                (reader.sections())
                (reader.interface())
                (reader.cases())
                (reader.readme())
                (reader.sources())
                (reader.signature())
            }
        }
    };
    document.into_string() + "\n"
}

/// The style, with the hash at the foot of each printed page. It is hexadecimal, so it can mean nothing in CSS.
fn style(hash: &str) -> String {
    include_str!("review/style.css").replace("{hash}", hash)
}

/// The content as it is read for review.
#[derive(Clone, Copy)]
struct Reader<'a> {
    content: &'a Content,
}

impl<'a> Reader<'a> {
    /// The language in which conditions and examples are told: English where it is there.
    fn first(self) -> Option<&'a Language> {
        let all = &self.content.languages;
        all.iter().find(|language| language.code == "en").or_else(|| all.first())
    }

    fn words(self) -> Option<&'a Words> {
        self.first().map(|language| &language.pack.words)
    }

    fn contents(self) -> Markup {
        html! {
            nav {
                h2 { "Contents" }
                ol {
                    @for (part, title) in PARTS.into_iter().filter(|(part, _)| self.has(part)) {
                        li { a href={ "#" (part) } { (title) } (self.within(part)) }
                    }
                }
            }
        }
    }

    /// Whether the content has this part: what must always hold and results beside the advice may be left out.
    fn has(self, part: &str) -> bool {
        match part {
            "properties" => self.content.properties.are_declared,
            "groups" => !self.content.logic.groups.is_empty(),
            _ => true,
        }
    }

    /// Links to what a part holds, where it is looked up by id.
    fn within(self, part: &str) -> Markup {
        let logic = &self.content.logic;
        let ids: Vec<&str> = match part {
            "questions" => logic.questions.iter().map(|question| &*question.id).collect(),
            "rules" => self.content.material.rules.iter().map(String::as_str).collect(),
            "groups" => logic.groups.iter().map(|group| &*group.id).collect(),
            "advice" => logic.advice.iter().map(|advice| &*advice.id).collect(),
            "sections" => logic.sections.iter().filter(|section| !section.own).map(|section| &*section.id).collect(),
            _ => Vec::new(),
        };
        html! {
            @if !ids.is_empty() {
                p.within { @for id in ids { a href={ "#" (part) "-" (id) } { (id) } " " } }
            }
        }
    }

    /// A part's heading and what leads into it.
    fn part(part: &str, intro: &str) -> Markup {
        let title = PARTS.iter().find(|(id, _)| *id == part).map_or("", |(_, title)| title);
        html! { h2 id=(part) { (title) } @if !intro.is_empty() { p { (intro) } } }
    }

    /// A heading of one item, with a box to tick for each language that it has words in.
    fn item(self, part: &str, id: &str, name: &str) -> Markup {
        html! { h3 id={ (part) "-" (id) } { (name) (self.boxes()) } }
    }

    fn boxes(self) -> Markup {
        html! {
            span.read {
                "read"
                @for language in &self.content.languages { " ☐ " (language.code) }
            }
        }
    }

    /// A row with a text in each language, under one name; nothing where no language has it.
    fn texts(self, name: &str, text: impl Fn(&Words) -> Option<Text>) -> Markup {
        self.row(name, |language| text(&language.pack.words))
    }

    fn row(self, name: &str, text: impl Fn(&'a Language) -> Option<Text>) -> Markup {
        let texts: Vec<_> = self.content.languages.iter().map(|language| (language, text(language))).collect();
        let is_said = texts.iter().any(|(_, text)| text.as_ref().is_some_and(|text| !text.is_empty()));
        html! {
            @if is_said {
                tr {
                    th scope="row" { (name) }
                    @for (language, text) in &texts {
                        td lang=(language.code) dir=(direction(language)) { (text.as_deref().unwrap_or_default()) }
                    }
                }
            }
        }
    }

    /// The heads of a table in which each language has a column.
    fn language_heads(self, first: &str) -> Markup {
        html! {
            thead { tr {
                th scope="col" { (first) }
                @for language in &self.content.languages { th scope="col" { (language.name) } }
            } }
        }
    }

    /// Sources by key: number, citation, kind and what is taken from each.
    fn cited(self, keys: &[String]) -> Markup {
        let found: Vec<(usize, &Entry)> = keys.iter().filter_map(|key| self.content.material.source(key)).collect();
        html! {
            ul {
                @for (number, entry) in found {
                    li { "[" (number) "] " (entry.citation) " (" (entry.kind) "): " (entry.says) }
                }
            }
        }
    }

    fn question_id(self, index: u16) -> &'a str {
        self.content.logic.question(index).map_or("", |question| &question.id)
    }

    /// A rule's key, as a link to it.
    fn rule_link(self, index: u16) -> Markup {
        let key = self.content.material.rules.get(usize::from(index)).map_or("", String::as_str);
        html! { a href={ "#rules-" (key) } { (key) } }
    }

    /// An advice's id, as a link to it.
    fn advice_link(self, index: u16) -> Markup {
        let id = self.content.logic.advice.get(usize::from(index)).map_or("", |advice| &advice.id);
        html! { a href={ "#advice-" (id) } { (id) } }
    }

    /// A section's id, as a link to it where it has a text of its own.
    fn section_link(self, index: u16) -> Markup {
        let Some(section) = self.content.logic.sections.get(usize::from(index)) else { return html! {} };
        html! {
            @if section.own { (section.id) " (composed by the page)" }
            @else { a href={ "#sections-" (section.id) } { (section.id) } }
        }
    }

    fn section_links(self, indices: &[u16]) -> Markup {
        html! { @for (place, index) in indices.iter().enumerate() { @if place > 0 { ", " } (self.section_link(*index)) } }
    }
}

fn direction(language: &Language) -> &'static str {
    if language.pack.words.right_to_left { "rtl" } else { "ltr" }
}
