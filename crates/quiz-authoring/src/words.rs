//! The words of one language, read against the structure: nothing may be missing, nothing left over.

use quiz_engine::{AdviceWords, ContactWords, Kind, Phrase, Question, QuestionWords, Text, Words, write_number};

use crate::compile::Structure;
use crate::figures::{Caption, Drawing};
use crate::reader::{Source, Table, Value, Word};

/// What the page fills in where it tells what to do: in the lines of an advice, in notes, and at the contact link.
const SETTINGS: [&str; 2] = ["{emergency}", "{clinic}"];

/// A placeholder that may stand in a phrase and need not.
fn further_placeholder(key: &str) -> Option<&'static str> {
    (key == "scale_of").then_some("{max}")
}

/// Placeholders that belong to one phrase and must stand in it.
fn own_placeholders(key: &str) -> &'static [&'static str] {
    match key {
        "emergency_line" => &["{emergency}"],
        "signed" => &["{reviewer}", "{date}"],
        "progress_value" => &["{percent}"],
        "idle_text" => &["{seconds}"],
        "scale_of" => &["{value}"],
        "telephone" => &["{clinic}", "{tel}"],
        "sheet_made" => &["{date}", "{version}", "{hash}"],
        "proof_hash" => &["{command}"],
        _ => &[],
    }
}

/// Phrases of the document around the quiz (its frame, its leaflet, how to check that nothing is sent), and how strong
/// each kind of source is.
pub(crate) const DOCUMENT_PHRASES: [&str; 27] = [
    "emergency_line",
    "leaflet_title",
    "leaflet_intro",
    "leaflet_engine_failed",
    "leaflet_unsealed",
    "leaflet_open_alone",
    "leaflet_contact",
    "leaflet_use_site",
    "proof_title",
    "proof_offline",
    "proof_network",
    "proof_hash",
    "source_mark",
    "languages",
    "languages_restart",
    "kind_guideline",
    "kind_review",
    "kind_meta_analysis",
    "kind_trial",
    "kind_cohort",
    "kind_registry",
    "kind_survey",
    "kind_reference",
    "kind_case_series",
    "kind_book",
    "kind_web",
    "kind_project",
];

/// The files of words of a language, as far as they are there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Files<'a> {
    pub(crate) language: Option<Source<'a>>,
    pub(crate) questions: Option<Source<'a>>,
    pub(crate) outcomes: Option<Source<'a>>,
    pub(crate) interface: Option<Source<'a>>,
}

/// Words as far as they could be read; sections and sources are filled in by their own readers.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) name: String,
    pub(crate) words: Words,
    /// One for each of [`DOCUMENT_PHRASES`].
    pub(crate) document: Vec<String>,
}

/// Reads the words of the language whose folder is named `code`.
pub(crate) fn read(files: Files<'_>, structure: &Structure, code: &str) -> Read {
    let mut read = Read::default();
    read.words.decimal_mark = ".".into();
    if let Some(source) = files.language {
        language(source, code, &mut read);
    }
    if let Some(source) = files.questions {
        questions(source, structure, &mut read.words);
    }
    if let Some(source) = files.outcomes {
        outcomes(source, structure, &mut read.words);
    }
    if let Some(source) = files.interface {
        interface(source, &mut read);
    }
    read
}

/// Reads the words of the figures, one caption for each drawing, in their order.
pub(crate) fn captions(source: Source<'_>, drawings: &[Drawing]) -> Vec<Caption> {
    let Some(parsed) = source.parse() else { return Vec::new() };
    let root = Table::new(source, 0, parsed.get_ref());
    let known: Vec<&str> = drawings.iter().map(|drawing| drawing.id.as_str()).collect();
    name_surplus(&root, &known, "figure");
    drawings.iter().map(|drawing| caption(&root, drawing)).collect()
}

fn caption(root: &Table<'_>, drawing: &Drawing) -> Caption {
    let (id, names) = (&drawing.id, &drawing.labels);
    let missing = || format!("the words of the figure `{id}` are missing; add [{id}]");
    let Some(table) = child(root, id, missing) else { return Caption::default() };
    // What seems to be too much may belong where the drawing could not be read.
    let labels = if drawing.is_sound { part(&table, "labels", names) } else { table.get("labels").and(None) };
    let labels = labels.map(|labels| labels_of(&labels, names, "label", &[])).unwrap_or_default();
    let caption = Caption {
        title: text(&table, "title").to_string(),
        description: text(&table, "description").to_string(),
        labels: names.iter().cloned().zip(labels.iter().map(ToString::to_string)).collect(),
    };
    table.finish();
    caption
}

