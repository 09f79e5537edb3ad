//! Kinds of Yew's nodes that the quiz is not made of are left out of the engine. Yew carries them all, for it can't know.
//!
//! Clippy refuses to make one of them (clippy.toml), and where one were met all the same, the engine would end and the
//! leaflet stay.

use anyhow::{Result, ensure};
use walrus::Module;

use crate::panics::{end_at_once, named};

/// What brings them into the page and out of it: markup as text, portals into other places, and what waits for something
/// to load.
const KINDS: [&str; 3] = ["yew::dom_bundle::braw::", "yew::dom_bundle::bportal::", "yew::dom_bundle::bsuspense::"];

/// Leaves them out.
///
/// # Errors
/// The engine has no functions of these names: Yew has changed.
pub(crate) fn leave_out(module: &mut Module) -> Result<()> {
    for kind in KINDS {
        let functions = named(module, &[kind]);
        ensure!(!functions.is_empty(), "the engine has no function `{kind}…` any more; adapt xtask/src/nodes.rs");
        for function in functions {
            end_at_once(module, function);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use walrus::FunctionBuilder;

    use super::*;

    #[test]
    fn a_kind_that_yew_has_no_more_is_named() {
        let mut module = Module::default();
        for name in ["yew::dom_bundle::braw::attach", "yew::dom_bundle::bportal::attach"] {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.name(name.to_owned());
            function.finish(vec![], &mut module.funcs);
        }
        let error = leave_out(&mut module).unwrap_err().to_string();
        assert!(error.contains("`yew::dom_bundle::bsuspense::…`"), "{error}");
    }
}
