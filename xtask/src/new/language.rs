//! A new language: a copy of the first one, with every text marked as still to be translated.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use quiz_authoring::TO_WRITE;

use super::edit;
use super::files::{Files, languages, read};
use crate::project::names_in;

/// The language that is translated from, where it is there.
const PREFERRED: &str = "en";

/// The files of words; a quiz without figures has no words of them.
const WORDS: [&str; 4] = ["questions.toml", "outcomes.toml", "interface.toml", "figures.toml"];

/// The files in which it is written.
pub(super) fn files(folder: &Path, code: &str) -> Result<Files> {
    ensure!(is_code(code), "`{code}` is no language code; write one of BCP 47, such as es or pt-BR");
    let known = languages(folder)?;
    let is_there = known.iter().any(|other| other.eq_ignore_ascii_case(code));
    ensure!(!is_there, "the language `{code}` is there already, in lang/{code}/");
    let first = known.iter().find(|other| *other == PREFERRED).or(known.first());
    let from = folder.join("lang").join(first.context("there is no language to translate from")?);
    let mut files = Files::of(folder);
    files.make(&format!("lang/{code}/language.toml"), language(code));
    for name in WORDS.into_iter().filter(|name| from.join(name).is_file()) {
        files.make(&format!("lang/{code}/{name}"), words(&read(&from.join(name))?)?);
    }
    let sections = from.join("sections");
    let names = if sections.is_dir() { names_in(&sections)? } else { Vec::new() };
    for name in names {
        files.make(&format!("lang/{code}/sections/{name}"), section(&read(&sections.join(&name))?));
    }
    Ok(files)
}

fn is_code(code: &str) -> bool {
    let mut parts = code.split('-');
    let is_language = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_subtag = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_language) && parts.all(is_subtag)
}

fn language(code: &str) -> String {
    format!(
        "name = \"{TO_WRITE} the language's name for itself\"\ncode = \"{code}\"\ndirection = \"{TO_WRITE} ltr or rtl\"\n\
         # decimal_mark = \",\"\n"
    )
}

fn words(text: &str) -> Result<String> {
    let mut words = edit::parse(text)?;
    edit::change_texts(words.as_table_mut(), &|text| format!("{TO_WRITE} {text}"));
    Ok(words.to_string())
}

/// Guidance with a mark at the beginning of each title, paragraph and item of a list.
fn section(text: &str) -> String {
    let mut begins = true;
    let mut marked = String::new();
    for line in text.lines() {
        let start = start_of_text(line);
        let (before, rest) = line.split_at(start);
        begins |= start > 0;
        let is_text = begins && !rest.is_empty() && !rest.starts_with("![](figure:");
        marked += before;
        if is_text {
            marked += TO_WRITE;
            marked += " ";
        }
        marked += rest;
        marked += "\n";
        begins = rest.is_empty();
    }
    marked
}

/// Where the text of a line begins, behind what makes it a heading or an item.
fn start_of_text(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    let rest = line.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match rest.get(digits..).unwrap_or_default() {
        after if digits > 0 && after.starts_with(". ") => digits + 2,
        _ if rest.starts_with("- ") || rest.starts_with("* ") => 2,
        _ if rest.starts_with('#') => rest.len() - rest.trim_start_matches('#').trim_start().len(),
        _ => 0,
    };
    if marker > 0 { indent + marker } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_of_guidance_is_marked_and_nothing_else() {
        let text = "# Sky\n\nIt rains,\nand 2. more.\n\n- a hat\n  1. a coat\n\n![](figure:sky)\n\n**Now?** Go.\n";
        let marked = "# TODO: Sky\n\nTODO: It rains,\nand 2. more.\n\n- TODO: a hat\n  1. TODO: a coat\n\n\
                      ![](figure:sky)\n\nTODO: **Now?** Go.\n";
        assert_eq!(section(text), marked);
    }

    #[test]
    fn codes_are_told_from_what_is_none() {
        for code in ["es", "pt-BR", "zh-Hant-TW", "fil"] {
            assert!(is_code(code), "{code}");
        }
        for code in ["", "e", "Spanish", "es_MX", "../es", "es-", "ES"] {
            assert!(!is_code(code), "{code}");
        }
    }
}
