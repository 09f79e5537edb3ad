//! What several runs gave: the middle, and how far they lie apart.

use serde_json::{Value, json};

/// Values of one thing, one for each run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Numbers(Vec<f64>);

impl Numbers {
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The middle one, or the mean of the two in the middle.
    pub(crate) fn median(&self) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        let (low, high) = (self.0.get(last / 2)?, self.0.get(last.div_ceil(2))?);
        Some(f64::midpoint(*low, *high))
    }

    pub(crate) fn least(&self) -> Option<f64> {
        self.0.first().copied()
    }

    pub(crate) fn greatest(&self) -> Option<f64> {
        self.0.last().copied()
    }

    /// As it stands in a table: the middle, and the least and the greatest where they differ from it.
    pub(crate) fn shown(&self, decimals: usize) -> String {
        let (Some(median), Some(least), Some(greatest)) = (self.median(), self.least(), self.greatest()) else {
            return "–".to_owned();
        };
        let [median, least, greatest] = [median, least, greatest].map(|number| rounded(number, decimals));
        if least == greatest { median } else { format!("{median} ({least}–{greatest})") }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({"median": self.median(), "min": self.least(), "max": self.greatest(), "runs": self.0})
    }
}

/// A number with so many decimals, and a comma between thousands.
pub(crate) fn rounded(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut grouped = String::from(sign);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_an_odd_or_even_number_of_runs_and_of_none() {
        assert_eq!(Numbers::of([3.0, 1.0, 2.0]).median(), Some(2.0));
        assert_eq!(Numbers::of([4.0, 1.0, 2.0, 3.0]).median(), Some(2.5));
        assert_eq!(Numbers::of([]).median(), None);
        assert_eq!(Numbers::of([7.0]).median(), Some(7.0));
    }

    #[test]
    fn the_spread_is_told_where_there_is_one() {
        assert_eq!(Numbers::of([1500.0, 900.0, 1200.0]).shown(0), "1,200 (900–1,500)");
        assert_eq!(Numbers::of([4.0, 4.0]).shown(0), "4");
        assert_eq!(Numbers::of([]).shown(1), "–");
    }

    #[test]
    fn thousands_are_set_apart() {
        let shown = [0.0, 999.0, 1000.0, -1234.56, 1_234_567.0].map(|number| rounded(number, 1));
        assert_eq!(shown, ["0.0", "999.0", "1,000.0", "-1,234.6", "1,234,567.0"]);
    }
}
