//! The schemas in `schema/`, by which editors complete the TOML of a content folder, say what the reader says.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::{files_of, shipped, sound, sound_with_numbers};
use jsonschema::Validator;
use quiz_authoring::Content;
use regex::Regex;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A schema with the names, in a content folder, of the files that it is for.
struct Schema {
    name: String,
    files: Regex,
    value: Value,
    validator: Validator,
}

/// The schemas, as `.taplo.toml` tells them to editors.
fn schemas() -> Vec<Schema> {
    let rules: toml::Table = fs::read_to_string(root().join(".taplo.toml")).unwrap().parse().unwrap();
    rules["rule"].as_array().unwrap().iter().map(schema).collect()
}

fn schema(rule: &toml::Value) -> Schema {
    let name = rule["schema"]["path"].as_str().unwrap().to_owned();
    let glob = rule["include"][0].as_str().unwrap().strip_prefix("content/*/").unwrap();
    let files = Regex::new(&format!("^{}$", glob.replace('.', r"\.").replace('*', "[^/]+"))).unwrap();
    let value: Value = serde_json::from_str(&fs::read_to_string(root().join(&name)).unwrap()).unwrap();
    let validator = jsonschema::draft7::new(&value).unwrap();
    Schema { name, files, value, validator }
}

impl Schema {
    fn refuses(&self, text: &str) -> Option<String> {
        let Ok(table) = text.parse::<toml::Table>() else { return None };
        let value = serde_json::to_value(table).unwrap();
        let errors: Vec<String> =
            self.validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path)).collect();
        (!errors.is_empty()).then(|| errors.join("\n"))
    }
}

/// The TOML files of a content folder, each with its schema.
fn with_schemas<'a>(schemas: &'a [Schema], folder: &Path) -> Vec<(String, String, Option<&'a Schema>)> {
    let is_toml = |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "toml");
    let files = files_of(folder).into_iter().filter(|(name, _)| is_toml(name));
    files
        .map(|(name, text)| {
            let schema = schemas.iter().find(|schema| schema.files.is_match(&name));
            (name, text, schema)
        })
        .collect()
}

#[test]
fn every_toml_file_of_the_quizzes_has_a_schema_and_meets_it() {
    let schemas = schemas();
    let numbers = sound_with_numbers();
    for folder in [shipped(), root().join("content/prevention-check"), sound(), numbers.path().to_owned()] {
        for (name, text, schema) in with_schemas(&schemas, &folder) {
            let schema = schema.unwrap_or_else(|| panic!("{name} has no schema in .taplo.toml"));
            assert_eq!(schema.refuses(&text), None, "{}: {name}", folder.display());
        }
    }
}

#[test]
fn what_a_schema_refuses_is_a_mistake_and_each_schema_refuses_some() {
    let schemas = schemas();
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in fs::read_dir(root().join("content-broken")).unwrap().map(Result::unwrap) {
        if !entry.path().is_dir() {
            continue;
        }
        let expected = fs::read_to_string(entry.path().with_extension("expected")).unwrap();
        for (name, text, schema) in with_schemas(&schemas, &entry.path()) {
            if let Some((schema, errors)) = schema.and_then(|schema| Some((schema, schema.refuses(&text)?))) {
                *refused.entry(&schema.name).or_default() += 1;
                assert!(expected.contains(&format!("{name}:")), "{}: {name}: {errors}", entry.path().display());
            }
        }
    }
    let all: BTreeSet<&str> = schemas.iter().map(|schema| schema.name.as_str()).collect();
    assert_eq!(refused.keys().copied().collect::<BTreeSet<_>>(), all, "{refused:?}");
}

