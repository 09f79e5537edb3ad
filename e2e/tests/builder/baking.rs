//! Files that are made in the browser are those that the command makes.

use std::fs;
use std::path::Path;

use e2e::{Browser, Engine, Look, Page, Server, Visitor, case, dist, save_to, saved};
use serde_json::json;

use crate::{by_command, choose, choose_all, open, press, said, settings, value, wait_for_words};

/// Makes the files with these settings and saves them into the folder.
async fn make_files(browser: &Browser, server: &Server, stem: &str, folder: &Path) -> Vec<String> {
    save_to(browser, folder).await.unwrap();
    let page = open(browser, server).await;
    choose_all(&page, &settings(stem)).await;
    let command: toml::Table = value(&page, "command-settings").await.parse().unwrap();
    assert_eq!(command, settings(stem), "the page shows the same settings for the command");
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    let names = page.run(
        "return [...document.querySelectorAll('#baked-files a')].map((link) => { link.click(); return link.download })",
    );
    names.await.unwrap().as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_file_that_is_baked_in_the_browser_is_the_one_that_the_command_bakes() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for (stem, files) in
        [("everything", vec!["pars-check.en.html", "pars-check.es.html"]), ("contact", vec!["pars-check.en.html"])]
    {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(make_files(&browser, &server, stem, folder.path()).await, files);
        for name in files {
            let (_, own) = saved(folder.path(), name).await.unwrap();
            let commands = fs::read_to_string(by_command(stem, name)).unwrap();
            assert_ne!(commands, fs::read_to_string(dist().join(name)).unwrap(), "something is baked");
            let at = own.bytes().zip(commands.bytes()).position(|(one, other)| one != other);
            assert!(own == commands, "{stem} {name} differs at {at:?} of {} and {} bytes", own.len(), commands.len());
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_baked_file_leads_to_a_contact_page_of_another_origin_with_scripts_and_without() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    make_files(&browser, &server, "contact", folder.path()).await;
    let (_, baked) = saved(folder.path(), "pars-check.en.html").await.unwrap();
    let page = Visitor::outside(&browser.client);
    let warning = said(&page, "contact-warning").await;
    assert!(warning.contains("the files that you made in part 4 have it"), "{warning}");
    choose(&page, "folder", "/").await;
    let warning = said(&page, "contact-warning").await;
    assert!(warning.contains("press “Make the files”"), "those are gone: {warning}");
    let host = format!("<!doctype html><meta charset=utf-8><title>host</title>{}", value(&page, "frame-snippet").await);
    for (is_baked, contact) in [(true, Some("https://www.clinic.example/contact")), (false, None)] {
        let mut pages = vec![Page::new("/host.html", host.clone())];
        pages.extend(is_baked.then(|| Page::new("/pars-check.en.html", baked.clone())));
        let other = Server::serving(dist(), pages).unwrap();
        let visitor = Visitor::on_page(&browser.client, &other.address("/host.html")).await.unwrap();
        let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
        assert_eq!(seen.contact.as_deref(), contact);
        browser.leave_frames().await.unwrap();
        browser.look(Look { has_scripts: false, ..Look::PHONE }).await.unwrap();
        browser.client.goto(&other.address("/pars-check.en.html")).await.unwrap();
        let leaflet = Visitor::outside(&browser.client);
        let shown = "const shown = (selector) => document.querySelector(selector).getClientRects().length > 0; \
            return [shown('[data-contact]'), document.querySelector('[data-contact]').getAttribute('href'), shown('[data-no-contact]')]";
        assert_eq!(leaflet.run(shown).await.unwrap(), json!([is_baked, contact, !is_baked]));
        browser.look(Look::DESKTOP).await.unwrap();
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn no_file_is_made_of_what_can_not_be_baked_and_a_change_takes_made_files_away() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    for (field, value, words) in [
        ("contact", "http://www.clinic.example/", "does not begin with https://"),
        ("clinic", "Call 911", "Nothing of the name “Call 911” would be shown."),
        ("tel", "12", "no telephone number"),
        ("accent", "teal", "no colour"),
    ] {
        let usual = if field == "contact" { "/contact" } else { "" };
        choose(&page, field, value).await;
        press(&page, "#make-files").await;
        wait_for_words(&page, "baked-said", words).await;
        let told = said(&page, "baked-said").await;
        assert!(told.starts_with("No file was made."), "{field}");
        assert_eq!(told.matches("does not begin").count(), usize::from(field == "contact"), "once: {told}");
        choose(&page, field, usual).await;
    }
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "The contact page is not baked").await;
    choose(&page, "clinic", "North").await;
    assert_eq!(page.run("return document.querySelectorAll('#baked-files a').length").await.unwrap(), 0);
    let changed =
        fs::read_to_string(dist().join("pars-check.en.html")).unwrap().replacen("emergency", "emergencies", 1);
    let other = Server::serving(dist(), vec![Page::new("/pars-check.en.html", changed)]).unwrap();
    let page = open(&browser, &other).await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "is not the file that manifest.json describes").await;
    browser.close().await.unwrap();
}

/// A distribution whose English file was baked before.
fn after_baking(stem: &str) -> Server {
    let baked = fs::read_to_string(by_command(stem, "pars-check.en.html")).unwrap();
    Server::serving(dist(), vec![Page::new("/pars-check.en.html", baked)]).unwrap()
}

#[tokio::test]
async fn a_logo_that_was_baked_stays_and_needs_the_clinics_name() {
    let server = after_baking("logo");
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    page.run(KEEP).await.unwrap();
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "has a logo, and whoever can’t see it reads the clinic’s name").await;
    choose(&page, "clinic", "North Spine").await;
    choose(&page, "emergency", "999").await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    assert!(!said(&page, "baked-said").await.contains("Look first"), "nothing was lost");
    let commands = fs::read(by_command("logo", "pars-check.en.html")).unwrap();
    assert_eq!(page.run(HASH).await.unwrap(), sha384(&commands));
    choose(&page, "clinic", "A & 'B'").await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "name of the clinic North Spine, now A & 'B'").await;
    let markup = page.run("return window.__made.at(-1).text()").await.unwrap();
    assert!(markup.as_str().unwrap().contains("<p class=\"logo\"><img alt=\"A &amp; &#39;B&#39;\" src=\"data:"));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn what_was_baked_and_is_not_any_more_is_said_the_emergency_number_first() {
    let server = after_baking("everything");
    let browser = Browser::start().await.unwrap();
    let page = open(&browser, &server).await;
    choose(&page, "accent", "#0b5c6b").await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    let words = said(&page, "baked-said").await;
    let before = settings("everything");
    let contact = before["contact"].as_str().unwrap();
    let first = format!("lies beside this page: emergency number 112, now 911; contact page {contact}, now none; ");
    assert!(words.contains(&first), "{words}");
    for key in ["clinic", "tel"] {
        assert!(words.contains(&format!(" {}, now none", before[key].as_str().unwrap())), "{key}: {words}");
    }
    assert!(words.contains("what is shown leaflet, now quiz; languages en, es, now none"), "{words}");
    let accent = before["accent"].as_str().unwrap();
    assert!(words.contains(&format!("accent colour {accent}, now #0b5c6b")), "{words}");
    browser.close().await.unwrap();
}

