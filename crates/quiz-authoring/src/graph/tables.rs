//! The decision tables, in Markdown.

use std::fmt::Write as _;

use quiz_engine::{Advice, AppliesTo, Condition, Kind, Question, write_number};

use super::conditions::line;
use super::text::keys;
use crate::content::Content;

/// Rules, terms, questions, and what is shown, each as a table.
pub(super) fn tables(content: &Content) -> String {
    let mut out = String::new();
    for (title, intro, heads, rows) in [
        (
            "Rules",
            "The first rule that holds decides.",
            vec!["", "rule", "holds when", "tier", "advice", "urgency", "ends the quiz after"],
            rules(content),
        ),
        (
            "Terms",
            "Conditions with a name of their own. A missing answer meets no test.",
            vec!["term", "holds when"],
            terms(content),
        ),
        (
            "Questions",
            "In the order in which they are asked. An option in brackets is offered only to some.",
            vec!["question", "kind", "answers", "asked when"],
            questions(content),
        ),
        ("Advice", "What rules lead to, the sections in order.", vec!["advice", "rules", "sections"], advice(content)),
        (
            "Additions",
            "Sections that come in addition.",
            vec!["section", "where", "when", "behind the first of"],
            additions(content),
        ),
        (
            "Results",
            "Beside the advice. Of each group that is shown, the first result that holds is told.",
            vec!["group", "shown when", "result", "holds when"],
            results(content),
        ),
    ] {
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(out, "## {title}\n\n{intro}\n\n{}\n{}", row(&heads), row(&vec!["---"; heads.len()]));
        for cells in rows {
            let _ = writeln!(out, "{}", row(&cells));
        }
        out.push('\n');
    }
    out.trim_end().to_owned() + "\n"
}

fn row<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.as_ref().replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}

type Rows = Vec<Vec<String>>;

fn rules(content: &Content) -> Rows {
    let logic = &content.logic;
    let all = logic.rules.iter().zip(&content.material.rules).zip(1..);
    let all = all.map(|((rule, key), place)| {
        let advice = logic.advice.get(usize::from(rule.advice));
        let tier = advice.and_then(|advice| logic.tiers.get(usize::from(advice.tier)));
        let stop = rule.stop_after.and_then(|question| logic.question(question));
        vec![
            place.to_string(),
            key.clone(),
            line(content, &rule.when),
            tier.map(ToString::to_string).unwrap_or_default(),
            advice.map(|advice| advice.id.to_string()).unwrap_or_default(),
            advice.map(|advice| advice.urgency.to_string()).unwrap_or_default(),
            stop.map(|question| question.id.to_string()).unwrap_or_default(),
        ]
    });
    all.collect()
}

fn terms(content: &Content) -> Rows {
    let all = content.material.terms.iter().zip(&content.logic.terms);
    all.map(|(name, condition)| vec![name.clone(), line(content, condition)]).collect()
}

fn questions(content: &Content) -> Rows {
    let row = |question: &Question| {
        let kind = match question.kind {
            Kind::One => "one of",
            Kind::Many => "any of",
            Kind::Scale { .. } => "number",
            Kind::Number { .. } => "typed number",
        };
        let kind = if question.optional { format!("{kind}, optional") } else { kind.to_owned() };
        vec![question.id.to_string(), kind, answers(content, question), line(content, &question.shown)]
    };
    content.logic.questions.iter().map(row).collect()
}

fn answers(content: &Content, question: &Question) -> String {
    let written = |number: i32| write_number(number.into(), question.decimals, ".");
    if let Some((min, max)) = question.kind.range() {
        return format!("{} to {}", written(min), written(max));
    }
    let points = question.points.iter().map(|points| format!(" (points: {})", written(*points)));
    let points = points.chain(std::iter::repeat(String::new()));
    let options = question.options.iter().zip(points).map(|(option, points)| match (&option.shown, option.exclusive) {
        (Condition::Always, false) => format!("{}{points}", option.id),
        (Condition::Always, true) => format!("{}{points} (alone)", option.id),
        (shown, _) => format!("{}{points} ({})", option.id, line(content, shown)),
    });
    options.collect::<Vec<_>>().join(", ")
}

fn results(content: &Content) -> Rows {
    let groups = content.logic.groups.iter().flat_map(|group| {
        let shown = line(content, &group.shown);
        group
            .rules
            .iter()
            .map(move |rule| vec![group.id.to_string(), shown.clone(), rule.id.to_string(), line(content, &rule.when)])
    });
    groups.collect()
}

fn advice(content: &Content) -> Rows {
    let all = content.logic.advice.iter().zip(0_u16..);
    all.map(|(advice, index)| {
        let rules = content.logic.rules.iter().zip(0_u16..).filter(|(rule, _)| rule.advice == index);
        let rules: Vec<u16> = rules.map(|(_, rule)| rule).collect();
        vec![advice.id.to_string(), keys(content, &rules), sections(content, advice)]
    })
    .collect()
}

fn sections(content: &Content, advice: &Advice) -> String {
    let used = advice.sections.iter().map(|used| {
        let section = section(content, used.section);
        if used.when == Condition::Always { section } else { format!("{section} (if {})", line(content, &used.when)) }
    });
    used.collect::<Vec<_>>().join(", ")
}

fn section(content: &Content, index: u16) -> String {
    content.logic.sections.get(usize::from(index)).map(|section| section.id.to_string()).unwrap_or_default()
}

fn additions(content: &Content) -> Rows {
    let all = content.logic.additions.iter().map(|addition| {
        let after: Vec<String> = addition.after.iter().map(|index| section(content, *index)).collect();
        vec![
            section(content, addition.section),
            place(content, &addition.to),
            line(content, &addition.when),
            after.join(", "),
        ]
    });
    all.collect()
}

fn place(content: &Content, to: &AppliesTo) -> String {
    let tiers = to.tiers.iter().filter_map(|tier| content.logic.tiers.get(usize::from(*tier)));
    let tiers = tiers.map(|tier| format!("({tier})")).collect::<Vec<_>>().join(", ");
    let rules = keys(content, &to.rules);
    [tiers, rules].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
