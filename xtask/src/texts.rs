//! Texts that nothing in the engine names any more are left out: messages of panics, once what would say them is gone.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::Result;
use walrus::ir::{Const, Instr, InstrSeq, Load, Store, Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, Data, DataKind, Module};
use wasmparser::{Parser, Payload};

/// Shorter ones are not worth a hole in the data.
const SHORTEST: usize = 8;

/// Where the texts of a module stand in its memory: an address and a length that follow each other in its code or in its
/// data, and text there.
pub(crate) fn of(module: &Module) -> Vec<Range<usize>> {
    let mut pairs = numbers_in_code(module).pairs;
    pairs.extend(numbers_in_data(module).pairs);
    let is_text = |range: &Range<usize>| {
        let bytes = module.data.iter().find_map(|data| data.value.get(within(data, range)?));
        range.len() >= SHORTEST && bytes.is_some_and(|bytes| bytes.is_ascii() && !bytes.contains(&0))
    };
    // What a panic formats has twice its length and one.
    let lengths = |(at, length): (usize, usize)| [length, length / 2].map(|length| at..at.saturating_add(length));
    pairs.into_iter().flat_map(lengths).filter(is_text).collect()
}

/// The text that stands at an address with a length.
pub(crate) fn at(module: &Module, address: Value, length: Value) -> Option<&str> {
    let (start, length) = (number(address)?, number(length)?);
    let range = start..start.checked_add(length)?;
    let bytes = module.data.iter().find_map(|data| data.value.get(within(data, &range)?))?;
    str::from_utf8(bytes).ok()
}

/// Puts zeros in place of those of these texts into which no number of the module leads, be it meant as an address or not.
///
/// # Errors
/// It is no module.
pub(crate) fn blank(bytes: &mut [u8], texts: &[Range<usize>]) -> Result<()> {
    let module = Module::from_buffer(bytes)?;
    let mut named = numbers_in_code(&module).all;
    named.extend(numbers_in_data(&module).all);
    let dead: Vec<_> = texts.iter().filter(|text| named.range((*text).clone()).next().is_none()).collect();
    for (data, at) in module.data.iter().zip(places(bytes)?) {
        for text in dead.iter().filter_map(|text| within(data, text)) {
            if let Some(text) = bytes.get_mut(at.clone()).and_then(|data| data.get_mut(text)) {
                text.fill(0);
            }
        }
    }
    Ok(())
}

/// Where the data stand in a module's bytes, in their order.
fn places(module: &[u8]) -> Result<Vec<Range<usize>>> {
    let mut places = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::DataSection(section) = payload? {
            for data in section {
                let data = data?;
                let end = usize::try_from(data.range.end)?;
                places.push(end.saturating_sub(data.data.len())..end);
            }
        }
    }
    Ok(places)
}

/// Numbers of a module that may be addresses, and each with the one behind it.
#[derive(Default)]
struct Numbers {
    all: BTreeSet<usize>,
    pairs: Vec<(usize, usize)>,
}

impl<'instr> Visitor<'instr> for Numbers {
    fn start_instr_seq(&mut self, sequence: &'instr InstrSeq) {
        for pair in sequence.instrs.windows(2) {
            if let [(Instr::Const(address), _), (Instr::Const(length), _)] = pair {
                self.pairs.extend(number(address.value).zip(number(length.value)));
            }
        }
    }

    fn visit_const(&mut self, constant: &Const) {
        match constant.value {
            // An address and a length may have been put together.
            Value::I64(both) => {
                let halves = [both, both >> 32].map(|half| usize::try_from(half & 0xffff_ffff).ok());
                self.all.extend(halves.into_iter().flatten());
            }
            value => self.all.extend(number(value)),
        }
    }

    fn visit_load(&mut self, load: &Load) {
        self.all.extend(usize::try_from(load.arg.offset).ok());
    }

    fn visit_store(&mut self, store: &Store) {
        self.all.extend(usize::try_from(store.arg.offset).ok());
    }
}

fn number(value: Value) -> Option<usize> {
    if let Value::I32(number) = value { usize::try_from(number).ok() } else { None }
}

fn numbers_in_code(module: &Module) -> Numbers {
    let mut numbers = Numbers::default();
    for (_, function) in module.funcs.iter_local() {
        dfs_in_order(&mut numbers, function, function.entry_block());
    }
    numbers
}

/// The data may lie in pieces with zeros left out between them, so a number may begin in one and end behind it.
fn numbers_in_data(module: &Module) -> Numbers {
    let mut memory = Vec::new();
    for (start, bytes) in module.data.iter().filter_map(|data| Some((start(data)?, &data.value))) {
        memory.resize(memory.len().max((start + bytes.len()).next_multiple_of(4)), 0);
        memory.splice(start..start + bytes.len(), bytes.iter().copied());
    }
    let words = memory.chunks_exact(4).filter_map(|word| Some(u32::from_le_bytes(word.try_into().ok()?)));
    let words: Vec<usize> = words.filter_map(|word| usize::try_from(word).ok()).collect();
    let pairs = words.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
    Numbers { all: words.into_iter().collect(), pairs }
}

/// Where data begin in memory.
fn start(data: &Data) -> Option<usize> {
    let DataKind::Active { offset: ConstExpr::Value(value), .. } = data.kind else { return None };
    number(value)
}

/// The part of these data that lies there in memory.
fn within(data: &Data, range: &Range<usize>) -> Option<Range<usize>> {
    let start = start(data)?;
    Some(range.start.checked_sub(start)?..range.end.checked_sub(start)?)
}

#[cfg(test)]
mod tests {
    use walrus::FunctionBuilder;

    use super::*;

    const TEXTS: [Range<usize>; 2] = [1024..1036, 1036..1048];

    /// Two texts, and a number behind them.
    fn data(number: u32) -> Vec<u8> {
        [b"it goes on, all is lost ".as_slice(), &number.to_le_bytes()].concat()
    }

    /// A module with these data at 1024 and a function that names the first text and, where it says so, the second.
    fn module(says_it: bool, number: u32) -> Module {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 1, None, None);
        let start = ConstExpr::Value(Value::I32(1024));
        module.data.add(DataKind::Active { memory, offset: start }, data(number));
        let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
        let mut body = function.func_body();
        body.i32_const(1024).i32_const(12).drop().drop();
        if says_it {
            body.i32_const(1036).i32_const(12).drop().drop();
        }
        let function = function.finish(vec![], &mut module.funcs);
        module.exports.add("run", function);
        module
    }

    fn blanked(mut module: Module) -> Vec<u8> {
        let mut bytes = module.emit_wasm();
        blank(&mut bytes, &TEXTS).unwrap();
        Module::from_buffer(&bytes).unwrap().data.iter().next().unwrap().value.clone()
    }

    #[test]
    fn a_text_that_nothing_names_any_more_goes_and_another_stays() {
        let texts = of(&module(true, 0));
        assert!(TEXTS.iter().all(|text| texts.contains(text)), "{texts:?}");
        assert_eq!(blanked(module(true, 0)), data(0));
        assert_eq!(blanked(module(false, 0)), [b"it goes on, ".as_slice(), &[0; 16]].concat());
    }

    #[test]
    fn a_number_in_the_data_that_leads_into_a_text_keeps_it() {
        assert_eq!(blanked(module(false, 1040)), data(1040));
    }
}
