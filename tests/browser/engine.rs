//! The engine in WebAssembly decides as it does natively, on the content that ships.

use std::rc::Rc;

use pars_check::host::Settings;
use pars_check::ui::{Early, Quiz, QuizProps};
use quiz_engine::{Answers, Logic, Message, Outcome, Pack, Path, Place, State, Value, View};
use serde_json::{Value as Json, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::recording_host::RecordingHost;

fn shipped() -> Pack {
    Pack::decode(shipped_pack::EN).unwrap()
}

/// A case, and what is said of it natively.
struct Case {
    given: Json,
    native: Json,
}

impl Case {
    fn all() -> Vec<Self> {
        let Json::Array(rows) = serde_json::from_str(shipped_pack::CASES).unwrap() else { panic!("no list") };
        let cases: Vec<_> =
            rows.into_iter().map(|mut row| Self { given: row["case"].take(), native: row["native"].take() }).collect();
        assert!(cases.len() >= 60, "only {} cases", cases.len());
        cases
    }

    /// Those that a visitor can reach the guidance with.
    fn complete() -> Vec<Self> {
        let cases: Vec<_> = Self::all().into_iter().filter(|case| case.native["complete"] == true).collect();
        assert!(cases.len() >= 40, "only {} complete cases", cases.len());
        cases
    }

    fn answers(&self, logic: &Logic) -> Answers {
        answers(logic, &self.given["answers"])
    }

    /// The options chosen, or the number, as values of inputs.
    fn values(&self, question: &str) -> Vec<String> {
        match &self.given["answers"][question] {
            Json::Null => Vec::new(),
            Json::String(option) => vec![option.clone()],
            Json::Array(options) => options.iter().map(|option| option.as_str().unwrap().to_owned()).collect(),
            number => vec![number.to_string()],
        }
    }
}

fn answers(logic: &Logic, given: &Json) -> Answers {
    let mut answers = Answers::none(logic);
    for (question, value) in given.as_object().unwrap() {
        let value = match value {
            Json::String(option) => Value::One(option),
            Json::Array(options) => Value::Many(options.iter().map(|option| option.as_str().unwrap()).collect()),
            number => Value::Number(number.as_i64().unwrap()),
        };
        answers.set(logic, question, &value).unwrap();
    }
    answers
}

/// The same fields as `cargo quiz assess` gives, but for what was ignored.
fn assessed(logic: &Logic, answers: &Answers) -> Json {
    let (outcome, path) = (Outcome::of(logic, answers), Path::of(logic, answers));
    let question = |index: u16| logic.questions[usize::from(index)].id.to_string();
    json!({
        "tier": &*logic.tiers[usize::from(outcome.tier)],
        "rule": &*logic.rules[usize::from(outcome.rule)].id,
        "asked": path.asked.into_iter().map(question).collect::<Vec<_>>(),
        "complete": path.complete,
        "next": path.next.map(question),
        "sections": outcome.sections.iter().map(|index| &*logic.sections[usize::from(*index)].id).collect::<Vec<_>>(),
    })
}

#[wasm_bindgen_test]
fn every_case_reaches_its_tier_and_its_rule() {
    let pack = shipped();
    let mut wrong = Vec::new();
    for case in Case::all() {
        let got = assessed(&pack.logic, &case.answers(&pack.logic));
        if got["tier"] != case.given["expected_tier"] || got["rule"] != case.given["expected_rule"] {
            wrong.push(format!("{}: {} by {}", case.given["id"], got["tier"], got["rule"]));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[wasm_bindgen_test]
fn every_case_is_assessed_as_it_is_natively() {
    let pack = shipped();
    for mut case in Case::all() {
        let got = assessed(&pack.logic, &case.answers(&pack.logic));
        case.native.as_object_mut().unwrap().remove("ignored");
        assert_eq!(got, case.native, "{}", case.given["id"]);
    }
}

/// What the proof says of a set of answers, and what the engine does; sections in the order of their names.
fn told_and_found(logic: &Logic, side: &Json) -> [Json; 2] {
    let found = assessed(logic, &answers(logic, &side["answers"]));
    [&side["leads_to"], &found].map(|of| {
        let mut sections: Vec<&str> =
            of["sections"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        sections.sort_unstable();
        json!([of["tier"], of["rule"], of["complete"], sections])
    })
}

#[wasm_bindgen_test]
fn the_engine_agrees_with_the_proof_on_both_sides_of_every_flip() {
    let pack = shipped();
    let Json::Array(flips) = serde_json::from_str(shipped_pack::FLIPS).unwrap() else { panic!("no list") };
    assert!(flips.len() > 1000, "only {} flips", flips.len());
    for flip in &flips {
        for side in [&flip["decides"], &flip["does_not"]] {
            let [told, found] = told_and_found(&pack.logic, side);
            assert_eq!(told, found, "{}: {}", flip["flip"], side["answers"]);
        }
    }
}

/// What a visitor does who gives these answers to the questions that are asked.
fn walked(logic: &Logic, case: &Case) -> State {
    let (answers, mut state) = (case.answers(logic), State::new(logic));
    for _ in 0..=logic.screens.len() {
        let screen = match state.place {
            Place::Screen(screen) => &*logic.screens[usize::from(screen)],
            Place::Check => &[],
            Place::Outcome => break,
        };
        for question in screen {
            state.answers.put(*question, answers.get(*question));
        }
        state = state.update(logic, &Message::Continued);
        assert!(state.asked_again.is_empty(), "{} lacks an answer on {:?}", case.given["id"], state.place);
    }
    state
}

#[wasm_bindgen_test]
fn every_complete_case_is_shown_its_tier_at_the_end_of_its_way() {
    let pack = shipped();
    for case in Case::complete() {
        let View::Outcome(view) = View::of(&pack, &walked(&pack.logic, &case)) else {
            panic!("{} does not reach its guidance", case.given["id"])
        };
        let expected = (case.given["expected_tier"].as_str().unwrap(), case.given["expected_rule"].as_str().unwrap());
        assert_eq!((&*view.tier, &*view.why.rule), expected, "{}", case.given["id"]);
    }
}

async fn clicked_through(pack: &Rc<Pack>, case: &Case) -> Page<Quiz> {
    let host = Rc::new(RecordingHost::default());
    let props = QuizProps { pack: pack.clone(), settings: Settings::default(), host, early: Early::default() };
    let page = Page::<Quiz>::of(props).await;
    for _ in 0..=pack.logic.screens.len() {
        if page.has("[data-outcome]") {
            break;
        }
        for question in page.questions() {
            for value in case.values(&question) {
                page.choose(&question, &value).await;
            }
        }
        page.press("continue").await;
        assert!(!page.has("#errors"), "{}: {:?}", case.given["id"], page.texts("#errors li"));
    }
    page
}

/// One case of each tier: the end-to-end tests click through all of them.
#[wasm_bindgen_test]
async fn each_tier_is_reached_by_clicks() {
    let pack = Rc::new(shipped());
    let mut tiers: Vec<String> = Vec::new();
    for case in Case::complete() {
        let tier = case.given["expected_tier"].as_str().unwrap().to_owned();
        if tiers.contains(&tier) {
            continue;
        }
        let page = clicked_through(&pack, &case).await;
        assert_eq!(page.attributes("[data-outcome]", "data-outcome"), [&*tier], "{}", case.given["id"]);
        assert_eq!(page.attributes("[data-rule]", "data-rule"), [case.given["expected_rule"].as_str().unwrap()]);
        let shown = page.attributes("[data-section]", "data-section");
        assert_eq!(json!(shown), case.native["sections"], "{}", case.given["id"]);
        page.assert_ids_hold();
        tiers.push(tier);
    }
    assert_eq!(tiers.len(), pack.logic.tiers.len(), "{tiers:?}");
}
