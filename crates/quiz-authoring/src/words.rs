//! The words of one language, read against the structure: nothing may be missing, nothing left over.

use quiz_engine::{AdviceWords, ContactWords, Kind, Phrase, QuestionWords, Text, Words};

use crate::compile::Structure;
use crate::reader::{Source, Table, Word};

/// What the page fills in, and may therefore stand in braces.
const PLACEHOLDERS: [&str; 2] = ["{emergency}", "{clinic}"];

/// Placeholders that belong to one phrase and must stand in it.
fn own_placeholders(key: &str) -> &'static [&'static str] {
    match key {
        "signed" => &["{reviewer}", "{date}"],
        "progress_value" => &["{percent}"],
        "idle_text" => &["{seconds}"],
        "scale_of" => &["{value}"],
        "telephone" => &["{clinic}", "{tel}"],
        _ => &[],
    }
}

/// Phrases of the document around the quiz: its frame and its leaflet.
pub(crate) const DOCUMENT_PHRASES: [&str; 9] = [
    "emergency_line",
    "leaflet_title",
    "leaflet_intro",
    "leaflet_engine_failed",
    "leaflet_unsealed",
    "leaflet_open_alone",
    "leaflet_contact",
    "leaflet_use_site",
    "source_mark",
];

/// The three files of words of a language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Files<'a> {
    pub(crate) language: Source<'a>,
    pub(crate) questions: Source<'a>,
    pub(crate) outcomes: Source<'a>,
    pub(crate) interface: Source<'a>,
}

/// Words as far as they could be read; sections and sources are filled in by their own readers.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) name: String,
    pub(crate) words: Words,
    /// One for each of [`DOCUMENT_PHRASES`].
    pub(crate) document: Vec<String>,
}

pub(crate) fn read(files: Files<'_>, structure: &Structure) -> Read {
    let mut read = Read::default();
    language(files.language, &mut read);
    questions(files.questions, structure, &mut read.words);
    outcomes(files.outcomes, structure, &mut read.words);
    interface(files.interface, &mut read);
    read
}

fn language(source: Source<'_>, read: &mut Read) {
    let parsed = source.parse();
    let root = Table::new(source, 0, parsed.get_ref());
    read.name = root.text("name").map(|word| word.text).unwrap_or_default();
    read.words.code = root.text("code").map(|word| word.text).unwrap_or_default().as_str().into();
    if let Some(direction) = root.text("direction") {
        read.words.right_to_left = direction.text == "rtl";
        if !["ltr", "rtl"].contains(&direction.text.as_str()) {
            source.problem(direction.at, "`direction` is ltr or rtl");
        }
    }
    root.finish();
}

fn questions(source: Source<'_>, structure: &Structure, words: &mut Words) {
    let parsed = source.parse();
    let root = Table::new(source, 0, parsed.get_ref());
    let screens: Vec<String> = structure.names.screens.iter().flatten().cloned().collect();
    let questions = structure.names.questions.iter().map(|(id, _)| id.as_str());
    let known: Vec<&str> = questions.chain((!screens.is_empty()).then_some("screens")).collect();
    name_surplus(&root, &known, "question");
    words.screens = vec![Text::default(); structure.logic.screens.len()];
    if let Some(table) = (!screens.is_empty()).then(|| part(&root, "screens")).flatten() {
        let shared = structure.names.screens.iter().zip(&mut words.screens).filter(|(id, _)| id.is_some());
        for ((_, title), label) in shared.zip(labels_of(&table, &screens, "screen")) {
            *title = label;
        }
    }
    for (question, (id, options)) in structure.logic.questions.iter().zip(&structure.names.questions) {
        let Some(table) = child(&root, id) else {
            source.problem(0, format!("the words of the question `{id}` are missing"));
            continue;
        };
        let is_scale = matches!(question.kind, Kind::Scale { .. });
        let mut read = QuestionWords {
            text: text(&table, "text"),
            help: optional(&table, "help"),
            why: text(&table, "why"),
            short: text(&table, "short"),
            error: text(&table, "error"),
            ..QuestionWords::default()
        };
        if is_scale {
            (read.low, read.high) = (text(&table, "low"), text(&table, "high"));
        } else if let Some(labels) = table.required("options").and_then(|value| Table::of(source, value)) {
            read.options = labels_of(&labels, options, "option");
        }
        table.finish();
        words.questions.push(read);
    }
}

fn outcomes(source: Source<'_>, structure: &Structure, words: &mut Words) {
    let parsed = source.parse();
    let root = Table::new(source, 0, parsed.get_ref());
    let names = &structure.names;
    if let Some(advice) = part(&root, "advice") {
        name_surplus(&advice, &as_str(&names.advice), "advice");
        words.advice = names.advice.iter().map(|id| advice_words(&advice, id)).collect();
    }
    if let Some(contact) = part(&root, "contact") {
        name_surplus(&contact, &as_str(&names.labels), "label of the contact link");
        words.contact = names.labels.iter().map(|id| contact_words(&contact, id)).collect();
    }
    if let Some(rules) = part(&root, "rules") {
        words.rules = labels_of(&rules, &names.rule_keys(), "rule");
    }
    if let Some(tiers) = part(&root, "tiers") {
        words.tiers = labels_of(&tiers, &names.tiers, "tier");
    }
    if let Some(notes) = part(&root, "notes") {
        words.notes = labels_of(&notes, &names.notes, "note");
    }
    root.finish();
}

