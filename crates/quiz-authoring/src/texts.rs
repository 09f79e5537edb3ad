//! Every text that a visitor may read, by its place: `cargo quiz texts`.

use quiz_engine::{AdviceWords, Phrase, QuestionWords};
use serde::Serialize;

use crate::content::{Content, Language};

/// What a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A question, by id.
    Question,
    /// The title of a screen, by its number.
    Screen,
    /// An advice, by id.
    Advice,
    /// The sentence of a rule, by its key.
    Rule,
    /// A group of results, by id.
    Group,
    /// The name of a tier, by id.
    Tier,
    /// A note, by id.
    Note,
    /// The contact link, by its label.
    Contact,
    /// A section of guidance, by id.
    Section,
    /// A figure, by id.
    Figure,
    /// A phrase of the page, by key.
    Interface,
    /// A source, by key; the same in every language.
    Source,
}

/// A text that a visitor may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What it belongs to.
    pub place: Place,
    /// The id of that.
    pub id: String,
    /// Which part of it this is, such as `help`, `option below_knee` or `label disc`; paragraphs of a section count from 1.
    pub part: String,
    /// The text, without marks and line breaks.
    pub text: String,
}

#[derive(Serialize)]
struct InLanguage<'a> {
    language: &'a str,
    texts: Vec<Said>,
}

/// All texts of all languages as JSON: a list of `{"language", "texts": [{"place", "id", "part", "text"}]}`.
///
/// # Errors
/// Only if memory runs out.
pub fn texts_as_json(content: &Content) -> Result<String, String> {
    let of = content.languages.iter().map(|language| (language, texts(content, language)));
    let all: Vec<_> = of.map(|(language, texts)| InLanguage { language: &language.code, texts }).collect();
    serde_json::to_string_pretty(&all).map_err(|error| error.to_string())
}

/// All texts of a language, in the order of the content.
pub fn texts(content: &Content, language: &Language) -> Vec<Said> {
    let mut all = Texts::default();
    all.questions(content, language);
    all.outcomes(content, language);
    all.sections(content, language);
    all.figures(language);
    all.interface(language);
    all.sources(content);
    all.0
}

#[derive(Default)]
struct Texts(Vec<Said>);

impl Texts {
    /// Puts a text down, unless there is none.
    fn add(&mut self, place: Place, id: &str, part: impl Into<String>, text: &str) {
        if !text.is_empty() {
            self.0.push(Said { place, id: id.to_owned(), part: part.into(), text: text.to_owned() });
        }
    }

    fn questions(&mut self, content: &Content, language: &Language) {
        let words = &language.pack.words;
        for (screen, title) in (1..).zip(&words.screens) {
            self.add(Place::Screen, &format!("{screen}"), "title", title);
        }
        for (question, words) in content.logic.questions.iter().zip(&words.questions) {
            for (part, text) in question_parts(words) {
                self.add(Place::Question, &question.id, part, text);
            }
            for (option, label) in question.options.iter().zip(&words.options) {
                self.add(Place::Question, &question.id, format!("option {}", option.id), label);
            }
        }
    }

    fn outcomes(&mut self, content: &Content, language: &Language) {
        let (logic, words, material) = (&content.logic, &language.pack.words, &content.material);
        for (advice, words) in logic.advice.iter().zip(&words.advice) {
            self.add(Place::Advice, &advice.id, "headline", &words.headline);
            for (number, line) in (1..).zip(&words.lines) {
                self.add(Place::Advice, &advice.id, format!("line {number}"), line);
            }
        }
        for (key, sentence) in material.rules.iter().zip(&words.rules) {
            self.add(Place::Rule, key, "sentence", sentence);
        }
        for (group, name) in logic.groups.iter().zip(&words.groups) {
            self.add(Place::Group, &group.id, "name", name);
            for rule in &group.rules {
                self.result(&group.id, &rule.id, words.results.get(usize::from(rule.advice)));
            }
        }
        for (tier, name) in logic.tiers.iter().zip(&words.tiers) {
            self.add(Place::Tier, tier, "name", name);
        }
        for (note, line) in logic.notes.iter().zip(&words.notes) {
            self.add(Place::Note, &note.id, "line", line);
        }
        for (label, words) in material.labels.iter().zip(&words.contact) {
            self.add(Place::Contact, label, "hint", &words.hint);
            self.add(Place::Contact, label, "text", &words.text);
        }
    }

    fn result(&mut self, group: &str, id: &str, words: Option<&AdviceWords>) {
        let Some(words) = words else { return };
        self.add(Place::Group, group, format!("{id} headline"), &words.headline);
        for (number, line) in (1..).zip(&words.lines) {
            self.add(Place::Group, group, format!("{id} line {number}"), line);
        }
    }

    fn sections(&mut self, content: &Content, language: &Language) {
        let titled = language.pack.words.sections.iter().zip(&language.sections);
        for (section, (title, guidance)) in content.logic.sections.iter().zip(titled) {
            self.add(Place::Section, &section.id, "title", title);
            for (number, block) in (1..).zip(&guidance.blocks) {
                self.add(Place::Section, &section.id, format!("paragraph {number}"), block);
            }
        }
    }

    fn figures(&mut self, language: &Language) {
        for (figure, caption) in &language.captions {
            self.add(Place::Figure, figure, "title", &caption.title);
            self.add(Place::Figure, figure, "description", &caption.description);
            for (label, words) in &caption.labels {
                self.add(Place::Figure, figure, format!("label {label}"), &words.replace('\n', " "));
            }
        }
    }

    fn interface(&mut self, language: &Language) {
        let phrases = Phrase::ALL.iter().map(|(_, key)| *key).zip(&language.pack.words.interface);
        for (key, phrase) in phrases {
            self.add(Place::Interface, key, "phrase", phrase);
        }
        for (key, phrase) in &language.document {
            self.add(Place::Interface, key, "phrase", phrase);
        }
    }

    fn sources(&mut self, content: &Content) {
        for entry in &content.material.sources {
            self.add(Place::Source, &entry.key, "citation", &entry.citation);
            self.add(Place::Source, &entry.key, "locator", &entry.locator);
        }
    }
}

fn question_parts(words: &QuestionWords) -> [(&'static str, &str); 9] {
    [
        ("text", &words.text),
        ("help", &words.help),
        ("why", &words.why),
        ("short", &words.short),
        ("error", &words.error),
        ("low", &words.low),
        ("high", &words.high),
        ("unit", &words.unit),
        ("wrong", &words.wrong),
    ]
}
