//! What `manifest.json` says of the built files is what they are: whoever compares a hash relies on it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use e2e::dist;
use serde_json::Value;
use sha2::{Digest, Sha384};

/// Every file below a folder, by its path there.
fn files_below(folder: &Path, above: &str) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{above}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            files.extend(files_below(&path, &format!("{name}/")));
        } else {
            files.insert(name);
        }
    }
    files
}

fn manifest() -> Value {
    serde_json::from_slice(&fs::read(dist().join("manifest.json")).unwrap()).unwrap()
}

#[test]
fn the_manifest_tells_the_truth_about_every_file() {
    let manifest = manifest();
    let described = manifest["files"].as_object().unwrap();
    let mut there = files_below(&dist(), "");
    assert!(there.remove("manifest.json"), "it describes every file but itself");
    assert_eq!(described.keys().cloned().collect::<BTreeSet<_>>(), there);
    for (name, entry) in described {
        let bytes = fs::read(dist().join(name)).unwrap();
        let hash = Sha384::digest(&bytes);
        assert_eq!(entry["bytes"].as_u64(), u64::try_from(bytes.len()).ok(), "{name}");
        assert_eq!(entry["sha384"], format!("{hash:x}"), "{name}");
        assert_eq!(entry["integrity"], format!("sha384-{}", BASE64_STANDARD.encode(hash)), "{name}");
    }
}

#[test]
fn the_bill_of_materials_has_the_tools_of_the_manifest() {
    let bill: Value = serde_json::from_slice(&fs::read(dist().join("sbom.cdx.json")).unwrap()).unwrap();
    let tools = bill["metadata"]["tools"]["components"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let listed: BTreeSet<_> = tools.iter().map(|each| (text(&each["name"]), text(&each["version"]))).collect();
    let manifest = manifest();
    let used = manifest["tools"].as_object().unwrap();
    assert_eq!(listed, used.iter().map(|(name, version)| (name.clone(), text(version))).collect());
    for name in ["rustc", "wasm-bindgen-cli", "trunk", "esbuild", "binaryen"] {
        assert!(used.contains_key(name), "{name}");
    }
}
