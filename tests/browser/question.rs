//! A question on plain data, without the engine.

use pars_check::ui::{HeadingLevel, Shared, question};
use quiz_engine::{Message, OptionView, QuestionView, Widget};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Made, Page, Part, happen, made, text_of};
use crate::{Told, shared};

pub(crate) fn option(index: u16, id: &str, chosen: bool) -> OptionView {
    OptionView { index, id: id.into(), label: format!("the {id}").into(), chosen, exclusive: id == "none" }
}

pub(crate) fn view(id: &str, widget: Widget) -> QuestionView {
    QuestionView {
        index: 4,
        id: id.into(),
        text: format!("Which {id}?").into(),
        help: "Choose what fits.".into(),
        why: "It decides what comes next.".into(),
        error: None,
        figure: None,
        widget,
    }
}

pub(crate) fn radios(chosen: Option<u16>) -> QuestionView {
    let options = [(0, "child"), (1, "adult")].map(|(index, id)| option(index, id, chosen == Some(index)));
    view("who", Widget::Radios(options.into()))
}

/// The second option of the quiz is not offered, so that index and place differ.
fn checkboxes(chosen: &[u16]) -> QuestionView {
    let options = [(0, "bad"), (2, "unsure"), (3, "none")];
    view("signs", Widget::Checkboxes(options.map(|(index, id)| option(index, id, chosen.contains(&index))).into()))
}

pub(crate) fn scale(chosen: Option<i32>) -> QuestionView {
    view("pain", Widget::Scale { min: 0, max: 10, low: "no pain".into(), high: "the worst pain".into(), chosen })
}

fn first(shared: &Shared, view: QuestionView, told: &Told) -> Made {
    let (shared, on_act) = (shared.clone(), told.callback());
    made(move || question(&shared, &view, HeadingLevel::First, true, &on_act))
}

async fn page(view: QuestionView) -> (Page<Part>, Told) {
    let told = Told::default();
    (Page::of(first(&shared(), view, &told)).await, told)
}

#[wasm_bindgen_test]
async fn a_question_is_a_fieldset_named_by_its_legend() {
    for (view, id) in [(radios(None), "who"), (checkboxes(&[]), "signs"), (scale(None), "pain")] {
        let (page, _) = page(view).await;
        assert_eq!(page.questions(), [id]);
        assert_eq!(text_of(&page.one("fieldset").first_element_child().unwrap()), format!("Which {id}?"));
        assert_eq!(page.text("fieldset > legend > h1"), format!("Which {id}?"));
        page.assert_ids_hold();
    }
}

#[wasm_bindgen_test]
async fn help_and_reason_describe_the_question() {
    let (page, _) = page(radios(None)).await;
    assert_eq!(page.attributes("fieldset", "aria-describedby"), ["who-help who-why"]);
    assert_eq!(page.text("#who-help"), "Choose what fits.");
    assert_eq!(page.text("#who-why"), "why_asked: It decides what comes next.");
}

#[wasm_bindgen_test]
async fn a_question_without_help_names_no_help() {
    let (page, _) = page(QuestionView { help: "".into(), ..radios(None) }).await;
    assert_eq!(page.attributes("fieldset", "aria-describedby"), ["who-why"]);
    assert!(!page.has(".help"));
}

#[wasm_bindgen_test]
async fn an_error_stands_in_words_beside_its_question_and_describes_it() {
    let (page, _) = page(QuestionView { error: Some("Say who it is.".into()), ..radios(None) }).await;
    assert_eq!(page.attributes("fieldset", "aria-describedby"), ["who-help who-why who-error"]);
    assert_eq!(page.text("fieldset #who-error"), "error_prefix Say who it is.");
    page.assert_ids_hold();
}

#[wasm_bindgen_test]
async fn one_out_of_several_is_a_radio_group_that_can_be_invalid_and_checkboxes_are_a_plain_group() {
    for (view, role, invalid) in
        [(radios(None), "radiogroup", "true"), (scale(None), "radiogroup", "true"), (checkboxes(&[]), "", "")]
    {
        let (page_now, _) = page(view.clone()).await;
        assert_eq!(page_now.attributes("fieldset", "role"), [role]);
        assert_eq!(page_now.attributes("fieldset", "aria-invalid"), [""], "nobody has been asked again");
        let (page_now, _) = page(QuestionView { error: Some("Say it.".into()), ..view }).await;
        assert_eq!(page_now.attributes("fieldset", "aria-invalid"), [invalid]);
    }
}

