//! What a visitor takes along: a sheet on paper, a copy in a file, their questions and notes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use e2e::{Browser, Look, OUTCOMES, SANDBOX, Server, Visitor, case, dist, keep, quiz, save_to, saved, serve_probed};
use serde_json::{Value, json};

/// Papers by name, with width and height in inches.
const PAPERS: [(&str, f64, f64); 2] = [("Letter", 8.5, 11.0), ("A4", 8.27, 11.69)];

/// Notes as somebody may write them.
const NOTES: &str = "Began after the match in May.\n<script>alert(1)</script> & \"Is it safe to run?\"";

async fn outcome_of<'a>(browser: &'a Browser, server: &Server, id: &str) -> Visitor<'a> {
    outcome_in(browser, server, id, "en").await
}

async fn outcome_in<'a>(browser: &'a Browser, server: &Server, id: &str, language: &str) -> Visitor<'a> {
    browser.client.goto("about:blank").await.unwrap();
    let address = server.address(&format!("/pars-check.{language}.html#contact=/contact.html"));
    let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
    visitor.take(&case(id).unwrap()).await.unwrap();
    visitor
}

async fn write_notes(browser: &Browser, visitor: &Visitor<'_>, notes: &str) {
    visitor.run("document.querySelector('[role=textbox]').focus()").await.unwrap();
    browser.cdp("Input.insertText", json!({ "text": notes })).await.unwrap();
}

async fn pdf(browser: &Browser, (_, width, height): (&str, f64, f64)) -> Vec<u8> {
    let paper =
        json!({"paperWidth": width, "paperHeight": height, "preferCSSPageSize": true, "printBackground": false});
    let printed = browser.cdp("Page.printToPDF", paper).await.unwrap();
    BASE64_STANDARD.decode(printed["data"].as_str().unwrap()).unwrap()
}

fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type /Page\n").count()
}

/// What stands on the paper although it should not, is cut off, or is not black: nothing, if all is well.
const FLAWS: &str = r#"
    const sheet = document.querySelector(".sheet");
    const flaws = [];
    for (const element of document.body.querySelectorAll("*")) {
        if (!element.checkVisibility() || element.contains(sheet)) continue;
        const inside = sheet.contains(element);
        const words = element.textContent.trim();
        if (!inside && words && !element.closest(".emergency-line")) flaws.push(`beside the sheet: ${words.slice(0, 60)}`);
        const style = getComputedStyle(element);
        if (style.color !== "rgb(0, 0, 0)") flaws.push(`${style.color}: ${words.slice(0, 60)}`);
        if (element.scrollWidth > element.clientWidth + 1 && style.display !== "inline") flaws.push(`cut: ${words.slice(0, 60)}`);
    }
    return flaws;"#;

