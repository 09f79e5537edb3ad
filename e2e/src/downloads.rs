//! What the browser saves.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::json;

use crate::Browser;

/// How long a file may take to be saved.
const PATIENCE: Duration = Duration::from_secs(20);

/// Has the browser save into a folder, and not ask. Chromium only.
///
/// # Errors
/// The browser refuses.
pub async fn save_to(browser: &Browser, folder: &Path) -> Result<()> {
    let to = json!({"behavior": "allow", "downloadPath": folder});
    browser.cdp("Page.setDownloadBehavior", to).await.map(drop)
}

/// The name and the text of the file with this ending that the browser saved, once it is whole: until then it has
/// another ending, but for a moment before it is renamed, when Chromium puts an empty file in its place.
///
/// # Errors
/// Nothing of the kind is saved, or it is no text.
pub async fn saved(folder: &Path, ending: &str) -> Result<(String, String)> {
    let end = Instant::now() + PATIENCE;
    loop {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(ending) && path.metadata()?.len() > 0 {
                return Ok((name, std::fs::read_to_string(&path)?));
            }
        }
        ensure!(Instant::now() < end, "nothing was saved as *{ending}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
