//! `cargo quiz mutants`: faults in the quiz, with progress on standard error.

use quiz_authoring::{Content, Mutants, NotProvable, mutants};

use super::{bar, show};

/// Finds them with a bar.
pub(crate) fn found(content: &Content) -> Result<Mutants, NotProvable> {
    let bar = bar();
    let found = mutants(content, &mut |done, of| show(&bar, done, of));
    bar.finish_and_clear();
    found
}
