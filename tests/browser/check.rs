//! The check of the answers on plain data, without the engine.

use pars_check::ui::check;
use quiz_engine::{CheckRow, CheckView, Message};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, Part, made};
use crate::{Told, shared};

fn row(question: u16, id: &str, answers: &[&str]) -> CheckRow {
    let answers = answers.iter().map(|answer| (*answer).into()).collect();
    CheckRow { question, id: id.into(), short: format!("Your {id}").into(), answers }
}

async fn page() -> (Page<Part>, Told) {
    let told = Told::default();
    let rows = vec![row(0, "who", &["Adult"]), row(3, "signs", &["Numb", "Weak"]), row(5, "wish", &[])];
    let (view, on_act) = (CheckView { rows }, told.callback());
    let shared = shared();
    (Page::of(made(move || check(&shared, &view, &on_act))).await, told)
}

#[wasm_bindgen_test]
async fn every_answer_has_its_row() {
    let (page, _) = page().await;
    assert_eq!(page.text("h1#heading[tabindex='-1']"), "check_title");
    assert_eq!(page.texts("dt"), ["Your who", "Your signs", "Your wish"]);
    assert_eq!(page.texts(".answers__given span"), ["Adult", "Numb", "Weak"]);
}

#[wasm_bindgen_test]
async fn a_question_left_out_says_so() {
    let (page, _) = page().await;
    assert_eq!(page.texts(".answers__given"), ["Adult", "NumbWeak", "not_answered"]);
}

#[wasm_bindgen_test]
async fn change_names_its_question_for_those_who_cannot_see_the_row() {
    let (page, _) = page().await;
    assert_eq!(
        page.texts("[data-action='change']"),
        ["Your who", "Your signs", "Your wish"].map(|of| format!("change: {of}"))
    );
    assert_eq!(page.all("[data-action='change'] > .visually-hidden").len(), 3);
}

#[wasm_bindgen_test]
async fn change_tells_which_question() {
    let (page, told) = page().await;
    page.click("[data-change='signs']").await;
    page.click("[data-change='wish']").await;
    assert_eq!(told.take(), [3, 5].map(|question| Message::Changed { question }));
}

#[wasm_bindgen_test]
async fn the_check_goes_on_with_continue_and_back_with_back() {
    let (page, told) = page().await;
    assert_eq!(page.actions(), ["back", "change", "change", "change", "continue"]);
    page.press("continue").await;
    page.press("back").await;
    assert_eq!(told.take(), [Message::Continued, Message::WentBack]);
}

#[wasm_bindgen_test]
async fn the_check_asks_and_decides_nothing() {
    let (page, _) = page().await;
    assert!(!page.has("fieldset, input, [data-outcome], [data-section]"));
}
