//! What erasing does: the old engine's memory is overwritten, and a fresh one knows nothing of it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::{Browser, EngineSeen, Server, Visitor, WATCH_ENGINES, WATCH_RETURNS, case, serve_probed, until_kept};
use serde_json::json;

const IS_LIVE: &str = "document.documentElement.className === 'quiz live'";

/// Writes down the timers that run, what the page says to its own listeners, and how a page is shown again.
const WATCH_TIMERS: &str = r"
window.timers = new Set();
for (const kind of ['Timeout', 'Interval']) {
  const [start, stop] = [window[`set${kind}`], window[`clear${kind}`]];
  window[`set${kind}`] = (run, after) => {
    const timer = start(() => (kind === 'Timeout' && window.timers.delete(timer), run()), after);
    window.timers.add(timer);
    return timer;
  };
  window[`clear${kind}`] = (timer) => (window.timers.delete(timer), stop(timer));
}
window.errors = [];
addEventListener('error', (event) => window.errors.push(event.error?.stack ?? event.message));
addEventListener('unhandledrejection', (event) => window.errors.push(String(event.reason)));
";

fn served() -> Server {
    serve_probed(&format!("{WATCH_ENGINES}{WATCH_RETURNS}{WATCH_TIMERS}")).unwrap()
}

/// How answers come to be erased.
#[derive(Clone, Copy, Debug)]
enum Way {
    Button,
    Warning,
    Idle,
    Leaving,
}

/// Gives whether the document is still there.
async fn erase(way: Way, browser: &Browser, visitor: &Visitor<'_>, server: &Server) -> bool {
    let warn = async || {
        visitor.run("window.ahead += 14.1 * 60000").await.unwrap();
        visitor.until("the warning", "return document.querySelector('dialog').open").await.unwrap();
    };
    match way {
        Way::Button => visitor.click("restart").await.unwrap(),
        Way::Warning => {
            warn().await;
            visitor.click("erase").await.unwrap();
        }
        Way::Idle => {
            warn().await;
            visitor.run("window.ahead += 60000").await.unwrap();
        }
        Way::Leaving => {
            return browser.go_and_come_back(&server.address("/contact.html")).await.unwrap();
        }
    }
    true
}

/// Waits until this many engines were started and the last is live, with nothing left to do: tasks of a page run in
/// turn, and what an engine does as it starts are microtasks.
async fn settled(visitor: &Visitor<'_>, engines: usize) -> Vec<EngineSeen> {
    let script = format!("return window.engines.length === {engines} && {IS_LIVE} && history.state === null");
    visitor.until("the fresh engine", &script).await.unwrap();
    visitor.until("what it does at first", "return new Promise((go) => setTimeout(() => go(true)))").await.unwrap();
    visitor.engines().await.unwrap()
}

