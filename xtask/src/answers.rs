//! Imports whose answer is known before anybody asks are left out of the engine: the answer takes their place.
//!
//! Each is one thing less that the engine can reach, and one call less.

use anyhow::{Context, Result, bail};
use walrus::ir::{MemArg, StoreKind, Value};
use walrus::{FunctionId, Import, ImportKind, InstrSeqBuilder, LocalId, MemoryId, Module};

use crate::imports;

/// What an import always answers.
enum Answer {
    /// This.
    Is(Value),
    /// No text: a pointer and a length of zero, put where the first argument says.
    NoText,
    /// Nobody asks. Whoever did would end the engine, and the leaflet would take its place.
    NeverAsked,
}

/// By what wasm-bindgen calls them.
const KNOWN: [(&str, Answer); 9] = [
    // Yew asks for the namespace of what it puts elements into. All that the quiz is made of is HTML, as the document is.
    ("namespaceURI", Answer::NoText),
    ("createElementNS", Answer::NeverAsked),
    // The way of an event is told without what is around the quiz (`composedPath` in src/host/imports.js).
    ("instanceof_ShadowRoot", Answer::Is(Value::I32(0))),
    ("host", Answer::NeverAsked),
    // What stands for the window is the first thing that js-sys asks for (`self`, in src/host/imports.js), and is it.
    ("static_accessor_GLOBAL", Answer::NeverAsked),
    ("static_accessor_GLOBAL_THIS", Answer::NeverAsked),
    ("static_accessor_WINDOW", Answer::NeverAsked),
    ("instanceof_Window", Answer::Is(Value::I32(1))),
    // Yew's own clock stands still: after sixteen milliseconds it would let the browser paint a screen that has not got
    // its focus yet, and a slow phone would paint twice.
    ("now", Answer::Is(Value::F64(0.0))),
];

/// Puts the answers in place of the imports.
///
/// # Errors
/// The engine has no such import: Yew or wasm-bindgen has changed.
pub(crate) fn put_in_place(module: &mut Module) -> Result<()> {
    let memory = module.get_memory_id().context("the engine has no memory of its own")?;
    for (name, answer) in &KNOWN {
        let import = import_of(module, name)?;
        module.replace_imported_func(import, |(body, given)| answer.write(body, given, memory))?;
    }
    Ok(())
}

impl Answer {
    fn write(&self, body: &mut InstrSeqBuilder, given: &[LocalId], memory: MemoryId) {
        match (self, given) {
            (Self::Is(value), _) => _ = body.const_(*value),
            (Self::NoText, [place, ..]) => {
                for offset in [0, 4] {
                    let at = MemArg { align: 4, offset };
                    body.local_get(*place).i32_const(0).store(memory, StoreKind::I32 { atomic: false }, at);
                }
            }
            (Self::NoText | Self::NeverAsked, _) => _ = body.unreachable(),
        }
    }
}

/// The one function that is imported under this name, which has a hash behind it.
fn import_of(module: &Module, name: &str) -> Result<FunctionId> {
    let is_meant = |import: &&Import| imports::named(&import.name).is_some_and(|(named, _)| named == name);
    let kinds: Vec<_> = module.imports.iter().filter(is_meant).map(|import| &import.kind).collect();
    let [ImportKind::Function(function)] = kinds[..] else {
        bail!(
            "the engine imports {} functions `{name}`, where it should be one; adapt xtask/src/answers.rs",
            kinds.len()
        )
    };
    Ok(*function)
}

#[cfg(test)]
mod tests {
    use walrus::ValType;

    use super::*;

    /// A module with a memory that imports all these, but for `without`.
    fn module(without: &str) -> Module {
        let mut module = Module::default();
        module.memories.add_local(false, false, 1, None, None);
        for (name, answer) in KNOWN.iter().filter(|(name, _)| *name != without) {
            let (given, answered) = match answer {
                Answer::Is(Value::F64(_)) => (vec![], vec![ValType::F64]),
                Answer::Is(_) => (vec![ValType::Ref(walrus::RefType::EXTERNREF)], vec![ValType::I32]),
                Answer::NoText => (vec![ValType::I32, ValType::Ref(walrus::RefType::EXTERNREF)], vec![]),
                Answer::NeverAsked => (vec![], vec![ValType::I32]),
            };
            let kind = module.types.add(&given, &answered);
            let (function, _) = module.add_import_func("wbg", &format!("__wbg_{name}_0123456789abcdef"), kind);
            module.exports.add(name, function);
        }
        module
    }

    #[test]
    fn the_module_that_answers_by_itself_is_valid_and_imports_nothing() {
        let mut module = module("");
        put_in_place(&mut module).unwrap();
        assert_eq!(module.imports.iter().count(), 0);
        Module::from_buffer(&module.emit_wasm()).unwrap();
    }

    #[test]
    fn an_import_that_is_not_there_any_more_is_named() {
        let error = put_in_place(&mut module("now")).unwrap_err().to_string();
        assert!(error.contains("`now`"), "{error}");
    }
}
