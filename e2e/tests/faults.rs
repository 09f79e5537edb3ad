//! Whatever breaks, the visitor sees the leaflet or their place; nothing is half-shown, nothing blank.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use anyhow::Context;
use e2e::{
    Browser, CLOSINGS, Look, Server, Visitor, WATCH_ENGINES, WATCH_RETURNS, case, document, engine, serve_changed,
    serve_probed, until_kept, with_engine, with_most_memory, with_probe,
};
use serde_json::json;

const FAILED: &str = "return document.documentElement.className === 'failed'";
const LIVE: &str = "return document.documentElement.className === 'quiz live'";
const NO_REQUEST: &str = "The questions can't run here just now.";

/// By itself, and in a sandboxed frame.
const PAGES: [&str; 2] = ["/changed.html", "/host.html"];

/// Opens a page, and goes into its frame if it has one.
async fn open<'a>(browser: &'a Browser, server: &Server, page: &str) -> Visitor<'a> {
    browser.leave_frames().await.unwrap();
    browser.client.goto(&server.address(page)).await.unwrap();
    if page == "/host.html" {
        browser.client.enter_frame(0).await.unwrap();
    }
    let visitor = Visitor::outside(&browser.client);
    // A frame begins as an empty document.
    visitor
        .until(
            "the document",
            "return !!document.querySelector('.emergency-line') && document.readyState === 'complete'",
        )
        .await
        .unwrap();
    visitor
}

/// Asserts that the leaflet has taken the place of the quiz, with its calm line, and that nothing else is left.
async fn assert_failed(visitor: &Visitor<'_>, what: &str) {
    visitor.until(what, FAILED).await.unwrap();
    let text = visitor.read_leaflet().await.with_context(|| what.to_owned()).unwrap();
    assert!(text.contains(NO_REQUEST), "{what}: {text}");
    let left = "const app = document.getElementById('app');
        return [app?.childNodes.length ?? 0, document.querySelectorAll('input, dialog').length, scrollY]";
    assert_eq!(visitor.run(left).await.unwrap(), json!([0, 0, 0]), "{what}");
}

/// Asserts that the visitor is where they were, and can see it and the emergency line.
async fn assert_in_place(visitor: &Visitor<'_>, question: &str, option: &str, what: &str) {
    let place = format!(
        "const question = document.querySelector('fieldset[data-question={question}]');
         const shown = (element) => !!element && element.getClientRects().length > 0;
         return [shown(question), question?.querySelector('input:checked')?.value ?? null,
             shown(document.querySelector('.emergency-line')), shown(document.getElementById('leaflet'))]"
    );
    assert_eq!(visitor.run(&place).await.unwrap(), json!([true, option, true, false]), "{what}");
}

/// Goes on to the second question and answers it.
async fn begin(visitor: &Visitor<'_>) {
    visitor.until("the engine", LIVE).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    visitor.tick("rf_now", "none").await.unwrap();
}

