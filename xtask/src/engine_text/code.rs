//! The code section, taken apart.

use anyhow::{Context, Result, bail, ensure};

use super::lines::{Line, Lines};
use crate::build::STACK;

/// The number of the code section in a module.
const CODE: u8 = 10;

/// Where the static data begins, behind the stack: constants from here on for [`DATA_LENGTH`] are taken for addresses,
/// and written as the distance from the one before. Instruction [`ADDRESS`] marks them.
const DATA: i32 = STACK.cast_signed();
const DATA_LENGTH: i32 = 0x2_0000;
const ADDRESS: u32 = 257;

/// The usual alignment of each access to memory, by instruction from `i32.load` on, as a power of two.
const ALIGNMENTS: [u8; 23] = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];
const FIRST_ACCESS: u8 = 0x28;
const FIRST_STORE: u8 = 0x36;

/// Takes the code out of a module into lines. Gives the other sections; where the code was stands first in the rest.
pub(super) fn take_out(module: &[u8], lines: &mut Lines) -> Result<Vec<u8>> {
    let mut bytes = Bytes { all: module, at: 0 };
    bytes.take(8).context("it has no head")?;
    let mut code = None;
    while bytes.at < module.len() {
        let start = bytes.at;
        let kind = bytes.byte()?;
        let length = bytes.number()?;
        let body = bytes.at;
        bytes.take(usize::try_from(length)?)?;
        if kind == CODE {
            code = Some((start, body, bytes.at));
        }
    }
    let (start, body, end) = code.context("it has no code")?;
    lines.add(Line::Function, u32::try_from(start)?);
    let mut code = Bytes { all: module.get(..end).unwrap_or_default(), at: body };
    let functions = code.number()?;
    lines.add(Line::Function, functions);
    let mut address = DATA;
    for _ in 0..functions {
        function(&mut code, lines, &mut address)?;
    }
    ensure!(code.at == end, "its code has more bytes than functions");
    Ok([module.get(..start), module.get(end..)].into_iter().flatten().flatten().copied().collect())
}

fn function(code: &mut Bytes<'_>, lines: &mut Lines, address: &mut i32) -> Result<()> {
    let length = usize::try_from(code.number()?)?;
    let end = code.at + length;
    let groups = code.number()?;
    lines.add(Line::Function, groups);
    for _ in 0..groups {
        lines.add(Line::Variables, code.number()?);
        lines.add(Line::Type, code.byte()?.into());
    }
    let mut depth = 1;
    while depth > 0 {
        match instruction(code, lines, address)? {
            0x02..=0x04 => depth += 1,
            0x0b => depth -= 1,
            _ => {}
        }
    }
    ensure!(code.at == end, "a function has another length than it says");
    Ok(())
}

/// Takes an instruction. Gives its first byte.
fn instruction(code: &mut Bytes<'_>, lines: &mut Lines, address: &mut i32) -> Result<u8> {
    let kind = code.byte()?;
    match kind {
        0x02..=0x04 => block(code, lines, kind)?,
        FIRST_ACCESS..=0x3e => access(code, lines, kind)?,
        0x41 => constant(code, lines, address)?,
        _ => {
            lines.instruction(kind.into());
            operands(code, lines, kind)?;
        }
    }
    Ok(kind)
}

/// A block, with its type where it has one.
fn block(code: &mut Bytes<'_>, lines: &mut Lines, kind: u8) -> Result<()> {
    const NONE: u8 = 0x40;
    if code.peek()? == NONE {
        code.at += 1;
        lines.instruction(kind.into());
        return Ok(());
    }
    lines.instruction(u32::from(kind) + 256);
    copy_leb(code, lines)
}

/// An access to memory. An alignment below the usual one is a part of the instruction.
fn access(code: &mut Bytes<'_>, lines: &mut Lines, kind: u8) -> Result<()> {
    let usual = ALIGNMENTS.get(usize::from(kind - FIRST_ACCESS)).copied().unwrap_or_default();
    let lower = u32::from(usual).checked_sub(code.number()?).context("an alignment is above the usual one")?;
    lines.instruction(u32::from(kind) | lower << 9);
    let line = if kind < FIRST_STORE { Line::Load } else { Line::Store };
    lines.add(line, code.number()?);
    Ok(())
}

fn constant(code: &mut Bytes<'_>, lines: &mut Lines, address: &mut i32) -> Result<()> {
    let number = code.signed()?;
    if (DATA..DATA + DATA_LENGTH).contains(&number) {
        lines.instruction(ADDRESS);
        lines.add_signed(Line::Address, number - *address);
        *address = number;
    } else {
        lines.instruction(0x41);
        lines.constant(number);
    }
    Ok(())
}

