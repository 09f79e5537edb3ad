//! The loader under the names of versions: pages that give its hash name one of these, so none ever changes.
//!
//! Those that were released lie in `embed/released/` with a list of their hashes, and are carried on into every later
//! distribution.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::hashes;
use crate::project::{Project, names_in};

/// The version that this checkout makes.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The list of hashes.
const LIST: &str = "hashes.toml";

/// The name of a version's loader.
pub(crate) fn name_of(version: &str) -> String {
    format!("pars-check-{version}.js")
}

/// What was released before.
#[derive(Debug)]
pub(crate) struct Released {
    folder: PathBuf,
    /// The hash of each version's loader, as an `integrity` attribute takes it.
    hashes: BTreeMap<String, String>,
}

impl Released {
    /// Reads the list.
    pub(crate) fn of(project: &Project) -> Result<Self> {
        Self::in_folder(project.path("embed/released"))
    }

    fn in_folder(folder: PathBuf) -> Result<Self> {
        let list = folder.join(LIST);
        let text = fs::read_to_string(&list).with_context(|| format!("{} can't be read", list.display()))?;
        let hashes = toml::from_str(&text).with_context(|| format!("{} is no list of hashes", list.display()))?;
        Ok(Self { folder, hashes })
    }

    /// The loader under its names: as this version, and as every one before.
    pub(crate) fn with(&self, version: &str, loader: &[u8]) -> Result<BTreeMap<String, Vec<u8>>> {
        self.check_version(version, loader)?;
        let mut files = self.files()?;
        files.insert(name_of(version), loader.to_vec());
        Ok(files)
    }

    /// Keeps the loader of a version that is released now. The same one may be kept again.
    pub(crate) fn keep(&self, version: &str, loader: &[u8]) -> Result<()> {
        self.check_version(version, loader)?;
        if self.hashes.contains_key(version) {
            return Ok(());
        }
        let list = self.folder.join(LIST);
        let line = format!("\"{version}\" = \"{}\"\n", hashes::integrity(loader));
        let text = fs::read_to_string(&list).with_context(|| format!("{} can't be read", list.display()))?;
        write(&self.folder.join(name_of(version)), loader)?;
        write(&list, (text + &line).as_bytes())
    }

    fn check_version(&self, version: &str, loader: &[u8]) -> Result<()> {
        let is_same = self.hashes.get(version).is_none_or(|hash| *hash == hashes::integrity(loader));
        ensure!(
            is_same,
            "version {version} was released with another loader, and pages rely on its bytes: give this one a new \
             version, in Cargo.toml and embed/package.json"
        );
        Ok(())
    }

    /// Every file that was released, as it was.
    fn files(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        let mut files = BTreeMap::new();
        for (version, hash) in &self.hashes {
            let path = self.folder.join(name_of(version));
            let bytes = fs::read(&path).with_context(|| format!("{} was released and is missing", path.display()))?;
            let found = hashes::integrity(&bytes);
            ensure!(found == *hash, "{} is not as it was released: {found}, not {hash}", path.display());
            files.insert(name_of(version), bytes);
        }
        for name in names_in(&self.folder)?.into_iter().filter(|name| name != LIST) {
            ensure!(files.contains_key(&name), "embed/released/{name} is not in embed/released/{LIST}");
        }
        Ok(files)
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("{} can't be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Versions that have their day in a changelog: `## [0.1.0] - 2026-12-01`.
    fn dated(changelog: &str) -> Vec<&str> {
        let headings = changelog.lines().filter_map(|line| line.strip_prefix("## [")?.split_once("] - "));
        headings.filter(|(_, day)| day.starts_with("20")).map(|(version, _)| version).collect()
    }

    #[test]
    fn every_version_before_this_one_is_kept() {
        assert_eq!(dated("# Changes\n## [0.2.0] - unreleased\n## [0.1.0] - 2026-12-01\n"), ["0.1.0"]);
        let project = Project::find().unwrap();
        let changelog = fs::read_to_string(project.path("CHANGELOG.md")).unwrap();
        let released = Released::of(&project).unwrap();
        for version in dated(&changelog).into_iter().filter(|version| *version != VERSION) {
            assert!(released.hashes.contains_key(version), "embed/released/ has lost version {version}");
        }
    }

    /// A folder in which these versions were released.
    fn released(versions: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(LIST), "# a list\n").unwrap();
        for (version, loader) in versions {
            read(&folder).unwrap().keep(version, loader).unwrap();
        }
        folder
    }

    fn read(folder: &tempfile::TempDir) -> Result<Released> {
        Released::in_folder(folder.path().to_owned())
    }

    fn with(folder: &tempfile::TempDir, version: &str, loader: &[u8]) -> Result<BTreeMap<String, Vec<u8>>> {
        read(folder)?.with(version, loader)
    }

    #[test]
    fn before_the_first_release_there_is_the_version_that_is_made() {
        let files = with(&released(&[]), "0.1.0", b"first").unwrap();
        assert_eq!(files, BTreeMap::from([("pars-check-0.1.0.js".to_owned(), b"first".to_vec())]));
    }

    #[test]
    fn earlier_versions_are_carried_on_as_they_were() {
        let folder = released(&[("0.1.0", b"first"), ("0.2.0", b"second")]);
        let files = with(&folder, "1.0.0", b"third").unwrap();
        let seen: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        assert_eq!(
            seen,
            [
                ("pars-check-0.1.0.js", b"first".as_slice()),
                ("pars-check-0.2.0.js", b"second"),
                ("pars-check-1.0.0.js", b"third")
            ]
        );
    }

    #[test]
    fn a_version_that_was_released_cannot_become_another() {
        let folder = released(&[("0.1.0", b"first")]);
        assert!(with(&folder, "0.1.0", b"first").is_ok(), "the same bytes are the same version");
        let error = with(&folder, "0.1.0", b"changed").unwrap_err().to_string();
        assert!(error.contains("was released with another loader"), "{error}");
        let error = read(&folder).unwrap().keep("0.1.0", b"changed").unwrap_err().to_string();
        assert!(error.contains("was released with another loader"), "{error}");
    }

    #[test]
    fn a_released_file_that_was_changed_lost_or_slipped_in_is_refused() {
        let folder = released(&[("0.1.0", b"first")]);
        let file = folder.path().join("pars-check-0.1.0.js");
        for (change, told) in
            [(Some(b"changed".as_slice()), "is not as it was released"), (None, "was released and is missing")]
        {
            match change {
                Some(bytes) => fs::write(&file, bytes).unwrap(),
                None => fs::remove_file(&file).unwrap(),
            }
            let error = with(&folder, "0.2.0", b"second").unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
        fs::write(&file, b"first").unwrap();
        assert!(with(&folder, "0.2.0", b"second").is_ok());
        fs::write(folder.path().join("pars-check-0.0.9.js"), b"stranger").unwrap();
        let error = with(&folder, "0.2.0", b"second").unwrap_err().to_string();
        assert!(error.contains("pars-check-0.0.9.js is not in"), "{error}");
    }

    #[test]
    fn keeping_a_version_twice_writes_one_line() {
        let folder = released(&[("0.1.0", b"first"), ("0.1.0", b"first")]);
        let list = fs::read_to_string(folder.path().join(LIST)).unwrap();
        assert_eq!(list, format!("# a list\n\"0.1.0\" = \"{}\"\n", hashes::integrity(b"first")));
    }

    #[test]
    fn what_lies_in_the_repository_is_as_it_was_released() {
        Released::of(&Project::find().unwrap()).unwrap().files().unwrap();
    }
}
