//! A new question.

use std::path::Path;

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};
use quiz_authoring::TO_WRITE;
use toml_edit::DocumentMut;

use super::edit;
use super::ensure_slug;
use super::files::{Files, languages};

/// How a question is asked.
#[derive(Args, Clone, Debug)]
pub(crate) struct Asked {
    /// How it is answered
    #[arg(long, value_enum, default_value_t = Kind::One)]
    kind: Kind,
    /// The ids of its options, with commas between them, for kinds one and many
    #[arg(long, value_delimiter = ',')]
    options: Vec<String>,
    /// The least number of a scale or a number
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    min: i32,
    /// The greatest number of a scale or a number
    #[arg(long, default_value_t = 10, allow_negative_numbers = true)]
    max: i32,
    /// The question behind which it is asked; the last one if not given
    #[arg(long, value_name = "QUESTION")]
    after: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// One option, chosen by radio buttons
    One,
    /// Several options, chosen by boxes
    Many,
    /// A whole number, chosen by radio buttons in a row
    Scale,
    /// A number that is typed
    Number,
}

/// The files in which it is written.
pub(super) fn files(folder: &Path, id: &str, asked: &Asked) -> Result<Files> {
    ensure_slug(id)?;
    asked.check(id)?;
    let mut files = Files::of(folder);
    let mut before = None;
    files.change("quiz.toml", |text| {
        let mut quiz = edit::parse(text)?;
        let place = asked.place(id, &quiz)?;
        before = place.checked_sub(1).and_then(|place| edit::ids(&quiz, "question").get(place).cloned());
        edit::insert(&mut quiz, "question", place, edit::table(&asked.structure(id))?)?;
        Ok(quiz.to_string())
    })?;
    for code in languages(folder)? {
        files.change(&format!("lang/{code}/questions.toml"), |text| {
            let mut questions = edit::parse(text)?;
            ensure!(!questions.contains_key(id), "there are words of a question `{id}` already; choose another id");
            edit::insert_behind(&mut questions, before.as_deref(), id, edit::table(&asked.words())?);
            Ok(questions.to_string())
        })?;
    }
    Ok(files)
}

impl Asked {
    fn check(&self, id: &str) -> Result<()> {
        ensure!(id != "screens", "`screens` is the table of the screens' titles; choose another id");
        if self.is_chosen() {
            ensure!(
                !self.options.is_empty(),
                "what can be chosen? Name the options' ids, such as --options yes,no, or another --kind"
            );
        } else {
            ensure!(self.options.is_empty(), "a {} has no options; leave --options out", self.kind());
            ensure!(self.min < self.max, "--max must be greater than --min");
        }
        self.options.iter().try_for_each(|option| ensure_slug(option))?;
        let is_twice = |(place, option): (usize, &String)| self.options.iter().take(place).any(|other| other == option);
        ensure!(!self.options.iter().enumerate().any(is_twice), "two options have the same id");
        Ok(())
    }

    fn is_chosen(&self) -> bool {
        matches!(self.kind, Kind::One | Kind::Many)
    }

    fn kind(&self) -> &'static str {
        match self.kind {
            Kind::One => "one",
            Kind::Many => "many",
            Kind::Scale => "scale",
            Kind::Number => "number",
        }
    }

    /// Its place among the questions.
    fn place(&self, id: &str, quiz: &DocumentMut) -> Result<usize> {
        let ids = edit::ids(quiz, "question");
        ensure!(!ids.iter().any(|other| other == id), "there is a question `{id}` already; choose another id");
        let Some(after) = &self.after else { return Ok(ids.len()) };
        let found = ids.iter().position(|other| other == after);
        ensure!(found.is_some(), "there is no question `{after}`; known are {}", ids.join(", "));
        Ok(found.map_or(ids.len(), |place| place + 1))
    }

    fn structure(&self, id: &str) -> String {
        let answers = if self.is_chosen() {
            let options: Vec<String> = self.options.iter().map(|option| format!("\"{option}\"")).collect();
            format!("options = [{}]", options.join(", "))
        } else {
            format!("min = {}\nmax = {}", self.min, self.max)
        };
        let kind = self.kind();
        format!(
            "id = \"{id}\"\nkind = \"{kind}\"\n{answers}\nsource = [\"{TO_WRITE} keys of sources.toml: why it is asked\"]\n"
        )
    }

    fn words(&self) -> String {
        let mut words = String::new();
        for (key, what) in [
            ("text", "the question"),
            ("why", "why it is asked"),
            ("error", "what to do where it was left out"),
            ("short", "a few words for it, where the answers are listed"),
        ] {
            words += &line(key, what);
        }
        match self.kind {
            Kind::One | Kind::Many => {
                words += "[options]\n";
                words.extend(self.options.iter().map(|option| line(option, &format!("the label of {option}"))));
            }
            Kind::Scale => {
                words += &line("low", &format!("what {} means", self.min));
                words += &line("high", &format!("what {} means", self.max));
            }
            Kind::Number => words += &line("wrong", "what to do where something else was typed, with {min} and {max}"),
        }
        words
    }
}

fn line(key: &str, what: &str) -> String {
    format!("{key} = \"{TO_WRITE} {what}\"\n")
}
