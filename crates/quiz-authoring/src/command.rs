//! The commands of the `quiz` binary that are about all answers at once; the binary's own, no part of the library.

pub(crate) mod mutants;
pub(crate) mod verify;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of how far something is; it is seen where standard error is a terminal.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar
}

/// Says on a bar how far something is.
fn show(bar: &ProgressBar, done: usize, of: usize) {
    bar.set_length(u64::try_from(of).unwrap_or(u64::MAX));
    bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
}
