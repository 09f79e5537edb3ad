//! A package from npm of which a few files are used as they are. It is fetched by itself: installing it would bring
//! everything that it depends on, and none of that is needed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::npm;
use crate::hashes;
use crate::process;
use crate::project::Project;

/// A package, pinned by its version and by the hash of its archive.
#[derive(Clone, Copy, Debug)]
pub(super) struct PackedPackage {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// The hash that npm has in a lock file: `sha512-…`.
    pub(super) integrity: &'static str,
    /// The files that are used.
    pub(super) files: &'static [&'static str],
}

impl PackedPackage {
    /// Finds it in `target/npm`, or fetches it.
    pub(super) fn ensure(&self, project: &Project) -> Result<()> {
        let folder = project.target("npm").join(self.name);
        if !self.is_in(&folder) {
            self.fetch(&folder)?;
            ensure!(self.is_in(&folder), "{} {} lacks files that are needed", self.name, self.version);
        }
        eprintln!("  {} {}: {}", self.name, self.version, folder.display());
        Ok(())
    }

    fn is_in(&self, folder: &Path) -> bool {
        npm::installed_version(folder).as_deref() == Some(self.version)
            && self.files.iter().all(|file| folder.join(file).exists())
    }

    /// Puts it into the folder, whole or not at all.
    fn fetch(&self, folder: &Path) -> Result<()> {
        let parent = folder.parent().context("a package has a folder above it")?;
        fs::create_dir_all(parent).with_context(|| format!("{} can't be made", parent.display()))?;
        let scratch = tempfile::tempdir_in(parent)?;
        let archive = self.pack(scratch.path())?;
        self.check(&fs::read(&archive).with_context(|| format!("npm left no {}", archive.display()))?)?;
        self.unpack(&archive, scratch.path())?;
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("{} can't be removed", folder.display()))?;
        }
        fs::rename(scratch.path().join("package"), folder)
            .with_context(|| format!("{} can't be made", folder.display()))
    }

    fn pack(&self, into: &Path) -> Result<PathBuf> {
        let mut npm = npm::npm()?;
        npm.args(["pack", "--ignore-scripts", "--pack-destination"]).arg(into);
        npm.arg(format!("{}@{}", self.name, self.version)).current_dir(into);
        process::with_progress(&format!("fetching {} {} from npm", self.name, self.version), &mut npm)?;
        Ok(into.join(self.archive()))
    }

    /// What npm calls it: one of an organization has that in front of its name.
    fn archive(&self) -> String {
        format!("{}-{}.tgz", self.name.trim_start_matches('@').replace('/', "-"), self.version)
    }

    fn check(&self, archive: &[u8]) -> Result<()> {
        let found = hashes::npm_integrity(archive);
        ensure!(
            found == self.integrity,
            "the archive of {} {} is not the one that was pinned: its hash is {found}, not {}",
            self.name,
            self.version,
            self.integrity
        );
        Ok(())
    }

    fn unpack(&self, archive: &Path, into: &Path) -> Result<()> {
        let mut tar = process::command("tar");
        tar.arg("-xzf").arg(archive).arg("-C").arg(into).arg("package/package.json");
        tar.args(self.files.iter().map(|file| format!("package/{file}")));
        process::output(&mut tar).with_context(|| format!("{} can't be unpacked", archive.display()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::versions::LFORMS;

    #[test]
    fn an_archive_of_other_bytes_is_refused() {
        let error = LFORMS.check(b"other bytes").unwrap_err().to_string();
        assert!(error.contains("is not the one that was pinned"), "{error}");
    }

    #[test]
    fn the_archive_of_an_organizations_package_is_named_as_npm_does() {
        let package = PackedPackage { name: "@someone/something", version: "1.2.3", ..LFORMS };
        assert_eq!(package.archive(), "someone-something-1.2.3.tgz");
        assert_eq!(LFORMS.archive(), format!("lforms-{}.tgz", LFORMS.version));
    }

    #[test]
    fn a_folder_without_one_of_the_files_or_of_another_version_is_not_it() {
        let folder = tempfile::tempdir().unwrap();
        let package = PackedPackage { files: &["a.js"], ..LFORMS };
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("package.json", &format!("{{\"version\":\"{}\"}}", LFORMS.version));
        assert!(!package.is_in(folder.path()));
        write("a.js", "");
        assert!(package.is_in(folder.path()));
        write("package.json", "{\"version\":\"0.0.0\"}");
        assert!(!package.is_in(folder.path()));
    }
}