/// What stands behind the other instructions.
fn operands(code: &mut Bytes<'_>, lines: &mut Lines, kind: u8) -> Result<()> {
    let line = match kind {
        0x0c | 0x0d => Line::Branch,
        0x10 => Line::Call,
        0x20 => {
            lines.get(code.number()?);
            return Ok(());
        }
        0x21 => Line::Set,
        0x22 => Line::Tee,
        _ => return rare(code, lines, kind),
    };
    lines.add(line, code.number()?);
    Ok(())
}

fn rare(code: &mut Bytes<'_>, lines: &mut Lines, kind: u8) -> Result<()> {
    match kind {
        // Instructions without operands.
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => Ok(()),
        // br_table
        0x0e => {
            let targets = copy_counted(code, lines)?;
            copy_numbers(code, lines, targets + 1)
        }
        // select with types
        0x1c => {
            let types = copy_counted(code, lines)?;
            copy_bytes(code, lines, types)
        }
        // call_indirect
        0x11 => copy_numbers(code, lines, 2),
        // Globals, tables, memory.size and memory.grow, ref.func
        0x23..=0x26 | 0x3f | 0x40 | 0xd2 => copy_numbers(code, lines, 1),
        // i64.const
        0x42 => copy_leb(code, lines),
        0x43 => copy_bytes(code, lines, 4),
        0x44 => copy_bytes(code, lines, 8),
        // ref.null
        0xd0 => copy_bytes(code, lines, 1),
        0xfc => {
            let more = copy_counted(code, lines)?;
            copy_numbers(code, lines, more_operands(more)?)
        }
        _ => {
            bail!("it has the instruction {kind:#04x}, which xtask/src/engine_text and src/host/unpack.js do not know")
        }
    }
}

/// How many operands an instruction behind 0xfc has.
fn more_operands(kind: u32) -> Result<u32> {
    match kind {
        0..=7 => Ok(0),
        9 | 11 | 13 | 15..=17 => Ok(1),
        8 | 10 | 12 | 14 => Ok(2),
        _ => bail!("it has the instruction 0xfc {kind}, which xtask/src/engine_text does not know"),
    }
}

fn copy_counted(code: &mut Bytes<'_>, lines: &mut Lines) -> Result<u32> {
    let number = code.number()?;
    lines.rest(number);
    Ok(number)
}

fn copy_numbers(code: &mut Bytes<'_>, lines: &mut Lines, count: u32) -> Result<()> {
    (0..count).try_for_each(|_| copy_counted(code, lines).map(drop))
}

/// A LEB128 number, byte by byte as it is written.
fn copy_leb(code: &mut Bytes<'_>, lines: &mut Lines) -> Result<()> {
    while code.peek()? & 0x80 != 0 {
        copy_bytes(code, lines, 1)?;
    }
    copy_bytes(code, lines, 1)
}

fn copy_bytes(code: &mut Bytes<'_>, lines: &mut Lines, count: u32) -> Result<()> {
    (0..count).try_for_each(|_| {
        let byte = code.byte()?;
        lines.rest(byte.into());
        Ok(())
    })
}

/// Bytes that are read one after the other.
struct Bytes<'a> {
    all: &'a [u8],
    at: usize,
}

impl Bytes<'_> {
    fn peek(&self) -> Result<u8> {
        self.all.get(self.at).copied().context("it ends early")
    }

    fn byte(&mut self) -> Result<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Ok(byte)
    }

    fn take(&mut self, count: usize) -> Result<()> {
        ensure!(self.all.len().saturating_sub(self.at) >= count, "it ends early");
        self.at += count;
        Ok(())
    }

    /// A number as LEB128 without sign.
    fn number(&mut self) -> Result<u32> {
        let (number, _) = self.leb()?;
        u32::try_from(number).context("a number has more than 32 bits")
    }

    /// A number as LEB128 with sign.
    fn signed(&mut self) -> Result<i32> {
        let (number, bits) = self.leb()?;
        let unused = 64 - bits;
        i32::try_from((number << unused).cast_signed() >> unused).context("a number has more than 32 bits")
    }

    /// The bits of a LEB128 number, and how many there are.
    fn leb(&mut self) -> Result<(u64, u32)> {
        let (mut number, mut bits) = (0, 0);
        loop {
            let byte = self.byte()?;
            ensure!(bits < 35, "a number has more than 32 bits");
            number |= u64::from(byte & 0x7f) << bits;
            bits += 7;
            if byte & 0x80 == 0 {
                return Ok((number, bits));
            }
        }
    }
}
