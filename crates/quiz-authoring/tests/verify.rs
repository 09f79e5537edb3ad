//! The proof: that it agrees with the engine, that what it says of the shipped quiz is so, and that it finds faults.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use common::{copied_but, shipped, sound_but, sound_with_numbers};
use quiz_authoring::{Content, Given, Lead, Proof, Property, Report, assess_all, page, verify};
use serde_json::Value;

fn content(folder: &Path) -> Content {
    match Content::load(folder) {
        Ok(content) => content,
        Err(problems) => panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

fn proof(content: &Content) -> Proof {
    verify(content, &mut |_| {}).unwrap()
}

/// The proof of the shipped quiz, made once.
fn shipped_proof() -> &'static Proof {
    static PROOF: OnceLock<Proof> = OnceLock::new();
    PROOF.get_or_init(|| proof(&content(&shipped())))
}

/// What `assess` says of these answers.
fn assessed(content: &Content, all: &[&Given]) -> Vec<Value> {
    let rows = assess_all(&content.logic, &serde_json::to_string(all).unwrap()).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&rows).unwrap();
    assert_eq!(rows.len(), all.len());
    rows
}

/// Runs the engine on these answers and compares all that the diagrams say of them.
fn assert_agrees(content: &Content, all: &[(&Given, &Lead)]) {
    let rows = assessed(content, &all.iter().map(|(given, _)| *given).collect::<Vec<_>>());
    for ((given, lead), row) in all.iter().zip(rows) {
        let shown =
            |sections: &[Value]| sections.iter().map(|id| id.as_str().unwrap().to_owned()).collect::<BTreeSet<_>>();
        let told = (lead.tier.as_str(), lead.rule.as_str(), lead.complete, lead.sections.iter().cloned().collect());
        let found = (
            row["tier"].as_str().unwrap_or_default(),
            row["rule"].as_str().unwrap_or_default(),
            row["complete"].as_bool().unwrap_or_default(),
            shown(row["sections"].as_array().map(Vec::as_slice).unwrap_or_default()),
        );
        assert_eq!(told, found, "{} gives {row}", serde_json::to_string(given).unwrap());
        let results = lead.results.as_ref().map(|results| serde_json::to_value(results).unwrap());
        assert_eq!(results.as_ref(), row.get("results"), "{}", serde_json::to_string(given).unwrap());
    }
}

fn failing(report: &Report) -> Vec<&Property> {
    report.properties.iter().filter(|property| !property.holds).collect()
}

// --- The engine and the proof are one -----------------------------------------------------------------------------

#[test]
fn the_engine_agrees_on_both_sides_of_every_flip() {
    let content = content(&shipped());
    let flips = &shipped_proof().flips;
    let rules: BTreeSet<&str> = flips.iter().map(|flip| flip.rule.as_str()).collect();
    let reachable: BTreeSet<&str> =
        content.material.rules.iter().map(String::as_str).filter(|rule| *rule != "N1").collect();
    assert_eq!(rules, reachable, "N1 always holds and depends on nothing");
    let sides = flips.iter().flat_map(|flip| [&flip.decides, &flip.does_not]);
    assert_agrees(&content, &sides.map(|case| (&case.answers, &case.leads_to)).collect::<Vec<_>>());
    for flip in flips {
        let key = |lead: &Lead| match &lead.clause {
            Some(clause) => format!("{}_{clause}", lead.rule),
            None => lead.rule.clone(),
        };
        assert_eq!(key(&flip.decides.leads_to), flip.rule);
        assert_ne!(key(&flip.does_not.leads_to), flip.rule);
        assert_eq!(questions_that_differ(&flip.decides.answers, &flip.does_not.answers), 1, "{}", flip.flip);
    }
}

fn questions_that_differ(one: &Given, other: &Given) -> usize {
    let ids: BTreeSet<&String> = one.0.iter().chain(&other.0).map(|(id, _)| id).collect();
    let value =
        |given: &Given, id: &String| given.0.iter().find(|(other, _)| other == id).map(|(_, value)| value.clone());
    ids.into_iter().filter(|id| value(one, id) != value(other, id)).count()
}

