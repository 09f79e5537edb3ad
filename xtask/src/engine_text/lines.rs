//! Numbers as characters, a line for each kind.

use super::kinds;

/// What the numbers are that have a line of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Local variables that are written, and read as well.
    Set,
    Tee,
    /// Offsets of what is read from memory, and of what is written to it.
    Load,
    Store,
    /// Functions that are called.
    Call,
    /// Constants that look like addresses in memory.
    Address,
    /// How many blocks a branch leaves.
    Branch,
    /// Of functions: how many there are and where, how many groups of variables each has, how many a group, of what type.
    Function,
    Variables,
    Type,
}

/// How many of these there are.
const PLAIN: usize = 10;

/// How many there are in all, with the two of the instructions.
pub(crate) const COUNT: usize = 2 + PLAIN + (BEHIND_GET.len() + 1) + (BEHIND_CONSTANT.len() + 1) + (OF.len() + 1);

/// Local variables that are read have a line for each of these instructions behind them, and constants for these.
const BEHIND_GET: [u32; 3] = [0x20, 0x41, 0x28];
const BEHIND_CONSTANT: [u32; 8] = [0x10, 0x20, 0x71, 0x21, 0x6a, 0x6b, 0x36, 0x74];

/// Everything else has a line for each of these instructions that it belongs to, and one for the others.
const OF: [u32; 8] = [0x42, 0x24, 0x0e, 0xfc, 0x23, 0x11, 0x44, 0x25];

/// The character for 0. The line's end and the space stand before it.
const FIRST: u32 = 35;

/// Stands for `<`, at which an HTML parser would look twice.
const IN_PLACE_OF_LESS: char = '"';

/// Comes before three characters of 11 bits each, for a number that is too large for one.
const LARGE: char = '\u{e000}';

/// The first number that is too large: its character would be a surrogate.
const TOO_LARGE: u32 = 0xd800 - FIRST;

/// The lines as they grow.
#[derive(Debug, Default)]
pub(super) struct Lines {
    instructions: Vec<u32>,
    plain: [String; PLAIN],
    /// By the instruction behind: variables that are read, and constants.
    gets: [String; BEHIND_GET.len() + 1],
    constants: [String; BEHIND_CONSTANT.len() + 1],
    /// By the instruction itself.
    rests: [String; OF.len() + 1],
    /// What waits for the instruction behind it.
    waiting: Option<Waiting>,
}

#[derive(Debug)]
enum Waiting {
    Get(u32),
    Constant(u32),
}

impl Lines {
    /// Adds an instruction.
    pub(super) fn instruction(&mut self, instruction: u32) {
        self.instructions.push(instruction);
        match self.waiting.take() {
            Some(Waiting::Get(number)) => add(&mut self.gets, &BEHIND_GET, instruction, number),
            Some(Waiting::Constant(number)) => add(&mut self.constants, &BEHIND_CONSTANT, instruction, number),
            None => {}
        }
    }

    /// Adds the local variable that the last instruction reads.
    pub(super) fn get(&mut self, number: u32) {
        self.waiting = Some(Waiting::Get(number));
    }

    /// Adds the constant that the last instruction is.
    pub(super) fn constant(&mut self, number: i32) {
        self.waiting = Some(Waiting::Constant(near_zero(number)));
    }

    /// Adds a number to a line of its kind.
    pub(super) fn add(&mut self, line: Line, number: u32) {
        if let Some(text) = self.plain.get_mut(line as usize) {
            push(text, number);
        }
    }

    /// Adds a number that may be negative.
    pub(super) fn add_signed(&mut self, line: Line, number: i32) {
        self.add(line, near_zero(number));
    }

    /// Adds a number that belongs to the last instruction.
    pub(super) fn rest(&mut self, number: u32) {
        let instruction = self.instructions.last().copied().unwrap_or_default();
        add(&mut self.rests, &OF, instruction, number);
    }

    /// All lines, each with its end; first the instructions.
    pub(super) fn text(mut self) -> String {
        self.instruction(0); // whoever reads looks one ahead
        let lines = [self.plain.as_slice(), &self.gets, &self.constants, &self.rests].concat();
        lines.into_iter().fold(kinds::text(&self.instructions), |text, line| text + &line + "\n")
    }
}

/// Adds a number to the line of an instruction, or to the last line, which is that of all others.
fn add(lines: &mut [String], instructions: &[u32], instruction: u32, number: u32) {
    let line = instructions.iter().position(|each| *each == instruction).unwrap_or(instructions.len());
    if let Some(text) = lines.get_mut(line) {
        push(text, number);
    }
}

fn push(text: &mut String, number: u32) {
    if number < TOO_LARGE {
        text.push(character(number));
    } else {
        text.push(LARGE);
        text.extend([number >> 22, number >> 11 & 2047, number & 2047].map(character));
    }
}

/// Numbers near zero come first, whatever their sign.
fn near_zero(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)).cast_unsigned()
}

pub(super) fn character(number: u32) -> char {
    match char::from_u32(number + FIRST) {
        Some('<') | None => IN_PLACE_OF_LESS,
        Some(character) => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(numbers: &[i32]) -> String {
        let mut lines = Lines::default();
        for number in numbers {
            lines.add_signed(Line::Set, *number);
        }
        lines.text().lines().nth(2).unwrap_or_default().to_owned()
    }

    #[test]
    fn small_numbers_of_either_sign_have_one_character() {
        assert_eq!(line(&[0, -1, 1, -2]), "#$%&");
        assert_eq!(line(&[-13]), "\"", "25 would be `<`");
    }

    #[test]
    fn every_number_of_32_bits_fits() {
        for (number, characters) in [(0, 1), (27_630, 1), (27_631, 4), (i32::MAX, 4), (i32::MIN, 4)] {
            assert_eq!(line(&[number]).chars().count(), characters, "{number}");
        }
    }
}
