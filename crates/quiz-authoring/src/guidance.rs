//! Guidance: sections in Markdown, and the sources that their facts lead to.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::escape_html;

use crate::problems::Problems;
use crate::reader::{Source, Table};

/// An entry of `sources.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) citation: String,
    pub(crate) locator: String,
    pub(crate) kind: String,
    pub(crate) line: usize,
}

/// What kinds of evidence there are.
const KINDS: [&str; 12] = [
    "guideline",
    "review",
    "meta-analysis",
    "trial",
    "cohort",
    "registry",
    "survey",
    "reference",
    "case-series",
    "book",
    "web",
    "project",
];

/// Reads `sources.toml`.
pub(crate) fn sources(source: Source<'_>) -> Vec<Entry> {
    let parsed = source.parse();
    let root = Table::new(source, 0, parsed.get_ref());
    let mut entries = Vec::new();
    for (key, value) in root.entries() {
        let Some(table) = Table::of(source, value) else { continue };
        let word = |name| table.text(name).map(|word| word.text).unwrap_or_default();
        let kind = word("kind");
        if !KINDS.contains(&kind.as_str()) {
            source.problem(table.at, format!("`kind` is one of {}", KINDS.join(", ")));
        }
        let (citation, locator) = (word("citation"), word("locator"));
        let _ = table.text("says");
        entries.push(Entry { key: key.text, citation, locator, kind, line: source.line(key.at) });
        table.finish();
    }
    entries
}

/// A section in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Guidance {
    pub(crate) title: String,
    /// The text without the title, as HTML.
    pub(crate) html: String,
    /// The sources that it names, in order, each once.
    pub(crate) cited: Vec<String>,
}

/// Turns a section into HTML and names what does not belong in one.
pub(crate) fn section(file: &str, text: &str, numbers: &BTreeMap<&str, usize>, mark: &str, problems: &Problems) -> Guidance {
    let mut reading = Reading { file, text, numbers, mark, problems, guidance: Guidance::default(), block: None };
    let events = reading.events();
    if reading.guidance.title.is_empty() {
        problems.add(file, 1, "a section begins with its title: `# Title`");
    }
    html::push_html(&mut reading.guidance.html, events.into_iter());
    reading.guidance
}

struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    numbers: &'a BTreeMap<&'a str, usize>,
    mark: &'a str,
    problems: &'a Problems,
    guidance: Guidance,
    block: Option<Block>,
}

/// A paragraph or list item: if it holds a figure, it needs a source.
#[derive(Clone, Copy, Debug)]
struct Block {
    at: usize,
    has_figure: bool,
    has_source: bool,
}

impl<'a> Reading<'a> {
    fn events(&mut self) -> Vec<Event<'a>> {
        // Footnotes are found by hand: pulldown-cmark makes one only where its definition stands in the same file.
        let parser = Parser::new_ext(self.text, Options::empty());
        let mut events = Vec::new();
        let mut in_title = false;
        for (event, range) in parser.into_offset_iter() {
            let at = range.start;
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                    in_title = true;
                    if at != 0 {
                        self.problem(at, "only the first line is a title; use ## for headings");
                    }
                }
                Event::End(TagEnd::Heading(HeadingLevel::H1)) => in_title = false,
                Event::Text(title) if in_title => self.guidance.title.push_str(&title),
                Event::Start(Tag::Heading { level, .. }) => events.push(Event::Start(heading(level))),
                Event::End(TagEnd::Heading(level)) => events.push(Event::End(TagEnd::Heading(lower(level)))),
                Event::Text(text) => self.text(&text, at, &mut events),
                Event::Html(_) | Event::InlineHtml(_) => self.problem(at, "HTML does not belong in guidance"),
                Event::Start(Tag::Link { .. }) => {
                    self.problem(at, "no links: a pressed link would tell what was read; name a source instead");
                }
                Event::Start(Tag::Image { .. }) => self.problem(at, "no pictures here: they belong in figures/"),
                Event::End(TagEnd::Link | TagEnd::Image) => {}
                Event::Start(Tag::Paragraph | Tag::Item) => {
                    self.close_block();
                    self.block = Some(Block { at, has_figure: false, has_source: false });
                    events.push(event);
                }
                Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                    self.close_block();
                    events.push(event);
                }
                other => events.push(other),
            }
        }
        events
    }

    fn problem(&self, at: usize, message: impl Into<String>) {
        let source = Source { file: self.file, text: self.text, problems: self.problems };
        source.problem(at, message);
    }

    fn close_block(&mut self) {
        if let Some(block) = self.block.take()
            && block.has_figure
            && !block.has_source
        {
            self.problem(block.at, "a figure needs a source: add [^key] with a key of sources.toml");
        }
    }

    /// Text with source marks and the emergency number in it. The parser hands brackets over in pieces, so each mark
    /// is looked up in the file itself.
    fn text(&mut self, piece: &str, at: usize, events: &mut Vec<Event<'a>>) {
        if piece == "[" || piece == "]" {
            return if piece == "[" && self.text.get(at..).is_some_and(|rest| rest.starts_with("[^")) {
            } else if piece == "]" && self.is_mark_end(at) {
            } else {
                events.push(Event::Text(piece.to_owned().into()));
            };
        }
        if let Some(key) = piece.strip_prefix('^')
            && at > 0
            && self.text.get(at - 1..at) == Some("[")
        {
            return self.cite(key, at, events);
        }
        if let Some(block) = &mut self.block {
            block.has_figure |= piece.bytes().any(|byte| byte.is_ascii_digit());
        }
        let mut rest = piece;
        while let Some((before, after)) = rest.split_once("{emergency}") {
            events.push(Event::Text(before.to_owned().into()));
            events.push(Event::InlineHtml(EMERGENCY_LINK.into()));
            rest = after;
        }
        if rest.contains('{') {
            self.problem(at, "only {emergency} is filled in here");
        }
        events.push(Event::Text(rest.to_owned().into()));
    }

    fn is_mark_end(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('[').is_some_and(|open| before.get(open..).is_some_and(|mark| mark.starts_with("[^") && !mark.contains(' ')))
    }

    fn cite(&mut self, key: &str, at: usize, events: &mut Vec<Event<'a>>) {
        let Some(number) = self.numbers.get(key) else {
            return self.problem(at, format!("sources.toml has no `{key}`"));
        };
        if let Some(block) = &mut self.block {
            block.has_source = true;
        }
        if !self.guidance.cited.iter().any(|cited| cited == key) {
            self.guidance.cited.push(key.to_owned());
        }
        let mut mark = String::new();
        let _ = escape_html(&mut mark, self.mark);
        let html = format!("<sup class=\"cite\"><span class=\"visually-hidden\">{mark} </span>{number}</sup>");
        events.push(Event::InlineHtml(html.into()));
    }
}

/// The emergency number where it stands in guidance; the page puts the configured one in its place.
pub(crate) const EMERGENCY_LINK: &str = "<a class=\"emergency-number\" href=\"tel:911\">911</a>";

fn heading(level: HeadingLevel) -> Tag<'static> {
    Tag::Heading { level: lower(level), id: None, classes: Vec::new(), attrs: Vec::new() }
}

/// A section's title is an h2 on the page, so what is ## in its file becomes an h3.
fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        _ => HeadingLevel::H5,
    }
}

/// Text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::new();
    let _ = escape_html(&mut html, text);
    html
}
