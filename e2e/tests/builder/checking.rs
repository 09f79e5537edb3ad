//! A file is told to be the published one, or not.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use e2e::{Browser, Engine, Server, Visitor, dist, repository};
use fantoccini::Locator;
use serde_json::{Value, json};

use crate::{by_command, open, said, wait_for_words, with_parts};

/// Gives the page a file to check and tells what it says.
pub(crate) async fn checked(browser: &Browser, page: &Visitor<'_>, file: &Path) -> (String, String, String) {
    page.run("document.getElementById('check-said').textContent = ''").await.unwrap();
    let input = browser.client.find(Locator::Css("#check-file")).await.unwrap();
    input.send_keys(&file.canonicalize().unwrap().to_string_lossy()).await.unwrap();
    page.until("a verdict", "return document.getElementById('check-said').textContent !== ''").await.unwrap();
    let answer = page.run("return document.getElementById('check-said').dataset.answer").await.unwrap();
    (answer.as_str().unwrap().to_owned(), said(page, "check-said").await, said(page, "check-settings").await)
}

#[tokio::test]
async fn a_file_is_told_to_be_the_published_one_or_not_with_the_settings_in_it() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = open(&browser, &server).await;
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let bare = dist().join("pars-check.en.html");
    let (answer, words, settings) = checked(&browser, &page, &bare).await;
    assert!(
        answer == "yes"
            && words.contains("pars-check.en.html of version")
            && words.contains("unchanged, and without settings"),
        "{words}"
    );
    assert_eq!(settings, "");
    let unbaked = fs::read_to_string(&bare).unwrap();
    let with = |settings: &str| unbaked.replacen("id=\"settings\">{}<", &format!("id=\"settings\">{settings}<"), 1);
    for (settings, expected) in [
        ("{\"accent\":\"#0b5c6b\"}", "yes"),
        // Whose check it is, and where it leads, only a person can tell.
        ("{\"clinic\":\"North Spine\"}", "look"),
    ] {
        let (answer, words, _) = checked(&browser, &page, &write("one", with(settings))).await;
        let asks = words.contains("the clinic’s own?");
        assert!(answer == expected && asks == (expected == "look"), "{settings}: {answer}: {words}");
    }
    let (answer, words, settings) = checked(&browser, &page, &by_command("everything", "pars-check.es.html")).await;
    assert!(answer == "look" && words.contains("This is pars-check.es.html"), "it leads somewhere: {words}");
    assert!(words.contains("are contact page, telephone and emergency number the clinic’s own?"), "{words}");
    assert!(words.contains("the manifest.json beside this page. Both come from the same server"), "{words}");
    assert!(!settings.contains("contact_origins") && !settings.contains("tel\n"), "in words: {settings}");
    for name in ["Contact page", "Other addresses that links may lead to", "Telephone", "Languages"] {
        assert!(settings.contains(name), "{name} in {settings}");
    }
    for shown in [
        "https://www.clinic.example/kontakt'?from=check&who=me#form",
        "Müller & Söhne's (Spine)",
        "112",
        "en, es",
        "leaflet",
    ] {
        assert!(settings.contains(shown), "{shown} in {settings}");
    }
    let baked = fs::read_to_string(by_command("everything", "pars-check.en.html")).unwrap();
    let tampered = [
        ("words", baked.replacen("In an emergency", "In any emergency", 1), "omething other than settings was changed"),
        (
            "number",
            baked.replacen("href=\"tel:112\"", "href=\"tel:119\"", 1),
            "omething other than settings was changed",
        ),
        (
            "link",
            baked.replacen("<a data-contact href=\"https://www", "<a data-contact href=\"https://evil", 1),
            "omething other than settings was changed",
        ),
        (
            "block",
            baked.replacen("\"emergency\":\"112\"", "\"emergency\": \"112\"", 1),
            "omething other than settings was changed",
        ),
        (
            "added",
            baked.replacen("\"emergency\":\"112\"", "\"emergency\":\"112\",\"x\":\"y\"", 1),
            "a setting that the check does not know: “x”",
        ),
        // Undone, this is the published file; baked, a number would not have been left as it was.
        (
            "left",
            baked.replacen("href=\"tel:112\">112<", "href=\"tel:911\">911<", 1),
            "omething other than settings was changed",
        ),
        ("unsound", baked.replace("+49 30 010-0199", "+49 call us now"), "these settings are not sound"),
        ("else", "<!doctype html>".to_owned(), "no document of pars-check"),
    ];
    for (name, text, why) in tampered {
        assert_ne!(text, baked, "{name}");
        let (answer, words, _) = checked(&browser, &page, &write(name, text)).await;
        assert!(answer == "no" && words.contains(why), "{name}: {answer}: {words}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_file_with_a_picture_is_never_passed_without_a_look_at_it() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = open(&browser, &server).await;
    let (answer, words, settings) = checked(&browser, &page, &by_command("logo", "pars-check.en.html")).await;
    assert!(answer == "look" && words.contains("look whether it is the clinic’s logo and nothing else"), "{words}");
    assert!(settings.contains("North Spine"), "{settings}");
    let shown = "const pictures = [...document.querySelectorAll('#check-said + #check-picture img')]; \
        return pictures.length === 2 && pictures.every((each) => each.complete && each.naturalWidth > 0)";
    page.until("the picture under the answer", shown).await.unwrap();
    let room = "return [...document.querySelectorAll('#check-picture img')].map((each) => \
        [each.offsetWidth, each.offsetHeight, getComputedStyle(each.parentElement).backgroundColor])";
    // On dark a document puts a white ground behind its logo, within the declared width.
    let as_declared = json!([[224, 56, "rgb(255, 255, 255)"], [224, 68, "rgb(27, 36, 44)"]]);
    assert_eq!(page.run(room).await.unwrap(), as_declared, "as visitors see it, on light and on dark");
    let with_logo = fs::read_to_string(by_command("logo", "pars-check.en.html")).unwrap();
    let start = with_logo.find("base64,").unwrap() + 7;
    let length = with_logo[start..].find('"').unwrap();
    let with_picture = |svg: &str| {
        let base64 = BASE64_STANDARD.encode(svg);
        format!("{}{base64}{}", &with_logo[..start], &with_logo[start + length..])
    };
    let around =
        |inside: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 160 40\">{inside}</svg>");
    let of_bytes = |bytes: usize| {
        let comment = |length: usize| around(&format!("<!--{}-->", "x".repeat(length)));
        with_picture(&comment(bytes - comment(0).len()))
    };
    for (name, text, answered, why) in [
        ("largest", of_bytes(24_576), "look", "look whether"),
        ("larger", of_bytes(24_579), "no", "The picture has 24579 bytes"),
        (
            "alt",
            with_logo.replacen("alt=\"North", "alt=\"Call 999, North", 1),
            "no",
            "read out as “Call 999, North Spine”",
        ),
        ("nobody", with_logo.replacen("\"clinic\":\"North Spine\",", "", 1), "no", "not the name of the clinic"),
        ("high", with_logo.replacen("height=\"56\"", "height=\"5600\"", 1), "no", "5600 high"),
        ("narrow", with_logo.replacen("width=\"224\"", "width=\"22\"", 1), "no", "22 wide and 56 high"),
        ("script", with_picture(&around("<script>alert(1)</script>")), "no", "“<script>” does not belong in a logo"),
        ("words", with_picture(&around("<text>Call 555</text>")), "no", "“<text>” does not belong in a logo"),
        ("broken", with_picture("<svg"), "no", "neither a PNG nor sound XML"),
        ("kind", with_logo.replacen("data:image/svg+xml", "data:image/png", 1), "no", "is called image/png"),
        ("styled", with_logo.replacen(".logo{", ".emergency-line{display:none}.logo{", 1), "no", "was changed in it"),
        ("roomy", with_logo.replacen("max-height:3.5rem", "max-height:350rem", 1), "no", "was changed in it"),
    ] {
        assert_ne!(text, with_logo, "{name}");
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        let (answer, words, _) = checked(&browser, &page, &file).await;
        assert!(answer == answered && words.contains(why), "{name}: {answer}: {words}");
        if name == "broken" {
            wait_for_words(&page, "check-picture", "can’t be shown").await;
        }
    }
    browser.close().await.unwrap();
}

