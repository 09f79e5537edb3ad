//! The contrast of text where axe can't tell it, as over drawings: measured from what is drawn. The page is pictured with
//! the text and without it; where the two differ, the text covers what the second shows, and that is its ground.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::RgbImage;
use serde_json::{Value, json};

use crate::Browser;
use crate::fault::Fault;
use crate::world::World;

/// Brings an element into view and says where its own text stands in the window, its colour, and the contrast that its
/// size needs; nothing where it has no text of its own or none is seen.
const PLACE: &str = "(async (target) => {
  const element = document.querySelector(target);
  const texts = [...(element?.childNodes ?? [])].filter((node) => node.nodeType === 3 && node.data.trim());
  if (!texts.length || !measures.isSeen(element)) return null;
  element.scrollIntoView({block: 'center', behavior: 'instant'});
  // Where colours have just been emulated, the ground of the page itself may still have those of before.
  const {style: sheet} = document.documentElement;
  const drawn = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  sheet.setProperty('background-color', '#808080', 'important');
  await drawn();
  sheet.removeProperty('background-color');
  await drawn();
  const boxes = texts.flatMap((text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()];
  }).filter(({width, height, top, bottom}) => width > 0 && height > 0 && top < innerHeight && bottom > 0);
  const style = getComputedStyle(element);
  const size = parseFloat(style.fontSize) * (element.getScreenCTM?.().a ?? 1);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const colour = measures.parse(element.closest('svg') ? style.fill : style.color);
  // A picture is cut out of the page, not of the window; a frame lies at the very start of its page.
  const [across, down] = self === top ? [scrollX, scrollY] : [0, 0];
  const areas = boxes.map(({left, top, width, height}) => [left + across, top + down, width, height]);
  return {boxes: areas, colour, least: isLarge ? 3 : 4.5};
})";

/// Takes the colour of an element's text, or gives it back. Forced colours would force that of the text again, so that
/// the element is let out of them, with the ground that they gave it.
const VEIL: &str = "((target, isVeiled) => {
  const element = document.querySelector(target);
  const {backgroundColor} = getComputedStyle(element);
  const veil = {
    'forced-color-adjust': 'none', 'background-color': backgroundColor, 'color': 'transparent', 'fill': 'transparent',
    '-webkit-text-fill-color': 'transparent', 'text-decoration-color': 'transparent',
  };
  for (const [property, value] of Object.entries(veil)) {
    if (isVeiled) element.style.setProperty(property, value, 'important');
    else element.style.removeProperty(property);
  }
  return new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
})";

/// The fault, if what is drawn has too little contrast or can't be seen at all.
pub(crate) async fn fault_at(browser: &Browser, world: &World<'_>, target: &str, place: &str) -> Result<Option<Fault>> {
    let target = json!(target);
    let placed = world.run(&format!("{PLACE}({target})")).await?;
    if placed.is_null() {
        return Ok(None);
    }
    let boxes: Vec<[f64; 4]> = serde_json::from_value(placed.get("boxes").cloned().unwrap_or_default())?;
    let colour: [f64; 4] = serde_json::from_value(placed.get("colour").cloned().unwrap_or_default())?;
    let needed = placed.get("least").and_then(Value::as_f64).context("how much is needed")?;
    let mut grounds = BTreeSet::new();
    for area in boxes {
        let with = picture(browser, area).await?;
        world.run(&format!("{VEIL}({target}, true)")).await?;
        let without = picture(browser, area).await;
        world.run(&format!("{VEIL}({target}, false)")).await?;
        grounds.extend(covered(&with, &without?));
    }
    let fault = |says: String| Some(Fault::new("contrast", place, says));
    if grounds.is_empty() {
        return Ok(fault("its text can't be told from what is behind it".to_owned()));
    }
    let least = world.run(&format!("measures.least({}, {})", json!(colour), json!(grounds))).await?;
    let least = least.as_f64().context("a contrast")?;
    Ok(if least < needed { fault(format!("{least:.2} where {needed} is needed")) } else { None })
}

async fn picture(browser: &Browser, [left, top, width, height]: [f64; 4]) -> Result<RgbImage> {
    let clip = json!({"x": left, "y": top, "width": width.max(1.0), "height": height.max(1.0), "scale": 1});
    let given = browser.cdp("Page.captureScreenshot", json!({"format": "png", "clip": clip})).await?;
    let data = given.get("data").and_then(Value::as_str).context("a picture has data")?;
    Ok(image::load_from_memory(&STANDARD.decode(data)?)?.into_rgb8())
}

/// The colours of the ground that the text covers. Pixels that hardly change are edges of letters.
fn covered(with: &RgbImage, without: &RgbImage) -> BTreeSet<[u8; 3]> {
    let pairs = with.pixels().zip(without.pixels());
    let covered = pairs.filter(|(one, other)| one.0.iter().zip(other.0).any(|(a, b)| a.abs_diff(b) > 16));
    covered.map(|(_, ground)| ground.0).collect()
}
