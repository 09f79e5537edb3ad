//! The browsers, by the engine that shows the pages.

mod chromium;
mod firefox;
mod webkit;

use std::path::Path;

use anyhow::Result;
use fantoccini::wd::Capabilities;

use crate::driver::Driver;
use crate::proxy::Proxy;

pub(crate) use chromium::{in_one_process, requested};

/// A browser that tests can start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, behind its ChromeDriver.
    Chromium,
    /// Firefox, behind geckodriver.
    Firefox,
    /// The small browser of WebKitGTK, behind its WebKitWebDriver, on a display of its own.
    WebKit,
}

impl Engine {
    /// Starts the driver. What it and its browser write goes into the folder.
    pub(crate) async fn start_driver(self, folder: &Path) -> Result<Driver> {
        match self {
            Self::Chromium => chromium::start_driver().await,
            Self::Firefox => firefox::start_driver(folder).await,
            Self::WebKit => webkit::start_driver(folder).await,
        }
    }

    /// What the driver is told to start.
    pub(crate) fn capabilities(self, folder: &Path, proxy: Option<&Proxy>) -> Capabilities {
        match self {
            Self::Chromium => chromium::capabilities(folder, proxy),
            Self::Firefox => firefox::capabilities(folder, proxy),
            Self::WebKit => webkit::capabilities(proxy),
        }
    }
}
