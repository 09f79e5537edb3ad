//! What draws the pictures: they are the same only where browser and fonts are.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::json;

use crate::Browser;
use crate::process::printed;

/// What the styles ask for, in the scripts of the documents, as fontconfig understands it.
const FONTS: [&str; 6] = [
    "system-ui:lang=en",
    "system-ui:lang=en:bold",
    "system-ui:lang=he",
    "system-ui:lang=he:bold",
    "Arial:lang=en",
    "monospace:lang=en",
];

/// Which Chromium and which fonts draw on this machine, as the text of a file.
///
/// # Errors
/// The browser does not say, or there is no `fc-match`.
pub async fn drawn_by(browser: &Browser) -> Result<String> {
    let version = browser.cdp("Browser.getVersion", json!({})).await?;
    let chromium = version.get("product").and_then(serde_json::Value::as_str).context("a browser without a version")?;
    let mut lines = vec![
        "# What drew the approved pictures; written by `cargo xtask looks --approve`.".to_owned(),
        format!("chromium = {chromium:?}"),
    ];
    for asked in FONTS {
        let mut matched = Command::new("fc-match");
        let font = printed(matched.args(["--format", "%{postscriptname} %{fontversion}", asked]), "");
        let font = font.context("`fc-match` of Debian's package `fontconfig` says which fonts there are")?;
        lines.push(format!("{asked:?} = {:?}", font.trim()));
    }
    Ok(lines.join("\n") + "\n")
}
