//! The sealed document: one file that holds everything and reaches for nothing.

use anyhow::{Context, Result};
use quiz_authoring::Language;

use crate::bundle::Bundles;
use crate::leaflet::{Sealed, body, escaped};
use crate::policy;

/// Tells every browser that this is UTF-8, whatever a server's header says. Without it a wrong header would turn the
/// engine's bytes into others.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Seals a language into a document, without settings.
pub(crate) fn seal(language: &Language, all: &[Language], bundles: &Bundles, engine: &str) -> Result<String> {
    let sealed = Sealed { early: &bundles.early, main: &bundles.main, engine };
    let body = body(language, all, Some(&sealed))?;
    let document = format!("{BYTE_ORDER_MARK}{}{body}</body></html>\n", head(language, bundles));
    policy::check(&document).with_context(|| format!("the document in {} is not sound", language.name))?;
    Ok(document)
}

/// The head. It names no icon: a page with this policy is asked for none, not even for /favicon.ico, while a `data:`
/// icon would be a violation of it (tried in Chromium 156).
fn head(language: &Language, bundles: &Bundles) -> String {
    let direction = if language.pack.words.right_to_left { "rtl" } else { "ltr" };
    format!(
        "<!doctype html><html lang=\"{code}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"referrer\" content=\"no-referrer\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"robots\" content=\"noindex\">\
         <title>{title}</title><style>{css}</style></head><body>\n",
        code = escaped(&language.code),
        policy = policy::of(bundles),
        title = escaped(&language.title),
        css = bundles.css,
    )
}