#[tokio::test]
async fn where_the_engine_is_blocked_the_leaflet_is_there() {
    let (whole, own) = (document().unwrap(), engine().unwrap());
    let probed = |script: &str| with_probe(&whole, script).unwrap();
    let unexpected = "WebAssembly.instantiate = () => ";
    let damaged = |text: &str| {
        // Behind the order of instructions and the instructions: the variables that are written.
        let (before, engine) = whole.split_once("id=\"engine\">").unwrap();
        let lines: Vec<&str> = engine.splitn(3, '\n').collect();
        format!("{before}id=\"engine\">{}\n{}\n{text}{}", lines[0], lines[1], lines[2])
    };
    let blocked = [
        ("a policy without 'wasm-unsafe-eval'", whole.replacen(" 'wasm-unsafe-eval'", "", 1)),
        ("instantiating is refused", probed(&format!("{unexpected}Promise.reject(new Error('refused'))"))),
        ("instantiating throws", probed(&format!("{unexpected}{{ throw new Error('thrown') }}"))),
        ("instantiating gives nothing", probed(&format!("{unexpected}Promise.resolve(undefined)"))),
        ("a module that does not compile", with_engine(&whole, &[&own[..8], &[255; 40]].concat()).unwrap()),
        ("a module without its exports", with_engine(&whole, &own[..8]).unwrap()),
        ("no WebAssembly", probed("delete window.WebAssembly")),
        ("compiling is refused", probed("WebAssembly.compile = () => Promise.reject(new Error('refused'))")),
        ("a fault before an engine is asked for", probed("window.WeakSet = function () { throw new Error('no') }")),
        // U+E000 begins a large number; a number without end would be written without end.
        ("an engine's text with marks of large numbers in a row", damaged(&"\u{e000}".repeat(50))),
        ("an engine's text that begins a large number and no more", damaged("\u{e000}\n")),
    ];
    let browser = Browser::start().await.unwrap();
    for (what, page) in blocked {
        assert_ne!(page, whole, "{what}");
        let server = serve_changed(page).unwrap();
        for page in PAGES {
            let visitor = open(&browser, &server, page).await;
            assert_failed(&visitor, what).await;
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_download_cut_off_anywhere_asks_no_question() {
    let whole = document().unwrap();
    let at = |mark: &str, more: usize| {
        whole[whole.find(mark).unwrap()..].char_indices().nth(more).unwrap().0 + whole.find(mark).unwrap()
    };
    let (in_pack, _) = whole.rsplit_once("</script>").unwrap();
    let (last_of_pack, _) = in_pack.char_indices().next_back().unwrap();
    let cuts = [
        ("in the first screen", at("<template", 900), false),
        ("before the first script", at("</template>", 11), false),
        ("in the settings", at("id=\"settings\"", 14), false),
        ("in the first script", at("</template>", 500), false),
        ("in the leaflet", at("id=\"leaflet\"", 2000), false),
        ("in the second script", whole.rfind("<script>").unwrap() + 2000, true),
        ("before the engine", at("id=\"engine\"", 0), true),
        ("in the engine", at("id=\"engine\"", 100_000), true),
        ("behind the engine", at("<template data-figure", 0), true),
        ("in the figures", at("<template data-figure", 2000), true),
        ("before the pack", at("id=\"pack\"", 0), true),
        ("where the pack begins", at("id=\"pack\">", 11), true),
        ("in the pack", at("id=\"pack\"", 5000), true),
        ("at the end of the pack", last_of_pack, true),
    ];
    let browser = Browser::start().await.unwrap();
    for (what, cut, has_leaflet) in cuts {
        let server = serve_changed(whole[..cut].to_owned()).unwrap();
        for page in PAGES {
            let visitor = open(&browser, &server, page).await;
            if has_leaflet {
                assert_failed(&visitor, what).await;
                continue;
            }
            // What came can be read, and nothing else is there.
            let seen = visitor.see().await.unwrap();
            assert!(seen.questions.is_empty() && seen.actions.is_empty(), "{what}, {page}: {seen:?}");
            let line = "const shown = (element) => !!element && element.getClientRects().length > 0;
                return [shown(document.querySelector('.emergency-line')), shown(document.getElementById('app'))]";
            assert_eq!(visitor.run(line).await.unwrap(), json!([true, false]), "{what}, {page}");
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_pack_of_any_other_version_brings_the_leaflet() {
    let whole = document().unwrap();
    let format = char::from_u32(quiz_engine::FORMAT).unwrap();
    let own = &format!("id=\"pack\">{format}");
    assert!(whole.contains(own), "the format is the first byte");
    let browser = Browser::start().await.unwrap();
    for other in ["\u{100}", "\u{1}", "\u{ff}\u{1}", ""] {
        let server = serve_changed(whole.replacen(own, &format!("id=\"pack\">{other}"), 1)).unwrap();
        for page in PAGES {
            let visitor = open(&browser, &server, page).await;
            assert_failed(&visitor, &format!("{other:?}")).await;
        }
    }
    browser.close().await.unwrap();
}

/// Has the engine fail in the middle of its next rendering: copies are refused, of which it makes its elements and the
/// host its guidance.
const REFUSE: &str = "Node.prototype.cloneNode = () => { throw new Error('refused') }";

/// Has the engine trap when it is called next.
const TRAP: &str = "window.engines.at(-1).isTrapping = true";

/// Where a trap strikes, and what brings it about.
#[derive(Clone, Copy, Debug)]
enum Strike {
    Question,
    Check,
    Outcome,
    Erasing,
    WarningComes,
    WarningStands,
}

async fn strike(visitor: &Visitor<'_>, at: Strike) {
    let warn = "window.ahead += 14.1 * 60000";
    match at {
        Strike::Question => {
            begin(visitor).await;
            visitor.run(REFUSE).await.unwrap();
            visitor.click("continue").await.unwrap();
        }
        Strike::Check => {
            to_the_check(visitor).await;
            visitor.run(REFUSE).await.unwrap();
            visitor.click("continue").await.unwrap();
        }
        Strike::Outcome => {
            visitor.until("the engine", LIVE).await.unwrap();
            visitor.take(&case("V63").unwrap()).await.unwrap();
            visitor.run(REFUSE).await.unwrap();
            visitor.click("back").await.unwrap();
        }
        Strike::Erasing => {
            visitor.until("the engine", LIVE).await.unwrap();
            visitor.take(&case("V63").unwrap()).await.unwrap();
            // In one go, or the tick of the idle clock could call the engine first.
            visitor.run(&format!("{TRAP}; document.querySelector('[data-action=restart]').click()")).await.unwrap();
        }
        Strike::WarningComes => {
            begin(visitor).await;
            visitor.run(&format!("{REFUSE}; {warn}")).await.unwrap();
        }
        Strike::WarningStands => {
            begin(visitor).await;
            visitor.run(warn).await.unwrap();
            visitor.until("the warning", "return document.querySelector('dialog')?.open").await.unwrap();
            visitor.run(TRAP).await.unwrap();
        }
    }
}

async fn to_the_check(visitor: &Visitor<'_>) {
    visitor.until("the engine", LIVE).await.unwrap();
    let answers = case("V63").unwrap();
    let mut seen = visitor.see().await.unwrap();
    while !seen.is_check {
        let is_goal = seen.questions == ["goal"];
        for question in seen.questions.iter().filter(|_| !is_goal) {
            visitor.answer(question, &answers).await.unwrap();
        }
        seen = visitor.press(if is_goal { "skip" } else { "continue" }).await.unwrap();
    }
}

#[tokio::test]
async fn a_trap_anywhere_brings_the_leaflet_and_overwrites_the_memory() {
    let server = serve_probed(WATCH_ENGINES).unwrap();
    let browser = Browser::start().await.unwrap();
    let all = [
        Strike::Question,
        Strike::Check,
        Strike::Outcome,
        Strike::Erasing,
        Strike::WarningComes,
        Strike::WarningStands,
    ];
    for (turn, at) in all.into_iter().enumerate() {
        let page = PAGES[turn % 2];
        let visitor = open(&browser, &server, page).await;
        strike(&visitor, at).await;
        assert_failed(&visitor, &format!("{at:?}, {page}")).await;
        let engines = visitor.engines().await.unwrap();
        assert!(engines.len() == 1 && engines[0].filled == 0, "{at:?}: {engines:?}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn nothing_revives_a_quiz_that_failed() {
    let server = serve_probed(&format!("{WATCH_ENGINES}{WATCH_RETURNS}")).unwrap();
    let browser = Browser::start().await.unwrap();
    until_kept(async || haunted(&browser, &server).await.then_some(())).await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    assert_failed(&visitor, "left and back").await;
    let engines = visitor.engines().await.unwrap();
    assert!(engines.len() == 1 && engines[0].filled == 0, "{engines:?}");
    browser.client.refresh().await.unwrap();
    visitor.until("a fresh quiz after a reload", LIVE).await.unwrap();
    browser.close().await.unwrap();
}

/// Has a quiz fail, tries what might revive it, and goes away and comes back. Gives whether the page was kept for that.
async fn haunted(browser: &Browser, server: &Server) -> bool {
    let visitor = open(browser, server, "/changed.html").await;
    begin(&visitor).await;
    let keep = "window.old = [...document.querySelectorAll('#app *')]";
    visitor.run(&format!("{keep}; {REFUSE}")).await.unwrap();
    visitor.click("continue").await.unwrap();
    assert_failed(&visitor, "a trap").await;
    let haunt = "for (const each of window.old) each.click?.();
        for (const kind of ['keydown', 'pointerdown', 'popstate', 'focus']) dispatchEvent(new Event(kind));
        window.ahead += 16 * 60000;";
    visitor.run(haunt).await.unwrap();
    assert_failed(&visitor, "old buttons pressed").await;
    browser.go_and_come_back(&server.address("/contact.html")).await.unwrap()
}

#[tokio::test]
async fn memory_that_is_refused_brings_the_leaflet_at_the_start_and_in_the_middle() {
    let browser = Browser::start().await.unwrap();
    let limited =
        |more| with_engine(&document().unwrap(), &with_most_memory(&engine().unwrap(), more).unwrap()).unwrap();
    let at_the_start = serve_changed(limited(0)).unwrap();
    for page in PAGES {
        let visitor = open(&browser, &at_the_start, page).await;
        assert_failed(&visitor, "no memory at the start").await;
    }
    let server = serve_changed(with_probe(&limited(40), WATCH_ENGINES).unwrap()).unwrap();
    for page in PAGES {
        let visitor = open(&browser, &server, page).await;
        begin(&visitor).await;
        // A quiz hardly grows. So the engine is made to take all there is, until it is refused the smallest piece.
        let fill = "const { exports } = window.engines[0];
            const take = exports.__wbindgen_malloc ?? Object.entries(exports).find(([name]) => /malloc/.test(name))[1];
            let taken = 0;
            for (let size = 65536; size >= 16; size /= 2) {
                try { for (;;) { take(size, 1); taken += size; } } catch { /* refused */ }
            }
            return taken;";
        let taken = visitor.run(fill).await.unwrap().as_u64().unwrap();
        assert!(taken > 10 * 65536, "{taken} bytes taken");
        assert_in_place(&visitor, "rf_now", "none", "before it is noticed").await;
        // Pressed by a script: the engine may be gone between the two halves of a true press.
        visitor.run("document.querySelector('[data-action=continue]').click()").await.unwrap();
        assert_failed(&visitor, "no memory in the middle").await;
        assert_eq!(visitor.engines().await.unwrap()[0].filled, 0);
    }
    browser.close().await.unwrap();
}

/// Waits until the engine has looked at the clock and done what follows from it.
async fn clock_is_looked_at(visitor: &Visitor<'_>) {
    visitor.run("window.looksBefore = window.looks").await.unwrap();
    visitor.until("a look at the clock", "return window.looks > window.looksBefore").await.unwrap();
    visitor.until("what follows", "return new Promise((go) => setTimeout(() => go(true)))").await.unwrap();
}

#[tokio::test]
async fn a_clock_that_jumps_neither_loses_the_place_nor_cuts_the_warning_short() {
    let server = serve_probed(&format!("{WATCH_ENGINES}{CLOSINGS}")).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = open(&browser, &server, "/changed.html").await;
    begin(&visitor).await;
    let is_open = "return document.querySelector('dialog').open";
    let says = |seconds: u32| format!("return document.querySelector('dialog p')?.textContent.includes(' {seconds} ')");
    // Backward by a day, and to what is no time at all: nothing happens.
    for to in ["-86400000", "NaN", "-Infinity", "0"] {
        visitor.run(&format!("window.ahead = {to}")).await.unwrap();
        clock_is_looked_at(&visitor).await;
        assert_in_place(&visitor, "rf_now", "none", to).await;
        assert_eq!(visitor.run(is_open).await.unwrap(), to == "0", "{to}");
    }
    visitor.click("stay").await.unwrap();
    visitor.until("the warning to go", "return window.closings === 1").await.unwrap();
    // Forward by hours: the warning first, its whole minute, and again after another jump under it.
    visitor.run("window.ahead = 5 * 3600000").await.unwrap();
    visitor.until("the warning", is_open).await.unwrap();
    visitor.until("its whole minute", &says(60)).await.unwrap();
    visitor.run("window.ahead += 30000").await.unwrap();
    visitor.until("half of it", &says(30)).await.unwrap();
    visitor.run("window.ahead += 5 * 3600000").await.unwrap();
    visitor.until("its whole minute again", &says(60)).await.unwrap();
    assert_in_place(&visitor, "rf_now", "none", "under the warning").await;
    visitor.run("window.ahead += 60000").await.unwrap();
    visitor
        .until("a fresh quiz", "return window.engines.length === 2 && !!document.querySelector('.erased')")
        .await
        .unwrap();
    assert_eq!(visitor.engines().await.unwrap()[0].filled, 0);
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_tab_that_was_frozen_keeps_its_place_and_warns_before_it_erases() {
    let frozen = "window.life = []; for (const kind of ['freeze', 'resume']) document.addEventListener(kind, () => window.life.push(kind));";
    let server = serve_probed(&format!("{WATCH_ENGINES}{frozen}")).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = open(&browser, &server, "/changed.html").await;
    begin(&visitor).await;
    for (slept, warns) in [(5.0, false), (600.0, true)] {
        browser.cdp("Page.setWebLifecycleState", json!({"state": "frozen"})).await.unwrap();
        visitor.run(&format!("window.ahead += {slept} * 60000")).await.unwrap();
        browser.cdp("Page.setWebLifecycleState", json!({"state": "active"})).await.unwrap();
        clock_is_looked_at(&visitor).await;
        assert_in_place(&visitor, "rf_now", "none", "after waking").await;
        assert_eq!(
            visitor.run("return document.querySelector('dialog').open").await.unwrap(),
            warns,
            "after {slept} minutes"
        );
    }
    assert_eq!(visitor.run("return window.life").await.unwrap(), json!(["freeze", "resume", "freeze", "resume"]));
    assert!(visitor.text("dialog p").await.unwrap().contains(" 60 "), "the whole minute");
    visitor.click("stay").await.unwrap();
    let seen = visitor.press("continue").await.unwrap();
    assert_eq!(seen.questions, ["rf_nerve"], "and it goes on");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn what_a_browser_lacks_costs_the_quiz_at_most_and_never_the_page() {
    let lacking = [
        ("requestAnimationFrame", "delete window.requestAnimationFrame", true),
        ("IntersectionObserver", "delete window.IntersectionObserver", true),
        ("MutationObserver", "delete window.MutationObserver", false),
        ("queueMicrotask", "delete window.queueMicrotask", false),
        ("crypto", "delete window.crypto; delete Window.prototype.crypto", false),
        ("getRandomValues", "Crypto.prototype.getRandomValues = () => { throw new Error('none') }", false),
        ("crypto.subtle and randomUUID", "delete Crypto.prototype.subtle; delete Crypto.prototype.randomUUID", true),
        ("showModal", "delete HTMLDialogElement.prototype.showModal", false),
    ];
    let browser = Browser::start().await.unwrap();
    for (what, script, is_quiz) in lacking {
        let server = serve_probed(script).unwrap();
        for page in PAGES {
            let visitor = open(&browser, &server, page).await;
            let is_up = "return ['quiz live', 'failed', ''].includes(document.documentElement.className)";
            visitor.until(what, is_up).await.unwrap();
            assert_eq!(visitor.run(LIVE).await.unwrap(), is_quiz, "{what}, {page}");
            if is_quiz {
                let (seen, _) = visitor.take(&case("V63").unwrap()).await.unwrap();
                assert_eq!(seen.outcome.as_deref(), Some("prevention"), "{what}, {page}");
                visitor.click("restart").await.unwrap();
                let is_erased =
                    "return document.documentElement.className === 'failed' || !!document.querySelector('.erased')";
                visitor.until(what, is_erased).await.unwrap();
            }
            if visitor.run(LIVE).await.unwrap() == false {
                visitor.read_leaflet().await.with_context(|| format!("{what}, {page}")).unwrap();
            }
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_script_that_takes_the_quiz_out_of_the_page_brings_the_leaflet() {
    let browser = Browser::start().await.unwrap();
    let early =
        serve_probed("document.addEventListener('DOMContentLoaded', () => document.getElementById('app').remove())")
            .unwrap();
    let late = serve_probed(WATCH_ENGINES).unwrap();
    for page in PAGES {
        let visitor = open(&browser, &early, page).await;
        assert_failed(&visitor, "before the engine").await;
        for taking in [
            "document.getElementById('app').remove()",
            "document.querySelector('main').replaceWith(document.getElementById('leaflet'))",
            // Moved first, and what it then stands in is taken out.
            "const around = document.createElement('div'); const within = document.createElement('div'); \
             document.body.append(around); around.append(within); within.append(document.getElementById('app')); \
             return new Promise((go) => setTimeout(() => go(within.remove())))",
        ] {
            let visitor = open(&browser, &late, page).await;
            begin(&visitor).await;
            visitor.run(taking).await.unwrap();
            visitor.until(taking, FAILED).await.unwrap();
            assert_eq!(visitor.engines().await.unwrap()[0].filled, 0, "{taking}");
            assert_eq!(visitor.run("return document.querySelectorAll('input').length").await.unwrap(), 0, "{taking}");
            visitor.read_leaflet().await.with_context(|| taking.to_owned()).unwrap();
        }
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn somebody_elses_listeners_may_throw_all_the_time() {
    let throwing = "for (const kind of ['click', 'keydown', 'input', 'pointerdown', 'pageshow', 'popstate']) \
        addEventListener(kind, () => { window.thrown = (window.thrown ?? 0) + 1; throw new Error('theirs') }, true);";
    let server = serve_probed(throwing).unwrap();
    let browser = Browser::start().await.unwrap();
    for page in PAGES {
        let visitor = open(&browser, &server, page).await;
        visitor.until("the engine", LIVE).await.unwrap();
        let (seen, _) = visitor.take(&case("V41").unwrap()).await.unwrap();
        assert_eq!(seen.rule.as_deref(), Some("C5"), "{page}");
        assert!(visitor.run("return window.thrown").await.unwrap().as_u64().unwrap() > 20);
        assert_eq!(visitor.press("restart").await.unwrap().questions, ["age"]);
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn a_listener_that_throws_while_the_engine_moves_the_focus_leaves_the_place() {
    let throwing = "addEventListener('focusin', () => { window.thrown = true; throw new Error('theirs') }, true)";
    let server = serve_probed(throwing).unwrap();
    let browser = Browser::start().await.unwrap();
    for page in PAGES {
        let visitor = open(&browser, &server, page).await;
        visitor.until("the engine", LIVE).await.unwrap();
        visitor.tick("age", "35_49").await.unwrap();
        visitor.run("window.thrown = false").await.unwrap();
        visitor.press("continue").await.unwrap();
        assert_eq!(visitor.run("return window.thrown").await.unwrap(), true, "{page}");
        visitor.tick("rf_now", "none").await.unwrap();
        assert_in_place(&visitor, "rf_now", "none", page).await;
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn offline_zoomed_and_printed_in_the_middle_the_place_is_kept() {
    let server = serve_probed(WATCH_ENGINES).unwrap();
    let browser = Browser::start().await.unwrap();
    for page in PAGES {
        let visitor = open(&browser, &server, page).await;
        begin(&visitor).await;
        let offline = json!({"offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        browser.cdp("Network.enable", json!({})).await.unwrap();
        browser.cdp("Network.emulateNetworkConditions", offline).await.unwrap();
        assert_in_place(&visitor, "rf_now", "none", "offline").await;
        // 400 per cent of a desktop's 1280 pixels leaves 320.
        browser.look(Look { width: 320, height: 256, ..Look::DESKTOP }).await.unwrap();
        assert_in_place(&visitor, "rf_now", "none", "zoomed").await;
        browser.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await.unwrap();
        // On paper the line on top is left out, as the buttons are (styles/print.css).
        let shown = "return document.querySelector('fieldset[data-question=rf_now]').getClientRects().length > 0";
        assert_eq!(visitor.run(shown).await.unwrap(), true, "printed");
        let paper = browser.cdp("Page.printToPDF", json!({})).await.unwrap();
        assert!(paper["data"].as_str().unwrap().len() > 1000);
        browser.cdp("Emulation.setEmulatedMedia", json!({"media": ""})).await.unwrap();
        assert_in_place(&visitor, "rf_now", "none", "after printing").await;
        if page == "/host.html" {
            // The frame is wider than that window, and the driver presses what is out of sight beside it.
            browser.cdp("Emulation.clearDeviceMetricsOverride", json!({})).await.unwrap();
        }
        let seen = visitor.press("continue").await.unwrap();
        assert_eq!(seen.questions, ["rf_nerve"]);
        assert_eq!(visitor.press("restart").await.unwrap().questions, ["age"], "erasing needs no network");
        let online = json!({"offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        browser.cdp("Network.emulateNetworkConditions", online).await.unwrap();
        browser.cdp("Emulation.clearDeviceMetricsOverride", json!({})).await.unwrap();
    }
    browser.close().await.unwrap();
}
