//! How large the documents are, raw and as servers send them, what of them is what, and whether that is small enough.

mod crates;
mod parts;
mod record;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::build;
use crate::bundle;
use crate::process;
use crate::project::Project;
use crate::tools::BuildTools;
use record::Sizes;

/// The most bytes that the English document may have with brotli, with its pictures and the sheet.
const ENGLISH_LIMIT: u64 = 100_000;

/// The most bytes that the loader may have with brotli.
const LOADER_LIMIT: u64 = 2_000;

/// The most bytes that all drawings of a document together may have with brotli.
const FIGURES_LIMIT: u64 = 12_000;

/// A document of the distribution.
pub(crate) struct Document {
    /// Its language.
    pub(crate) code: String,
    /// Where it was written.
    pub(crate) path: PathBuf,
    /// Its length.
    pub(crate) bytes: usize,
}

/// Prints each document's size. Fails if the English one is too large, or the drawings of one, unless words, drawings
/// or a logo are a clinic's own; and if the loader is.
pub(crate) fn report(
    project: &Project,
    tools: &BuildTools,
    loader: &Path,
    documents: &[Document],
    is_ours: bool,
) -> Result<()> {
    let paths: Vec<&Path> = documents.iter().map(|document| document.path.as_path()).chain([loader]).collect();
    let compressed = brotli(project, tools, &paths)?;
    for (document, compressed) in documents.iter().zip(&compressed) {
        let name = document.path.file_name().unwrap_or_default().to_string_lossy();
        println!("{name}: {} bytes, {} with brotli", grouped(document.bytes as u64), grouped(*compressed));
        ensure_fits(&name, *compressed, if is_ours && document.code == "en" { ENGLISH_LIMIT } else { u64::MAX })?;
    }
    ensure_fits("the loader", compressed.last().copied().context("the loader has no size")?, LOADER_LIMIT)?;
    report_figures(project, tools, documents, is_ours)
}

/// Prints what the English document of a distribution that was just built is made of, beside what it was. With `keep`
/// others will compare with these.
pub(crate) fn weigh(project: &Project, tools: &BuildTools, dist: &Path, keep: bool) -> Result<()> {
    let sizes = measured(project, tools, dist)?;
    let before = record::before(project, &sizes);
    let (commit, old) = before.unwrap_or_else(|| ("nothing".to_owned(), Sizes::default()));
    println!("\nParts of the English document, each by itself with brotli, compared with {commit}:");
    print_table(&sizes.parts, &old.parts);
    println!("Code of the engine by crate, before any compression:");
    print_table(&sizes.crates, &old.crates);
    if keep { record::keep(project, &sizes) } else { Ok(()) }
}

fn measured(project: &Project, tools: &BuildTools, dist: &Path) -> Result<Sizes> {
    let read = |path: &Path| fs::read(path).with_context(|| format!("{} can't be read", path.display()));
    let document = String::from_utf8(read(&dist.join("pars-check.en.html"))?).context("the document is not UTF-8")?;
    let glue = String::from_utf8(read(&project.target(bundle::GLUE))?).context("the glue is not UTF-8")?;
    let mut names = vec!["document, the whole".to_owned(), "loader".to_owned()];
    let mut files = vec![dist.join("pars-check.en.html"), dist.join("pars-check.js")];
    for (name, text) in parts::of(&document, &glue)? {
        let file = project.target(&format!("sizes/{}", name.replace([',', ' '], "-")));
        fs::create_dir_all(project.target("sizes")).context("target/sizes can't be made")?;
        fs::write(&file, text).with_context(|| format!("{} can't be written", file.display()))?;
        names.push(name.to_owned());
        files.push(file);
    }
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let parts = names.into_iter().zip(brotli(project, tools, &paths)?).collect();
    Ok(Sizes { parts, crates: crates::of(&read(&project.target(build::NAMED))?)? })
}

fn print_table(now: &BTreeMap<String, u64>, before: &BTreeMap<String, u64>) {
    for (name, bytes) in now {
        println!("  {name:<38} {:>8}  {}", grouped(*bytes), difference(*bytes, before.get(name).copied()));
    }
    for name in before.keys().filter(|name| !now.contains_key(*name)) {
        println!("  {name:<38} {:>8}  gone", "");
    }
}

/// How much it is more or less than before.
fn difference(now: u64, before: Option<u64>) -> String {
    match before {
        None => "new".to_owned(),
        Some(before) if before < now => format!("+{}", grouped(now - before)),
        Some(before) if before > now => format!("-{}", grouped(before - now)),
        Some(_) => String::new(),
    }
}

fn ensure_fits(name: &str, bytes: u64, limit: u64) -> Result<()> {
    ensure!(
        bytes <= limit,
        "{name} has {} bytes with brotli, more than the {} it may have",
        grouped(bytes),
        grouped(limit)
    );
    Ok(())
}

fn report_figures(project: &Project, tools: &BuildTools, documents: &[Document], is_ours: bool) -> Result<()> {
    let mut paths = Vec::new();
    for document in documents {
        let text =
            fs::read_to_string(&document.path).with_context(|| format!("{} can't be read", document.path.display()))?;
        let path = project.target(&format!("figures.{}.svg", document.code));
        fs::write(&path, parts::drawings(&text).concat())
            .with_context(|| format!("{} can't be written", path.display()))?;
        paths.push(path);
    }
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    for (document, compressed) in documents.iter().zip(brotli(project, tools, &paths)?) {
        println!("  its figures in {}: {} with brotli", document.code, grouped(compressed));
        ensure_fits(
            &format!("all figures in {}", document.code),
            compressed,
            if is_ours { FIGURES_LIMIT } else { u64::MAX },
        )?;
    }
    Ok(())
}

fn brotli(project: &Project, tools: &BuildTools, paths: &[&Path]) -> Result<Vec<u64>> {
    let mut node = process::command(&tools.npm.node);
    let sizes = process::output(node.arg(project.path("tools/brotli-size.mjs")).args(paths))?;
    Ok(serde_json::from_str(&sizes)?)
}

/// A number with a comma between thousands.
fn grouped(number: u64) -> String {
    let (more, last) = (number / 1000, number % 1000);
    if more == 0 { last.to_string() } else { format!("{},{last:03}", grouped(more)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_named_with_what_it_may_have() {
        ensure_fits("a.html", 100_000, 100_000).unwrap();
        let error = ensure_fits("a.html", 100_001, 100_000).unwrap_err().to_string();
        assert_eq!(error, "a.html has 100,001 bytes with brotli, more than the 100,000 it may have");
    }

    #[test]
    fn a_difference_has_a_sign_and_what_is_new_is_called_so() {
        let shown =
            [(5, Some(5)), (1_500, Some(0)), (0, Some(1_500)), (5, None)].map(|(now, old)| difference(now, old));
        assert_eq!(shown, ["", "+1,500", "-1,500", "new"]);
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, shown) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (140_000, "140,000"), (1_002_003, "1,002,003")]
        {
            assert_eq!(grouped(number), shown);
        }
    }
}