#[tokio::test]
async fn erasing_overwrites_the_memory_and_the_next_is_the_same_whatever_was_answered() {
    let server = served();
    let browser = Browser::start().await.unwrap();
    for way in [Way::Button, Way::Warning, Way::Idle, Way::Leaving] {
        let (mut used, mut fresh) = (Vec::new(), Vec::new());
        for id in ["V77", "V47"] {
            let visit = async || {
                let visitor = Visitor::alone(&browser.client, &server.address("/changed.html")).await.unwrap();
                visitor.take(&case(id).unwrap()).await.unwrap();
                let before = visitor.engines().await.unwrap();
                assert!(before.len() == 1 && before[0].filled > 50_000, "{before:?}");
                let is_there = erase(way, &browser, &visitor, &server).await;
                if is_there { Some((before, settled(&visitor, 2).await)) } else { None }
            };
            let (before, after) = until_kept(visit).await.unwrap();
            assert_eq!(after[0].filled, 0, "{way:?}, {id}: zeros, to the end");
            // The warning may have made it grow; none shrinks.
            assert!(after[0].length >= before[0].length, "{way:?}, {id}: of the whole memory");
            used.push(before[0].digest.clone());
            fresh.push((after[1].length, after[1].filled, after[1].digest.clone()));
        }
        assert_ne!(used[0], used[1], "two quizzes leave two memories");
        assert_eq!(fresh[0], fresh[1], "{way:?}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn an_early_answer_is_erased_like_any_other() {
    let server = serve_probed(&format!("{WATCH_ENGINES}{WATCH_TIMERS} window.isHeld = true;")).unwrap();
    let browser = Browser::start().await.unwrap();
    let (mut used, mut fresh) = (Vec::new(), Vec::new());
    for option in ["10_17", "65plus"] {
        let visitor = Visitor::outside(&browser.client);
        browser.client.goto(&server.address("/changed.html")).await.unwrap();
        visitor.until("the engine to be held", "return window.held.length === 1").await.unwrap();
        visitor.tick("age", option).await.unwrap();
        visitor.run("window.isHeld = false; window.held[0]()").await.unwrap();
        visitor.until("the engine", &format!("return {IS_LIVE}")).await.unwrap();
        for seen in ["document.querySelector('input:checked')", "document.activeElement"] {
            assert_eq!(visitor.run(&format!("return {seen}.value")).await.unwrap(), option, "{seen}");
        }
        used.push(visitor.engines().await.unwrap().remove(0));
        visitor.click("restart").await.unwrap();
        let mut after = settled(&visitor, 2).await;
        assert_eq!(after[0].filled, 0);
        assert_eq!(visitor.run("return document.querySelectorAll('input:checked').length").await.unwrap(), 0);
        fresh.push(after.remove(1));
    }
    assert_ne!(used[0].digest, used[1].digest);
    assert_eq!((&fresh[0].digest, fresh[0].length), (&fresh[1].digest, fresh[1].length));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn who_answers_before_the_fresh_engine_is_there_stays_on_the_answer() {
    let server = serve_probed(&format!("{WATCH_ENGINES}{WATCH_TIMERS}")).unwrap();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::outside(&browser.client);
    browser.client.goto(&server.address("/changed.html")).await.unwrap();
    visitor.until("the engine", &format!("return {IS_LIVE}")).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    visitor.run("window.isHeld = true").await.unwrap();
    visitor.click("restart").await.unwrap();
    visitor.until("the fresh engine to be held", "return window.held.length === 1").await.unwrap();
    visitor.tick("age", "50_64").await.unwrap();
    visitor.run("window.held[0]()").await.unwrap();
    visitor.until("the fresh engine", &format!("return {IS_LIVE}")).await.unwrap();
    let seen = "return [document.querySelector('input:checked').value, document.activeElement.value]";
    assert_eq!(visitor.run(seen).await.unwrap(), json!(["50_64", "50_64"]));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn leaving_while_an_engine_comes_up_erases_what_was_answered_early() {
    for first in [true, false] {
        let hold = if first { "window.isHeld = true;" } else { "" };
        let server = serve_probed(&format!("{WATCH_ENGINES}{WATCH_RETURNS}{WATCH_TIMERS}{hold}")).unwrap();
        let browser = Browser::start().await.unwrap();
        let visitor = Visitor::outside(&browser.client);
        let visit = async || {
            browser.client.goto(&server.address("/changed.html")).await.unwrap();
            if !first {
                visitor.until("the engine", &format!("return {IS_LIVE}")).await.unwrap();
                visitor.take(&case("V63").unwrap()).await.unwrap();
                visitor.run("window.isHeld = true").await.unwrap();
                visitor.click("restart").await.unwrap();
            }
            visitor.until("the engine to be held", "return window.held.length === 1").await.unwrap();
            visitor.tick("age", "50_64").await.unwrap();
            visitor.click("continue").await.unwrap();
            erase(Way::Leaving, &browser, &visitor, &server).await.then_some(())
        };
        until_kept(visit).await.unwrap();
        visitor.until("the next to be held", "return window.held.length === 2").await.unwrap();
        assert_eq!(visitor.run("return document.querySelectorAll('input:checked').length").await.unwrap(), 0);
        visitor.run("window.isHeld = false; window.held.forEach((go) => go())").await.unwrap();
        let after = settled(&visitor, if first { 2 } else { 3 }).await;
        assert_eq!(
            after.iter().map(|engine| engine.calls > 0).collect::<Vec<_>>(),
            if first { vec![false, true] } else { vec![true, false, true] },
            "the one that was left never ran"
        );
        let seen = visitor.see().await.unwrap();
        assert!(seen.questions == ["age"] && !seen.actions.contains(&"restart".to_owned()), "{seen:?}");
        assert_eq!(visitor.run("return document.querySelectorAll('input:checked').length").await.unwrap(), 0);
        browser.close().await.unwrap();
    }
}

/// Presses, types and closes on everything that the old quiz had, and gives the page's mistakes.
const HAUNT: &str = r"
for (const element of [window.old, ...window.oldElements]) {
  for (const kind of ['click', 'input', 'change', 'keydown', 'pointerdown', 'close', 'focusin', 'toggle']) {
    element.dispatchEvent(new KeyboardEvent(kind, { key: 'Enter', bubbles: true }));
  }
}
dispatchEvent(new PopStateEvent('popstate', { state: null }));
return new Promise((go) => setTimeout(() => go(window.errors)));
";

#[tokio::test]
async fn nothing_of_the_old_quiz_reaches_the_old_engine_any_more() {
    let server = served();
    let browser = Browser::start().await.unwrap();
    for is_warned in [false, true] {
        let visitor = Visitor::alone(&browser.client, &server.address("/changed.html")).await.unwrap();
        visitor.take(&case("V63").unwrap()).await.unwrap();
        assert_eq!(visitor.run("return window.timers.size").await.unwrap(), 1, "the idle clock");
        let keep =
            "window.old = document.getElementById('app'); window.oldElements = [...window.old.querySelectorAll('*')]";
        visitor.run(keep).await.unwrap();
        let running = visitor.engines().await.unwrap();
        erase(if is_warned { Way::Idle } else { Way::Button }, &browser, &visitor, &server).await;
        let fresh = settled(&visitor, 2).await;
        assert!(running[0].calls > 0 && fresh[0].calls > running[0].calls, "calls are counted");
        assert_eq!(visitor.run("return window.timers.size").await.unwrap(), 0, "no clock runs on");
        assert_eq!(visitor.run(HAUNT).await.unwrap(), json!([]), "nothing goes wrong either");
        let after = visitor.engines().await.unwrap();
        assert_eq!((after[0].calls, after[0].filled), (fresh[0].calls, 0));
        assert_eq!(after.len(), 2);
        let is_new = "return document.getElementById('app') !== window.old && !window.old.isConnected";
        assert_eq!(visitor.run(is_new).await.unwrap(), true);
        assert_eq!(visitor.see().await.unwrap().questions, ["age"]);
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn the_first_question_is_there_at_once_and_a_second_quiz_goes_as_the_first() {
    let server = served();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    visitor.take(&case("V77").unwrap()).await.unwrap();
    visitor.run("window.isHeld = true").await.unwrap();
    visitor.click("restart").await.unwrap();
    visitor.until("the engine to be held", "return window.held.length === 1").await.unwrap();
    let shown = "return [document.documentElement.className, !!document.querySelector('[data-outcome]'),
        document.querySelectorAll('input:checked').length, document.querySelector('fieldset')?.dataset.question,
        document.querySelector('fieldset').getClientRects().length]";
    assert_eq!(visitor.run(shown).await.unwrap(), json!(["quiz", false, 0, "age", 1]), "no engine is needed for it");
    visitor.run("window.isHeld = false; window.held[0]()").await.unwrap();
    settled(&visitor, 2).await;
    assert!(visitor.text(".erased").await.unwrap().contains("erased"));
    assert_eq!(visitor.focus().await.unwrap(), "erased");
    let place = "return document.querySelector('#app label').getBoundingClientRect().top + scrollY";
    let before = visitor.run(place).await.unwrap();
    visitor.tick("age", "35_49").await.unwrap();
    assert_eq!(visitor.run(place).await.unwrap(), before, "nothing moves under a finger that answers");
    let (seen, _) = visitor.take(&case("V47").unwrap()).await.unwrap();
    assert_eq!((seen.outcome.as_deref(), seen.rule.as_deref()), (Some("surgical_discussion"), Some("S1")));
    browser.leave_frames().await.unwrap();
    let heard = Visitor::outside(&browser.client).run("return window.heard").await.unwrap();
    assert_eq!(heard, json!(["ready", "started"]), "each once");
    browser.close().await.unwrap();
}

#[tokio::test]
async fn erasing_again_and_again_and_pressing_twice_does_no_harm() {
    let server = served();
    let browser = Browser::start().await.unwrap();
    let visitor = Visitor::alone(&browser.client, &server.address("/changed.html")).await.unwrap();
    let length = visitor.run("return history.length").await.unwrap().as_u64().unwrap();
    for round in 1..=10 {
        visitor.tick("age", "35_49").await.unwrap();
        visitor.press("continue").await.unwrap();
        // Twice in one task, as no finger is; then the second click of a double click, on what came instead.
        let twice = "const restart = document.querySelector('[data-action=restart]'); restart.click(); restart.click();
            return new Promise((go) => setTimeout(() => {
                const second = new MouseEvent('click', { detail: 2, bubbles: true, cancelable: true });
                document.querySelector('#app label').dispatchEvent(second);
                go(document.querySelectorAll('input:checked').length);
            }))";
        assert_eq!(visitor.run(twice).await.unwrap(), 0, "a second click answers nothing");
        let engines = settled(&visitor, round + 1).await;
        assert!(engines[..round].iter().all(|engine| engine.filled == 0), "{engines:?}");
        assert!(visitor.text(".erased").await.unwrap().contains("erased"), "round {round}");
        assert!(visitor.run("return history.length").await.unwrap().as_u64().unwrap() <= length + 1);
    }
    assert_eq!(visitor.run("return [window.timers.size, window.errors]").await.unwrap(), json!([0, []]));
    let (seen, _) = visitor.take(&case("V41").unwrap()).await.unwrap();
    assert_eq!(seen.rule.as_deref(), Some("C5"));
    browser.close().await.unwrap();
}