fn advice_words(advice: &Table<'_>, id: &str) -> AdviceWords {
    let Some(table) = child(advice, id) else {
        advice.source.problem(advice.at, format!("the words of the advice `{id}` are missing"));
        return AdviceWords::default();
    };
    let lines = table.texts("lines");
    if lines.is_empty() {
        table.source.problem(table.at, "`lines` is missing: say what to do");
    }
    lines.iter().for_each(|line| check_placeholders(table.source, line, &[]));
    let words = AdviceWords {
        headline: text(&table, "headline"),
        lines: lines.iter().map(|line| line.text.as_str().into()).collect(),
    };
    table.finish();
    words
}

fn contact_words(contact: &Table<'_>, id: &str) -> ContactWords {
    let Some(table) = child(contact, id) else {
        contact.source.problem(contact.at, format!("the words of the contact link `{id}` are missing"));
        return ContactWords::default();
    };
    let words = ContactWords { text: text(&table, "text"), hint: optional(&table, "hint") };
    table.finish();
    words
}

fn interface(source: Source<'_>, read: &mut Read) {
    let parsed = source.parse();
    let root = Table::new(source, 0, parsed.get_ref());
    let phrases: Vec<String> = Phrase::ALL.iter().map(|(_, key)| (*key).to_owned()).collect();
    let known: Vec<&str> = phrases.iter().map(String::as_str).chain(DOCUMENT_PHRASES).collect();
    name_surplus(&root, &known, "phrase");
    let document: Vec<String> = DOCUMENT_PHRASES.iter().map(|key| (*key).to_owned()).collect();
    read.words.interface = phrases.iter().map(|key| phrase(&root, key)).collect();
    read.document = document.iter().map(|key| phrase(&root, key).to_string()).collect();
}

fn phrase(root: &Table<'_>, key: &str) -> Text {
    let Some(word) = find(root, key) else {
        root.source.problem(0, format!("the phrase `{key}` is missing"));
        return Text::default();
    };
    let own = own_placeholders(key);
    check_placeholders(root.source, &word, own);
    for placeholder in own.iter().filter(|placeholder| !word.text.contains(**placeholder)) {
        root.source.problem(word.at, format!("`{key}` must hold {placeholder}"));
    }
    word.text.as_str().into()
}

/// One text for each id, in order.
fn labels_of(table: &Table<'_>, ids: &[String], what: &str) -> Vec<Text> {
    name_surplus(table, &as_str(ids), what);
    let label = |id: &String| {
        let word = find(table, id);
        match &word {
            Some(word) => check_placeholders(table.source, word, &[]),
            None => table.source.problem(table.at, format!("the words of the {what} `{id}` are missing")),
        }
        word.map(|word| word.text).unwrap_or_default().as_str().into()
    };
    ids.iter().map(label).collect()
}

fn as_str(ids: &[String]) -> Vec<&str> {
    ids.iter().map(String::as_str).collect()
}

fn name_surplus(table: &Table<'_>, known: &[&str], what: &str) {
    for (key, _) in table.entries().filter(|(key, _)| !known.contains(&key.text.as_str())) {
        table.source.problem(key.at, format!("there is no {what} `{}`: these words are for nothing", key.text));
    }
}

fn find(table: &Table<'_>, key: &str) -> Option<Word> {
    let (_, value) = table.entries().find(|(name, _)| name.text == key)?;
    table.as_text(value)
}

fn child<'a>(table: &Table<'a>, key: &str) -> Option<Table<'a>> {
    let (_, value) = table.entries().find(|(name, _)| name.text == key)?;
    Table::of(table.source, value)
}

fn part<'a>(root: &Table<'a>, key: &'static str) -> Option<Table<'a>> {
    root.required(key).and_then(|value| Table::of(root.source, value))
}

fn text(table: &Table<'_>, key: &'static str) -> Text {
    let word = table.text(key);
    word.iter().for_each(|word| check_placeholders(table.source, word, &[]));
    word.map(|word| word.text).unwrap_or_default().as_str().into()
}

fn optional(table: &Table<'_>, key: &'static str) -> Text {
    let word = table.optional_text(key);
    word.iter().for_each(|word| check_placeholders(table.source, word, &[]));
    word.map(|word| word.text).unwrap_or_default().as_str().into()
}

/// Whatever stands in braces must be something that the page fills in.
fn check_placeholders(source: Source<'_>, word: &Word, own: &[&str]) {
    let mut rest = word.text.as_str();
    while let Some(open) = rest.find('{') {
        let tail = rest.get(open..).unwrap_or_default();
        let end = tail.find('}').map_or(tail.len(), |close| close + 1);
        let placeholder = tail.get(..end).unwrap_or_default();
        if !own.contains(&placeholder) && !PLACEHOLDERS.contains(&placeholder) {
            let known = [own, PLACEHOLDERS.as_slice()].concat().join(", ");
            source.problem(word.at, format!("{placeholder} is not filled in here; known are {known}"));
        }
        rest = tail.get(end..).unwrap_or_default();
    }
    if word.text.contains('<') || word.text.contains("&#") {
        source.problem(word.at, "HTML is shown as it stands: write plain text");
    }
}
