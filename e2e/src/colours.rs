//! The colours that a reader asks for.

use anyhow::Result;
use serde_json::json;

use crate::Browser;

/// Which colours the reader has asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// The page's own, light.
    Light,
    /// The page's own, dark.
    Dark,
    /// The system's few, on white, as Windows has them in a contrast theme.
    Forced,
    /// The system's few, on black.
    ForcedDark,
}

impl Colours {
    /// Has the browser ask for them, and for less motion or not.
    pub(crate) async fn ask(self, browser: &Browser, is_still: bool) -> Result<()> {
        let features = json!({"features": [
            {"name": "prefers-color-scheme", "value": if self.is_dark() { "dark" } else { "light" }},
            {"name": "forced-colors", "value": if self.is_forced() { "active" } else { "none" }},
            {"name": "prefers-reduced-motion", "value": if is_still { "reduce" } else { "no-preference" }},
        ]});
        browser.cdp("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    pub(crate) fn is_dark(self) -> bool {
        matches!(self, Self::Dark | Self::ForcedDark)
    }

    pub(crate) fn is_forced(self) -> bool {
        matches!(self, Self::Forced | Self::ForcedDark)
    }
}
