//! Chromium and its driver, which come from the system's packages. Only tests need them.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::versions;
use crate::process;

/// Names under which systems install Chromium.
const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Names and places of its driver.
const DRIVER: [&str; 3] = ["chromedriver", "/usr/lib/chromium/chromedriver", "/usr/lib/chromium-browser/chromedriver"];

/// A browser and the driver that goes with it.
pub(crate) struct Browser {
    /// Chromium.
    pub(crate) chromium: PathBuf,
    /// `chromedriver`.
    pub(crate) driver: PathBuf,
}

impl Browser {
    /// Finds both or installs both.
    pub(super) fn ensure() -> Result<Self> {
        let found = Self::find().map_or_else(Self::install, Ok)?;
        found.check_versions()?;
        Ok(found)
    }

    /// What CHROMIUM and CHROMEDRIVER name, or else what is installed.
    fn find() -> Option<Self> {
        Some(Self { chromium: find("CHROMIUM", &CHROMIUM)?, driver: find("CHROMEDRIVER", &DRIVER)? })
    }

    fn install() -> Result<Self> {
        install()?;
        Self::find().context("chromium and chromedriver were installed, yet aren't found on the PATH")
    }

    fn check_versions(&self) -> Result<()> {
        let [browser, driver] =
            [&self.chromium, &self.driver].map(|program| versions::printed_by(program).unwrap_or_default());
        ensure!(
            versions::major(&browser).is_some() && versions::major(&browser) == versions::major(&driver),
            "{} is version `{browser}` and {} is version `{driver}`, which don't work together; \
             install both in the same version",
            self.chromium.display(),
            self.driver.display()
        );
        eprintln!("  chromium {browser}: {}", self.chromium.display());
        eprintln!("  chromedriver {driver}: {}", self.driver.display());
        Ok(())
    }
}

fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let wanted = env::var(variable).ok();
    wanted.as_deref().into_iter().chain(names.iter().copied()).find_map(|name| which::which(name).ok())
}

fn install() -> Result<()> {
    ensure!(
        Path::new("/etc/debian_version").exists() && is_root() && which::which("apt-get").is_ok(),
        "the tests need Chromium and chromedriver; install both by hand (on Debian, as root: \
         apt-get install chromium chromium-driver) or name them in CHROMIUM and CHROMEDRIVER"
    );
    apt_get("reading the system's package lists (apt-get update)", &["update"])?;
    apt_get("installing chromium (apt-get install)", &["install", "-y", "chromium", "chromium-driver"])
}

fn apt_get(what: &str, arguments: &[&str]) -> Result<()> {
    process::with_progress(what, process::command("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn is_root() -> bool {
    process::output(process::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
