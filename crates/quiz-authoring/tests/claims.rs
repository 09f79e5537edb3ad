//! What no text may claim, in any language: no promise, no percentage, no diagnosis, no candidacy.
//!
//! The lists in `claims/` are reviewed by people and find wordings, not meanings: a text that passes can still claim
//! too much. Where a claim is quoted to be questioned, or denied, an exception names the place and the very words.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use quiz_authoring::{Content, Place, Said, texts};
use regex::{Regex, RegexBuilder};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    pattern: String,
    finds: String,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    #[serde(rename = "in")]
    place: String,
    says: String,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(rename = "claim")]
    claims: Vec<Claim>,
    #[serde(rename = "exception")]
    exceptions: Vec<Exception>,
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn content() -> Content {
    Content::load(&repository("content/pars-defect")).unwrap()
}

fn list(language: &str) -> List {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/claims/{language}.toml"));
    let text =
        fs::read_to_string(&file).unwrap_or_else(|_| panic!("{language} needs a list of what may not be claimed"));
    toml::from_str(&text).unwrap()
}

fn pattern(claim: &Claim) -> Regex {
    RegexBuilder::new(&claim.pattern).case_insensitive(true).build().unwrap()
}

/// A text with its place, as exceptions name it.
fn placed(said: Said) -> (String, String) {
    let place = serde_json::to_value(said.place).unwrap();
    (format!("{} {}", place.as_str().unwrap(), said.id), said.text)
}

/// The texts of the demonstration page: a visitor reads them around the check.
fn site() -> Vec<(String, String)> {
    let pages = ["site/index.html", "site/plain.html", "site/contact.html"];
    pages.iter().map(|page| ("site".to_owned(), without_tags(&fs::read_to_string(repository(page)).unwrap()))).collect()
}

fn without_tags(html: &str) -> String {
    let tags = Regex::new("(?s)<(script|style).*?</(script|style)>|<[^>]*>").unwrap();
    let text = tags.replace_all(html, " ").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that is read in a language, by place.
fn everything(content: &Content, code: &str) -> Vec<(String, String)> {
    let language = content.languages.iter().find(|language| language.code == code).unwrap();
    let mut all: Vec<_> = texts(content, language).into_iter().map(placed).collect();
    if code == "en" {
        all.extend(site());
    }
    all
}

/// Whether an exception covers what stands between these bytes of a text.
fn is_excepted(list: &List, place: &str, text: &str, found: std::ops::Range<usize>) -> bool {
    list.exceptions.iter().filter(|exception| exception.place == place).any(|exception| {
        text.match_indices(&exception.says).any(|(start, says)| start <= found.start && found.end <= start + says.len())
    })
}

/// The words around what was found.
fn around(text: &str, found: &std::ops::Range<usize>) -> String {
    let before: Vec<&str> = text[..found.start].rsplit(' ').take(12).collect();
    let after: Vec<&str> = text[found.end..].split(' ').take(12).collect();
    let before: Vec<&str> = before.into_iter().rev().collect();
    format!("{}{}{}", before.join(" "), &text[found.clone()], after.join(" "))
}

/// What the texts claim and may not.
fn claimed(list: &List, texts: &[(String, String)]) -> Vec<String> {
    let mut all = Vec::new();
    for claim in &list.claims {
        let pattern = pattern(claim);
        for (place, text) in texts {
            for found in pattern.find_iter(text).filter(|found| !is_excepted(list, place, text, found.range())) {
                all.push(format!(
                    "{place}: “{}” in “{}” ({})",
                    found.as_str(),
                    around(text, &found.range()),
                    claim.why
                ));
            }
        }
    }
    all
}

#[test]
fn no_text_makes_a_forbidden_claim() {
    let content = content();
    for language in &content.languages {
        let claimed = claimed(&list(&language.code), &everything(&content, &language.code));
        assert!(claimed.is_empty(), "{}:\n{}", language.code, claimed.join("\n"));
    }
}

#[test]
fn every_pattern_finds_what_it_is_for() {
    for language in ["en", "es"] {
        for claim in list(language).claims {
            assert!(
                pattern(&claim).is_match(&claim.finds),
                "{language}: {} does not find {}",
                claim.pattern,
                claim.finds
            );
            assert!(!claim.why.is_empty());
        }
    }
}

#[test]
fn every_exception_is_still_needed() {
    let content = content();
    for language in &content.languages {
        let list = list(&language.code);
        let texts = everything(&content, &language.code);
        let patterns: Vec<Regex> = list.claims.iter().map(pattern).collect();
        for exception in &list.exceptions {
            assert!(!exception.why.is_empty());
            let is_there =
                texts.iter().any(|(place, text)| *place == exception.place && text.contains(&exception.says));
            let is_needed = is_there && patterns.iter().any(|pattern| pattern.is_match(&exception.says));
            assert!(is_needed, "{}: {}: {}", language.code, exception.place, exception.says);
        }
    }
}

#[test]
fn a_claim_is_found_beside_an_exception_and_in_another_place() {
    let list = list("en");
    let excepted = "Not everyone is a candidate.";
    let at = |place: &str, text: &str| claimed(&list, &[(place.to_owned(), text.to_owned())]).len();
    assert_eq!(at("section surgery_basics", excepted), 0);
    assert_eq!(at("section surgery_basics", &format!("{excepted} You are a candidate.")), 1);
    assert_eq!(at("section self_care", excepted), 1);
}

#[test]
fn the_claims_of_the_original_brief_that_the_specification_questions_are_found() {
    let list = list("en");
    for claim in [
        "No lengthy recovery^",
        "a more effective alternative",
        "accomplishes the same results",
        "an outpatient procedure",
        "determine your candidacy",
        "Board-certified surgeons+",
        "imperfect healing",
    ] {
        let texts = [("section x".to_owned(), claim.to_owned())];
        assert!(!claimed(&list, &texts).is_empty(), "{claim}");
    }
}

#[test]
fn every_source_of_a_section_stands_in_the_pages_own_list() {
    let content = content();
    for language in &content.languages {
        let listed = language.leaflet.split_once("<section data-source-list>").unwrap().1;
        let mut cited = 0;
        for section in &language.sections {
            for key in &section.cited {
                cited += 1;
                let (number, entry) = content.material.source(key).unwrap();
                let item = format!("<li value=\"{number}\" data-source=\"{}\"", entry.key);
                assert!(listed.contains(&item), "{} {} {key}", language.code, section.title);
                assert!(section.html.contains(&format!("[{number}]</sup>")), "{} {key}", section.title);
            }
        }
        assert!(cited > 50, "{}: {cited} citations", language.code);
    }
}

#[test]
fn sources_are_text_and_lead_nowhere() {
    let content = content();
    let scheme = Regex::new(r"(?i)\b[a-z]+://|\bwww\.|mailto:").unwrap();
    for entry in &content.material.sources {
        assert!(!scheme.is_match(&entry.locator) && !scheme.is_match(&entry.citation), "{}", entry.key);
    }
    for language in &content.languages {
        // The only link in guidance calls the emergency number.
        let links = language.leaflet.matches("<a ").count();
        assert_eq!(links, language.leaflet.matches(quiz_authoring::EMERGENCY_LINK).count(), "{}", language.code);
        let said = texts(&content, language);
        let sources = said.iter().filter(|said| said.place == Place::Source).count();
        assert_eq!(sources, 2 * content.material.sources.len(), "citation and locator of each are among the texts");
    }
}
