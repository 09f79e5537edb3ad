//! The engine's code by crate.

use std::collections::BTreeMap;

use anyhow::Result;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// What a function counts for that has no name, or one that tells no crate.
const OTHER: &str = "other";

/// Crates by their first names in a function's name: `<alloc::vec::Vec<T> as quiz_engine::codec::Packed>::read` counts
/// for the first of these that it names.
const OWN: [&str; 3] = ["pars_check", "quiz_engine", "yew"];

/// How many bytes the functions of each crate have, before any compression.
pub(super) fn of(engine: &[u8]) -> Result<BTreeMap<String, u64>> {
    let mut imported = 0;
    let mut lengths = Vec::new();
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(engine) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => lengths.push(body.range().end - body.range().start),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for subsection in section {
                        let Name::Function(functions) = subsection? else { continue };
                        for naming in functions {
                            let naming = naming?;
                            names.insert(naming.index, naming.name.to_owned());
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut crates = BTreeMap::new();
    for (index, length) in (imported..).zip(lengths) {
        let name: &str = names.get(&index).map_or("", |name| name);
        *crates.entry(crate_of(name)).or_insert(0) += length;
    }
    Ok(crates)
}

/// The crate that a function counts for: one of ours if its name has one, since what is made for a type of ours is there
/// for us; else the first.
fn crate_of(name: &str) -> String {
    let mut all = name.split("::").filter(|_| name.contains("::")).filter_map(last_word);
    let first = all.clone().next();
    let own = OWN.into_iter().find(|own| all.any(|each| each == *own) || name.contains(&format!("{own}::")));
    own.or(first).unwrap_or(OTHER).to_owned()
}

/// The word at the end of a part of a path, if something follows it: `<alloc[12ab]` is `alloc`.
fn last_word(part: &str) -> Option<&str> {
    let part = part.split_once('[').map_or(part, |(word, _)| word);
    let word = part.rsplit(|each: char| !each.is_ascii_alphanumeric() && each != '_').next()?;
    Some(word).filter(|word| word.starts_with(|each: char| each.is_ascii_lowercase() || each == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_counts_for_the_crate_that_it_is_there_for() {
        for (name, of) in [
            ("pars_check::ui::outcome::outcome::h54", "pars_check"),
            ("<alloc::vec::Vec<T> as quiz_engine::codec::Packed>::read::h1", "quiz_engine"),
            ("core::ptr::drop_in_place<yew::dom_bundle::bnode::BNode>::h4", "yew"),
            ("<dlmalloc[e24a]::dlmalloc::Dlmalloc<dlmalloc[e2]::sys::System>>::malloc", "dlmalloc"),
            ("core[c593]::str::count::do_count_chars", "core"),
            ("__rustc[b797]::__rdl_realloc", "__rustc"),
            ("main", "other"),
            ("<T>", "other"),
        ] {
            assert_eq!(crate_of(name), of, "{name}");
        }
    }
}