fn language(source: Source<'_>, code: &str, read: &mut Read) {
    let Some(parsed) = source.parse() else { return };
    let root = Table::new(source, 0, parsed.get_ref());
    read.name = root.text("name").map(|word| word.text).unwrap_or_default();
    read.words.code = code.into();
    if let Some(word) = root.text("code").filter(|word| word.text != code) {
        source.problem(word.at, format!("`code` must be the folder's name, {code}, not {}", word.text));
    }
    if let Some(direction) = root.text("direction") {
        read.words.right_to_left = direction.text == "rtl";
        if !["ltr", "rtl"].contains(&direction.text.as_str()) {
            source.problem(direction.at, format!("`direction` is ltr or rtl, not {}", direction.text));
        }
    }
    if let Some(mark) = root.optional_text("decimal_mark") {
        if ![".", ","].contains(&mark.text.as_str()) {
            source.problem(mark.at, format!("`decimal_mark` is . or , not {}", mark.text));
        }
        read.words.decimal_mark = mark.text.as_str().into();
    }
    root.finish();
}

fn questions(source: Source<'_>, structure: &Structure, words: &mut Words) {
    let Some(parsed) = source.parse() else { return };
    let root = Table::new(source, 0, parsed.get_ref());
    let screens: Vec<String> = structure.names.screens.iter().flatten().cloned().collect();
    let questions = structure.names.questions.iter().map(|(id, _)| id.as_str());
    let known: Vec<&str> = questions.chain((!screens.is_empty()).then_some("screens")).collect();
    name_surplus(&root, &known, "question");
    words.screens = vec![Text::default(); structure.logic.screens.len()];
    if let Some(table) = part(&root, "screens", &screens) {
        let shared = structure.names.screens.iter().zip(&mut words.screens).filter(|(id, _)| id.is_some());
        for ((_, title), label) in shared.zip(labels_of(&table, &screens, "screen", &[])) {
            *title = label;
        }
    }
    for (question, (id, options)) in structure.logic.questions.iter().zip(&structure.names.questions) {
        if id.is_empty() {
            continue;
        }
        let missing = || format!("the words of the question `{id}` are missing; add [{id}]");
        let Some(table) = child(&root, id, missing) else { continue };
        let mut read = QuestionWords {
            text: text(&table, "text"),
            help: optional(&table, "help"),
            why: text(&table, "why"),
            short: text(&table, "short"),
            error: text(&table, "error"),
            ..QuestionWords::default()
        };
        if let Kind::Scale { .. } = question.kind {
            (read.low, read.high) = (text(&table, "low"), text(&table, "high"));
        } else if let Kind::Number { min, max } = question.kind {
            read.unit = optional(&table, "unit");
            read.wrong = wrong(&table, question, &words.decimal_mark, [min, max]);
        } else if options.is_empty() {
            let _ = table.get("options");
        } else if let Some(labels) = table.required("options").and_then(|value| Table::of(source, value)) {
            read.options = labels_of(&labels, options, "option", &[]);
        }
        table.finish();
        words.questions.push(read);
    }
}

/// What to do where a number is wrong, with the bounds filled in, so that they can't be others than those that hold.
fn wrong(table: &Table<'_>, question: &Question, mark: &str, bounds: [i32; 2]) -> Text {
    const BOUNDS: [&str; 2] = ["{min}", "{max}"];
    let Some(word) = table.text("wrong") else { return Text::default() };
    check_placeholders(table.source, &word, &BOUNDS);
    check_held(table.source, &word, "wrong", &BOUNDS);
    let [min, max] = bounds.map(|bound| write_number(bound.into(), question.decimals, mark));
    word.text.replace("{min}", &min).replace("{max}", &max).into()
}

