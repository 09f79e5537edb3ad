//! The distribution: sealed documents, loader, engine, demo pages, npm package, bill of materials, FHIR, the proof,
//! manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use quiz_authoring::{Content, Language, page, questionnaires, verify};
use serde::Deserialize;

use crate::audit;
use crate::bake::bake;
use crate::build;
use crate::bundle::{self, Bundles};
use crate::document;
use crate::manifest::{self, Manifest};
use crate::project::{Project, SHIPPED, load, names_in};
use crate::released::{Released, VERSION};
use crate::sbom;
use crate::settings::Settings;
use crate::sizes::{self, Document};
use crate::tools::{self, BuildTools};

/// What goes into the npm package besides the documents, from where in the checkout.
const PACKAGE_FILES: [(&str, &str); 7] = [
    ("README.md", "embed/README.md"),
    ("custom-elements.json", "embed/custom-elements.json"),
    ("package.json", "embed/package.json"),
    ("pars-check.d.ts", "embed/pars-check.d.ts"),
    ("pars-check.js", "embed/pars-check.js"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
];

/// The quiz as FHIR, where the content says what it is called there.
const QUESTIONNAIRES: &str = "fhir/questionnaires.json";

/// What is proved of the quiz, for programs and to be read.
const PROOF: [&str; 2] = ["proof/report.json", "proof/index.html"];

/// Files by their path in the distribution.
type Files = BTreeMap<String, Vec<u8>>;

/// Makes the distribution.
pub(crate) fn run(project: &Project, out: &Path, settings: Option<&Path>) -> Result<()> {
    let settings = settings.map(Settings::read).transpose()?.unwrap_or_default();
    let content = settings.content.as_deref().map_or_else(|| project.content(), own_content)?;
    let tools = tools::for_building(project)?;
    let proof = proof(&content)?;
    eprintln!("Building");
    let mut files = files(project, &tools, &content, settings.content.is_none())?;
    files.extend(proof);
    let unbaked = bake_all(&mut files, &content.languages, &settings)?;
    write(out, &Manifest::of(&content, &tools.versions, &files, &unbaked), &files)?;
    println!("{} files in {}", files.len() + 1, out.display());
    let documents = documents(&content, out, &files);
    sizes::report(project, &tools, &out.join("pars-check.js"), &documents, settings.are_plain())
}

/// A clinic's own words for the quiz that is distributed.
fn own_content(folder: &Path) -> Result<Content> {
    let content = load(folder)?;
    ensure!(
        content.id == SHIPPED,
        "`content` is the folder of the quiz `{}`, and the loader and the pages are for `{SHIPPED}`; \
         `cargo xtask dist --content` makes the documents of another quiz",
        content.id
    );
    Ok(content)
}

/// Makes the documents of another quiz, with the engine that they hold.
pub(crate) fn other(project: &Project, folder: &Path, out: &Path, settings: Option<&Path>) -> Result<()> {
    let settings = settings.map(Settings::read).transpose()?.unwrap_or_default();
    ensure!(settings.content.is_none(), "the settings name `content`, and --content names another one");
    let content = load(folder)?;
    let tools = tools::for_building(project)?;
    let proof = proof(&content)?;
    let engine = build::engine(project, &tools)?;
    let bundles = bundle::all(project, &tools, &engine.glue)?;
    audit::check(project, &tools.npm, &engine.bytes, &bundles)?;
    let mut files = sealed(&content, &bundles, &engine.text)?;
    files.extend(fhir(&content));
    files.extend(proof);
    files.insert("engine.wasm".to_owned(), engine.bytes);
    let unbaked = bake_all(&mut files, &content.languages, &settings)?;
    write(out, &Manifest::of(&content, &tools.versions, &files, &unbaked), &files)?;
    println!("{} files in {}", files.len() + 1, out.display());
    Ok(())
}

/// The sealed document of each language, without settings.
fn sealed(content: &Content, bundles: &Bundles, engine: &str) -> Result<Files> {
    let all = &content.languages;
    let seal = |language: &Language| {
        let document = document::seal(language, all, bundles, engine)?;
        Ok((document_name(language), document.into_bytes()))
    };
    all.iter().map(seal).collect()
}

/// Bakes the settings into each document, in the package too, and gives the documents as they were.
fn bake_all(files: &mut Files, languages: &[Language], settings: &Settings) -> Result<Files> {
    let mut unbaked = Files::new();
    for language in languages {
        let name = document_name(language);
        for name in [format!("npm/{name}"), name] {
            let Some(bytes) = files.get(&name).cloned() else { continue };
            let document = std::str::from_utf8(&bytes).with_context(|| format!("{name} is no text"))?;
            let baked = bake(document, &language.code, settings).with_context(|| format!("{name} can't be baked"))?;
            files.insert(name.clone(), baked.into_bytes());
            unbaked.insert(name, bytes);
        }
    }
    Ok(unbaked)
}

fn fhir(content: &Content) -> Option<(String, Vec<u8>)> {
    questionnaires(content).map(|json| (QUESTIONNAIRES.to_owned(), (json + "\n").into_bytes()))
}

/// The documents of all other quizzes in `content/`, for the tests: the same engine takes them. They are no part of the
/// distribution.
fn write_others(project: &Project, seal: impl Fn(&Content) -> Result<Files>) -> Result<()> {
    let shipped = format!("content/{SHIPPED}");
    for quiz in project.quizzes()?.iter().filter(|quiz| **quiz != shipped) {
        for (name, bytes) in seal(&load(&project.path(quiz))?)? {
            write_file(&project.target("others").join(name), &bytes)?;
        }
    }
    Ok(())
}

/// What the tests need besides, in `target/`; it is no part of the distribution.
fn write_for_tests(
    project: &Project,
    content: &Content,
    documents: &Files,
    bundles: &Bundles,
    engine: &str,
) -> Result<()> {
    let all = &content.languages;
    write_pseudo(project, all, |language| document::seal(language, all, bundles, engine))?;
    write_others(project, |content| sealed(content, bundles, engine))?;
    write_baked(project, all, documents)
}

/// The documents with each settings file of the tests in them, as `--settings` would bake it.
fn write_baked(project: &Project, languages: &[Language], documents: &Files) -> Result<()> {
    let folder = project.path("e2e/tests/baked");
    for stem in names_in(&folder)?.iter().filter_map(|name| name.strip_suffix(".toml")) {
        let mut baked = documents.clone();
        bake_all(&mut baked, languages, &Settings::read(&folder.join(format!("{stem}.toml")))?)?;
        let to = project.target("baked").join(stem);
        baked.iter().try_for_each(|(name, bytes)| write_file(&to.join(name), bytes))?;
    }
    Ok(())
}

fn files(project: &Project, tools: &BuildTools, content: &Content, is_shipped: bool) -> Result<Files> {
    let engine = build::engine(project, tools)?;
    let bundles = bundle::all(project, tools, &engine.glue)?;
    audit::check(project, &tools.npm, &engine.bytes, &bundles)?;
    let mut files = sealed(content, &bundles, &engine.text)?;
    if is_shipped {
        write_for_tests(project, content, &files, &bundles, &engine.text)?;
    }
    let documents = files.clone();
    files.insert("engine.wasm".to_owned(), engine.bytes);
    let loader = bundle::loader(project, tools)?.into_bytes();
    files.extend(Released::of(project)?.with(VERSION, &loader)?);
    files.insert("pars-check.js".to_owned(), loader);
    files.insert(sbom::NAME.to_owned(), sbom::of(project, &tools.versions)?);
    files.extend(fhir(content));
    add_pages(project, tools, &mut files)?;
    add_package(project, documents, &mut files)?;
    Ok(files)
}

/// The report of the proof. A quiz of which something does not hold that should is not distributed.
fn proof(content: &Content) -> Result<Files> {
    eprintln!("Proving");
    let report = verify(content, &mut |_| {})?.report;
    let failing: Vec<&str> =
        report.properties.iter().filter(|property| !property.holds).map(|property| property.id.as_str()).collect();
    ensure!(
        failing.is_empty(),
        "of this quiz does not hold: {}. `cargo quiz verify content/{}` shows answers on which it fails",
        failing.join(", "),
        report.quiz
    );
    let json = serde_json::to_string_pretty(&report)? + "\n";
    Ok(PROOF.map(str::to_owned).into_iter().zip([json.into_bytes(), page(&report).into_bytes()]).collect())
}

/// A document in a made-up language, longer and from right to left, for the tests; it is no part of the distribution.
fn write_pseudo(project: &Project, all: &[Language], seal: impl Fn(&Language) -> Result<String>) -> Result<()> {
    let Some(first) = all.first() else { return Ok(()) };
    let pseudo = quiz_authoring::pseudo(first);
    write_file(&project.target("pseudo").join(document_name(&pseudo)), seal(&pseudo)?.as_bytes())
}

/// The name of a language's document: by the quiz, but for the one that is distributed, whose name others rely on.
pub(crate) fn document_name(language: &Language) -> String {
    let quiz = &*language.pack.quiz;
    let name = if quiz == SHIPPED { "pars-check" } else { quiz };
    format!("{name}.{}.html", language.code)
}

/// The demo pages and the builder page, whose script comes in one piece.
fn add_pages(project: &Project, tools: &BuildTools, files: &mut Files) -> Result<()> {
    let folder = project.path("site");
    for entry in fs::read_dir(&folder).with_context(|| format!("{} can't be read", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        ensure!(path.is_file(), "site/{name} is a folder; the pages lie flat");
        let is_script = path.extension().is_some_and(|extension| extension == "js");
        if is_script && name.contains('-') {
            continue; // a part of the script whose name it begins with
        }
        let bytes = if is_script { bundle::page(project, tools, &path)?.into_bytes() } else { read(&path)? };
        let old = files.insert(name.clone(), bytes);
        ensure!(old.is_none(), "site/{name} would take the place of a file that is built");
    }
    Ok(())
}

fn add_package(project: &Project, documents: Files, files: &mut Files) -> Result<()> {
    for (name, path) in PACKAGE_FILES {
        files.insert(format!("npm/{name}"), read(&project.path(path))?);
    }
    files.extend(documents.into_iter().map(|(name, bytes)| (format!("npm/{name}"), bytes)));
    check_package_version(files.get("npm/package.json").map(Vec::as_slice).unwrap_or_default())
}

fn check_package_version(package: &[u8]) -> Result<()> {
    #[derive(Deserialize)]
    struct Package {
        version: String,
    }
    let package: Package = serde_json::from_slice(package).context("embed/package.json is not sound")?;
    ensure!(package.version == VERSION, "embed/package.json says version {}, Cargo.toml {VERSION}", package.version);
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} can't be read", path.display()))
}

fn write(out: &Path, manifest: &Manifest, files: &Files) -> Result<()> {
    remove_former(out)?;
    for (name, bytes) in files {
        write_file(&out.join(name), bytes)?;
    }
    write_file(&out.join(manifest::NAME), &manifest.to_json()?)
}

/// Removes what an earlier run wrote, by its manifest, and nothing else: the folder may be anybody's.
fn remove_former(out: &Path) -> Result<()> {
    let Ok(text) = fs::read(out.join(manifest::NAME)) else { return Ok(()) };
    let Ok(former) = serde_json::from_slice::<Manifest>(&text) else { return Ok(()) };
    for path in former.names().filter(|name| is_inside(name)).map(|name| out.join(name)).filter(|path| path.is_file()) {
        fs::remove_file(&path).with_context(|| format!("{} can't be removed", path.display()))?;
    }
    Ok(())
}

fn is_inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("{} can't be written", path.display()))
}

