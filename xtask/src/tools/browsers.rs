//! The three browsers and what drives them. Only tests need them.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::system_program::{SystemProgram, ensure_all};
use super::versions::{self, GECKODRIVER};
use crate::project::Project;

const CHROMIUM: SystemProgram = SystemProgram {
    variable: "CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    package: "chromium",
};

const CHROMEDRIVER: SystemProgram = SystemProgram {
    variable: "CHROMEDRIVER",
    names: &["chromedriver", "/usr/lib/chromium/chromedriver", "/usr/lib/chromium-browser/chromedriver"],
    package: "chromium-driver",
};

const FIREFOX: SystemProgram =
    SystemProgram { variable: "FIREFOX", names: &["firefox-esr", "firefox"], package: "firefox-esr" };

/// It brings and finds its own small browser.
const WEBKITWEBDRIVER: SystemProgram =
    SystemProgram { variable: "WEBKITWEBDRIVER", names: &["WebKitWebDriver"], package: "webkit2gtk-driver" };

/// The display for that browser, which has no mode without one.
const XVFB: SystemProgram = SystemProgram { variable: "XVFB", names: &["Xvfb"], package: "xvfb" };

/// All of them, as the tests find them.
pub(crate) struct Browsers {
    /// `chromedriver`.
    pub(crate) chromedriver: PathBuf,
    /// Each program by the variable of the environment in which the end-to-end tests look for it.
    pub(crate) environment: Vec<(&'static str, PathBuf)>,
}

impl Browsers {
    /// Finds or installs all.
    pub(super) fn ensure(project: &Project) -> Result<Self> {
        let programs = [&CHROMIUM, &CHROMEDRIVER, &FIREFOX, &WEBKITWEBDRIVER, &XVFB];
        let found = ensure_all(programs)?;
        let [chromium, chromedriver, firefox, webkit, xvfb] = &found;
        check_versions(chromium, chromedriver)?;
        eprintln!("  firefox {}: {}", versions::printed_by(firefox).unwrap_or_default(), firefox.display());
        eprintln!("  WebKitWebDriver: {}, on {}", webkit.display(), xvfb.display());
        let chromedriver = chromedriver.clone();
        let mut environment: Vec<_> = programs.map(|program| program.variable).into_iter().zip(found).collect();
        environment.push(("GECKODRIVER", GECKODRIVER.ensure(project)?));
        Ok(Self { chromedriver, environment })
    }
}

/// Chromium and its driver only work together in the same version.
fn check_versions(chromium: &Path, chromedriver: &Path) -> Result<()> {
    let [browser, driver] = [chromium, chromedriver].map(|program| versions::printed_by(program).unwrap_or_default());
    ensure!(
        versions::major(&browser).is_some() && versions::major(&browser) == versions::major(&driver),
        "{} is version `{browser}` and {} is version `{driver}`, which don't work together; \
         install both in the same version",
        chromium.display(),
        chromedriver.display()
    );
    eprintln!("  chromium {browser}: {}", chromium.display());
    eprintln!("  chromedriver {driver}: {}", chromedriver.display());
    Ok(())
}
