//! The difference as a short table in Markdown.

use std::fmt::{self, Display, Formatter};

use super::{Change, Difference, ResultChange, Side};
use crate::verify::Given;

/// The heads of a table.
const HEADS: &str = "| what changes | for whom | sets of answers | an example |\n|---|---|---|---|";

impl Display for Difference {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (what, ids) in [
            ("New", &self.vocabulary.added),
            ("Gone", &self.vocabulary.removed),
            ("Answered in another way", &self.vocabulary.of_another_kind),
        ] {
            if !ids.is_empty() {
                writeln!(out, "{what}: {}.\n", ids.join(", "))?;
            }
        }
        if self.is_none() {
            return write!(
                out,
                "Nothing changed: all {} sets of answers lead to the same rule, tier and sections.",
                self.answer_sets
            );
        }
        self.advice(out)?;
        self.results(out)
    }
}

impl Difference {
    fn advice(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return writeln!(out, "All {} sets of answers lead to the same rule, tier and sections.", self.answer_sets);
        }
        let classes = if self.changes.len() == 1 { "class" } else { "classes" };
        let (changed, all, number) = (&self.changed, &self.answer_sets, self.changes.len());
        writeln!(out, "{changed} of {all} sets of answers lead to something else, in {number} {classes}.\n")?;
        writeln!(out, "{HEADS}")?;
        for (place, change) in self.changes.iter().enumerate() {
            if place > 0 {
                writeln!(out)?;
            }
            write!(out, "{change}")?;
        }
        if self.results.is_empty() { Ok(()) } else { writeln!(out) }
    }

    fn results(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if self.results.is_empty() {
            return Ok(());
        }
        write!(out, "\nResults beside the advice, each group by itself:\n\n{HEADS}")?;
        self.results.iter().try_for_each(|change| write!(out, "\n{change}"))
    }
}

impl Display for Change {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let examples = examples(&self.example, &self.example_now);
        write!(out, "| {} | {} | {} | {examples} |", cell(&self.what()), whom(&self.common), self.count)
    }
}

impl Change {
    fn what(&self) -> String {
        let urgency = match self.is.urgency.cmp(&self.was.urgency) {
            std::cmp::Ordering::Less => "**Less urgent**: ",
            std::cmp::Ordering::Greater => "More urgent: ",
            std::cmp::Ordering::Equal => "",
        };
        let mut parts = vec![if self.was == self.is {
            format!("Still {}", told(&self.was))
        } else {
            format!("{urgency}from {} to {}", told(&self.was), told(&self.is))
        }];
        if !self.sections_added.is_empty() {
            parts.push(format!("shown in addition: {}", self.sections_added.join(", ")));
        }
        if !self.sections_removed.is_empty() {
            parts.push(format!("shown no more: {}", self.sections_removed.join(", ")));
        }
        if !self.sections_changed_for_some.is_empty() {
            parts.push(format!("changed for some of them: {}", self.sections_changed_for_some.join(", ")));
        }
        if self.sections_reordered {
            parts.push("sections in another order".to_owned());
        }
        parts.join("; ")
    }
}

impl Display for ResultChange {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let told = |result: &Option<String>| result.clone().unwrap_or_else(|| "none".to_owned());
        let (was, is, examples) = (told(&self.was), told(&self.is), examples(&self.example, &self.example_now));
        write!(out, "| {}: from {was} to {is} | {} | {} | {examples} |", self.group, whom(&self.common), self.count)
    }
}

/// Who is concerned, as a cell.
fn whom(common: &[String]) -> String {
    if common.is_empty() { "no answer that all of them share".to_owned() } else { cell(&common.join("; ")) }
}

fn examples(was: &Given, is: &Given) -> String {
    if was == is { code(was) } else { format!("before {}, now {}", code(was), code(is)) }
}

fn told(side: &Side) -> String {
    format!("“{}” ({}, {})", side.headline, side.tier, side.rule)
}

fn code(given: &Given) -> String {
    format!("`{}`", serde_json::to_string(given).unwrap_or_default())
}

/// Text that cannot end its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
