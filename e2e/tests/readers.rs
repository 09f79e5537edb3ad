//! What a screen reader has to say: the browser's accessibility tree, compared with what somebody wrote down who thought
//! about what should be heard (`readers/*.txt`, one file for a state of the tour), and rules that hold in every state.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use anyhow::Result;
use e2e::{Browser, Engine, Look, Server, Thing, Tour, Visitor, case, difference, dist, repository};
use serde_json::{Value, json};

/// Roles that need a name.
const NAMED: [&str; 12] = [
    "button",
    "link",
    "radio",
    "checkbox",
    "radiogroup",
    "textbox",
    "disclosure",
    "progressbar",
    "dialog",
    "image",
    "navigation",
    "heading",
];

/// States in a frame: the protocol gives the tree of the page around alone. What is in the frame is what is there
/// without one.
const FRAMED: [&str; 2] = ["outcome-framed", "leaflet-unsealed"];

/// What is wrong with the markup in view, in words.
const WRONGS: &str = r#"
const wrongs = [];
const shown = (selector, root = document) => [...root.querySelectorAll(selector)].filter((each) => each.checkVisibility());
const say = (element) => element.textContent.trim().slice(0, 40);
const level = (heading) => Number(heading.getAttribute("aria-level") ?? heading.localName[1]);
const headings = shown("h1, h2, h3, h4, h5, h6").filter((each) => !each.closest("dialog"));
const firsts = headings.filter((each) => level(each) === 1);
if (firsts.length !== 1) wrongs.push(`${firsts.length} first headings`);
// What is left to answer stands above it all, before the page's own heading.
const ordered = headings.filter((each) => !each.closest(".errors"));
ordered.forEach((heading, at) => {
  const before = at ? level(ordered[at - 1]) : 0;
  if (level(heading) > before + 1) wrongs.push(`heading ${level(heading)} after ${before}: ${say(heading)}`);
});
const outer = (selector) => shown(selector).filter((each) => !each.parentElement.closest("main, article, section, aside, nav"));
if (shown("main").length !== 1) wrongs.push("not one main");
if (outer("header, [role=banner]").length !== 1) wrongs.push("not one banner");
// A live region speaks if there is something in it.
const live = shown("[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])");
const speaking = live.filter((each) => each.textContent.trim());
if (speaking.length > 1) wrongs.push(`${speaking.length} live regions speak`);
const outcome = document.querySelector("[data-outcome]")?.dataset.outcome ?? "";
const alerts = shown("[role=alert], [aria-live=assertive]").length;
// An emergency, or that the questions are gone.
const news = outcome === "emergency" || shown("[data-note=engine]").length > 0;
if (alerts !== (news ? 1 : 0)) wrongs.push(`${alerts} alerts on ${outcome || "no outcome"}`);
const names = shown("fieldset").map((group) => new Set(shown("input[type=radio]", group).map((each) => each.name)));
if (names.some((set) => set.size > 1)) wrongs.push("radios of one group count apart");
const all = names.flatMap((set) => [...set]);
if (new Set(all).size !== all.length) wrongs.push("radios of two groups count together");
for (const radio of shown("input[type=radio]")) if (!radio.closest("[role=radiogroup]")) wrongs.push(`a lone radio ${radio.value}`);
for (const radio of shown("[role=radiogroup]")) {
  if ((radio.getAttribute("aria-invalid") === "true") !== !!radio.querySelector(".error")) wrongs.push("invalid, and no word of it");
}
const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
if (new Set(ids).size !== ids.length) wrongs.push("an id twice");
for (const name of ["for", "aria-describedby", "aria-labelledby"]) {
  for (const element of document.querySelectorAll(`[${name}]`)) {
    for (const id of element.getAttribute(name).split(/\s+/)) if (!document.getElementById(id)) wrongs.push(`${name} names ${id}, which is not there`);
  }
}
const stops = "a[href], button, input, summary, [tabindex], [contenteditable]";
for (const hidden of document.querySelectorAll("[aria-hidden=true]")) if (hidden.matches(stops) || hidden.querySelector(stops)) wrongs.push("the focus can go to what is hidden");
for (const image of shown("svg, img")) {
  if (!image.closest("[aria-hidden=true]") && !(image.getAttribute("role") === "img" && image.getAttribute("aria-label"))) wrongs.push("a picture without words");
}
for (const bar of shown("progress")) if (!bar.getAttribute("aria-valuetext")?.includes(`${bar.value}%`)) wrongs.push("progress that says no number");
for (const link of shown("[data-language]")) if (link.lang !== link.hreflang) wrongs.push("a language link in another language");
if (!document.documentElement.lang) wrongs.push("no language");
return wrongs;
"#;