#[test]
fn every_option_that_a_rule_names_is_flipped_or_listed() {
    let Proof { report, flips } = shipped_proof();
    let flipped =
        |rule: &str, option: &str| flips.iter().any(|flip| flip.rule == rule && flip.flip.starts_with(option));
    for (rule, option) in
        [("E3_no_injury", "rf_nerve.saddle"), ("E3_injury", "rf_nerve_when.unsure"), ("S1", "peg_e"), ("C13", "peg_p")]
    {
        assert!(flipped(rule, option), "{rule} {option}");
    }
    // A place that is told beside it decides alike: "no pain" stands beside no other.
    let silent: Vec<(&str, &str)> =
        report.without_influence.iter().map(|without| (without.rule.as_str(), without.option.as_str())).collect();
    assert_eq!(silent, [("C12", "location.no_pain"), ("C14", "location.no_pain"), ("K2", "location.no_pain")]);
}

#[test]
fn every_witness_of_the_report_replays() {
    let content = content(&shipped());
    let report = &shipped_proof().report;
    let rules = report.rules.0.iter().map(|(id, rule)| (id, rule.reached.witness.as_ref().unwrap()));
    let rules: Vec<_> = rules.collect();
    for ((id, given), row) in
        rules.iter().zip(assessed(&content, &rules.iter().map(|(_, given)| *given).collect::<Vec<_>>()))
    {
        assert_eq!((row["rule"].as_str(), row["complete"].as_bool()), (Some(id.as_str()), Some(true)), "{given:?}");
        assert_eq!(row["ignored"].as_array().map(Vec::len), Some(0), "nothing hidden is answered");
    }
    let tiers: Vec<_> = report.outcomes.0.iter().map(|(id, tier)| (id, tier.witness.as_ref().unwrap())).collect();
    for ((id, _), row) in
        tiers.iter().zip(assessed(&content, &tiers.iter().map(|(_, given)| *given).collect::<Vec<_>>()))
    {
        assert_eq!(row["tier"].as_str(), Some(id.as_str()));
    }
    for exception in &report.exceptions {
        assert!(!exception.falls.is_empty(), "{}", exception.step);
        for falls in &exception.falls {
            let rows = assessed(&content, &[&falls.witness, &falls.after]);
            assert_eq!((rows[0]["tier"].as_str(), rows[1]["tier"].as_str()), (Some(&*falls.from), Some(&*falls.to)));
            assert_eq!(questions_that_differ(&falls.witness, &falls.after), 1, "{}", exception.step);
        }
    }
}

#[test]
fn a_rule_in_which_a_missing_answer_matters_holds_without_it() {
    let report = &shipped_proof().report;
    assert!(
        report
            .missing_matters
            .iter()
            .any(|matter| (&*matter.rule, &*matter.question) == ("E3_injury", "rf_nerve_when"))
    );
    for matter in &report.missing_matters {
        assert!(!matter.witness.0.iter().any(|(question, _)| *question == matter.question), "{}", matter.question);
    }
}

// --- Counts -------------------------------------------------------------------------------------------------------

fn number(text: &str) -> u128 {
    text.parse().unwrap()
}

#[test]
fn the_counts_of_the_rules_add_up_to_the_number_of_sets() {
    let report = &shipped_proof().report;
    let sum: u128 = report.rules.0.iter().map(|(_, rule)| number(&rule.reached.count)).sum();
    assert_eq!(sum, number(&report.answer_sets));
    let sum: u128 = report.outcomes.0.iter().map(|(_, tier)| number(&tier.count)).sum();
    assert_eq!(sum, number(&report.answer_sets));
    let u11 = report.rules.0.iter().find(|(id, _)| id == "U11").unwrap();
    let clauses: u128 =
        u11.1.clauses.iter().flat_map(|clauses| &clauses.0).map(|(_, clause)| number(&clause.count)).sum();
    assert_eq!(clauses, number(&u11.1.reached.count));
}

