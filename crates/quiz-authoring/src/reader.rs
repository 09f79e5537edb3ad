//! Reads TOML so that every value knows its line and every surplus or missing key is named.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};

use quiz_engine::read_number;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problems::Problems;

/// A file of the content folder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
    pub(crate) problems: &'a Problems,
}

impl<'a> Source<'a> {
    pub(crate) fn line(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or(self.text);
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    pub(crate) fn problem(&self, offset: usize, message: impl Into<String>) {
        self.problems.add(self.file, self.line(offset), message);
    }

    /// What else there is to say of a mistake in the syntax, by the line on which it stands.
    fn hint(&self, at: usize, message: &str) -> &'static str {
        let line = self.line(at);
        let line = self.text.lines().nth(line - 1).unwrap_or_default();
        if message.contains("recurse") {
            "; this is nested too deeply: give what stands inside a name in [terms]"
        } else if holds_curly_quote(line) {
            "; quotation marks are straight here: \""
        } else if holds_decimal_comma(line) {
            "; a number has a point and no comma, such as 38.1"
        } else {
            ""
        }
    }

    /// Parses the file and names each mistake in its syntax. Where there is one, nothing is given: what the parser
    /// guessed would only be blamed for what the mistake swallowed.
    pub(crate) fn parse(&self) -> Option<Spanned<DeTable<'a>>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        let is_sound = errors.is_empty();
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            self.problem(at, format!("not valid TOML: {}{}", error.message(), self.hint(at, error.message())));
        }
        is_sound.then_some(table)
    }
}

/// Whether a value begins with a quotation mark of a text processor.
fn holds_curly_quote(line: &str) -> bool {
    let mut marks = line.match_indices(['“', '”', '„', '‘', '’', '«']);
    marks.any(|(at, _)| line.get(..at).is_some_and(|before| before.trim_end().ends_with(['=', '[', ',', '{'])))
}

/// Whether a value is a number with a comma, such as 38,1.
fn holds_decimal_comma(line: &str) -> bool {
    line.split('=').skip(1).any(|value| {
        let digits = value.trim_start().trim_start_matches('-');
        let rest = digits.trim_start_matches(|each: char| each.is_ascii_digit());
        let after = rest.strip_prefix(',').unwrap_or_default();
        rest.len() < digits.len() && after.starts_with(|each: char| each.is_ascii_digit())
    })
}

/// What stands before a text that somebody has still to write. It is found at the beginning only, so that a text may
/// hold the word.
pub const TO_WRITE: &str = "TODO:";

/// What is to be written, where a text says that it is not there yet.
pub(crate) fn still_to_write(text: &str) -> Option<String> {
    let wanted = text.trim_start().strip_prefix(TO_WRITE)?;
    let first_line = wanted.trim().lines().next().unwrap_or("this text");
    Some(format!("still to be written: {first_line}"))
}

/// What to say of a character that nobody sees, in a text that has one. A pack marks the ends of texts by such a one.
pub(crate) fn unseen(text: &str) -> Option<String> {
    text.chars().find(|each| is_unseen(*each)).map(unseen_in_text)
}

/// Whether a character has no shape of its own and no place in a text: a control character but the line's end and the
/// tab, a mark that lets what follows be read in the other direction than it is stored, a byte order mark.
pub(crate) fn is_unseen(each: char) -> bool {
    let is_control = each.is_control() && each != '\n' && each != '\t';
    is_control || matches!(each, '\u{202a}'..='\u{202e}' | '\u{feff}')
}

pub(crate) fn unseen_in_text(each: char) -> String {
    format!("this text holds a character that can't be seen, U+{:04X}", u32::from(each))
}

/// A word with its place.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) at: usize,
}

/// A table being read. It remembers which keys were asked for, so that the others can be named.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) at: usize,
    entries: &'a DeTable<'a>,
    asked: RefCell<Vec<&'static str>>,
}

pub(crate) type Value<'a> = Spanned<DeValue<'a>>;

pub(crate) fn start(span: &Range<usize>) -> usize {
    span.start
}

pub(crate) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A number with at most so many decimals, in units of the last one.
pub(crate) fn units(value: &Value<'_>, decimals: u8) -> Option<i64> {
    match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => read_number(number.as_str(), decimals),
        DeValue::Float(number) => read_number(number.as_str(), decimals),
        _ => None,
    }
}

/// What is wrong with a number that is none in units of so many decimals, unless it only has too many.
pub(crate) fn not_units(value: &Value<'_>, decimals: u8) -> Option<String> {
    let written = match value.get_ref() {
        DeValue::Integer(number) => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => return None,
    };
    odd(value).or_else(|| {
        let behind = written.split_once('.').map_or("", |(_, behind)| behind);
        if behind.trim_end_matches('0').len() > usize::from(decimals) {
            None
        } else if behind.len() == 3 {
            Some("has three decimals, by which some part off thousands; leave out zeros at its end".to_owned())
        } else {
            Some("is too large".to_owned())
        }
    })
}

/// What is wrong with a number that is written in a way in which nothing is counted.
fn odd(value: &Value<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::Integer(number) if number.radix() != 10 => Some("is to be written in decimal digits".to_owned()),
        DeValue::Integer(number) => number.as_str().parse::<i64>().is_err().then(|| "is too large".to_owned()),
        DeValue::Float(number) if number.as_str().ends_with("nan") || number.as_str().ends_with("inf") => {
            Some(format!("is a number, not {}", number.as_str()))
        }
        DeValue::Float(number) if number.as_str().contains(['e', 'E']) => {
            Some("is to be written without an exponent, in digits".to_owned())
        }
        _ => None,
    }
}