/// Holds back what is fetched, until it is let go or fails.
const HOLD: &str = "const real = window.fetch; window.fetch = (...all) => \
    new Promise((go, fail) => { window.__go = () => { window.fetch = real; go(real(...all)) }; window.__fail = () => { window.fetch = real; fail(new Error('gone')) } })";

#[tokio::test]
async fn a_file_of_choices_that_have_changed_does_not_appear() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    for (release, made) in [("__go", 1), ("__fail", 1)] {
        let page = open(&browser, &server).await;
        page.run(KEEP).await.unwrap();
        page.run(HOLD).await.unwrap();
        press(&page, "#make-files").await;
        choose(&page, "clinic", "North").await;
        page.run(&format!("window.{release}()")).await.unwrap();
        let round = "return fetch('pars-check.en.html').then((got) => got.arrayBuffer()).then((bytes) => crypto.subtle.digest('SHA-384', bytes)).then(() => true)";
        for _ in 0..3 {
            page.run(round).await.unwrap();
        }
        assert_eq!(said(&page, "baked-said").await, "", "{release}: it is of choices that have changed");
        press(&page, "#make-files").await;
        wait_for_words(&page, "baked-said", "ready to be saved").await;
        assert_eq!(page.run("return window.__made.length").await.unwrap(), made, "{release}");
    }
    browser.close().await.unwrap();
}

