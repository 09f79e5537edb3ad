//! Numbers with decimals, kept as whole numbers of their last decimal: with one decimal, 37.5 is 375.
//!
//! Nothing is ever rounded, so that a number exactly on a bound stays there.

/// Reads a number with at most so many decimals, behind a point or a comma. Zeros behind them change nothing.
///
/// A comma or point before exactly three digits may part off thousands, as in `1,000`: where there are fewer than three
/// decimals, that is no number, for in half of the world it would be another.
pub fn read_number(text: &str, decimals: u8) -> Option<i64> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '−']);
    let (sign, digits) = digits.map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    if whole.len() + fraction.len() == 0 || (fraction.len() == 3 && decimals < 3) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let missing = usize::from(decimals).checked_sub(fraction.len())?;
    let mut all = whole.bytes().chain(fraction.bytes()).chain(std::iter::repeat_n(b'0', missing));
    let units = all.try_fold(0_i64, |units, digit| {
        let value = digit.checked_sub(b'0').filter(|value| *value < 10)?;
        units.checked_mul(10)?.checked_add(value.into())
    });
    Some(units? * sign)
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