#[test]
fn an_unknown_key_and_a_value_of_the_wrong_kind_are_refused_by_every_schema() {
    let schemas = schemas();
    let mut tried = BTreeSet::new();
    for (name, text, schema) in with_schemas(&schemas, &shipped()) {
        let schema = schema.unwrap();
        let text = if name == "review.toml" { SIGNED.to_owned() } else { text };
        let (first, rest) = text.split_once(" = \"").unwrap();
        let (_, rest) = rest.split_once('\n').unwrap();
        for change in ["zz = 1\n", " = 1979-05-27\n"] {
            let key =
                if change.starts_with(' ') { first } else { text.split_at(first.rfind('\n').map_or(0, |at| at + 1)).0 };
            assert!(schema.refuses(&format!("{key}{change}{rest}")).is_some(), "{name} with {change}");
        }
        tried.insert(schema.name.as_str());
    }
    assert_eq!(tried.len(), schemas.len());
}

const SIGNED: &str = "[[review]]\nreviewer = \"A. Doe\"\ndate = \"2026-05-01\"\nhash = \"0\"\n";

/// For each table of a schema, by its place there, the keys that the reader says are known in it.
type Known = BTreeMap<String, BTreeSet<String>>;

/// Goes through a file and its schema together.
struct Walk<'a> {
    schema: &'a Value,
    /// The places of tables in the schema that were met.
    met: Vec<String>,
}

impl Walk<'_> {
    /// Puts a key that nobody knows into every table with a fixed set of keys. It is named after its place.
    fn spoil(&mut self, value: &mut toml::Value, place: &str) {
        let place = self.resolved(place);
        let Some(node) = self.schema.pointer(&place).filter(|node| node["title"] != "Condition") else { return };
        match value {
            toml::Value::Array(values) => {
                for value in values {
                    self.spoil(value, &format!("{place}/items"));
                }
            }
            toml::Value::Table(table) => {
                for (key, value) in table.iter_mut() {
                    self.spoil(value, &self.place_of(&place, key));
                }
                if node["additionalProperties"] == false {
                    table.insert(format!("zz{}", self.number(&place)), toml::Value::Integer(1));
                }
            }
            _ => {}
        }
    }

    /// Takes a key out of the first table that has it at this place of the schema, and tells whether there is one.
    fn take_out(&self, value: &mut toml::Value, place: &str, wanted: (&str, &str)) -> bool {
        let place = self.resolved(place);
        match value {
            toml::Value::Array(values) => {
                values.iter_mut().any(|value| self.take_out(value, &format!("{place}/items"), wanted))
            }
            toml::Value::Table(table) if place == wanted.0 => table.remove(wanted.1).is_some(),
            toml::Value::Table(table) => {
                table.iter_mut().any(|(key, value)| self.take_out(value, &self.place_of(&place, key), wanted))
            }
            _ => false,
        }
    }

    /// The place that a reference leads to.
    fn resolved(&self, place: &str) -> String {
        let node = self.schema.pointer(place).unwrap_or(&Value::Null);
        let reference = node["$ref"].as_str().or_else(|| node["allOf"][0]["$ref"].as_str());
        reference.map_or_else(|| place.to_owned(), |reference| reference.trim_start_matches('#').to_owned())
    }

    /// The place of a key's value in the table at this place.
    fn place_of(&self, place: &str, key: &str) -> String {
        let own = format!("{place}/properties/{key}");
        let is_own = self.schema.pointer(&own).is_some();
        if is_own { own } else { format!("{place}/additionalProperties") }
    }

    fn number(&mut self, place: &str) -> usize {
        let found = self.met.iter().position(|met| met == place);
        found.unwrap_or_else(|| {
            self.met.push(place.to_owned());
            self.met.len() - 1
        })
    }
}

