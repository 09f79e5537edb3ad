//! Guidance: sections in Markdown, and the sources that their facts lead to.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::escape_html;

use crate::figures::Place;
use crate::problems::Problems;
use crate::reader::{Source, Table, still_to_write, unseen};

/// An entry of `sources.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its key, by which rules, questions and texts name it.
    pub key: String,
    /// Who, when, where.
    pub citation: String,
    /// Where it can be found, as text.
    pub locator: String,
    /// What kind of evidence it is.
    pub kind: String,
    /// What is taken from it, in the authors' words.
    pub says: String,
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
/// Nothing where the file is not TOML.
pub(crate) fn sources(source: Source<'_>) -> Option<Vec<Entry>> {
    let parsed = source.parse()?;
    let root = Table::new(source, 0, parsed.get_ref());
    let mut entries = Vec::new();
    for (key, value) in root.entries() {
        let Some(table) = Table::of(source, value) else { continue };
        let word = |name| table.text(name).map(|word| word.text).unwrap_or_default();
        let kind = table.text("kind");
        if let Some(word) = kind.as_ref().filter(|word| !KINDS.contains(&word.text.as_str())) {
            source.problem(word.at, format!("`kind` is one of {}, not {}", KINDS.join(", "), word.text));
        }
        let kind = kind.map(|word| word.text).unwrap_or_default();
        let (citation, locator, says) = (word("citation"), word("locator"), word("says"));
        entries.push(Entry { key: key.text, citation, locator, kind, says, line: source.line(key.at) });
        table.finish();
    }
    Some(entries)
}

/// A section in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guidance {
    /// Its title; empty where the page composes the section.
    pub title: String,
    /// The text without the title, as HTML.
    pub html: String,
    /// The sources that it names, in order, each once.
    pub cited: Vec<String>,
    /// The figures in it.
    pub(crate) figures: Vec<Place>,
    /// What stands in its numbered lists, without marks.
    pub numbered: Vec<String>,
    /// Its headings, paragraphs and list items, without marks.
    pub blocks: Vec<String>,
}

impl Guidance {
    pub(crate) fn shows(&self, figure: &str) -> bool {
        self.figures.iter().any(|shown| shown.id == figure)
    }
}

/// What a section can name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    /// The numbers of the sources, if they could be read.
    pub(crate) numbers: Option<&'a BTreeMap<String, usize>>,
    /// What is read out before the number of a source.
    pub(crate) mark: &'a str,
    /// The figures as HTML.
    pub(crate) figures: &'a BTreeMap<String, String>,
}

/// Turns a section into HTML and names what does not belong in one.
pub(crate) fn section(file: &str, text: &str, named: Named<'_>, problems: &Problems) -> Guidance {
    let mut reading = Reading { file, text, named, problems, guidance: Guidance::default(), block: None, numbered: 0 };
    let events = reading.events();
    if reading.guidance.title.is_empty() {
        problems.add(file, 1, "a section begins with its title, in plain text: `# Title`");
    }
    reading.guidance.blocks = blocks(&events);
    html::push_html(&mut reading.guidance.html, events.into_iter());
    reading.guidance
}

/// The text of each heading, paragraph and list item.
fn blocks(events: &[Event<'_>]) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for event in events {
        let current = blocks.last_mut();
        match (event, current) {
            (Event::Text(text) | Event::Code(text), Some(block)) => block.push_str(text),
            (Event::SoftBreak | Event::HardBreak, Some(block)) => block.push(' '),
            // The only other HTML here is the mark of a source.
            (Event::InlineHtml(html), Some(block)) if **html == *EMERGENCY_LINK => block.push_str("911"),
            (Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::Item), _) => blocks.push(String::new()),
            _ => {}
        }
    }
    blocks.retain(|block| !block.trim().is_empty());
    blocks
}

struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    named: Named<'a>,
    problems: &'a Problems,
    guidance: Guidance,
    block: Option<Block>,
    /// How many numbered lists are open here.
    numbered: u32,
}

/// A paragraph or list item: if it holds a number, it needs a source.
#[derive(Clone, Copy, Debug)]
struct Block {
    at: usize,
    has_number: bool,
    has_source: bool,
}