/// The small quiz has few enough sets to go through all of them.
#[test]
fn the_counts_of_a_small_quiz_are_those_of_all_its_answers_one_by_one() {
    // Typed numbers around the one that a result begins with.
    let folder = common::sound_but(|name, text| match name {
        "quiz.toml" => text.replace("min = 0.5\nmax = 99.9", "min = 12\nmax = 12.9"),
        _ => text,
    });
    let content = Content::load_without_cases(folder.path()).unwrap();
    let report = proof(&content).report;
    let sky = [None, Some("\"rain\""), Some("\"clear\"")];
    let gear = [None, Some("[\"coat\"]"), Some("[\"hat\"]"), Some("[\"coat\",\"hat\"]"), Some("[\"none\"]")];
    let wind: Vec<Option<String>> = std::iter::once(None).chain((0..=10).map(|wind| Some(wind.to_string()))).collect();
    let shower = std::iter::once(None).chain((0..10).map(|tenth| Some(format!("12.{tenth}"))));
    let shower: Vec<Option<String>> = shower.collect();
    let mut sets = vec![String::new()];
    let mut answer = |id: &str, values: &[Option<&str>]| {
        let with = |set: &String| {
            let added = values.iter().map(|value| value.map_or(String::new(), |value| format!("\"{id}\":{value},")));
            added.map(|added| format!("{set}{added}")).collect::<Vec<_>>()
        };
        sets = sets.iter().flat_map(with).collect();
    };
    answer("sky", &sky);
    answer("gear", &gear);
    answer("wind", &wind.iter().map(Option::as_deref).collect::<Vec<_>>());
    answer("shower", &shower.iter().map(Option::as_deref).collect::<Vec<_>>());
    answer("mood", &[None, Some("\"bright\""), Some("\"grim\"")]);
    let sets: Vec<String> = sets.iter().map(|set| format!("{{{}}}", set.trim_end_matches(','))).collect();
    let rows = assess_all(&content.logic, &format!("[{}]", sets.join(","))).unwrap();
    let rows: Vec<Value> = serde_json::from_str(&rows).unwrap();
    assert_eq!(report.answer_sets_with_hidden, rows.len().to_string());
    let visible: Vec<&Value> = rows.iter().filter(|row| row["ignored"].as_array().unwrap().is_empty()).collect();
    assert_eq!(report.answer_sets, visible.len().to_string());
    assert_eq!(report.complete_answer_sets, visible.iter().filter(|row| row["complete"] == true).count().to_string());
    for (id, rule) in &report.rules.0 {
        assert_eq!(
            rule.reached.count,
            visible.iter().filter(|row| row["rule"] == id.as_str()).count().to_string(),
            "{id}"
        );
    }
    for (group, results) in &report.results.0 {
        for (id, result) in &results.0 {
            let told = visible.iter().filter(|row| row["results"][group.as_str()] == id.as_str());
            assert_eq!(result.count, told.count().to_string(), "{group}.{id}");
        }
    }
    for (id, section) in &report.sections.0 {
        let shown =
            visible.iter().filter(|row| row["sections"].as_array().unwrap().contains(&Value::from(id.as_str())));
        assert_eq!(section.count, shown.count().to_string(), "{id}");
    }
}

/// The ends of the scale of the sound quiz, and what a number that is typed says in place of them.
const ENDS: &str = "low = \"Still\"\nhigh = \"A gale\"";
const WRONG: &str = "wrong = \"Enter a number from {min} to {max}.\"";

/// The sound `quiz.toml` with the wind as a number that is typed, for a scale is not so wide.
fn typed(quiz: &str, max: &str) -> String {
    quiz.replace("kind = \"scale\"\nmin = 0\nmax = 10", &format!("kind = \"number\"\nmin = 0\nmax = {max}"))
}

