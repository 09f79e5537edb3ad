//! What was measured, as tables to be read and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::contenders::Contender;
use super::host::Hosted;
use super::numbers::{Numbers, rounded};
use super::sizes::Sizes;
use super::targets::{Target, targets};
use super::visit::SLOWER;

/// The columns of the table: what it is, its name among the numbers, and its decimals.
const COLUMNS: [(&str, &str, usize); 10] = [
    ("bytes", "bytes", 0),
    ("requests", "requests", 0),
    ("first question visible, ms", "visible", 0),
    ("answerable, ms", "answerable", 0),
    ("work per answer, ms", "task", 1),
    ("of it script, ms", "script", 1),
    ("memory, MB", "memory", 2),
    ("of it WebAssembly, MB", "wasm", 2),
    ("nodes", "nodes", 0),
    ("work per answer at the end, ms", "late_task", 1),
];

/// All that a benchmark found.
#[derive(Clone, Debug)]
pub struct Report {
    pub(super) runs: usize,
    pub(super) machine: Value,
    pub(super) versions: BTreeMap<String, String>,
    pub(super) numbers: BTreeMap<Contender, BTreeMap<&'static str, Numbers>>,
    pub(super) hosts: BTreeMap<&'static str, Vec<Hosted>>,
    pub(super) sizes: Sizes,
    pub(super) evaluations: Option<f64>,
}

impl Report {
    /// The middle of what a contender's runs gave.
    pub(super) fn median(&self, contender: Contender, name: &str) -> Option<f64> {
        self.numbers.get(&contender)?.get(name)?.median()
    }

    /// Tables in Markdown.
    pub fn tables(&self) -> String {
        let parts = [self.head(), self.contenders(), self.hosted(), self.grown(), self.targets()];
        parts.join("\n")
    }

    fn head(&self) -> String {
        let machine = self.machine.as_object().into_iter().flatten();
        let machine: Vec<String> = machine.map(|(name, value)| format!("{name} {}", plain(value))).collect();
        let versions: Vec<String> = self.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
        format!(
            "Machine: {}.\nVersions: {}.\nMedians of {} runs, with the least and the greatest; a processor {SLOWER} times slower.\n",
            machine.join(", "),
            versions.join(", "),
            self.runs
        )
    }

    fn contenders(&self) -> String {
        let titles: Vec<&str> = COLUMNS.iter().map(|(title, ..)| *title).collect();
        let mut table = format!("| | {} |\n|---|{}\n", titles.join(" | "), "---|".repeat(titles.len()));
        for (contender, numbers) in &self.numbers {
            let cell = |(_, name, decimals): &(&str, &str, usize)| {
                numbers.get(name).map_or_else(|| "–".to_owned(), |numbers| numbers.shown(*decimals))
            };
            let cells: Vec<String> = COLUMNS.iter().map(cell).collect();
            // Writing to a string can't fail.
            let _ = writeln!(table, "| {} | {} |", contender.name(), cells.join(" | "));
        }
        table
    }

    fn hosted(&self) -> String {
        let mut table = String::from(
            "| page around it | layout shift | longest task over 50 ms | asked for before the frame is near |\n|---|---|---|---|\n",
        );
        for (page, runs) in &self.hosts {
            let numbers = |number: fn(&Hosted) -> f64, decimals| Numbers::of(runs.iter().map(number)).shown(decimals);
            let before = runs.first().map(|hosted| hosted.before.join(" ")).unwrap_or_default();
            let (shift, long) = (numbers(|hosted| hosted.shift, 4), numbers(|hosted| hosted.long, 0));
            let _ = writeln!(table, "| {page} | {shift} | {long} | {before} |");
        }
        table
    }

    fn grown(&self) -> String {
        let sizes = &self.sizes;
        let [document, loader, tenfold, languages] =
            [sizes.document, sizes.loader, sizes.tenfold, sizes.ten_languages].map(|size| rounded(size, 0));
        format!(
            "With brotli: document {document}, loader {loader}, document of ten times the questions {tenfold}, document \
             beside nine other languages {languages} bytes.\nNatively: {} evaluations a second.\n",
            self.evaluations.map_or_else(|| "–".to_owned(), |number| rounded(number, 0))
        )
    }

    fn targets(&self) -> String {
        let rows: Vec<String> = targets(self).iter().map(Target::row).collect();
        format!("| what | to reach | measured | |\n|---|---|---|---|\n{}\n", rows.join("\n"))
    }

    /// Everything, each number of each run.
    pub fn to_json(&self) -> Value {
        let contenders: Map<String, Value> = self
            .numbers
            .iter()
            .map(|(contender, numbers)| {
                let numbers: Map<String, Value> =
                    numbers.iter().map(|(name, numbers)| ((*name).to_owned(), numbers.to_json())).collect();
                (contender.name().to_owned(), Value::Object(numbers))
            })
            .collect();
        let hosts: Map<String, Value> = self
            .hosts
            .iter()
            .map(|(page, runs)| {
                let runs = runs.iter().map(|hosted| {
                json!({"layout shift": hosted.shift, "longest task": hosted.long, "requests before": hosted.before})
            });
                ((*page).to_owned(), runs.collect())
            })
            .collect();
        json!({
            "runs": self.runs, "machine": self.machine, "versions": self.versions, "contenders": contenders,
            "hosts": hosts, "sizes": self.sizes.to_json(), "evaluations per second": self.evaluations,
            "targets": targets(self).iter().map(Target::to_json).collect::<Vec<_>>(),
        })
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

#[cfg(test)]
impl Report {
    /// One that reaches every target.
    pub(super) fn good() -> Self {
        let numbers = |value: f64| COLUMNS.iter().map(|(_, name, _)| (*name, Numbers::of([value]))).collect();
        let numbers = Contender::ALL.map(|contender| {
            let value = if matches!(contender, Contender::SurveyJs | Contender::LhcForms) { 10.0 } else { 1.0 };
            (contender, numbers(value))
        });
        let hosted = |before: &str| vec![Hosted { shift: 0.0, long: 0.0, before: vec![before.to_owned()] }];
        Self {
            runs: 1,
            machine: json!({"cpu": "A", "cores": 2}),
            versions: BTreeMap::from([("Chromium".to_owned(), "1".to_owned())]),
            numbers: numbers.into(),
            hosts: [("/host.html", hosted("/pars-check.js")), ("/index.html", hosted("/pars-check.en.html"))].into(),
            sizes: Sizes { document: 1.0, loader: 1.0, tenfold: 9.0, beyond_content: 0.0, ten_languages: 1.0 },
            evaluations: Some(2e6),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_name_everybody_the_machine_and_every_target() {
        let tables = Report::good().tables();
        for part in [
            "Machine: cores 2, cpu A.",
            "Chromium 1",
            "| SurveyJS | 10 |",
            "| /host.html | 0.0000 | 0 | /pars-check.js |",
        ] {
            assert!(tables.contains(part), "{part}: {tables}");
        }
        assert!(!tables.contains("not reached"), "{tables}");
        let slow = Report { evaluations: Some(1.0), ..Report::good() };
        assert!(slow.tables().contains("| at least 1,000,000 | 1 | **not reached** |"));
    }

    #[test]
    fn the_json_holds_every_run_and_every_target() {
        let json = Report::good().to_json();
        assert_eq!(json["contenders"]["by hand"]["task"]["runs"], json!([1.0]));
        assert_eq!(json["hosts"]["/host.html"][0]["requests before"], json!(["/pars-check.js"]));
        assert_eq!(json["targets"][0]["at most"], 100_000.0);
    }
}
