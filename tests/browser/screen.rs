//! A screen on plain data, without the engine.

use pars_check::ui::screen;
use quiz_engine::{Message, QuestionView, ScreenView};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, Part, key_down, made};
use crate::question::{radios, scale};
use crate::{Told, shared};

fn view(questions: Vec<QuestionView>) -> ScreenView {
    ScreenView { title: "".into(), questions, optional: false, first: false, progress: 40 }
}

async fn page(view: ScreenView) -> (Page<Part>, Told) {
    let told = Told::default();
    let (shared, on_act) = (shared(), told.callback());
    (Page::of(made(move || screen(&shared, &view, false, &on_act))).await, told)
}

fn without_answers() -> ScreenView {
    let ask = |question: QuestionView, error: &str| QuestionView { error: Some(error.into()), ..question };
    let questions = vec![ask(radios(None), "Say who."), ask(scale(None), "Say how much.")];
    ScreenView { title: "Two things".into(), ..view(questions) }
}

#[wasm_bindgen_test]
async fn the_first_screen_opens_with_what_this_is_and_offers_no_way_back() {
    let (page, _) = page(ScreenView { first: true, ..view(vec![radios(None)]) }).await;
    assert_eq!(page.text("h1"), "opening_title");
    assert!(page.text(".promise").contains("privacy"));
    assert_eq!(page.questions(), ["who"]);
    assert_eq!(page.actions(), ["continue"]);
    assert!(!page.has("progress"));
}

#[wasm_bindgen_test]
async fn a_later_screen_goes_back_and_on_and_shows_how_far() {
    let (page, told) = page(view(vec![radios(None)])).await;
    assert_eq!(page.actions(), ["back", "continue"]);
    page.press("back").await;
    page.press("continue").await;
    assert_eq!(told.take(), [Message::WentBack, Message::Continued]);
    assert_eq!(page.attributes("progress", "value"), ["40"]);
    assert_eq!(page.attributes("progress", "max"), ["100"]);
    assert_eq!(page.attributes("progress", "aria-label"), ["progress"]);
    assert_eq!(page.attributes("progress", "aria-valuetext"), ["40 percent"]);
}

#[wasm_bindgen_test]
async fn buttons_are_buttons_and_submit_nothing() {
    let (page, _) = page(ScreenView { optional: true, ..view(vec![radios(None)]) }).await;
    assert_eq!(page.attributes("[data-action]", "type"), ["button"; 3]);
    assert_eq!(page.all("button[data-action]").len(), 3);
    assert!(!page.has("form"));
}

#[wasm_bindgen_test]
async fn only_an_optional_screen_can_be_skipped() {
    let (page, told) = page(ScreenView { optional: true, ..view(vec![radios(None)]) }).await;
    assert_eq!(page.actions(), ["back", "continue", "skip"]);
    page.press("skip").await;
    assert_eq!(told.take(), [Message::Skipped]);
}

#[wasm_bindgen_test]
async fn a_screen_has_one_first_heading_that_takes_the_focus() {
    let titled = ScreenView { title: "Two things".into(), ..view(vec![radios(None), scale(None)]) };
    for (view, heading) in [(titled, "Two things"), (view(vec![radios(None)]), "Which who?")] {
        let (page, _) = page(view).await;
        assert_eq!(page.text("h1"), heading);
        assert_eq!(page.text("#heading[tabindex='-1']"), heading);
        page.assert_ids_hold();
    }
}

#[wasm_bindgen_test]
async fn errors_stand_in_a_summary_and_beside_each_question() {
    let (page, _) = page(without_answers()).await;
    assert_eq!(page.texts("#errors li"), ["Say who.", "Say how much."]);
    assert_eq!(page.attributes("#errors", "tabindex"), ["-1"]);
    assert_eq!(
        page.attributes("#errors", "aria-describedby"),
        ["errors-list"],
        "what is missing is heard with the title"
    );
    assert_eq!(page.attributes("#errors button", "data-answer"), ["who", "pain"]);
    assert_eq!(page.text("fieldset[data-question='who'] .error"), "error_prefix Say who.");
    assert_eq!(page.text("fieldset[data-question='pain'] .error"), "error_prefix Say how much.");
    page.assert_ids_hold();
}

#[wasm_bindgen_test]
async fn the_summary_comes_before_the_questions() {
    let (page, _) = page(without_answers()).await;
    let order = page.attributes("#errors, fieldset", "id");
    assert_eq!(order, ["errors", "", ""]);
}

#[wasm_bindgen_test]
async fn without_an_error_there_is_no_summary() {
    let (page, _) = page(view(vec![radios(None)])).await;
    assert!(!page.has("#errors"));
    assert!(!page.has(".error"));
}

#[wasm_bindgen_test]
async fn enter_in_an_answer_goes_on() {
    let (page, told) = page(view(vec![radios(None)])).await;
    assert!(key_down(&page.input("who", "child"), "Enter").await, "the browser does nothing of its own with it");
    assert_eq!(told.take(), [Message::Continued]);
}

#[wasm_bindgen_test]
async fn other_keys_in_an_answer_are_the_browsers() {
    let (page, told) = page(view(vec![radios(None)])).await;
    for key in [" ", "ArrowDown", "Tab", "Escape", "e"] {
        assert!(!key_down(&page.input("who", "child"), key).await, "{key}");
    }
    assert_eq!(told.take(), []);
}

#[wasm_bindgen_test]
async fn enter_on_a_button_is_left_to_the_button() {
    let (page, told) = page(view(vec![radios(None)])).await;
    for action in ["back", "continue"] {
        let button = page.one(&format!("[data-action='{action}']"));
        assert!(!key_down(&button, "Enter").await, "the browser makes a click of it");
        assert_eq!(told.take(), [], "{action} would be pressed twice");
    }
    page.press("continue").await;
    assert_eq!(told.take(), [Message::Continued]);
}