pub(crate) fn plural(count: impl Into<usize>) -> &'static str {
    if count.into() == 1 { "" } else { "s" }
}

impl<'a> Table<'a> {
    pub(crate) fn new(source: Source<'a>, at: usize, entries: &'a DeTable<'a>) -> Self {
        Self { source, at, entries, asked: RefCell::default() }
    }

    /// The value as a table, or a problem.
    pub(crate) fn of(source: Source<'a>, value: &'a Value<'a>) -> Option<Self> {
        let at = start(&value.span());
        match value.get_ref() {
            DeValue::Table(entries) => Some(Self::new(source, at, entries)),
            other => {
                source.problem(at, format!("a table is needed here, not {}", kind_of(other)));
                None
            }
        }
    }

    /// Every key with its place and value, in the order of the file.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (Word, &'a Value<'a>)> {
        self.entries
            .iter()
            .map(|(key, value)| (Word { text: key.get_ref().to_string(), at: start(&key.span()) }, value))
    }

    pub(crate) fn get(&self, key: &'static str) -> Option<&'a Value<'a>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.entries.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    /// Where the key's value stands, or the table where the key is missing.
    pub(crate) fn place(&self, key: &'static str) -> usize {
        self.get(key).map_or(self.at, |value| start(&value.span()))
    }

    pub(crate) fn required(&self, key: &'static str) -> Option<&'a Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            self.source.problem(self.at, format!("`{key}` is missing"));
        }
        value
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<Word> {
        self.required(key).and_then(|value| self.as_text(value))
    }

    pub(crate) fn optional_text(&self, key: &'static str) -> Option<Word> {
        self.get(key).and_then(|value| self.as_text(value))
    }

    pub(crate) fn as_text(&self, value: &Value<'_>) -> Option<Word> {
        let at = start(&value.span());
        match value.get_ref() {
            DeValue::String(text) if let Some(message) = still_to_write(text).or_else(|| unseen(text)) => {
                self.source.problem(at, message);
                None
            }
            DeValue::String(text) if !text.trim().is_empty() => Some(Word { text: text.to_string(), at }),
            DeValue::String(_) => {
                self.source.problem(at, "this text is empty");
                None
            }
            other => {
                self.source.problem(at, format!("text is needed here, not {}", kind_of(other)));
                None
            }
        }
    }

    pub(crate) fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.get(key) else { return false };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        self.source
            .problem(start(&value.span()), format!("`{key}` is true or false, not {}", kind_of(value.get_ref())));
        false
    }

    pub(crate) fn integer(&self, key: &'static str) -> Option<i64> {
        let value = self.get(key)?;
        if let DeValue::Integer(number) = value.get_ref()
            && let Ok(number) = i64::from_str_radix(number.as_str(), number.radix())
        {
            return Some(number);
        }
        let why = odd(value).unwrap_or_else(|| format!("is a whole number, not {}", kind_of(value.get_ref())));
        self.source.problem(start(&value.span()), format!("`{key}` {why}"));
        None
    }

    /// A number with at most so many decimals, in units of the last one. Nothing is rounded.
    pub(crate) fn number(&self, key: &'static str, decimals: u8) -> Option<i64> {
        if decimals == 0 {
            return self.integer(key);
        }
        let value = self.get(key)?;
        let number = units(value, decimals);
        if number.is_none() {
            let why = not_units(value, decimals);
            let why = why.unwrap_or_else(|| format!("is a number with at most {decimals} decimal{}", plural(decimals)));
            self.source.problem(start(&value.span()), format!("`{key}` {why}"));
        }
        number
    }

    /// A whole number that must be there and lie in a range.
    pub(crate) fn integer_in<N: TryFrom<i64>>(&self, key: &'static str, range: RangeInclusive<i64>) -> Option<N> {
        self.required(key)?;
        let number = self.integer(key)?;
        if !range.contains(&number) {
            let message = format!("`{key}` is a whole number from {} to {}, not {number}", range.start(), range.end());
            self.source.problem(self.place(key), message);
        }
        N::try_from(number).ok().filter(|_| range.contains(&number))
    }

    /// The values of a list; none where the key is missing.
    pub(crate) fn list(&self, key: &'static str) -> Vec<&'a Value<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        if let DeValue::Array(values) = value.get_ref() {
            return values.iter().collect();
        }
        self.source.problem(start(&value.span()), format!("`{key}` is a list, not {}", kind_of(value.get_ref())));
        Vec::new()
    }

    /// A list of words; none where the key is missing.
    pub(crate) fn texts(&self, key: &'static str) -> Vec<Word> {
        self.list(key).into_iter().filter_map(|value| self.as_text(value)).collect()
    }

    /// The tables of an array of tables.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        self.list(key).into_iter().filter_map(|value| Table::of(self.source, value)).collect()
    }

    /// Names every key that nobody asked for.
    pub(crate) fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.entries().filter(|(key, _)| !asked.contains(&key.text.as_str())) {
            self.source.problem(key.at, format!("`{}` is not known here; known are {}", key.text, asked.join(", ")));
        }
    }
}
