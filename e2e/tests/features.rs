//! What the shipped files need of a browser, by the data of MDN: nothing newer than the oldest supported versions, but
//! for what `audit/features.toml` lists with what happens without it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use e2e::{dist, repository};
use serde::Deserialize;
use wasmparser::{Validator, WasmFeatures};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    supported: BTreeMap<String, f64>,
    without: BTreeMap<String, String>,
    ours: BTreeMap<String, String>,
    unknown: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Inventory {
    version: String,
    features: Vec<Feature>,
    /// What the data does not know.
    unknown: BTreeSet<String>,
}

/// Something that the files use, and since which version each browser has it.
#[derive(Clone, Debug, Deserialize)]
struct Feature {
    key: String,
    first: BTreeMap<String, Option<f64>>,
}

impl Feature {
    fn is_in(&self, supported: &BTreeMap<String, f64>) -> bool {
        supported.iter().all(|(browser, version)| self.first[browser].is_some_and(|first| first <= *version))
    }
}

fn list() -> List {
    toml::from_str(&std::fs::read_to_string(repository("audit/features.toml")).unwrap()).unwrap()
}

fn node(arguments: &[&Path]) -> String {
    let ran = Command::new("node").args(arguments).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

fn inventory(folder: &Path) -> Inventory {
    serde_json::from_str(&node(&[&repository("e2e/npm/features.mjs"), folder])).unwrap()
}

/// The keys of what some supported browser lacks.
fn newer(inventory: &Inventory, list: &List) -> BTreeSet<String> {
    let newer = inventory.features.iter().filter(|feature| !feature.is_in(&list.supported));
    newer.map(|feature| feature.key.clone()).collect()
}

#[test]
fn nothing_is_newer_than_the_supported_browsers_but_what_is_listed() {
    let (list, inventory) = (list(), inventory(&dist()));
    let listed: BTreeSet<String> = list.without.keys().chain(list.ours.keys()).cloned().collect();
    println!("{} features, by version {} of the data", inventory.features.len(), inventory.version);
    // Both ways: a line that nothing needs any more would hide the next use.
    assert_eq!(newer(&inventory, &list), listed);
    assert_eq!(inventory.unknown, list.unknown.keys().cloned().collect::<BTreeSet<_>>());
    let reasons = list.without.values().chain(list.ours.values()).chain(list.unknown.values());
    assert!(reasons.into_iter().all(|reason| reason.len() > 10));
}

#[test]
fn the_inventory_reaches_into_every_kind_of_file() {
    let keys: BTreeSet<String> = inventory(&dist()).features.into_iter().map(|feature| feature.key).collect();
    for known in [
        "javascript.operators.optional_chaining",
        "javascript.builtins.Object.hasOwn",
        "javascript.classes.private_class_fields",
        "webassembly.api.instantiate_static",
        "api.Crypto.getRandomValues",
        "api.Element.closest",
        "css.selectors.is",
        "css.types.length.viewport_percentage_units_small",
        "html.elements.template",
        "html.elements.dialog",
        "html.elements.iframe.sandbox",
        "http.headers.Content-Security-Policy.script-src.wasm-unsafe-eval",
        "api.Clipboard.writeText",
        "http.headers.Content-Security-Policy.connect-src",
    ] {
        assert!(keys.contains(known), "{known} is not found");
    }
}

/// What is newer than the supported browsers, and markup that uses it.
const NEWER: [(&str, &str); 8] = [
    ("javascript.builtins.Array.toSorted", "<script>[].toSorted()</script>"),
    ("javascript.builtins.Promise.withResolvers", "<script>Promise.withResolvers()</script>"),
    ("api.Scheduler.postTask", "<script>scheduler.postTask(f)</script>"),
    ("css.selectors.nesting", "<style>a { &:hover { color: red } }</style>"),
    ("css.types.color.light-dark", "<style>a { color: light-dark(red, blue) }</style>"),
    ("css.properties.field-sizing", "<style>a { field-sizing: content }</style>"),
    ("css.at-rules.starting-style", "<style>@starting-style { a { color: red } }</style>"),
    ("html.global_attributes.popover", "<p popover>"),
];

#[test]
fn something_newer_would_be_found_wherever_it_stands() {
    let (list, folder) = (list(), tempfile::tempdir().unwrap());
    for name in ["pars-check.es.html", "pars-check.js", "builder.html", "builder.js", "builder.css"] {
        std::fs::copy(dist().join(name), folder.path().join(name)).unwrap();
    }
    let document = std::fs::read_to_string(dist().join("pars-check.en.html")).unwrap();
    let added: String = NEWER.map(|(_, markup)| markup).concat();
    let more = document.replacen("<body>", &format!("<body>{added}"), 1);
    std::fs::write(folder.path().join("pars-check.en.html"), more).unwrap();
    let found = newer(&inventory(folder.path()), &list);
    for (key, _) in NEWER {
        assert!(found.contains(key) && !list.without.contains_key(key), "{key} is not in {found:#?}");
    }
}

/// What all supported browsers have of WebAssembly, as the compiler calls it and as the data does.
const WEBASSEMBLY: [(WasmFeatures, &str); 5] = [
    (WasmFeatures::BULK_MEMORY, "bulk-memory-operations"),
    (WasmFeatures::SATURATING_FLOAT_TO_INT, "non-trapping-float-to-int-conversions"),
    (WasmFeatures::SIGN_EXTENSION, "sign-extension-operations"),
    (WasmFeatures::REFERENCE_TYPES, "reference-types"),
    (WasmFeatures::MULTI_VALUE, "multi-value"),
];

fn is_valid(engine: &[u8], more: WasmFeatures) -> bool {
    // Floating point, and globals that change, were there from the first version on.
    let first = WasmFeatures::WASM1 | WasmFeatures::GC_TYPES;
    Validator::new_with_features(first | more).validate_all(engine).is_ok()
}

#[test]
fn the_engine_is_valid_for_the_supported_browsers() {
    let engine = std::fs::read(dist().join("engine.wasm")).unwrap();
    let all = WEBASSEMBLY.into_iter().fold(WasmFeatures::empty(), |all, (feature, _)| all | feature);
    assert!(is_valid(&engine, all));
    assert!(!is_valid(&engine, WasmFeatures::empty()), "an engine that needs less would be welcome, and a surprise");
    // 128 bits at once, which Safari has from 16.4 on, but are not among these.
    let simd = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x09\x01\x07\0\x41\0\xfd\x0f\x1a\x0b";
    assert!(!is_valid(simd, all) && is_valid(simd, all | WasmFeatures::SIMD));
    let data = repository("e2e/npm/node_modules/@mdn/browser-compat-data/data.json");
    let data: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(data).unwrap()).unwrap();
    let list = list();
    for (_, name) in WEBASSEMBLY {
        let support = &data["webassembly"][name]["__compat"]["support"];
        for (browser, version) in &list.supported {
            let given = support[browser].as_array().map_or(&support[browser], |all| &all[0]);
            let first: f64 = given["version_added"].as_str().unwrap().parse().unwrap();
            assert!(first <= *version, "{name} in {browser}: {given}");
        }
    }
}

#[test]
fn the_bundler_writes_for_the_supported_browsers() {
    let bundler = std::fs::read_to_string(repository("xtask/src/bundle.rs")).unwrap();
    let supported = list().supported;
    let target = ["chrome", "firefox", "safari"].map(|browser| format!("{browser}{}", supported[browser])).join(",");
    assert!(bundler.contains(&format!("--target={target}\"")), "{target}");
    for (desktop, phone) in [("chrome", "chrome_android"), ("firefox", "firefox_android"), ("safari", "safari_ios")] {
        assert!((supported[desktop] - supported[phone]).abs() < f64::EPSILON, "{phone}");
    }
}
