//! Numbers as bits that cost the less the likelier they were (binary arithmetic coding).

use super::model::Model;
use super::numbers::Kind;

/// Writes numbers, and what it takes to read them back.
pub(super) struct Coder {
    model: Model,
    bytes: Vec<u8>,
    low: u32,
    high: u32,
}

impl Coder {
    pub(super) fn new() -> Self {
        Self { model: Model::new(), bytes: Vec::new(), low: 0, high: u32::MAX }
    }

    /// A function begins.
    pub(super) fn begin_function(&mut self) {
        self.model.begin_function();
    }

    /// Writes a number: how many bits the one above it has behind its first, a 1 for each, and these bits.
    pub(super) fn write(&mut self, kind: Kind, number: u32) {
        self.model.begin_number(kind);
        let above = u64::from(number) + 1;
        let bits = above.ilog2();
        for bit in 0..=bits {
            self.bit(bit, bit < bits);
        }
        for left in (0..bits).rev() {
            let before = above >> (left + 1);
            #[expect(clippy::cast_possible_truncation, reason = "it tells places apart, so the low bits do")]
            let node = (before << 5) as u32 | bits;
            self.bit(node, above >> left & 1 == 1);
        }
        self.model.end_number(kind, number);
    }

    fn bit(&mut self, node: u32, bit: bool) {
        let guess = self.model.guess(node);
        let middle = self.low + ((self.high - self.low) >> 16) * u32::from(guess.chance);
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        while self.low >> 24 == self.high >> 24 {
            self.bytes.push(self.high.to_be_bytes()[0]);
            self.low <<= 8;
            self.high = self.high << 8 | 255;
        }
        self.model.learn(&guess, bit);
    }

    /// How many bytes have been written since the last end of a piece.
    pub(super) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Ends a piece, which can be read before the next one is there. What was learned goes on.
    pub(super) fn end_piece(&mut self) -> Vec<u8> {
        // Whoever reads takes zeros behind the end: this is the first number of one byte between low and high.
        self.bytes.push(self.high.to_be_bytes()[0]);
        (self.low, self.high) = (0, u32::MAX);
        std::mem::take(&mut self.bytes)
    }
}
