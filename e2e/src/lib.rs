//! Drives the built document as a visitor would: in a real browser, by WebDriver, on a page that embeds it.
//!
//! The tests read what `cargo xtask dist` wrote, from the folder that `PARS_CHECK_DIST` names, `dist` by default.

mod browser;
mod server;
mod visitor;

pub use browser::{Browser, Look};
pub use server::Server;
pub use visitor::{Seen, Visitor};

use std::path::PathBuf;

/// The folder that was built.
pub fn dist() -> PathBuf {
    let given = std::env::var_os("PARS_CHECK_DIST").map(PathBuf::from);
    given.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../dist")))
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path)
}

/// The cases that lie next to the content: id, answers, expected tier, expected rule.
///
/// # Errors
/// The files can't be read.
pub fn cases() -> anyhow::Result<Vec<serde_json::Value>> {
    let mut all = Vec::new();
    for file in ["vignettes.json", "rules.json"] {
        let text = std::fs::read_to_string(repository("content/pars-defect/cases").join(file))?;
        all.extend(serde_json::from_str::<Vec<serde_json::Value>>(&text)?);
    }
    Ok(all)
}