/// What is wrong with what is in view, in words: by the markup, and by the tree where there is one.
async fn wrongs(visitor: &Visitor<'_>, page: Option<&Thing>) -> Result<Vec<String>> {
    let mut wrongs: Vec<String> = serde_json::from_value(visitor.run(WRONGS).await?)?;
    for thing in page.map(Thing::all).unwrap_or_default() {
        let is_details = thing.children.first().is_some_and(|first| first.role == "disclosure");
        let needs_name = NAMED.contains(&thing.role.as_str()) || (thing.role == "group" && !is_details);
        if needs_name && thing.name.is_empty() {
            wrongs.push(format!("a {} without a name", thing.role));
        }
    }
    Ok(wrongs)
}

/// What should be heard, by the name of the state.
fn expectations() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(repository("e2e/tests/readers")).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: &std::path::Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    files.map(|path| (named(&path), std::fs::read_to_string(&path).unwrap())).collect()
}

#[tokio::test]
async fn every_state_is_heard_as_it_should_be() {
    let browser = Browser::start().await.unwrap();
    browser.look(Look::DESKTOP).await.unwrap();
    let mut expected = expectations();
    let count = expected.len();
    let mut different = Vec::new();
    let states = Tour::of(&browser, "en")
        .unwrap()
        .walk(&mut async |visitor, name| {
            let page = if FRAMED.contains(&name) { None } else { Some(Thing::of_page(&browser).await?) };
            let wrongs = wrongs(visitor, page.as_ref()).await?;
            different.extend((!wrongs.is_empty()).then(|| format!("{name}: {wrongs:?}")));
            if let (Some(expected), Some(page)) = (expected.remove(name), page) {
                let difference = difference(&expected, &page.lines());
                different.extend(difference.map(|difference| format!("{name}: {difference}")));
            }
            Ok(())
        })
        .await
        .unwrap();
    assert!(different.is_empty(), "{}", different.join("\n\n"));
    assert!(expected.is_empty() && count >= 12, "no such states: {:?}", expected.keys());
    assert!(states.len() > 80, "{}", states.len());
    browser.close().await.unwrap();
}

/// Faults, each with the outcome or the first screen that it is put into, and a word of what is found then.
const FAULTS: [(&str, &str, &str); 13] = [
    ("", "document.querySelector('legend').remove()", "a radiogroup without a name"),
    ("", "document.querySelector('#app fieldset').removeAttribute('role')", "a lone radio"),
    ("", "document.querySelector('#app label').remove()", "a radio without a name"),
    ("", "document.querySelector('#app h2').setAttribute('aria-level', '3')", "heading 3 after 1"),
    ("", "document.querySelector('#app h2').setAttribute('aria-level', '1')", "2 first headings"),
    ("", "document.querySelector('#app fieldset').setAttribute('aria-describedby', 'x')", "names x"),
    ("", "document.querySelector('#app input').name = 'other'", "count apart"),
    ("V01", "document.querySelector('.foot p').setAttribute('role', 'status')", "2 live regions speak"),
    ("V01", "document.querySelector('[role=alert]').removeAttribute('role')", "0 alerts on emergency"),
    ("V53", "document.querySelector('.card').setAttribute('role', 'alert')", "1 alerts on conservative"),
    ("V53", "document.querySelector('[role=textbox]').removeAttribute('aria-labelledby')", "a textbox without a name"),
    ("V53", "document.querySelector('#app svg').removeAttribute('aria-label')", "a picture without words"),
    ("V53", "document.querySelector('#app .section').setAttribute('aria-hidden', 'true')", "hidden"),
];

