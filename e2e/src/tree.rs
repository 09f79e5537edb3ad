//! The browser's accessibility tree as lines of text, about as a screen reader would go through it.
//!
//! One thing is one line: its role, its name, what describes it, its states, indented by how deep it stands. What has
//! no role of its own gives its place to what is in it, and words that are the name of a thing are not said again.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::Browser;

/// Roles that say nothing by themselves; a label and a legend are said as the name of what they belong to.
const PLAIN: [&str; 9] =
    ["none", "generic", "LabelText", "Legend", "strong", "emphasis", "superscript", "sectionheader", "sectionfooter"];

/// Roles whose words are their name.
const NAMED_BY_WORDS: [&str; 7] = ["heading", "link", "button", "DisclosureTriangle", "term", "paragraph", "code"];

/// Roles with nothing in them for a screen reader, whatever Chromium's inner tree holds: their children are
/// presentational by ARIA, and Chromium leaves them out of what it tells the system.
const LEAVES: [&str; 4] = ["image", "progressbar", "radio", "checkbox"];

/// What stands in the accessibility tree.
#[derive(Clone, Debug, Default)]
pub struct Thing {
    /// Its role, in Chromium's words.
    pub role: String,
    /// Its name; empty if it has none.
    pub name: String,
    /// What describes it; empty if nothing does.
    pub description: String,
    /// Its states, such as `checked`, `invalid`, `level 2`.
    pub states: Vec<String>,
    /// Which element of the page it is, by the browser's own number.
    pub element: Option<i64>,
    /// What is in it.
    pub children: Vec<Thing>,
}

impl Thing {
    /// The tree of the page that is open; of its document alone, not of frames in it.
    ///
    /// # Errors
    /// The browser gives none. Only Chromium does.
    pub async fn of_page(browser: &Browser) -> Result<Self> {
        let given = browser.cdp("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = given.get("nodes").and_then(Value::as_array).context("the tree has nodes")?;
        let by_id: BTreeMap<&str, &Value> =
            nodes.iter().filter_map(|node| Some((node.get("nodeId")?.as_str()?, node))).collect();
        let root = nodes.first().context("the tree has a root")?;
        let mut page = read(root, &by_id).into_iter().next().context("the root is no part of the tree")?;
        number(&mut page);
        Ok(page)
    }

    /// The lines of this and all that is in it.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.write(0, &mut lines);
        lines
    }

    /// This and all that is in it, from the top.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Self::all));
        all
    }

    fn text(words: &str) -> Self {
        Self { role: "text".to_owned(), name: words.to_owned(), ..Self::default() }
    }

    fn write(&self, depth: usize, lines: &mut Vec<String>) {
        let said = |word: &str, text: &str| if text.is_empty() { String::new() } else { format!("{word} \"{text}\"") };
        let states: String = self.states.iter().flat_map(|state| [", ", state]).collect();
        let (name, description) = (said("", &self.name), said(" described", &self.description));
        let line = format!("{}{}{name}{description}{states}", "  ".repeat(depth), self.role);
        lines.push(line);
        self.children.iter().for_each(|child| child.write(depth + 1, lines));
    }
}

/// The value under a key of a node.
fn value<'a>(node: &'a Value, key: &str) -> &'a str {
    node.pointer(&format!("/{key}/value")).and_then(Value::as_str).unwrap_or_default()
}

/// With one blank wherever there is any space.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A node, or what is in it where it says nothing by itself.
fn read(node: &Value, by_id: &BTreeMap<&str, &Value>) -> Vec<Thing> {
    let (role, name) = (value(node, "role"), value(node, "name"));
    let is_ignored = node.get("ignored") == Some(&Value::Bool(true));
    match role {
        "StaticText" if !is_ignored => return vec![Thing::text(name)],
        "LineBreak" => return vec![Thing::text(" ")],
        // What a list item has before it is drawn and not meant.
        "ListMarker" => return Vec::new(),
        _ => {}
    }
    let ids = node.get("childIds").and_then(Value::as_array).into_iter().flatten();
    let inside = ids.filter_map(|id| by_id.get(id.as_str()?)).flat_map(|child| read(child, by_id));
    let inside: Vec<Thing> = inside.collect();
    if is_ignored || PLAIN.contains(&role) {
        return inside;
    }
    vec![folded(Thing {
        role: in_words(role).to_owned(),
        name: tidy(name),
        description: tidy(value(node, "description")),
        states: states(node, role),
        element: node.get("backendDOMNodeId").and_then(Value::as_i64),
        children: if LEAVES.contains(&role) { Vec::new() } else { joined(inside) },
    })]
}

/// Words that are already said, or are all there is to say, become the name.
fn folded(mut thing: Thing) -> Thing {
    let is_text = |child: &Thing| child.role == "text";
    if thing.name.is_empty() && thing.children.len() == 1 {
        if let Some(only) = thing.children.pop_if(|child| is_text(child)) {
            thing.name = only.name;
        }
    } else if !thing.name.is_empty() && NAMED_BY_WORDS.map(in_words).contains(&thing.role.as_str()) {
        thing.children.retain(|child| !is_text(child));
    }
    thing
}

