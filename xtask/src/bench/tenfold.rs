//! A content folder with ten times the questions: nine copies of each follow, whose ids end in `_2` to `_10`, with the
//! conditions that lead through them. The rules stay as they are, so the quiz is to be asked, not to be advised by.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use toml::{Table, Value};

use crate::project::names_in;

/// How many times the questions stand in it.
const TIMES: usize = 10;

/// Writes it: the folder of a quiz, in English alone.
pub(super) fn write(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("{} can't be removed", to.display()))?;
    }
    for folder in ["", "figures", "lang/en", "lang/en/sections"] {
        copy_files(&from.join(folder), &to.join(folder))?;
    }
    let mut quiz = read(&to.join("quiz.toml"))?;
    let copied = Copied::of(&quiz);
    copied.multiply_quiz(&mut quiz)?;
    put(&to.join("quiz.toml"), &quiz)?;
    let words = to.join("lang/en/questions.toml");
    let mut questions = read(&words)?;
    copied.multiply_words(&mut questions);
    put(&words, &questions)
}

/// What is copied, by its ids.
struct Copied {
    questions: Vec<String>,
    screens: Vec<String>,
    /// The named conditions on which it depends whether a question or an option is shown.
    terms: BTreeSet<String>,
}

impl Copied {
    fn of(quiz: &Table) -> Self {
        let ids =
            |list| tables(quiz, list).filter_map(|table| table.get("id")?.as_str()).map(ToOwned::to_owned).collect();
        let known = quiz.get("terms").and_then(Value::as_table);
        let mut copied = Self { questions: ids("question"), screens: ids("screen"), terms: BTreeSet::new() };
        for question in tables(quiz, "question") {
            let options = question.get("options").and_then(Value::as_array).into_iter().flatten();
            let shown = options.filter_map(|option| option.get("shown")).chain(question.get("shown"));
            shown.for_each(|condition| copied.follow(condition, known));
        }
        copied
    }

    /// Takes the terms that a condition names, and those that they name.
    fn follow(&mut self, condition: &Value, known: Option<&Table>) {
        match condition {
            Value::String(name) => {
                if let Some(term) = known.and_then(|known| known.get(name))
                    && self.terms.insert(name.clone())
                {
                    self.follow(term, Some(known.unwrap_or(&Table::new())));
                }
            }
            Value::Array(parts) => parts.iter().for_each(|part| self.follow(part, known)),
            Value::Table(parts) => parts.values().for_each(|part| self.follow(part, known)),
            _ => {}
        }
    }

    fn multiply_quiz(&self, quiz: &mut Table) -> Result<()> {
        let before = quiz.clone();
        for time in 2..=TIMES {
            for list in ["question", "screen"] {
                let copies = tables(&before, list).map(|table| Value::Table(self.copy(table, time)));
                list_in(quiz, list)?.extend(copies);
            }
            let terms = quiz.get_mut("terms").and_then(Value::as_table_mut).context("the quiz has terms")?;
            for (name, condition) in before.get("terms").and_then(Value::as_table).into_iter().flatten() {
                if self.terms.contains(name) {
                    terms.insert(with_end(name, time), self.renamed(condition, time));
                }
            }
        }
        Ok(())
    }

    /// A question or a screen with the ids of that time.
    fn copy(&self, table: &Table, time: usize) -> Table {
        let mut copy = table.clone();
        for key in ["id", "shown", "questions"] {
            if let Some(value) = copy.get_mut(key) {
                *value = self.renamed(value, time);
            }
        }
        for option in copy.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(shown) = option.get_mut("shown") {
                *shown = self.renamed(shown, time);
            }
        }
        copy
    }

    /// A condition that names the copies of that time: `age` and `age.18_34` become `age_2` and `age_2.18_34`.
    fn renamed(&self, condition: &Value, time: usize) -> Value {
        match condition {
            Value::String(name) => {
                let (head, rest) = name.split_at(name.find('.').unwrap_or(name.len()));
                let is_copied = |ids: &[String]| ids.iter().any(|id| id == head);
                let is_named = is_copied(&self.questions) || is_copied(&self.screens) || self.terms.contains(head);
                Value::String(if is_named { with_end(head, time) + rest } else { name.clone() })
            }
            Value::Array(parts) => Value::Array(parts.iter().map(|part| self.renamed(part, time)).collect()),
            Value::Table(parts) => {
                Value::Table(parts.iter().map(|(key, part)| (key.clone(), self.renamed(part, time))).collect())
            }
            other => other.clone(),
        }
    }

    fn multiply_words(&self, words: &mut Table) {
        for time in 2..=TIMES {
            for question in &self.questions {
                if let Some(own) = words.get(question).cloned() {
                    words.insert(with_end(question, time), own);
                }
            }
            if let Some(screens) = words.get_mut("screens").and_then(Value::as_table_mut) {
                for screen in &self.screens {
                    if let Some(own) = screens.get(screen).cloned() {
                        screens.insert(with_end(screen, time), own);
                    }
                }
            }
        }
    }
}

fn with_end(id: &str, time: usize) -> String {
    format!("{id}_{time}")
}

fn tables<'a>(quiz: &'a Table, list: &str) -> impl Iterator<Item = &'a Table> + use<'a> {
    quiz.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

fn list_in<'a>(quiz: &'a mut Table, list: &str) -> Result<&'a mut Vec<Value>> {
    quiz.get_mut(list).and_then(Value::as_array_mut).with_context(|| format!("the quiz has no [[{list}]]"))
}

fn read(file: &Path) -> Result<Table> {
    let text = fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
    text.parse().with_context(|| format!("{} is no TOML", file.display()))
}

fn put(file: &Path, table: &Table) -> Result<()> {
    fs::write(file, toml::to_string(table)?).with_context(|| format!("{} can't be written", file.display()))
}

/// Copies the files of a folder, and none of the folders in it.
fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} can't be made", to.display()))?;
    for name in names_in(from)?.iter().filter(|name| from.join(name).is_file()) {
        fs::copy(from.join(name), to.join(name)).with_context(|| format!("{name} can't be copied"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Project, SHIPPED};
    use quiz_authoring::Content;

    #[test]
    fn it_has_ten_times_the_questions_and_no_mistake() {
        let from = Project::find().unwrap().path("content").join(SHIPPED);
        let folder = tempfile::tempdir().unwrap();
        write(&from, folder.path()).unwrap();
        let (today, tenfold) = (Content::load(&from).unwrap(), Content::load_without_cases(folder.path()).unwrap());
        assert_eq!(tenfold.logic.questions.len(), 10 * today.logic.questions.len());
        assert_eq!(tenfold.logic.screens.len(), 10 * today.logic.screens.len());
        assert_eq!(tenfold.logic.rules, today.logic.rules);
    }

    #[test]
    fn a_copy_depends_on_copies() {
        let quiz: Table = "[terms]\nminor = \"age.10_17\"\nunused = \"age.18_34\"\n\
            [[question]]\nid = \"age\"\n[[question]]\nid = \"guardian\"\nshown = { not = \"minor\" }\n[[screen]]\nid = \"s\""
            .parse()
            .unwrap();
        let mut tenfold = quiz.clone();
        Copied::of(&quiz).multiply_quiz(&mut tenfold).unwrap();
        assert_eq!(tenfold["terms"]["minor_2"].as_str(), Some("age_2.10_17"));
        assert!(tenfold["terms"].get("unused_2").is_none());
        assert_eq!(tenfold["question"][19]["shown"]["not"].as_str(), Some("minor_10"));
    }
}
