//! The ways in which people look at the same state: widths, colours, motion, sizes of text.

use std::fmt;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::world::World;
use crate::{Browser, Colours};

/// How large the reader's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// As most have it.
    Usual,
    /// Twice as large, by the browser's own setting for the default size. Not by scaling the root element, which would
    /// prove nothing where a length or a condition of the style sheet hangs on the reader's size and not on the root.
    Twice,
}

/// One way to look at a state. The direction and the length of words come with the language of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// Height of the window in CSS pixels.
    pub height: u32,
    /// The colours.
    pub colours: Colours,
    /// Whether the reader has asked for less motion.
    pub is_still: bool,
    /// The size of text.
    pub text: Text,
}

/// A phone, a tablet, a desktop, and that desktop at 400 %, which leaves 320 by 256 CSS pixels of it (WCAG 1.4.10).
const WINDOWS: [(u32, u32); 4] = [(360, 740), (768, 1024), (1280, 1024), ZOOMED];

const ZOOMED: (u32, u32) = (320, 256);

const COLOURS: [Colours; 4] = [Colours::Light, Colours::Dark, Colours::Forced, Colours::ForcedDark];

impl Variant {
    /// The variant in which the tour walks on.
    pub const USUAL: Self =
        Self { width: 360, height: 740, colours: Colours::Light, is_still: false, text: Text::Usual };

    /// Every combination. Text of twice the size is not combined with the zoomed window: that would be 800 %.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for (width, height) in WINDOWS {
            for text in [Text::Usual, Text::Twice] {
                if text == Text::Twice && (width, height) == ZOOMED {
                    continue;
                }
                for colours in COLOURS {
                    for is_still in [false, true] {
                        all.push(Self { width, height, colours, is_still, text });
                    }
                }
            }
        }
        all
    }

    /// A few in which each width, each set of colours, each kind of motion and each size of text comes up. Colours do
    /// not change where things stand and widths do not change colours, so that few combinations say something new.
    pub fn covering() -> Vec<Self> {
        let usual = Self::USUAL;
        let [_, (tablet, tall), (desktop, high), (zoomed, low)] = WINDOWS;
        vec![
            usual,
            Self { width: zoomed, height: low, colours: Colours::Dark, ..usual },
            Self { width: desktop, height: high, colours: Colours::ForcedDark, is_still: true, ..usual },
            Self { colours: Colours::Forced, text: Text::Twice, ..usual },
            Self { width: tablet, height: tall, colours: Colours::Dark, is_still: true, text: Text::Twice },
            Self { width: desktop, height: high, text: Text::Twice, ..usual },
            Self { width: tablet, height: tall, is_still: true, ..usual },
        ]
    }

    /// Shows the page in this way.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn show(&self, browser: &Browser) -> Result<()> {
        // As a desktop has it: a phone would show the whole of a page that is too wide, smaller, and the window would then
        // be as wide as the page. That a page asks phones for their own width is measured by itself.
        let metrics = json!({"width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": false});
        browser.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.colours.ask(browser, self.is_still).await?;
        let sizes = json!({"fontSizes": {"standard": self.text_size(), "fixed": self.text_size() - 3}});
        browser.cdp("Page.setFontSizes", sizes).await?;
        Ok(())
    }

    /// Waits until what moves has come to rest, and makes sure that the document is shown in this way: a way that does
    /// not reach it would prove nothing.
    pub(crate) async fn settle(&self, world: &World<'_>) -> Result<()> {
        let seen = world.run(SETTLE).await?;
        let meant =
            json!([self.width, self.colours.is_dark(), self.colours.is_forced(), self.is_still, self.text_size()]);
        ensure!(seen == meant, "{self} is not what the document sees: {seen}, not {meant}");
        Ok(())
    }

    fn text_size(self) -> u32 {
        if self.text == Text::Twice { 32 } else { 16 }
    }
}

/// An animation without an end is none to wait for; `size` is what the reader has set, by a unit that asks for it.
const SETTLE: &str = "(async () => {
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  const ends = (animation) => animation.effect?.getComputedTiming().endTime !== Infinity;
  await Promise.all(document.getAnimations().filter(ends).map((each) => each.finished.catch(() => {})));
  const probe = document.createElement('div');
  probe.style.setProperty('all', 'initial', 'important');
  probe.style.setProperty('font-size', 'medium', 'important');
  document.documentElement.append(probe);
  const size = parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  const is = (feature) => matchMedia(`(${feature})`).matches;
  return [innerWidth, is('prefers-color-scheme: dark'), is('forced-colors: active'), is('prefers-reduced-motion: reduce'), size];
})()";

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} px, {:?}", self.width, self.colours)?;
        if self.is_still {
            write!(f, ", still")?;
        }
        if self.text == Text::Twice {
            write!(f, ", text twice as large")?;
        }
        Ok(())
    }
}
