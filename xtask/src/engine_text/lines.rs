//! Numbers as characters, a line for each kind.

/// What the numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Instructions.
    Instruction,
    /// Local variables that are read, written, and both.
    Get,
    Set,
    Tee,
    /// Offsets of what is read from memory, and of what is written to it.
    Load,
    Store,
    /// Functions that are called.
    Call,
    /// Constants, and those that look like addresses in memory.
    Constant,
    Address,
    /// How many blocks a branch leaves.
    Branch,
    /// Everything else.
    Rest,
}

/// How many there are.
pub(crate) const COUNT: usize = 11;

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
pub(super) struct Lines([String; COUNT]);

impl Lines {
    /// Adds a number to a line.
    pub(super) fn add(&mut self, line: Line, number: u32) {
        let Some(text) = self.0.get_mut(line as usize) else { return };
        if number < TOO_LARGE {
            text.push(character(number));
        } else {
            text.push(LARGE);
            text.extend([number >> 22, number >> 11 & 2047, number & 2047].map(character));
        }
    }

    /// Adds a number that may be negative: those near zero get the first characters.
    pub(super) fn add_signed(&mut self, line: Line, number: i32) {
        self.add(line, ((number << 1) ^ (number >> 31)).cast_unsigned());
    }

    /// All lines, each with its end.
    pub(super) fn text(&self) -> String {
        self.0.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }
}

fn character(number: u32) -> char {
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
            lines.add_signed(Line::Instruction, *number);
        }
        lines.text().trim_end_matches('\n').to_owned()
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