#[tokio::test]
async fn every_outcome_prints_on_one_or_two_pages_in_black_without_a_cut_word() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for ((id, tier), language) in
        OUTCOMES.into_iter().flat_map(|outcome| ["en", "es"].map(|language| (outcome, language)))
    {
        let visitor = outcome_in(&browser, &server, id, language).await;
        write_notes(&browser, &visitor, NOTES).await;
        for paper in PAPERS {
            let printed = pdf(&browser, paper).await;
            keep(&format!("print-{language}-{tier}-{}.pdf", paper.0), &printed).unwrap();
            assert!(
                (1..=2).contains(&pages(&printed)),
                "{tier} in {language} on {}: {} pages",
                paper.0,
                pages(&printed)
            );
        }
        // As wide as A4 between its margins, the narrower of the two.
        browser.look(Look { width: 688, height: 900, ..Look::DESKTOP }).await.unwrap();
        browser.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await.unwrap();
        assert_eq!(visitor.run(FLAWS).await.unwrap(), json!([]), "{tier}");
        let said = if language == "en" { "This is not a diagnosis." } else { "Esto no es un diagnóstico." };
        assert!(visitor.text(".sheet").await.unwrap().contains(said), "{tier}");
        browser.cdp("Emulation.setEmulatedMedia", json!({"media": ""})).await.unwrap();
        assert_eq!(visitor.run("return document.querySelector('.sheet').checkVisibility()").await.unwrap(), false);
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn long_notes_and_every_question_still_fit_two_pages() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = outcome_of(&browser, &server, "V47").await;
    write_notes(&browser, &visitor, &"Where does it hurt most, and when? ".repeat(43)).await;
    for paper in PAPERS {
        let printed = pdf(&browser, paper).await;
        keep(&format!("print-most-{}.pdf", paper.0), &printed).unwrap();
        assert_eq!(pages(&printed), 2, "{}", paper.0);
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn print_prints_and_questions_can_be_left_behind() {
    let server = serve_probed("window.prints = 0; window.print = () => window.prints += 1;").unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/changed.html")).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/changed.html")).await.unwrap();
    visitor.take(&case("V47").unwrap()).await.unwrap();
    let on_sheet = "return [...document.querySelectorAll('.sheet ol li')].map((item) => item.textContent)";
    let all = visitor.run(on_sheet).await.unwrap();
    assert_eq!(all.as_array().unwrap().len(), 13, "{all}");
    visitor.run("document.querySelectorAll('input[name=take]')[2].labels[0].click()").await.unwrap();
    let kept = visitor.run(on_sheet).await.unwrap();
    assert_eq!(kept.as_array().unwrap().len(), 12);
    assert!(!kept.as_array().unwrap().contains(&all[2]), "{kept}");
    visitor.click("print").await.unwrap();
    visitor.until("printing", "return window.prints === 1").await.unwrap();
    // A way back to the answers loses neither the choice nor the notes.
    write_notes(&browser, &visitor, NOTES).await;
    visitor.press("back").await.unwrap();
    visitor.press("continue").await.unwrap();
    assert_eq!(visitor.run(on_sheet).await.unwrap(), kept);
    assert_eq!(visitor.run("return document.querySelector('[role=textbox]').innerText").await.unwrap(), NOTES);
    assert_eq!(visitor.text(".sheet__notes").await.unwrap(), NOTES);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_saved_copy_stands_alone_runs_nothing_and_asks_for_nothing() {
    let host = format!(
        "<!doctype html><title>host</title><iframe src='pars-check.en.html' sandbox='{SANDBOX}' allow='' \
         referrerpolicy='no-referrer' width=600 height=900></iframe>"
    );
    let server = Server::with_pages(dist(), [("/host.html".to_owned(), host)].into()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    save_to(&browser, folder.path()).await.unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    visitor.take(&case("V47").unwrap()).await.unwrap();
    write_notes(&browser, &visitor, NOTES).await;
    let before = server.requests().len();
    visitor.click("save").await.unwrap();
    let (name, file) = saved(folder.path(), ".html").await.unwrap();
    assert_eq!(name, "back-self-check.html", "its name tells no answer");
    assert!(visitor.text("[role=status]").await.unwrap().contains("Save a copy: Your browser saves the file now"));
    assert_eq!(server.requests().len(), before, "saving asks for nothing");
    assert!(!file.contains("<script"), "no script in it, not even the one in the notes");
    assert!(file.contains("default-src 'none'"));

    let copy = Server::with_pages(dist(), [("/copy.html".to_owned(), file)].into()).unwrap();
    browser.leave_frames().await.unwrap();
    browser.client.goto(&copy.address("/copy.html")).await.unwrap();
    let reader = Visitor::outside(&browser.client);
    let text = reader.run("return document.body.innerText").await.unwrap();
    let text = text.as_str().unwrap();
    for part in [
        "In an emergency, call 911",
        "surgery included",
        "This is not a diagnosis.",
        "Content version",
        "Repair or fusion?",
        NOTES,
        "Tick",
    ] {
        assert_eq!(text.contains(part), part != "Tick", "{part} in {text}");
    }
    assert_eq!(copy.requests(), ["/copy.html"]);
    let console = browser.console().await.unwrap();
    assert!(console.iter().all(|line| !line.contains("Content Security Policy")), "{console:?}");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn answers_are_saved_as_fhir_without_the_notes() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    save_to(&browser, folder.path()).await.unwrap();
    let visitor = outcome_of(&browser, &server, "V47").await;
    write_notes(&browser, &visitor, NOTES).await;
    visitor.click("fhir").await.unwrap();
    let (name, file) = saved(folder.path(), ".json").await.unwrap();
    assert_eq!(name, "back-self-check.fhir.json");
    let response: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(response["resourceType"], "QuestionnaireResponse");
    assert_eq!(response["status"], "completed");
    assert!(!file.contains("Began after the match"), "{file}");
    assert!(!file.contains("surgical_discussion"), "answers, not what they lead to");
    // What the same answers give by the command, at the same time.
    let authored = response["authored"].as_str().unwrap();
    let arguments = ["fhir", "content/pars-defect", "--response", "--lang", "en", "--authored", authored];
    let by_command = quiz(&arguments, &json!([case("V47").unwrap()]).to_string()).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&by_command).unwrap()[0], response);
    let said = response["text"]["div"].as_str().unwrap();
    assert!(said.contains(&authored[..10]) && said.contains("This is not a diagnosis."), "{said}");
    let is_now = format!("return Math.abs(Date.now() - Date.parse('{authored}')) < 600000");
    assert_eq!(visitor.run(&is_now).await.unwrap(), true, "{authored}");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn erasing_takes_notes_and_the_made_file_away() {
    let watch = "window.made = []; window.gone = []; \
        const { createObjectURL, revokeObjectURL } = URL; \
        URL.createObjectURL = (blob) => { const made = createObjectURL.call(URL, blob); window.made.push(made); return made; }; \
        URL.revokeObjectURL = (made) => { window.gone.push(made); revokeObjectURL.call(URL, made); };";
    let server = serve_probed(watch).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    save_to(&browser, folder.path()).await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/changed.html")).await.unwrap();
    visitor.take(&case("V63").unwrap()).await.unwrap();
    write_notes(&browser, &visitor, NOTES).await;
    visitor.click("save").await.unwrap();
    saved(folder.path(), ".html").await.unwrap();
    visitor.click("restart").await.unwrap();
    visitor.until("a fresh quiz", "return !!document.querySelector('.erased')").await.unwrap();
    let made = visitor.run("return window.made").await.unwrap();
    assert_eq!(made.as_array().map(Vec::len), Some(1));
    assert_eq!(visitor.run("return window.gone").await.unwrap(), made);
    let (_, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
    assert_eq!(
        visitor.run("return document.querySelector('[role=textbox]').innerText").await.unwrap(),
        Value::from("")
    );
    browser.close().await.unwrap();
}

#[tokio::test]
async fn what_is_written_goes_to_no_spelling_service() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = outcome_of(&browser, &server, "V63").await;
    let area = "const area = document.querySelector('[role=textbox]'); \
        return [area.spellcheck, area.getAttribute('writingsuggestions'), area.isContentEditable]";
    assert_eq!(visitor.run(area).await.unwrap(), json!([false, "false", true]));
    // Where there is a form field for text, Chromium asks a server of its maker how to fill it in.
    let fields =
        "return document.querySelectorAll('textarea, select, input:not([type=radio], [type=checkbox])').length";
    assert_eq!(visitor.run(fields).await.unwrap(), 0);
    browser.close().await.unwrap();
}
