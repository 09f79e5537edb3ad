//! Copies of the sealed document with something changed in it.

use std::collections::BTreeMap;

use anyhow::Context;

use crate::{Server, dist, with_probe};

/// The English document as it was built.
///
/// # Errors
/// It was not built.
pub fn document() -> anyhow::Result<String> {
    std::fs::read_to_string(dist().join("pars-check.en.html")).context("no document; `cargo xtask dist` writes it")
}

/// The frame in which a page shows `changed.html`, as the loader makes it.
const HOST: &str = "<!doctype html><script>window.heard = []; \
    addEventListener('message', (event) => heard.push(event.data['pars-check']))</script>\
    <iframe src='changed.html' sandbox='allow-scripts allow-modals allow-downloads \
    allow-top-navigation-by-user-activation' width=400 height=700></iframe>";

/// Serves a changed document as `/changed.html`, and a page with a frame around it as `/host.html`.
///
/// # Errors
/// No port is free.
pub fn serve_changed(document: String) -> anyhow::Result<Server> {
    let pages = BTreeMap::from([("/changed.html".to_owned(), document), ("/host.html".to_owned(), HOST.to_owned())]);
    Server::with_pages(dist(), pages)
}

/// Serves the document with a probe in it, in the same two ways.
///
/// # Errors
/// There is no document, or no port is free.
pub fn serve_probed(script: &str) -> anyhow::Result<Server> {
    serve_changed(with_probe(&document()?, script)?)
}

/// The English document with another engine in it.
///
/// # Errors
/// The document holds no engine.
pub fn with_engine(document: &str, engine: &[u8]) -> anyhow::Result<String> {
    let (before, rest) = document.split_once("id=\"engine\">").context("the document holds an engine")?;
    let (_, after) = rest.split_once("</script>").context("the engine ends")?;
    // Lines of which none holds an instruction, and below them all bytes as they are: see src/host/unpack.js.
    let bytes: String = engine.iter().copied().map(as_character).collect();
    let no_code = ["\n".repeat(BEFORE_FUNCTIONS).as_str(), "##\n", &"\n".repeat(BEHIND_FUNCTIONS)].concat();
    Ok(format!("{before}id=\"engine\">{no_code}{bytes}</script>{after}"))
}

/// How many lines stand before the one that tells where code stood and how many functions there are, and behind it.
const BEFORE_FUNCTIONS: usize = 9;
const BEHIND_FUNCTIONS: usize = 24;

/// The engine that the documents hold.
///
/// # Errors
/// It was not built.
pub fn engine() -> anyhow::Result<Vec<u8>> {
    std::fs::read(dist().join("engine.wasm")).context("no engine; `cargo xtask dist` writes it")
}

fn as_character(byte: u8) -> char {
    let is_moved = [0x00, b'\r', b'<'].contains(&byte);
    char::from_u32(u32::from(byte) + if is_moved { 0x100 } else { 0 }).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The engine with a memory that can't grow beyond `more` pages than it begins with. Its own has no such limit.
///
/// # Errors
/// The module has no memory of that plain kind.
pub fn with_most_memory(engine: &[u8], more: u8) -> anyhow::Result<Vec<u8>> {
    // The section of memories: its number, its length, one memory, no limit, so many pages.
    let place = engine.windows(4).position(|four| four == [5, 3, 1, 0]).context("a memory without a limit")?;
    let (before, rest) = engine.split_at(place);
    let (section, after) = rest.split_at_checked(5).context("the section is whole")?;
    let pages = *section.last().context("a number of pages")?;
    let most = pages.checked_add(more).filter(|most| *most < 128).context("few enough pages for one byte")?;
    Ok([before, &[5, 4, 1, 1, pages, most], after].concat())
}

#[cfg(test)]
mod tests {
    use super::{with_engine, with_most_memory};

    #[test]
    fn another_engine_takes_the_place_of_the_documents_own() {
        let changed = with_engine("<script id=\"engine\">own</script>b", &[b'a', b'<', 0, 0xe9, b'\r']).unwrap();
        let text = changed.strip_prefix("<script id=\"engine\">").unwrap().strip_suffix("</script>b").unwrap();
        let lines: Vec<_> = text.split('\n').collect();
        assert_eq!((lines[9], *lines.last().unwrap()), ("##", "a\u{13c}\u{100}\u{e9}\u{10d}"));
        assert!(with_engine("<script>", &[]).is_err());
    }

    #[test]
    fn a_memory_gets_a_limit() {
        assert_eq!(with_most_memory(&[9, 5, 3, 1, 0, 17, 6], 2).unwrap(), [9, 5, 4, 1, 1, 17, 19, 6]);
        assert!(with_most_memory(&[9, 5, 4, 1, 1, 17, 19, 6], 2).is_err());
    }
}
