//! Bytes as text that no HTML parser alters.
//!
//! Each byte becomes the character of that number, so most bytes cost one byte in UTF-8 and the others two, and the
//! text compresses as the bytes do. Base64 would cost a third more and compress badly.

/// What a parser would alter or end at: NUL, carriage return and `<`. They move up by 256, out of its sight.
const MOVED: [u8; 3] = [0x00, b'\r', b'<'];

/// Writes bytes as text. The low eight bits of each character are the byte.
pub(crate) fn from_bytes(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| if MOVED.contains(byte) { moved(*byte) } else { char::from(*byte) }).collect()
}

fn moved(byte: u8) -> char {
    char::from_u32(0x100 + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_byte() -> Vec<u8> {
        (0..=255).collect()
    }

    #[test]
    fn every_byte_comes_back() {
        let back: Vec<u8> = from_bytes(&every_byte()).chars().map(|each| (u32::from(each) & 255) as u8).collect();
        assert_eq!(back, every_byte());
    }

    #[test]
    fn nothing_in_it_means_anything_to_an_html_parser() {
        // In script data a parser replaces NUL, turns CR and CR LF into LF, and acts on `<`; nothing else.
        let text = from_bytes(&every_byte());
        assert!(!text.contains(['\0', '\r', '<']));
        assert_eq!(text.chars().filter(|each| u32::from(*each) > 255).collect::<String>(), "\u{100}\u{10d}\u{13c}");
    }
}
