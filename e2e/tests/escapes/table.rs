//! The table in docs/privacy.md.

use std::fmt::Write;

use e2e::repository;

const BEGIN: &str = "<!-- escapes: this table is written by e2e/tests/escapes -->\n";
const END: &str = "<!-- escapes: end -->\n";

/// What came of one attempt.
pub(crate) struct Row<'a> {
    pub(crate) kind: &'a str,
    pub(crate) name: &'a str,
    /// Whether it gets through where every layer is off.
    pub(crate) escapes: bool,
    /// Whether it gets through each layer alone.
    pub(crate) alone: Vec<bool>,
    /// Whether it gets through all layers, in each browser.
    pub(crate) all_on: Vec<bool>,
}

/// Fails with the whole table if the one in the document is another.
pub(crate) fn compare(rows: &[Row<'_>]) {
    let table = render(rows);
    let document = std::fs::read_to_string(repository("docs/privacy.md")).unwrap();
    let written = document.split_once(BEGIN).and_then(|(_, after)| Some(after.split_once(END)?.0)).unwrap_or_default();
    assert!(written == table, "docs/privacy.md holds another table than this:\n{BEGIN}{table}{END}");
}

fn render(rows: &[Row<'_>]) -> String {
    let mut table = String::from(
        "| attempt | imports | lockdown | policy | sandbox | all, Chromium | all, Firefox | all, WebKit |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    let mut kind = "";
    for row in rows {
        if row.kind != kind {
            kind = row.kind;
            writeln!(table, "| **{kind}** | | | | | | | |").unwrap();
        }
        let refused = if row.escapes { "refused" } else { "the browser" };
        let cells = row.alone.iter().chain(&row.all_on);
        let cells = cells.map(|&through| if through { "**through**" } else { refused }).collect::<Vec<_>>();
        writeln!(table, "| {} | refused | {} |", row.name, cells.join(" | ")).unwrap();
    }
    table
}
