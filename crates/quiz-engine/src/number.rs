//! Numbers with decimals, kept as whole numbers of their last decimal: with one decimal, 37.5 is 375.
//!
//! Nothing is ever rounded, so that a number exactly on a bound stays there.

/// Reads a number with at most so many decimals, behind a point or a comma. Zeros behind them change nothing.
///
/// A comma or point before exactly three digits may part off thousands, as in `1,000`: where there are fewer than three
/// decimals, that is no number, for in half of the world it would be another.
pub fn read_number(text: &str, decimals: u8) -> Option<i64> {
    let text = text.trim_ascii();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (mut units, mut read, mut behind) = (0_i64, 0, None);
    for byte in digits.bytes() {
        match (byte, behind) {
            (b'.' | b',', None) => behind = Some(0),
            (b'0'..=b'9', _) => {
                read += 1;
                behind = behind.map(|places| places + 1);
                if behind <= Some(decimals) {
                    units = units.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                } else if byte != b'0' {
                    return None;
                }
            }
            _ => return None,
        }
    }
    let places = behind.unwrap_or(0);
    if read == 0 || (places == 3 && decimals < 3) {
        return None;
    }
    for _ in places..decimals {
        units = units.checked_mul(10)?;
    }
    Some(if digits.len() < text.len() { -units } else { units })
}

/// Writes a number with so many decimals (at most nine) behind a mark, without zeros at its end.
pub fn write_number(units: i64, decimals: u8, mark: &str) -> String {
    let one = 10_u64.pow(decimals.min(9).into());
    let size = units.unsigned_abs();
    // A one before the decimals keeps their zeros in front.
    let decimals = (one + size % one).to_string();
    let decimals = decimals.trim_end_matches('0').get(1..).unwrap_or_default();
    let sign = if units < 0 { "-" } else { "" };
    let mark = if decimals.is_empty() { "" } else { mark };
    [sign, &(size / one).to_string(), mark, decimals].concat()
}
