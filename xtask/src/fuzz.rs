//! What anybody may hand to the product, made up by libFuzzer: `fuzz/`.
//!
//! It starts from files of the repository and from `fuzz/corpus/`, which keeps what earlier runs found to be new. No
//! sanitizer: there is no unsafe code to look for, and the toolchain is the stable one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{command, shown};
use crate::project::{Project, load, names_in};
use crate::tools;

/// The targets, as in `fuzz/Cargo.toml`.
const TARGETS: [&str; 4] = ["content", "pack", "session", "settings"];

/// The longest input in bytes: half more than the longest pack or file.
const LONGEST: u32 = 50_000;

/// What is longer than this is not kept in the repository.
const LONGEST_KEPT: u64 = 400;

/// Runs each target for some seconds; `keep` puts what is new into `fuzz/corpus/`, as little as reaches the same code.
pub(crate) fn run(project: &Project, seconds: u32, keep: bool) -> Result<()> {
    let tool = tools::for_fuzzing(project)?;
    for target in TARGETS {
        let seeds = seeds(project, target)?;
        let (found, corpus) =
            (folder(&project.target("fuzz/found"), target)?, folder(&project.path("fuzz/corpus"), target)?);
        let mut fuzz = cargo_fuzz(project, &tool, "run", target);
        fuzz.args([&found, &corpus, &seeds]).arg("--").arg(format!("-max_total_time={seconds}"));
        shown(fuzz.args(["-print_final_stats=1", "-verbosity=0"]).arg(format!("-max_len={LONGEST}")))
            .with_context(|| format!("`{target}` failed on the input that is named above, in fuzz/artifacts/"))?;
        if keep {
            shown(cargo_fuzz(project, &tool, "cmin", target).arg(&found))?;
            keep_short(&found, &corpus)?;
        }
    }
    Ok(())
}

fn cargo_fuzz(project: &Project, tool: &Path, what: &str, target: &str) -> Command {
    let mut fuzz = command(tool);
    fuzz.args([what, "--sanitizer", "none", target]).current_dir(project.path("fuzz"));
    fuzz
}

fn folder(within: &Path, target: &str) -> Result<PathBuf> {
    let folder = within.join(target);
    fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
    Ok(folder)
}

/// The folder of what a target starts from: the packs of all quizzes, and the files of the small quiz, whole and broken.
fn seeds(project: &Project, target: &str) -> Result<PathBuf> {
    let folder = folder(&project.target("fuzz/seeds"), target)?;
    match target {
        "pack" => pack_seeds(project, &folder)?,
        "content" => content_seeds(project, &folder)?,
        _ => {}
    }
    Ok(folder)
}

fn pack_seeds(project: &Project, folder: &Path) -> Result<()> {
    for quiz in project.quizzes()? {
        let content = load(&project.path(&quiz))?;
        for language in &content.languages {
            let bytes =
                language.pack.encode().map_err(|error| anyhow::anyhow!("a pack can't be written: {error:?}"))?;
            fs::write(folder.join(format!("{}-{}", content.id, language.code)), bytes)?;
        }
    }
    Ok(())
}

/// Each file of the sound quiz, and what broken ones have in its place, after the byte that says which file it is: the
/// order is that of the names, as in `fuzz_targets/content.rs`.
fn content_seeds(project: &Project, folder: &Path) -> Result<()> {
    let sound = project.path("crates/quiz-authoring/tests/sound");
    let mut names = names(&sound, Path::new(""))?;
    names.sort();
    let broken = project.path("content-broken");
    let quizzes = names_in(&broken)?.into_iter().map(|name| broken.join(name)).filter(|quiz| quiz.is_dir());
    for quiz in std::iter::once(sound.clone()).chain(quizzes) {
        for (place, name) in (0_u8..).zip(&names) {
            let Ok(text) = fs::read(quiz.join(name)) else { continue };
            if quiz == sound || fs::read(sound.join(name))? != text {
                let of = quiz.file_name().unwrap_or_default().to_string_lossy().into_owned();
                fs::write(folder.join(format!("{of}-{}", name.replace('/', "-"))), [vec![place], text].concat())?;
            }
        }
    }
    Ok(())
}

fn names(folder: &Path, within: &Path) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for name in names_in(&folder.join(within))? {
        let name = within.join(name);
        if folder.join(&name).is_dir() {
            all.extend(names(folder, &name)?);
        } else {
            all.push(name.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(all)
}

fn keep_short(found: &Path, corpus: &Path) -> Result<()> {
    for entry in fs::read_dir(found)? {
        let entry = entry?;
        if entry.metadata()?.len() <= LONGEST_KEPT {
            fs::copy(entry.path(), corpus.join(entry.file_name()))?;
        }
    }
    Ok(())
}
