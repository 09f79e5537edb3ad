//! How many bytes a visitor loads, as they are sent, and how many of them would be more in another quiz.

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::contenders::{Contender, sites};
use super::visit::as_number;

/// Bytes with brotli, unless said otherwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sizes {
    /// The English document.
    pub(super) document: f64,
    /// The loader.
    pub(super) loader: f64,
    /// The document of ten times the questions.
    pub(super) tenfold: f64,
    /// By how much the part of that document that is no content differs from today's, as it is.
    pub(super) beyond_content: f64,
    /// The English document of ten languages.
    pub(super) ten_languages: f64,
}

impl Sizes {
    /// Measures the sites that were made.
    pub(super) fn read() -> Result<Self> {
        let size = |file: &str| -> Result<f64> {
            let path = sites().join(format!("{file}.br"));
            let length = fs::metadata(&path).with_context(|| format!("{} is not there", path.display()))?.len();
            Ok(as_number(length))
        };
        let program = |contender: Contender| -> Result<String> {
            let document = fs::read_to_string(contender.site().join("pars-check.en.html"))?;
            Ok(program_of(&document))
        };
        Ok(Self {
            document: size("pars-check/pars-check.en.html")?,
            loader: size("pars-check/pars-check.js")?,
            tenfold: size("tenfold/pars-check.en.html")?,
            beyond_content: difference(&program(Contender::Ours)?, &program(Contender::Tenfold)?),
            ten_languages: size("ten-languages/pars-check.en.html")?,
        })
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "document": self.document, "loader": self.loader, "tenfold": self.tenfold,
            "beyond content": self.beyond_content, "ten languages": self.ten_languages,
        })
    }
}

/// What is the same in every quiz: styles, scripts, the engine.
fn program_of(document: &str) -> String {
    let part = |start: &'static str, end: &'static str| {
        document.split(start).skip(1).filter_map(move |rest| Some(rest.split_once(end)?.0))
    };
    let parts = [("<style>", "</style>"), ("<script>", "</script>"), (" id=\"engine\">", "</script>")];
    parts.into_iter().flat_map(|(start, end)| part(start, end)).collect()
}

/// By how many bytes two texts differ in length; at the least by one where they differ at all.
fn difference(one: &str, other: &str) -> f64 {
    if one == other { 0.0 } else { as_number(one.len().abs_diff(other.len()).max(1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_styles_scripts_and_engine_without_the_content() {
        let document = "<style>p{}</style><p>Words</p><script>early()</script>\
            <script type=\"text/plain\" id=\"pack\">pack</script>\
            <script type=\"text/plain\" id=\"engine\">engine</script><script>main()</script>";
        assert_eq!(program_of(document), "p{}early()main()engine");
    }

    #[test]
    fn a_program_that_differs_is_told_apart_even_where_it_is_as_long() {
        let differences = [("a", "a"), ("a", "b"), ("a", "abcd")].map(|(one, other)| difference(one, other));
        assert_eq!(differences.map(|bytes| bytes.to_string()), ["0", "1", "3"]);
    }
}
