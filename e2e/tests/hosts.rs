//! Pages around that are hostile, careless or strange: the check works or stays out, and the page is not broken.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use e2e::{Browser, Engine, Look, Page, SANDBOX, Server, TWO_FRAMES, Visitor, case, dist, repository};
use serde_json::{Value, json};

const ELEMENT: &str = "<pars-check id=check><p id=fallback><a href=contact.html>Contact us</a></p></pars-check>";
const SCRIPT: &str = "<script type=module src=pars-check.js></script>";

/// Notes every error that reaches the page.
const WATCH: &str = "<script>window.errors = []; \
    addEventListener('error', ({ message }) => errors.push(message)); \
    addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)))</script>";

fn host(head: &str, body: &str) -> Page {
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>host</title><link rel=icon href=data:,>{WATCH}{head}\
         <body><h1>Clinic</h1>{body}</body>"
    );
    Page::new("/host.html", page)
}

fn plain(id: &str) -> String {
    format!(
        "<iframe id={id} src=pars-check.en.html sandbox='{SANDBOX}' allow='' width='100%' height=736 \
         style='border: 0; height: min(100svh - 4rem, 46rem)'></iframe>"
    )
}

async fn assert_starts(browser: &Browser, server: &Server, what: &str) {
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await;
    let visitor = visitor.unwrap_or_else(|error| panic!("{what}: {error:#}"));
    visitor.tick("age", "35_49").await.unwrap();
    assert_eq!(visitor.press("continue").await.unwrap().questions, ["rf_now"], "{what}");
    browser.leave_frames().await.unwrap();
}

async fn run(browser: &Browser, script: &str) -> Value {
    Visitor::outside(&browser.client).run(script).await.unwrap()
}

/// The boxes of all frames of the page, as width and height.
const BOXES: &str = "const frames = [...document.querySelectorAll('iframe'), \
    ...[...document.querySelectorAll('pars-check')].flatMap((each) => [...(each.shadowRoot?.querySelectorAll('iframe') ?? [])])]; \
    return frames.map(({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight])";

#[tokio::test]
async fn where_a_page_unsets_every_style_the_element_keeps_its_box_and_a_plain_frame_works() {
    let browser = Browser::start().await.unwrap();
    let unset = "<style>* { all: unset !important } iframe { width: 1px; height: 1px }</style>";
    let server = Server::serving(dist(), vec![host(unset, &format!("{ELEMENT}{SCRIPT}"))]).unwrap();
    assert_starts(&browser, &server, "the element").await;
    let boxes = run(&browser, BOXES).await;
    assert!(boxes[0][0].as_u64().unwrap() > 1000 && boxes[0][1].as_u64().unwrap() > 600, "{boxes}");
    // A plain frame is the page's own element: it falls back to the size that frames have by themselves.
    let server = Server::serving(dist(), vec![host(unset, &plain("check"))]).unwrap();
    assert_starts(&browser, &server, "the plain frame").await;
    assert_eq!(run(&browser, BOXES).await, json!([[300, 150]]));
    browser.close().await.unwrap();
}

/// With `async` the script can run before the element is read, and the parser then makes it. The page is written anew
/// once the script ran, so that this does not depend on which of the two is faster.
#[tokio::test]
async fn an_element_that_is_read_after_the_script_ran_has_its_settings_and_its_fallback() {
    let browser = Browser::start().await.unwrap();
    let written = "<script type=module>await import('./pars-check.js'); document.open(); document.write(\
        '<!doctype html><title>host</title><h1>Clinic</h1><pars-check lang=es clinic=Clinic><p id=fallback>below</p></pars-check>'); \
        document.close()</script>";
    let server = Server::serving(dist(), vec![host("", written)]).unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    let outside = Visitor::outside(&browser.client);
    outside.until("the element", "return !!document.querySelector('pars-check')?.shadowRoot").await.unwrap();
    let state = "return [document.querySelector('pars-check').shadowRoot.querySelector('iframe').src, \
        document.getElementById('fallback').getClientRects().length, document.querySelectorAll('script').length, errors]";
    let address = server.address("/pars-check.es.html#clinic=Clinic");
    assert_eq!(outside.run(state).await.unwrap(), json!([address, 1, 0, []]));
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    assert_eq!(visitor.see().await.unwrap().questions, ["age"]);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn two_on_a_page_know_nothing_of_each_other_in_each_browser() {
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        two_on_a_page_know_nothing_of_each_other(engine).await;
    }
}