#[wasm_bindgen_test]
async fn only_the_heading_of_the_screen_takes_the_focus() {
    let under = |is_heading| {
        let (shared, on_act) = (shared(), Told::default().callback());
        made(move || question(&shared, &radios(None), HeadingLevel::Second, is_heading, &on_act))
    };
    let mut page = Page::<Part>::of(under(true)).await;
    assert_eq!(page.attributes("legend h2", "tabindex"), ["-1"]);
    assert_eq!(page.attributes("legend h2", "id"), ["heading"]);
    page.update(under(false)).await;
    assert_eq!(page.attributes("legend h2", "id"), [""]);
}

#[wasm_bindgen_test]
async fn each_option_is_an_input_with_its_own_label() {
    for (view, kind, values) in
        [(radios(None), "radio", vec!["child", "adult"]), (checkboxes(&[]), "checkbox", vec!["bad", "unsure", "none"])]
    {
        let (name, (page, _)) = (view.id.clone(), page(view).await);
        let inputs = format!("input[type='{kind}'][name='{name}']");
        assert_eq!(page.attributes(&inputs, "value"), values);
        assert_eq!(page.all("input").len(), values.len());
        for value in values {
            assert_eq!(page.text(&format!("label[for='{}']", page.input(&name, value).id())), format!("the {value}"));
        }
    }
}

#[wasm_bindgen_test]
async fn a_scale_is_eleven_radios_from_0_to_10() {
    let (page, _) = page(scale(None)).await;
    let numbers: Vec<String> = (0..=10).map(|number| number.to_string()).collect();
    assert_eq!(page.attributes("input[type='radio'][name='pain']", "value"), numbers);
    assert_eq!(page.texts("label"), numbers);
    assert_eq!(page.checked(), [""; 0]);
}

#[wasm_bindgen_test]
async fn the_ends_of_a_scale_are_described_in_words() {
    let (page, _) = page(scale(None)).await;
    assert_eq!(page.attributes("input[aria-describedby]", "value"), ["0", "10"]);
    let words =
        |value| page.text(&format!("#{}", page.input("pain", value).get_attribute("aria-describedby").unwrap()));
    assert_eq!((words("0"), words("10")), ("0: no pain".into(), "10: the worst pain".into()));
    assert!(page.attributes("fieldset", "aria-describedby")[0].ends_with("pain-why pain-low pain-high"));
    page.assert_ids_hold();
}

