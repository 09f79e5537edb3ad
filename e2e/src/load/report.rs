//! What was found, as a table to be read and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::wrk::{CONNECTIONS, Measured};
use crate::bench::numbers::{Numbers, rounded};

/// All that was found.
#[derive(Clone, Debug)]
pub struct Load {
    pub(super) runs: usize,
    pub(super) seconds: u64,
    pub(super) machine: Value,
    pub(super) versions: BTreeMap<String, String>,
    /// Everybody by name, with what a visitor asks for.
    pub(super) visits: Vec<(&'static str, Vec<String>)>,
    pub(super) measured: BTreeMap<&'static str, Vec<Measured>>,
}

/// What is made of the runs of one of them.
struct Row {
    visitors: Numbers,
    bytes: Numbers,
    rate: Numbers,
    median: Numbers,
    slow: Numbers,
}

impl Load {
    fn row(&self, name: &str, requests: usize) -> Row {
        let runs = self.measured.get(name).map(Vec::as_slice).unwrap_or_default();
        // A visit has a handful of requests.
        let requests = f64::from(u32::try_from(requests).unwrap_or(u32::MAX));
        let numbers = |of: &dyn Fn(&Measured) -> f64| Numbers::of(runs.iter().map(of));
        Row {
            visitors: numbers(&|run| run.requests / run.seconds / requests),
            bytes: numbers(&|run| run.bytes / run.requests * requests),
            rate: numbers(&|run| run.bytes / run.seconds / 1e6),
            median: numbers(&|run| run.median),
            slow: numbers(&|run| run.slow),
        }
    }

    /// A table in Markdown, and what it was measured on.
    pub fn table(&self) -> String {
        let machine = self.machine.as_object().into_iter().flatten();
        let machine: Vec<String> = machine
            .map(|(name, value)| format!("{name} {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            .collect();
        let versions: Vec<String> = self.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
        let mut table = format!(
            "Machine: {}.\n\nVersions: {}.\n\nMedians of {} runs of {} s, with the least and the greatest; {CONNECTIONS} \
             connections.\n\n| | requests per visitor | bytes per visitor | visitors a second | MB a second | median, ms | 99 %, ms |\n\
             |---|---|---|---|---|---|---|\n",
            machine.join(", "),
            versions.join(", "),
            self.runs,
            self.seconds
        );
        for (name, paths) in &self.visits {
            let Row { visitors, bytes, rate, median, slow } = self.row(name, paths.len());
            let bytes = bytes.median().map_or_else(|| "–".to_owned(), |bytes| rounded(bytes, 0));
            // Writing to a string can't fail.
            let _ = writeln!(
                table,
                "| {name} | {} | {bytes} | {} | {} | {} | {} |",
                paths.len(),
                visitors.shown(0),
                rate.shown(0),
                median.shown(1),
                slow.shown(1)
            );
        }
        table
    }

    /// Everything, each number of each run.
    pub fn to_json(&self) -> Value {
        let visits: Map<String, Value> = self
            .visits
            .iter()
            .map(|(name, paths)| {
                let Row { visitors, bytes, rate, median, slow } = self.row(name, paths.len());
                let row = json!({
                    "paths": paths, "visitors per second": visitors.to_json(), "bytes per visitor": bytes.to_json(),
                    "megabytes per second": rate.to_json(), "median ms": median.to_json(), "99 % ms": slow.to_json(),
                });
                ((*name).to_owned(), row)
            })
            .collect();
        json!({
            "runs": self.runs, "seconds": self.seconds, "connections": CONNECTIONS, "machine": self.machine,
            "versions": self.versions, "visits": visits,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_has_all_requests_of_a_visit() {
        let measured = Measured { seconds: 2.0, requests: 4000.0, bytes: 400e6, median: 1.0, slow: 2.0 };
        let load = Load {
            runs: 1,
            seconds: 2,
            machine: json!({"cores": 2}),
            versions: BTreeMap::from([("wrk".to_owned(), "1".to_owned())]),
            visits: vec![("A", vec!["/a".to_owned(), "/b".to_owned()])],
            measured: BTreeMap::from([("A", vec![measured])]),
        };
        assert!(load.table().contains("| A | 2 | 200,000 | 1,000 | 200 | 1.0 | 2.0 |"), "{}", load.table());
        assert_eq!(load.to_json()["visits"]["A"]["visitors per second"]["median"], 1000.0);
    }
}
