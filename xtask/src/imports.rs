//! The engine's imports, and the glue that offers them: without long names, and without what no engine asks for.
//!
//! wasm-bindgen puts sixteen digits of a hash behind each name, which do not compress. Four are enough to tell a version
//! of an import from another. And it writes the glue before what only a panic needs is left out.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use walrus::Module;

/// How many digits of a hash stay.
const DIGITS: usize = 4;

/// How many there are.
const HASH: usize = 16;

/// Gives the imports of a module their short names.
pub(crate) fn shorten(module: &mut Module) -> Result<()> {
    let mut names = BTreeSet::new();
    for import in module.imports.iter_mut() {
        import.name = short(&import.name).to_owned();
        ensure!(names.insert(import.name.clone()), "two imports would be called `{}`; keep more digits", import.name);
    }
    Ok(())
}

/// The glue with short names, and only of what is imported. Each import is a property on lines of its own.
pub(crate) fn fit(glue: &str, imported: &BTreeSet<String>) -> Result<String> {
    let mut fitted = String::new();
    let mut offered = BTreeSet::new();
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        let Some((name, rest)) = offer(line) else {
            fitted.extend([line, "\n"]);
            continue;
        };
        if imported.contains(short(name)) {
            offered.insert(short(name).to_owned());
            fitted.extend([INDENT, short(name), ": function(", rest, "\n"]);
        } else {
            lines.by_ref().find(|line| line.strip_prefix(INDENT).is_some_and(|line| line.starts_with('}')));
        }
    }
    let missing: Vec<_> = imported.difference(&offered).filter(|name| is_of_glue(name)).collect();
    ensure!(missing.is_empty(), "wasm-bindgen's glue does not offer {missing:?}, or in another form than before");
    Ok(fitted)
}

/// What stands before each property of the glue's imports.
const INDENT: &str = "        ";

/// The name that a line offers, and what follows.
fn offer(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix(INDENT)?.split_once(": function(")?;
    is_of_glue(name).then_some((name, rest))
}

/// Whether the glue offers it, and not the host by its own name.
fn is_of_glue(name: &str) -> bool {
    name.starts_with("__wb")
}

/// What wasm-bindgen calls an import, and what stands behind that.
pub(crate) fn named(import: &str) -> Option<(&str, &str)> {
    import.strip_prefix("__wbg_")?.rsplit_once('_')
}

/// A name with fewer digits behind it, if it has a hash there. Those that wasm-bindgen numbers have none.
fn short(name: &str) -> &str {
    let is_hash =
        named(name).is_some_and(|(_, hash)| hash.len() == HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    name.get(..name.len().saturating_sub(HASH - DIGITS)).filter(|_| is_hash).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use walrus::ModuleConfig;

    use super::*;
    use crate::audit;

    const GLUE: &str = "start\n        __wbg_get_0123456789abcdef: function(a) {\n            return a;\n        },\n        \
                        __wbg_set_89abcdef01234567: function() { return handleError(function (a) {\n            a();\n        \
                        }, arguments); },\n        __wbindgen_init: function() {\n        },\nend\n";

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_glue_offers_what_is_imported_by_short_names_and_nothing_else() {
        let fitted = fit(GLUE, &set(&["__wbg_get_0123", "__wbindgen_init", "erase"])).unwrap();
        assert_eq!(
            fitted,
            "start\n        __wbg_get_0123: function(a) {\n            return a;\n        },\n        __wbindgen_init: \
             function() {\n        },\nend\n"
        );
        assert_eq!(fit(GLUE, &set(&["__wbg_set_89ab"])).unwrap().lines().count(), 5);
        assert!(fit(GLUE, &set(&["__wbg_get_9999"])).unwrap_err().to_string().contains("__wbg_get_9999"));
    }

    #[test]
    fn imports_get_short_names_and_no_two_the_same() {
        let module = |names: &[&str]| {
            let mut module = Module::with_config(ModuleConfig::new());
            let kind = module.types.add(&[], &[]);
            for name in names {
                module.add_import_func("./m_bg.js", name, kind);
            }
            module
        };
        let mut engine = module(&["__wbg_get_0123456789abcdef", "__wbindgen_init"]);
        shorten(&mut engine).unwrap();
        assert_eq!(audit::imported(&engine.emit_wasm()).unwrap(), set(&["__wbg_get_0123", "__wbindgen_init"]));
        let mut engine = module(&["__wbg_a_0123456789abcdef", "__wbg_a_01230000000abcde"]);
        let error = shorten(&mut engine).unwrap_err().to_string();
        assert!(error.contains("`__wbg_a_0123`"), "{error}");
    }
}
