//! How hard the texts are to read, measured by textstat.
//!
//! English: a Flesch-Kincaid grade of at most 8, what somebody can read after eight years of school. Spanish: an index
//! of Fernández Huerta of at least 60. The two say about the same. The grade of Flesch-Kincaid and Flesch's Reading
//! Ease are made of the same two figures, words in a sentence and syllables in a word, and "plain English", 60 to 70
//! in Reading Ease, is what grades eight and nine read. The index of Fernández Huerta is Reading Ease fitted anew to
//! Spanish, whose words have more syllables, so that the same bands mean the same schooling: 60 to 70 is "normal".
//! No formula knows whether a text is understood: people have to be asked for that.
//!
//! textstat takes syllables of English words from a dictionary of sounds. Spanish ones it counts by where a word may
//! be hyphenated, which misses a vowel that stands alone at either end: its figures are a few points too kind.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use e2e::{quiz, run_python};
use serde_json::Value;

/// A language, and what its texts may reach.
#[derive(Clone, Copy)]
enum Bound {
    /// At most this grade.
    Grade(f64),
    /// At least this ease.
    Ease(f64),
}

const BOUNDS: [(&str, Bound); 2] = [("en", Bound::Grade(8.0)), ("es", Bound::Ease(60.0))];

/// A rule's sentence stands alone on the page, and a formula for whole texts says little of one sentence; this keeps a
/// single one from going out of hand.
const BOUNDS_OF_ONE_SENTENCE: [(&str, Bound); 2] = [("en", Bound::Grade(12.0)), ("es", Bound::Ease(45.0))];

impl Bound {
    fn allows(self, score: f64) -> bool {
        match self {
            Self::Grade(most) => score <= most,
            Self::Ease(least) => score >= least,
        }
    }
}

/// The texts of each language, as `cargo quiz texts` gives them.
fn languages() -> BTreeMap<String, Vec<Value>> {
    let printed = quiz(&["texts", "content/pars-defect"], "").unwrap();
    let all: Vec<Value> = serde_json::from_str(&printed).unwrap();
    let one = |language: &Value| {
        (language["language"].as_str().unwrap().to_owned(), language["texts"].as_array().unwrap().clone())
    };
    all.iter().map(one).collect()
}

/// What is read in one go: a question with all that belongs to it, a section, title and description of a figure, what
/// an advice says. Rules are measured in groups, by the first letter of their ids, which is how urgent they are: each
/// is a single sentence, and the formula is about texts of some length. Four letters have so few rules that they are
/// one group.
fn unit(text: &Value) -> Option<String> {
    let (place, id) = (text["place"].as_str().unwrap(), text["id"].as_str().unwrap());
    match place {
        "question" if ["short", "error"].contains(&text["part"].as_str().unwrap()) => None,
        "figure" if text["part"].as_str().unwrap().starts_with("label ") => None,
        "question" | "section" | "advice" | "figure" => Some(format!("{place} {id}")),
        "rule" => match &id[..1] {
            letter @ ("E" | "U" | "C") => Some(format!("rules {letter}")),
            _ => Some("other rules".to_owned()),
        },
        "note" | "contact" | "interface" => Some(format!("all of {place}")),
        _ => None,
    }
}

/// The text as a sentence. A label or heading without a full stop would run into the next one, and the point in 4.4
/// would end a sentence; both would falsify the length.
fn as_sentence(text: &str) -> String {
    let letters: Vec<char> = text.trim().chars().collect();
    let digit = |index: usize| letters.get(index).is_some_and(char::is_ascii_digit);
    let is_point =
        |index: usize| ['.', ','].contains(&letters[index]) && index > 0 && digit(index - 1) && digit(index + 1);
    let kept = (0..letters.len()).filter(|index| !is_point(*index)).map(|index| letters[index]);
    let sentence: String = kept.collect();
    if sentence.ends_with(['.', '!', '?']) { sentence } else { format!("{}.", sentence.trim_end_matches(':')) }
}