/// Digits in place of single numbers: a number may be as wide as the format lets it.
#[test]
fn a_number_of_a_hundred_thousand_is_proved_like_a_scale_of_ten() {
    let wide = |at_least: &str| {
        let folder = sound_but(|name, text| match name {
            "quiz.toml" => typed(&text, "100000").replace("at_least = 9 }", &format!("at_least = {at_least} }}")),
            "lang/en/questions.toml" => text.replace(ENDS, WRONG),
            _ => text,
        });
        fs::write(folder.path().join("properties.toml"), "[[monotone]]\nid = \"wind\"\nsteps = [\"wind\"]\n").unwrap();
        Content::load_without_cases(folder.path()).unwrap()
    };
    let (old, new) = (wide("90000"), wide("90001"));
    let report = proof(&old).report;
    let storm = report.rules.0.iter().find(|(id, _)| id == "S1").unwrap().1.reached.count.clone();
    let besides = number(&report.answer_sets) / 100_002;
    assert_eq!(number(&storm), 10_001 * besides, "from 90000 to 100000");
    assert!(report.properties.iter().find(|property| property.id == "wind").unwrap().holds);
    let difference = quiz_authoring::diff(&old, &new).unwrap();
    assert_eq!(number(&difference.changed), besides, "90000 alone");
    assert!(difference.changes.iter().all(|change| change.common.contains(&"Wind: 90000 to 90000".to_owned())));
}

/// Proved or refused, and never in part.
#[test]
fn a_sum_that_is_too_large_is_named_and_nothing_is_claimed() {
    let sum = |max: &str| {
        let folder = sound_but(|name, text| match name {
            "quiz.toml" => {
                typed(&text, max).replace(
                    "{ sum = [\"mood\", \"wind\"], at_least = 5, missing = \"skip\" }",
                    "{ sum = [\"mood\", \"wind\", \"mist\"], at_least = 5, missing = \"skip\" }",
                ) + "\n[[question]]\nid = \"mist\"\nkind = \"number\"\nmin = 0\nmax = 9\noptional = true\nsource = [\"almanac\"]\n"
            }
            "lang/en/questions.toml" => {
                let text = text.replace(ENDS, WRONG);
                let shower = text.split_once("[shower]").unwrap().1;
                let mist = shower.split_once("\n[").unwrap().0.to_owned();
                format!("{text}\n[mist]{mist}\n")
            }
            _ => text,
        });
        Content::load_without_cases(folder.path()).unwrap_or_else(|problems| panic!("{problems:?}"))
    };
    assert!(verify(&sum("100"), &mut |_| {}).is_ok());
    let large = sum("6700");
    let told = "too large to be proved exactly, so nothing is claimed of this quiz: a sum or mean of wind, mood, mist can have 6712 values";
    assert_eq!(verify(&large, &mut |_| {}).unwrap_err().to_string(), told);
    assert_eq!(quiz_authoring::diff(&large, &large).unwrap_err().to_string(), told);
    assert_eq!(quiz_authoring::flow_and_tables(&large).unwrap_err().to_string(), told);
}

// --- What holds ---------------------------------------------------------------------------------------------------

#[test]
fn everything_holds_of_the_shipped_quiz() {
    let report = &shipped_proof().report;
    let failing: Vec<_> = failing(report).iter().map(|property| (&property.id, &property.detail)).collect();
    assert!(failing.is_empty(), "{failing:?}");
    let declared: Vec<&str> =
        report.properties.iter().filter(|property| property.declared).map(|property| &*property.id).collect();
    assert_eq!(
        declared,
        [
            "a_red_flag_never_lowers_the_urgency",
            "more_pain_never_lowers_the_urgency",
            "not_sure_never_leads_to_less_care_than_no",
            "not_sure_about_a_scan_never_leads_to_less_care_than_no_scan",
            "a_minor_never_reaches_surgical_guidance",
        ]
    );
}

#[test]
fn every_property_holds_of_the_small_quiz_which_declares_none() {
    let report = proof(&content(&common::sound())).report;
    assert!(report.holds() && report.exceptions.is_empty());
    assert!(report.properties.iter().any(|property| property.id == "every_result_can_be_reached"));
    assert!(!report.properties.iter().any(|property| property.id == "every_step_that_lowers_is_declared"));
}

