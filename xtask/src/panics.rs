//! What only a panic needs is left out of the engine: messages, the machinery that writes them, and the places in the
//! source that they name. A panic then ends the engine at once, as it would anyway after its message, and whoever
//! started the engine shows the leaflet. `trunk serve` keeps the messages, for whoever works on it.

mod locations;

use std::collections::HashSet;

use anyhow::{Result, ensure};
use walrus::ir::{Call, Instr, Visitor, dfs_in_order};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module};

/// Functions from which nothing returns, by parts of their names.
const ENDS: [&str; 18] = [
    "core::panicking::",
    "panic_with_hook",
    "panic_handler::{closure",
    "as core::panic::PanicPayload",
    "::rust_panic",
    "console_error_panic_hook::hook",
    "::unwrap_failed",
    "::expect_failed",
    "::slice_error_fail",
    "::slice_index_fail",
    "::len_mismatch_fail",
    "::assert_failed",
    "::handle_error",
    "::handle_alloc_error",
    "::capacity_overflow",
    "::panic_already_",
    "::panic_poisoned",
    "::borrow_fail",
];

/// Functions that write values as text for people. Only messages of panics use them: what the interface shows is put
/// together without them.
const WRITES: [&str; 5] = ["core::fmt::", "alloc::fmt::", "::escape_debug", "as core::fmt::", "<char>::escape_"];

/// Leaves it out.
///
/// # Errors
/// The module has no names of its functions, or something but a panic writes with the functions that are left out: it
/// would end the engine where it should not.
pub(crate) fn leave_out(module: &mut Module) -> Result<()> {
    let ends = named(module, &ENDS);
    ensure!(!ends.is_empty(), "the engine's functions have no names by which those of panics could be told");
    let writes = named(module, &WRITES);
    // Those of a panic that come back, as its hook does, are nobody else's either.
    let come_back = ends.iter().copied().filter(|function| comes_back(module, *function));
    for (caller, called) in calls_into(module, &come_back.chain(writes.iter().copied()).collect()) {
        let is_left_out = ends.contains(&caller) || writes.contains(&caller);
        ensure!(
            is_left_out,
            "`{}` calls `{}`, which only panics may: what the engine shows is put together without `format!`, or \
             the function is to be taken off the list in xtask/src/panics.rs",
            name(module, caller),
            name(module, called)
        );
    }
    for function in ends.union(&writes) {
        end_at_once(module, *function);
    }
    let data: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for data in data {
        locations::blank(module.data.get_mut(data));
    }
    Ok(())
}

/// Those with a name of which one of these is a part.
pub(crate) fn named(module: &Module, parts: &[&str]) -> HashSet<FunctionId> {
    let is_meant = |id: &FunctionId| {
        let name = name(module, *id);
        parts.iter().any(|part| name.contains(part))
    };
    module.funcs.iter_local().map(|(id, _)| id).filter(is_meant).collect()
}

/// The name of a function as it is written in Rust: `core[c5930c85]::fmt` is `core::fmt`.
fn name(module: &Module, id: FunctionId) -> String {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for each in module.funcs.get(id).name.as_deref().unwrap_or_default().chars() {
        match each {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(each),
            _ => {}
        }
    }
    plain
}

/// Whether a function may return: its last instruction does not end the engine.
fn comes_back(module: &Module, id: FunctionId) -> bool {
    let FunctionKind::Local(function) = &module.funcs.get(id).kind else { return true };
    !matches!(function.block(function.entry_block()).instrs.last(), Some((Instr::Unreachable(_), _)))
}

/// Every direct call of one of these: who calls, and what.
fn calls_into(module: &Module, called: &HashSet<FunctionId>) -> Vec<(FunctionId, FunctionId)> {
    let calls = |(caller, function): (FunctionId, &LocalFunction)| {
        let mut calls = Calls::default();
        dfs_in_order(&mut calls, function, function.entry_block());
        calls.0.into_iter().filter(|each| called.contains(each)).map(move |each| (caller, each)).collect::<Vec<_>>()
    };
    module.funcs.iter_local().flat_map(calls).collect()
}

#[derive(Default)]
struct Calls(Vec<FunctionId>);

impl Visitor<'_> for Calls {
    fn visit_call(&mut self, call: &Call) {
        self.0.push(call.func);
    }
}

/// Gives a function a body that ends the engine.
pub(crate) fn end_at_once(module: &mut Module, function: FunctionId) {
    let (parameters, results) = module.types.params_results(module.funcs.get(function).ty());
    let (parameters, results) = (parameters.to_vec(), results.to_vec());
    let mut body = FunctionBuilder::new(&mut module.types, &parameters, &results);
    body.func_body().unreachable();
    let arguments = parameters.iter().map(|kind| module.locals.add(*kind)).collect();
    module.funcs.get_mut(function).kind = FunctionKind::Local(body.local_func(arguments));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with functions of these names; each calls all before it, and those that panic never return.
    fn module(names: &[&str]) -> Module {
        let mut module = Module::default();
        let mut all = Vec::new();
        for name in names {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.name((*name).to_owned());
            let mut body = function.func_body();
            for called in &all {
                body.call(*called);
            }
            if name.contains("panicking") {
                body.unreachable();
            }
            all.push(function.finish(vec![], &mut module.funcs));
        }
        module
    }

    fn calls(module: &Module, of: &str) -> usize {
        let (_, function) = module.funcs.iter_local().find(|(id, _)| name(module, *id) == of).unwrap();
        let mut calls = Calls::default();
        dfs_in_order(&mut calls, function, function.entry_block());
        calls.0.len()
    }

    #[test]
    fn what_only_a_panic_needs_does_nothing_any_more_and_the_rest_does_what_it_did() {
        let mut engine = module(&["work", "core[12ab]::fmt::write", "core[12ab]::panicking::panic_fmt"]);
        assert_eq!(calls(&engine, "core::panicking::panic_fmt"), 2);
        leave_out(&mut engine).unwrap();
        assert_eq!(calls(&engine, "core::panicking::panic_fmt"), 0);
        let mut engine = module(&["a", "core[12ab]::panicking::panic_fmt", "work"]);
        leave_out(&mut engine).unwrap();
        assert_eq!(calls(&engine, "work"), 2);
    }

    #[test]
    fn what_writes_without_a_panic_is_named() {
        let mut engine = module(&["core[12ab]::panicking::panic", "alloc[cd]::fmt::format", "pars_check::work"]);
        let error = leave_out(&mut engine).unwrap_err().to_string();
        assert!(error.contains("`pars_check::work` calls `alloc::fmt::format`"), "{error}");
    }

    #[test]
    fn what_comes_back_from_a_panic_is_nobody_elses() {
        let mut engine = module(&["a", "core[12ab]::option::unwrap_failed", "pars_check::work"]);
        let error = leave_out(&mut engine).unwrap_err().to_string();
        assert!(error.contains("`pars_check::work` calls `core::option::unwrap_failed`"), "{error}");
    }

    #[test]
    fn an_engine_without_names_is_an_error() {
        assert!(leave_out(&mut module(&["a", "b"])).unwrap_err().to_string().contains("no names"));
    }
}