/// Keeps what the page makes: it may fetch nothing from the address of a made file.
const KEEP: &str = "window.__made = []; const real = URL.createObjectURL; \
    URL.createObjectURL = (made) => { window.__made.push(made); return real(made) }";

/// The hash of the first file that was made.
const HASH: &str = "return window.__made[0].arrayBuffer().then((bytes) => crypto.subtle.digest('SHA-384', bytes)) \
    .then((hash) => Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(''))";

async fn assert_made(engine: Engine) {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start_as(engine, None).await.unwrap();
    let page = open(&browser, &server).await;
    page.run(KEEP).await.unwrap();
    choose_all(&page, &settings("everything")).await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "2 files are ready").await;
    let commands = fs::read(by_command("everything", "pars-check.en.html")).unwrap();
    assert_eq!(page.run(HASH).await.unwrap(), sha384(&commands), "{engine:?}");
    browser.end().await.unwrap();
}

#[tokio::test]
async fn files_are_made_in_firefox_too() {
    assert_made(Engine::Firefox).await;
}

#[tokio::test]
async fn files_are_made_in_webkit_too() {
    assert_made(Engine::WebKit).await;
}

fn sha384(bytes: &[u8]) -> String {
    use sha2::Digest;
    format!("{:x}", sha2::Sha384::digest(bytes))
}

#[tokio::test]
async fn a_logo_is_seen_on_the_first_screen_and_the_leaflet_and_the_policy_asks_for_nothing_else() {
    let baked = fs::read_to_string(by_command("logo", "pars-check.en.html")).unwrap();
    assert!(baked.contains("; img-src data:; base-uri"));
    let bare = fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    assert!(
        !bare.contains("img-src") && !bare.contains("class=\"logo") && !bare.contains(".logo"),
        "no byte where there is none"
    );
    let server = Server::serving(dist(), vec![Page::new("/logo.html", baked)]).unwrap();
    let browser = Browser::start().await.unwrap();
    let watch = "addEventListener('securitypolicyviolation', (event) => (window.__violations ??= []).push(event.violatedDirective))";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": watch})).await.unwrap();
    let shown = "const logo = document.querySelector('.logo img'); \
        return [logo.complete && logo.naturalWidth > 0, logo.alt, logo.offsetWidth, logo.offsetHeight, window.__violations ?? []]";
    let visitor = Visitor::alone(&browser.client, &server.address("/logo.html")).await.unwrap();
    assert_eq!(visitor.run(shown).await.unwrap(), json!([true, "North Spine", 224, 56, []]));
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    assert_eq!(
        visitor.run(shown).await.unwrap(),
        json!([true, "North Spine", 0, 0, []]),
        "later screens have room for what is asked"
    );
    browser.look(Look { has_scripts: false, ..Look::PHONE }).await.unwrap();
    browser.client.goto(&server.address("/logo.html")).await.unwrap();
    assert_eq!(visitor.run(shown).await.unwrap(), json!([true, "North Spine", 224, 56, []]), "on the leaflet");
    browser.look(Look::DESKTOP).await.unwrap();
    let huge = fs::read_to_string(by_command("logo", "pars-check.en.html")).unwrap();
    let huge = huge.replacen("width=\"224\" height=\"56\"", "width=\"9000\" height=\"90000\"", 1);
    assert!(huge.contains("90000"));
    let other = Server::serving(dist(), vec![Page::new("/logo.html", huge)]).unwrap();
    let visitor = Visitor::alone(&browser.client, &other.address("/logo.html")).await.unwrap();
    let room = "const logo = document.querySelector('.logo img').getBoundingClientRect(); \
        const rem = parseFloat(getComputedStyle(document.documentElement).fontSize); return [logo.width / rem, logo.height / rem]";
    let room = visitor.run(room).await.unwrap();
    assert!(room[0].as_f64() <= Some(15.0) && room[1].as_f64() <= Some(3.5), "whatever its attributes say: {room}");
    let origins = [server.address("/"), other.address("/")];
    for address in browser.close().await.unwrap() {
        assert!(
            origins.iter().any(|origin| address.starts_with(origin))
                || address.starts_with("data:image/svg+xml;base64,"),
            "{address} was asked for"
        );
    }
}