fn outcomes(source: Source<'_>, structure: &Structure, words: &mut Words) {
    let Some(parsed) = source.parse() else { return };
    let root = Table::new(source, 0, parsed.get_ref());
    let names = &structure.names;
    if let Some(advice) = part(&root, "advice", &names.advice) {
        name_surplus(&advice, &as_str(&names.advice), "advice");
        words.advice = names
            .advice
            .iter()
            .filter(|id| !id.is_empty())
            .map(|id| advice_words(&advice, id, &format!("advice `{id}` are missing; add [advice.{id}]")))
            .collect();
    }
    if let Some(contact) = part(&root, "contact", &names.labels) {
        name_surplus(&contact, &as_str(&names.labels), "label of the contact link");
        words.contact = names.labels.iter().map(|id| contact_words(&contact, id)).collect();
    }
    let groups: Vec<String> = names.groups.iter().map(|(id, _)| id.clone()).collect();
    if let Some(table) = part(&root, "groups", &groups) {
        name_surplus(&table, &as_str(&groups), "group");
        for (id, results) in names.groups.iter().filter(|(id, _)| !id.is_empty()) {
            let (name, said) = group_words(&table, id, results);
            words.groups.push(name);
            words.results.extend(said);
        }
    }
    let rule_keys = names.rule_keys();
    if let Some(rules) = part(&root, "rules", &rule_keys) {
        words.rules = labels_of(&rules, &rule_keys, "rule", &[]);
    }
    if let Some(tiers) = part(&root, "tiers", &names.tiers) {
        words.tiers = labels_of(&tiers, &names.tiers, "tier", &[]);
    }
    if let Some(notes) = part(&root, "notes", &names.notes) {
        words.notes = labels_of(&notes, &names.notes, "note", &SETTINGS);
    }
    root.finish();
}

/// The name of a group, and the words of its results.
fn group_words(groups: &Table<'_>, id: &str, results: &[String]) -> (Text, Vec<AdviceWords>) {
    let missing = || format!("the words of the group `{id}` are missing; add [groups.{id}]");
    let Some(table) = child(groups, id, missing) else { return (Text::default(), Vec::new()) };
    let name = text(&table, "name");
    let mut words = Vec::new();
    if let Some(said) = part(&table, "results", results) {
        name_surplus(&said, &as_str(results), "result");
        let results = results.iter().filter(|result| !result.is_empty());
        let read = |result: &String| {
            let missing = format!("result `{result}` are missing; add [groups.{id}.results.{result}]");
            advice_words(&said, result, &missing)
        };
        words.extend(results.map(read));
    }
    table.finish();
    (name, words)
}

/// `missing` says of what the words are missing.
fn advice_words(advice: &Table<'_>, id: &str, missing: &str) -> AdviceWords {
    let missing = || format!("the words of the {missing}");
    let Some(table) = child(advice, id, missing) else { return AdviceWords::default() };
    let lines = table.texts("lines");
    if table.list("lines").is_empty() && table.get("lines").is_none_or(|value| value.get_ref().is_array()) {
        table.source.problem(table.place("lines"), "`lines` is missing: a list of what to do");
    }
    for line in &lines {
        check_placeholders(table.source, line, &SETTINGS);
    }
    let words = AdviceWords {
        headline: text(&table, "headline"),
        lines: lines.iter().map(|line| line.text.as_str().into()).collect(),
    };
    table.finish();
    words
}

fn contact_words(contact: &Table<'_>, id: &str) -> ContactWords {
    let missing = || format!("the words of the contact link `{id}` are missing; add [contact.{id}]");
    let Some(table) = child(contact, id, missing) else { return ContactWords::default() };
    let words =
        ContactWords { text: filled(table.text("text"), &table), hint: filled(table.optional_text("hint"), &table) };
    table.finish();
    words
}

fn interface(source: Source<'_>, read: &mut Read) {
    let Some(parsed) = source.parse() else { return };
    let root = Table::new(source, 0, parsed.get_ref());
    let phrases: Vec<String> = Phrase::ALL.iter().map(|(_, key)| (*key).to_owned()).collect();
    let known: Vec<&str> = phrases.iter().map(String::as_str).chain(DOCUMENT_PHRASES).collect();
    name_surplus(&root, &known, "phrase");
    let document: Vec<String> = DOCUMENT_PHRASES.iter().map(|key| (*key).to_owned()).collect();
    read.words.interface = phrases.iter().map(|key| phrase(&root, key)).collect();
    read.document = document.iter().map(|key| phrase(&root, key).to_string()).collect();
}

fn phrase(root: &Table<'_>, key: &str) -> Text {
    let Some(word) = find(root, key, || format!("the phrase `{key}` is missing")) else { return Text::default() };
    let own = own_placeholders(key);
    let known: Vec<&str> = own.iter().copied().chain(further_placeholder(key)).collect();
    check_placeholders(root.source, &word, &known);
    check_held(root.source, &word, key, own);
    word.text.as_str().into()
}

