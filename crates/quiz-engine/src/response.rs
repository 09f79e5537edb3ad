//! The answers as a `QuestionnaireResponse` of FHIR R4.
//!
//! The JSON is written by hand: every byte of the engine is downloaded, and a library for it would weigh more than all
//! of this.

use crate::Text;
use crate::answers::{Answer, Answers, Effective};
use crate::logic::{Logic, Question, Rule};
use crate::number::write_number;
use crate::pack::Pack;
use crate::path::Path;
use crate::words::Phrase;

/// What FHIR needs beyond the quiz: what things are called there, the same in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fhir {
    /// The canonical address of the `Questionnaire`, an absolute URI without a version.
    pub questionnaire: Text,
    /// The code system of which the options' ids are codes, an absolute URI.
    pub codes: Text,
    /// The link id of each screen that holds several questions; empty for the others.
    pub screens: Vec<Text>,
}

/// A `QuestionnaireResponse` in the pack's language, as compact JSON; nothing where the content names no `[fhir]`.
///
/// Items nest as in the `Questionnaire` that `cargo quiz fhir` writes. Answers to hidden questions, to hidden options
/// and to what an early end has cut off are left out, and so is whatever the answers lead to. `authored` is the date
/// or the time of writing as FHIR has it (`2026-05-01`, `2026-05-01T12:00:00Z`); it is not checked, and left out if
/// it is empty.
pub fn questionnaire_response(pack: &Pack, answers: &Answers, authored: &str) -> Option<String> {
    let fhir = pack.fhir.as_ref()?;
    let effective = answers.effective(&pack.logic);
    let is_complete = Path::walk(&pack.logic, &effective).complete;
    let mut json = String::from("{\"resourceType\":\"QuestionnaireResponse\"");
    field(&mut json, "language", &pack.words.code);
    narrative(&mut json, pack, authored);
    field(&mut json, "questionnaire", &[&fhir.questionnaire, "|", &pack.version].concat());
    field(&mut json, "status", if is_complete { "completed" } else { "in-progress" });
    if !authored.is_empty() {
        field(&mut json, "authored", authored);
    }
    list(&mut json, "item", &Writer { pack, fhir, effective: &effective }.items());
    json.push('}');
    Some(json)
}

/// For whoever reads the record: what it is, when and from which content it was made, and that it is no diagnosis.
fn narrative(json: &mut String, pack: &Pack, authored: &str) {
    let words = &pack.words;
    let day = authored.get(..10).unwrap_or(authored);
    let made = if day.is_empty() { String::new() } else { pack.made(day) };
    let said = [&*words.phrase(Phrase::OpeningTitle), ". ", &made, " ", &words.phrase(Phrase::NotDiagnosis)].concat();
    let said = said.replace('&', "&amp;").replace('<', "&lt;");
    json.push_str(",\"text\":{\"status\":\"additional\"");
    field(json, "div", &["<div xmlns=\"http://www.w3.org/1999/xhtml\">", &said, "</div>"].concat());
    json.push('}');
}

impl Logic {
    /// The rules that may end the quiz early once this screen's questions are behind the visitor.
    pub fn early_ends<'a>(&'a self, screen: &'a [u16]) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(|rule| rule.stop_after.is_some_and(|after| screen.contains(&after)))
    }

    /// The link id of the group that holds all that is asked after this screen, where a rule may end the quiz there.
    ///
    /// It has a dot, which no id of the content has.
    pub fn group_after(&self, screen: &[u16]) -> Option<String> {
        let last = self.early_ends(screen).filter_map(|rule| rule.stop_after).max()?;
        Some(["after.", &self.question(last)?.id].concat())
    }
}

struct Writer<'a> {
    pack: &'a Pack,
    fhir: &'a Fhir,
    effective: &'a Effective,
}

