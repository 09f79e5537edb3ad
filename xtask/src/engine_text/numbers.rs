//! The engine's code as numbers, each of a kind.

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An instruction, by how often it comes.
    Instruction,
    /// A local variable that is read, written, or both.
    Get,
    Set,
    Tee,
    /// The offset of what is read from memory, and of what is written to it.
    Load,
    Store,
    /// A function that is called.
    Call,
    /// A constant, and one that looks like an address in memory.
    Constant,
    Address,
    /// How many blocks a branch leaves.
    Branch,
    /// Everything else.
    Rest,
}

/// How many there are.
pub(super) const KINDS: usize = 11;

/// A number and what it is.
pub(super) type Number = (Kind, u32);

/// The numbers of a function, as they grow.
#[derive(Debug, Default)]
pub(super) struct Numbers(pub(super) Vec<Number>);

impl Numbers {
    /// Adds a number.
    pub(super) fn add(&mut self, kind: Kind, number: u32) {
        self.0.push((kind, number));
    }

    /// Adds a number that may be negative: those near zero become the first, whatever their sign.
    pub(super) fn add_signed(&mut self, kind: Kind, number: i32) {
        self.add(kind, ((number << 1) ^ (number >> 31)).cast_unsigned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_near_zero_are_the_first_whatever_their_sign() {
        let mut numbers = Numbers::default();
        for number in [0, -1, 1, -2, i32::MAX, i32::MIN] {
            numbers.add_signed(Kind::Constant, number);
        }
        let all: Vec<u32> = numbers.0.iter().map(|(_, number)| *number).collect();
        assert_eq!(all, [0, 1, 2, 3, u32::MAX - 1, u32::MAX]);
    }
}
