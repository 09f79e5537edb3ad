//! The npm package: npm takes it, what it says of itself is so, and what it says of the element is what the element is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use e2e::{Browser, Package, Page, Server, Visitor, case, dist, repository};
use serde_json::Value;

fn json_of(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn run(program: impl AsRef<std::ffi::OsStr>, folder: &Path, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).current_dir(folder).output().unwrap()
}

/// What a program printed, if it ended well.
fn printed(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

fn texts(list: &Value, key: &str) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|each| each[key].as_str().unwrap().to_owned()).collect()
}

/// What the manifest of custom elements says of the element.
fn declared() -> Value {
    json_of(&dist().join("npm/custom-elements.json"))["modules"][0]["declarations"][0].clone()
}

#[test]
fn npm_packs_what_the_package_is_meant_to_hold_and_nothing_else() {
    let package = Package::pack().unwrap();
    let languages = json_of(&dist().join("manifest.json"))["content"]["languages"].clone();
    let documents =
        languages.as_array().unwrap().iter().map(|code| format!("pars-check.{}.html", code.as_str().unwrap()));
    let others = ["README.md", "LICENSE-APACHE", "LICENSE-MIT", "package.json", "custom-elements.json"];
    let code = ["pars-check.js", "pars-check.d.ts"];
    let expected = others.into_iter().chain(code).map(str::to_owned).chain(documents).collect::<BTreeSet<_>>();
    assert_eq!(texts(&package.told["files"], "path"), expected);
    assert_eq!(package.told["version"], json_of(&dist().join("manifest.json"))["version"]);
}

/// Nothing is sent: a dry run does all but that, and offline it can't.
#[test]
fn npm_would_publish_it_without_mending_anything() {
    let tried = run("npm", &dist().join("npm"), &["publish", "--dry-run", "--offline", "--ignore-scripts"]);
    printed(&tried);
    let said = String::from_utf8_lossy(&tried.stderr).into_owned();
    assert!(said.contains("pars-check"), "{said}");
    assert!(!said.contains("auto-corrected") && !said.contains("npm error"), "{said}");
}

#[test]
fn installed_from_npm_every_name_that_it_exports_is_there() {
    let package = Package::pack().unwrap();
    let project = package.installed().unwrap();
    let names =
        ["pars-check", "pars-check/custom-elements.json", "pars-check/package.json", "pars-check/pars-check.en.html"];
    for name in names {
        let found = format!("process.stdout.write(import.meta.resolve('{name}'))");
        let address = printed(&run("node", &project, &["--input-type=module", "-e", &found]));
        let path = address.strip_prefix("file://").unwrap();
        assert!(Path::new(path).is_file(), "{name} is {path}");
    }
    let own = json_of(&project.join("node_modules/pars-check/package.json"));
    for key in ["main", "types", "customElements"] {
        let path = own[key].as_str().unwrap();
        assert!(project.join("node_modules/pars-check").join(path).is_file(), "{key} is {path}");
    }
    assert_eq!(own["license"], "MIT OR Apache-2.0");
}

/// Server-side rendering imports it where there is no document.
#[test]
fn on_a_server_the_module_does_nothing_and_throws_nothing() {
    let package = Package::pack().unwrap();
    let project = package.installed().unwrap();
    let script = "const before = Object.getOwnPropertyNames(globalThis).join(); \
        const all = await import('pars-check'); await import('pars-check'); \
        console.log(Object.keys(all).length, before === Object.getOwnPropertyNames(globalThis).join())";
    let ran = run("node", &project, &["--input-type=module", "-e", script]);
    assert_eq!((printed(&ran).trim(), String::from_utf8_lossy(&ran.stderr).trim()), ("0 true", ""));
}