impl Writer<'_> {
    /// All items, from the last screen to the first: what comes after an early end stands in a group of its own.
    fn items(&self) -> String {
        let logic = &self.pack.logic;
        let screens = logic.screens.iter().zip(&self.fhir.screens).zip(&self.pack.words.screens);
        screens.rev().fold(String::new(), |later, ((questions, id), title)| {
            let later = match logic.group_after(questions) {
                Some(_) if self.is_over(questions) => String::new(),
                Some(group) => item(&group, "", "item", &later),
                None => later,
            };
            joined(self.screen(questions, id, title), &later)
        })
    }

    fn is_over(&self, questions: &[u16]) -> bool {
        let logic = &self.pack.logic;
        logic.early_ends(questions).any(|rule| self.effective.hold(logic, &rule.when))
    }

    fn screen(&self, questions: &[u16], id: &str, title: &str) -> String {
        let items = questions.iter().fold(String::new(), |items, question| joined(items, &self.question(*question)));
        if id.is_empty() { items } else { item(id, title, "item", &items) }
    }

    fn question(&self, index: u16) -> String {
        let (logic, words) = (&self.pack.logic, self.pack.words.questions.get(usize::from(index)));
        let (Some(question), Some(words)) = (logic.question(index), words) else { return String::new() };
        let answers = match self.effective.facts(logic).answer(index) {
            Some(Answer::Number(number)) => {
                let key = if question.decimals == 0 { "{\"valueInteger\":" } else { "{\"valueDecimal\":" };
                [key, &write_number(number.into(), question.decimals, "."), "}"].concat()
            }
            Some(Answer::Chosen(chosen)) => self.codings(question, &words.options, chosen),
            None => String::new(),
        };
        item(&question.id, &words.text, "answer", &answers)
    }

    fn codings(&self, question: &Question, labels: &[Text], chosen: u64) -> String {
        let options = question.options.iter().zip(labels).zip(0_u32..64);
        let chosen = options.filter(|(_, bit)| chosen >> bit & 1 == 1);
        chosen.fold(String::new(), |codings, ((option, label), _)| {
            let mut coding = String::from("{\"valueCoding\":{\"system\":");
            quote(&mut coding, &self.fhir.codes);
            field(&mut coding, "code", &option.id);
            field(&mut coding, "display", label);
            coding.push_str("}}");
            joined(codings, &coding)
        })
    }
}

/// An item with a list in it; nothing where the list is empty, for FHIR knows no empty lists.
fn item(link: &str, text: &str, key: &str, elements: &str) -> String {
    if elements.is_empty() {
        return String::new();
    }
    let mut json = String::from("{\"linkId\":");
    quote(&mut json, link);
    if !text.is_empty() {
        field(&mut json, "text", text);
    }
    list(&mut json, key, elements);
    json.push('}');
    json
}

fn list(json: &mut String, key: &str, elements: &str) {
    if !elements.is_empty() {
        json.push_str(",\"");
        json.push_str(key);
        json.push_str("\":[");
        json.push_str(elements);
        json.push(']');
    }
}

fn field(json: &mut String, key: &str, text: &str) {
    json.push_str(",\"");
    json.push_str(key);
    json.push_str("\":");
    quote(json, text);
}

/// Two parts of a list, with a comma between them where both are there.
fn joined(mut first: String, second: &str) -> String {
    if !first.is_empty() && !second.is_empty() {
        first.push(',');
    }
    first.push_str(second);
    first
}

/// Text as JSON has it (RFC 8259, section 7): quotes, backslashes and control characters are escaped.
fn quote(json: &mut String, text: &str) {
    json.push('"');
    for each in text.chars() {
        match each {
            '"' | '\\' => json.extend(['\\', each]),
            '\0'..='\x1f' => {
                let code = u32::from(each);
                json.push_str("\\u00");
                json.extend([code >> 4, code & 15].into_iter().filter_map(|digit| char::from_digit(digit, 16)));
            }
            _ => json.push(each),
        }
    }
    json.push('"');
}
