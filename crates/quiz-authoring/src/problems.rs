//! What is wrong with a content folder.

use std::cell::RefCell;
use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the content folder.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Everything that is wrong, as it is found. Shared by all readers, hence the cell.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    /// Writes down a problem.
    pub fn add(&self, file: &str, line: usize, message: impl Into<String>) {
        self.0.borrow_mut().push(Problem { file: file.to_owned(), line, message: message.into() });
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// Whether something is wrong with this file.
    pub fn is_in(&self, file: &str) -> bool {
        self.0.borrow().iter().any(|problem| problem.file == file)
    }

    /// Whether something is wrong with a file in this folder, whose name ends with a slash.
    pub fn is_in_folder(&self, folder: &str) -> bool {
        self.0.borrow().iter().any(|problem| problem.file.starts_with(folder))
    }

    /// All problems, by file and line, each once.
    pub fn into_sorted(self) -> Vec<Problem> {
        let mut all = self.0.into_inner();
        all.sort();
        all.dedup();
        all
    }
}
