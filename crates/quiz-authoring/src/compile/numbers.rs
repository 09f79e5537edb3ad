//! Numbers in questions: decimals, bounds and points.

use quiz_engine::Kind;

use super::Tables;
use super::names::Counts;
use crate::reader::{Table, plural, start, units};

/// The most decimals a number has.
const MOST_DECIMALS: u8 = 3;

/// The most different answers that one question takes: all of them can be tried, one after the other.
const MOST_NUMBERS: i64 = 100_001;

/// What a question counts in sums, before anything is checked.
pub(super) fn counts(table: &Table<'_>) -> Counts {
    let kind = table.get("kind").and_then(|kind| kind.get_ref().as_str());
    Counts {
        number: ["scale", "number"].into_iter().find(|number| kind == Some(number)),
        has_points: table.get("points").is_some(),
        is_many: kind == Some("many"),
        decimals: decimals(table),
    }
}

/// How many decimals a question has; as many as there can be where that can't be read, so that nothing else is blamed.
fn decimals(table: &Table<'_>) -> u8 {
    let Some(given) = table.get("decimals") else { return 0 };
    let given = units(given, 0).and_then(|decimals| u8::try_from(decimals).ok());
    given.unwrap_or(MOST_DECIMALS).min(MOST_DECIMALS)
}

impl<'a> Tables<'a> {
    /// How many decimals a question has; none if it does not say.
    pub(super) fn decimals(&self, table: &Table<'a>) -> u8 {
        if table.get("decimals").is_none() {
            return 0;
        }
        let given = table.integer_in("decimals", 0..=i64::from(MOST_DECIMALS));
        let counts = counts(table);
        if counts.number != Some("number") && !counts.has_points {
            let message = "`decimals` belongs to a number or to `points`; here is neither";
            self.source.problem(table.place("decimals"), message);
        }
        given.unwrap_or(0)
    }

    /// The bounds of a number that is typed.
    pub(super) fn number(&self, table: &Table<'a>) -> Kind {
        let decimals = decimals(table);
        let bound = |key: &'static str| table.required(key).and_then(|_| table.number(key, decimals));
        let (min, max) = (bound("min"), bound("max"));
        let (Some(min), Some(max)) = (min, max) else { return Kind::Number { min: 0, max: 1 } };
        if min >= max {
            self.source.problem(table.place("max"), "`max` must be greater than `min`");
        } else if max.saturating_sub(min) >= MOST_NUMBERS {
            let message =
                "from `min` to `max` are more than 100001 different numbers; narrow them, or take fewer decimals";
            self.source.problem(table.place("max"), message);
        }
        let fits = i32::try_from(min).ok().zip(i32::try_from(max).ok());
        let Some((min, max)) = fits else {
            self.source.problem(table.place("max"), "`min` and `max` are too far from 0");
            return Kind::Number { min: 0, max: 1 };
        };
        Kind::Number { min, max }
    }

    /// What each option counts, in the order of the options; none where nothing is said.
    pub(super) fn points(&self, table: &Table<'a>, options: usize) -> Vec<i32> {
        let Some(place) = table.get("points").map(|value| start(&value.span())) else { return Vec::new() };
        let decimals = decimals(table);
        let values = table.list("points");
        let mut points = Vec::new();
        for value in &values {
            if let Some(number) = units(value, decimals).and_then(|number| i32::try_from(number).ok()) {
                points.push(number);
                continue;
            }
            let message = format!("points are numbers with at most {decimals} decimal{}", plural(decimals));
            self.source.problem(start(&value.span()), message);
        }
        if counts(table).number.is_some() {
            self.source.problem(place, "`points` belong to options; a number counts itself");
        } else if values.len() != options && options > 0 {
            let message = format!("{} points for {options} options; each needs its own", values.len());
            self.source.problem(place, message);
        }
        points
    }
}
