//! Attempts to carry something out of the document, each with all layers but one switched off, and with all on. What
//! comes of them is the table in docs/privacy.md.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod collector;
mod table;
mod trial;
mod variant;

use e2e::{Browser, Engine, Server, Visitor, dist};
use serde_json::json;

use table::Row;
use trial::{Tried, try_all};
use variant::Layers;

/// Attempts at what the Chromium that is tested does not have: there the engine's way can't be told from none.
const NOT_IN_THIS_BROWSER: [&str; 1] = ["navigator.share"];

async fn tried_in(engine: Engine, layers: Layers) -> Tried {
    let browser = Browser::start_as(engine, None).await.unwrap();
    let tried = try_all(&browser, layers).await;
    browser.end().await.unwrap();
    tried
}

/// Everything else is off, so that only the imports stand in the way.
#[tokio::test]
async fn the_engine_gets_nothing_through_its_imports() {
    let browser = Browser::start().await.unwrap();
    let trial = trial::Trial::new(&browser, Layers::NONE);
    let visitor = trial.open().await;
    let wrapped = visitor.run("return tryAll(true)").await.unwrap();
    assert_eq!(wrapped["through"], json!([]));
    assert_eq!(visitor.run("return constructed()").await.unwrap(), json!(["Error", "Object"]));
    // The same ways do lead out where nobody wraps the imports.
    let bare = trial.open().await.run("return tryAll(false)").await.unwrap();
    assert_eq!(bare["refused"], json!(NOT_IN_THIS_BROWSER));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn each_attempt_meets_the_layers_that_the_table_names() {
    let browser = Browser::start().await.unwrap();
    let mut alone = Vec::new();
    for layers in [Layers::LOCKDOWN, Layers::POLICY, Layers::SANDBOX] {
        alone.push(try_all(&browser, layers).await.through);
    }
    let off = try_all(&browser, Layers::NONE).await;
    let mut all_on = vec![try_all(&browser, Layers::ALL).await.through];
    browser.close().await.unwrap();
    for engine in [Engine::Firefox, Engine::WebKit] {
        all_on.push(tried_in(engine, Layers::ALL).await.through);
    }
    assert!(off.attempts.len() > 40);
    let rows = off.attempts.iter().map(|attempt| Row {
        kind: &attempt.kind,
        name: &attempt.name,
        escapes: off.through.contains(&attempt.name),
        alone: alone.iter().map(|through| through.contains(&attempt.name)).collect(),
        all_on: all_on.iter().map(|through| through.contains(&attempt.name)).collect(),
    });
    table::compare(&rows.collect::<Vec<_>>());
}

/// Of all interfaces of elements and of rules in style sheets, whatever they are called: how many there are, and which
/// properties have the browser's own function still.
const OPEN: &str = "
    const isOwn = (way) => way && /\\[native code\\]/.test(Function.prototype.toString.call(way));
    const comesFrom = (prototype, from) => prototype === from.prototype || prototype instanceof from;
    const found = {elements: 0, rules: 0, open: []};
    for (const name of Object.getOwnPropertyNames(self)) {
        const prototype = Object.getOwnPropertyDescriptor(self, name).value?.prototype;
        if (!prototype) continue;
        const [isElement, isRule] = [comesFrom(prototype, Element), comesFrom(prototype, CSSRule)];
        found.elements += isElement;
        found.rules += isRule;
        for (const member of isElement || isRule ? ['style', 'href', 'src', 'srcset', 'data', 'action', 'cite'] : []) {
            const {get, set} = Object.getOwnPropertyDescriptor(prototype, member) ?? {};
            if ((isElement && isOwn(set)) || (member === 'style' && isOwn(get))) {
                found.open.push(`${name}.${member}`);
            }
        }
    }
    return found;";

/// The lockdown looks for them by their names.
#[tokio::test]
async fn every_interface_of_elements_and_rules_is_guarded_in_each_browser() {
    let server = Server::of(dist()).unwrap();
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        let browser = Browser::start_as(engine, None).await.unwrap();
        let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
        let guarded = visitor.run(OPEN).await.unwrap();
        assert_eq!(guarded["open"], json!([]), "{engine:?}");
        browser.client.goto(&server.address("/contact.html")).await.unwrap();
        let elsewhere = Visitor::outside(&browser.client).run(OPEN).await.unwrap();
        assert!(elsewhere["open"].as_array().unwrap().len() > 20, "{engine:?}: {elsewhere}");
        for kind in ["elements", "rules"] {
            // `Image`, `Audio` and `Option` are other names of three.
            let [here, there] = [&guarded, &elsewhere].map(|found| found[kind].as_u64().unwrap());
            assert!(there > 5 && here + 3 >= there, "{engine:?}, {kind}: {guarded} {elsewhere}");
        }
        browser.end().await.unwrap();
    }
}

/// From everything that can be read in the document, and what a few calls give: the interfaces that the lockdown took
/// from the window, that something still leads back to and that can be made.
const LEADS_BACK: &str = "
    const isGone = (name) => {
        const {value, writable, configurable} = Object.getOwnPropertyDescriptor(self, name) ?? {};
        return value === undefined && writable === false && configurable === false;
    };
    const canMake = (of) => {
        try { return !!new of() } catch (error) { return !/illegal constructor/i.test(error.message) }
    };
    const box = document.querySelector('#app input');
    const begin = [self, document, box, document.getAnimations?.(), box.getAnimations?.(), matchMedia('print'),
        document.createRange(), getSelection(), performance.getEntries(), document.createTreeWalker(document),
        new Event('x'), new Blob(), new URL(location.href), new AbortController(), new MutationObserver(() => {})];
    const waiting = begin.filter(Boolean);
    const seen = new Set(waiting);
    const perKind = new Map();
    const found = new Set();
    let read = 0;
    const look = (value) => {
        if (value === null || !/^(object|function)$/.test(typeof value) || seen.has(value)) return;
        seen.add(value);
        const isInterface = typeof value === 'function' && Object.hasOwn(value, 'prototype');
        if (isInterface && isGone(value.name) && canMake(value)) found.add(value.name);
        const kind = Object.getPrototypeOf(value);
        const count = (perKind.get(kind) ?? 0) + 1;
        perKind.set(kind, count);
        // All interfaces are functions; of elements, rules and lists a few of each kind show what all lead to.
        if (typeof value === 'function' || count < 50) waiting.push(value);
    };
    for (let from; (from = waiting.pop()); ) {
        for (let at = from; at; at = Object.getPrototypeOf(at)) {
            look(at);
            for (const key of Reflect.ownKeys(at)) {
                read += 1;
                try { look(from[key]) } catch {}
            }
        }
    }
    const gone = Object.getOwnPropertyNames(self).filter(isGone).length;
    return {found: [...found].sort(), gone, read, reached: seen.has(document.styleSheets[0])};";

/// The lockdown takes an interface from the window without looking at it, so its prototype still names it.
#[tokio::test]
async fn nothing_in_the_document_leads_back_to_an_interface_that_is_gone_in_each_browser() {
    let server = Server::of(dist()).unwrap();
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        let browser = Browser::start_as(engine, None).await.unwrap();
        let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
        let walked = visitor.run(LEADS_BACK).await.unwrap();
        assert_eq!(walked["found"], json!([]), "{engine:?}");
        assert_eq!(walked["reached"], true, "{engine:?}: {walked}");
        let [gone, read] = ["gone", "read"].map(|count| walked[count].as_u64().unwrap());
        assert!(gone > 50 && read > 10_000, "{engine:?}: {walked}");
        browser.end().await.unwrap();
    }
}
