//! The engine as text that compresses better than its bytes do (docs/adr/0031-the-engine-in-streams.md).
//!
//! What belongs together stands together: all instructions, all numbers of local variables, all offsets, and so on, each
//! a line of characters, a number a character. Below them stand the module's other sections as [`byte_text`].
//! `src/host/unpack.js` puts the module together again, byte by byte as it was; sealing makes sure that it does.

mod code;
mod kinds;
mod lines;

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::byte_text;
use crate::process;
use crate::project::Project;
use crate::tools::BuildTools;
pub(crate) use lines::COUNT as LINES;
use lines::Lines;

/// Writes the engine as text, and has the script that the visitor's browser runs read it back.
pub(crate) fn of(project: &Project, tools: &BuildTools, engine: &[u8]) -> Result<String> {
    let text = written(engine).context("the engine can't be written in streams")?;
    let file = project.target("engine.txt");
    fs::write(&file, &text).with_context(|| format!("{} can't be written", file.display()))?;
    let back = project.target("engine-unpacked.wasm");
    let mut node = process::command(&tools.npm.node);
    node.arg(project.path("tools/unpack.mjs")).arg(project.path("src/host/unpack.js")).arg(&file).arg(&back);
    process::output(&mut node).context("src/host/unpack.js does not read the engine")?;
    let read = fs::read(&back).with_context(|| format!("{} can't be read", back.display()))?;
    ensure!(read == engine, "src/host/unpack.js makes another engine of the text than was written");
    Ok(text)
}

fn written(engine: &[u8]) -> Result<String> {
    let mut lines = Lines::default();
    let around = code::take_out(engine, &mut lines)?;
    Ok(lines.text() + &byte_text::from_bytes(&around))
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

    fn lines(text: &str) -> Vec<&str> {
        text.splitn(LINES + 1, '\n').collect()
    }

    /// The instructions, as whoever reads the text finds them: by the line that says which the characters stand for.
    fn instructions(lines: &[&str]) -> Vec<u32> {
        // `"` stands where no instruction is.
        let usual: Vec<u32> = lines[0].chars().map(|each| u32::from(each).wrapping_sub(35)).collect();
        let what = |code: u32| if code < 127 { usual[usize::try_from(code - 33).unwrap()] } else { code - 127 };
        lines[1].chars().map(|each| what(u32::from(each))).collect()
    }

    #[test]
    fn instructions_and_their_numbers_stand_in_lines_of_their_own() {
        // local.get 1, local.get 0, local.set 0, i32.const 5, drop
        let text = written(&module(&[0x20, 1, 0x20, 0, 0x21, 0, 0x41, 5, 0x1a])).unwrap();
        let lines = lines(&text);
        assert_eq!(instructions(&lines), [0x20, 0x20, 0x21, 0x41, 0x1a, 0x0b, 0], "the end, and one to look ahead to");
        assert_eq!(lines[2], "#", "the variable that is written");
        assert_eq!(lines[12..16], ["$", "", "", "#"], "those that are read, by what comes then");
        assert_eq!(lines[16..25].concat(), lines[24], "a constant before what has no line of its own");
        assert_eq!(lines[24], "-", "10 for 5");
        assert!(lines[LINES].ends_with("\u{100}\u{3}\u{1}x\t"), "the other sections are as they were");
        assert!(!lines[LINES].contains('\n'));
    }

    #[test]
    fn the_type_of_a_block_keeps_its_bytes() {
        // block with the type 64, end: as a number without sign it would come back as a block without a type
        let text = written(&module(&[0x02, 0xc0, 0, 0x0b])).unwrap();
        assert_eq!(lines(&text)[LINES - 1], "\u{e3}#");
    }

    #[test]
    fn an_instruction_that_is_not_known_is_an_error_and_so_is_a_module_that_ends_early() {
        assert!(written(&module(&[0xfd, 0, 0])).unwrap_err().to_string().contains("0xfd"));
        let whole = module(&[0x20, 0, 0x1a]);
        for length in 0..whole.len() - 5 {
            assert!(written(&whole[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn nothing_in_it_means_anything_to_an_html_parser() {
        let consts: Vec<u8> = (0..60_u8).flat_map(|number| [0x41, number, 0x1a]).collect();
        let text = written(&module(&consts[..90])).unwrap();
        assert!(!text.contains(['\0', '\r', '<']), "{text}");
    }
}
