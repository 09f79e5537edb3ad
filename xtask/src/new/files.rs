//! Files to be written all together, or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::project::names_in;

/// Files of a content folder to be made and to be changed.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    made: Vec<(PathBuf, String)>,
    changed: Vec<(PathBuf, String)>,
}

/// A file that was written.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) how: &'static str,
    pub(super) path: PathBuf,
}

impl Files {
    pub(super) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), made: Vec::new(), changed: Vec::new() }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file that is not there yet, by its name in the folder.
    pub(super) fn make(&mut self, name: &str, text: impl Into<String>) {
        self.made.push((self.folder.join(name), text.into()));
    }

    /// A file that is there, by its name in the folder, with what is made of its text.
    pub(super) fn change(&mut self, name: &str, change: impl FnOnce(&str) -> Result<String>) -> Result<()> {
        let path = self.folder.join(name);
        let text = change(&read(&path)?).with_context(|| format!("{} can't be changed", path.display()))?;
        self.changed.push((path, text));
        Ok(())
    }

    /// Writes everything, unless something is in the way: nothing that is there is written over.
    pub(super) fn write(&self) -> Result<Vec<Written>> {
        for (path, _) in &self.made {
            ensure!(!path.exists(), "{} is there already, and nothing was written; remove it first", path.display());
        }
        for (path, text) in self.made.iter().chain(&self.changed) {
            let folder = path.parent().unwrap_or(path);
            fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
            fs::write(path, text).with_context(|| format!("{} can't be written", path.display()))?;
        }
        let made = self.made.iter().map(|(path, _)| Written { how: "made   ", path: path.clone() });
        let changed = self.changed.iter().map(|(path, _)| Written { how: "changed", path: path.clone() });
        Ok(made.chain(changed).collect())
    }
}

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))
}

/// The codes of the languages of a content folder, in order.
pub(super) fn languages(folder: &Path) -> Result<Vec<String>> {
    names_in(&folder.join("lang"))
}
