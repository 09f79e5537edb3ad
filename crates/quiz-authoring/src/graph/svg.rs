//! The flow as a drawing. Where things stand is the business of the `layout-rs` crate.

use layout::backends::svg::SVGWriter;
use layout::core::base::Orientation;
use layout::core::color::Color;
use layout::core::format::{ClipHandle, RenderBackend};
use layout::core::geometry::Point;
use layout::core::style::StyleAttr;
use layout::std_shapes::shapes::{Arrow as Line, Element, ShapeKind};
use layout::topo::layout::VisualGraph;

use super::flow::{Flow, Place};
use super::text::{label, name};
use crate::content::Content;
use crate::guidance::escaped;

/// How wide a line of a label may be, in letters.
const WIDTH: usize = 34;

/// How wide a letter is, at most.
const LETTER: f64 = 9.0;

/// The flow as SVG.
pub(super) fn drawn(content: &Content, flow: &Flow) -> String {
    let mut graph = VisualGraph::new(Orientation::TopToBottom);
    let nodes: Vec<_> = flow.places.iter().map(|place| graph.add_node(element(content, *place))).collect();
    let node =
        |place: Place| flow.places.iter().position(|other| *other == place).and_then(|at| nodes.get(at)).copied();
    for arrow in &flow.arrows {
        if let (Some(from), Some(to)) = (node(arrow.from), node(arrow.to)) {
            graph.add_edge(Line::simple(&wrapped(&label(content, arrow))), from, to);
        }
    }
    let mut measured = Measured { writer: SVGWriter::new(), end: Point::zero(), texts: Vec::new() };
    graph.do_it(false, false, false, &mut measured);
    for (at, text, look) in std::mem::take(&mut measured.texts) {
        measured.writer.draw_text(at, &text, &look);
    }
    finished(content, &measured)
}

fn element(content: &Content, place: Place) -> Element {
    let text = wrapped(&name(content, place));
    let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let size = Point::new(letters(widest) * LETTER + 24.0, letters(text.lines().count()) * 18.0 + 18.0);
    let fill = match place {
        Place::Screen(_) => 0xffff_ffff,
        Place::End => 0xeeee_eeff,
        Place::Tier(_) => 0xe6f0_faff,
    };
    let look = StyleAttr::new(Color::new(0x2222_22ff), 1, Some(Color::new(fill)), 4, 15);
    Element::create(ShapeKind::new_box(&text), look, Orientation::TopToBottom, size)
}

/// A small number as a length.
fn letters(count: usize) -> f64 {
    f64::from(u16::try_from(count).unwrap_or(u16::MAX))
}

/// Text in lines that are not too wide.
fn wrapped(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// With a name for those who cannot see it, with letters that any system has and that stand out against lines, and cut
/// to what is drawn.
fn finished(content: &Content, measured: &Measured) -> String {
    let title = format!("The flow of {}: each screen with where it leads", escaped(&content.id));
    let svg = measured.writer.finalize().replace(
        "font-family: Times, serif",
        "font-family: sans-serif; paint-order: stroke; stroke: #fff; stroke-width: 4px",
    );
    let (_, drawn) = svg.split_once("xmlns=\"http://www.w3.org/2000/svg\">").unwrap_or(("", &svg));
    let lines: Vec<&str> = drawn.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (width, height) = (measured.end.x.ceil() + MARGIN, measured.end.y.ceil() + MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{title}\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n<title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{}\n",
        lines.join("\n")
    )
}

/// What stays free to the right and below.
const MARGIN: f64 = 10.0;

/// A drawing that knows how far it reaches; the crate's own measure takes a long text for a high one.
struct Measured {
    writer: SVGWriter,
    end: Point,
    /// What is written, for the end: no line runs through it then.
    texts: Vec<(Point, String, StyleAttr)>,
}

impl Measured {
    fn reach(&mut self, x: f64, y: f64) {
        self.end = Point::new(self.end.x.max(x), self.end.y.max(y));
    }
}

impl RenderBackend for Measured {
    fn draw_rect(
        &mut self,
        xy: Point,
        size: Point,
        look: &StyleAttr,
        properties: Option<String>,
        clip: Option<ClipHandle>,
    ) {
        self.reach(xy.x + size.x, xy.y + size.y);
        self.writer.draw_rect(xy, size, look, properties, clip);
    }

    fn draw_line(&mut self, start: Point, stop: Point, look: &StyleAttr, properties: Option<String>) {
        self.reach(start.x.max(stop.x), start.y.max(stop.y));
        self.writer.draw_line(start, stop, look, properties);
    }

    fn draw_circle(&mut self, xy: Point, size: Point, look: &StyleAttr, properties: Option<String>) {
        self.reach(xy.x + size.x / 2.0, xy.y + size.y / 2.0);
        self.writer.draw_circle(xy, size, look, properties);
    }

    fn draw_text(&mut self, xy: Point, text: &str, look: &StyleAttr) {
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        self.reach(xy.x + letters(widest) * LETTER / 2.0, xy.y);
        self.texts.push((xy, text.to_owned(), look.clone()));
    }

    fn draw_arrow(
        &mut self,
        path: &[(Point, Point)],
        dashed: bool,
        head: (bool, bool),
        look: &StyleAttr,
        properties: Option<String>,
        text: &str,
    ) {
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        for (one, other) in path {
            let x = one.x.max(other.x) + letters(widest) * LETTER / 2.0;
            self.reach(x, one.y.max(other.y));
        }
        self.writer.draw_arrow(path, dashed, head, look, properties, text);
    }

    fn create_clip(&mut self, xy: Point, size: Point, rounded_px: usize) -> ClipHandle {
        self.writer.create_clip(xy, size, rounded_px)
    }
}
