//! The outcome page on plain data, without the engine.

use pars_check::host::{Given, Settings};
use pars_check::ui::{Act, Taken, outcome};
use quiz_engine::{
    CheckRow, ContactView, Message, OutcomeView, Phrase, RaisingView, ResultView, SectionView, SourceView, ToAsk,
    WhyView,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, Part, made};
use crate::{Told, shared_with};

const CONTACT: &str = "https://clinic.example/contact";

fn view(tier: &str, immediate: bool) -> OutcomeView {
    let section =
        |id: &str, own| SectionView { id: id.into(), title: format!("About {id}").into(), own, is_open: id == "care" };
    let row = |id: &str, answer: &str| CheckRow {
        question: 1,
        id: id.into(),
        short: format!("Your {id}").into(),
        answers: vec![answer.into()],
    };
    OutcomeView {
        reads_out: false,
        tier: tier.into(),
        tier_name: format!("Tier {tier}").into(),
        immediate,
        headline: "Do this".into(),
        lines: vec!["Call {emergency} now.".into(), "Then tell {clinic}.".into()],
        notes: vec!["Show this to an adult.".into()],
        results: vec![],
        why: WhyView {
            rule: "X1".into(),
            sentence: "Because of what you said.".into(),
            answers: vec![row("signs", "Numb")],
            sources: vec![SourceView {
                key: "somebody".into(),
                citation: "Somebody 2020".into(),
                locator: "doi:1".into(),
                strength: "A trial.".into(),
            }],
            raising: vec![RaisingView {
                headline: "Go now.".into(),
                lines: vec!["Call {emergency}.".into()],
                answers: vec![row("signs", "Lame")],
            }],
        },
        answers: vec![row("who", "Adult"), row("signs", "Numb")],
        sections: [("action", true), ("why", true), ("nerves", false), ("care", false)]
            .map(|(id, own)| section(id, own))
            .into(),
        contact: Some(ContactView { text: "Ask {clinic}".into(), hint: "When you have seen a doctor:".into() }),
        to_ask: vec![
            ToAsk { place: (3, 0), text: "What now?".into() },
            ToAsk { place: (3, 1), text: "What else?".into() },
        ],
    }
}

fn given() -> Given {
    Given { contact: CONTACT.into(), tel: "+1 (555) 010-0199".into(), ..Given::default() }
}

async fn page_taking(given: &Given, view: OutcomeView, taken: Taken) -> (Page<Part>, Told) {
    let told = Told::default();
    let (shared, on_act) = (shared_with(Settings::of(given)), told.callback());
    (Page::of(made(move || outcome(&shared, &view, &taken, &on_act))).await, told)
}

async fn page_with(given: &Given, view: OutcomeView) -> (Page<Part>, Told) {
    page_taking(given, view, Taken::default()).await
}

async fn page(view: OutcomeView) -> Page<Part> {
    page_with(&given(), view).await.0
}

#[wasm_bindgen_test]
async fn the_outcome_names_its_tier_and_its_rule() {
    let page = page(view("soon", false)).await;
    assert_eq!(page.attributes("[data-outcome]", "data-outcome"), ["soon"]);
    assert_eq!(page.attributes("[data-rule]", "data-rule"), ["X1"]);
    assert_eq!(page.text("h1#heading[tabindex='-1']"), "Do this");
    assert_eq!(page.text(".card__tier"), "Tier soon");
    page.assert_ids_hold();
}

#[wasm_bindgen_test]
async fn only_an_outcome_that_cannot_wait_is_announced() {
    let page_now = page(view("now", true)).await;
    assert!(page_now.text("[role='alert']").contains("Do this"));
    drop(page_now);
    assert!(!page(view("soon", false)).await.has("[role='alert'], [aria-live]"));
}

