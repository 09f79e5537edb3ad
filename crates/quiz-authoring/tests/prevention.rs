//! The second quiz, `content/prevention-check`: its weight chart against the formula behind it, and what `assess` says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::path::{Path, PathBuf};

use common::copied_but;

use proptest::prelude::*;
use quiz_authoring::{Content, Oracle, Proof, assess, assess_all, verify};
use quiz_engine::{Answer, Answers, Kind, Logic, Value};
use serde_json::Value as Json;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content").join(name)
}

fn content() -> Content {
    Content::load(&folder("prevention-check")).unwrap()
}

/// How many points the chart gives for a weight.
fn points(content: &Content, (feet, inches): (i64, i64), weight: i64) -> usize {
    let logic = &content.logic;
    let mut answers = Answers::none(logic);
    for (question, number) in [("height_feet", feet), ("height_inches", inches), ("weight", weight)] {
        answers.set(logic, question, &Value::Number(number)).unwrap();
    }
    let effective = answers.effective(logic);
    let terms = content.material.terms.iter().zip(&logic.terms);
    let held = terms.filter(|(name, term)| name.starts_with("weight_") && effective.hold(logic, term));
    held.count()
}

/// Where the chart as it is published begins a pound below its BMI rounded down: height in inches, and the BMI.
const A_POUND_LOWER: [(i64, i64); 4] = [(64, 40), (68, 40), (73, 40), (75, 40)];

#[test]
fn each_weight_of_the_chart_is_its_bmi_rounded_to_a_whole_pound_but_for_four_a_pound_lower() {
    let content = content();
    let heights = (58..=76).map(|inches| (inches / 12, inches % 12));
    let mut rows = 0;
    for (feet, inches) in heights {
        let height = feet * 12 + inches;
        for (count, bmi) in [(1, 25), (2, 30), (3, 40)] {
            let least = (50..=400).find(|weight| points(&content, (feet, inches), *weight) == count).unwrap();
            let rounded_down = bmi * height * height / 703;
            let message = format!("{feet}'{inches}\": {least} pounds for a BMI of {bmi}, rounded down {rounded_down}");
            if A_POUND_LOWER.contains(&(height, bmi)) {
                assert_eq!(least, rounded_down - 1, "{message}");
            } else {
                assert!((rounded_down..=rounded_down + 1).contains(&least), "{message}");
            }
        }
        rows += 1;
    }
    assert_eq!(rows, 19);
}

#[test]
fn more_weight_never_has_fewer_points_and_a_height_beyond_the_chart_has_none() {
    let content = content();
    for height in [(4, 10), (5, 5), (6, 4)] {
        let all: Vec<usize> = (50..=700).map(|weight| points(&content, height, weight)).collect();
        assert!(all.is_sorted() && all.first() == Some(&0) && all.last() == Some(&3), "{height:?}");
    }
    for height in [(4, 9), (6, 5), (3, 11), (7, 0)] {
        assert_eq!(points(&content, height, 700), 0, "{height:?}");
    }
}

fn assessed(quiz: &str, answers: &str) -> Vec<Json> {
    let content = Content::load(&folder(quiz)).unwrap();
    serde_json::from_str(&assess_all(&content.logic, answers).unwrap()).unwrap()
}

#[test]
fn results_are_told_only_where_the_quiz_has_groups() {
    let answers = r#"[{"now":["none"],"drinks":"never"},{"now":["heart"]},{"age":64.0},{"age":64.5}]"#;
    let rows = assessed("prevention-check", answers);
    assert_eq!(rows[0]["results"], serde_json::json!({"alcohol": "no_alcohol"}), "what is not answered has no result");
    assert_eq!(rows[1]["results"], serde_json::json!({}));
    assert_eq!(rows[2]["ignored"], serde_json::json!([]));
    assert_eq!(rows[3]["error"], "`age`: a whole number from 18 to 120 is needed");
    assert_eq!(assessed("pars-defect", "[{}]")[0].get("results"), None);
}

#[test]
fn a_gap_among_the_statements_about_falls_gives_no_result_that_calms() {
    let given = |last: &str| {
        let statements =
            "fallen walking_aid unsteady furniture worried push_up curb toilet numb_feet dizzy_medicine sleep_medicine";
        let all: Vec<String> = statements.split(' ').map(|id| format!("\"{id}\":\"no\"")).collect();
        format!("[{{\"age\":70,{}{last}}}]", all.join(","))
    };
    assert_eq!(assessed("prevention-check", &given(""))[0]["results"], serde_json::json!({}));
    let whole = assessed("prevention-check", &given(",\"sad\":\"no\""));
    assert_eq!(whole[0]["results"], serde_json::json!({"falls": "lower"}));
}

