//! Where the checkout lies, and what lies where in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use quiz_authoring::Content;

/// The quiz that is distributed: its id, and its folder in `content/`.
pub(crate) const SHIPPED: &str = "pars-defect";

/// The checkout.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the checkout that this program belongs to.
    pub(crate) fn find() -> Result<Self> {
        // Cargo sets it when it runs us, so that a checkout that was moved is found too.
        let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&own).parent().context("xtask has no folder above it")?;
        let root = root.canonicalize().with_context(|| format!("{} can't be read", root.display()))?;
        Ok(Self { root })
    }

    /// A checkout in another folder.
    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The checkout's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path in the checkout.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A file or folder of build results.
    pub(crate) fn target(&self, name: &str) -> PathBuf {
        self.root.join("target").join(name)
    }

    /// The folder of each quiz in the checkout, such as `content/pars-defect`, in order.
    pub(crate) fn quizzes(&self) -> Result<Vec<String>> {
        let folders = names_in(&self.path("content"))?.into_iter().map(|name| format!("content/{name}"));
        Ok(folders.filter(|folder| self.path(folder).join("quiz.toml").is_file()).collect())
    }

    /// The content of the quiz that is distributed, or every problem in it.
    pub(crate) fn content(&self) -> Result<Content> {
        load(&self.path("content").join(SHIPPED))
    }
}

/// What lies in a folder, by name, in order.
pub(crate) fn names_in(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// The content of any quiz, or every problem in it.
pub(crate) fn load(folder: &Path) -> Result<Content> {
    Content::load(folder).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{} has mistakes\n{}", folder.display(), problems.join("\n"))
    })
}
