//! Drives the built document as a visitor would: in a real browser, by WebDriver, on a page that embeds it.
//!
//! The tests read what `cargo xtask dist` wrote, from the folder that `PARS_CHECK_DIST` names, `dist` by default.

mod album;
mod application;
mod axe;
mod bench;
mod browser;
mod colours;
mod contact_sheet;
mod contrast;
mod display;
mod downloads;
mod drawing;
mod driver;
mod engine;
mod engines;
mod fault;
mod gate;
mod keys;
mod listening;
mod load;
mod measures;
mod package;
mod picture;
mod probe;
mod process;
mod proxy;
mod python;
mod quiz;
mod returning;
mod sealed;
mod server;
mod site;
mod soak;
mod tabbing;
mod tour;
mod tree;
mod variants;
mod visitor;
mod web_server;
mod world;

pub use album::{Album, Shown, Verdict};
pub use application::{build_application, build_yew_application};
pub use bench::{Report, bench};
pub use browser::{Browser, Look};
pub use colours::Colours;
pub use contact_sheet::{photograph_contact_sheet, write_contact_sheet};
pub use downloads::{save_to, saved};
pub use drawing::drawn_by;
pub use engine::Engine;
pub use engines::{EngineSeen, WATCH_ENGINES};
pub use gate::{Gate, Plan};
pub use keys::{Key, Keyboard};
pub use listening::Listening;
pub use load::{Load, load};
pub use package::Package;
pub use picture::{Difference, Picture, Sight, keep};
pub use probe::{with_edit, with_probe, without_guard, without_lockdown};
pub use proxy::Proxy;
pub use python::{python, run_python};
pub use quiz::quiz;
pub use returning::{WATCH_RETURNS, until_kept};
pub use sealed::{document, engine, serve_changed, serve_probed, with_engine, with_most_memory};
pub use server::{Page, Received, Server};
pub use site::Site;
pub use soak::{Held, MOST_GROWTH, Soak};
pub use tour::{CLOCK, Tour};
pub use tree::{Thing, difference};
pub use variants::{Text, Variant};
pub use visitor::{CLOSINGS, Seen, Visitor};
pub use web_server::{WebServer, hosting_block};

use std::path::PathBuf;

use anyhow::Context;
use serde_json::{Map, Value};

/// The sandbox of the frame: exactly this, in the element and in the snippets.
pub const SANDBOX: &str = "allow-scripts allow-modals allow-downloads allow-top-navigation-by-user-activation";

/// A script that gives true once two frames have been drawn.
pub const TWO_FRAMES: &str =
    "return new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => go(true)))))";

/// A case for each outcome, and its tier.
pub const OUTCOMES: [(&str, &str); 7] = [
    ("V01", "emergency"),
    ("V23", "urgent"),
    ("V35", "clinician"),
    ("V47", "surgical_discussion"),
    ("V53", "conservative"),
    ("V61", "not_typical"),
    ("V63", "prevention"),
];

/// The folder that was built.
pub fn dist() -> PathBuf {
    let given = std::env::var_os("PARS_CHECK_DIST").map(PathBuf::from);
    given.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../dist")))
}

/// How a program ends: with what went wrong on standard error, if something did.
pub fn ended(outcome: &anyhow::Result<()>) -> std::process::ExitCode {
    match outcome {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path)
}

/// The cases that lie next to the content: id, answers, expected tier, expected rule.
///
/// # Errors
/// The files can't be read.
pub fn cases() -> anyhow::Result<Vec<Value>> {
    let mut all = Vec::new();
    for file in ["vignettes.json", "rules.json"] {
        all.extend(cases_in(&format!("content/pars-defect/cases/{file}"))?);
    }
    Ok(all)
}

/// The cases of one file of the repository.
///
/// # Errors
/// The file can't be read.
pub fn cases_in(file: &str) -> anyhow::Result<Vec<Value>> {
    Ok(serde_json::from_str(&std::fs::read_to_string(repository(file))?)?)
}

/// The answers of a case.
///
/// # Errors
/// There is no such case.
pub fn case(id: &str) -> anyhow::Result<Map<String, Value>> {
    let all = cases()?;
    let found = all.iter().find(|case| case.get("id").and_then(Value::as_str) == Some(id));
    found.and_then(|case| case.get("answers")?.as_object()).cloned().with_context(|| format!("there is no case {id}"))
}
