//! The quiz as FHIR R4: `cargo quiz fhir`.
//!
//! One `Questionnaire` for each language, all of one canonical address and version. A question's id is its link id.
//! What an early end cuts off stands in a group of its own, and groups nest (docs/adr/0020).

mod enabling;
mod fhirpath;
mod item;
mod simple;

use quiz_engine::{Pack, Phrase, questionnaire_response};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::assess::each_answered;
use crate::compile::Addresses;
use crate::content::{Content, Language};
use item::{Item, Items};

/// What to do where the content names nothing for FHIR.
pub const WITHOUT_FHIR: &str = "quiz.toml says nothing of FHIR; add a table to it, with UUIDs of your own:

    [fhir]
    questionnaire = \"urn:uuid:…\" # the address of the questionnaire
    codes = \"urn:uuid:…\" # the code system of the options' ids";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Questionnaire<'a> {
    resource_type: &'static str,
    id: String,
    language: &'a str,
    url: &'a str,
    version: &'a str,
    name: String,
    title: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    experimental: Option<bool>,
    subject_type: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    copyright: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approval_date: Option<&'a str>,
    item: Vec<Item>,
}

/// A JSON array with one `Questionnaire` for each language, in the order of the languages; nothing where the content
/// has no `[fhir]`, see [`WITHOUT_FHIR`].
pub fn questionnaires(content: &Content) -> Option<String> {
    let addresses = content.fhir.as_ref()?;
    let all: Vec<_> = content.languages.iter().map(|language| questionnaire(content, addresses, language)).collect();
    serde_json::to_string_pretty(&all).ok()
}

/// Reads a JSON array of answer objects, as `assess` does, and gives a JSON array with a `QuestionnaireResponse` for
/// each, in the same order. An element that cannot be read becomes `{"error": …}` and leaves the others unharmed.
///
/// `authored` is when they were written, as `2026-05-01` or `2026-05-01T12:00:00Z`, or nothing.
///
/// # Errors
/// The text is not a JSON array, `authored` is no such date, or the pack names nothing for FHIR.
pub fn responses(pack: &Pack, authored: &str, text: &str) -> Result<String, String> {
    if pack.fhir.is_none() {
        return Err(WITHOUT_FHIR.to_owned());
    }
    if !authored.is_empty() && !is_moment(authored) {
        return Err(format!("`{authored}` is no date; write it as 2026-05-01 or 2026-05-01T12:00:00Z"));
    }
    each_answered(&pack.logic, text, |answers| {
        let response = questionnaire_response(pack, answers, authored).unwrap_or_default();
        RawValue::from_string(response).unwrap_or_else(|_| RawValue::NULL.to_owned())
    })
}

fn questionnaire<'a>(content: &'a Content, addresses: &'a Addresses, language: &'a Language) -> Questionnaire<'a> {
    let is_signed = language.pack.review.is_some();
    Questionnaire {
        resource_type: "Questionnaire",
        id: resource_id(&format!("{}-{}", content.id, language.code)),
        language: &language.code,
        url: &addresses.questionnaire,
        version: &content.version,
        name: computer_name(&content.id),
        title: &language.title,
        status: if is_signed { "active" } else { "draft" },
        experimental: (!is_signed).then_some(true),
        subject_type: ["Patient"],
        publisher: addresses.publisher.as_deref(),
        description: description(&language.pack),
        copyright: addresses.copyright.as_deref(),
        approval_date: language.pack.review.as_ref().map(|review| &*review.date),
        item: Items { pack: &language.pack, addresses }.all(),
    }
}

/// Whether it is a day, or a second of a day by world time, perhaps with its thousandths as the page writes them: a day
/// that there is, for what is written is kept.
fn is_moment(text: &str) -> bool {
    let form = match text.len() {
        10 => "____-__-__",
        24 => "____-__-__T__:__:__.___Z",
        _ => "____-__-__T__:__:__Z",
    };
    let fits = |(is, wanted): (u8, u8)| if wanted == b'_' { is.is_ascii_digit() } else { is == wanted };
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(fits)
        && !text.starts_with("0000")
        && text.parse::<toml::value::Datetime>().is_ok()
}

/// What the quiz is, what it is not, and who has signed it.
fn description(pack: &Pack) -> String {
    let phrase = |phrase| pack.words.phrase(phrase).to_string();
    let signed = match &pack.review {
        Some(review) => phrase(Phrase::Signed).replace("{reviewer}", &review.reviewer).replace("{date}", &review.date),
        None => phrase(Phrase::Unsigned),
    };
    [phrase(Phrase::OpeningWhat), phrase(Phrase::OpeningNot), phrase(Phrase::Unvalidated), signed].join(" ")
}

/// An id as FHIR allows it: at most 64 letters, digits, dashes and dots.
fn resource_id(text: &str) -> String {
    text.chars().map(|each| if each.is_ascii_alphanumeric() { each } else { '-' }).take(64).collect()
}

/// A name as programs like it: `ParsDefect`.
fn computer_name(id: &str) -> String {
    let words = id.split(|each: char| !each.is_ascii_alphanumeric()).map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    let name: String = words.collect();
    if name.starts_with(|first: char| first.is_ascii_uppercase()) { name } else { format!("Quiz{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_a_second_of_a_day_are_told_from_what_is_none() {
        for good in ["2026-05-01", "2024-02-29", "2026-05-01T12:00:00Z", "1999-12-31T23:59:59Z"] {
            assert!(is_moment(good), "{good}");
        }
        for bad in [
            "foo",
            "2026",
            "2026-05",
            "2026-02-30",
            "2025-02-29",
            "2026-13-01",
            "0000-01-01",
            "2026-05-01T99:99:99Z",
            "2026-05-01T12:00:00",
            "2026-05-01 12:00:00Z",
            "2026-05-01T12:00:00z",
            "2026-05-01T12:00Z",
            "12:00:00",
            "<b>",
            "2026-05-0é",
            "२०२६",
        ] {
            assert!(!is_moment(bad), "{bad}");
        }
    }

    #[test]
    fn names_and_ids_are_such_as_fhir_allows() {
        assert_eq!(computer_name("pars-defect"), "ParsDefect");
        assert_eq!(computer_name("7_signs"), "Quiz7Signs");
        assert_eq!(resource_id("pars_defect-pt-BR"), "pars-defect-pt-BR");
        assert_eq!(resource_id(&"x".repeat(80)).len(), 64);
    }
}