fn grouped(texts: &[Value], name: impl Fn(&Value) -> Option<String>) -> BTreeMap<String, String> {
    let mut units = BTreeMap::new();
    for text in texts {
        let Some(name) = name(text) else { continue };
        let unit: &mut String = units.entry(name).or_default();
        unit.push_str(&as_sentence(text["text"].as_str().unwrap()));
        unit.push(' ');
    }
    units
}

fn scores(language: &str, texts: &BTreeMap<String, String>) -> BTreeMap<String, f64> {
    let printed = run_python("reading_level.py", &[language], &serde_json::to_string(texts).unwrap()).unwrap();
    serde_json::from_str(&printed).unwrap()
}

/// Names of what is too hard, with the score.
fn too_hard(language: &str, bound: Bound, texts: &BTreeMap<String, String>) -> Vec<String> {
    let scores = scores(language, texts);
    assert_eq!(scores.len(), texts.len(), "every text has a score");
    scores
        .iter()
        .filter(|(_, score)| !bound.allows(**score))
        .map(|(name, score)| format!("{name}: {score:.1}"))
        .collect()
}

#[test]
fn every_language_has_a_bound() {
    for language in languages().keys() {
        assert!(BOUNDS.iter().any(|(code, _)| code == language), "how hard may {language} be?");
    }
}

#[test]
fn no_question_section_or_outcome_is_too_hard_to_read() {
    let languages = languages();
    for (language, bound) in BOUNDS {
        let Some(texts) = languages.get(language) else { continue };
        let units = grouped(texts, unit);
        assert!(units.len() > 50, "{language}: {} units", units.len());
        assert_eq!(too_hard(language, bound, &units), Vec::<String>::new(), "{language}");
    }
}

#[test]
fn no_rules_sentence_is_far_too_hard_by_itself() {
    let languages = languages();
    for (language, bound) in BOUNDS_OF_ONE_SENTENCE {
        let Some(texts) = languages.get(language) else { continue };
        let sentences =
            grouped(texts, |text| (text["place"] == "rule").then(|| text["id"].as_str().unwrap().to_owned()));
        assert_eq!(too_hard(language, bound, &sentences), Vec::<String>::new(), "{language}");
    }
}

/// Texts that are known to be hard, and the same said simply.
const CONTROLS: [(&str, &str, &str); 2] = [
    (
        "en",
        "Notwithstanding radiographically demonstrable consolidation, symptomatic individuals necessitate \
         multidisciplinary reevaluation prior to contemplating instrumented arthrodesis of the lumbosacral junction.",
        "The scan may look fine. If it still hurts, see your team again. Do that before you think about surgery.",
    ),
    (
        "es",
        "No obstante la consolidación radiográficamente demostrable, las personas sintomáticas requieren una reevaluación \
         multidisciplinaria previa a la consideración de una artrodesis instrumentada de la articulación lumbosacra.",
        "La imagen puede verse bien. Si aún le duele, vuelva a ver a su equipo. Hágalo antes de pensar en una cirugía.",
    ),
];

#[test]
fn a_hard_text_is_too_hard_and_the_same_said_simply_is_not() {
    for ((language, bound), (_, hard, simple)) in BOUNDS.into_iter().zip(CONTROLS) {
        let texts = BTreeMap::from([("hard".to_owned(), hard.to_owned()), ("simple".to_owned(), simple.to_owned())]);
        let found = too_hard(language, bound, &texts);
        assert!(matches!(found.as_slice(), [only] if only.starts_with("hard")), "{language}: {found:?}");
    }
}

#[test]
fn a_hard_text_in_a_sections_place_is_found() {
    for ((language, bound), (_, hard, _)) in BOUNDS.into_iter().zip(CONTROLS) {
        let section = serde_json::json!({"place": "section", "id": "imaging", "part": "paragraph 1", "text": hard});
        let found = too_hard(language, bound, &grouped(&[section], unit));
        assert!(found[0].starts_with("section imaging: "), "{language}: {found:?}");
    }
}

#[test]
fn points_in_numbers_and_missing_full_stops_falsify_no_sentence() {
    assert_eq!(as_sentence("Found in 4.4% of 1,025 people."), "Found in 44% of 1025 people.");
    assert_eq!(as_sentence("Below the knee"), "Below the knee.");
    assert_eq!(as_sentence("It may include:"), "It may include.");
}
