//! The body of the document: the emergency line, the place where the quiz runs, the leaflet and the data.
//!
//! The leaflet is what is read where the quiz can't run, so it has to make sense without any script.

use anyhow::{Context, Result, anyhow, ensure};
use pulldown_cmark_escape::escape_html;
use quiz_authoring::{EMERGENCY_LINK, Language};

use crate::bake::{CONTACT_HIDDEN, NO_CONTACT, NO_SETTINGS};
use crate::byte_text;
use crate::languages;
use crate::proof;

/// What only a sealed document has.
pub(crate) struct Sealed<'a> {
    /// The script before the first input.
    pub(crate) early: &'a str,
    /// The script that starts the engine.
    pub(crate) main: &'a str,
    /// The engine as text.
    pub(crate) engine: &'a str,
}

/// The body's markup; without the sealed parts it is for `trunk serve`, where the page loads them itself.
pub(crate) fn body(language: &Language, all: &[Language], sealed: Option<&Sealed<'_>>) -> Result<String> {
    let pack = language.pack.encode().map_err(|error| anyhow!("the pack can't be written: {error:?}"))?;
    let first_screen = pars_check::prerender(&pack).map_err(|error| anyhow!("the pack can't be read: {error:?}"))?;
    let early = sealed.map_or_else(String::new, |sealed| script(sealed.early));
    let engine =
        sealed.map_or_else(String::new, |sealed| [script(sealed.main), data("engine", sealed.engine)].join("\n"));
    Ok(format!(
        "<header class=\"emergency-line\">{emergency_line}</header>\n\
         {languages}\
         <main>\
         <div id=\"app\" hidden><template>{first_screen}</template></div>\n\
         {NO_SETTINGS}\
         {early}\
         {leaflet}\
         {proof}\
         </main>\
         {engine}\
         {figures}\
         {pack}\n",
        emergency_line = with_plain_numbers(&language.emergency_line)?,
        languages = languages::offer(language, all)?,
        leaflet = leaflet(language)?,
        proof = proof::markup(language)?,
        figures = figures(language),
        pack = data("pack", &byte_text::from_bytes(&pack)),
    ))
}

fn leaflet(language: &Language) -> Result<String> {
    Ok(format!(
        "<article id=\"leaflet\" class=\"leaflet\">\n\
         <p class=\"leaflet-note\" data-note=\"engine\" role=\"alert\" hidden>{failed}</p>\n\
         <p class=\"leaflet-note\" data-note=\"unsealed\" hidden>{unsealed} \
         <a data-open-alone target=\"_blank\" rel=\"noopener noreferrer\">{open_alone}</a></p>\n\
         {guidance}\
         {NO_CONTACT}{use_site}</p>\n\
         {CONTACT_HIDDEN}{contact}</a></p>\n\
         </article>\n",
        failed = phrase(language, "leaflet_engine_failed")?,
        unsealed = phrase(language, "leaflet_unsealed")?,
        open_alone = phrase(language, "leaflet_open_alone")?,
        guidance = with_plain_numbers(&language.leaflet)?,
        use_site = phrase(language, "leaflet_use_site")?,
        contact = phrase(language, "leaflet_contact")?,
    ))
}

/// The figures beside questions. The quiz shows copies; the leaflet asks nothing and needs none.
fn figures(language: &Language) -> String {
    let template = |(id, svg): (&String, &String)| format!("<template data-figure=\"{id}\">{svg}</template>\n");
    language.figures.iter().map(template).collect()
}

/// A phrase of the document around the quiz, as markup.
pub(crate) fn phrase(language: &Language, key: &str) -> Result<String> {
    let text = language.document.get(key).with_context(|| format!("{} has no phrase `{key}`", language.code))?;
    Ok(escaped(text))
}

/// Markup in which each emergency number is written as baking finds it.
fn with_plain_numbers(markup: &str) -> Result<&str> {
    let left = markup.matches("emergency-number").count() - markup.matches(EMERGENCY_LINK).count();
    ensure!(left == 0, "an emergency number in the content is not written as quiz-authoring writes it");
    Ok(markup)
}

fn script(text: &str) -> String {
    format!("<script>{text}</script>")
}

fn data(id: &str, text: &str) -> String {
    format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>")
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

    #[test]
    fn an_emergency_number_written_otherwise_is_an_error() {
        assert!(with_plain_numbers(&format!("<p>Call {EMERGENCY_LINK}.</p>")).is_ok());
        assert!(with_plain_numbers("<a href=\"tel:911\" class=\"emergency-number\">911</a>").is_err());
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escaped("a\"b<c>&d"), "a&quot;b&lt;c&gt;&amp;d");
    }
}
