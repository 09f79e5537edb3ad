//! Kinds of events to which nothing in the quiz listens are left out of the engine. Yew knows near a hundred by name.
//!
//! Where one of them were listened to all the same, the engine would end and the leaflet stay.

use anyhow::{Result, ensure};
use walrus::ir::{Const, Instr, InstrLocId, InstrSeq, InstrSeqId, Unreachable, Value, Visitor, dfs_in_order};
use walrus::{FunctionId, FunctionKind, Module};

use crate::panics::named;
use crate::texts::at;

/// Where Yew begins to listen, and names what to.
const LISTENS: &str = "yew::dom_bundle::subtree_root::SubtreeData::add_listener";

/// Where Yew copies one of them: a choice of the same arms, each with the kind's number.
const COPIES: &str = "yew::dom_bundle::subtree_root::EventDescriptor as core::clone::Clone>::clone";

/// What `src/ui/markup.rs` listens to, by Yew's names.
const HEARD: [&str; 5] = ["onchange", "onclick", "onclose", "oninput", "onkeydown"];

/// Leaves out all others.
///
/// # Errors
/// There are no such choices in the engine: Yew has changed.
pub(crate) fn leave_out(module: &mut Module) -> Result<()> {
    let listens = arms(module, LISTENS, |pair| match pair {
        [(Instr::Const(address), _), (Instr::Const(length), _)] => name_at(module, address, length),
        _ => None,
    });
    let copies = arms(module, COPIES, |pair| match pair {
        [(Instr::Const(Const { value: Value::I32(number) }), _), (Instr::Store(_), _)] => Some(*number),
        _ => None,
    });
    let are_alike = copies.len() == listens.len() && copies.is_sorted_by(|last, first| last.found > first.found);
    ensure!(
        are_alike && HEARD.iter().all(|heard| listens.iter().any(|arm| arm.found == *heard)),
        "the engine chooses among {} kinds of events to listen to them and among {} to copy them, or not among all that \
         the quiz listens to; adapt xtask/src/events.rs",
        listens.len(),
        copies.len()
    );
    // Both have their arms in the order of the kinds. Of the first the engine does not tell that; were it otherwise, none
    // of the end-to-end tests that press, type, tick and close would come far.
    for (listens, copies) in listens.into_iter().zip(copies) {
        if !HEARD.contains(&&*listens.found) {
            end(module, listens.function, listens.place);
            end(module, copies.function, copies.place);
        }
    }
    Ok(())
}

fn name_at(module: &Module, address: &Const, length: &Const) -> Option<String> {
    at(module, address.value, length.value).filter(|text| text.starts_with("on")).map(ToOwned::to_owned)
}

/// An arm of a choice: a block that holds the arms before it, and what to do behind it.
struct Arm<T> {
    function: FunctionId,
    place: InstrSeqId,
    found: T,
}

fn end(module: &mut Module, function: FunctionId, arm: InstrSeqId) {
    if let FunctionKind::Local(function) = &mut module.funcs.get_mut(function).kind {
        let instrs = &mut function.block_mut(arm).instrs;
        instrs.truncate(1); // the block within, which holds the arms before this one
        instrs.push((Instr::Unreachable(Unreachable {}), InstrLocId::default()));
    }
}

/// The arms in functions of this name in which something is found once, from the last to the first.
fn arms<T>(module: &Module, name: &str, find: impl Fn(&[(Instr, InstrLocId)]) -> Option<T>) -> Vec<Arm<T>> {
    let mut arms = Vec::new();
    for function in named(module, &[name]) {
        let FunctionKind::Local(local) = &module.funcs.get(function).kind else { continue };
        let mut sequences = Sequences::default();
        dfs_in_order(&mut sequences, local, local.entry_block());
        for place in sequences.0 {
            let Some(((Instr::Block(_), _), arm)) = local.block(place).instrs.split_first() else { continue };
            let mut all = arm.windows(2).filter_map(&find);
            if let (Some(found), None) = (all.next(), all.next()) {
                arms.push(Arm { function, place, found });
            }
        }
    }
    arms
}

#[derive(Default)]
struct Sequences(Vec<InstrSeqId>);

impl<'instr> Visitor<'instr> for Sequences {
    fn start_instr_seq(&mut self, sequence: &'instr InstrSeq) {
        self.0.push(sequence.id());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn what_the_interface_listens_to_is_what_stays() {
        let folder = Project::find().unwrap().path("src/ui");
        let files =
            std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        let source: String = files.collect();
        let mut heard: Vec<&str> =
            source.split("ListenerKind::").skip(1).map(|rest| rest.split_once(',').unwrap().0).collect();
        heard.sort_unstable();
        assert_eq!(heard, HEARD);
    }

    #[test]
    fn an_engine_without_such_choices_is_an_error() {
        let error = leave_out(&mut Module::default()).unwrap_err().to_string();
        assert!(error.contains("among 0 kinds of events"), "{error}");
    }
}