#[tokio::test]
async fn what_would_be_heard_wrong_is_found() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    for (id, fault, found) in FAULTS {
        // Each fault in a fresh document, where it is alone.
        browser.client.goto("about:blank").await.unwrap();
        let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
        if !id.is_empty() {
            visitor.take(&case(id).unwrap()).await.unwrap();
        }
        let page = Thing::of_page(&browser).await.unwrap();
        assert_eq!(wrongs(&visitor, Some(&page)).await.unwrap(), [""; 0], "before {fault}");
        visitor.run(fault).await.unwrap();
        let page = Thing::of_page(&browser).await.unwrap();
        let wrongs = wrongs(&visitor, Some(&page)).await.unwrap();
        assert!(wrongs.iter().any(|wrong| wrong.contains(found)), "{fault}: {wrongs:?}");
    }
    browser.close().await.unwrap();
}

#[tokio::test]
async fn what_is_written_down_would_not_fit_another_page() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let address = server.address("/pars-check.en.html#langs=en,es");
    let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
    let expected = &expectations()["question-age"];
    let heard = async || difference(expected, &Thing::of_page(&browser).await.unwrap().lines());
    assert_eq!(heard().await, None);
    for (fault, mended) in [
        ("document.querySelector('#app input').checked = true", "document.querySelector('#app input').checked = false"),
        (
            "document.querySelector('#app fieldset').setAttribute('aria-invalid', 'true')",
            "document.querySelector('#app fieldset').removeAttribute('aria-invalid')",
        ),
        (
            "document.querySelector('#app .options').append(document.querySelector('#app .option'))",
            "document.querySelector('#app .options').prepend(document.querySelector('#app .option:last-child'))",
        ),
        ("document.querySelector('.why').textContent += '!'", "document.querySelector('.why').lastChild.remove()"),
    ] {
        visitor.run(fault).await.unwrap();
        assert!(heard().await.is_some(), "{fault}");
        visitor.run(mended).await.unwrap();
    }
    browser.close().await.unwrap();
}

/// Writes down what live regions say: those that come with something in them, and those whose words change.
const LISTEN: &str = r#"
window.said = [];
const LIVE = "[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])";
new MutationObserver((changes) => {
  const regions = new Set();
  for (const { target, addedNodes } of changes) {
    const element = target.nodeType === 1 ? target : target.parentElement;
    if (element?.closest(LIVE)) regions.add(element.closest(LIVE));
    for (const node of addedNodes) {
      if (node.nodeType !== 1) continue;
      for (const each of [node, ...node.querySelectorAll("*")]) if (each.matches(LIVE)) regions.add(each);
    }
  }
  for (const region of regions) {
    const words = region.isConnected ? region.textContent.trim() : "";
    if (words) window.said.push(region.getAttribute("role") + ": " + words.slice(0, 30));
  }
}).observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["role", "aria-live"] });
"#;

/// What live regions have said since the last call.
async fn said(visitor: &Visitor<'_>) -> Value {
    visitor.run(e2e::TWO_FRAMES).await.unwrap();
    visitor.run("return window.said.splice(0)").await.unwrap()
}

