//! A clinic's logo for the first screen and the leaflet: a small PNG, or an SVG of listed elements and attributes.
//!
//! It is shown as a picture with a `data:` address, where no browser runs, loads or follows anything. What does not
//! belong in a logo is an error all the same: a picture that is stripped would not be the one that was given.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use roxmltree::{Attribute, Document, Node};

use crate::leaflet::escaped;

/// The largest file, in bytes: each visitor loads it.
const LARGEST: usize = 24_576;

/// The room that a logo has, in CSS pixels.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 56.0;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

const ELEMENTS: [&str; 18] = [
    "svg",
    "g",
    "path",
    "circle",
    "ellipse",
    "rect",
    "line",
    "polyline",
    "polygon",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "use",
    "title",
    "desc",
];

const ATTRIBUTES: [&str; 52] = [
    "id",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "d",
    "points",
    "pathLength",
    "transform",
    "fill",
    "fill-rule",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-opacity",
    "opacity",
    "color",
    "clip-path",
    "clip-rule",
    "clipPathUnits",
    "mask",
    "maskUnits",
    "maskContentUnits",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "offset",
    "stop-color",
    "stop-opacity",
    "href",
    "version",
    "preserveAspectRatio",
    "role",
    "aria-label",
    "aria-hidden",
];

/// A logo that may stand in a document.
#[derive(Debug)]
pub(crate) struct Logo {
    address: String,
    width: f64,
    height: f64,
}

impl Logo {
    /// Reads a logo and names what is wrong with it.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let bytes = fs::read(file).with_context(|| format!("{} can't be read", file.display()))?;
        Self::of(&bytes).with_context(|| format!("{} can't be a logo", file.display()))
    }

    fn of(bytes: &[u8]) -> Result<Self> {
        let length = bytes.len();
        ensure!(length <= LARGEST, "it has {length} bytes, and {LARGEST} is the most that each visitor should load");
        if bytes.starts_with(b"\x89PNG") { Self::of_png(bytes) } else { Self::of_svg(bytes) }
    }

    fn of_png(bytes: &[u8]) -> Result<Self> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().context("it is no sound PNG")?;
        let mut pixels = vec![0; reader.output_buffer_size().context("it is too large")?];
        reader.next_frame(&mut pixels).context("it is no sound PNG")?;
        let (width, height) = reader.info().size();
        Self::sized("image/png", bytes, f64::from(width), f64::from(height))
    }

    fn of_svg(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).context("it is neither a PNG nor an SVG in UTF-8")?;
        let document = Document::parse(text).map_err(no_xml)?;
        let root = document.root_element();
        ensure!(root.tag_name().name() == "svg", "it is no SVG: its first element is `{}`", root.tag_name().name());
        ensure!(
            root.tag_name().namespace().is_some(),
            "its `<svg>` has no `xmlns`, and without that no browser shows it: write `<svg xmlns=\"{NAMESPACE}\"`"
        );
        document.descendants().try_for_each(check)?;
        let (width, height) = shape(root)?;
        check_size(root, width / height)?;
        Self::sized("image/svg+xml", bytes, width, height)
    }

    fn sized(kind: &str, bytes: &[u8], width: f64, height: f64) -> Result<Self> {
        ensure!(width >= 1.0 && height >= 1.0, "it is {width} wide and {height} high");
        let scale = (WIDTH / width).min(HEIGHT / height);
        let address = format!("data:{kind};base64,{}", BASE64_STANDARD.encode(bytes));
        Ok(Self { address, width: (width * scale).round(), height: (height * scale).round() })
    }

    /// The picture as markup, with the clinic's name for whoever can't see it.
    pub(crate) fn markup(&self, clinic: &str) -> String {
        format!(
            "<img alt=\"{}\" src=\"{}\" width=\"{}\" height=\"{}\">",
            escaped(clinic),
            self.address,
            self.width.max(1.0),
            self.height.max(1.0)
        )
    }
}

fn no_xml(error: roxmltree::Error) -> anyhow::Error {
    if matches!(error, roxmltree::Error::DtdDetected) {
        return anyhow!("it has a `<!DOCTYPE …>`, which no browser needs: delete that line");
    }
    anyhow::Error::new(error).context("it is neither a PNG nor sound XML")
}

/// The width and the height of the `viewBox`.
fn shape(root: Node<'_, '_>) -> Result<(f64, f64)> {
    let view = root.attribute("viewBox").context("it has no `viewBox`, so that its shape is unknown")?;
    let parts = view.split(|each: char| each.is_whitespace() || each == ',').filter(|part| !part.is_empty());
    let numbers: Vec<f64> = parts.map(|part| part.parse().unwrap_or(f64::NAN)).collect();
    let [_, _, width, height] = numbers[..] else { bail!("its `viewBox` is not four numbers: `{view}`") };
    ensure!(numbers.iter().all(|number| number.is_finite()), "its `viewBox` is not four numbers: `{view}`");
    Ok((width, height))
}

/// Fails where `width` and `height` have another shape than the `viewBox`: the picture would stand in them with empty
/// room, or be another one than its measures say.
fn check_size(root: Node<'_, '_>, ratio: f64) -> Result<()> {
    let (Some(width), Some(height)) = (root.attribute("width"), root.attribute("height")) else { return Ok(()) };
    let fits = match (length(width), length(height)) {
        (Some((_, "%")), Some((_, "%"))) => true,
        (Some((wide, one)), Some((high, other))) => one == other && (wide / high / ratio - 1.0).abs() < 0.02,
        _ => false,
    };
    ensure!(
        fits,
        "its `width` and `height` are `{width}` and `{height}`, which is not the shape of its `viewBox`: leave both out"
    );
    Ok(())
}

