//! The npm package as npm makes it of what was built.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;
use tempfile::TempDir;

use crate::dist;
use crate::process::printed;

/// A packed package, for as long as this lives.
#[derive(Debug)]
pub struct Package {
    folder: TempDir,
    archive: PathBuf,
    /// What `npm pack` says of it.
    pub told: Value,
}

impl Package {
    /// Packs `dist/npm`.
    ///
    /// # Errors
    /// npm refuses it.
    pub fn pack() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut npm = npm(&dist().join("npm"));
        npm.args(["pack", "--json", "--ignore-scripts", "--pack-destination"]).arg(folder.path());
        let told: Value = serde_json::from_str(&printed(&mut npm, "")?)?;
        let told = told.get(0).cloned().context("npm packed nothing")?;
        let name = told.get("filename").and_then(Value::as_str).context("npm names no archive")?;
        let archive = folder.path().join(name);
        Ok(Self { folder, archive, told })
    }

    /// The archive.
    pub fn archive(&self) -> &Path {
        &self.archive
    }

    /// Unpacks it into a folder, in place of what is there, as installing it does.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn unpack_into(&self, folder: &Path) -> Result<()> {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)?;
        let mut tar = Command::new("tar");
        tar.arg("-xzf").arg(&self.archive).args(["--strip-components", "1", "-C"]).arg(folder);
        printed(&mut tar, "").map(drop)
    }

    /// An empty project with the package installed in it by npm.
    ///
    /// # Errors
    /// npm refuses it.
    pub fn installed(&self) -> Result<PathBuf> {
        let project = self.folder.path().join("project");
        std::fs::create_dir_all(&project)?;
        std::fs::write(project.join("package.json"), r#"{"private": true, "type": "module"}"#)?;
        let mut npm = npm(&project);
        npm.args(["install", "--offline", "--no-audit", "--no-fund"]).arg(&self.archive);
        printed(&mut npm, "")?;
        Ok(project)
    }
}

/// The system's `npm`, in a folder.
pub(crate) fn npm(folder: &Path) -> Command {
    let mut npm = Command::new("npm");
    npm.current_dir(folder);
    npm
}
