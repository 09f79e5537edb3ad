//! What is to be reached, and whether it is.

use serde_json::{Value, json};

use super::FAR;
use super::contenders::Contender::{ByHand, Ours, SurveyJs, Tenfold};
use super::host::Hosted;
use super::numbers::{Numbers, rounded};
use super::report::Report;

/// A bound on something that was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

/// Something to be reached.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    what: &'static str,
    goal: Goal,
    measured: Option<f64>,
    /// How many decimals are worth showing.
    decimals: usize,
}

impl Target {
    /// Whether it is reached. What was not measured is not.
    pub(super) fn is_reached(&self) -> bool {
        self.measured.is_some_and(|measured| match self.goal {
            Goal::AtMost(most) => measured <= most,
            Goal::AtLeast(least) => measured >= least,
        })
    }

    /// As a row of a table.
    pub(super) fn row(&self) -> String {
        let (bound, limit) = match self.goal {
            Goal::AtMost(most) => ("at most", most),
            Goal::AtLeast(least) => ("at least", least),
        };
        let measured = self.measured.map_or_else(|| "not measured".to_owned(), |number| rounded(number, self.decimals));
        let verdict = if self.is_reached() { "reached" } else { "**not reached**" };
        format!("| {} | {bound} {} | {measured} | {verdict} |", self.what, rounded(limit, self.decimals))
    }

    pub(super) fn to_json(&self) -> Value {
        let (bound, limit) = match self.goal {
            Goal::AtMost(most) => ("at most", most),
            Goal::AtLeast(least) => ("at least", least),
        };
        json!({"what": self.what, bound: limit, "measured": self.measured, "reached": self.is_reached()})
    }
}

/// All of them.
pub(super) fn targets(report: &Report) -> Vec<Target> {
    [sizes(report), beside_others(report), hosts(report), grown(report)].concat()
}

fn at_most(what: &'static str, most: f64, measured: Option<f64>, decimals: usize) -> Target {
    Target { what, goal: Goal::AtMost(most), measured, decimals }
}

fn sizes(report: &Report) -> Vec<Target> {
    let sizes = &report.sizes;
    vec![
        at_most("bytes of the English document with brotli, everything in it", 100_000.0, Some(sizes.document), 0),
        at_most("bytes of the loader with brotli", 2_000.0, Some(sizes.loader), 0),
    ]
}

fn beside_others(report: &Report) -> Vec<Target> {
    let beside = |name, other| Some(report.median(Ours, name)? / report.median(other, name)?);
    vec![
        at_most("first question visible, beside the page by hand", 1.25, beside("visible", ByHand), 2),
        at_most("first question answerable, beside SurveyJS", 0.40, beside("answerable", SurveyJs), 2),
        at_most("work per answer, beside the page by hand", 1.5, beside("task", ByHand), 2),
        at_most("work per answer, beside SurveyJS", 0.35, beside("task", SurveyJs), 2),
        at_most("memory after five answers, beside SurveyJS", 0.55, beside("memory", SurveyJs), 2),
    ]
}

fn hosts(report: &Report) -> Vec<Target> {
    // The demo page has work of its own, and its frame is near the window from the start: it stands in the table alone.
    let far = report.hosts.get(FAR);
    let numbers = |number: fn(&Hosted) -> f64| Some(Numbers::of(far?.iter().map(number)));
    // What the check shifts or holds up, it does each time; a busy machine holds up any page now and then.
    let long = numbers(|hosted| hosted.long).and_then(|long| long.median());
    let shift = numbers(|hosted| hosted.shift).and_then(|shift| shift.greatest());
    let others = |hosted: &Hosted| hosted.before.iter().filter(|path| *path != "/pars-check.js").count();
    let others = far.and_then(|runs| runs.iter().map(others).max());
    vec![
        at_most("host page: layout shift, the most of all runs", 0.0, shift, 4),
        at_most("host page: its longest task over 50 ms, in ms, in the middle of all runs", 50.0, long, 0),
        at_most(
            "host page: requests but the loader before the frame is near",
            0.0,
            others.map(super::visit::as_number),
            0,
        ),
    ]
}

fn grown(report: &Report) -> Vec<Target> {
    let today = report.median(Ours, "task");
    let beside_today = |name| Some(report.median(Tenfold, name)? / today?);
    let sizes = &report.sizes;
    let more = sizes.ten_languages - sizes.document;
    vec![
        at_most("ten times the questions: work per answer at the start, beside today's", 1.2, beside_today("task"), 2),
        at_most(
            "ten times the questions: work per answer at the end, beside today's",
            1.2,
            beside_today("late_task"),
            2,
        ),
        at_most("ten times the questions: bytes more that are no content", 0.0, Some(sizes.beyond_content), 0),
        at_most("ten languages: bytes more for a visitor with brotli", 0.0, Some(more), 0),
        Target {
            what: "whole evaluations a second on one core, natively",
            goal: Goal::AtLeast(1_000_000.0),
            measured: report.evaluations,
            decimals: 0,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_on_its_bound_is_reached_and_one_beyond_it_is_told() {
        let target = |measured| at_most("bytes", 100_000.0, measured, 0);
        assert_eq!(target(Some(100_000.0)).row(), "| bytes | at most 100,000 | 100,000 | reached |");
        assert_eq!(target(Some(100_001.0)).row(), "| bytes | at most 100,000 | 100,001 | **not reached** |");
        let least = Target { goal: Goal::AtLeast(2.0), ..target(Some(1.0)) };
        assert!(!least.is_reached());
    }

    #[test]
    fn what_was_not_measured_is_not_reached() {
        let target = at_most("bytes", 1.0, None, 0);
        assert_eq!(target.row(), "| bytes | at most 1 | not measured | **not reached** |");
        assert_eq!(target.to_json()["reached"], false);
        assert!(!at_most("a ratio of nothing to nothing", 1.0, Some(f64::NAN), 2).is_reached());
    }

    #[test]
    fn each_target_is_reached_by_the_report_that_meets_it_and_by_no_empty_one() {
        assert!(targets(&Report::good()).iter().all(Target::is_reached), "{:#?}", targets(&Report::good()));
        let empty = Report { numbers: [].into(), hosts: [].into(), evaluations: None, ..Report::good() };
        let unmet: Vec<&str> =
            targets(&empty).iter().filter(|target| !target.is_reached()).map(|target| target.what).collect();
        assert_eq!(unmet.len(), 11, "{unmet:#?}");
    }
}
