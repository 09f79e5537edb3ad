//! Instructions as characters.
//!
//! brotli tells characters by the kind of the two before them: digits, vowels, brackets and so on, in all a few dozen
//! kinds of pairs (RFC 7932, section 7.1). So the usual instructions get characters of kinds of their own, and what follows
//! on each is told apart. A line in front says which character is which.

use super::lines::character;

/// The first character.
const FIRST: u32 = 33;

/// From here on characters have two bytes. They stand for the instructions that are not in the order.
const LONG: u32 = 127;

/// Instructions in the order of their characters, from [`FIRST`] on. It was found by trying for how well brotli then does;
/// any order would be right, and this one stays good as long as engines are alike. 0x19 is no instruction: it stands where
/// the character is `<`, at which an HTML parser would look twice.
#[rustfmt::skip]
const ORDER: [u32; 94] = [
    0x76, 0x02, 0x428, 0x4b, 0x0c, 0x77, 0xad, 0x86, 0x101, 0x54, 0x4e, 0x45, 0x48, 0x42, 0x49, 0x25,
    0x89, 0x0b, 0x7c, 0x229, 0x7e, 0x0e, 0x11, 0x24, 0x84, 0x83, 0x2f, 0x19, 0x47, 0x20, 0x56, 0x66,
    0x00, 0xa2, 0x37, 0x436, 0x88, 0x3b, 0x104, 0x103, 0x7a, 0x21, 0x10, 0x237, 0x26, 0x05, 0x85, 0x04,
    0x39, 0x36, 0x102, 0x0d, 0x3a, 0x23b, 0x1a, 0x637, 0x03, 0x1b, 0xa7, 0x41, 0x6b, 0x52, 0x4a, 0x29,
    0x6a, 0x71, 0x2d, 0x4d, 0x7d, 0x629, 0x0f, 0x23, 0x87, 0x2b, 0x73, 0x6c, 0x51, 0xc0, 0x236, 0x4f,
    0x6e, 0xfc, 0x50, 0x46, 0xa0, 0x2c, 0x74, 0x67, 0x22, 0x22f, 0x28, 0x72, 0x78, 0x44,
];

/// The line of the order and the line of the instructions.
pub(super) fn text(instructions: &[u32]) -> String {
    let order = ORDER.map(character).into_iter();
    order.chain(['\n']).chain(instructions.iter().map(|each| character_of(*each))).chain(['\n']).collect()
}

fn character_of(instruction: u32) -> char {
    let place = ORDER.iter().position(|each| *each == instruction).and_then(|place| u32::try_from(place).ok());
    let code = place.map_or(LONG + instruction, |place| FIRST + place);
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}
