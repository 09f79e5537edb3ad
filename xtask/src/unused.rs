//! What the quiz never comes to is left out of the engine. Yew carries it all, for it can't know.
//!
//! Where one of these functions is called all the same, the engine ends and the leaflet stays. So each stands here for a
//! reason, and what would call it is refused by Clippy (clippy.toml) or by a test below.

use anyhow::{Result, ensure};
use walrus::Module;

use crate::panics::{end_at_once, named};

/// Parts of the names of functions.
const UNUSED: [&str; 6] = [
    // Markup as text, portals into other places, and what waits for something to load: none is made.
    "yew::dom_bundle::braw::",
    "yew::dom_bundle::bportal::",
    "yew::dom_bundle::bsuspense::",
    // All elements have the same list of attributes (src/ui/markup.rs), and none a map.
    "Attributes>::apply_diff_as_maps",
    // Yew keeps components that wait in a tree, which has one node until there are twelve. There is one (decision 30), and
    // there is no other tree.
    "alloc::collections::btree::node::BalancingContext",
    // The quiz stays as long as its engine does, or it does not begin: with a pack that is damaged the engine ends here, in
    // place of saying so, and the leaflet stays either way.
    "drop_in_place<quiz_engine::pack::Pack>",
];

/// Exports that the glue never asks for: the start calls `main` itself, and an engine that ended is never begun again.
const UNASKED: [&str; 3] = ["main", "__abort_handler", "__instance_terminated"];

/// Leaves them out.
///
/// # Errors
/// The engine has no functions or exports of these names: Yew or wasm-bindgen has changed.
pub(crate) fn leave_out(module: &mut Module) -> Result<()> {
    for part in UNUSED {
        let functions = named(module, &[part]);
        ensure!(!functions.is_empty(), "the engine has no function `{part}…` any more; adapt xtask/src/unused.rs");
        for function in functions {
            end_at_once(module, function);
        }
    }
    for name in UNASKED {
        let export = module.exports.remove(name);
        ensure!(export.is_ok(), "the engine has no export `{name}` any more; adapt xtask/src/unused.rs");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use walrus::FunctionBuilder;

    use super::*;

    #[test]
    fn what_is_not_there_any_more_is_named() {
        let mut module = Module::default();
        for name in ["yew::dom_bundle::braw::attach", "yew::dom_bundle::bportal::attach"] {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.name(name.to_owned());
            function.finish(vec![], &mut module.funcs);
        }
        let error = leave_out(&mut module).unwrap_err().to_string();
        assert!(error.contains("`yew::dom_bundle::bsuspense::…`"), "{error}");
    }

    #[test]
    fn nothing_in_the_engine_has_a_tree_of_its_own() {
        let project = crate::project::Project::find().unwrap();
        for folder in ["src", "src/ui", "src/host", "crates/quiz-engine/src"] {
            for file in std::fs::read_dir(project.path(folder)).unwrap().map(|file| file.unwrap().path()) {
                let source = std::fs::read_to_string(&file).unwrap_or_default();
                let shipped = source.split("#[cfg(test)]").next().unwrap_or_default();
                assert!(!shipped.contains("BTree"), "{} has a tree", file.display());
            }
        }
    }
}
