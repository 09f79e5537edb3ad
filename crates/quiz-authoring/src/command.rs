//! The commands of the `quiz` binary that are about all answers at once; the binary's own, no part of the library.

pub(crate) mod verify;
