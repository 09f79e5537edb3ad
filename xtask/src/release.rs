//! A release: the distribution in one archive with what changed, and its loader kept for all later ones.
//!
//! The same source gives the same archive, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::dist;
use crate::hashes;
use crate::manifest::{self, Manifest};
use crate::process;
use crate::project::Project;
use crate::released::{Released, VERSION, name_of};

/// What goes along beside the distribution.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// What the notes say before the changes. A demo page must not take the place of a page of somebody's own.
const UPGRADING: &str = "To upgrade, replace `pars-check.js` and `pars-check.<language>.html` on your server by those \
    from here, and leave what else is there: every snippet that is on a page goes on working. `manifest.json` has the \
    hash of each file. A page that gives a hash names the file of a version, which never changes; here, \
    `pars-check-";

/// Builds and packs a release. A draft may be of any state, and nothing of it is kept.
pub(crate) fn run(project: &Project, is_draft: bool) -> Result<()> {
    let notes = notes(&read_text(&project.path("CHANGELOG.md"))?, VERSION, is_draft)?;
    if !is_draft {
        check_committed(project)?;
        check_not_tagged(project)?;
    }
    let name = format!("pars-check-{VERSION}");
    let folder = project.target("releases");
    let out = folder.join(&name);
    dist::run(project, &out, None)?;
    let mut files = files_of(&out)?;
    for licence in LICENCES {
        files.insert(licence.to_owned(), read(&project.path(licence))?);
    }
    files.insert("NOTES.md".to_owned(), notes.into_bytes());
    let archive = archive(&name, &files)?;
    let path = folder.join(format!("{name}.zip"));
    fs::write(&path, &archive).with_context(|| format!("{} can't be written", path.display()))?;
    println!("{}\n{}  {name}.zip", path.display(), hashes::sha384(&archive));
    if !is_draft {
        keep(project, &files)?;
    }
    Ok(())
}

fn keep(project: &Project, files: &BTreeMap<String, Vec<u8>>) -> Result<()> {
    let loader = files.get(&name_of(VERSION)).context("the distribution has a loader of this version")?;
    Released::of(project)?.keep(VERSION, loader)?;
    println!(
        "Commit embed/released/, tag that commit v{VERSION}, and publish the archive with its hash and manifest.json"
    );
    Ok(())
}

fn check_committed(project: &Project) -> Result<()> {
    let changed = process::output(process::git(project.root()).args(["status", "--porcelain"]))?;
    ensure!(changed.is_empty(), "a release is of a committed state; not committed here:\n{changed}or make a --draft");
    Ok(())
}

/// A version that was published is that of its tag, and no other state may be packed under its number.
fn check_not_tagged(project: &Project) -> Result<()> {
    let commit = |name: &str| {
        let arguments = ["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")];
        process::output(process::git(project.root()).args(arguments)).ok()
    };
    let tagged = commit(&format!("refs/tags/v{VERSION}"));
    ensure!(
        tagged.is_none() || tagged == commit("HEAD"),
        "v{VERSION} is the tag of another commit: give this state a new version, in Cargo.toml and embed/package.json"
    );
    Ok(())
}

/// The files of a distribution, with its manifest.
fn files_of(out: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let text = read(&out.join(manifest::NAME))?;
    let described: Manifest = serde_json::from_slice(&text).context("the manifest can't be read")?;
    let mut files = BTreeMap::from([(manifest::NAME.to_owned(), text)]);
    for name in described.names() {
        files.insert(name.to_owned(), read(&out.join(name))?);
    }
    Ok(files)
}

/// What the changelog says of a version. Only of a draft it may say that it is not released.
fn notes(changelog: &str, version: &str, is_draft: bool) -> Result<String> {
    let heading = format!("## [{version}]");
    let (_, rest) = changelog.split_once(&heading).with_context(|| format!("CHANGELOG.md has no `{heading}`"))?;
    let (when, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let when = when.trim_start_matches([' ', '-']).trim();
    if !is_draft && !is_day(when) {
        bail!(
            "CHANGELOG.md says `{when}` of {version}; give it its day, as in `{heading} - 2026-12-01`, or make a --draft"
        );
    }
    let changes = rest.split_once("\n## ").map_or(rest, |(changes, _)| changes).trim();
    ensure!(!changes.is_empty(), "CHANGELOG.md says nothing of {version}");
    Ok(format!("# pars-check {version} ({when})\n\n{UPGRADING}{version}.js` is new.\n\n{changes}\n"))
}

/// Whether it is a day as in ISO 8601.
fn is_day(text: &str) -> bool {
    let shape: String = text.chars().map(|each| if each.is_ascii_digit() { '0' } else { each }).collect();
    shape == "0000-00-00"
}

/// Packs files into a folder of this name, in order, with no time and no owner.
fn archive(folder: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(format!("{folder}/{name}"), options).with_context(|| format!("{name} can't be packed"))?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} can't be read", path.display()))
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const CHANGELOG: &str =
        "# Changes\n\n## [0.2.0] - unreleased\n\n### Added\n\n- More.\n\n## [0.1.0] - 2026-12-01\n\n- All.\n";

    fn files() -> BTreeMap<String, Vec<u8>> {
        [
            ("pars-check.js", "loader".repeat(1000)),
            ("npm/package.json", "{}".to_owned()),
            ("NOTES.md", "notes".to_owned()),
        ]
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .into()
    }

    #[test]
    fn the_notes_are_what_the_changelog_says_of_the_very_version() {
        let first = notes(CHANGELOG, "0.1.0", false).unwrap();
        assert!(first.starts_with("# pars-check 0.1.0 (2026-12-01)\n"), "{first}");
        assert!(first.contains("`pars-check-0.1.0.js`") && first.ends_with("\n\n- All.\n"), "{first}");
        let second = notes(CHANGELOG, "0.2.0", true).unwrap();
        assert!(second.ends_with("### Added\n\n- More.\n"), "{second}");
    }

    #[test]
    fn a_version_without_its_day_or_without_a_word_is_not_released() {
        let refused =
            |changelog: &str, version: &str, is_draft| notes(changelog, version, is_draft).unwrap_err().to_string();
        assert!(refused(CHANGELOG, "0.2.0", false).contains("says `unreleased` of 0.2.0"));
        assert!(refused(CHANGELOG, "0.3.0", true).contains("has no `## [0.3.0]`"));
        assert!(refused("## [0.4.0] - 2026-12-01\n\n## [0.3.0]\n", "0.4.0", false).contains("says nothing of 0.4.0"));
    }

    #[test]
    fn the_same_files_give_the_same_archive() {
        assert_eq!(archive("pars-check-0.1.0", &files()).unwrap(), archive("pars-check-0.1.0", &files()).unwrap());
    }

    #[test]
    fn the_archive_holds_every_file_in_one_folder_without_a_time() {
        let packed = archive("pars-check-0.1.0", &files()).unwrap();
        assert!(packed.len() < 3000, "{} bytes: it is compressed", packed.len());
        let mut zip = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        assert_eq!(zip.len(), 3);
        for (name, bytes) in files() {
            let mut packed = zip.by_name(&format!("pars-check-0.1.0/{name}")).unwrap();
            assert_eq!(packed.last_modified(), Some(DateTime::default()), "{name}");
            let mut text = Vec::new();
            packed.read_to_end(&mut text).unwrap();
            assert_eq!(text, bytes, "{name}");
        }
    }
}
