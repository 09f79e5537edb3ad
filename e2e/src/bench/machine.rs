//! On what was measured.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::driver::program;
use crate::process::printed;
use crate::repository;

/// The machine, as far as the system tells.
pub(crate) fn machine() -> Value {
    let line = |file: &str, start: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let found = text.lines().find_map(|line| line.strip_prefix(start)).unwrap_or_default();
        found.trim_start_matches([' ', '\t', ':', '=']).trim_matches('"').to_owned()
    };
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    json!({
        "cpu": line("/proc/cpuinfo", "model name"),
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "memory": line("/proc/meminfo", "MemTotal"),
        "system": line("/etc/os-release", "PRETTY_NAME"),
        "kernel": fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim(),
        "load when it began": load.split(' ').next(),
    })
}

/// The versions of what was measured and what measured it.
pub(crate) fn versions() -> BTreeMap<String, String> {
    let mut versions = BTreeMap::from([
        ("pars-check".to_owned(), format!("{} ({})", env!("CARGO_PKG_VERSION"), commit())),
        ("browser".to_owned(), printed_by(Command::new(program("CHROMIUM", "/usr/bin/chromium")).arg("--version"))),
    ]);
    for package in ["survey-core", "survey-js-ui", "lforms"] {
        let text = fs::read_to_string(repository(&format!("target/npm/{package}/package.json"))).unwrap_or_default();
        let described: Value = serde_json::from_str(&text).unwrap_or_default();
        let version = described.get("version").and_then(Value::as_str).unwrap_or("?");
        versions.insert(package.to_owned(), version.to_owned());
    }
    versions
}

fn commit() -> String {
    let git = |arguments: &[&str]| printed_by(Command::new("git").args(arguments).current_dir(repository("")));
    let changed = if git(&["status", "--porcelain"]).is_empty() { "" } else { ", with changes" };
    format!("{}{changed}", git(&["rev-parse", "--short", "HEAD"]))
}

fn printed_by(command: &mut Command) -> String {
    printed(command, "").unwrap_or_default().trim().to_owned()
}
