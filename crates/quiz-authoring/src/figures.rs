//! Figures: drawings in SVG. They hold lines and places for words, and nothing that could load, run, style or lead
//! anywhere: what is not listed here does not belong in one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use roxmltree::{Document, Node};

use crate::compile::Structure;
use crate::guidance::escaped;
use crate::problems::Problems;
use crate::reader::Source;

const ELEMENTS: [&str; 10] = ["svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text"];

const ATTRIBUTES: [&str; 19] = [
    "class",
    "cx",
    "cy",
    "d",
    "data-option",
    "height",
    "points",
    "r",
    "rx",
    "ry",
    "text-anchor",
    "transform",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// A drawing, without words.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    /// The file's name without its ending.
    pub(crate) id: String,
    /// What it names in braces, each once.
    pub(crate) labels: Vec<String>,
    /// The options that its parts stand for.
    pub(crate) options: Vec<Place>,
    /// Whether nothing is wrong with it, so that all its labels are known.
    pub(crate) is_sound: bool,
    /// Attributes and content of the `svg` element.
    pieces: Vec<Piece>,
}

/// An id where it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) id: String,
    pub(crate) line: usize,
}

#[derive(Debug)]
enum Piece {
    Markup(String),
    /// Words, and where each line of them begins.
    Label {
        name: String,
        x: String,
    },
}

/// What is said of a figure, and in it, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// What stands below it.
    pub title: String,
    /// What it shows, for whoever can't see it.
    pub description: String,
    /// The words of each label, by its name. A line break is one in the figure.
    pub labels: BTreeMap<String, String>,
}

/// Reads a drawing and names what does not belong in one.
pub(crate) fn drawing(id: &str, source: Source<'_>) -> Drawing {
    let mut drawing = Drawing { id: id.to_owned(), ..Drawing::default() };
    match Document::parse(source.text) {
        Ok(document) => Tracing { source, drawing: &mut drawing }.root(document.root_element()),
        Err(error) => {
            let line = usize::try_from(error.pos().row).unwrap_or(1);
            source.problems.add(source.file, line, format!("not valid XML: {error}"));
        }
    }
    drawing.is_sound = !source.problems.is_in(source.file);
    drawing
}

struct Tracing<'a> {
    source: Source<'a>,
    drawing: &'a mut Drawing,
}

impl Tracing<'_> {
    fn root(&mut self, root: Node<'_, '_>) {
        let is_svg = root.tag_name().name() == "svg" && root.tag_name().namespace() == Some(NAMESPACE);
        if !is_svg || !root.has_attribute("viewBox") {
            let message = format!("a figure is one element: <svg xmlns=\"{NAMESPACE}\" viewBox=\"…\">");
            return self.source.problem(root.range().start, message);
        }
        self.attributes(root, &["viewBox"]);
        self.markup(">");
        self.children(root);
    }

    fn children(&mut self, parent: Node<'_, '_>) {
        for child in parent.children() {
            if child.is_element() {
                self.element(child);
            } else if let Some(text) = child.text().filter(|text| child.is_text() && !text.trim().is_empty()) {
                self.text(parent, text.trim(), child.range().start);
            }
        }
    }

    fn element(&mut self, node: Node<'_, '_>) {
        let name = node.tag_name().name();
        if !ELEMENTS.contains(&name) || name == "svg" || node.tag_name().namespace() != Some(NAMESPACE) {
            let known = ELEMENTS.iter().skip(1).copied().collect::<Vec<_>>().join(", ");
            let message = format!("`{name}` does not belong in a figure; known are {known}");
            return self.source.problem(node.range().start, message);
        }
        self.markup(&format!("<{name}"));
        self.attributes(node, &ATTRIBUTES);
        if node.has_children() {
            self.markup(">");
            self.children(node);
            self.markup(&format!("</{name}>"));
        } else {
            self.markup("/>");
        }
    }

    fn attributes(&mut self, node: Node<'_, '_>, known: &[&str]) {
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            if attribute.namespace().is_some() || !known.contains(&name) {
                let message = format!("`{name}` does not belong in a figure; known are {}", known.join(", "));
                self.source.problem(attribute.range().start, message);
            }
            if name == "data-option" {
                let option = Place { id: value.to_owned(), line: self.source.line(attribute.range().start) };
                self.drawing.options.push(option);
            }
            self.markup(&format!(" {name}=\"{}\"", escaped(value)));
        }
    }

    /// Words stand in figures.toml; a drawing only names them.
    fn text(&mut self, parent: Node<'_, '_>, text: &str, at: usize) {
        let name = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let Some(name) = name.filter(|name| parent.tag_name().name() == "text" && is_label(name)) else {
            let message = "words do not stand in a figure: write <text>{label}</text>, and the words into figures.toml";
            return self.source.problem(at, message);
        };
        let Some(x) = parent.attribute("x") else {
            return self.source.problem(parent.range().start, "a text needs `x`: each line of its words begins there");
        };
        if !self.drawing.labels.iter().any(|label| label == name) {
            self.drawing.labels.push(name.to_owned());
        }
        self.drawing.pieces.push(Piece::Label { name: name.to_owned(), x: escaped(x) });
    }

    fn markup(&mut self, markup: &str) {
        if let Some(Piece::Markup(before)) = self.drawing.pieces.last_mut() {
            before.push_str(markup);
        } else {
            self.drawing.pieces.push(Piece::Markup(markup.to_owned()));
        }
    }
}