#[wasm_bindgen_test]
async fn what_is_chosen_is_checked_and_nothing_else() {
    assert_eq!(page(radios(Some(1))).await.0.checked(), ["adult"]);
    assert_eq!(page(checkboxes(&[0, 2])).await.0.checked(), ["bad", "unsure"]);
    assert_eq!(page(scale(Some(0))).await.0.checked(), ["0"]);
    assert_eq!(page(radios(None)).await.0.checked(), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_click_tells_the_option_by_its_index_in_the_quiz() {
    let (page, told) = page(checkboxes(&[])).await;
    page.choose("signs", "unsure").await;
    assert_eq!(told.take(), [Message::Ticked { question: 4, option: 2, ticked: true }]);
    page.choose("signs", "unsure").await;
    assert_eq!(told.take(), [Message::Ticked { question: 4, option: 2, ticked: false }]);
}

#[wasm_bindgen_test]
async fn a_click_on_a_label_tells_the_same_once() {
    let (page, told) = page(radios(None)).await;
    page.click(&format!("label[for='{}']", page.input("who", "adult").id())).await;
    assert_eq!(told.take(), [Message::Ticked { question: 4, option: 1, ticked: true }]);
}

#[wasm_bindgen_test]
async fn a_number_is_told_as_a_rating() {
    let (page, told) = page(scale(None)).await;
    page.choose("pain", "10").await;
    page.choose("pain", "0").await;
    assert_eq!(told.take(), [10, 0].map(|value| Message::Rated { question: 4, value }));
}

#[wasm_bindgen_test]
async fn a_change_without_a_click_counts_too() {
    let (page, told) = page(radios(None)).await;
    let input = page.input("who", "child");
    input.set_checked(true);
    happen(&input, "change", true).await;
    assert_eq!(told.take(), [Message::Ticked { question: 4, option: 0, ticked: true }]);
}

#[wasm_bindgen_test]
async fn an_exclusive_choice_clears_the_boxes_on_the_page() {
    let (shared, told) = (shared(), Told::default());
    let mut page = Page::<Part>::of(first(&shared, checkboxes(&[]), &told)).await;
    page.choose("signs", "bad").await;
    page.update(first(&shared, checkboxes(&[0]), &told)).await;
    page.choose("signs", "none").await;
    assert_eq!(page.checked(), ["bad", "none"], "before the engine has decided");
    page.update(first(&shared, checkboxes(&[3]), &told)).await;
    assert_eq!(page.checked(), ["none"]);
}

#[wasm_bindgen_test]
async fn a_figure_stands_beside_the_options_and_is_for_the_eye_alone() {
    let (page, told) = page(QuestionView { figure: Some("body".into()), ..checkboxes(&[0]) }).await;
    assert_eq!(page.text("[data-figure='body'][aria-hidden='true'] > i"), "body with bad");
    page.click("[data-figure] > i").await;
    assert_eq!(told.take(), [Message::Ticked { question: 4, option: 2, ticked: true }]);
    page.click("[data-figure] > p").await;
    assert_eq!(told.take(), []);
}

#[wasm_bindgen_test]
async fn pressing_a_chosen_part_takes_the_choice_back() {
    let (page, told) = page(QuestionView { figure: Some("body".into()), ..checkboxes(&[2]) }).await;
    page.click("[data-figure] > i").await;
    assert_eq!(told.take(), [Message::Ticked { question: 4, option: 2, ticked: false }]);
}

#[wasm_bindgen_test]
async fn only_labels_that_are_all_short_stand_beside_each_other() {
    let of = |labels: &[&str]| {
        let options = labels
            .iter()
            .zip(0..)
            .map(|(label, index)| OptionView { label: (*label).into(), ..option(index, &format!("o{index}"), false) });
        view("who", Widget::Radios(options.collect()))
    };
    assert!(page(of(&["1 to 2", "3 to 4", "5 to 6", "7 or over"])).await.0.has(".options--short"));
    assert!(!page(of(&["1 to 2", "3 to 4", "5 to 6", "7, or perhaps over"])).await.0.has(".options--short"));
    assert!(!page(of(&["Yes", "No", "Unsure"])).await.0.has(".options--short"), "few options need no second column");
}

fn number(text: &str, error: Option<&str>) -> QuestionView {
    let widget = Widget::Number { text: text.into(), unit: "kg".into(), has_decimals: true };
    QuestionView { error: error.map(Into::into), ..view("weight", widget) }
}

#[wasm_bindgen_test]
async fn a_number_is_typed_in_one_line_that_is_no_form_field() {
    let (page, _) = page(number("70,5", None)).await;
    let field = page.one("fieldset [data-number='weight'][role='textbox'][contenteditable='plaintext-only']");
    assert_eq!(field.text_content().unwrap(), "70,5");
    assert_eq!(field.get_attribute("inputmode").unwrap(), "decimal");
    assert!(!page.has("input, textarea"));
    let named = field.get_attribute("aria-labelledby").unwrap();
    let words: Vec<String> = named.split(' ').map(|id| page.text(&format!("#{id}"))).collect();
    assert_eq!(words[1], "kg");
    assert_eq!(page.one("legend").id(), named.split(' ').next().unwrap());
    assert_eq!(field.get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn what_is_typed_is_told_whole_and_stays_as_it_was_typed() {
    let (shared, told) = (shared(), Told::default());
    let mut page = Page::<Part>::of(first(&shared, number("", None), &told)).await;
    let field = page.one("[data-number]");
    field.set_text_content(Some("70."));
    happen(&field, "input", true).await;
    assert_eq!(told.take(), [Message::Typed { question: 4, text: "70.".into() }]);
    page.update(first(&shared, number("70", Some("From 30 to 250.")), &told)).await;
    let field = page.one("[data-number]");
    assert_eq!(field.text_content().unwrap(), "70.", "the caret would jump");
    assert_eq!(field.get_attribute("aria-invalid").unwrap(), "true");
    assert!(field.get_attribute("aria-describedby").unwrap().contains("weight-error"));
}
