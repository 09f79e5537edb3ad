//! The flow in words: each place with where it leads.

use std::fmt::Write as _;

use super::conditions::line;
use super::flow::{Arrow, Flow, Place};
use crate::content::Content;

/// The flow as plain text.
pub(super) fn told(content: &Content, flow: &Flow) -> String {
    let mut text = String::new();
    for place in &flow.places {
        let _ = writeln!(text, "{}", name(content, *place));
        for arrow in flow.arrows.iter().filter(|arrow| arrow.from == *place) {
            let _ = writeln!(text, "  → {}{}", name(content, arrow.to), suffix(content, arrow));
        }
    }
    text
}

fn suffix(content: &Content, arrow: &Arrow) -> String {
    let label = label(content, arrow);
    if label.is_empty() { label } else { format!("   [{label}]") }
}

/// What stands at an arrow: rules where it leads to an outcome, else when the screen is shown.
pub(super) fn label(content: &Content, arrow: &Arrow) -> String {
    match arrow.to {
        Place::Tier(_) => keys(content, &arrow.rules),
        Place::Screen(screen) if arrow.branches => shown(content, screen),
        _ => String::new(),
    }
}

pub(super) fn keys(content: &Content, rules: &[u16]) -> String {
    let keys = rules.iter().filter_map(|rule| content.material.rules.get(usize::from(*rule)));
    keys.cloned().collect::<Vec<_>>().join(", ")
}

/// When a screen is shown: what its questions ask for, each condition once; nothing where it always is.
fn shown(content: &Content, screen: usize) -> String {
    let questions = content.logic.screens.get(screen).into_iter().flatten();
    let conditions = questions.filter_map(|question| content.logic.question(*question)).map(|question| &question.shown);
    let mut lines: Vec<String> = Vec::new();
    for condition in conditions {
        let line = line(content, condition);
        if line == "always" {
            return String::new();
        }
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join(", or ")
}

/// A place's name: the ids of its questions, or of its tier.
pub(super) fn name(content: &Content, place: Place) -> String {
    match place {
        Place::Screen(screen) => {
            let questions = content.logic.screens.get(screen).into_iter().flatten();
            let ids = questions.filter_map(|question| content.logic.question(*question)).map(|question| &*question.id);
            ids.collect::<Vec<_>>().join(" + ")
        }
        Place::End => "end of the questions".to_owned(),
        Place::Tier(tier) => {
            let id = content.logic.tiers.get(usize::from(tier)).map(|tier| &**tier).unwrap_or_default();
            format!("({id})")
        }
    }
}