// --- The proof ----------------------------------------------------------------------------------------------------

#[test]
fn everything_holds_of_it_and_the_engine_agrees_on_both_sides_of_every_flip() {
    let content = content();
    let Proof { report, flips } = verify(&content, &mut |_| {}).unwrap();
    let failing: Vec<_> = report.properties.iter().filter(|property| !property.holds).collect();
    assert!(failing.is_empty(), "{failing:?}");
    let sides: Vec<_> = flips.iter().flat_map(|flip| [&flip.decides, &flip.does_not]).collect();
    let answers: Vec<_> = sides.iter().map(|case| &case.answers).collect();
    let rows = assess_all(&content.logic, &serde_json::to_string(&answers).unwrap()).unwrap();
    let rows: Vec<Json> = serde_json::from_str(&rows).unwrap();
    for (case, row) in sides.iter().zip(&rows) {
        let told =
            (&*case.leads_to.rule, case.leads_to.complete, serde_json::to_value(&case.leads_to.results).unwrap());
        assert_eq!(told, (row["rule"].as_str().unwrap(), row["complete"] == true, row["results"].clone()), "{row}");
    }
    // Each weight of the chart is a place where a pound makes the difference.
    let pounds = flips.iter().filter(|flip| flip.rule == "diabetes.at_risk" && flip.flip.starts_with("weight by one"));
    assert!(pounds.count() >= 50);
}

/// An answer by lot, numbers near those that the rules name more often than others.
fn answer(logic: &Logic, question: u16, lot: u64) -> Option<Answer> {
    let asked = logic.question(question)?;
    let place = lot / 16;
    if let Some((min, max)) = asked.kind.range() {
        let range = u64::from(max.abs_diff(min)) + 1;
        let place = if lot.is_multiple_of(3) && range > 200 { 60 + place % 200 } else { place };
        return Some(Answer::Number(min + i32::try_from(place % range).ok()?)).filter(|_| !lot.is_multiple_of(16));
    }
    let options = asked.options.len();
    let one = 1 << (place % u64::try_from(options).ok()?);
    let many = (place >> 8) & ((1 << (options - 1)) - 1);
    let chosen = if asked.kind == Kind::Many && lot.is_multiple_of(2) { many } else { one };
    Some(Answer::Chosen(chosen)).filter(|_| chosen != 0 && !lot.is_multiple_of(16))
}

#[test]
fn the_engine_agrees_with_the_proof_on_answers_by_lot() {
    let content = content();
    let logic = &content.logic;
    Oracle::with(&content, |oracle| {
        let config = ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() };
        proptest!(config, |(lots in proptest::collection::vec(any::<u64>(), 25))| {
            let mut answers = Answers::none(logic);
            for (question, lot) in logic.question_indices().zip(lots) {
                answers.put(question, answer(logic, question, lot));
            }
            let (told, found) = (oracle.lead(&answers).unwrap(), assess(logic, &answers));
            prop_assert_eq!((told.rule, told.complete, told.results), (found.rule, found.complete, found.results));
        });
    });
}

#[test]
fn what_would_calm_where_it_must_not_is_refuted() {
    let refuted = |was: &str, is: &str| {
        let folder = copied_but(&folder("prevention-check"), |name, text| match name {
            "quiz.toml" => {
                assert_eq!(text.matches(was).count(), 1, "{was}");
                text.replace(was, is)
            }
            _ => text,
        });
        let report = verify(&Content::load_without_cases(folder.path()).unwrap(), &mut |_| {}).unwrap().report;
        let failing = report.properties.into_iter().filter(|property| !property.holds);
        failing.map(|property| (property.id, property.leads_to.unwrap().results.unwrap())).next().unwrap()
    };
    let (id, results) =
        refuted("shown = \"alcohol_answered\"", "shown = { any = [\"alcohol_answered\", { answered = \"drinks\" }] }");
    assert_eq!((&*id, &*results["alcohol"]), ("a_gap_about_drinking_never_calms", "lower"));
    let (id, results) = refuted(
        "id = \"not_in_chart\"\nwhen = { not = \"in_chart\" }",
        "id = \"not_in_chart\"\nwhen = { not = { any = [\"in_chart\", { number = \"height_feet\", at_least = 7 }] } }",
    );
    assert_eq!((&*id, &*results["diabetes"]), ("a_height_beyond_the_chart_never_calms", "lower"));
}