async fn assert_pictures_judged_as_by_the_command(engine: Engine) {
    let cases = fs::read_to_string(repository("xtask/src/logo/cases.json")).unwrap();
    let server = with_parts();
    let browser = Browser::start_as(engine, None).await.unwrap();
    let page = open(&browser, &server).await;
    let judge = format!(
        "const judged = (bakedSize, svg) => {{ try {{ return bakedSize('image/svg+xml', new TextEncoder().encode(svg)) }} \
         catch (error) {{ return error.message }} }}; \
         return import('./builder-picture.js').then(({{bakedSize}}) => {cases}.map(({{svg}}) => judged(bakedSize, svg)))"
    );
    let found = page.run(&judge).await.unwrap();
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    assert!(cases.len() > 40);
    for (case, found) in cases.iter().zip(found.as_array().unwrap()) {
        let words = found.as_str().unwrap_or("").replace(['“', '”'], "`").to_lowercase();
        let named = case["refused"].as_str().map(|named| words.contains(&named.to_lowercase()));
        assert!(named.unwrap_or_else(|| *found == json!([240, 56])), "{engine:?}: {case}: {found}");
    }
    browser.end().await.unwrap();
}

#[tokio::test]
async fn pictures_are_judged_as_the_command_judges_them_in_chromium() {
    assert_pictures_judged_as_by_the_command(Engine::Chromium).await;
}

