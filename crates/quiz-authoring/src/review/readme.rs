//! What the authors say of the content beside it: where it comes from, and which steps are meant to go down.

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Reader;

impl Reader<'_> {
    pub(super) fn readme(self) -> Markup {
        let Some(readme) = &self.content.material.readme else { return Self::part("readme", "There is no README.md.") };
        html! {
            (Self::part("readme", "README.md of the content: among other things, which single answers are meant to lead \
                to less urgent advice. It is there to be read; the hash does not cover it."))
            div.text { (PreEscaped(to_html(readme))) }
        }
    }
}

/// Markdown as HTML: HTML in it is shown as text, headings stand below those of this document, and links, which lead
/// to files that are not here, are text.
fn to_html(markdown: &str) -> String {
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let events = parser.filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
        | Event::End(TagEnd::Link | TagEnd::Image | TagEnd::HtmlBlock) => None,
        Event::Start(Tag::Heading { level, .. }) => {
            Some(Event::Start(Tag::Heading { level: lower(level), id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lower(level)))),
        other => Some(other),
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H4,
        HeadingLevel::H2 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}