#[wasm_bindgen_test]
async fn the_emergency_number_is_filled_in_and_dials() {
    for number in ["911", "112"] {
        let (page, _) = page_with(&Given { emergency: number.into(), ..given() }, view("now", true)).await;
        assert_eq!(page.texts(".card__line"), [format!("Call {number} now."), "Then tell this_clinic.".into()]);
        assert_eq!(page.attributes(".card__line a", "href"), [format!("tel:{number}")]);
        assert_eq!(page.text(".card__line a.emergency-number"), number);
    }
}

#[wasm_bindgen_test]
async fn the_clinics_name_stands_where_it_is_meant() {
    let (page, _) = page_with(&Given { clinic: "Hill Clinic".into(), ..given() }, view("soon", false)).await;
    assert_eq!(page.texts(".card__line")[1], "Then tell Hill Clinic.");
    assert_eq!(page.text("[data-action='contact']"), "Ask Hill Clinic");
}

#[wasm_bindgen_test]
async fn a_name_from_right_to_left_leaves_the_number_beside_it_as_it_is() {
    let given = Given { clinic: "عيادة (الشمال)".into(), ..given() };
    let (page, _) = page_with(&given, view("soon", false)).await;
    assert_eq!(page.text("[data-action='contact']"), "Ask \u{2068}عيادة (الشمال)\u{2069}");
    let link = page.one(".contact a:not([data-action])");
    let words = "call \u{2068}عيادة (الشمال)\u{2069} on \u{2066}+1 (555) 010-0199\u{2069}";
    assert_eq!(link.text_content().unwrap(), words);
    // Where the number's characters stand on the screen, and not only what the marks are.
    let text = link.first_child().unwrap();
    let number = words.encode_utf16().count() - "+1 (555) 010-0199\u{2069}".encode_utf16().count();
    let range = link.owner_document().unwrap().create_range().unwrap();
    let places = (0..17_u32).map(|at| {
        let at = u32::try_from(number).unwrap() + at;
        range.set_start(&text, at).unwrap();
        range.set_end(&text, at + 1).unwrap();
        range.get_bounding_client_rect().left()
    });
    let places: Vec<f64> = places.collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[wasm_bindgen_test]
async fn notes_stand_in_the_card() {
    assert_eq!(page(view("now", true)).await.texts(".card .card__note"), ["Show this to an adult."]);
}

#[wasm_bindgen_test]
async fn sections_keep_their_order_and_have_their_guidance() {
    let page = page(view("soon", false)).await;
    assert_eq!(page.attributes("[data-section]", "data-section"), ["action", "why", "nerves", "care"]);
    assert_eq!(page.texts("details[data-section] summary"), ["About nerves", "About care"]);
    assert_eq!(page.texts("details[data-section] p"), ["guidance of nerves", "guidance of care"]);
}

#[wasm_bindgen_test]
async fn only_the_section_that_is_to_be_read_first_is_unfolded() {
    let page = page(view("soon", false)).await;
    assert_eq!(page.attributes("details[open]", "data-section"), ["care"]);
}

#[wasm_bindgen_test]
async fn why_tells_the_rule_the_answers_and_the_source() {
    let page = page(view("soon", false)).await;
    assert_eq!(page.text("[data-section='why'] [data-rule] > p"), "Because of what you said.");
    assert_eq!(
        page.texts("[data-section='why'] li"),
        ["Your signs: Numb", "Somebody 2020. doi:1A trial.", "Your signs: Lame"]
    );
}

#[wasm_bindgen_test]
async fn what_would_be_more_urgent_is_folded_away_and_named_by_what_it_leads_to() {
    let page = page(view("soon", false)).await;
    assert!(page.has("details.raising:not([open])"));
    assert_eq!(page.text("details.raising h4"), "Go now.");
    assert_eq!(page.text("details.raising h4 + p").trim(), "Call 911.");
    let nothing = WhyView { raising: vec![], ..view("now", true).why };
    drop(page);
    assert!(!self::page(OutcomeView { why: nothing, ..view("now", true) }).await.has(".raising"));
}

#[wasm_bindgen_test]
async fn the_sheet_holds_what_is_taken_along() {
    let taken = Taken { notes: "It began in May. <b>".into(), left: vec![(3, 1)], ..Taken::default() };
    let (page, _) = page_taking(&given(), view("soon", false), taken).await;
    assert_eq!(page.text(".sheet h1"), "Do this");
    assert_eq!(page.texts(".sheet ol li"), ["What now?"]);
    assert_eq!(page.text(".sheet__notes"), "It began in May. <b>");
    assert_eq!(page.texts(".sheet dt"), ["Your who", "Your signs"]);
    assert!(!page.has(".sheet [id], .sheet [data-section], .sheet [data-action], .sheet [data-rule]"));
    assert_eq!(page.texts("fieldset .option"), ["What now?", "What else?"]);
    page.assert_ids_hold();
}

#[wasm_bindgen_test]
async fn questions_left_behind_are_told() {
    let (page, told) = page_with(&given(), view("soon", false)).await;
    page.click("#take-3-1").await;
    assert_eq!(told.acts(), [Act::Chose((3, 1), false)]);
}

#[wasm_bindgen_test]
async fn all_answers_can_be_read_out() {
    let page = page(view("soon", false)).await;
    assert_eq!(page.texts("dl.answers dt"), ["Your who", "Your signs"]);
    assert_eq!(page.texts("dl.answers .answers__given"), ["Adult", "Numb"]);
}

#[wasm_bindgen_test]
async fn the_sources_are_those_of_the_sections_shown() {
    let page = page(view("soon", false)).await;
    assert_eq!(page.text("details:not([data-section]) ol"), "sources of action why nerves care and somebody");
}

#[wasm_bindgen_test]
async fn the_contact_link_leads_the_whole_window_there_and_says_nothing_of_where_from() {
    let page = page(view("soon", false)).await;
    assert_eq!(page.attributes("a[data-action='contact']", "href"), [CONTACT]);
    assert_eq!(page.attributes("a[data-action='contact']", "target"), ["_top"]);
    assert_eq!(page.attributes("a[data-action='contact']", "rel"), ["noreferrer"]);
    assert_eq!(page.text("a[data-action='contact']"), "Ask this_clinic");
    assert!(page.text(".contact").starts_with("When you have seen a doctor:"));
}

#[wasm_bindgen_test]
async fn the_contact_link_is_the_same_for_every_outcome() {
    let mut links = Vec::new();
    for (tier, rule) in [("soon", "X1"), ("later", "X2"), ("never", "X3")] {
        let mut view = view(tier, false);
        view.why.rule = rule.into();
        links.push(page(view).await.one("a[data-action='contact']").outer_html());
    }
    assert!(links.iter().all(|link| *link == links[0]), "{links:?}");
}

#[wasm_bindgen_test]
async fn without_contact_in_the_view_there_is_neither_link_nor_telephone() {
    let page = page(OutcomeView { contact: None, ..view("now", true) }).await;
    assert!(!page.has(".contact, [data-action='contact'], a[target]"));
    let dialled = page.attributes("a[href^='tel:']", "href");
    assert_eq!(dialled, ["tel:911"; 3], "only the emergency number: on the card, in what is more urgent, on the sheet");
}

#[wasm_bindgen_test]
async fn the_contact_link_follows_why_even_where_that_is_a_text_of_its_own() {
    let mut view = view("soon", false);
    view.sections.iter_mut().filter(|section| &*section.id == "why").for_each(|section| section.own = false);
    let page = page(view).await;
    assert_eq!(page.all("details[data-section='why'] + .contact").len(), 1);
}

#[wasm_bindgen_test]
async fn without_an_address_there_is_no_link() {
    let (without, _) = page_with(&Given::default(), view("soon", false)).await;
    assert!(!without.has(".contact, [data-action='contact']"));
    drop(without);
    let (page, _) = page_with(&Given { contact: String::new(), ..given() }, view("soon", false)).await;
    assert!(!page.has("[data-action='contact']"));
    assert_eq!(page.text(".contact a"), "call this_clinic on +1 (555) 010-0199");
    assert_eq!(page.attributes(".contact a", "href"), ["tel:+15550100199"]);
}

#[wasm_bindgen_test]
async fn what_the_page_around_gave_is_marked_as_given() {
    for (is_from_page, marks) in [(true, 1), (false, 0)] {
        let (page, _) = page_with(&Given { is_from_page, ..given() }, view("soon", false)).await;
        let is_mark = |text: &String| text == "given_by_page";
        assert_eq!(page.texts(".contact .fine").iter().filter(|text| is_mark(text)).count(), marks);
    }
}

#[wasm_bindgen_test]
async fn the_outcome_goes_back() {
    let (page, told) = page_with(&given(), view("soon", false)).await;
    assert_eq!(page.actions(), ["contact", "print", "save", "fhir", "back"]);
    page.press("back").await;
    assert_eq!(told.take(), [Message::WentBack]);
}

#[wasm_bindgen_test]
async fn answers_to_be_read_out_stand_unfolded_right_below_what_to_do() {
    let reads_out = page(OutcomeView { reads_out: true, ..view("soon", false) }).await;
    assert_eq!(reads_out.all(".card + details[open] .answers").len(), 1);
    drop(reads_out);
    let page = page(view("soon", false)).await;
    assert!(!page.has(".card + details") && !page.has("details[open] .answers"));
    assert_eq!(page.all("details .answers").len(), 1);
}

#[wasm_bindgen_test]
async fn paper_and_files_are_asked_for_and_then_what_to_do_if_none_came() {
    let (page, told) = page_with(&given(), view("soon", false)).await;
    assert!(!page.has("[data-action='text'], .sheet--shown"));
    assert_eq!(page.text("[role='status']"), "");
    for action in ["print", "save", "fhir"] {
        page.press(action).await;
    }
    assert_eq!(told.acts(), [Phrase::Print, Phrase::Save, Phrase::Fhir].map(Act::Asked));
    drop(page);
    let taken = Taken { asked: Some(Phrase::Save), ..Taken::default() };
    let (page, told) = page_taking(&given(), view("soon", false), taken).await;
    assert_eq!(page.text("[role='status']"), "save: saved");
    page.press("text").await;
    assert_eq!(told.acts(), [Act::ShowedText]);
}

#[wasm_bindgen_test]
async fn the_text_of_the_sheet_can_be_shown_in_the_page() {
    let taken = Taken { is_text_shown: true, ..Taken::default() };
    let (page, _) = page_taking(&given(), view("soon", false), taken).await;
    assert!(page.text(".sheet--shown#sheet[tabindex='-1']").contains("select_text"));
    assert_eq!(page.attributes(".sheet h1, .sheet h2", "aria-level")[..2], ["2", "3"]);
}

#[wasm_bindgen_test]
async fn each_result_has_a_card_with_its_reasons_folded_and_stands_on_the_sheet() {
    let mut with_result = view("soon", false);
    let WhyView { answers, sources, .. } = with_result.why.clone();
    with_result.results = vec![ResultView {
        group: "falls".into(),
        name: "Falls".into(),
        id: "at_risk".into(),
        said: RaisingView { headline: "You may fall".into(), lines: vec!["Ask {clinic}.".into()], answers },
        sources,
    }];
    let page = page(with_result).await;
    let card = "[data-group='falls'][data-result='at_risk']";
    assert_eq!(page.text(&format!("{card} h2")), "Falls");
    assert_eq!(page.text(&format!("{card} strong")), "You may fall");
    assert!(page.has(&format!("{card} details:not([open])")));
    assert!(page.text(&format!("{card} details")).contains("Somebody 2020"));
    assert!(!page.text(card).contains("{clinic}"), "what stands in braces is filled in");
    assert!(page.text(".sheet").contains("You may fall"));
    assert!(!self::page(view("soon", false)).await.has("[data-group]"));
}
