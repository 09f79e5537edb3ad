//! Where nothing can be saved and the clipboard is denied, the text of the sheet is taken along by the browser's own copy.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, Engine, Keyboard, Server, Visitor, case, document};
use fantoccini::Locator;

/// The outcome of a case in a frame that may neither save nor print, and denies every power.
const TIGHT: &str = "<!doctype html><title>Host</title><iframe src='changed.html' sandbox='allow-scripts' allow='' width=500 height=700></iframe><textarea></textarea>";

const NOTES: &str = "Began after the match in May.";

async fn write_notes(browser: &Browser, visitor: &Visitor<'_>) {
    let notes = browser.client.find(Locator::Css("[role=textbox]")).await.unwrap();
    notes.click().await.unwrap();
    notes.send_keys(NOTES).await.unwrap();
    visitor
        .until("the notes", &format!("return document.querySelector('.sheet__notes')?.innerText === '{NOTES}'"))
        .await
        .unwrap();
}

/// What has to be in the text that is taken along: headline, advice, answers, questions and notes, as the page has them.
const ON_PAGE: &str =
    "const texts = (selector) => [...document.querySelectorAll(selector)].map((each) => each.innerText.trim());
    document.querySelectorAll('#app details').forEach((each) => { each.open = true });
    return [texts('.card h1'), texts('.card__line, .card__note'), texts('.answers__row dd span'),
        texts('input[name=take]:checked + label'), texts('[role=textbox]')]";

/// A text without its white space, which every browser sets in its own way.
fn plain(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Saves where nothing comes of it, and takes the text along as the page says: a click and the browser's own copy.
async fn text_is_taken_along(engine: Engine) {
    let pages = [("/changed.html".to_owned(), document().unwrap()), ("/tight.html".to_owned(), TIGHT.to_owned())];
    let server = Server::with_pages(e2e::dist(), pages.into()).unwrap();
    let browser = Browser::start_as(engine, None).await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/tight.html")).await.unwrap();
    visitor.take(&case("V47").unwrap()).await.unwrap();
    write_notes(&browser, &visitor).await;
    visitor.run("document.querySelector('.questions').open = true").await.unwrap();
    visitor.run("document.querySelectorAll('input[name=take]')[2].labels[0].click()").await.unwrap();
    let left =
        visitor.run("return document.querySelectorAll('input[name=take]')[2].labels[0].innerText").await.unwrap();
    let on_page: Vec<Vec<String>> = serde_json::from_value(visitor.run(ON_PAGE).await.unwrap()).unwrap();
    assert!(on_page[1].len() > 2 && on_page[2].len() > 10 && on_page[3].len() == 12, "{on_page:?}");
    assert_eq!(on_page[4], [NOTES]);

    visitor.click("save").await.unwrap();
    visitor.show_text().await.unwrap();
    press_once(&browser, &visitor).await;
    visitor.until("a selection", "return getSelection().toString().trim() !== ''").await.unwrap();
    let selected = visitor.run("return getSelection().toString()").await.unwrap().as_str().unwrap().to_owned();
    assert_whole(&selected, &on_page, left.as_str().unwrap());

    let keyboard = Keyboard::of(&browser.client);
    keyboard.hold_control('c').await.unwrap();
    browser.leave_frames().await.unwrap();
    let field = browser.client.find(Locator::Css("textarea")).await.unwrap();
    field.click().await.unwrap();
    keyboard.hold_control('v').await.unwrap();
    let page = Visitor::outside(&browser.client);
    page.until("what was copied", "return document.querySelector('textarea').value !== ''").await.unwrap();
    let pasted = page.run("return document.querySelector('textarea').value").await.unwrap();
    assert_whole(pasted.as_str().unwrap(), &on_page, left.as_str().unwrap());
    browser.end().await.unwrap();
}

fn assert_whole(taken: &str, on_page: &[Vec<String>], left: &str) {
    for text in on_page.iter().flatten() {
        assert!(plain(taken).contains(&plain(text)), "{text:?} is not in {taken}");
    }
    assert!(!plain(taken).contains(&plain(left)), "{left:?} was left behind: {taken}");
    assert!(!taken.contains("Press and hold"), "how to copy is not part of it: {taken}");
}

/// One click on the text that is shown.
async fn press_once(browser: &Browser, visitor: &Visitor<'_>) {
    visitor.run("document.querySelector('.sheet__lines p').scrollIntoView({block: 'center'})").await.unwrap();
    browser.client.find(Locator::Css(".sheet__lines p")).await.unwrap().click().await.unwrap();
}

#[tokio::test]
async fn where_no_file_can_be_saved_one_click_selects_the_text_in_chromium() {
    text_is_taken_along(Engine::Chromium).await;
}

#[tokio::test]
async fn where_no_file_can_be_saved_one_click_selects_the_text_in_firefox() {
    text_is_taken_along(Engine::Firefox).await;
}

#[tokio::test]
async fn where_no_file_can_be_saved_one_click_selects_the_text_in_webkit() {
    text_is_taken_along(Engine::WebKit).await;
}