fn documents(content: &Content, out: &Path, files: &Files) -> Vec<Document> {
    let document = |language: &Language| {
        let name = document_name(language);
        let bytes = files.get(&name).map_or(0, Vec::len);
        Document { code: language.code.clone(), path: out.join(name), bytes }
    };
    content.languages.iter().map(document).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(files: &Files) -> Manifest {
        let content = Content::load(&Project::find().unwrap().path("content/pars-defect")).unwrap();
        Manifest::of(&content, &[("trunk".to_owned(), "0.21.14".to_owned())], files, &Files::new())
    }

    #[test]
    fn a_second_run_removes_what_the_first_wrote_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        fs::write(out.join("mine.txt"), "mine").unwrap();
        let first = Files::from([("old.html".to_owned(), b"old".to_vec()), ("npm/a.js".to_owned(), b"a".to_vec())]);
        write(out, &manifest(&first), &first).unwrap();
        let second = Files::from([("new.html".to_owned(), b"new".to_vec())]);
        write(out, &manifest(&second), &second).unwrap();
        assert!(!out.join("old.html").exists() && !out.join("npm/a.js").exists());
        assert!(out.join("new.html").exists() && out.join("mine.txt").exists());
    }

    #[test]
    fn the_same_input_gives_the_same_manifest() {
        let files = Files::from([("a.html".to_owned(), b"a".to_vec())]);
        assert_eq!(manifest(&files).to_json().unwrap(), manifest(&files).to_json().unwrap());
    }

    #[test]
    fn a_manifest_cannot_name_files_elsewhere() {
        assert!(is_inside("npm/a.js"));
        assert!(!is_inside("../a.js") && !is_inside("/etc/passwd"));
    }

    #[test]
    fn own_content_is_of_the_quiz_that_is_distributed_and_sound() {
        let project = Project::find().unwrap();
        assert_eq!(own_content(&project.path("content/pars-defect")).unwrap().id, SHIPPED);
        let other = own_content(&project.path("content/prevention-check")).unwrap_err().to_string();
        assert!(other.contains("`prevention-check`"), "{other}");
        assert!(own_content(&project.path("content/none")).is_err());
    }

    #[test]
    fn the_package_has_the_version_of_the_crate() {
        assert!(check_package_version(format!("{{\"version\":\"{VERSION}\"}}").as_bytes()).is_ok());
        assert!(check_package_version(b"{\"version\":\"99.0.0\"}").is_err());
    }
}