#[test]
fn every_test_that_the_report_names_is_there() {
    let report = proof(&content(&common::sound())).report;
    for tested in &report.tested {
        let (file, name) = tested.test.split_once("::").unwrap();
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file)).unwrap();
        assert!(text.contains(&format!("fn {name}(")), "{}", tested.test);
    }
}

// --- Faults are found ---------------------------------------------------------------------------------------------

/// The shipped quiz with one fault in `quiz.toml` or `properties.toml`. Cases are left out, for they would name it, too.
fn faulty(file: &str, was: &str, is: &str) -> Content {
    let folder = copied_but(&shipped(), |name, text| {
        if name == file {
            assert_eq!(text.matches(was).count(), 1, "{was} stands once in {file}");
            return text.replace(was, is);
        }
        text
    });
    Content::load_without_cases(folder.path()).unwrap()
}

/// The fault is refuted by this property alone or among others, and what it tells of its answers is what the engine
/// makes of them.
fn assert_refuted(content: &Content, id: &str) -> Property {
    let report = proof(content).report;
    let found = failing(&report).into_iter().find(|property| property.id == id);
    let property = found.unwrap_or_else(|| panic!("{id} holds; refuted: {:?}", failing(&report))).clone();
    let sides = [(&property.witness, &property.leads_to), (&property.after, &property.after_leads_to)];
    let told: Vec<_> = sides.iter().filter_map(|(given, lead)| Some((given.as_ref()?, lead.as_ref()?))).collect();
    assert_agrees(content, &told);
    property
}

fn urgencies(property: &Property) -> (u8, u8) {
    (property.leads_to.as_ref().unwrap().urgency, property.after_leads_to.as_ref().unwrap().urgency)
}

#[test]
fn a_condition_that_is_dropped_from_a_rule_is_found() {
    let content = faulty("quiz.toml", "  { not = \"minor\" },\n  \"dx\",\n  \"from_3m\",", "  \"dx\",\n  \"from_3m\",");
    let property = assert_refuted(&content, "a_minor_never_reaches_surgical_guidance");
    let age = property.witness.as_ref().unwrap().0.iter().find(|(id, _)| id == "age").unwrap().1.clone();
    assert!(["under10", "10_17"].contains(&age.as_str().unwrap()));
    assert_eq!(property.leads_to.unwrap().tier, "surgical_discussion");
}

#[test]
fn a_red_flag_that_lowers_the_urgency_is_found() {
    let content = faulty(
        "quiz.toml",
        "core_new = { all = [\"core\", \"new\"] }",
        "core_new = { all = [\"core\", \"new\", { not = \"rf_nerve.both_legs\" }] }",
    );
    let property = assert_refuted(&content, "a_red_flag_never_lowers_the_urgency");
    let (before, after) = urgencies(&property);
    assert!(before > after, "{property:?}");
    assert!(property.detail.unwrap().contains("rf_nerve.both_legs"));
}

#[test]
fn a_not_sure_that_gives_less_than_no_is_found() {
    let content = faulty(
        "quiz.toml",
        "when = { any = [\"rf_weak.mild_steady\", \"rf_weak.not_sure\"] }",
        "when = { any = [\"rf_weak.mild_steady\", \"rf_weak.none\"] }",
    );
    let property = assert_refuted(&content, "not_sure_never_leads_to_less_care_than_no");
    let (not_sure, no) = urgencies(&property);
    assert!(not_sure < no, "{property:?}");
}

