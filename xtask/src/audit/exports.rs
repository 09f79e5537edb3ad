//! The engine's exports.

use anyhow::{Context, Result, ensure};
use wasmparser::{ExternalKind, Parser, Payload};

use crate::project::Project;

/// What wasm-bindgen's glue calls from within a call of the engine, or before the first: memory for texts, references, and
/// the start itself, which is a promise that is looked after.
const PLUMBING: [&str; 8] = [
    "__externref_drop_slice",
    "__externref_table_alloc",
    "__externref_table_dealloc",
    "__wbindgen_exn_store",
    "__wbindgen_free",
    "__wbindgen_malloc",
    "__wbindgen_realloc",
    "__wbindgen_start",
];

/// Where a browser enters. `src/host/engine.js` knows these by the same words, and watches what is thrown out of them.
const ENTRANCES: [&str; 2] = ["invoke", "destroy_closure"];

const WATCH: &str = "src/host/engine.js";

/// Fails if a browser could enter the engine where nobody watches.
pub(super) fn check(project: &Project, engine: &[u8]) -> Result<()> {
    let script = std::fs::read_to_string(project.path(WATCH)).with_context(|| format!("no {WATCH}"))?;
    let pattern = format!("= /{}/;", ENTRANCES.join("|"));
    ensure!(script.contains(&pattern), "{WATCH} does not look for `{pattern}`");
    for payload in Parser::new(0).parse_all(engine) {
        let Payload::ExportSection(section) = payload.context("the engine is no WebAssembly module")? else { continue };
        for export in section {
            let export = export.context("the engine's exports can't be read")?;
            let is_known = export.kind != ExternalKind::Func || is_watched_or_plumbing(export.name);
            ensure!(is_known, "the engine exports `{}`: is it where a browser enters? See {WATCH}", export.name);
        }
    }
    Ok(())
}

fn is_watched_or_plumbing(name: &str) -> bool {
    PLUMBING.contains(&name) || ENTRANCES.iter().any(|entrance| name.contains(entrance))
}

#[cfg(test)]
mod tests {
    use walrus::{FunctionBuilder, Module};

    use super::*;

    fn engine(export: &str) -> Vec<u8> {
        let mut module = Module::default();
        let function = FunctionBuilder::new(&mut module.types, &[], &[]).finish(vec![], &mut module.funcs);
        module.exports.add(export, function);
        module.emit_wasm()
    }

    #[test]
    fn an_entrance_that_nobody_watches_is_named() {
        let project = Project::find().unwrap();
        for known in ["__wbindgen_malloc", "__wbindgen_destroy_closure", "wasm_bindgen__convert__invoke__h01"] {
            check(&project, &engine(known)).unwrap();
        }
        let error = check(&project, &engine("wasm_bindgen__call__h01")).unwrap_err().to_string();
        assert!(error.contains("`wasm_bindgen__call__h01`"), "{error}");
    }
}
