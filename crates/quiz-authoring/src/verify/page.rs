//! The report as a page to read.
use super::report::Report;
/// The page.
pub fn page(report: &Report) -> String { report.quiz.clone() }
