//! What the browser tests need of the content folder, where there are no files to read. For tests only: what ships
//! carries the pack beside the engine, not in it.

/// The pack of the English document, to be read with `quiz_engine::Pack::decode`.
pub const EN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/en.pack"));

/// Every case of the content folder as a JSON array of `{"case": …, "native": …}`: the case as it stands in its file,
/// and what `cargo quiz assess` says of its answers natively.
pub const CASES: &str = include_str!(concat!(env!("OUT_DIR"), "/cases.json"));

/// The witnesses of the proof as a JSON array, as in `cargo quiz verify --witnesses`: for each rule and each option that
/// it depends on, answers on which it decides and answers on which it does not, with what the proof says of both.
pub const FLIPS: &str = include_str!(concat!(env!("OUT_DIR"), "/flips.json"));