/// These placeholders must all stand in the text.
fn check_held(source: Source<'_>, word: &Word, key: &str, needed: &[&str]) {
    for placeholder in needed.iter().filter(|placeholder| !word.text.contains(**placeholder)) {
        source.problem(word.at, format!("`{key}` must hold {placeholder}"));
    }
}

/// One text for each id, in order; `known` may stand in braces.
fn labels_of(table: &Table<'_>, ids: &[String], what: &str, known: &[&str]) -> Vec<Text> {
    name_surplus(table, &as_str(ids), what);
    let label = |id: &String| {
        let word = find(table, id, || format!("the words of the {what} `{id}` are missing"));
        if let Some(word) = &word {
            check_placeholders(table.source, word, known);
        }
        word.map(|word| word.text).unwrap_or_default().as_str().into()
    };
    ids.iter().filter(|id| !id.is_empty()).map(label).collect()
}

fn as_str(ids: &[String]) -> Vec<&str> {
    ids.iter().map(String::as_str).collect()
}

fn name_surplus(table: &Table<'_>, known: &[&str], what: &str) {
    // Where an id is missing in quiz.toml, what seems to be too much may belong to it.
    if known.contains(&"") {
        return;
    }
    for (key, _) in table.entries().filter(|(key, _)| !known.contains(&key.text.as_str())) {
        let message = format!("there is no {what} `{}`: correct the name or delete these words", key.text);
        table.source.problem(key.at, message);
    }
}

fn entry<'a>(table: &Table<'a>, key: &str, missing: impl FnOnce() -> String) -> Option<&'a Value<'a>> {
    let found = table.entries().find(|(name, _)| name.text == key).map(|(_, value)| value);
    if found.is_none() {
        table.source.problem(table.at, missing());
    }
    found
}

fn find(table: &Table<'_>, key: &str, missing: impl FnOnce() -> String) -> Option<Word> {
    entry(table, key, missing).and_then(|value| table.as_text(value))
}

fn child<'a>(table: &Table<'a>, key: &str, missing: impl FnOnce() -> String) -> Option<Table<'a>> {
    entry(table, key, missing).and_then(|value| Table::of(table.source, value))
}

/// The table that holds the words of all `ids`; it may be left out where there are none.
fn part<'a>(root: &Table<'a>, key: &'static str, ids: &[String]) -> Option<Table<'a>> {
    let value = if ids.is_empty() { root.get(key) } else { root.required(key) };
    value.and_then(|value| Table::of(root.source, value))
}

fn text(table: &Table<'_>, key: &'static str) -> Text {
    plain(table.text(key), table)
}

fn optional(table: &Table<'_>, key: &'static str) -> Text {
    plain(table.optional_text(key), table)
}

/// Text in which the page fills in nothing.
fn plain(word: Option<Word>, table: &Table<'_>) -> Text {
    checked(word, table, &[])
}

/// Text in which the page fills in settings.
fn filled(word: Option<Word>, table: &Table<'_>) -> Text {
    checked(word, table, &SETTINGS)
}

fn checked(word: Option<Word>, table: &Table<'_>, known: &[&str]) -> Text {
    if let Some(word) = &word {
        check_placeholders(table.source, word, known);
    }
    word.map(|word| word.text).unwrap_or_default().as_str().into()
}

/// Whatever stands in braces must be something that the page fills in.
fn check_placeholders(source: Source<'_>, word: &Word, known: &[&str]) {
    let mut rest = word.text.as_str();
    while let Some(open) = rest.find('{') {
        let tail = rest.get(open..).unwrap_or_default();
        let end = tail.find('}').map_or(tail.len(), |close| close + 1);
        let placeholder = tail.get(..end).unwrap_or_default();
        if !known.contains(&placeholder) {
            let known =
                if known.is_empty() { "nothing is".to_owned() } else { format!("known are {}", known.join(", ")) };
            source.problem(word.at, format!("{placeholder} is not filled in here; {known}"));
        }
        rest = tail.get(end..).unwrap_or_default();
    }
    if word.text.contains('<') || holds_entity(&word.text) {
        source.problem(word.at, "HTML would be shown as it stands; write plain text, without < and &name;");
    }
}

/// Whether the text holds something like `&amp;` or `&#160;`.
fn holds_entity(text: &str) -> bool {
    text.split('&')
        .skip(1)
        .filter_map(|after| after.split_once(';'))
        .any(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#'))
}
