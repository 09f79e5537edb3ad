//! The folder of a site with the check in it, as `docs/hosting` says it is made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::printed;
use crate::{SANDBOX, dist, hosting_block};

/// The snippet of `embed/README.md`, the plain frame, with the contact page of the site.
const FRAME: &str = "<iframe src=\"/pars-check/pars-check.en.html#contact=%2Fcontact.html&amp;clinic=A%20Clinic\" \
    title=\"Pars defect self-check\" width=\"100%\" height=\"736\" SANDBOX \
    allow=\"\" referrerpolicy=\"no-referrer\" loading=\"lazy\"></iframe>";

/// The folder of a site, which is gone when this is dropped.
#[derive(Debug)]
pub struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    /// A site with pages around the check: a plain frame in `/frame.html`, the element in `/element.html`, a frame that
    /// lost its sandbox in `/unsealed.html`, and `/contact.html`.
    ///
    /// # Errors
    /// The distribution was not built, or a file can't be written.
    pub fn with_check() -> Result<Self> {
        let site = Self { folder: tempfile::tempdir()? };
        site.put_check()?;
        site.write("contact.html", &page("<p id=contact>Contact form</p>"))?;
        let sandbox = format!("sandbox=\"{SANDBOX}\"");
        site.write("frame.html", &page(&FRAME.replace("SANDBOX", &sandbox)))?;
        site.write("unsealed.html", &page(&FRAME.replace("SANDBOX", "")))?;
        let element = "<script type=\"module\" async src=\"/pars-check/pars-check.js\"></script>\
            <pars-check contact=\"/contact.html\"></pars-check>";
        site.write("element.html", &page(element))?;
        Ok(site)
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts the files of the check into `pars-check` and compresses them as the page says.
    fn put_check(&self) -> Result<()> {
        let folder = self.folder().join("pars-check");
        fs::create_dir_all(&folder)?;
        let files = ["pars-check.en.html", "pars-check.es.html", "pars-check.js", "manifest.json", "engine.wasm"];
        for name in files {
            fs::copy(dist().join(name), folder.join(name)).with_context(|| format!("{name} was not built"))?;
        }
        // A loader under a name with a version, as releases have it.
        fs::copy(folder.join("pars-check.js"), folder.join("pars-check-1.2.0.js"))?;
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", &hosting_block("sh")?]).current_dir(&folder);
        if let Some(brotli) = std::env::var_os("BROTLI").map(PathBuf::from) {
            let own = brotli.parent().map(Path::to_path_buf);
            let others = std::env::var_os("PATH").unwrap_or_default();
            shell.env("PATH", std::env::join_paths(own.into_iter().chain(std::env::split_paths(&others)))?);
        }
        printed(&mut shell, "").context("the files can't be compressed; `cargo xtask tools` installs brotli").map(drop)
    }

    /// Writes a page of the site.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        fs::write(self.folder().join(name), text).with_context(|| format!("{name} can't be written"))
    }
}

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>A clinic</title><link rel=icon href=data:,>\
         <h1>Clinic</h1>{body}"
    )
}
