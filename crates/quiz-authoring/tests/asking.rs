//! How the shipped content asks: what is said when a question is left without an answer, why each is asked, and where
//! somebody can say that they are not sure.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use quiz_authoring::Content;
use quiz_engine::{Logic, Question, QuestionWords};
use regex::Regex;

/// Of a language: words that tell somebody what to do, words that blame or beg, and how options are quoted.
struct Manner {
    does: &'static str,
    never: &'static str,
    quoted: &'static str,
    not_sure: &'static str,
}

fn manner(language: &str) -> Manner {
    match language {
        "en" => Manner {
            does: r"^Choose\b",
            never: r"(?i)\b(in)?valid\b|\bplease\b|\bwrong\b|\bmust\b|\bfailed\b|\bsorry\b",
            quoted: "\"([^\"]+)\"",
            not_sure: r"(?i)\bnot sure\b",
        },
        "es" => Manner {
            does: r"^(Para seguir, e|E)lija\b|^Marque\b",
            never: r"(?i)\b(in)?v[áa]lid[oa]s?\b|\bpor favor\b|\bincorrect[oa]s?\b|\bdebe\b|\bfall[óo]\b|\blo sentimos\b",
            quoted: "“([^”]+)”",
            not_sure: r"(?i)\bno sé\b",
        },
        other => panic!("{other} needs its manner of asking"),
    }
}

/// The options that say so.
const NOT_SURE: [&str; 2] = ["not_sure", "unsure"];

/// Questions to which "I'm not sure" is no answer, and why.
const KNOWN: [(&str, &str); 16] = [
    ("age", "whoever answers knows which of six wide bands it is"),
    ("guardian", "it is a fact of this moment, and one can go on either way"),
    ("rf_now", "each is felt, seen or was told, and to hesitate is no sign: it would send everybody to emergency care"),
    ("rf_body", "each is felt or was told; the specification (clinical.md) has none, and a clinician is asked to look"),
    ("location", "it is felt, and a figure helps to find it"),
    ("duration", "four wide bands, counted from the first pain"),
    ("pattern", "it is noticed or it is not: `none` is the true answer of somebody who has noticed nothing"),
    ("activity", "it is a memory of what was done a lot, and `none` is always possible"),
    ("peg_p", "the PEG scale was tested with its eleven numbers alone (krebs2009)"),
    ("peg_e", "the PEG scale was tested with its eleven numbers alone (krebs2009)"),
    ("peg_g", "the PEG scale was tested with its eleven numbers alone (krebs2009)"),
    ("treatments", "it is what one did, and `none` is always possible"),
    ("treat_time", "four wide bands of what one did"),
    ("treat_result", "it is how one feels now"),
    ("health", "it decides no tier, only which cautions stand in the guidance; `none` says that nothing is known"),
    ("goal", "it can be skipped"),
];

fn content() -> Content {
    Content::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/pars-defect")).unwrap()
}

/// Each question with its words, in each language, under the language's code.
fn words(content: &Content) -> Vec<(&str, &Question, &QuestionWords)> {
    let of = |language: &'_ quiz_authoring::Language| language.code.clone();
    assert!(content.languages.len() > 1, "{:?}", content.languages.iter().map(of).collect::<Vec<_>>());
    let pairs = |language| pairs_of(&content.logic, language);
    content.languages.iter().flat_map(pairs).collect()
}

fn pairs_of<'a>(
    logic: &'a Logic,
    language: &'a quiz_authoring::Language,
) -> impl Iterator<Item = (&'a str, &'a Question, &'a QuestionWords)> {
    let words = &language.pack.words.questions;
    assert_eq!(words.len(), logic.questions.len());
    logic.questions.iter().zip(words).map(|(question, words)| (language.code.as_str(), question, words))
}

/// What is wrong with an error's text.
fn flaws(language: &str, error: &str, options: &BTreeSet<&str>) -> Vec<String> {
    let Manner { does, never, quoted, .. } = manner(language);
    let mut flaws = Vec::new();
    if !Regex::new(does).unwrap().is_match(error) {
        flaws.push("it does not say what to do".to_owned());
    }
    if let Some(found) = Regex::new(never).unwrap().find(error) {
        flaws.push(format!("it says {:?}", found.as_str()));
    }
    for quote in Regex::new(quoted).unwrap().captures_iter(error) {
        let option = quote.get(1).unwrap().as_str();
        if !options.contains(option) {
            flaws.push(format!("no option is {option:?}"));
        }
    }
    flaws
}

#[test]
fn every_error_says_what_to_do_and_neither_blames_nor_begs() {
    let content = content();
    for (language, question, words) in words(&content) {
        let options: BTreeSet<&str> = words.options.iter().map(|option| &**option).collect();
        assert_eq!(flaws(language, &words.error, &options), Vec::<String>::new(), "{language}, {}", question.id);
    }
}

#[test]
fn a_text_that_blames_begs_or_names_no_option_is_found() {
    let options = BTreeSet::from(["None of these"]);
    assert_eq!(flaws("en", "Choose what fits, or \"None of these\", to go on.", &options), Vec::<String>::new());
    for wrong in ["Invalid answer.", "Choose one, please.", "An answer is missing.", "Choose \"Nothing\" to go on."] {
        assert!(!flaws("en", wrong, &options).is_empty(), "{wrong}");
    }
    for wrong in ["Respuesta no válida.", "Elija una, por favor.", "Falta una respuesta.", "Elija “Nada” para seguir."]
    {
        assert!(!flaws("es", wrong, &options).is_empty(), "{wrong}");
    }
}

#[test]
fn the_summary_of_errors_neither_blames_nor_begs() {
    for language in &content().languages {
        let never = Regex::new(manner(&language.code).never).unwrap();
        for phrase in [quiz_engine::Phrase::ErrorPrefix, quiz_engine::Phrase::ErrorSummaryTitle] {
            let text = language.pack.words.phrase(phrase);
            assert!(!text.is_empty() && !never.is_match(&text), "{}: {text}", language.code);
        }
    }
}

#[test]
fn every_question_says_in_a_sentence_or_two_why_it_is_asked() {
    let content = content();
    for (language, question, words) in words(&content) {
        let why = words.why.trim();
        let sentences = why.matches(". ").count() + 1;
        assert!(why.len() > 20 && why.ends_with('.') && sentences <= 2, "{language}, {}: {why:?}", question.id);
    }
}

#[test]
fn somebody_who_is_not_sure_can_say_so_wherever_that_is_a_true_answer() {
    let content = content();
    let reasons = BTreeMap::from(KNOWN);
    let mut with_option = BTreeSet::new();
    for (language, question, words) in words(&content) {
        let place = question.options.iter().position(|option| NOT_SURE.contains(&&*option.id));
        let is_reasoned = reasons.contains_key(&*question.id);
        assert!(place.is_some() != is_reasoned, "{}: either the option, or the reason why not", question.id);
        let Some(place) = place else { continue };
        with_option.insert(question.id.to_string());
        let label = words.options.get(place).unwrap();
        let says = Regex::new(manner(language).not_sure).unwrap();
        assert!(says.is_match(label), "{language}, {}: {label}", question.id);
    }
    let questions: BTreeSet<&str> = content.logic.questions.iter().map(|question| &*question.id).collect();
    for (id, reason) in KNOWN {
        assert!(questions.contains(id) && !reason.is_empty(), "{id} is no question any more");
    }
    assert_eq!(with_option.len() + KNOWN.len(), questions.len());
    assert_eq!(reasons.len(), KNOWN.len(), "each question once");
}
