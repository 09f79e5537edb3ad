//! The whole check with the engine in it, on a browser that writes down what is asked of it.

use std::rc::Rc;

use pars_check::host::{Notice, Settings};
use pars_check::ui::{Early, Quiz, QuizProps};
use quiz_engine::{Condition, Kind, Pack};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, document, happen, settled};
use crate::recording_host::{Call, RecordingHost};

pub(crate) async fn begun_with(early: Early) -> (Page<Quiz>, Rc<RecordingHost>) {
    let host = Rc::new(RecordingHost::default());
    let props = QuizProps { pack: crate::pack(), settings: Settings::default(), host: host.clone(), early };
    (Page::of(props).await, host)
}

/// A visitor of another small quiz.
async fn begun_in(pack: Pack) -> (Page<Quiz>, Rc<RecordingHost>) {
    let host = Rc::new(RecordingHost::default());
    let (settings, early) = (Settings::default(), Early::default());
    let props = QuizProps { pack: Rc::new(pack), settings, host: host.clone(), early };
    (Page::of(props).await, host)
}

pub(crate) async fn begun() -> (Page<Quiz>, Rc<RecordingHost>) {
    begun_with(Early::default()).await
}

fn early(question: &str, option: &str, is_continued: bool) -> Early {
    Early { question: question.into(), option: option.into(), is_continued, is_erased: false }
}

fn moved(is_deep: bool, id: &str) -> Vec<Call> {
    vec![Call::Depth(is_deep), Call::Focused(id.into())]
}

/// Answers and goes on.
async fn answer(page: &Page<Quiz>, given: &[(&str, &str)]) {
    for (question, option) in given {
        page.choose(question, option).await;
    }
    page.press("continue").await;
}

/// To the check of the answers, by the longest way.
async fn to_the_check(page: &Page<Quiz>) {
    answer(page, &[("who", "adult")]).await;
    answer(page, &[("signs", "unsure"), ("signs", "grown")]).await;
    answer(page, &[("when", "before")]).await;
    answer(page, &[("pain", "8"), ("limit", "7")]).await;
    answer(page, &[("wish", "act")]).await;
    assert!(page.has("[data-check]"), "{}", page.root.inner_html());
}

async fn to_the_outcome(page: &Page<Quiz>) {
    to_the_check(page).await;
    page.press("continue").await;
    assert_eq!(page.attributes("[data-outcome]", "data-outcome"), ["soon"]);
}

#[wasm_bindgen_test]
async fn nothing_takes_the_focus_on_load() {
    let (_page, host) = begun().await;
    assert_eq!(host.take_moves(), []);
    assert_eq!(document().active_element(), document().body().map(Into::into));
}

#[wasm_bindgen_test]
async fn the_first_question_stands_on_the_first_screen() {
    let (page, _) = begun().await;
    assert_eq!(page.questions(), ["who"]);
    assert_eq!(page.actions(), ["continue"]);
    assert_eq!(page.checked(), [""; 0]);
}

#[wasm_bindgen_test]
async fn ready_is_told_once() {
    let (page, host) = begun().await;
    assert_eq!(host.notices(), [Notice::Ready]);
    to_the_outcome(&page).await;
    assert_eq!(host.notices().iter().filter(|notice| **notice == Notice::Ready).count(), 1);
}

#[wasm_bindgen_test]
async fn started_is_told_once_at_the_first_answer_whatever_it_is() {
    for option in ["child", "adult"] {
        let (page, host) = begun().await;
        page.choose("who", option).await;
        assert_eq!(host.notices(), [Notice::Ready, Notice::Started]);
        answer(&page, &[]).await;
        answer(&page, &[("signs", "none")]).await;
        page.press("back").await;
        page.press("back").await;
        assert_eq!(host.notices(), [Notice::Ready, Notice::Started]);
    }
}

#[wasm_bindgen_test]
async fn continue_without_an_answer_starts_nothing() {
    let (page, host) = begun().await;
    page.press("continue").await;
    assert_eq!(host.notices(), [Notice::Ready]);
}

