//! The table `[fhir]`: what things are called in FHIR.

use super::{Names, Tables};
use crate::reader::Table;

/// `[fhir]` in `quiz.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Addresses {
    /// The canonical address of the `Questionnaire`.
    pub(crate) questionnaire: String,
    /// The code system of the options' ids.
    pub(crate) codes: String,
    /// Who publishes the questionnaire.
    pub(crate) publisher: Option<String>,
    /// Under which terms.
    pub(crate) copyright: Option<String>,
    /// Public codes, each with the index of its question.
    pub(crate) public: Vec<(u16, PublicCode)>,
}

/// A code of a public code system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicCode {
    /// The code system, an absolute URI.
    pub(crate) system: String,
    /// The code.
    pub(crate) code: String,
    /// What that system calls it.
    pub(crate) display: String,
}

impl<'a> Tables<'a> {
    pub(super) fn addresses(&self, table: &Table<'a>, names: &Names) -> Addresses {
        self.check_links(names);
        let text = |key| table.optional_text(key).map(|word| word.text);
        let codes = table.tables("code");
        let addresses = Addresses {
            questionnaire: self.uri(table, "questionnaire"),
            codes: self.uri(table, "codes"),
            publisher: text("publisher"),
            copyright: text("copyright"),
            public: codes.iter().filter_map(|code| self.public_code(code, names)).collect(),
        };
        codes.iter().chain([table]).for_each(Table::finish);
        addresses
    }

    fn public_code(&self, table: &Table<'a>, names: &Names) -> Option<(u16, PublicCode)> {
        let question = table.text("question").and_then(|word| self.question_named(&word, names));
        let text = |key| table.text(key).map(|word| word.text).unwrap_or_default();
        let code = PublicCode { system: self.uri(table, "system"), code: text("code"), display: text("display") };
        Some((question?, code))
    }

    fn uri(&self, table: &Table<'a>, key: &'static str) -> String {
        let Some(word) = table.text(key) else { return String::new() };
        if !is_absolute_uri(&word.text) {
            let message = format!(
                "`{}` is no absolute URI; write one like urn:uuid: and a UUID in small letters, or https://example.org/quiz",
                word.text
            );
            self.source.problem(word.at, message);
        }
        word.text
    }

    /// In FHIR a screen of several questions is an item as each question is, and no two items share a name.
    fn check_links(&self, names: &Names) {
        for screen in &self.screens {
            let id = screen.get("id").and_then(|value| value.get_ref().as_str()).unwrap_or_default();
            if !id.is_empty() && names.question(id).is_some() {
                let message = format!("a question has the id `{id}` too, and FHIR names both alike; choose another");
                self.source.problem(screen.place("id"), message);
            }
        }
    }
}

/// Whether it is a URI with a scheme (RFC 3986) and no fragment, so that a version can be put behind it.
fn is_absolute_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()*+,;=%".contains(&byte);
    is_scheme && !rest.is_empty() && rest.bytes().all(may_stand) && rest.strip_prefix("uuid:").is_none_or(is_uuid)
}

/// Whether it is a UUID as FHIR has it, in small letters.
fn is_uuid(text: &str) -> bool {
    let is_hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => is_hexadecimal(byte),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_uris_are_told_from_others() {
        for good in ["urn:uuid:0b5e2c5e-4a86-4d5c-9a50-6c8a6f1d2e3b", "https://example.org/quiz", "urn:oid:1.2.3"] {
            assert!(is_absolute_uri(good), "{good}");
        }
        for bad in [
            "pars-defect",
            "/quiz",
            ":rest",
            "urn:",
            "1urn:x",
            "https://example.org/a b",
            "https://example.org/quiz|1",
            "https://example.org/#quiz",
            "urn:uuid:0B5E2C5E-4A86-4D5C-9A50-6C8A6F1D2E3B",
            "urn:uuid:0b5e2c5e",
        ] {
            assert!(!is_absolute_uri(bad), "{bad}");
        }
    }
}
