//! The engine as text that is small and can be read while it arrives (docs/adr/0033-the-engine-in-pieces.md).
//!
//! Its code is taken apart into numbers, each is written in as many bits as it is surprising, and the bits stand in
//! pieces of base64. Below them stand the module's other sections as [`byte_text`], which the host's own compression
//! knows better. `src/host/unpack.js` puts the module together again, byte by byte as it was; sealing makes sure that it
//! does.

mod code;
mod coder;
mod model;
mod numbers;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::byte_text;
use crate::process;
use crate::project::Project;
use crate::tools::BuildTools;
use code::Code;
use coder::Coder;
use numbers::{Kind, Number};

/// How many bytes a piece has at the least; the last may have fewer. While one arrives, the one before it is read.
const PIECE: usize = 5000;

/// Writes the engine as text, and has the script that the visitor's browser runs read it back.
pub(crate) fn of(project: &Project, tools: &BuildTools, engine: &[u8]) -> Result<Vec<String>> {
    let pieces = written(engine).context("the engine can't be written as text")?;
    let read = read_back(project, &tools.npm.node, &pieces, &project.target("engine-text"))?;
    ensure!(read == engine, "src/host/unpack.js makes another engine of the text than was written");
    Ok(pieces)
}

/// What the visitor's browser makes of the pieces.
fn read_back(project: &Project, node: &Path, pieces: &[String], folder: &Path) -> Result<Vec<u8>> {
    fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
    let (file, back) = (folder.join("pieces.json"), folder.join("engine.wasm"));
    fs::write(&file, serde_json::to_vec(pieces)?).with_context(|| format!("{} can't be written", file.display()))?;
    let mut node = process::command(node);
    node.arg(project.path("tools/unpack.mjs")).arg(project.path("src/host/unpack.js")).arg(&file).arg(&back);
    process::output(&mut node).context("src/host/unpack.js does not read the engine")?;
    fs::read(&back).with_context(|| format!("{} can't be read", back.display()))
}

/// The pieces of the code, and last what stands around it.
fn written(engine: &[u8]) -> Result<Vec<String>> {
    pieces_of(&code::take_out(engine)?)
}

fn pieces_of(code: &Code) -> Result<Vec<String>> {
    let by_frequency = by_frequency(code);
    let mut coder = Coder::new();
    begin(&mut coder, code, &by_frequency)?;
    let mut pieces = Vec::new();
    for function in &code.functions {
        // A piece goes on with another function, or ends.
        if coder.length() >= PIECE {
            coder.write(Kind::Rest, 0);
            pieces.push(STANDARD_NO_PAD.encode(coder.end_piece()));
        }
        coder.write(Kind::Rest, 1);
        write_function(&mut coder, function, &by_frequency)?;
    }
    coder.write(Kind::Rest, 0);
    pieces.push(STANDARD_NO_PAD.encode(coder.end_piece()));
    pieces.push(byte_text::from_bytes(&code.around));
    Ok(pieces)
}

/// What has to be known first: where the code stood, how many functions it has, and the instructions by frequency.
fn begin(coder: &mut Coder, code: &Code, by_frequency: &[u32]) -> Result<()> {
    let lengths = [code.start, u32::try_from(code.functions.len())?, u32::try_from(by_frequency.len())?];
    for number in lengths.iter().chain(by_frequency) {
        coder.write(Kind::Rest, *number);
    }
    Ok(())
}

fn write_function(coder: &mut Coder, function: &[Number], by_frequency: &[u32]) -> Result<()> {
    coder.begin_function();
    for &(kind, number) in function {
        let number = if kind == Kind::Instruction { place(number, by_frequency)? } else { number };
        coder.write(kind, number);
    }
    Ok(())
}

fn place(instruction: u32, by_frequency: &[u32]) -> Result<u32> {
    let place = by_frequency.iter().position(|each| *each == instruction).context("an instruction was not counted")?;
    Ok(u32::try_from(place)?)
}