#[test]
fn two_rules_in_the_wrong_order_are_found() {
    // S1 before C8 keeps C8 from ever deciding for somebody who is pregnant.
    let text = fs::read_to_string(shipped().join("quiz.toml")).unwrap();
    let rule = |from: &str, to: &str| {
        let (_, rest) = text.split_once(from).unwrap();
        format!("{from}{}", rest.split_once(to).unwrap().0)
    };
    let pregnant = rule("[[rule]]\nid = \"C8\"\nclause = \"pregnant\"", "[[rule]]\nid = \"S1\"");
    let surgery = rule("[[rule]]\nid = \"S1\"", "[[rule]]\nid = \"C9\"\nclause = \"pain\"");
    let content = faulty("quiz.toml", &format!("{pregnant}{surgery}"), &format!("{surgery}{pregnant}"));
    let property = assert_refuted(&content, "every_rule_can_be_reached");
    assert_eq!(
        property.detail.as_deref(),
        Some("rule C8_pregnant never decides: here it holds, and S1 decides before it")
    );
}

#[test]
fn a_rule_that_never_holds_is_found() {
    let mut content = common::shipped_content();
    let place = content.material.rules.iter().position(|key| key == "C4").unwrap();
    content.logic.rules[place].when = quiz_engine::Condition::Any(vec![]);
    common::ship(&mut content);
    let property = assert_refuted(&content, "every_rule_can_be_reached");
    assert_eq!(property.detail.as_deref(), Some("rule C4 never holds"));
}

#[test]
fn an_early_stop_that_hides_something_more_urgent_is_found() {
    // An urgent rule that stops behind its own question, with emergencies still to be asked about.
    let mut content = common::shipped_content();
    let place = content.material.rules.iter().position(|key| key == "U1").unwrap();
    content.logic.rules[place].stop_after = content.logic.question_index("rf_now");
    common::ship(&mut content);
    let property = assert_refuted(&content, "an_early_stop_hides_nothing_more_urgent");
    assert_eq!(urgencies(&property), (5, 6));
}

#[test]
fn a_question_without_an_option_to_choose_is_found() {
    let mut content = common::shipped_content();
    let health = usize::from(content.logic.question_index("health").unwrap());
    for option in &mut content.logic.questions[health].options {
        option.shown = quiz_engine::Condition::Chosen { question: 0, options: 1 };
    }
    common::ship(&mut content);
    let property = assert_refuted(&content, "every_path_ends");
    assert!(property.detail.unwrap().contains("`health`"));
    assert_refuted(&content, "every_option_can_be_reached");
}

#[test]
fn no_rule_at_all_is_found() {
    let mut content = common::shipped_content();
    content.logic.rules.pop();
    content.material.rules.pop();
    common::ship(&mut content);
    let property = assert_refuted(&content, "exactly_one_outcome");
    assert_eq!(property.detail.as_deref(), Some("no rule holds"));
}

#[test]
fn a_question_that_looks_ahead_or_stands_twice_is_found() {
    let mut content = common::shipped_content();
    content.logic.questions[0].shown = quiz_engine::Condition::Answered(3);
    content.logic.screens.push(vec![2]);
    common::ship(&mut content);
    let report = proof(&content).report;
    let ids: Vec<&str> = failing(&report).iter().map(|property| &*property.id).collect();
    assert!(
        ids.contains(&"no_question_is_asked_twice") && ids.contains(&"no_question_depends_on_a_later_one"),
        "{ids:?}"
    );
    assert!(ids.contains(&"every_question_can_be_reached"), "its condition is never met: {ids:?}");
}

#[test]
fn a_pack_that_is_another_quiz_is_found() {
    let mut content = common::shipped_content();
    let last = content.languages.len() - 1;
    content.languages[last].pack.logic.rules.swap(0, 1);
    assert_refuted(&content, "every_pack_holds_this_quiz");
}

#[test]
fn a_section_that_nobody_sees_is_found() {
    let content = faulty(
        "quiz.toml",
        "when = \"diagnosis.slip_high\"\ntiers = [\"surgical_discussion\"]",
        "when = \"minor\"\ntiers = [\"surgical_discussion\"]",
    );
    let property = assert_refuted(&content, "everything_shown_can_be_reached");
    assert_eq!(property.detail.as_deref(), Some("nobody is shown the note high_grade_slip"));
}