/// What an application in TypeScript may write, and what the compiler refuses.
fn typed_application() -> String {
    let declared = declared();
    let record = |names: BTreeSet<String>| names.into_iter().map(|name| (name, true)).collect::<Value>();
    format!(
        "import \"pars-check\";
import type {{ ParsCheckAttributes, ParsCheckElement, ParsCheckElementEventMap, ParsCheckHandlers }} from \"pars-check\";

// The types and the manifest of custom elements name the same: none more, none less.
export const attributes: Record<keyof ParsCheckAttributes, true> = {attributes};
export const fields: Record<Exclude<keyof ParsCheckElement, keyof HTMLElement>, true> = {fields};
export const events: Record<Exclude<keyof ParsCheckElementEventMap, keyof HTMLElementEventMap>, true> = {events};
export const handlers: Record<keyof ParsCheckHandlers, true> = {handlers};

const check: ParsCheckElement = document.createElement(\"pars-check\");
check.contact = \"/contact\";
check.tel = null;
check.addEventListener(\"ready\", (event) => {{ const detail: null = event.detail; void detail; }});
document.querySelector(\"pars-check\")?.addEventListener(\"started\", () => {{}});
// @ts-expect-error: a number where a text belongs
check.clinic = 1;
// @ts-expect-error: there is no answer to ask for
check.outcome;
",
        attributes = record(texts(&declared["attributes"], "name")),
        fields = record(texts(&declared["members"], "name")),
        events = record(texts(&declared["events"], "name")),
        handlers = record(texts(&declared["events"], "name").iter().map(|name| format!("on{name}")).collect()),
    )
}

#[test]
fn its_types_compile_strictly_and_name_what_the_manifest_of_custom_elements_names() {
    let package = Package::pack().unwrap();
    let project = package.installed().unwrap();
    fs::write(project.join("use.ts"), typed_application()).unwrap();
    for module in [["nodenext", "nodenext"], ["esnext", "bundler"]] {
        let [module, resolution] = module;
        let options = ["--strict", "--noEmit", "--types", "", "--target", "es2022", "--lib", "es2022,dom"];
        let arguments = [&options[..], &["--module", module, "--moduleResolution", resolution, "use.ts"]].concat();
        printed(&run(repository("e2e/npm/node_modules/.bin/tsc"), &project, &arguments));
    }
}

#[test]
fn the_manifest_of_custom_elements_is_sound_by_the_public_schema() {
    let script = repository("e2e/npm/check-manifest.mjs");
    let manifest = dist().join("npm/custom-elements.json");
    let found = run("node", &dist(), &[script.to_str().unwrap(), manifest.to_str().unwrap()]);
    assert_eq!(printed(&found), "");
}

#[tokio::test]
async fn the_manifest_of_custom_elements_says_what_the_element_is() {
    let browser = Browser::start().await.unwrap();
    let page = "<!doctype html><html lang=en><meta charset=utf-8><title>host</title><link rel=icon href=data:,>\
        <pars-check><p>below</p></pars-check><script type=module src=npm/pars-check.js></script>";
    let server = Server::serving(dist(), vec![Page::new("/host.html", page)]).unwrap();
    let declared = declared();
    let visitor = Visitor::on_page(&browser.client, &server.address("/host.html")).await.unwrap();
    browser.leave_frames().await.unwrap();
    let tag = declared["tagName"].as_str().unwrap();
    let of_class = format!(
        "const element = customElements.get('{tag}'); return {{ attributes: element.observedAttributes, \
         fields: Object.keys(element.prototype), slots: document.querySelector('{tag}').shadowRoot.querySelectorAll('slot').length }}"
    );
    let element = visitor.run(&of_class).await.unwrap();
    let names = |list: &Value| serde_json::from_value::<BTreeSet<String>>(list.clone()).unwrap();
    assert_eq!(names(&element["attributes"]), texts(&declared["attributes"], "name"));
    assert_eq!(names(&element["fields"]), texts(&declared["members"], "name"));
    assert_eq!(element["slots"].as_u64(), declared["slots"].as_array().map(|slots| slots.len() as u64));
    // Whatever the element tells in the course of a whole quiz, from its first event on.
    let listen = format!(
        "window.told = []; const old = document.querySelector('{tag}'); const check = document.createElement('{tag}'); \
         check.dispatchEvent = (event) => told.push(event.type); old.replaceWith(check)"
    );
    visitor.run(&listen).await.unwrap();
    let visitor = Visitor::in_frame(&browser.client).await.unwrap();
    visitor.take(&case("V63").unwrap()).await.unwrap();
    browser.leave_frames().await.unwrap();
    assert_eq!(names(&visitor.run("return told").await.unwrap()), texts(&declared["events"], "name"));
    browser.close().await.unwrap();
}
