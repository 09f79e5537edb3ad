//! Says what is going on while it goes on: a spinner on a terminal, plain lines elsewhere.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How often a plain log hears that something is still going on.
const PLAIN_INTERVAL: Duration = Duration::from_secs(30);

/// Something that takes a while.
pub(crate) struct Progress {
    what: String,
    started: Instant,
    shown: Shown,
}

enum Shown {
    Spinner(ProgressBar),
    Plain { last: Instant },
}

impl Progress {
    /// Says that something begins.
    pub(crate) fn start(what: &str) -> Self {
        let started = Instant::now();
        let shown = if stderr().is_terminal() { Shown::Spinner(spinner(what)) } else { plain(what, started) };
        Self { what: what.to_owned(), started, shown }
    }

    /// Tells its latest line of output, or only that time goes by.
    pub(crate) fn tell(&mut self, line: &str) {
        let seconds = self.started.elapsed().as_secs();
        match &mut self.shown {
            Shown::Spinner(bar) => bar.set_message(line.trim().to_owned()),
            Shown::Plain { last } if last.elapsed() >= PLAIN_INTERVAL => {
                eprintln!("  … {}, {seconds} s: {}", self.what, line.trim());
                *last = Instant::now();
            }
            Shown::Plain { .. } => {}
        }
    }

    /// Says that it is done.
    pub(crate) fn done(self) {
        self.end("done");
    }

    /// Says that it went wrong.
    pub(crate) fn failed(self) {
        self.end("FAILED");
    }

    fn end(self, how: &str) {
        if let Shown::Spinner(bar) = &self.shown {
            bar.finish_and_clear();
        }
        eprintln!("  {} … {how} in {:.1} s", self.what, self.started.elapsed().as_secs_f64());
    }
}

fn spinner(what: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_prefix(what.to_owned());
    if let Ok(style) = ProgressStyle::with_template("  {spinner} {prefix} [{elapsed}] {wide_msg:.dim}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn plain(what: &str, started: Instant) -> Shown {
    eprintln!("  {what} …");
    Shown::Plain { last: started }
}