async fn two_on_a_page_know_nothing_of_each_other(engine: Engine) {
    let browser = Browser::start_as(engine, None).await.unwrap();
    let listen = "<script>window.heard = []; addEventListener('DOMContentLoaded', () => { \
        for (const id of ['one', 'two']) for (const word of ['ready', 'started']) \
        document.getElementById(id).addEventListener(word, () => heard.push(`${id} ${word}`)) })</script>";
    let two =
        format!("<pars-check id=one height=300px></pars-check><pars-check id=two height=300px></pars-check>{SCRIPT}");
    let server = Server::serving(dist(), vec![host(listen, &two)]).unwrap();
    let first = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    first.take(&case("V01").unwrap()).await.unwrap();
    browser.leave_frames().await.unwrap();
    Visitor::outside(&browser.client)
        .until("both", "return heard.filter((each) => each.endsWith('ready')).length === 2")
        .await
        .unwrap();
    let mut heard = serde_json::from_value::<Vec<String>>(run(&browser, "return heard").await).unwrap();
    heard.sort();
    assert_eq!(heard, ["one ready", "one started", "two ready"]);
    // The second is where it was, and takes answers of its own.
    let other = "const frame = document.getElementById('two').shadowRoot.querySelector('iframe'); \
        frame.scrollIntoView(); return frame";
    let frame = run(&browser, other).await;
    let second = Visitor::in_element(&browser.client, &frame).await.unwrap();
    assert_eq!(second.see().await.unwrap().questions, ["age"]);
    assert_eq!(second.run("return document.querySelectorAll('input:checked').length").await.unwrap(), 0);
    second.take(&case("V63").unwrap()).await.unwrap();
    browser.leave_frames().await.unwrap();
    let first = Visitor::in_frame(&browser.client).await.unwrap();
    assert_eq!(first.see().await.unwrap().outcome.as_deref(), Some("emergency"), "the first is where it was");
    // Erasing gives an entry in the history back, and the other's lies on it. Browsers go back in turn: once the page
    // around has come back from an entry of its own, whatever was asked for before has happened.
    first.press("restart").await.unwrap();
    browser.leave_frames().await.unwrap();
    let back = "return new Promise((go) => { addEventListener('popstate', () => go(true), { once: true });
        history.pushState(1, ''); history.back() })";
    Visitor::outside(&browser.client).until("the page around is back", back).await.unwrap();
    let frame = run(&browser, other).await;
    let second = Visitor::in_element(&browser.client, &frame).await.unwrap();
    assert!(second.see().await.unwrap().outcome.is_some(), "{engine:?}: the second is where it was");
    browser.end().await.unwrap();
}