fn is_label(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

impl Drawing {
    fn file(&self) -> String {
        format!("figures/{}.svg", self.id)
    }

    /// The figure among text: its description is read where it can't be seen, its title by everyone.
    pub(crate) fn in_text(&self, caption: &Caption) -> String {
        let spoken = format!("role=\"img\" aria-label=\"{}\"", escaped(&caption.description));
        let svg = self.svg(&spoken, caption);
        format!("<figure class=\"figure\">{svg}<figcaption>{}</figcaption></figure>\n", escaped(&caption.title))
    }

    /// The figure beside a question: whoever can't see it has the options, which say the same.
    pub(crate) fn beside_question(&self, caption: &Caption) -> String {
        self.svg("aria-hidden=\"true\" focusable=\"false\"", caption)
    }

    fn svg(&self, attributes: &str, caption: &Caption) -> String {
        let mut svg = format!("<svg class=\"drawing\" {attributes}");
        for piece in &self.pieces {
            match piece {
                Piece::Markup(markup) => svg.push_str(markup),
                Piece::Label { name, x } => {
                    svg.push_str(&lines(caption.labels.get(name).map(String::as_str).unwrap_or_default(), x));
                }
            }
        }
        svg + "</svg>"
    }
}

/// The lines of a label, one below the other.
fn lines(words: &str, x: &str) -> String {
    let mut lines = words.lines().map(in_its_own_direction);
    let mut markup = escaped(&lines.next().unwrap_or_default());
    for line in lines {
        let _ = write!(markup, "<tspan x=\"{x}\" dy=\"1.15em\">{}</tspan>", escaped(&line));
    }
    markup
}

/// A drawing runs from left to right in every language, so that its labels stand where they belong. Words that run the
/// other way are set apart, or their full stops and brackets would stand at the wrong end.
fn in_its_own_direction(line: &str) -> String {
    let runs_left =
        |letter: char| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
    if line.contains(runs_left) { format!("\u{2068}{line}\u{2069}") } else { line.to_owned() }
}

/// Names each question whose figure is not there, and each part of a figure that stands for no option of its question.
pub(crate) fn check_questions(quiz: Source<'_>, structure: &Structure, drawings: &[Drawing]) {
    for (question, word) in &structure.figures {
        let id = &word.text;
        match drawings.iter().find(|drawing| drawing.id == *id) {
            Some(drawing) if drawing.options.is_empty() && !quiz.problems.is_in(&drawing.file()) => {
                quiz.problem(word.at, format!("no part of the figure `{id}` has a `data-option`: none can be pressed"));
            }
            Some(drawing) => check_options(drawing, *question, structure, quiz.problems),
            None => quiz.problem(word.at, format!("there is no figure `{id}`; draw it in figures/{id}.svg")),
        }
    }
}

fn check_options(drawing: &Drawing, question: u16, structure: &Structure, problems: &Problems) {
    let names = &structure.names;
    let asked = names.question_ids().get(usize::from(question)).copied().unwrap_or_default();
    let known = names.options(question).join(", ");
    for option in drawing.options.iter().filter(|option| names.option(question, &option.id).is_none()) {
        let message = format!("`{}` is no option of `{asked}`; known are {known}", option.id);
        problems.add(&drawing.file(), option.line, message);
    }
}

/// Names the figures that nothing shows. Where something else is wrong, one of them may belong there.
pub(crate) fn name_unused(drawings: &[Drawing], used: &BTreeSet<String>, problems: &Problems) {
    if problems.is_in("quiz.toml") || problems.is_in_folder("lang/") {
        return;
    }
    for drawing in drawings.iter().filter(|drawing| !used.contains(&drawing.id)) {
        let message =
            "nothing shows this figure; place it in a section, `![](figure:{})`, or beside a question, or delete it";
        problems.add(&drawing.file(), 1, message.replace("{}", &drawing.id));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(svg: &str) -> (Drawing, Vec<String>) {
        let problems = Problems::default();
        let drawing = drawing("sky", Source { file: "figures/sky.svg", text: svg, problems: &problems });
        (drawing, problems.into_sorted().iter().map(ToString::to_string).collect())
    }

    fn around(inside: &str) -> String {
        format!("<svg xmlns=\"{NAMESPACE}\" viewBox=\"0 0 9 9\">\n{inside}\n</svg>")
    }

    fn caption(words: &str) -> Caption {
        Caption {
            title: "The sky".into(),
            description: "A \"blue\" sky".into(),
            labels: BTreeMap::from([("sun".to_owned(), words.to_owned())]),
        }
    }

    #[test]
    fn comments_and_blanks_are_left_out() {
        let (drawing, problems) = read(&around("<!-- a cloud -->\n <g class=\"a\">\n <path d=\"M0 0\"/> </g>"));
        assert_eq!(problems, [""; 0]);
        let svg = drawing.beside_question(&Caption::default());
        let inside = "<g class=\"a\"><path d=\"M0 0\"/></g>";
        assert_eq!(
            svg,
            format!(
                "<svg class=\"drawing\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 9 9\">{inside}</svg>"
            )
        );
    }

    #[test]
    fn a_label_has_its_words_each_line_below_the_other() {
        let (drawing, problems) = read(&around("<text x=\"4\" y=\"5\">{sun}</text>"));
        assert_eq!((drawing.labels.as_slice(), problems.len()), (["sun".to_owned()].as_slice(), 0));
        let svg = drawing.beside_question(&caption("Sun\n& rain"));
        assert!(svg.ends_with("y=\"5\">Sun<tspan x=\"4\" dy=\"1.15em\">&amp; rain</tspan></text></svg>"), "{svg}");
    }

    #[test]
    fn words_that_run_from_right_to_left_are_set_apart() {
        assert_eq!(lines("L5\nעצם (L5)", "4"), "L5<tspan x=\"4\" dy=\"1.15em\">\u{2068}עצם (L5)\u{2069}</tspan>");
    }

    #[test]
    fn in_text_a_figure_has_a_description_and_a_title() {
        let (drawing, _) = read(&around("<path d=\"M0 0\"/>"));
        let html = drawing.in_text(&caption(""));
        assert!(
            html.starts_with(
                "<figure class=\"figure\"><svg class=\"drawing\" role=\"img\" aria-label=\"A &quot;blue&quot; sky\""
            ),
            "{html}"
        );
        assert!(html.ends_with("<figcaption>The sky</figcaption></figure>\n"), "{html}");
    }

    #[test]
    fn what_could_load_run_style_or_lead_is_refused() {
        for inside in [
            "<image x=\"1\"/>",
            "<script>alert(1)</script>",
            "<style>*{}</style>",
            "<foreignObject/>",
            "<use/>",
            "<a/>",
            "<animate/>",
            "<set/>",
            "<svg viewBox=\"0 0 1 1\"/>",
            "<p xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<path style=\"fill: red\"/>",
            "<path onclick=\"x()\"/>",
            "<path href=\"#a\"/>",
            "<path xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"#a\"/>",
            "<path id=\"a\"/>",
            "<path fill=\"url(#a)\"/>",
            "<g>words</g>",
            "<text x=\"1\">Sun</text>",
            "<text>{sun}</text>",
            "<text x=\"1\">{Sun}</text>",
        ] {
            let (_, problems) = read(&around(inside));
            assert_eq!(problems.len(), 1, "{inside}: {problems:?}");
            assert!(problems.iter().all(|problem| problem.starts_with("figures/sky.svg:2: ")), "{problems:?}");
        }
    }

    #[test]
    fn what_is_no_drawing_is_said_to_be_none() {
        let more = around("").replace("viewBox", "width=\"9\" viewBox");
        for text in
            ["", "sun", &more, "<svg>", "<svg viewBox=\"0 0 1 1\"/>", "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>"]
        {
            let (_, problems) = read(text);
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        }
    }

    #[test]
    fn what_is_in_quotes_stays_there() {
        let (drawing, _) = read(&around("<path class=\"&quot;&gt;&lt;b\"/>"));
        let svg = drawing.beside_question(&Caption::default());
        assert!(svg.contains("class=\"&quot;&gt;&lt;b\""), "{svg}");
    }
}
