//! A new section of guidance.

use std::path::Path;

use anyhow::{Result, ensure};
use quiz_authoring::TO_WRITE;

use super::edit;
use super::ensure_slug;
use super::files::{Files, languages};

/// The files in which it is written. Who is shown it is not known: `check` asks for it at its place in quiz.toml.
pub(super) fn files(folder: &Path, id: &str) -> Result<Files> {
    ensure_slug(id)?;
    let mut files = Files::of(folder);
    files.change("quiz.toml", |text| {
        let mut quiz = edit::parse(text)?;
        let ids = edit::ids(&quiz, "section");
        ensure!(!ids.iter().any(|other| other == id), "there is a section `{id}` already; choose another id");
        edit::insert(&mut quiz, "section", ids.len(), edit::table(&format!("id = \"{id}\"\n"))?)?;
        Ok(quiz.to_string())
    })?;
    for code in languages(folder)? {
        let text = format!("# {TO_WRITE} the title\n\n{TO_WRITE} the text\n");
        files.make(&format!("lang/{code}/sections/{id}.md"), text);
    }
    Ok(files)
}