#[tokio::test]
async fn a_script_loaded_twice_or_in_two_versions_gives_one_frame() {
    let browser = Browser::start().await.unwrap();
    let loader = std::fs::read_to_string(dist().join("pars-check.js")).unwrap();
    let scripts = [
        format!("{SCRIPT}{SCRIPT}"),
        format!("{SCRIPT}<script type=module src='pars-check.js?v=2'></script>"),
        format!("{SCRIPT}<script type=module src=other/pars-check.js></script>"),
        "<script type=module>await Promise.all(['./pars-check.js', './pars-check.js?2', './other/pars-check.js'].map((each) => import(each)))</script>".to_owned(),
    ];
    for script in scripts {
        let other = Page::new("/other/pars-check.js", format!("// another version\n{loader}"));
        // Whichever comes first makes the frame, and each version has its own document beside it.
        let document = Page::new("/other/pars-check.en.html", e2e::document().unwrap());
        let pages = vec![host("", &format!("{ELEMENT}{script}")), other, document];
        let server = Server::serving(dist(), pages).unwrap();
        assert_starts(&browser, &server, &script).await;
        let boxes = run(&browser, BOXES).await;
        assert_eq!((boxes.as_array().unwrap().len(), run(&browser, "return errors").await), (1, json!([])), "{script}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_taken_name_is_left_to_whoever_took_it() {
    let browser = Browser::start().await.unwrap();
    let theirs = "<script>customElements.define('pars-check', class extends HTMLElement { connectedCallback() { this.dataset.theirs = 'yes' } })</script>";
    let server = Server::serving(dist(), vec![host(theirs, &format!("{ELEMENT}{SCRIPT}{}", plain("own")))]).unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    let outside = Visitor::outside(&browser.client);
    outside.until("the page", "return document.readyState === 'complete'").await.unwrap();
    let state = "return [document.getElementById('check').dataset.theirs, document.getElementById('check').shadowRoot, \
        document.querySelector('#fallback a').getClientRects().length > 0, errors]";
    assert_eq!(outside.run(state).await.unwrap(), json!(["yes", null, true, []]));
    assert!(server.requests().contains(&"/pars-check.js".to_owned()), "the script ran");
    // The plain frame on the same page is what works then.
    let frame = outside.run("return document.getElementById('own')").await.unwrap();
    let visitor = Visitor::in_element(&browser.client, &frame).await.unwrap();
    assert_eq!(visitor.see().await.unwrap().questions, ["age"]);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn taken_out_and_put_back_it_starts_anew_and_moved_it_goes_on() {
    let browser = Browser::start().await.unwrap();
    let server = Server::serving(dist(), vec![host("", &format!("<div id=other></div>{ELEMENT}{SCRIPT}"))]).unwrap();
    assert_starts(&browser, &server, "the element").await;
    // Moved with its document alive, where the browser can do that.
    run(&browser, "document.getElementById('other').moveBefore(document.getElementById('check'), null)").await;
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    assert_eq!(visitor.see().await.unwrap().questions, ["rf_now"], "moved, it is where it was");
    browser.leave_frames().await.unwrap();
    for _ in 0..3 {
        run(&browser, "const check = document.getElementById('check'); check.remove(); document.body.append(check)")
            .await;
    }
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    assert_eq!(visitor.see().await.unwrap().questions, ["age"], "no answer outlives its document");
    assert_eq!(visitor.run("return document.querySelectorAll('input:checked').length").await.unwrap(), 0);
    browser.leave_frames().await.unwrap();
    assert_eq!(run(&browser, BOXES).await.as_array().unwrap().len(), 1);
    assert_eq!(run(&browser, "return errors").await, json!([]));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_page_that_changes_what_browsers_give_breaks_nothing_but_the_element_at_most() {
    let browser = Browser::start().await.unwrap();
    let harmless = [
        "Object.prototype['pars-check'] = 'started'; Object.prototype.contact = 'https://evil.example/'; Object.prototype.mode = 'closed'; Object.prototype.bubbles = true",
        "Array.prototype.extra = () => {}",
        "window.postMessage = () => { throw new Error('refused') }",
        "window.CSSStyleSheet = undefined",
        "window.CustomEvent = class extends Event { constructor(type) { super(type, { bubbles: true }) } }",
        "Element.prototype.attachShadow = ((real) => function (init) { return real.call(this, init) })(Element.prototype.attachShadow)",
    ];
    for spoiled in harmless {
        let page = host(&format!("<script>{spoiled}</script>"), &format!("{ELEMENT}{SCRIPT}"));
        let server = Server::serving(dist(), vec![page]).unwrap();
        assert_starts(&browser, &server, spoiled).await;
        assert_eq!(run(&browser, "return errors").await, json!([]), "{spoiled}");
    }
    // Without shadow roots there is no frame; the page goes on and its links are what is left.
    let refused = "<script>Element.prototype.attachShadow = () => { throw new Error('refused') }</script>";
    let server = Server::serving(dist(), vec![host(refused, &format!("{ELEMENT}{SCRIPT}"))]).unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    let outside = Visitor::outside(&browser.client);
    outside.until("the page", "return document.readyState === 'complete'").await.unwrap();
    let left = "return [document.querySelector('#fallback a').getClientRects().length > 0, document.querySelectorAll('iframe').length]";
    assert_eq!(outside.run(left).await.unwrap(), json!([true, 0]));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn words_that_others_post_are_no_words_of_the_frame() {
    let browser = Browser::start().await.unwrap();
    let forge = "<script>window.heard = []; addEventListener('DOMContentLoaded', () => { \
        for (const word of ['ready', 'started', 'outcome']) document.getElementById('check').addEventListener(word, () => heard.push(word)) })</script>";
    let forger = "<iframe srcdoc=\"<script>for (const word of ['ready', 'started', 'outcome']) parent.postMessage({'pars-check': word}, '*')</script>\" sandbox=allow-scripts></iframe>";
    let server = Server::serving(dist(), vec![host(forge, &format!("{ELEMENT}{SCRIPT}{forger}"))]).unwrap();
    Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    browser.leave_frames().await.unwrap();
    let outside = Visitor::outside(&browser.client);
    run(&browser, "for (const word of ['ready', 'started', 'outcome']) postMessage({'pars-check': word}, '*')").await;
    outside.until("ready", "return heard.includes('ready')").await.unwrap();
    // Messages come in order: when this one is there, those before it were heard or left.
    outside.until("all before", "return new Promise((go) => { addEventListener('message', ({ data }) => data === 'last' && go(true)); postMessage('last', '*') })").await.unwrap();
    assert_eq!(outside.run("return heard").await.unwrap(), json!(["ready"]));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_frame_has_the_same_height_on_every_screen() {
    let browser = Browser::start().await.unwrap();
    for body in [format!("{ELEMENT}{SCRIPT}"), plain("check")] {
        let server = Server::serving(dist(), vec![host("<style>body { height: 3000px }</style>", &body)]).unwrap();
        let mut boxes = Vec::new();
        for id in ["V01", "V47", "V63"] {
            let answers = case(id).unwrap();
            let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
            browser.leave_frames().await.unwrap();
            let watch = "const frame = (document.querySelector('pars-check')?.shadowRoot ?? document).querySelector('iframe'); \
                window.boxes = new Set(); new ResizeObserver(() => boxes.add(`${frame.offsetWidth} ${frame.offsetHeight}`)).observe(frame)";
            run(&browser, watch).await;
            Visitor::in_frame(&browser.client).await.unwrap();
            visitor.take(&answers).await.unwrap();
            // The document itself has grown and shrunk beneath: it is longer here than its frame.
            let is_longer = "return document.documentElement.scrollHeight > innerHeight";
            assert_eq!(visitor.run(is_longer).await.unwrap(), true, "{id}");
            browser.leave_frames().await.unwrap();
            boxes.push(run(&browser, "return [...boxes]").await);
        }
        assert!(boxes.iter().all(|each| each.as_array().unwrap().len() == 1 && *each == boxes[0]), "{body}: {boxes:?}");
    }
    browser.close().await.unwrap();
}

/// The sum of what moved on the page, as the browser counts it.
const SHIFTS: &str = "<script>window.shift = 0; new PerformanceObserver((list) => { \
    for (const { value } of list.getEntries()) shift += value }).observe({ type: 'layout-shift', buffered: true })</script>";

/// Has the loader come when the page has been drawn without it.
const LATE_SCRIPT: &str = "<script>requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => { \
    const script = document.createElement('script'); script.type = 'module'; script.src = 'pars-check.js'; \
    document.head.append(script) })))</script>";

#[tokio::test]
async fn with_the_style_of_the_guide_nothing_moves_when_the_loader_comes() {
    let browser = Browser::start().await.unwrap();
    browser.look(Look::DESKTOP).await.unwrap();
    let guide = std::fs::read_to_string(repository("embed/README.md")).unwrap();
    let style = guide.split_once("```css\n").unwrap().1.split_once("```").unwrap().0;
    let body = format!("<main>{ELEMENT}<p>What comes below</p></main>{LATE_SCRIPT}");
    for (style, is_still) in [(style, true), ("", false)] {
        let server = Server::serving(dist(), vec![host(&format!("{SHIFTS}<style>{style}</style>"), &body)]).unwrap();
        assert_starts(&browser, &server, "the element").await;
        Visitor::outside(&browser.client).until("the page is drawn", TWO_FRAMES).await.unwrap();
        let shift = run(&browser, "return shift").await.as_f64().unwrap();
        assert_eq!(shift <= 0.0, is_still, "{shift}: {style}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn far_below_the_window_the_page_asks_for_the_loader_and_nothing_else() {
    let browser = Browser::start().await.unwrap();
    let body = format!("<div style='height: 20000px'></div>{ELEMENT}{SCRIPT}");
    let server = Server::serving(dist(), vec![host("", &body)]).unwrap();
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    let outside = Visitor::outside(&browser.client);
    outside.until("the frame", &format!("return (() => {{ {BOXES} }})().length === 1")).await.unwrap();
    outside.until("the page is drawn", TWO_FRAMES).await.unwrap();
    assert_eq!(server.requests(), ["/host.html", "/pars-check.js"]);
    // Near it, the check comes.
    assert_eq!(Visitor::in_frame(&browser.client).await.unwrap().see().await.unwrap().questions, ["age"]);
    assert_eq!(server.requests(), ["/host.html", "/pars-check.js", "/pars-check.en.html"]);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_contact_link_sends_no_referrer() {
    let browser = Browser::start().await.unwrap();
    let embedded = format!(
        "<iframe src='pars-check.en.html#contact=/contact.html' sandbox='{SANDBOX}' width=500 height=700></iframe><a id=own href='/contact.html?own' referrerpolicy=unsafe-url>own</a>"
    );
    let server = Server::serving(dist(), vec![host("", &embedded)]).unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    visitor.take(&case("V63").unwrap()).await.unwrap();
    visitor.click("contact").await.unwrap();
    browser.leave_frames().await.unwrap();
    browser.client.wait().for_url(&server.address("/contact.html").parse().unwrap()).await.unwrap();
    assert_eq!(run(&browser, "return document.referrer").await, "");
    // The page's own link does send one, so the log would show it.
    browser.client.goto(&server.address("/host.html")).await.unwrap();
    run(&browser, "document.getElementById('own').click()").await;
    browser.client.wait().for_url(&server.address("/contact.html?own").parse().unwrap()).await.unwrap();
    let referrer = |path: &str| {
        let received = server.received();
        let found = received.iter().find(|request| request.path == path).unwrap();
        found.header("Referer").map(str::to_owned)
    };
    assert_eq!(referrer("/contact.html"), None);
    assert_eq!(referrer("/contact.html?own"), Some(server.address("/host.html")));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn opened_by_itself_a_page_of_its_origin_can_read_it_unless_it_is_served_with_a_sandbox() {
    let browser = Browser::start().await.unwrap();
    let read = "try { return w.document.querySelector('fieldset[data-question]')?.dataset.question } catch (error) { return error.name }";
    let alone = || Page::new("/alone.html", e2e::document().unwrap());
    let sandboxed = alone().with_header("Content-Security-Policy", &format!("sandbox {SANDBOX}")).unwrap();
    for (alone, seen) in [(alone(), "age"), (sandboxed, "SecurityError")] {
        let server = Server::serving(dist(), vec![host("", ""), alone]).unwrap();
        browser.client.goto(&server.address("/host.html")).await.unwrap();
        run(&browser, "window.w = open('/alone.html'); w.opener = null").await;
        let is_seen = format!("return (() => {{ {read} }})() === '{seen}'");
        Visitor::outside(&browser.client).until(seen, &is_seen).await.unwrap();
        run(&browser, "w.close()").await;
        let visitor = Visitor::alone(&browser.client, &server.address("/alone.html")).await.unwrap();
        assert_eq!(visitor.take(&case("V63").unwrap()).await.unwrap().0.outcome.as_deref(), Some("prevention"));
    }
    browser.close().await.unwrap();
}
