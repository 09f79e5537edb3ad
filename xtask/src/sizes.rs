//! How large the documents are, raw and as servers send them, and whether that is small enough.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::process;
use crate::project::Project;
use crate::tools::BuildTools;

/// The most bytes that the English document may have with brotli, with its pictures and the sheet.
const ENGLISH_LIMIT: u64 = 110_000;

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
/// or a logo are a clinic's own.
pub(crate) fn report(project: &Project, tools: &BuildTools, documents: &[Document], is_ours: bool) -> Result<()> {
    let paths: Vec<&Path> = documents.iter().map(|document| document.path.as_path()).collect();
    for (document, compressed) in documents.iter().zip(brotli(project, tools, &paths)?) {
        let name = document.path.file_name().unwrap_or_default().to_string_lossy();
        println!("{name}: {} bytes, {} with brotli", grouped(document.bytes as u64), grouped(compressed));
        ensure!(
            !is_ours || document.code != "en" || compressed <= ENGLISH_LIMIT,
            "{name} has {} bytes with brotli, more than the {} it may have",
            grouped(compressed),
            grouped(ENGLISH_LIMIT)
        );
    }
    report_figures(project, tools, documents, is_ours)
}

fn report_figures(project: &Project, tools: &BuildTools, documents: &[Document], is_ours: bool) -> Result<()> {
    let mut paths = Vec::new();
    for document in documents {
        let text =
            fs::read_to_string(&document.path).with_context(|| format!("{} can't be read", document.path.display()))?;
        let path = project.target(&format!("figures.{}.svg", document.code));
        fs::write(&path, figures_of(&text)).with_context(|| format!("{} can't be written", path.display()))?;
        paths.push(path);
    }
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    for (document, compressed) in documents.iter().zip(brotli(project, tools, &paths)?) {
        let size = grouped(compressed);
        println!("  its figures in {}: {size} with brotli", document.code);
        ensure!(
            !is_ours || compressed <= FIGURES_LIMIT,
            "the figures in {} have {size} bytes with brotli, more than the {} they may have",
            document.code,
            grouped(FIGURES_LIMIT)
        );
    }
    Ok(())
}

/// The drawings in a document, one after the other.
fn figures_of(document: &str) -> String {
    let drawings = document.split_inclusive("</svg>").filter(|part| part.ends_with("</svg>"));
    drawings.filter_map(|part| part.get(part.find("<svg ")?..)).collect()
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
    fn drawings_are_taken_out_of_a_document_and_nothing_else() {
        let document = "<p>a</p><svg viewBox=\"0\"><g></g></svg><p>b</p><svg role=\"img\"></svg>";
        assert_eq!(figures_of(document), "<svg viewBox=\"0\"><g></g></svg><svg role=\"img\"></svg>");
        assert_eq!(figures_of("<p>the svg of</p>"), "");
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