impl<'a> Reading<'a> {
    fn events(&mut self) -> Vec<Event<'a>> {
        // Footnotes are found by hand: pulldown-cmark makes one only where its definition stands in the same file.
        let parser = Parser::new_ext(self.text, Options::empty());
        let mut events = Vec::new();
        let (mut in_title, mut in_figure) = (false, false);
        for (event, range) in parser.into_offset_iter() {
            let at = range.start;
            let figure = figure_in(self.text.get(range).unwrap_or_default());
            if let Event::Text(piece) | Event::Code(piece) = &event
                && let Some(message) = unseen(piece)
            {
                self.problem(at, message);
            }
            match event {
                Event::Start(Tag::Paragraph) if figure.is_some() => {
                    in_figure = true;
                    self.figure(figure.unwrap_or_default(), at, &mut events);
                }
                Event::End(TagEnd::Paragraph) if in_figure => in_figure = false,
                _ if in_figure => {}
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                    in_title = true;
                    if at != 0 {
                        self.problem(at, "only the first line is a title; use ## for the headings below it");
                    }
                }
                Event::End(TagEnd::Heading(HeadingLevel::H1)) => in_title = false,
                Event::Text(title) if in_title && !title.contains(['{', '^']) => {
                    self.name_unwritten(&title, at);
                    self.guidance.title.push_str(&title);
                }
                _ if in_title => self.problem(at, "a title is plain text, without marks, placeholders and sources"),
                Event::Start(Tag::Heading { level, .. }) => events.push(Event::Start(heading(level))),
                Event::End(TagEnd::Heading(level)) => events.push(Event::End(TagEnd::Heading(lower(level)))),
                Event::Text(text) => self.text(&text, at, &mut events),
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                    self.problem(at, "HTML does not belong in guidance; write Markdown");
                }
                Event::Html(_) | Event::End(TagEnd::HtmlBlock | TagEnd::Link | TagEnd::Image) => {}
                Event::Start(Tag::Link { .. }) => {
                    self.problem(at, "no links: a pressed link would tell what was read; name a source instead");
                }
                Event::Start(Tag::Image { .. }) => {
                    let message =
                        "no pictures here: draw it in figures/, and place it on a line by itself: ![](figure:…)";
                    self.problem(at, message);
                }
                Event::Code(ref code) => {
                    self.note_number(code);
                    events.push(event);
                }
                Event::Start(Tag::Paragraph | Tag::Item) => {
                    if self.numbered > 0 && matches!(event, Event::Start(Tag::Item)) {
                        self.guidance.numbered.push(String::new());
                    }
                    self.close_block();
                    self.block = Some(Block { at, has_number: false, has_source: false });
                    events.push(event);
                }
                Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                    self.close_block();
                    events.push(event);
                }
                Event::Start(Tag::List(Some(_))) => {
                    self.numbered += 1;
                    events.push(event);
                }
                Event::End(TagEnd::List(true)) => {
                    self.numbered -= 1;
                    events.push(event);
                }
                other => events.push(other),
            }
        }
        events
    }

    fn source(&self) -> Source<'_> {
        Source { file: self.file, text: self.text, problems: self.problems }
    }

    fn problem(&self, at: usize, message: impl Into<String>) {
        self.source().problem(at, message);
    }

    fn close_block(&mut self) {
        if let Some(block) = self.block.take()
            && block.has_number
            && !block.has_source
        {
            self.problem(block.at, "a figure needs a source: add [^key] with a key of sources.toml");
        }
    }

    /// Text with source marks and the emergency number in it. The parser hands brackets over in pieces, so each mark
    /// is looked up in the file itself.
    fn text(&mut self, piece: &str, at: usize, events: &mut Vec<Event<'a>>) {
        if piece == "[" || piece == "]" {
            let opens = piece == "[" && self.text.get(at..).is_some_and(|rest| rest.starts_with("[^"));
            let closes = piece == "]" && self.is_mark_end(at);
            if !opens && !closes {
                events.push(Event::Text(piece.to_owned().into()));
            }
            return;
        }
        if let Some(key) = piece.strip_prefix('^')
            && at > 0
            && self.text.get(at - 1..at) == Some("[")
        {
            return self.cite(key, at, events);
        }
        self.name_unwritten(piece, at);
        self.note_number(piece);
        if self.numbered > 0
            && let Some(item) = self.guidance.numbered.last_mut()
        {
            item.push_str(piece);
        }
        if piece.replace("{emergency}", "").contains('{') {
            self.problem(at, "only {emergency} is filled in here; write other words out");
        }
        let mut rest = piece;
        while let Some((before, after)) = rest.split_once("{emergency}") {
            events.push(Event::Text(before.to_owned().into()));
            events.push(Event::InlineHtml(EMERGENCY_LINK.into()));
            rest = after;
        }
        events.push(Event::Text(rest.to_owned().into()));
    }

    fn name_unwritten(&self, piece: &str, at: usize) {
        // The piece ends where bold begins; what is to be written goes on.
        if still_to_write(piece).is_some()
            && let Some(message) = still_to_write(self.text.get(at..).unwrap_or(piece))
        {
            self.problem(at, message);
        }
    }

    fn note_number(&mut self, piece: &str) {
        if let Some(block) = &mut self.block {
            block.has_number |= piece.bytes().any(|byte| byte.is_ascii_digit());
        }
    }

    fn figure(&mut self, id: &str, at: usize, events: &mut Vec<Event<'a>>) {
        let line = self.source().line(at);
        self.guidance.figures.push(Place { id: id.to_owned(), line });
        match self.named.figures.get(id) {
            Some(html) => events.push(Event::Html(html.clone().into())),
            None => self.problem(at, format!("there is no figure `{id}`; draw it in figures/{id}.svg")),
        }
    }

    fn is_mark_end(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        before
            .rfind('[')
            .is_some_and(|open| before.get(open..).is_some_and(|mark| mark.starts_with("[^") && !mark.contains(' ')))
    }

    fn cite(&mut self, key: &str, at: usize, events: &mut Vec<Event<'a>>) {
        if let Some(block) = &mut self.block {
            block.has_source = true;
        }
        let Some(numbers) = self.named.numbers else { return };
        let Some(number) = numbers.get(key) else {
            return self.problem(at, format!("sources.toml has no `{key}`; add it there"));
        };
        if !self.guidance.cited.iter().any(|cited| cited == key) {
            self.guidance.cited.push(key.to_owned());
        }
        let mut mark = String::new();
        let _ = escape_html(&mut mark, self.named.mark);
        let html = format!("<sup class=\"cite\"><span class=\"visually-hidden\">{mark} </span>[{number}]</sup>");
        events.push(Event::InlineHtml(html.into()));
    }
}

/// The id of a figure, if this paragraph is one.
fn figure_in(paragraph: &str) -> Option<&str> {
    paragraph.trim().strip_prefix("![](figure:")?.strip_suffix(')').filter(|id| !id.contains([')', ' ', '\n']))
}

/// The emergency number where it stands in guidance; the page puts the configured one in its place.
pub const EMERGENCY_LINK: &str = "<a class=\"emergency-number\" href=\"tel:911\">911</a>";

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