#[test]
fn a_step_that_lowers_and_is_not_declared_is_found() {
    let content =
        faulty("properties.toml", "steps = [\"treat_result.some_limits\"]", "steps = [\"treat_result.better\"]");
    let property = assert_refuted(&content, "every_step_that_lowers_is_declared");
    let (before, after) = urgencies(&property);
    assert!(before > after);
    assert!(
        property
            .detail
            .unwrap()
            .starts_with("`treat_result.some_limits` lowers the urgency from clinician to not_typical")
    );
}

#[test]
fn every_step_that_is_not_declared_is_told_at_once() {
    let quiz = with_properties("");
    let detail = assert_refuted(&quiz, "every_step_that_lowers_is_declared").detail.unwrap();
    assert_eq!(
        detail,
        "`sky.clear` lowers the urgency from rain to fine, and nothing in properties.toml says that it may; undeclared, \
         too: \"rain > fine\" by \"gear.coat\", \"gear.hat\""
    );
}

#[test]
fn a_question_among_falls_stands_for_its_steps_that_are_not_monotone() {
    let properties = |steps: &str| {
        format!(
            "[[monotone]]\nid = \"rain\"\nsteps = [\"sky.rain\"]\n\
             [[falls]]\nsteps = [{steps}, \"gear.coat\", \"gear.hat\"]\nbetween = [\"rain > fine\"]\nbecause = \"Dry.\"\n"
        )
    };
    let report = proof(&with_properties(&properties("\"sky\""))).report;
    assert!(report.holds(), "{:?}", failing(&report));
    // By its name it is still a contradiction.
    let folder = sound_but(|_, text| text);
    fs::write(folder.path().join("properties.toml"), properties("\"sky.clear\", \"sky.rain\"")).unwrap();
    let problems = Content::load(folder.path()).unwrap_err();
    assert!(problems[0].message.starts_with("`sky.rain` is meant to lower the urgency here, but rain says"));
}

#[test]
fn a_declaration_that_is_stale_is_found() {
    let step = faulty(
        "properties.toml",
        "steps = [\"diagnosis.slip_high\"]",
        "steps = [\"diagnosis.slip_high\", \"goal.understand\"]",
    );
    let detail = assert_refuted(&step, "every_step_that_lowers_is_declared").detail.unwrap();
    assert!(detail.contains("`goal.understand` never lowers the urgency so"), "{detail}");
    let tier = faulty(
        "properties.toml",
        "between = [\"clinician > not_typical\"]",
        "between = [\"clinician > not_typical\", \"emergency > urgent\"]",
    );
    let detail = assert_refuted(&tier, "every_step_that_lowers_is_declared").detail.unwrap();
    assert!(detail.contains("none of the steps leads from emergency down to urgent"), "{detail}");
}

/// The sound quiz with these properties.
fn with_properties(properties: &str) -> Content {
    let folder = sound_but(|_, text| text);
    fs::write(folder.path().join("properties.toml"), properties).unwrap();
    content(folder.path())
}

#[test]
fn a_property_that_is_about_nobody_does_not_hold() {
    let nobody = "{ all = [\"gear.coat\", \"gear.none\"] }";
    let pairs = "pairs = [{ answer = \"sky.rain\", than = \"sky.clear\" }]";
    let quiz = with_properties(&format!(
        "[[never]]\nid = \"about_nobody\"\nwhen = {nobody}\ntiers = [\"storm\"]\n\
         [[not_less]]\nid = \"compares_nobody\"\n{pairs}\ngiven = {nobody}\n\
         [[never]]\nid = \"about_somebody\"\nwhen = \"gear.none\"\nsections = [\"keeping_dry\"]\n"
    ));
    for id in ["about_nobody", "compares_nobody"] {
        let property = assert_refuted(&quiz, id);
        assert!(property.detail.unwrap().starts_with("vacuous: "), "{id}");
    }
    let detail = assert_refuted(&quiz, "about_somebody").detail.unwrap();
    assert!(!detail.contains("vacuous"), "{detail}");
}

