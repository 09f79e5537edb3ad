//! Numbers in questions: decimals, bounds and points.

use quiz_engine::Kind;

use super::names::Counts;
use super::{Tables, exclusive_ids};
use crate::conditions::{Span, some_of};
use crate::reader::{Table, Value, not_units, plural, start, units};

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

/// What answers to a question can count: from where to where.
pub(super) fn span(table: &Table<'_>) -> Option<Span> {
    let decimals = decimals(table);
    match table.get("kind").and_then(|kind| kind.get_ref().as_str())? {
        "scale" => ends(table, 0),
        "number" => ends(table, decimals),
        "many" => span_of_many(table, &points_of(table, decimals)?),
        _ => {
            let points = points_of(table, decimals)?;
            points.iter().copied().min().zip(points.iter().copied().max())
        }
    }
}

fn ends(table: &Table<'_>, decimals: u8) -> Option<Span> {
    let end = |key: &'static str| table.get(key).and_then(|value| units(value, decimals));
    end("min").zip(end("max")).filter(|(min, max)| min < max)
}

fn points_of(table: &Table<'_>, decimals: u8) -> Option<Vec<i64>> {
    let values = table.get("points").and_then(|points| points.get_ref().as_array())?;
    values.iter().map(|value| units(value, decimals)).collect()
}

/// An option that excludes the others counts by itself, and the others together.
fn span_of_many(table: &Table<'_>, points: &[i64]) -> Option<Span> {
    let exclusive = exclusive_ids(table);
    let ids = table.get("options").and_then(|options| options.get_ref().as_array())?.iter().map(option_id);
    let (alone, together): (Vec<_>, Vec<_>) =
        ids.zip(points).partition(|(id, _)| id.is_some_and(|id| exclusive.iter().any(|other| other == id)));
    let together: Vec<Span> = together.into_iter().map(|(_, points)| (*points, *points)).collect();
    let together = (!together.is_empty()).then(|| some_of(&together));
    let all: Vec<Span> = alone.into_iter().map(|(_, points)| (*points, *points)).chain(together).collect();
    all.iter().map(|span| span.0).min().zip(all.iter().map(|span| span.1).max())
}

fn option_id<'a>(value: &'a Value<'_>) -> Option<&'a str> {
    let id = value.get_ref().as_table().and_then(|table| table.get("id"));
    value.get_ref().as_str().or_else(|| id?.get_ref().as_str())
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
            let message = match not_units(value, decimals) {
                Some(why) => format!("a number of points {why}"),
                None if units(value, decimals).is_some() => "a number of points is too large".to_owned(),
                None => format!("points are numbers with at most {decimals} decimal{}", plural(decimals)),
            };
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
