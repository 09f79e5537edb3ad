//! The choice of languages, as markup above the questions. early.js shows what the settings name.

use std::fmt::Write;

use anyhow::Result;
use quiz_authoring::Language;

use crate::bake::{LANGUAGES_HIDDEN, language_hidden};
use crate::dist::document_name;
use crate::leaflet::{escaped, phrase};

/// Links to the files of the other languages, hidden until they are offered; nothing where there is no other.
pub(crate) fn offer(language: &Language, all: &[Language]) -> Result<String> {
    let mut links = String::new();
    for other in all.iter().filter(|other| other.code != language.code) {
        // Writing to a string can't fail.
        let _ = writeln!(
            links,
            "{link} lang=\"{code}\" href=\"{file}\">{name}</a>",
            link = language_hidden(&other.code),
            code = escaped(&other.code),
            file = escaped(&document_name(other)),
            name = escaped(&other.name),
        );
    }
    if links.is_empty() {
        return Ok(links);
    }
    Ok(format!(
        "{LANGUAGES_HIDDEN} aria-label=\"{label}\">\n{links}<p class=\"languages__restart\">{restart}</p>\n</nav>\n",
        label = phrase(language, "languages")?,
        restart = phrase(language, "languages_restart")?,
    ))
}