/// What the reader knows in each table of the files of a schema.
fn known_in(schema: &Schema, folder: &Path) -> Known {
    let mut known = Known::new();
    let files = files_of(folder);
    for (spoiled, text) in files.iter().filter(|(name, _)| schema.files.is_match(name)) {
        let mut walk = Walk { schema: &schema.value, met: Vec::new() };
        let text = if spoiled == "review.toml" { SIGNED } else { text };
        let mut value = toml::Value::Table(text.parse().unwrap());
        walk.spoil(&mut value, "");
        let text = toml::to_string(&value).unwrap();
        let said = problems_of(&files, spoiled, &text);
        for (number, place) in walk.met.iter().enumerate() {
            let start = format!("`zz{number}` is not known here; known are ");
            let lists = said.iter().filter_map(|message| message.strip_prefix(&start));
            let keys: BTreeSet<String> = lists.flat_map(|list| list.split(", ")).map(str::to_owned).collect();
            assert!(!keys.is_empty(), "{spoiled}: the reader takes any key at {place}\n{}", said.join("\n"));
            known.entry(place.clone()).or_default().extend(keys);
        }
    }
    known
}

/// What is said of one file of a content folder if it has another text.
fn problems_of(files: &[(String, String)], changed: &str, text: &str) -> Vec<String> {
    let text_of =
        |(name, own): &(String, String)| (name.clone(), if name == changed { text.to_owned() } else { own.clone() });
    let problems = Content::of_files(files.iter().map(text_of)).err().unwrap_or_default();
    problems.into_iter().filter(|problem| problem.file == changed).map(|problem| problem.message).collect()
}

/// Every table of a schema with a fixed set of keys, but for conditions and for the phrases of the page.
fn tables_of(schema: &Value) -> Known {
    let mut tables = Known::new();
    let mut places = vec![String::new()];
    while let Some(place) = places.pop() {
        let node = schema.pointer(&place).unwrap();
        if node["title"] == "Condition" {
            continue;
        }
        if node["additionalProperties"] == false {
            tables.insert(place.clone(), node["properties"].as_object().unwrap().keys().cloned().collect());
        }
        if let Some(children) = node.as_object() {
            places.extend(children.keys().map(|key| format!("{place}/{key}")));
        }
    }
    tables
}

#[test]
fn the_keys_of_each_table_are_those_that_the_reader_knows() {
    for schema in schemas().iter().filter(|schema| !schema.name.contains("interface")) {
        let mut known = known_in(schema, &shipped());
        let numbers = sound_with_numbers();
        for (place, keys) in known_in(schema, &sound()).into_iter().chain(known_in(schema, numbers.path())) {
            known.entry(place).or_default().extend(keys);
        }
        assert_eq!(known, tables_of(&schema.value), "{}", schema.name);
    }
}

#[test]
fn a_key_that_a_schema_requires_is_one_that_the_reader_misses() {
    for schema in schemas().iter().filter(|schema| !schema.name.contains("interface")) {
        for (place, _) in tables_of(&schema.value) {
            let required = schema.value.pointer(&place).unwrap()["required"].as_array().cloned().unwrap_or_default();
            for key in required.iter().map(|key| key.as_str().unwrap()) {
                assert!(misses(schema, &place, key), "{}: {place} without {key}", schema.name);
            }
        }
    }
}

/// Whether the reader finds a mistake where a key is taken out of the first table of its kind.
fn misses(schema: &Schema, place: &str, key: &str) -> bool {
    [sound(), shipped()].iter().any(|folder| {
        let files = files_of(folder);
        let of_schema = files.iter().filter(|(name, _)| schema.files.is_match(name));
        of_schema.into_iter().any(|(name, text)| {
            let text = if name == "review.toml" { SIGNED } else { text };
            let mut value = toml::Value::Table(text.parse().unwrap());
            let walk = Walk { schema: &schema.value, met: Vec::new() };
            walk.take_out(&mut value, "", (place, key)) && {
                !problems_of(&files, name, &toml::to_string(&value).unwrap()).is_empty()
            }
        })
    })
}