#[wasm_bindgen_test]
async fn starting_over_is_not_told() {
    let (page, host) = begun().await;
    page.choose("who", "child").await;
    page.press("restart").await;
    page.choose("who", "adult").await;
    assert_eq!(host.notices(), [Notice::Ready, Notice::Started]);
}

#[wasm_bindgen_test]
async fn an_answer_moves_neither_focus_nor_history() {
    let (page, host) = begun().await;
    page.choose("who", "child").await;
    page.choose("who", "adult").await;
    assert_eq!(host.take_moves(), []);
    assert_eq!(page.checked(), ["adult"]);
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_heading_of_each_new_screen() {
    let (page, host) = begun().await;
    answer(&page, &[("who", "adult")]).await;
    assert_eq!(page.questions(), ["signs"]);
    assert_eq!(host.take_moves(), moved(true, "heading"));
    assert_eq!(document().active_element().unwrap().id(), "heading");
    answer(&page, &[("signs", "none")]).await;
    assert_eq!(page.questions(), ["pain", "limit"]);
    assert_eq!(host.take_moves(), moved(true, "heading"));
}

#[wasm_bindgen_test]
async fn back_moves_the_focus_and_gives_up_the_history_entry_on_the_first_screen() {
    let (page, host) = begun().await;
    answer(&page, &[("who", "adult")]).await;
    answer(&page, &[("signs", "none")]).await;
    host.take_moves();
    page.press("back").await;
    assert_eq!((page.questions(), page.checked()), (vec!["signs".into()], vec!["none".into()]));
    assert_eq!(host.take_moves(), moved(true, "heading"));
    page.press("back").await;
    assert_eq!((page.questions(), page.checked()), (vec!["who".into()], vec!["adult".into()]));
    assert_eq!(host.take_moves(), moved(false, "heading"));
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_errors_as_often_as_continue_is_pressed() {
    let (page, host) = begun().await;
    for _ in 0..2 {
        page.press("continue").await;
        assert_eq!(page.texts("#errors li"), ["Answer who."]);
        assert_eq!(page.text("fieldset[data-question='who'] .error"), "error_prefix Answer who.");
        assert_eq!(host.take_moves(), moved(false, "errors"));
    }
    page.choose("who", "adult").await;
    assert!(page.has("#errors"), "nothing moves under the finger that answers");
    assert_eq!(host.take_moves(), []);
    page.press("continue").await;
    assert!(!page.has("#errors, .error"));
}

#[wasm_bindgen_test]
async fn only_what_is_missing_is_an_error() {
    let (page, host) = begun().await;
    answer(&page, &[("who", "adult")]).await;
    answer(&page, &[("signs", "none")]).await;
    host.take_moves();
    answer(&page, &[("limit", "0")]).await;
    assert_eq!(page.texts("#errors li"), ["Answer pain."]);
    assert_eq!(host.take_moves(), moved(true, "errors"));
    assert_eq!(page.checked(), ["0"]);
}

#[wasm_bindgen_test]
async fn an_early_answer_is_adopted() {
    let (page, host) = begun_with(early("who", "adult", false)).await;
    assert_eq!((page.questions(), page.checked()), (vec!["who".into()], vec!["adult".into()]));
    assert_eq!(host.notices(), [Notice::Ready, Notice::Started]);
    assert_eq!(host.take_moves(), [], "a visitor who is choosing keeps the focus");
}

#[wasm_bindgen_test]
async fn an_early_continue_goes_on() {
    let (page, host) = begun_with(early("who", "adult", true)).await;
    assert_eq!(page.questions(), ["signs"]);
    assert_eq!(host.notices(), [Notice::Ready, Notice::Started]);
    assert_eq!(host.take_moves(), moved(true, "heading"));
    page.press("back").await;
    assert_eq!(page.checked(), ["adult"]);
}

#[wasm_bindgen_test]
async fn an_early_continue_without_an_answer_asks_for_it() {
    let (page, host) = begun_with(early("", "", true)).await;
    assert_eq!(page.texts("#errors li"), ["Answer who."]);
    assert_eq!(host.take_moves(), moved(false, "errors"));
}

#[wasm_bindgen_test]
async fn an_early_answer_that_the_quiz_does_not_know_is_none() {
    for (question, option) in [("who", "robot"), ("what", "adult"), ("pain", "3"), ("", "")] {
        let (page, host) = begun_with(early(question, option, false)).await;
        assert_eq!((page.questions(), page.checked()), (vec!["who".into()], vec![]));
        assert_eq!(host.notices(), [Notice::Ready]);
    }
}

#[wasm_bindgen_test]
async fn the_browsers_back_goes_one_screen_back() {
    let (page, host) = begun().await;
    to_the_check(&page).await;
    for (questions, is_deep) in [
        (vec!["wish"], true),
        (vec!["pain", "limit"], true),
        (vec!["when"], true),
        (vec!["signs"], true),
        (vec!["who"], false),
    ] {
        host.take_moves();
        host.listeners().on_back.emit(());
        settled().await;
        assert_eq!(page.questions(), questions);
        assert_eq!(host.take_moves(), moved(is_deep, "heading"));
    }
}

#[wasm_bindgen_test]
async fn an_emergency_shows_at_once_and_the_rest_only_after_the_check() {
    let (page, host) = begun().await;
    answer(&page, &[("who", "adult")]).await;
    answer(&page, &[("signs", "bad")]).await;
    host.take_moves();
    answer(&page, &[("when", "now")]).await;
    assert_eq!(page.attributes("[data-outcome]", "data-outcome"), ["now"]);
    assert!(page.has("[role='alert']"));
    assert_eq!(host.take_moves(), moved(true, "heading"));
    page.press("back").await;
    assert_eq!((page.questions(), page.checked()), (vec!["when".into()], vec!["now".into()]));
    assert!(!page.has("[data-outcome], [role='alert']"));
}

#[wasm_bindgen_test]
async fn the_check_shows_the_answers_in_words() {
    let (page, _) = begun().await;
    to_the_check(&page).await;
    assert_eq!(page.texts("dt"), ["who", "signs", "when", "pain", "limit", "wish"]);
    assert_eq!(
        page.texts(".answers__given span"),
        ["the adult", "the grown", "the unsure", "the before", "8 of 10", "7 of 10", "the act"]
    );
}

#[wasm_bindgen_test]
async fn a_changed_answer_leads_back_to_the_check() {
    let (page, host) = begun().await;
    to_the_check(&page).await;
    host.take_moves();
    page.click("[data-change='pain']").await;
    assert_eq!((page.questions(), page.checked()), (vec!["pain".into(), "limit".into()], vec!["8".into(), "7".into()]));
    assert_eq!(host.take_moves(), moved(true, "heading"));
    answer(&page, &[("pain", "2")]).await;
    assert!(page.has("[data-check]"));
    assert!(page.texts(".answers__given").contains(&"2 of 10".into()));
}

#[wasm_bindgen_test]
async fn a_skipped_question_is_not_answered() {
    let (page, _) = begun().await;
    to_the_check(&page).await;
    page.press("back").await;
    page.press("skip").await;
    assert_eq!(page.texts(".answers__given").last().unwrap(), "not_answered");
}

#[wasm_bindgen_test]
async fn only_the_screen_in_view_has_questions_outcome_and_actions() {
    let (page, _) = begun().await;
    to_the_check(&page).await;
    assert!(!page.has("fieldset, input, [data-outcome]"));
    let change = vec!["change"; 6];
    assert_eq!(page.actions(), [vec!["back"], change, vec!["continue", "restart"]].concat());
    page.press("continue").await;
    assert!(!page.has("fieldset, input, [data-check]"));
    assert_eq!(page.actions(), ["print", "save", "fhir", "back", "restart"]);
    page.press("restart").await;
    assert!(!page.has("[data-outcome], [data-check]"));
    assert_eq!(page.actions(), ["continue"]);
}

#[wasm_bindgen_test]
async fn what_is_asked_for_is_given_by_the_browser_and_then_offered_as_text() {
    let (page, host) = begun().await;
    to_the_outcome(&page).await;
    for action in ["print", "save", "fhir"] {
        assert!(!page.has(".sheet--shown"));
        page.press(action).await;
    }
    assert_eq!(host.given().len(), 3, "{:?}", host.given());
    assert_eq!(host.given()[..2], [Call::Printed, Call::SavedSheet]);
    assert!(matches!(&host.given()[2], Call::SavedRecord(json) if json.contains("QuestionnaireResponse")));
    host.take_moves();
    page.press("text").await;
    assert!(page.has(".sheet--shown"));
    assert_eq!(host.take_moves(), [Call::Focused("sheet".into())]);
    page.press("back").await;
    page.press("continue").await;
    assert!(page.has("[data-outcome]") && !page.has(".sheet--shown, [data-action='text']"));
}

#[wasm_bindgen_test]
async fn a_number_that_was_hidden_shows_what_counts_when_it_is_shown_again() {
    let mut pack = (*crate::pack()).clone();
    let adults = Condition::Chosen { question: 0, options: 0b10 };
    pack.logic.questions[3].kind = Kind::Number { min: 0, max: 99 };
    pack.logic.questions[3].shown = adults;
    pack.logic.screens = vec![vec![0, 3], vec![1], vec![2], vec![4], vec![5]];
    let (page, _) = begun_in(pack).await;
    page.choose("who", "adult").await;
    page.one("[data-number]").set_text_content(Some("72"));
    happen(&page.one("[data-number]"), "input", true).await;
    page.choose("who", "child").await;
    assert!(!page.has("[data-number]"));
    page.choose("who", "adult").await;
    assert_eq!(page.text("[data-number]"), "72");
}

/// A browser that translates pages puts nodes of its own in place of texts. What is written into the old ones later is
/// not seen: a box would keep the words of the question before and record an answer to this one.
#[wasm_bindgen_test]
async fn what_a_translator_put_in_place_of_words_does_not_stay_for_the_next_question() {
    let mut pack = (*crate::pack()).clone();
    pack.logic.questions[2].kind = Kind::Many;
    let (page, _) = begun_in(pack).await;
    answer(&page, &[("who", "adult")]).await;
    for element in ["label", ".help", ".why", "#heading"].into_iter().flat_map(|words| page.all(words)) {
        element.set_inner_html("<font><font>translated</font></font>");
    }
    answer(&page, &[("signs", "bad")]).await;
    assert_eq!((page.questions(), page.all("label").len()), (vec!["when".into()], 2));
    assert!(!page.has(".screen font"), "{}", page.root.inner_html());
}

#[wasm_bindgen_test]
async fn the_same_figure_beside_two_questions_is_two_figures() {
    let mut pack = (*crate::pack()).clone();
    pack.logic.questions[0].figure = Some("body".into());
    pack.logic.questions[1].figure = Some("body".into());
    pack.logic.screens = vec![vec![0, 1], vec![2], vec![3, 4], vec![5]];
    pack.words.screens.truncate(4);
    pack.fhir = None;
    let (page, _) = begun_in(pack).await;
    assert_eq!(page.texts("[data-figure] > i"), ["body with", "body with"]);
}

#[wasm_bindgen_test]
async fn the_warning_closes_before_the_focus_goes_on() {
    let clock = crate::idle::Clock::new();
    let (page, host) = begun().await;
    page.choose("who", "child").await;
    clock.reach(&host, 14.0).await;
    page.press("erase").await;
    let calls = host.calls();
    let place = |call: &Call| calls.iter().rposition(|each| each == call).unwrap();
    assert!(place(&Call::Dialog("idle".into(), false)) < place(&Call::Focused("erased".into())), "{calls:?}");
}

#[wasm_bindgen_test]
async fn what_was_put_into_the_page_once_stays_while_notes_are_written() {
    let (page, _) = begun().await;
    to_the_outcome(&page).await;
    let copies = || page.all("details[data-section] > p, details .fine > ol, .sheet__signs > p");
    let before = copies();
    assert!(before.len() > 2, "{}", page.root.inner_html());
    let notes = page.one("#notes");
    notes.set_text_content(Some("It began in May."));
    happen(&notes, "input", true).await;
    assert_eq!(page.text(".sheet__notes"), "It began in May.");
    assert_eq!(page.text("#notes"), "It began in May.");
    assert_eq!(copies(), before, "the very same elements");
    page.press("back").await;
    page.press("continue").await;
    assert_eq!((page.text("#notes"), copies().len()), ("It began in May.".into(), before.len()));
}

/// The page as a visitor finds it who comes first.
async fn untouched() -> String {
    begun().await.0.root.inner_html()
}

/// All that is left is a line that says so, and it says nothing of the answers.
const NOTICE: &str = "<p class=\"erased\" id=\"erased\" tabindex=\"-1\">erased</p>";

fn assert_nothing_is_left(page: &Page<Quiz>, untouched: &str, after: &str) {
    assert_eq!(page.checked(), [""; 0], "after {after}");
    assert_eq!(page.root.inner_html().replacen(NOTICE, "", 1), untouched, "after {after}");
}

#[wasm_bindgen_test]
async fn leaving_erases_wherever_the_visitor_is() {
    let untouched = untouched().await;
    for stop in ["the first answer", "an error", "a later screen", "the check", "the guidance"] {
        let (page, host) = begun().await;
        match stop {
            "the first answer" => page.choose("who", "child").await,
            "an error" => page.press("continue").await,
            "a later screen" => answer(&page, &[("who", "child")]).await,
            "the check" => to_the_check(&page).await,
            _ => to_the_outcome(&page).await,
        }
        assert_ne!(page.root.inner_html(), untouched, "{stop}");
        host.take_moves();
        host.listeners().on_leave.emit(());
        settled().await;
        assert_nothing_is_left(&page, &untouched, stop);
        // Where nothing was answered there is nothing to be told of.
        assert_eq!(host.take_moves(), moved(false, if stop == "an error" { "heading" } else { "erased" }));
    }
}

#[wasm_bindgen_test]
async fn erase_and_start_over_leaves_no_answer_behind() {
    let untouched = untouched().await;
    let (page, host) = begun().await;
    to_the_outcome(&page).await;
    assert_eq!(host.erasures(), 0);
    page.press("restart").await;
    assert_nothing_is_left(&page, &untouched, "restart");
    assert_eq!(host.erasures(), 1, "the engine's memory goes too");
    answer(&page, &[("who", "adult")]).await;
    assert_eq!((page.questions(), page.checked()), (vec!["signs".into()], vec![]), "nor for the next round");
}

#[wasm_bindgen_test]
async fn an_erased_early_answer_does_not_come_back() {
    let untouched = untouched().await;
    let (page, host) = begun_with(early("who", "child", false)).await;
    host.listeners().on_leave.emit(());
    settled().await;
    assert_nothing_is_left(&page, &untouched, "leaving");
}

#[wasm_bindgen_test]
async fn an_engine_that_follows_on_an_erased_one_says_so_and_begins_at_the_top() {
    let (page, host) = begun_with(Early { is_erased: true, ..Early::default() }).await;
    assert_eq!(page.questions(), vec!["who".to_owned()]);
    assert!(page.root.query_selector(".erased").unwrap().is_some());
    assert_eq!(host.take_moves(), moved(false, "erased"));
    assert_eq!(host.erasures(), 0, "there is nothing to erase");
}
