//! All pictures of a run on one page, so that a person sees the whole product at once.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::json;

use crate::{Browser, Colours, Picture, Shown, Sight, Verdict, Visitor};

const STYLE: &str = "
    body { font: 14px/1.4 sans-serif; margin: 24px; background: #e9edf0; color: #15222b }
    ul { display: grid; grid-template-columns: repeat(auto-fill, 172px); gap: 16px; padding: 0; list-style: none }
    .desktop ul { grid-template-columns: repeat(auto-fill, 360px) }
    .desktop img { height: auto }
    img { display: block; height: 340px; outline: 1px solid #9aa8b2 }
    .differs img { outline: 4px solid #d0002b }
    p { margin: 4px 0; overflow-wrap: anywhere }";

/// Writes `index.html` beside the pictures: a section for each variant, in the order of the tour.
///
/// # Errors
/// It can't be written.
pub fn write_contact_sheet(folder: &Path, all: &[(Shown, Verdict)]) -> Result<()> {
    let mut page =
        format!("<!doctype html><html lang=en><meta charset=utf-8><title>All states</title><style>{STYLE}</style>");
    for variant in variants(all) {
        let of_variant = all.iter().filter(|(shown, _)| shown.variant == variant);
        let kind = if variant.contains("desktop") { "desktop" } else { "phone" };
        let _ = write!(page, "<section id={variant} class={kind}><h1>{variant}</h1><ul>");
        of_variant.for_each(|(shown, verdict)| page.push_str(&entry(folder, shown, verdict)));
        page.push_str("</ul></section>");
    }
    fs::create_dir_all(folder)?;
    Ok(fs::write(folder.join("index.html"), page)?)
}

/// A picture with its name, and what is to be said of it. Names are of letters, digits and dashes.
fn entry(folder: &Path, shown: &Shown, verdict: &Verdict) -> String {
    let (file, thumbnail, state) = (shown.file(), shown.thumbnail_file(), &shown.state);
    let (class, word) = match verdict {
        Verdict::Same => ("", String::new()),
        Verdict::Missing => ("differs", "not approved yet".to_owned()),
        Verdict::Differs(what) => {
            let approved = format!("<a href='../../e2e/approved/{file}'>approved</a>");
            let difference = shown.difference_file();
            // Pictures of two sizes have none.
            let marked = folder.join(&difference).exists().then(|| format!(", <a href='{difference}'>difference</a>"));
            ("differs", format!("{what}: {approved}{}", marked.unwrap_or_default()))
        }
    };
    format!(
        "<li class='{class}'><a href='{file}'><img alt='{state}' src='{thumbnail}'></a><p>{state}</p><p>{word}</p></li>"
    )
}

fn variants(all: &[(Shown, Verdict)]) -> Vec<String> {
    let mut variants: Vec<String> = Vec::new();
    for (shown, _) in all {
        if !variants.contains(&shown.variant) {
            variants.push(shown.variant.clone());
        }
    }
    variants
}

/// Writes `contact-sheet-<variant>.png` beside it, each a picture of a section.
///
/// # Errors
/// The browser does not show the page.
pub async fn photograph_contact_sheet(browser: &Browser, folder: &Path, all: &[(Shown, Verdict)]) -> Result<()> {
    browser.client.goto(&format!("file://{}", folder.join("index.html").display())).await?;
    let page = Visitor::outside(&browser.client);
    page.until(
        "the pictures",
        "return [...document.images].every((image) => image.complete && image.naturalWidth > 0)",
    )
    .await?;
    for variant in variants(all) {
        let only = format!(
            "for (const each of document.querySelectorAll('section')) each.hidden = each.id !== {}",
            json!(variant)
        );
        page.run(&only).await?;
        let sight = Sight { width: 1920, height: 900, colours: Colours::Light };
        let picture = Picture::take(browser, &page, sight, Picture::TALLEST).await?;
        fs::write(folder.join(format!("contact-sheet-{variant}.png")), picture.png()?)?;
    }
    Ok(())
}