/// Roles that are Chromium's own, in words.
fn in_words(role: &str) -> &str {
    match role {
        "RootWebArea" => "page",
        "DisclosureTriangle" => "disclosure",
        "DescriptionList" => "pairs",
        "Figcaption" => "caption",
        other => other,
    }
}

/// Neighbouring texts are one.
fn joined(all: Vec<Thing>) -> Vec<Thing> {
    let mut joined: Vec<Thing> = Vec::new();
    for thing in all {
        match joined.last_mut() {
            Some(last) if last.role == "text" && thing.role == "text" => {
                // Words that are not drawn have a box of their own, and are heard apart from what follows.
                let is_word = thing.name.starts_with(|first: char| first.is_alphanumeric() || first == '[');
                last.name += if is_word { " " } else { "" };
                last.name += &thing.name;
            }
            _ => joined.push(thing),
        }
    }
    joined.iter_mut().filter(|thing| thing.role == "text").for_each(|thing| thing.name = tidy(&thing.name));
    joined.retain(|thing| thing.role != "text" || !thing.name.is_empty());
    joined
}

fn states(node: &Value, role: &str) -> Vec<String> {
    let properties = node.get("properties").and_then(Value::as_array).into_iter().flatten();
    let mut states: Vec<String> = properties.filter_map(|property| state(property, role)).collect();
    if role == "progressbar" || role == "textbox" {
        let value = node.pointer("/value/value").filter(|value| !value.is_null());
        states.extend(value.map(|value| format!("value {}", value.to_string().trim_matches('"'))));
    }
    states.sort();
    states
}

/// A property, if somebody is told of it.
fn state(property: &Value, role: &str) -> Option<String> {
    let name = property.get("name")?.as_str()?;
    let value = property.pointer("/value/value")?;
    let value = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    match (name, value.as_str()) {
        ("checked", "true") => Some("checked".to_owned()),
        ("checked", _) => Some("not checked".to_owned()),
        ("expanded", "true") => Some("expanded".to_owned()),
        ("expanded", _) => Some("collapsed".to_owned()),
        ("level", level) if role == "heading" => Some(format!("level {level}")),
        ("invalid" | "modal" | "multiline" | "focused" | "disabled" | "required" | "busy", "true") => {
            Some(name.to_owned())
        }
        ("live", live) if live != "off" => Some(format!("live {live}")),
        _ => None,
    }
}

/// Says of each radio which of how many it is. The protocol does not tell; screen readers count the same ones, those
/// that one group holds.
fn number(thing: &mut Thing) {
    if ["radiogroup", "group"].contains(&thing.role.as_str()) {
        let count = thing.children.iter().filter(|child| child.role == "radio").count();
        let radios = thing.children.iter_mut().filter(|child| child.role == "radio");
        for (place, radio) in radios.enumerate() {
            radio.states.insert(0, format!("{} of {count}", place + 1));
        }
    }
    thing.children.iter_mut().for_each(number);
}

/// Where lines differ from what is expected, if they do.
///
/// A line `…` stands for any lines, and `…` within a line for any text. Expected lines are indented as the tree is;
/// the first of them says how deep it begins.
pub fn difference(expected: &str, lines: &[String]) -> Option<String> {
    let expected: Vec<&str> = expected.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let mut reached = BTreeSet::from([0_usize]);
    for line in &expected {
        let next: BTreeSet<usize> = if line.trim() == "…" {
            let first = reached.first().copied().unwrap_or_default();
            (first..=lines.len()).collect()
        } else {
            let fits = |at: &usize| lines.get(*at).is_some_and(|given| is_like(line, given));
            reached.iter().filter(|at| fits(at)).map(|at| at + 1).collect()
        };
        if next.is_empty() {
            return Some(missed(line, &reached, lines));
        }
        reached = next;
    }
    let is_whole = reached.contains(&lines.len());
    (!is_whole).then(|| missed("the end", &reached, lines))
}

fn missed(expected: &str, reached: &BTreeSet<usize>, lines: &[String]) -> String {
    let places = reached.iter().take(3).map(|at| lines.get(*at).map_or("the end", String::as_str));
    format!("expected\n{expected}\nbut there is\n{}", places.collect::<Vec<_>>().join("\nor\n"))
}

/// Whether a line is as expected, where `…` is any text.
fn is_like(expected: &str, line: &str) -> bool {
    let mut parts = expected.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::{difference, is_like};

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn lines_are_compared_and_an_ellipsis_stands_for_any() {
        let given = lines("a\n  b\n  c\n  d \"some words\"");
        assert_eq!(difference("a\n…\n  c\n  d \"some…\"\n", &given), None);
        assert_eq!(difference("# said first\na\n  b\n…", &given), None);
        for wrong in ["a\n  b\n  c", "a\n  c\n…", "…\n  d \"other…\"", "…\n  c\n", "a\n  b\n  c\n  d \"some words\"\ne"]
        {
            assert!(difference(wrong, &given).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_line_without_an_ellipsis_is_the_whole_line() {
        assert!(is_like("a…c", "abc") && is_like("a…", "abc") && is_like("…b…", "abc") && is_like("abc", "abc"));
        assert!(!is_like("ab", "abc") && !is_like("a…d", "abc") && !is_like("b…", "abc"));
    }
}
