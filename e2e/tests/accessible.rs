//! Nobody is kept out of any state: axe and the tests' own measures find nothing, however the state is looked at.
//!
//! By default each state is looked at in variants that cover every width, set of colours, kind of motion and size of
//! text; with `PARS_CHECK_ALL` in all of their combinations. Left to right is English; right to left, with words two
//! fifths longer, is the language that nobody speaks.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use e2e::{Browser, Gate, Plan, Tour, Variant, repository};

/// Every state that the content has: a screen of questions as asked, answered, and asked again if it must be answered;
/// an outcome of each tier.
fn states_of_the_content() -> BTreeSet<String> {
    let text = std::fs::read_to_string(repository("content/pars-defect/quiz.toml")).unwrap();
    let quiz: toml::Table = text.parse().unwrap();
    let list = |of: &toml::Table, key: &str| of.get(key).and_then(|list| list.as_array()).cloned().unwrap_or_default();
    let screens: Vec<Vec<String>> = list(&quiz, "screen")
        .iter()
        .map(|screen| {
            list(screen.as_table().unwrap(), "questions").iter().map(|id| id.as_str().unwrap().to_owned()).collect()
        })
        .collect();
    let mut states = BTreeSet::new();
    for question in list(&quiz, "question") {
        let question = question.as_table().unwrap();
        let id = question["id"].as_str().unwrap();
        let screen = screens.iter().find(|screen| screen.iter().any(|each| each == id));
        let name = screen.map_or_else(|| id.to_owned(), |screen| screen.join("-"));
        let is_optional = question.get("optional").is_some_and(|optional| optional.as_bool() == Some(true));
        states.extend([format!("question-{name}"), format!("answered-{name}")]);
        if !is_optional {
            states.insert(format!("error-{name}"));
        }
    }
    let tiers = list(quiz["tiers"].as_table().unwrap(), "all");
    states.extend(tiers.iter().map(|tier| format!("outcome-{}", tier.as_str().unwrap())));
    states
}

/// Fails where the tour has not come to all that the content has. An outcome may have come in several kinds.
fn assert_all_reached(seen: &BTreeSet<String>) {
    let is_reached = |state: &String| {
        let kind = format!("{state}-");
        let is_outcome = state.starts_with("outcome-");
        seen.contains(state) || is_outcome && seen.iter().any(|each| each.starts_with(&kind))
    };
    let missed: Vec<String> = states_of_the_content().into_iter().filter(|state| !is_reached(state)).collect();
    assert_eq!(missed, Vec::<String>::new(), "the tour does not come to these");
    for state in [
        "opening-proof",
        "opening-erased",
        "check",
        "outcome-saved",
        "outcome-text",
        "outcome-framed",
        "idle",
        "leaflet",
        "leaflet-failed",
        "leaflet-unsealed",
    ] {
        assert!(seen.contains(state), "the tour does not come to {state}");
    }
}

async fn assert_open(language: &str, plan: Plan) {
    let browser = Browser::start_in_one_process().await.unwrap();
    Variant::USUAL.show(&browser).await.unwrap();
    let variants = plan.measured.len();
    let mut gate = Gate::new(&browser, language, plan);
    let tour = Tour::of(&browser, language).unwrap();
    let seen = tour.walk(&mut async |visitor, state| gate.look(visitor, state).await).await.unwrap();
    assert_all_reached(&seen);
    assert_eq!(gate.looks(), seen.len() * variants);
    gate.pass().unwrap();
    browser.end().await.unwrap();
}

#[tokio::test]
async fn every_state_is_open_to_everybody_from_left_to_right() {
    assert_open("en", Plan::covering().or_all()).await;
}

#[tokio::test]
async fn every_state_is_open_to_everybody_from_right_to_left_and_with_longer_words() {
    assert_open("he-XB", Plan::of_words(Variant::covering()).or_all()).await;
}

/// Spanish has words of its own length in places that have no room to spare, such as the labels in drawings.
#[tokio::test]
async fn every_state_is_open_to_everybody_in_spanish() {
    let narrow = Variant { width: 320, height: 256, ..Variant::USUAL };
    assert_open("es", Plan::of_words(vec![Variant::USUAL, narrow]).or_all()).await;
}

#[tokio::test]
async fn every_page_around_is_open_to_everybody() {
    let browser = Browser::start_in_one_process().await.unwrap();
    Variant::USUAL.show(&browser).await.unwrap();
    let mut gate = Gate::new(&browser, "en", Plan::covering().or_all());
    let tour = Tour::of(&browser, "en").unwrap();
    let seen = tour.pages(&mut async |page, state| gate.look(page, state).await).await.unwrap();
    assert!(
        ["page-builder", "page-contact", "page-index", "page-plain"].iter().all(|page| seen.contains(*page)),
        "{seen:?}"
    );
    gate.pass().unwrap();
    browser.end().await.unwrap();
}
