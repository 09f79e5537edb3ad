//! The flow and the decision tables: that the docs show the quiz as it is, and that an arrow is there where some answers
//! lead that way.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{copied_but, shipped, shipped_content, sound};
use quiz_authoring::{Content, assess, flow_and_tables, flow_as_svg};
use quiz_engine::{Answer, Answers, Kind};

/// Compares a file of the docs with what `cargo quiz graph` gives.
fn assert_fresh(name: &str, now: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/flow").join(name);
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let quiz = name.split('.').next().unwrap();
    assert!(
        kept == now,
        "docs/flow/{name} shows another quiz; make it anew: cargo quiz graph content/{quiz} --out docs/flow/{quiz}.md --svg docs/flow/{quiz}.svg"
    );
}

#[test]
fn the_docs_show_the_flow_and_the_tables_of_the_quiz_that_ships() {
    let content = shipped_content();
    assert_fresh("pars-defect.md", &flow_and_tables(&content).unwrap());
    assert_fresh("pars-defect.svg", &flow_as_svg(&content).unwrap());
}

#[test]
fn the_docs_show_the_second_quiz_with_its_numbers_points_and_results() {
    let content = Content::load(&shipped().with_file_name("prevention-check")).unwrap();
    let text = flow_and_tables(&content).unwrap();
    assert_fresh("prevention-check.md", &text);
    assert_fresh("prevention-check.svg", &flow_as_svg(&content).unwrap());
    for told in [
        "| weight | typed number | 50 to 700 |",
        "fallen | one of | yes (points: 2), no (points: 0) |",
        "| falls | falls_answered | fell | fallen.yes |",
        "sum(drinks, drinks_day, drinks_six; missing skipped) ≥ 4",
    ] {
        assert!(text.contains(told), "{told}");
    }
}

/// The arrows of the text: from, to, label.
fn arrows(content: &Content) -> Vec<(String, String, String)> {
    let text = flow_and_tables(content).unwrap();
    let flow = text.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let mut from = String::new();
    let mut arrows = Vec::new();
    for line in flow.lines() {
        match line.strip_prefix("  → ") {
            None => line.clone_into(&mut from),
            Some(to) => {
                let (to, label) = to.split_once("   [").unwrap_or((to, ""));
                arrows.push((from.clone(), to.to_owned(), label.trim_end_matches(']').to_owned()));
            }
        }
    }
    arrows
}

#[test]
fn the_arrows_of_the_small_quiz_are_those_that_its_answers_take() {
    let arrows = arrows(&Content::load(&sound()).unwrap());
    let found: Vec<(&str, &str, &str)> = arrows.iter().map(|(from, to, label)| (&**from, &**to, &**label)).collect();
    assert_eq!(
        found,
        [
            ("sky", "gear + wind", ""),
            ("gear + wind", "shower", ""),
            ("gear + wind", "(storm)", "S1"),
            ("shower", "mood", ""),
            ("mood", "end of the questions", ""),
            ("end of the questions", "(rain)", "R1"),
            ("end of the questions", "(fine)", "G1"),
        ]
    );
}

/// Whoever answers at random goes along arrows that are drawn, and every arrow between questions that is drawn is taken
/// by somebody.
#[test]
fn every_way_of_the_cases_is_drawn() {
    let content = shipped_content();
    let logic = &content.logic;
    let drawn: BTreeSet<(String, String)> = arrows(&content).into_iter().map(|(from, to, _)| (from, to)).collect();
    let screen = |question: &str| {
        let index = logic.question_index(question).unwrap();
        let screen = logic.screen_of(index).unwrap();
        let ids = logic.screens[usize::from(screen)].iter().map(|index| &*logic.question(*index).unwrap().id);
        ids.collect::<Vec<_>>().join(" + ")
    };
    let mut taken = BTreeSet::new();
    for case in &content.cases {
        let mut answers = Answers::none(logic);
        for (id, value) in case.answers.as_object().unwrap() {
            let index = logic.question_index(id).unwrap();
            let bit = |option: &str| {
                1 << logic.question(index).unwrap().options.iter().position(|known| &*known.id == option).unwrap()
            };
            let answer = match logic.question(index).unwrap().kind {
                Kind::One => Answer::Chosen(bit(value.as_str().unwrap())),
                Kind::Many => Answer::Chosen(
                    value.as_array().unwrap().iter().fold(0, |all, option| all | bit(option.as_str().unwrap())),
                ),
                Kind::Scale { .. } | Kind::Number { .. } => {
                    Answer::Number(i32::try_from(value.as_i64().unwrap()).unwrap())
                }
            };
            answers.put(index, Some(answer));
        }
        let assessment = assess(logic, &answers);
        let mut screens: Vec<String> = assessment.asked.iter().map(|question| screen(question)).collect();
        screens.dedup();
        taken.extend(screens.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
    }
    assert!(taken.len() > 20, "{} ways are no test", taken.len());
    // An optional question left out stands on no way, so the one before it and the end are not compared.
    assert_eq!(taken.difference(&drawn).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
    let missing = drawn.iter().filter(|(_, to)| !to.starts_with('(') && to != "end of the questions");
    let missing: Vec<_> = missing.filter(|way| !taken.contains(*way)).collect();
    assert!(missing.len() <= 4, "hardly any case goes: {missing:?}");
}

#[test]
fn another_condition_is_another_drawing() {
    let folder = copied_but(&shipped(), |name, text| match name {
        "quiz.toml" => text.replace(
            "id = \"guardian\"\nkind = \"one\"\nstays = true\noptions = [\"yes\", \"no\"]\nshown = \"minor\"",
            "id = \"guardian\"\nkind = \"one\"\nstays = true\noptions = [\"yes\", \"no\"]",
        ),
        _ => text,
    });
    let changed = Content::load_without_cases(folder.path()).unwrap();
    let (before, after) = (arrows(&shipped_content()), arrows(&changed));
    assert!(before.contains(&("age".to_owned(), "rf_now".to_owned(), String::new())));
    assert!(
        !after.contains(&("age".to_owned(), "rf_now".to_owned(), String::new())),
        "everybody is asked for a guardian"
    );
    assert_ne!(flow_as_svg(&shipped_content()).unwrap(), flow_as_svg(&changed).unwrap());
}

#[test]
fn the_tables_hold_every_rule_term_question_and_advice() {
    let content = shipped_content();
    let text = flow_and_tables(&content).unwrap();
    for key in &content.material.rules {
        assert!(text.contains(&format!(" | {key} | ")), "{key}");
    }
    for term in &content.material.terms {
        assert!(text.contains(&format!("\n| {term} | ")), "{term}");
    }
    for question in &content.logic.questions {
        assert!(text.contains(&format!("\n| {} | ", question.id)), "{}", question.id);
    }
    assert!(text.contains("mean(peg_p, peg_e, peg_g) ≥ 4") && text.contains("peg_p ≥ 9"));
    assert!(
        text.contains("rf_nerve_when unanswered")
            && text.contains("at least 2 of (rf_nerve.both_legs, rf_nerve.sexual, weak)")
    );
}