#[tokio::test]
async fn pictures_are_judged_as_the_command_judges_them_in_firefox() {
    assert_pictures_judged_as_by_the_command(Engine::Firefox).await;
}

#[tokio::test]
async fn pictures_are_judged_as_the_command_judges_them_in_webkit() {
    assert_pictures_judged_as_by_the_command(Engine::WebKit).await;
}

/// What part 5 says of a file is gone as soon as the file is.
#[tokio::test]
async fn an_answer_of_another_file_or_moment_does_not_stay() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    let baked = by_command("everything", "pars-check.en.html");
    let gone = json!(["", null, 0]);
    let there = "const told = document.getElementById('check-said'); \
        return [told.textContent, told.dataset.answer ?? null, document.getElementById('check-settings').childElementCount]";
    for input in ["check-file", "check-manifest"] {
        checked(&browser, &page, &baked).await;
        // As a click does it, without the dialog that nobody could close here.
        let click = format!(
            "const input = document.getElementById('{input}'); input.dispatchEvent(new Event('click')); return input.files.length"
        );
        assert_eq!(page.run(&click).await.unwrap(), 0, "{input}: the same file can be chosen again");
        assert_eq!(page.run(there).await.unwrap(), gone, "{input}");
    }
    checked(&browser, &page, &baked).await;
    let hold = "const real = File.prototype.arrayBuffer; File.prototype.arrayBuffer = function () { \
        return new Promise((go) => { window.__go = () => { File.prototype.arrayBuffer = real; go(real.call(this)) } }) }";
    page.run(hold).await.unwrap();
    let input = browser.client.find(Locator::Css("#check-file")).await.unwrap();
    input.send_keys(&dist().join("pars-check.es.html").canonicalize().unwrap().to_string_lossy()).await.unwrap();
    assert_eq!(page.run(there).await.unwrap(), gone, "while another file is read");
    page.run("window.__late = window.__go; document.getElementById('check-file').dispatchEvent(new Event('click')); window.__late()").await.unwrap();
    let (_, words, _) = checked(&browser, &page, &baked).await;
    assert!(words.contains("This is pars-check.en.html"), "the overtaken one is dropped: {words}");
    let fails = "File.prototype.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))";
    page.run(fails).await.unwrap();
    input.send_keys(&baked.canonicalize().unwrap().to_string_lossy()).await.unwrap();
    wait_for_words(&page, "check-said", "could not be read").await;
    assert_eq!(page.run(there).await.unwrap()[1], "unknown");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn another_manifest_may_be_given_and_without_hashes_that_is_said() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let page = open(&browser, &server).await;
    let bare = dist().join("pars-check.en.html");
    let other = folder.path().join("manifest.json");
    fs::write(&other, r#"{"version":"9.9.9","files":{"pars-check.en.html":{"sha384":"00"}}}"#).unwrap();
    checked(&browser, &page, &bare).await;
    let input = browser.client.find(Locator::Css("#check-manifest")).await.unwrap();
    input.send_keys(&other.to_string_lossy()).await.unwrap();
    wait_for_words(&page, "check-said", "not a file of this manifest").await;
    wait_for_words(&page, "check-said", "It was compared with the file “manifest.json” that you chose.").await;
    for (name, text) in [
        ("none.json", "no manifest"),
        ("null.json", r#"{"version":"9.9.9","files":{"a":null}}"#),
        ("package.json", r#"{"version":"1.0.0","files":["a"]}"#),
    ] {
        let none = folder.path().join(name);
        fs::write(&none, text).unwrap();
        input.send_keys(&none.to_string_lossy()).await.unwrap();
        wait_for_words(&page, "check-said", &format!("The file “{name}” is no manifest.json of a release")).await;
    }
    page.run("Object.defineProperty(self, 'crypto', {value: {}})").await.unwrap();
    let (answer, words, _) = checked(&browser, &page, &dist().join("pars-check.es.html")).await;
    assert!(answer == "unknown" && words.contains("Open this page by https"), "{words}");
    browser.close().await.unwrap();
}
