//! Nothing that is typed is sent, everything is done by keys alone, and nobody is kept out.

use std::collections::BTreeSet;
use std::fs;

use e2e::{Browser, Gate, Key, Keyboard, Plan, Server, Variant, dist};
use serde_json::json;

use crate::checking::checked;
use crate::warnings::BAD;
use crate::{by_command, choose, choose_all, open, press, settings, wait_for_words};

#[tokio::test]
async fn nothing_that_is_typed_is_sent_and_nothing_is_asked_for_but_the_pages_own_files() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let watch = "addEventListener('securitypolicyviolation', (event) => (window.__violations ??= []).push(event.violatedDirective))";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": watch})).await.unwrap();
    let page = open(&browser, &server).await;
    choose_all(&page, &settings("everything")).await;
    choose(&page, "folder", "https://files.clinic.example/check/").await;
    let shown = "return document.querySelector('#phone iframe').src.includes('Spine')";
    page.until("the preview", shown).await.unwrap();
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    checked(&browser, &page, &by_command("everything", "pars-check.en.html")).await;
    assert_eq!(page.run("return window.__violations ?? []").await.unwrap(), json!([]));
    let kept = "return [document.cookie, localStorage.length, sessionStorage.length, location.search + location.hash]";
    assert_eq!(page.run(kept).await.unwrap(), json!(["", 0, 0, ""]));
    let own: BTreeSet<String> = fs::read_dir(dist())
        .unwrap()
        .map(|entry| format!("/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    for path in server.requests() {
        assert!(own.contains(&path), "{path} was asked for");
    }
    let origin = server.address("/");
    for address in browser.close().await.unwrap() {
        assert!(address.starts_with(&origin) && !address.contains('?'), "{address} was asked for");
    }
}

#[tokio::test]
async fn everything_is_done_by_keys_alone() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let granted = json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
    browser.cdp("Browser.grantPermissions", granted).await.unwrap();
    let page = open(&browser, &server).await;
    let keys = Keyboard::of(&browser.client);
    keys.tab_to("#contact").await.unwrap();
    keys.hold_control('a').await.unwrap();
    keys.write("https://www.clinic.example/contact").await.unwrap();
    keys.tab_to("#clinic").await.unwrap();
    keys.write("North Spine").await.unwrap();
    keys.tab_to("#emergency").await.unwrap();
    keys.press(Key::Down).await.unwrap();
    keys.tab_to("input[name=langs][value=es]").await.unwrap();
    keys.press(Key::Space).await.unwrap();
    keys.tab_to("input[name=mode]").await.unwrap();
    keys.press(Key::Down).await.unwrap();
    assert!(keys.is_at("input[name=mode][value=leaflet]:checked").await.unwrap());
    keys.tab_to("a[href='#frame-snippet']").await.unwrap();
    keys.press(Key::Enter).await.unwrap();
    assert!(keys.is_at("#frame-snippet").await.unwrap(), "the preview is skipped");
    keys.tab_to("[data-copy=element-snippet]").await.unwrap();
    keys.press(Key::Enter).await.unwrap();
    wait_for_words(&page, "element-snippet-said", "Copied.").await;
    let copied = page.run("return navigator.clipboard.readText()").await.unwrap();
    let copied = copied.as_str().unwrap();
    for part in ["clinic=\"North Spine\"", "emergency=\"112\"", "langs=\"en,es\"", "mode=\"leaflet\""] {
        assert!(copied.contains(part), "{part} in {copied}");
    }
    keys.tab_to("#make-files").await.unwrap();
    keys.press(Key::Space).await.unwrap();
    wait_for_words(&page, "baked-said", "2 files are ready").await;
    keys.tab_to("#baked-files a").await.unwrap();
    keys.tab_to("#check-file").await.unwrap();
    keys.tab_to("details:last-of-type summary").await.unwrap();
    browser.close().await.unwrap();
}

#[tokio::test]
async fn nobody_is_kept_out_of_the_page_with_warnings_and_results() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start_in_one_process().await.unwrap();
    Variant::USUAL.show(&browser).await.unwrap();
    let mut gate = Gate::new(&browser, "en", Plan::covering());
    let page = open(&browser, &server).await;
    for (field, bad, _) in BAD.iter().filter(|(field, bad, _)| *field != "folder" && !bad.is_empty()) {
        choose(&page, field, bad).await;
    }
    press(&page, "input[name=mode][value=leaflet]").await;
    press(&page, "[data-copy=frame-snippet]").await;
    checked(&browser, &page, &by_command("everything", "pars-check.en.html")).await;
    page.run("for (const each of document.querySelectorAll('details')) each.open = true").await.unwrap();
    gate.look(&page, "builder-warned").await.unwrap();
    let page = open(&browser, &server).await;
    press(&page, "#make-files").await;
    wait_for_words(&page, "baked-said", "ready to be saved").await;
    gate.look(&page, "builder-made").await.unwrap();
    gate.pass().unwrap();
    browser.end().await.unwrap();
}