#[tokio::test]
async fn one_thing_is_announced_at_a_time_and_only_what_the_focus_does_not_say() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    visitor.run(LISTEN).await.unwrap();
    visitor.press("continue").await.unwrap();
    assert_eq!((said(&visitor).await, visitor.focus().await.unwrap()), (json!([]), "errors".to_owned()));
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    assert_eq!((said(&visitor).await, visitor.focus().await.unwrap()), (json!([]), "heading".to_owned()));
    visitor.tick("rf_now", "tearing").await.unwrap();
    visitor.press("continue").await.unwrap();
    let heard = said(&visitor).await;
    assert_eq!(heard.as_array().unwrap().len(), 1, "{heard}");
    assert!(heard[0].as_str().unwrap().starts_with("alert: "), "{heard}");
    visitor.click("save").await.unwrap();
    assert_eq!(said(&visitor).await, json!(["status: Save a copy: Your browser save"]));
    visitor.click("restart").await.unwrap();
    visitor.until("the note", "return !!document.querySelector('.erased')").await.unwrap();
    assert_eq!((said(&visitor).await, visitor.focus().await.unwrap()), (json!([]), "erased".to_owned()));
    visitor.take(&case("V53").unwrap()).await.unwrap();
    assert_eq!((said(&visitor).await, visitor.focus().await.unwrap()), (json!([]), "heading".to_owned()));
    visitor.run("document.querySelector('.card').setAttribute('role', 'alert')").await.unwrap();
    assert_eq!(said(&visitor).await.as_array().unwrap().len(), 1, "another alert would be noticed");
    browser.close().await.unwrap();
}

/// Texts in view without the language of the page, and the language that they are said to have.
const LANGUAGES: &str = "const shown = [...document.querySelectorAll('[lang]')].filter((each) => each.checkVisibility()); \
    return [document.documentElement.lang, [...new Set(shown.map((each) => [each.localName, each.lang].join(' ')))].sort()]";

#[tokio::test]
async fn each_part_is_in_the_language_that_it_says() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start().await.unwrap());
    for (language, other, sources) in [("en", "es", None), ("es", "en", Some("en"))] {
        let address = server.address(&format!("/pars-check.{language}.html#langs=en,es"));
        browser.client.goto("about:blank").await.unwrap();
        let visitor = Visitor::alone(&browser.client, &address).await.unwrap();
        assert_eq!(
            visitor.run(LANGUAGES).await.unwrap(),
            json!([language, [format!("a {other}"), format!("html {language}")]]),
            "the link to the other language says which one it is in"
        );
        visitor.take(&case("V53").unwrap()).await.unwrap();
        visitor.run("document.querySelectorAll('#app details').forEach((each) => { each.open = true })").await.unwrap();
        let cited = "return [...new Set([...document.querySelectorAll('#app [data-source], #app [data-rule] ul.fine li > :first-child')] \
            .map((each) => each.closest('[lang]').lang))]";
        assert_eq!(visitor.run(cited).await.unwrap(), json!([sources.unwrap_or(language)]), "sources are English");
    }
    browser.close().await.unwrap();
}

/// What each browser computes for the first of each kind of control on the screens of a scale and of checkboxes.
#[tokio::test]
async fn firefox_names_the_same_things_the_same_way() {
    let (server, browser) = (Server::of(dist()).unwrap(), Browser::start_as(Engine::Firefox, None).await.unwrap());
    let visitor = Visitor::alone(&browser.client, &server.address("/pars-check.en.html")).await.unwrap();
    let computed = async |selector: &str| browser.computed(selector).await.unwrap();
    let (role, name) = computed("fieldset[data-question=age]").await;
    assert_eq!((role.as_str(), name.as_str()), ("radiogroup", "How old is the person this check is about?"));
    let (role, name) = computed("input[value=under10]").await;
    assert_eq!((role.as_str(), name.as_str()), ("radio", "Under 10"));
    visitor.press("continue").await.unwrap();
    let (role, name) = computed(".errors").await;
    assert_eq!((role.as_str(), name.as_str()), ("group", "There is something left to answer"));
    visitor.tick("age", "35_49").await.unwrap();
    visitor.press("continue").await.unwrap();
    let (role, name) = computed("fieldset[data-question=rf_now]").await;
    assert_eq!((role.as_str(), name.as_str()), ("group", "First, do any of these fit?"));
    let (role, name) = computed("progress").await;
    assert_eq!((role.as_str(), name.as_str()), ("progressbar", "Progress"));
    browser.end().await.unwrap();
}
