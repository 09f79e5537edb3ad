//! The page's body for `trunk serve`: Trunk calls this before each build and puts the outcome into index.html.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::leaflet;
use crate::project::Project;

/// Writes `body.en.html`, with the content's pack in it.
pub(crate) fn run(project: &Project, out: &Path) -> Result<()> {
    let content = project.content()?;
    let english = content.languages.iter().find(|language| language.code == "en").context("there is no English")?;
    let body = leaflet::body(english, &content.languages, None)?;
    fs::create_dir_all(out).with_context(|| format!("{} can't be made", out.display()))?;
    let file = out.join("body.en.html");
    fs::write(&file, body).with_context(|| format!("{} can't be written", file.display()))
}
