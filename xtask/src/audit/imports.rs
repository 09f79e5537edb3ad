//! The engine's imports.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use wasmparser::{Parser, Payload, TypeRef};

use super::compare;
use crate::project::Project;

const LIST: &str = "audit/imports.toml";
const WRAPPERS: &str = "src/host/imports.js";

#[derive(Deserialize)]
struct List {
    imports: BTreeMap<String, Entry>,
}

/// What is known of an import.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// What it can do.
    does: String,
    /// Whether `src/host/imports.js` stands before it.
    #[serde(default)]
    wrapped: bool,
}

/// Fails unless the engine imports exactly what is listed, and what is listed as wrapped is. Returns their number.
pub(super) fn check(project: &Project, engine: &[u8]) -> Result<usize> {
    let list = std::fs::read_to_string(project.path(LIST)).with_context(|| format!("{LIST} can't be read"))?;
    let list: List = toml::from_str(&list).with_context(|| format!("{LIST} has a mistake"))?;
    let wrappers = std::fs::read_to_string(project.path(WRAPPERS)).with_context(|| format!("no {WRAPPERS}"))?;
    let found = names(engine)?;
    compare("the engine", LIST, &found, &list.imports.keys().cloned().collect())?;
    check_wrapped(&list, &wrapper_names(&wrappers)?)?;
    Ok(found.len())
}

/// The names of what a module imports. It may import nothing but functions.
pub(crate) fn names(module: &[u8]) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::ImportSection(section) = payload.context("the engine is no WebAssembly module")? else { continue };
        for import in section.into_imports() {
            let import = import.context("the engine's imports can't be read")?;
            if !matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)) {
                bail!("the engine imports `{}`, which is no function", import.name);
            }
            ensure!(names.insert(import.name.to_owned()), "the engine imports `{}` twice", import.name);
        }
    }
    Ok(names)
}

fn check_wrapped(list: &List, wrappers: &BTreeSet<String>) -> Result<()> {
    for (name, entry) in &list.imports {
        ensure!(!entry.does.trim().is_empty(), "{LIST} does not say what `{name}` does");
        let is_wrapped = wrappers.contains(stem(name));
        ensure!(
            entry.wrapped == is_wrapped,
            "{LIST} says that `{name}` is {}wrapped, {WRAPPERS} says otherwise",
            if entry.wrapped { "" } else { "not " }
        );
    }
    let stems: BTreeSet<&str> = list.imports.keys().map(|name| stem(name)).collect();
    let unused: Vec<_> = wrappers.iter().filter(|wrapper| !stems.contains(wrapper.as_str())).collect();
    ensure!(unused.is_empty(), "{WRAPPERS} wraps what the engine does not import: {unused:?}");
    Ok(())
}

/// The name between wasm-bindgen's prefix and the hash behind it.
fn stem(name: &str) -> &str {
    let inner = name.strip_prefix("__wbg_").unwrap_or(name);
    inner.rsplit_once('_').filter(|(_, hash)| hash.len() == 4).map_or(inner, |(stem, _)| stem)
}

/// The keys of the object that `wrappersIn` returns.
fn wrapper_names(script: &str) -> Result<BTreeSet<String>> {
    let object = script.split("return {\n    __proto__: null,\n").nth(1).and_then(|rest| rest.split("\n  };").next());
    let object = object.with_context(|| format!("{WRAPPERS} has no object of wrappers where it is looked for"))?;
    let keys = object.lines().filter_map(|line| {
        let key = line.strip_prefix("    ")?.split_once(':')?.0;
        key.chars().all(|each| each.is_ascii_alphanumeric() || each == '_').then(|| key.to_owned())
    });
    Ok(keys.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports the functions `a` and `b` of the module `m`.
    const TWO_FUNCTIONS: &[u8] = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x0d\x02\x01m\x01a\0\0\x01m\x01b\0\0";

    /// A module that imports the memory `a` of the module `m`.
    const A_MEMORY: &[u8] = b"\0asm\x01\0\0\0\x02\x08\x01\x01m\x01a\x02\0\x01";

    #[test]
    fn imported_functions_are_named_and_nothing_else_may_be_imported() {
        assert_eq!(names(TWO_FUNCTIONS).unwrap().into_iter().collect::<Vec<_>>(), ["a", "b"]);
        assert!(names(A_MEMORY).unwrap_err().to_string().contains("`a`, which is no function"));
        assert!(names(b"no module").is_err());
    }

    #[test]
    fn a_stem_is_the_name_without_prefix_and_hash() {
        assert_eq!(stem("__wbg_set_innerHTML_a9d3"), "set_innerHTML");
        assert_eq!(stem("__wbindgen_init_externref_table"), "__wbindgen_init_externref_table");
    }

    #[test]
    fn what_is_listed_as_wrapped_has_to_be_and_the_other_way_round() {
        let script = "return {\n    __proto__: null,\n    set: (real) => ({\n      inner: 1 }),\n    open: x,\n  };";
        let wrappers = wrapper_names(script).unwrap();
        assert_eq!(wrappers.iter().collect::<Vec<_>>(), ["open", "set"]);
        let list = |text: &str| toml::from_str::<List>(text).unwrap();
        let (set, open) = ("__wbg_set_0123", "__wbg_open_0123");
        let both = format!("[imports]\n{set} = {{ does = \"x\", wrapped = true }}\n");
        assert!(check_wrapped(&list(&format!("{both}{open} = {{ does = \"x\", wrapped = true }}")), &wrappers).is_ok());
        assert!(check_wrapped(&list(&format!("{both}{open} = {{ does = \"x\" }}")), &wrappers).is_err());
        assert!(check_wrapped(&list(&both), &wrappers).unwrap_err().to_string().contains("open"));
    }
}