/// A length as its number and its unit; one without a unit is in pixels.
fn length(given: &str) -> Option<(f64, &str)> {
    let given = given.trim();
    let end = given.find(|each: char| each.is_ascii_alphabetic() || each == '%').unwrap_or(given.len());
    let (number, unit) = given.split_at(end);
    let number = number.parse().ok().filter(|number: &f64| *number > 0.0 && number.is_finite())?;
    Some((number, if unit.is_empty() { "px" } else { unit }))
}

/// Fails at an element or attribute that a logo does not need.
fn check(node: Node<'_, '_>) -> Result<()> {
    ensure!(!node.is_pi(), "it has a processing instruction, which could load a style sheet");
    if !node.is_element() {
        return Ok(());
    }
    let name = node.tag_name().name();
    let is_known = ELEMENTS.contains(&name) && node.tag_name().namespace() == Some(NAMESPACE);
    ensure!(is_known, "`<{name}>` does not belong in a logo; known are {}", ELEMENTS.join(", "));
    node.attributes().try_for_each(|attribute| check_attribute(node, &attribute))
}

/// The name as it stands in the file, with its prefix.
fn written(node: Node<'_, '_>, attribute: &Attribute<'_, '_>) -> String {
    let prefix = attribute.namespace().and_then(|namespace| node.lookup_prefix(namespace));
    prefix.map_or_else(|| attribute.name().to_owned(), |prefix| format!("{prefix}:{}", attribute.name()))
}

fn check_attribute(node: Node<'_, '_>, attribute: &Attribute<'_, '_>) -> Result<()> {
    let (element, value) = (node.tag_name().name(), attribute.value());
    let name = written(node, attribute);
    let is_link =
        attribute.name() == "href" && matches!(attribute.namespace(), None | Some("http://www.w3.org/1999/xlink"));
    ensure!(
        ATTRIBUTES.contains(&attribute.name()) && (attribute.namespace().is_none() || is_link),
        "`{name}` of `<{element}>` does not belong in a logo: write styles as attributes such as `fill`, and leave out \
         what runs or loads"
    );
    ensure!(!is_link || value.starts_with('#'), "`{name}` of `<{element}>` leads elsewhere: `{value}`");
    let is_own = |part: &str| part.trim_start().trim_start_matches(['"', '\'']).starts_with('#');
    let lower = value.to_ascii_lowercase();
    ensure!(lower.split("url(").skip(1).all(is_own), "`{name}` of `<{element}>` loads something: `{value}`");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> String {
        format!(
            "<svg xmlns=\"{NAMESPACE}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 120 28\">{inside}</svg>"
        )
    }

    #[test]
    fn a_drawing_with_a_gradient_is_a_logo_that_fits_its_room() {
        let drawing = "<defs><linearGradient id=\"a\"><stop offset=\"0\" stop-color=\"#0b5c6b\"/></linearGradient></defs>\
                       <path id=\"b\" fill=\"url(#a)\" d=\"M0 0h9\"/><use xlink:href=\"#b\" x=\"9\"/><use href=\"#b\"/>";
        let logo = Logo::of(svg(drawing).as_bytes()).unwrap();
        assert_eq!((logo.width, logo.height), (240.0, 56.0));
        let markup = logo.markup("A & \"B\"");
        assert!(markup.starts_with("<img alt=\"A &amp; &quot;B&quot;\" src=\"data:image/svg+xml;base64,"), "{markup}");
        assert!(markup.ends_with("\" width=\"240\" height=\"56\">"), "{markup}");
    }

    #[derive(serde::Deserialize)]
    struct Case {
        svg: String,
        /// Part of what is said of one that is refused.
        refused: Option<String>,
    }

    /// `site/builder-picture.js` is tried with the same.
    #[test]
    fn what_runs_loads_leads_or_styles_is_refused_by_its_name() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("logo/cases.json")).unwrap();
        for Case { svg, refused } in cases {
            match (Logo::of(svg.as_bytes()), refused) {
                (Ok(logo), None) => assert_eq!((logo.width, logo.height), (240.0, 56.0), "{svg}"),
                (Err(error), Some(named)) => assert!(format!("{error:#}").contains(&named), "{svg}: {error:#}"),
                (found, _) => panic!("{svg}: {found:?}"),
            }
        }
    }

    #[test]
    fn what_is_too_large_or_cut_short_is_refused() {
        let large = Logo::of(svg(&"<g/>".repeat(9000)).as_bytes()).unwrap_err();
        assert!(format!("{large:#}").contains("is the most that each visitor should load"), "{large:#}");
        let cut = Logo::of(&PNG[..60]).unwrap_err();
        assert!(format!("{cut:#}").contains("no sound PNG"), "{cut:#}");
    }

    #[test]
    fn a_png_is_shown_no_larger_than_its_room() {
        let logo = Logo::of(&PNG).unwrap();
        assert_eq!((logo.width, logo.height), (56.0, 56.0));
    }

    /// One red pixel.
    const PNG: [u8; 69] = [
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
        0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53, 0xde, 0x00, 0x00, 0x00,
        0x0c, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xf8, 0xcf, 0xc0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0xf7,
        0x03, 0x41, 0x43, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    ];
}
