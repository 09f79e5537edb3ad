//! A picture of a whole page: taken when nothing moves, compared point by point, written small.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};
use image_compare::Algorithm;
use serde_json::json;

use crate::{Browser, Colours, Visitor, repository};

/// How far the red, green or blue of a point in an area may lie from what was approved, of 255: less than anybody changes
/// a colour by.
const MOST_APART: u8 = 3;

/// In how many shades of red, green and blue edges are kept. A page has a dozen colours, and more than a thousand at the
/// edges of letters, which take five times the room and say no more than six shades do. With those of the areas they fit
/// into a palette.
const SHADES: u8 = 6;

/// From one shade to the next.
const STEP: u8 = u8::MAX / (SHADES - 1);

/// How many points may lie further apart. On one machine none does: Chromium draws the same page the same way.
const MOST_POINTS: usize = 4;

/// How often a screenshot may differ from the one before it.
const MOST_SCREENSHOTS: usize = 20;

/// Waits until nothing changes any more: texts have their fonts, what moves has arrived, and it was drawn so. No caret
/// blinks.
const STILL: &str = "
    document.activeElement?.style?.setProperty('caret-color', 'transparent');
    const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    return (async () => {
        await document.fonts?.ready;
        await frame();
        for (const each of document.getAnimations()) if (each.effect.getComputedTiming().endTime < Infinity) each.finish();
        await frame();
        return true;
    })()";

/// How tall a picture has to be. A dialog lies on the window and not on the page, and would lie elsewhere in a taller one.
const HEIGHT: &str =
    "return document.querySelector('dialog[open]') ? innerHeight : document.documentElement.scrollHeight";

/// How a page is looked at for a picture: by somebody who wants nothing to move.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// Height of the window in CSS pixels; the picture is taller where the page is.
    pub height: u32,
    /// The colours.
    pub colours: Colours,
}

impl Sight {
    /// Makes the window so and as tall as that, and waits until it is drawn so. A sealed frame has a process of its own,
    /// which hears of its new size when the page around has long drawn.
    async fn set(self, browser: &Browser, visitor: &Visitor<'_>, height: u32) -> Result<()> {
        let metrics =
            json!({"width": self.width, "height": height, "deviceScaleFactor": 1, "mobile": self.width < 600});
        browser.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.colours.ask(browser, true).await?;
        visitor.until("a window as tall as the picture", &format!("return innerHeight === {height}")).await?;
        visitor.run(STILL).await?;
        Ok(())
    }
}

/// The first screenshot that is as the one before it. A sealed frame is drawn by a process of its own, and the page
/// around shows what it drew before until that is done.
async fn settled(browser: &Browser) -> Result<Vec<u8>> {
    let mut last = browser.screenshot().await?;
    for _ in 0..MOST_SCREENSHOTS {
        let next = browser.screenshot().await?;
        if next == last {
            return Ok(next);
        }
        last = next;
    }
    bail!("the page changes with each of {MOST_SCREENSHOTS} screenshots")
}

/// A picture as a browser or a file gave it.
#[derive(Clone, Debug)]
pub struct Picture {
    points: RgbImage,
}

/// What is not the same in two pictures.
#[derive(Clone, Debug)]
pub struct Difference {
    /// In words, such as `12 points` or `360×740 has become 360×760`.
    pub what: String,
    /// The new picture, pale, with what differs in red; nothing where the sizes differ.
    pub shown: Option<Picture>,
}

impl Picture {
    /// How many points a picture can be tall. Chromium draws no more than 16,384 at once.
    pub const TALLEST: u64 = 16_000;

    /// Takes a picture of the page that a visitor sees, down to `tallest` at most, which is no more than
    /// [`Picture::TALLEST`]. Where the visitor is in a frame as
    /// large as the window, the window becomes as tall as what is in the frame.
    ///
    /// # Errors
    /// The browser gives no picture.
    pub async fn take(browser: &Browser, visitor: &Visitor<'_>, sight: Sight, tallest: u64) -> Result<Self> {
        sight.set(browser, visitor, sight.height).await?;
        let height = visitor.run(HEIGHT).await?;
        let height = height.as_u64().context("the page has no height")?.min(tallest);
        if height > u64::from(sight.height) {
            sight.set(browser, visitor, u32::try_from(height)?).await?;
        }
        let png = if visitor.is_framed().await? { settled(browser).await? } else { browser.screenshot().await? };
        Self::of_png(&png)
    }

    /// How many points tall it is.
    #[must_use]
    pub fn height(&self) -> u64 {
        self.points.height().into()
    }

