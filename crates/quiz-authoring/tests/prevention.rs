//! The second quiz, `content/prevention-check`: its weight chart against the formula behind it, and what `assess` says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

use quiz_authoring::{Content, assess_all};
use quiz_engine::{Answers, Value};
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

/// Where the chart as it is published begins a pound lower than its BMI rounded down: height in inches, and the BMI.
const A_POUND_LOWER: [(u32, u32); 4] = [(64, 40), (68, 40), (73, 40), (75, 40)];

#[test]
fn each_weight_of_the_chart_is_its_bmi_rounded_to_a_whole_pound_but_for_four_a_pound_lower() {
    let content = content();
    let heights = (58..=76).map(|inches| (inches / 12, inches % 12));
    let mut rows = 0;
    for (feet, inches) in heights {
        let height = u32::try_from(feet * 12 + inches).unwrap();
        for (count, bmi) in [(1, 25), (2, 30), (3, 40)] {
            let least = (50..=400).find(|weight| points(&content, (feet, inches), *weight) == count).unwrap();
            let exact = f64::from(bmi * height * height) / 703.0;
            let least = f64::from(i32::try_from(least).unwrap());
            let published = if A_POUND_LOWER.contains(&(height, bmi)) { exact - 1.0 } else { exact };
            let message = format!("{feet}'{inches}\": {least} pounds for a BMI of {bmi}, exactly {exact}");
            assert!((least - published).abs() < 1.0, "{message}");
            assert!((least - exact).abs() < 1.25, "{message}");
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

fn assess(quiz: &str, answers: &str) -> Vec<Json> {
    let content = Content::load(&folder(quiz)).unwrap();
    serde_json::from_str(&assess_all(&content.logic, answers).unwrap()).unwrap()
}

#[test]
fn results_are_told_only_where_the_quiz_has_groups() {
    let answers = r#"[{"now":["none"],"drinks":"never"},{"now":["heart"]},{"age":64.0},{"age":64.5}]"#;
    let rows = assess("prevention-check", answers);
    assert_eq!(rows[0]["results"], serde_json::json!({"alcohol": "no_alcohol"}), "what is not answered has no result");
    assert_eq!(rows[1]["results"], serde_json::json!({}));
    assert_eq!(rows[2]["ignored"], serde_json::json!([]));
    assert_eq!(rows[3]["error"], "`age`: a whole number from 18 to 120 is needed");
    assert_eq!(assess("pars-defect", "[{}]")[0].get("results"), None);
}

#[test]
fn a_gap_among_the_statements_about_falls_gives_no_result_that_calms() {
    let given = |last: &str| {
        let statements =
            "fallen walking_aid unsteady furniture worried push_up curb toilet numb_feet dizzy_medicine sleep_medicine";
        let all: Vec<String> = statements.split(' ').map(|id| format!("\"{id}\":\"no\"")).collect();
        format!("[{{\"age\":70,{}{last}}}]", all.join(","))
    };
    assert_eq!(assess("prevention-check", &given(""))[0]["results"], serde_json::json!({}));
    let whole = assess("prevention-check", &given(",\"sad\":\"no\""));
    assert_eq!(whole[0]["results"], serde_json::json!({"falls": "lower"}));
}
