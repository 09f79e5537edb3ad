//! Places in the source, as the compiler puts them beside each panic: `core::panic::Location`.

use std::ops::Range;

use walrus::{ConstExpr, Data, DataKind, ir::Value};

/// The length of a place in memory: where the file's name is and how long, line, and column.
const LOCATION: usize = 16;

/// The longest name of a file, and the greatest line, that are taken for such.
const LONGEST: usize = 300;
const LAST_LINE: usize = 100_000;

/// Puts zeros in place of all places and of the names of the files in them. Nothing but a message reads them.
pub(super) fn blank(data: &mut Data) {
    let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else { return };
    let Ok(start) = usize::try_from(start) else { return };
    let mut dead = Vec::new();
    for at in (0..data.value.len().saturating_sub(LOCATION - 1)).filter(|at| (at + start).is_multiple_of(4)) {
        if let Some(file) = file_named(&data.value, at, start) {
            dead.push(at..at + LOCATION);
            dead.push(file);
        }
    }
    for range in dead {
        if let Some(bytes) = data.value.get_mut(range) {
            bytes.fill(0);
        }
    }
}

/// Where the name of the file stands, if a place stands here.
fn file_named(bytes: &[u8], at: usize, start: usize) -> Option<Range<usize>> {
    let [name, length, line, column] = [0, 4, 8, 12].map(|offset| number(bytes, at + offset));
    let (name, length) = (name?.checked_sub(start)?, length?);
    let is_sound = (4..LONGEST).contains(&length) && (1..LAST_LINE).contains(&line?) && (1..1000).contains(&column?);
    let file = bytes.get(name..name + length)?;
    (is_sound && file.ends_with(b".rs") && file.iter().all(u8::is_ascii_graphic)).then_some(name..name + length)
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at + 4)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use walrus::Module;

    use super::*;

    /// Data that begins at 1024: words, a file's name at 1032, a place that names it at 1044.
    fn memory(line: u32) -> Vec<u8> {
        let mut bytes = b"goodbye!src/lib.rs..".to_vec();
        for number in [1032, 10, line, 5_u32] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(b"more");
        bytes
    }

    fn blanked(bytes: Vec<u8>) -> Vec<u8> {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 1, None, None);
        let offset = ConstExpr::Value(Value::I32(1024));
        let data = module.data.add(DataKind::Active { memory, offset }, bytes);
        blank(module.data.get_mut(data));
        module.data.get(data).value.clone()
    }

    #[test]
    fn a_place_and_the_name_of_its_file_go_and_what_is_around_them_stays() {
        let left = blanked(memory(7));
        assert_eq!(left[..8], *b"goodbye!");
        assert_eq!(left[8..18], [0; 10]);
        assert_eq!(left[18..20], *b"..");
        assert_eq!(left[20..36], [0; 16]);
        assert_eq!(left[36..], *b"more");
    }

    #[test]
    fn what_is_no_place_stays() {
        assert_eq!(blanked(memory(0)), memory(0));
        assert_eq!(blanked(memory(2_000_000)), memory(2_000_000));
        let mut other = memory(7);
        other[15..18].copy_from_slice(b".js");
        assert_eq!(blanked(other.clone()), other);
    }
}