/// What has a name is what would be written out in its place.
#[test]
fn a_number_with_a_name_is_what_it_stands_for_wherever_it_is_tested() {
    let named = content(sound_with_numbers().path());
    let written = sound_but(|name, text| match name {
        "quiz.toml" => {
            let gloom = "{ sum = [\"mood\", \"wind\"], at_least = 12, missing = \"skip\" }";
            let load = format!("of = [\"sky.rain\", \"gear.hat\", {gloom}] }}");
            text.replace("of = [\"wet\", \"gear.hat\"] }", &load)
        }
        _ => text,
    });
    let written = content(written.path());
    assert_eq!(named.logic, written.logic);
    assert!(proof(&named).report.holds());
}

// --- The command --------------------------------------------------------------------------------------------------

fn quiz(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_quiz")).args(arguments).output().unwrap()
}

#[test]
fn the_command_prints_the_contract_and_writes_page_and_witnesses() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (page_file, witnesses, out) = (file("proof.html"), file("witnesses.json"), file("proof.json"));
    let shipped = shipped();
    let shipped = shipped.to_str().unwrap();
    let output = quiz(&["verify", shipped, "--page", &page_file, "--witnesses", &witnesses]);
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["answer_sets"].as_str().unwrap().bytes().all(|byte| byte.is_ascii_digit()));
    assert!(report["rules"]["E1"]["count"].is_string() && report["rules"]["E1"]["witness"].is_object());
    assert!(
        report["properties"]
            .as_array()
            .unwrap()
            .iter()
            .all(|property| property["id"].is_string() && property["holds"] == true)
    );
    let page = fs::read_to_string(&page_file).unwrap();
    assert!(page.contains("All 18 properties hold.") && page.contains("default-src 'none'"));
    let witnesses: Value = serde_json::from_str(&fs::read_to_string(&witnesses).unwrap()).unwrap();
    assert!(witnesses["flips"].as_array().unwrap().len() > 1000);
    assert_eq!(quiz(&["verify", shipped, "--out", &out]).stdout, b"");
    assert_eq!(
        serde_json::from_str::<Value>(&fs::read_to_string(&out).unwrap()).unwrap(),
        report,
        "the same each time"
    );
}

#[test]
fn a_refuted_property_is_printed_and_ends_in_failure() {
    let folder = copied_but(&shipped(), |name, text| match name {
        "properties.toml" => {
            text.replace("than = \"imaging.none\" }]\ngiven = { not = \"told\" }", "than = \"imaging.none\" }]")
        }
        _ => text,
    });
    let output = quiz(&["verify", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let failing: Vec<&Value> =
        report["properties"].as_array().unwrap().iter().filter(|property| property["holds"] == false).collect();
    assert_eq!(failing.len(), 1);
    assert_eq!(failing[0]["id"], "not_sure_about_a_scan_never_leads_to_less_care_than_no_scan");
    assert!(failing[0]["witness"].is_object() && failing[0]["after"].is_object());
    let page = page(&proof(&content(folder.path())).report);
    assert!(page.contains("1 of 18 properties do not hold."));
}

/// Where the report goes to a file, an exit code alone would say nothing.
#[test]
fn what_does_not_hold_is_told_on_standard_error() {
    let folder = copied_but(&shipped(), |name, text| match name {
        "quiz.toml" => text.replace("when = \"sleep\"", "when = \"always\""),
        "properties.toml" => {
            text.replace("than = \"imaging.none\" }]\ngiven = { not = \"told\" }", "than = \"imaging.none\" }]")
        }
        _ => text,
    });
    let out = folder.path().join("../proof-of-what-does-not-hold.json");
    let output = quiz(&["verify", folder.path().to_str().unwrap(), "--out", out.to_str().unwrap()]);
    fs::remove_file(&out).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let told = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], format!("1 property does not hold, see {}:", out.display()));
    assert!(lines[1].starts_with("  not_sure_about_a_scan_never_leads_to_less_care_than_no_scan: "), "{told}");
}

#[test]
fn a_folder_with_problems_is_not_proved() {
    let broken: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content-broken/shadowed_rule");
    let output = quiz(&["verify", broken.to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
}
