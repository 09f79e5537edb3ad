//! The body of the document: the emergency line, the place where the quiz runs, the leaflet and the data.
//!
//! The leaflet is what is read where the quiz can't run, so it has to make sense without any script.

use anyhow::{Context, Result, anyhow, ensure};
use pulldown_cmark_escape::escape_html;
use quiz_authoring::{EMERGENCY_LINK, Language};

use crate::byte_text;
use crate::languages;
use crate::proof;
use crate::settings::Settings;

/// What only a sealed document has.
pub(crate) struct Sealed<'a> {
    /// The script before the first input.
    pub(crate) early: &'a str,
    /// The script that reads the engine while it arrives, and starts it.
    pub(crate) main: &'a str,
    /// The engine as text, in pieces.
    pub(crate) engine: &'a [String],
}

/// The body's markup; without the sealed parts it is for `trunk serve`, where the page loads them itself.
pub(crate) fn body(
    language: &Language,
    all: &[Language],
    settings: &Settings,
    sealed: Option<&Sealed<'_>>,
) -> Result<String> {
    let pack = language.pack.encode().map_err(|error| anyhow!("the pack can't be written: {error:?}"))?;
    let first_screen = pars_check::prerender(&pack).map_err(|error| anyhow!("the pack can't be read: {error:?}"))?;
    let early = sealed.map_or_else(String::new, |sealed| script(sealed.early));
    let engine = sealed.map_or_else(String::new, |sealed| script(sealed.main) + &engine(sealed.engine));
    Ok(format!(
        "<header class=\"emergency-line\">{emergency_line}</header>\n\
         {languages}\
         <main>\n\
         <div id=\"app\" hidden><template>{first_screen}</template></div>\n\
         <script type=\"application/json\" id=\"settings\">{settings}</script>\n\
         {early}\
         {leaflet}\
         {proof}\
         </main>\n\
         {figures}\n\
         {pack}\
         {engine}",
        emergency_line = with_emergency_number(&language.emergency_line, settings)?,
        languages = languages::offer(language, all, settings)?,
        leaflet = leaflet(language, settings)?,
        proof = proof::markup(language)?,
        figures = figures(language),
        settings = settings.to_json()?,
        pack = data("id=\"pack\"", &byte_text::from_bytes(&pack)),
    ))
}

fn leaflet(language: &Language, settings: &Settings) -> Result<String> {
    let guidance = with_emergency_number(&language.leaflet, settings)?;
    Ok(format!(
        "<article id=\"leaflet\" class=\"leaflet\">\n\
         <p class=\"leaflet-note\" data-note=\"engine\" hidden>{failed}</p>\n\
         <p class=\"leaflet-note\" data-note=\"unsealed\" hidden>{unsealed} \
         <a data-open-alone target=\"_blank\" rel=\"noopener noreferrer\">{open_alone}</a></p>\n\
         {guidance}\
         <p class=\"leaflet-contact\" data-leaflet-contact>{contact}</p>\n\
         </article>\n",
        failed = phrase(language, "leaflet_engine_failed")?,
        unsealed = phrase(language, "leaflet_unsealed")?,
        open_alone = phrase(language, "leaflet_open_alone")?,
        contact = contact(language, settings)?,
    ))
}

/// The figures beside questions. The quiz shows copies; the leaflet asks nothing and needs none.
fn figures(language: &Language) -> String {
    let template = |(id, svg): (&String, &String)| format!("<template data-figure=\"{id}\">{svg}</template>\n");
    language.figures.iter().map(template).collect()
}

fn contact(language: &Language, settings: &Settings) -> Result<String> {
    let Some(address) = &settings.contact else {
        return phrase(language, "leaflet_use_site");
    };
    Ok(format!(
        "<a data-contact href=\"{}\" target=\"_top\" rel=\"noreferrer\">{}</a>",
        escaped(address),
        phrase(language, "leaflet_contact")?
    ))
}

/// A phrase of the document around the quiz, as markup.
pub(crate) fn phrase(language: &Language, key: &str) -> Result<String> {
    let text = language.document.get(key).with_context(|| format!("{} has no phrase `{key}`", language.code))?;
    Ok(escaped(text))
}

/// Markup with the number that is baked, for without a script nothing else could put it there.
fn with_emergency_number(markup: &str, settings: &Settings) -> Result<String> {
    let Some(number) = &settings.emergency else {
        return Ok(markup.to_owned());
    };
    let own = EMERGENCY_LINK.replace("911", number);
    let replaced = markup.replace(EMERGENCY_LINK, &own);
    let left = replaced.matches("emergency-number").count() - replaced.matches(&own).count();
    ensure!(left == 0, "an emergency number in the content is not written as quiz-authoring writes it");
    Ok(replaced)
}

fn script(text: &str) -> String {
    format!("<script>{text}</script>\n")
}

/// The engine's pieces, each in an element of its own: one that has come whole is read while the next one comes.
fn engine(pieces: &[String]) -> String {
    pieces.iter().map(|piece| data("class=\"engine\"", piece)).collect()
}

fn data(attribute: &str, text: &str) -> String {
    format!("<script type=\"text/plain\" {attribute}>{text}</script>\n")
}

/// Text as markup, in an element or in a quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut markup = String::new();
    // Writing to a string can't fail.
    let _ = escape_html(&mut markup, text);
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    fn emergency(number: &str) -> Settings {
        let mut settings = Settings::default();
        settings.emergency = Some(number.into());
        settings
    }

    #[test]
    fn the_baked_emergency_number_stands_in_the_markup() {
        let markup = format!("<p>Call {EMERGENCY_LINK}.</p>");
        let baked = with_emergency_number(&markup, &emergency("112")).unwrap();
        assert_eq!(baked, "<p>Call <a class=\"emergency-number\" href=\"tel:112\">112</a>.</p>");
        assert_eq!(with_emergency_number(&markup, &Settings::default()).unwrap(), markup);
    }

    #[test]
    fn an_emergency_number_written_otherwise_is_an_error() {
        let markup = "<a href=\"tel:911\" class=\"emergency-number\">911</a>";
        assert!(with_emergency_number(markup, &emergency("112")).is_err());
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escaped("a\"b<c>&d"), "a&quot;b&lt;c&gt;&amp;d");
    }
}
