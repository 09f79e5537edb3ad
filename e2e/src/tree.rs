//! The browser's accessibility tree as lines of text, about as a screen reader would go through it.
//!
//! One thing is one line: its role, its name, what describes it, its states, indented by how deep it stands. What has
//! no role of its own gives its place to what is in it, and words that are the name of a thing are not said again.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::Browser;

/// Roles that say nothing by themselves.
const PLAIN: [&str; 6] = ["none", "generic", "InlineTextBox", "Iframe", "LabelText", "Legend"];

/// Roles whose words are their name, or are read with them.
const WHOLE: [&str; 7] = ["heading", "link", "button", "radio", "checkbox", "DisclosureTriangle", "progressbar"];

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

    fn write(&self, depth: usize, lines: &mut Vec<String>) {
        let mut line = format!("{}{}", "  ".repeat(depth), self.role);
        if !self.name.is_empty() {
            line += &format!(" \"{}\"", self.name);
        }
        if !self.description.is_empty() {
            line += &format!(" described \"{}\"", self.description);
        }
        for state in &self.states {
            line += &format!(", {state}");
        }
        lines.push(line);
        self.children.iter().for_each(|child| child.write(depth + 1, lines));
    }
}

/// The value under a key of a node, as text.
fn text(node: &Value, key: &str) -> String {
    let value = node.pointer(&format!("/{key}/value")).and_then(Value::as_str).unwrap_or_default();
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A node, or what is in it where it says nothing by itself.
fn read(node: &Value, by_id: &BTreeMap<&str, &Value>) -> Vec<Thing> {
    let role = text(node, "role");
    let ids = node.get("childIds").and_then(Value::as_array).into_iter().flatten();
    let inside = ids.filter_map(|id| by_id.get(id.as_str()?)).flat_map(|child| read(child, by_id));
    let children = joined(inside.collect());
    let is_ignored = node.get("ignored") == Some(&Value::Bool(true));
    let name = text(node, "name");
    if is_ignored || (PLAIN.contains(&role.as_str()) && name.is_empty()) || role == "LabelText" || role == "Legend" {
        return children;
    }
    // What a list item has before it, and line breaks, are drawn and not meant.
    if ["InlineTextBox", "ListMarker", "LineBreak"].contains(&role.as_str()) {
        return Vec::new();
    }
    let children = if WHOLE.contains(&role.as_str()) || role == "StaticText" {
        children.into_iter().filter(|child| child.role != "text").collect()
    } else {
        children
    };
    let states = states(node, &role);
    vec![Thing {
        role: in_words(&role),
        name,
        description: text(node, "description"),
        states,
        element: node.get("backendDOMNodeId").and_then(Value::as_i64),
        children,
    }]
}

/// Roles that are Chromium's own, in words.
fn in_words(role: &str) -> String {
    match role {
        "StaticText" => "text",
        "RootWebArea" => "page",
        "DisclosureTriangle" => "disclosure",
        "DescriptionList" => "answers",
        other => other,
    }
    .to_owned()
}

/// Neighbouring texts are one.
fn joined(all: Vec<Thing>) -> Vec<Thing> {
    let mut joined: Vec<Thing> = Vec::new();
    for thing in all {
        match joined.last_mut() {
            Some(last) if last.role == "text" && thing.role == "text" => {
                last.name = format!("{} {}", last.name, thing.name).trim().to_owned();
            }
            _ => joined.push(thing),
        }
    }
    joined
}

fn states(node: &Value, role: &str) -> Vec<String> {
    let properties = node.get("properties").and_then(Value::as_array).into_iter().flatten();
    let mut states: Vec<String> = properties.filter_map(|property| state(property, role)).collect();
    let value = node.pointer("/value/value").filter(|value| !value.is_null());
    if role == "progressbar" || role == "textbox" {
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
        ("valuetext", text) if !text.is_empty() => Some(format!("says \"{text}\"")),
        // A summary says of itself whether it is invalid, and it is not.
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
        for wrong in ["a\n  b\n  c", "a\n  c\n…", "…\n  d \"other…\"", "…\n  c\n", "a\n  b\n  c\n  d \"some words\"\ne"] {
            assert!(difference(wrong, &given).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_line_without_an_ellipsis_is_the_whole_line() {
        assert!(is_like("a…c", "abc") && is_like("a…", "abc") && is_like("…b…", "abc") && is_like("abc", "abc"));
        assert!(!is_like("ab", "abc") && !is_like("a…d", "abc") && !is_like("b…", "abc"));
    }
}