#[test]
fn the_phrases_of_the_page_are_those_that_the_reader_asks_for() {
    let schemas = schemas();
    let schema = schemas.iter().find(|schema| schema.name.contains("interface")).unwrap();
    let said = problems_of(&files_of(&sound()), "lang/en/interface.toml", "");
    let phrase =
        |message: &String| Some(message.strip_prefix("the phrase `")?.strip_suffix("` is missing")?.to_owned());
    let asked: BTreeSet<String> = said.iter().filter_map(phrase).collect();
    let required = schema.value["required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap().to_owned());
    assert_eq!(asked, required.collect());
    assert_eq!(asked, schema.value["properties"].as_object().unwrap().keys().cloned().collect());
    assert!(schema.refuses("zz = \"\"").is_some());
}

/// What is said of a condition in place of one of the sound quiz.
fn said_of(condition: &str) -> Vec<String> {
    let files = files_of(&sound());
    let (_, quiz) = files.iter().find(|(name, _)| name == "quiz.toml").unwrap();
    let sound = "soaked = { all = [\"wet\", \"gear.none\"] }";
    assert!(quiz.contains(sound));
    problems_of(&files, "quiz.toml", &quiz.replace(sound, &format!("soaked = {condition}")))
}

/// A list of words with commas between them, in one of the messages.
fn list_in(messages: &[String], before: &str, after: &str) -> BTreeSet<String> {
    let found = messages.iter().find_map(|message| Some(message.split_once(before)?.1.split_once(after)?.0));
    let list = found.unwrap_or_else(|| panic!("no {before:?} in {messages:?}")).replace(" or ", ", ");
    list.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_operators_of_a_condition_are_those_that_the_reader_knows() {
    let schemas = schemas();
    let condition = |name: &str| {
        let schema = schemas.iter().find(|schema| schema.name.contains(name)).unwrap();
        schema.value["definitions"]["condition"].clone()
    };
    assert_eq!(condition("quiz"), condition("properties"));
    let condition = condition("quiz");
    let operators = list_in(&said_of("{ zz = 1 }"), "one operator: ", ";");
    let mut known = operators.clone();
    for (operator, value) in [
        ("of", "[\"wet\"]"),
        ("number", "\"wind\""),
        ("sum", "[\"wind\"]"),
        ("mean", "[\"wind\"]"),
        ("count", "\"gear\""),
    ] {
        let said = said_of(&format!("{{ {operator} = {value}, zz = 1 }}"));
        let beside = list_in(&[format!("{}.", said[0])], "known are ", ".");
        let names = condition["dependencies"][operator]["propertyNames"]["enum"].as_array().unwrap();
        assert_eq!(beside, names.iter().map(|name| name.as_str().unwrap().to_owned()).collect(), "{operator}");
        known.extend(beside);
    }
    for alone in ["all", "any", "not", "answered", "unanswered"] {
        assert_eq!(condition["dependencies"][alone]["maxProperties"], 1, "{alone}");
        assert_eq!(list_in(&said_of(&format!("{{ {alone} = 1, zz = 1 }}")), "one operator: ", ";"), operators);
    }
    assert_eq!(condition["properties"].as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>(), known);
}

#[test]
fn the_words_to_choose_from_are_those_that_the_reader_names() {
    let schemas = schemas();
    for (file, from, pointer) in [
        ("quiz.toml", "kind = \"one\"", "/definitions/question/properties/kind/enum"),
        ("sources.toml", "kind = \"reference\"", "/additionalProperties/properties/kind/enum"),
        ("lang/en/language.toml", "direction = \"ltr\"", "/properties/direction/enum"),
    ] {
        let files = files_of(&sound());
        let (_, text) = files.iter().find(|(name, _)| name == file).unwrap();
        let key = from.split(' ').next().unwrap();
        let said = problems_of(&files, file, &text.replacen(from, &format!("{key} = \"zz\""), 1));
        let schema = schemas.iter().find(|schema| schema.files.is_match(file)).unwrap();
        let words: Vec<&str> = schema
            .value
            .pointer(pointer)
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|word| word.as_str().unwrap())
            .collect();
        let said = said.join("\n").replace(" or ", ", ");
        assert!(said.contains(&words.join(", ")), "{file}: {words:?}\n{said}");
    }
}