    /// Reads a PNG.
    ///
    /// # Errors
    /// It is none.
    pub fn of_png(png: &[u8]) -> Result<Self> {
        Ok(Self { points: image::load_from_memory_with_format(png, image::ImageFormat::Png)?.into_rgb8() })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// There is no such file, or it is no PNG.
    pub fn read(path: &Path) -> Result<Self> {
        let png = fs::read(path).with_context(|| format!("{} can't be read", path.display()))?;
        Self::of_png(&png).with_context(|| format!("{} is no picture", path.display()))
    }

    /// What differs in another, newer picture, if a person could see it. This one has plain edges.
    ///
    /// # Errors
    /// The library fails.
    pub fn difference(&self, new: &Self) -> Result<Option<Difference>> {
        let ((width, height), (new_width, new_height)) = (self.points.dimensions(), new.points.dimensions());
        if (width, height) != (new_width, new_height) {
            let what = format!("{width}×{height} has become {new_width}×{new_height}");
            return Ok(Some(Difference { what, shown: None }));
        }
        let plain = new.with_plain_edges();
        let compared =
            image_compare::rgb_similarity_structure(&Algorithm::RootMeanSquared, &self.points, &plain.points)?;
        // 255 where a colour is the same, and less by as much as it differs.
        let alike = compared.image.to_color_map().into_rgb8();
        let mut shown = new.points.clone();
        let mut count = 0;
        for (x, y, point) in shown.enumerate_pixels_mut() {
            let least = u8::MAX - MOST_APART - if new.is_area(x, y) { 0 } else { STEP };
            let is_apart = alike.get_pixel(x, y).0.iter().any(|alike| *alike < least);
            count += usize::from(is_apart);
            *point = if is_apart { Rgb([230, 0, 40]) } else { Rgb(point.0.map(|part| 170 + part / 3)) };
        }
        let what = format!("{count} points");
        Ok((count > MOST_POINTS).then_some(Difference { what, shown: Some(Self { points: shown }) }))
    }

    /// Whether a point has the colour of most beside, above and below it.
    fn is_area(&self, x: u32, y: u32) -> bool {
        let here = self.points.get_pixel(x, y);
        let beside = [(x.wrapping_sub(1), y), (x + 1, y), (x, y.wrapping_sub(1)), (x, y + 1)];
        beside
            .into_iter()
            .filter(|(x, y)| self.points.get_pixel_checked(*x, *y).is_none_or(|point| point == here))
            .count()
            > 2
    }

    /// The picture as it is approved: areas as they are, edges in few shades.
    #[must_use]
    pub fn with_plain_edges(&self) -> Self {
        let mut points = self.points.clone();
        for (x, y, point) in points.enumerate_pixels_mut() {
            if !self.is_area(x, y) {
                point.0 = point.0.map(|part| part.saturating_add(STEP / 2) / STEP * STEP);
            }
        }
        Self { points }
    }

    /// The picture as PNG, quickly.
    ///
    /// # Errors
    /// It can't be encoded.
    pub fn png(&self) -> Result<Vec<u8>> {
        let (width, height) = self.points.dimensions();
        let mut png = Vec::new();
        PngEncoder::new(&mut png).write_image(&self.points, width, height, ExtendedColorType::Rgb8)?;
        Ok(png)
    }

    /// The top of it, small, as on a contact sheet.
    #[must_use]
    pub fn thumbnail(&self) -> Self {
        let (width, height) = self.points.dimensions();
        let top = height.min(width * 2);
        let across = if width < 600 { 172 } else { 360 };
        let cut = image::imageops::crop_imm(&self.points, 0, 0, width, top).to_image();
        Self { points: image::imageops::thumbnail(&cut, across, (top * across / width).max(1)) }
    }

    /// The picture as PNG with plain edges, small: with a palette where there are few colours.
    ///
    /// # Errors
    /// It can't be encoded.
    pub fn small_png(&self) -> Result<Vec<u8>> {
        let mut options = oxipng::Options::from_preset(1);
        // Few colours in areas: no filter serves as well as none.
        options.filters = [oxipng::FilterStrategy::NONE].into_iter().collect();
        Ok(oxipng::optimize_from_memory(&self.with_plain_edges().png()?, &options)?)
    }
}

/// Writes what a test has seen to `target/screenshots/`, for a person to look at.
///
/// # Errors
/// It can't be written.
pub fn keep(name: &str, bytes: &[u8]) -> Result<()> {
    let folder = repository("target/screenshots");
    fs::create_dir_all(&folder)?;
    ensure!(!name.contains('/'), "{name} is no name of a file");
    fs::write(folder.join(name), bytes).with_context(|| format!("{name} can't be written"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A button on a page, with soft corners.
    fn button(x: u32, colour: [u8; 3]) -> Picture {
        let mut points = RgbImage::from_pixel(60, 40, Rgb([255; 3]));
        for (left, top) in (x..x + 20).flat_map(|left| (10..20).map(move |top| (left, top))) {
            points.put_pixel(left, top, Rgb(colour));
        }
        for (left, top) in [(x, 10), (x + 19, 10), (x, 19), (x + 19, 19)] {
            points.put_pixel(left, top, Rgb(colour.map(|part| part / 2 + 127)));
        }
        Picture { points }
    }

    const BLUE: [u8; 3] = [11, 92, 112];

    #[test]
    fn the_same_is_the_same_also_after_it_was_written_small() {
        let picture = button(10, BLUE);
        assert!(picture.with_plain_edges().difference(&picture).unwrap().is_none());
        let read = Picture::of_png(&picture.small_png().unwrap()).unwrap();
        assert!(read.difference(&picture).unwrap().is_none());
        assert_eq!(read.points, picture.with_plain_edges().points);
    }

    #[test]
    fn a_button_moved_by_one_point_is_seen_and_marked() {
        let difference = button(10, BLUE).with_plain_edges().difference(&button(11, BLUE)).unwrap().unwrap();
        let marked = difference.shown.unwrap();
        assert_eq!(marked.points.get_pixel(10, 15), &Rgb([230, 0, 40]));
        assert_ne!(marked.points.get_pixel(20, 15), &Rgb([230, 0, 40]));
    }

    #[test]
    fn a_slightly_other_colour_is_seen_and_one_that_nobody_could_see_is_not() {
        let old = button(10, BLUE).with_plain_edges();
        assert!(old.difference(&button(10, [11, 92, 118])).unwrap().is_some());
        assert!(old.difference(&button(10, [12, 92, 113])).unwrap().is_none());
    }

    #[test]
    fn another_size_is_seen() {
        let taller = Picture { points: RgbImage::from_pixel(60, 41, Rgb([255; 3])) };
        let difference = button(10, BLUE).difference(&taller).unwrap().unwrap();
        assert_eq!(difference.what, "60×40 has become 60×41");
    }
}
