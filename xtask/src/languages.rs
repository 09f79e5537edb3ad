//! The choice of languages, as markup above the questions. early.js shows what the settings name.

use std::fmt::Write;

use anyhow::{Result, ensure};
use quiz_authoring::Language;

use crate::dist::document_name;
use crate::leaflet::{escaped, phrase};
use crate::settings::Settings;

/// Links to the files of the other languages, hidden but for those that are baked; nothing where there is no other.
pub(crate) fn offer(language: &Language, all: &[Language], settings: &Settings) -> Result<String> {
    let is_known = |code: &String| all.iter().any(|other| other.code == *code);
    let unknown = settings.langs.iter().find(|code| !is_known(code));
    ensure!(unknown.is_none(), "`langs` has `{}`, which is not built", unknown.map_or("", |code| code));
    let mut links = String::new();
    let is_baked = |code: &String| settings.langs.contains(code);
    for other in all.iter().filter(|other| other.code != language.code) {
        // Writing to a string can't fail.
        let _ = writeln!(
            links,
            "<a data-language lang=\"{code}\" hreflang=\"{code}\" href=\"{file}\"{hidden}>{name}</a>",
            code = escaped(&other.code),
            file = escaped(&document_name(other)),
            hidden = if is_baked(&other.code) { "" } else { " hidden" },
            name = escaped(&other.name),
        );
    }
    if links.is_empty() {
        return Ok(links);
    }
    let is_offered = settings.langs.iter().any(|code| *code != language.code);
    Ok(format!(
        "<nav class=\"languages\" aria-label=\"{label}\"{hidden}>\n{links}<p class=\"languages__restart\">{restart}</p>\n</nav>\n",
        label = phrase(language, "languages")?,
        hidden = if is_offered { "" } else { " hidden" },
        restart = phrase(language, "languages_restart")?,
    ))
}