/// The instructions of a module, the most frequent first.
fn by_frequency(code: &Code) -> Vec<u32> {
    let mut counts = BTreeMap::new();
    for (kind, number) in code.functions.iter().flatten() {
        if *kind == Kind::Instruction {
            *counts.entry(*number).or_insert(0_usize) += 1;
        }
    }
    let mut all: Vec<u32> = counts.keys().copied().collect();
    all.sort_by_key(|instruction| Reverse(counts.get(instruction)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with a function of these instructions, behind one local variable of 32 bits.
    fn module(instructions: &[u8]) -> Vec<u8> {
        let body = [&[1, 1, 0x7f], instructions, &[0x0b]].concat();
        let length = |bytes: &[u8]| u8::try_from(bytes.len()).unwrap();
        let code = [&[1, length(&body)], body.as_slice()].concat();
        let head = [b"\0asm\x01\0\0\0".as_slice(), &[1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0]].concat();
        [head.as_slice(), &[10, length(&code)], &code, &[0, 3, 1, b'x', 9]].concat()
    }

    /// What the script makes of a module that was written.
    fn back(module: &[u8]) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let pieces = written(module).unwrap();
        read_back(&Project::find().unwrap(), Path::new("node"), &pieces, folder.path()).unwrap()
    }

    #[test]
    fn every_kind_of_instruction_comes_back() {
        let all: [&[u8]; 16] = [
            &[0x20, 0, 0x21, 0, 0x22, 0, 0x1a],                                  // local variables
            &[0x41, 5, 0x41, 0x7f, 0x1a],                                        // small constants of either sign
            &[0x41, 0xff, 0xff, 0xff, 0xff, 7, 0x1a],                            // the largest
            &[0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x1a],                         // the least
            &[0x41, 0x84, 0x80, 0x10, 0x41, 0x80, 0x80, 0x10, 0x1a],             // addresses in the data, up and down
            &[0x02, 0x40, 0x0b, 0x03, 0x7f, 0x0b, 0x04, 0x05, 0x05, 0x0b],       // blocks with and without types
            &[0x02, 0xc0, 0, 0x0b],                                              // a type above 63
            &[0x28, 2, 8, 0x28, 0, 0x80, 1, 0x36, 2, 0], // memory, with alignments as usual and below
            &[0x0c, 0, 0x0d, 1, 0x0f],                   // branches
            &[0x0e, 2, 0, 1, 0],                         // a table of branches
            &[0x10, 0x80, 1, 0x11, 3, 0],                // calls
            &[0x1c, 1, 0x7f],                            // select with a type
            &[0x42, 0x80, 0x7f, 0x43, 1, 2, 3, 4, 0x44, 1, 2, 3, 4, 5, 6, 7, 8], // wide constants
            &[0x23, 0, 0x24, 1, 0x3f, 0, 0x40, 0],       // globals, the memory's size
            &[0xd0, 0x70, 0xd2, 9],                      // references
            &[0xfc, 0, 0xfc, 10, 0, 0, 0xfc, 11, 0],     // two bytes
        ];
        for instructions in all {
            let module = module(instructions);
            assert_eq!(back(&module), module, "{instructions:x?}");
        }
        let module = module(&all[8..].concat());
        assert_eq!(back(&module), module);
    }

    #[test]
    fn pieces_are_base64_and_the_last_one_is_what_stands_around_the_code() {
        let pieces = written(&module(&[0x20, 0, 0x1a])).unwrap();
        assert_eq!(pieces.len(), 2);
        assert!(pieces[0].bytes().all(|each| each.is_ascii_alphanumeric() || each == b'+' || each == b'/'));
        assert!(pieces[1].starts_with('\u{100}') && pieces[1].ends_with("\u{100}\u{3}\u{1}x\t"), "{}", pieces[1]);
    }

    #[test]
    fn a_piece_ends_behind_a_function_and_what_was_learned_goes_on() {
        // Numbers that nobody can guess fill pieces.
        let mut number = 1_u32;
        let mut unlikely = || {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (Kind::Call, number >> 4)
        };
        let functions: Vec<Vec<Number>> = (0..9).map(|_| (0..500).map(|_| unlikely()).collect()).collect();
        let pieces = pieces_of(&Code { start: 8, functions, around: vec![0; 8] }).unwrap();
        assert!((3..6).contains(&pieces.len()), "{}", pieces.len());
    }

    #[test]
    fn an_instruction_that_is_not_known_is_an_error_and_so_is_a_module_that_ends_early() {
        assert!(written(&module(&[0xfd, 0, 0])).unwrap_err().to_string().contains("0xfd"));
        let whole = module(&[0x20, 0, 0x1a]);
        for length in 0..whole.len() - 5 {
            assert!(written(&whole[..length]).is_err(), "{length}");
        }
    }
}
