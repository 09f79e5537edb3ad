//! A content folder, read whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use quiz_engine::{FORMAT, Fhir, LANGUAGE_OF_SOURCES, Logic, Pack, Phrase, Review, SourceWords, Text, Words};
use sha2::{Digest, Sha256};

use crate::assess;
use crate::cases::{Case, Trial};
use crate::compile::{self, Addresses, Structure};
use crate::figures::{self, Caption, Drawing, Place};
use crate::guidance::{self, EMERGENCY_LINK, Entry, Guidance, Named, escaped};
use crate::material::Material;
use crate::problems::{Problem, Problems};
use crate::properties::{self, Properties};
use crate::reader::{Source, Table, is_unseen, unseen_in_text};
use crate::words::{self, DOCUMENT_PHRASES};

/// A content folder without a mistake in it.
#[derive(Debug)]
pub struct Content {
    /// The quiz's id.
    pub id: String,
    /// The content's version.
    pub version: String,
    /// SHA-256 of all files but the review entries, in hexadecimal.
    pub hash: String,
    /// What is asked and decided.
    pub logic: Logic,
    /// Its languages, by code.
    pub languages: Vec<Language>,
    /// Its cases.
    pub cases: Vec<Case>,
    /// What its readers want beyond that.
    pub material: Material,
    /// What things are called in FHIR, if `quiz.toml` says so.
    pub(crate) fhir: Option<Addresses>,
    /// What must be true of every set of answers.
    pub(crate) properties: Properties,
}

/// A language of a content folder.
#[derive(Debug)]
pub struct Language {
    /// Its code, as in BCP 47.
    pub code: String,
    /// Its own name for itself.
    pub name: String,
    /// The quiz in this language.
    pub pack: Pack,
    /// The text of each section; empty where the page composes it.
    pub sections: Vec<Guidance>,
    /// The guidance as an HTML fragment that reads on its own.
    pub leaflet: String,
    /// The line that stands above everything, as HTML: what to do in an emergency.
    pub emergency_line: String,
    /// The document's title.
    pub title: String,
    /// The phrases of the document around the quiz, by key.
    pub document: BTreeMap<String, String>,
    /// The figures beside questions, as SVG, by id.
    pub figures: BTreeMap<String, String>,
    /// What is said of each figure, and in it, by id.
    pub captions: BTreeMap<String, Caption>,
}

/// A file that was read.
struct File {
    name: String,
    text: String,
}

impl File {
    fn new(name: String, text: &str) -> Self {
        // Some editors on Windows write both; neither means anything here.
        Self { name, text: text.trim_start_matches('\u{feff}').replace("\r\n", "\n") }
    }
}

impl Content {
    /// Reads a content folder.
    ///
    /// # Errors
    /// Every problem in it, by file and line. A folder that cannot be read is one problem.
    pub fn load(folder: &Path) -> Result<Self, Vec<Problem>> {
        Self::read(folder, true)
    }

    /// Reads a content folder without its cases: where the rules are being changed, cases need not fit yet.
    ///
    /// # Errors
    /// As [`Content::load`], but for problems that only a case shows.
    pub fn load_without_cases(folder: &Path) -> Result<Self, Vec<Problem>> {
        Self::read(folder, false)
    }

    /// Reads content from texts by the names that the files would have in its folder, such as `lang/en/interface.toml`.
    ///
    /// # Errors
    /// As [`Content::load`].
    pub fn of_files(texts: impl IntoIterator<Item = (String, String)>) -> Result<Self, Vec<Problem>> {
        let texts = texts.into_iter().filter(|(name, _)| !is_leftover(name));
        let mut files: Vec<File> = texts.map(|(name, text)| File::new(name, &text)).collect();
        files.sort_by(|one, other| one.name.cmp(&other.name));
        Self::of(&files, Problems::default(), true)
    }

    /// The ids of cases with an answer that nobody is asked for who answers so: to what is hidden, or to what stands
    /// behind an early end. Where a case leaves a required question open, what stands behind that is meant.
    pub fn cases_with_unasked_answers(&self) -> Vec<&str> {
        let cases = self.cases.iter().filter(|case| assess::has_unasked(&self.logic, &case.answers.to_string()));
        cases.map(|case| case.id.as_str()).collect()
    }

    fn read(folder: &Path, tries_cases: bool) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        // Another folder than one of a quiz would be told of every file in it.
        let is_quiz = fs::symlink_metadata(folder.join(QUIZ)).is_ok() || !folder.is_dir();
        let files = if is_quiz { read_folder(folder, &problems) } else { Vec::new() };
        Self::of(&files, problems, tries_cases)
    }

    fn of(files: &[File], problems: Problems, tries_cases: bool) -> Result<Self, Vec<Problem>> {
        let content = Loader { files, problems: &problems, tries_cases }.content();
        match problems.into_sorted() {
            all if all.is_empty() => Ok(content),
            all => Err(all),
        }
    }
}

fn read_folder(folder: &Path, problems: &Problems) -> Vec<File> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(relative) = folders.pop() {
        let name = |path: &Path| path.to_string_lossy().replace('\\', "/");
        let entries = match fs::read_dir(folder.join(&relative)) {
            Ok(entries) => entries,
            Err(error) => {
                problems.add(
                    &name(&relative),
                    1,
                    format!("the folder {} can't be read: {error}", folder.join(&relative).display()),
                );
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = relative.join(entry.file_name());
            if is_leftover(&name(&path)) {
                continue;
            }
            let kind = entry.file_type().ok();
            // A link may lead back here; what it leads to is no part of this folder.
            if kind.is_some_and(|kind| kind.is_symlink()) {
                problems.add(&name(&path), 1, "this is a link; put the file itself here");
            } else if entry.path().is_dir() {
                folders.push(path);
            } else if !kind.is_some_and(|kind| kind.is_file()) {
                // A pipe, say: whoever reads it may wait forever.
                problems.add(&name(&path), 1, "this is neither a file nor a folder; remove it");
            } else {
                match fs::read_to_string(entry.path()) {
                    Ok(text) => files.push(File::new(name(&path), &text)),
                    Err(error) if error.kind() == ErrorKind::InvalidData && !is_known(&name(&path)) => {
                        problems.add(&name(&path), 1, STRANGER);
                    }
                    Err(error) if error.kind() == ErrorKind::InvalidData => {
                        let line = fs::read(entry.path()).map_or(1, |bytes| line_of_first_stray_byte(&bytes));
                        problems.add(&name(&path), line, "this line is not UTF-8 text; save the file as UTF-8");
                    }
                    Err(error) => problems.add(&name(&path), 1, format!("can't be read: {error}")),
                }
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

fn line_of_first_stray_byte(bytes: &[u8]) -> usize {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
    bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() + 1
}

struct Loader<'a> {
    files: &'a [File],
    problems: &'a Problems,
    tries_cases: bool,
}

impl<'a> Loader<'a> {
    /// A file, if it is there.
    fn source(&self, name: &'a str) -> Option<Source<'a>> {
        let found = self.files.iter().find(|file| file.name == name);
        if found.is_none() && !self.problems.is_in(name) {
            self.problems.add(name, 1, format!("this file is missing; {}", what_belongs_in(name)));
        }
        Some(Source { file: name, text: found?.text.as_str(), problems: self.problems })
    }

    fn content(&self) -> Content {
        let hash = self.hash();
        if self.files.is_empty() {
            if self.problems.is_empty() {
                self.problems.add(QUIZ, 1, format!("this file is missing; {}", what_belongs_in(QUIZ)));
            }
            return Self::empty(hash);
        }
        self.name_unseen();
        let review = self.review(&hash);
        let entries = self.source("sources.toml").and_then(guidance::sources);
        let Some(structure) = self.source("quiz.toml").and_then(compile::structure) else {
            self.check_syntax();
            return Self::empty(hash);
        };
        self.check_cited(&structure, entries.as_deref());
        let drawings = self.drawings();
        let base = Base { structure: &structure, entries: entries.as_deref(), drawings: &drawings };
        if let Some(quiz) = self.source("quiz.toml") {
            figures::check_questions(quiz, &structure, &drawings);
        }
        let mut used = Used::by(&structure);
        let languages = self.languages(&base, &hash, review.as_ref(), &mut used);
        self.compare_figures(&structure, &languages);
        self.compare_questions(&structure, &languages);
        figures::name_unused(&drawings, &used.figures, self.problems);
        for entry in entries.iter().flatten().filter(|entry| !used.sources.contains(&entry.key)) {
            self.problems.add(
                "sources.toml",
                entry.line,
                format!("nothing names the source `{}`; cite it or delete it", entry.key),
            );
        }
        let properties = self.properties(&structure);
        let cases = if self.tries_cases { self.cases(&structure) } else { Vec::new() };
        self.name_strangers();
        let readme = self.files.iter().find(|file| file.name == "README.md").map(|file| file.text.as_str());
        let material = Material::of(&structure, entries.unwrap_or_default(), readme);
        Content {
            id: structure.id,
            version: structure.version,
            hash,
            logic: structure.logic,
            languages,
            cases,
            material,
            fhir: structure.fhir,
            properties,
        }
    }

    /// What must hold, if the content says so. Where quiz.toml has mistakes, what it is about can't be told.
    fn properties(&self, structure: &Structure) -> Properties {
        let is_there = self.files.iter().any(|file| file.name == properties::FILE);
        if !is_there || !structure.is_sound {
            return Properties::default();
        }
        self.source(properties::FILE).and_then(|source| properties::read(source, structure)).unwrap_or_default()
    }

    /// Where quiz.toml can't be read, nothing can be compared with it; mistakes in syntax show all the same.
    fn check_syntax(&self) {
        for file in self.files.iter().filter(|file| has_extension(&file.name, "toml")) {
            let _ = Source { file: &file.name, text: &file.text, problems: self.problems }.parse();
        }
    }

    fn empty(hash: String) -> Content {
        Content {
            id: String::new(),
            version: String::new(),
            hash,
            logic: Logic::default(),
            languages: Vec::new(),
            cases: Vec::new(),
            material: Material::default(),
            fhir: None,
            properties: Properties::default(),
        }
    }

    /// The hash that a reviewer signs: of everything but the review entries and the README.
    fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for file in self.files.iter().filter(|file| !["README.md", "review.toml"].contains(&&*file.name)) {
            for part in [&file.name, &file.text] {
                hasher.update(part.len().to_le_bytes());
                hasher.update(part);
            }
        }
        hasher.finalize().iter().fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        })
    }

    /// The entry that signs this very content, if there is one.
    fn review(&self, hash: &str) -> Option<Review> {
        let source = self.source("review.toml")?;
        let parsed = source.parse()?;
        let root = Table::new(source, 0, parsed.get_ref());
        let mut signed = None;
        for table in root.tables("review") {
            let word = |key| table.text(key).map(|word| word.text).unwrap_or_default();
            let (reviewer, date, signs) = (word("reviewer"), word("date"), word("hash"));
            if let Some(date) = table.text("date").filter(|date| !is_date(&date.text)) {
                source.problem(date.at, format!("`date` is as 2026-11-30, year first, not `{}`", date.text));
            }
            if signs == hash {
                signed = Some(Review { reviewer: reviewer.as_str().into(), date: date.as_str().into() });
            }
            table.finish();
        }
        root.finish();
        signed
    }

    fn check_cited(&self, structure: &Structure, entries: Option<&[Entry]>) {
        let (Some(source), Some(entries)) = (self.source("quiz.toml"), entries) else { return };
        for word in &structure.cited {
            if !entries.iter().any(|entry| entry.key == word.text) {
                source.problem(word.at, format!("sources.toml has no `{}`; add it there", word.text));
            }
        }
    }

    fn languages(&self, base: &Base<'_>, hash: &str, review: Option<&Review>, used: &mut Used) -> Vec<Language> {
        let folders: BTreeSet<&str> = self
            .files
            .iter()
            .filter_map(|file| file.name.strip_prefix("lang/")?.split_once('/'))
            .map(|(code, _)| code)
            .collect();
        if folders.is_empty() {
            self.problems.add("lang/", 1, "there is no language; a first one goes into lang/en/");
        }
        folders
            .into_iter()
            .map(|code| LanguageLoader { loader: self, base, code }.language(hash, review, used))
            .collect()
    }

    /// Each language shows in each section the figures that the first one shows there.
    fn compare_figures(&self, structure: &Structure, languages: &[Language]) {
        let Some((first, others)) = languages.split_first() else { return };
        for other in others {
            let pairs = first.sections.iter().zip(&other.sections);
            for ((wanted, found), section) in pairs.zip(&structure.logic.sections) {
                let [file_of_first, file] =
                    [first, other].map(|language| format!("lang/{}/sections/{}.md", language.code, section.id));
                // Where something else is wrong with a section, a figure may be there and not be found.
                if self.problems.is_in(&file_of_first) || self.problems.is_in(&file) {
                    continue;
                }
                let code = &first.code;
                for Place { id, .. } in wanted.figures.iter().filter(|figure| !found.shows(&figure.id)) {
                    let message = format!(
                        "in {code} this section shows the figure `{id}`; place it here, too: `![](figure:{id})`"
                    );
                    self.problems.add(&file, 1, message);
                }
                for Place { id, line } in found.figures.iter().filter(|figure| !wanted.shows(&figure.id)) {
                    let message = format!(
                        "in {code} this section doesn't show the figure `{id}`; place it there, too, or delete it here"
                    );
                    self.problems.add(&file, *line, message);
                }
            }
        }
    }

    /// Each language lets the visitor take along as many questions as the first one.
    fn compare_questions(&self, structure: &Structure, languages: &[Language]) {
        let Some((first, others)) = languages.split_first() else { return };
        for other in others {
            let pairs = first.pack.words.to_ask.iter().zip(&other.pack.words.to_ask);
            for ((wanted, found), section) in pairs.zip(&structure.logic.sections) {
                if wanted.len() != found.len() && !found.is_empty() {
                    let message = format!(
                        "{} questions to take along in {}, {} here; give each its translation",
                        wanted.len(),
                        first.code,
                        found.len()
                    );
                    self.problems.add(&format!("lang/{}/sections/{}.md", other.code, section.id), 1, message);
                }
            }
        }
    }

    fn drawings(&self) -> Vec<Drawing> {
        let all = self.files.iter().filter_map(|file| Some((file, figure_id(&file.name)?)));
        all.map(|(file, id)| {
            figures::drawing(id, Source { file: &file.name, text: &file.text, problems: self.problems })
        })
        .collect()
    }

    fn cases(&self, structure: &Structure) -> Vec<Case> {
        let mut trial = Trial::new(structure, self.problems);
        for file in self.files.iter().filter(|file| is_case_file(&file.name)) {
            trial.read(&file.name, &file.text);
        }
        trial.name_unreached()
    }

    /// Names characters that nobody sees. Those that a format refuses anyway are left to its reader, and those that are
    /// written by their numbers to whoever reads the text.
    fn name_unseen(&self) {
        for file in self.files.iter().filter(|file| is_known(&file.name)) {
            let has_reader = ["toml", "json"].iter().any(|extension| has_extension(&file.name, extension));
            let source = Source { file: &file.name, text: &file.text, problems: self.problems };
            let mut unseen = file.text.char_indices().filter(|(_, each)| is_unseen(*each));
            if let Some((at, each)) = unseen.find(|(_, each)| !(has_reader && each.is_control())) {
                source.problem(at, unseen_in_text(each));
            }
        }
    }

    /// Names files that nothing reads: a misspelt name would otherwise lose its words in silence.
    fn name_strangers(&self) {
        for file in self.files.iter().filter(|file| !is_known(&file.name)) {
            self.problems.add(&file.name, 1, STRANGER);
        }
    }
}

/// The file without which a folder is none of a quiz.
const QUIZ: &str = "quiz.toml";

/// What is said of a file that nothing reads.
const STRANGER: &str = "nothing reads this file; is its name misspelt, or does it lie in the wrong folder?";

/// Whether something reads a file of this name.
fn is_known(name: &str) -> bool {
    let in_language = name.strip_prefix("lang/").and_then(|rest| rest.split_once('/')).map(|(_, name)| name);
    [QUIZ, properties::FILE, "sources.toml", "review.toml", "README.md"].contains(&name)
        || is_case_file(name)
        || figure_id(name).is_some()
        || in_language
            .is_some_and(|name| LANGUAGE_FILES.contains(&name) || name == FIGURE_WORDS || name.starts_with("sections/"))
}

/// Whether an editor or a system left this behind, such as `.DS_Store` or `quiz.toml~`. It is no part of the content, nor of
/// its hash, which is then the same on every machine.
fn is_leftover(name: &str) -> bool {
    let mut parts = name.split('/');
    parts.any(|part| part.starts_with('.') || part.ends_with('~') || has_extension(part, "swp"))
}

/// The files of words of a language, beside its sections.
const LANGUAGE_FILES: [&str; 4] = ["language.toml", "questions.toml", "outcomes.toml", "interface.toml"];

/// The file with the words of the figures. A quiz without figures has none.
const FIGURE_WORDS: &str = "figures.toml";

fn what_belongs_in(name: &str) -> &'static str {
    match name.rsplit('/').next() {
        Some("quiz.toml") => "it holds questions, rules and advice",
        Some("sources.toml") => "it holds the sources that rules and texts cite",
        Some("review.toml") => "it says who has signed the content, and may hold nothing but a comment",
        Some("language.toml") => "it holds name, code and direction of the language",
        Some("questions.toml") => "it holds the words of the questions",
        Some("outcomes.toml") => "it holds the words of advice, rules, tiers, notes and contact links",
        Some(FIGURE_WORDS) => "it holds titles, descriptions and labels of the figures",
        Some("interface.toml") => "it holds the words of the page itself",
        _ => "it is needed",
    }
}

/// Whether it has the form of a date, as in ISO 8601; each language then shows it in its own way.
fn is_date(text: &str) -> bool {
    let read = text.parse::<toml::value::Datetime>();
    read.is_ok_and(|read| read.date.is_some() && read.time.is_none() && read.offset.is_none())
}

fn is_case_file(name: &str) -> bool {
    name.starts_with("cases/") && has_extension(name, "json")
}

/// The id of the figure that this file holds.
fn figure_id(name: &str) -> Option<&str> {
    name.strip_prefix("figures/")?.strip_suffix(".svg").filter(|id| !id.contains('/'))
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == extension)
}

/// What every language is read against.
struct Base<'a> {
    structure: &'a Structure,
    entries: Option<&'a [Entry]>,
    drawings: &'a [Drawing],
}

/// What rules, questions and texts name; the rest is not needed.
struct Used {
    sources: BTreeSet<String>,
    figures: BTreeSet<String>,
}

impl Used {
    fn by(structure: &Structure) -> Self {
        Self {
            sources: structure.cited.iter().map(|word| word.text.clone()).collect(),
            figures: structure.figures.iter().map(|(_, word)| word.text.clone()).collect(),
        }
    }
}

struct LanguageLoader<'a> {
    loader: &'a Loader<'a>,
    base: &'a Base<'a>,
    code: &'a str,
}

impl LanguageLoader<'_> {
    fn language(&self, hash: &str, review: Option<&Review>, used: &mut Used) -> Language {
        let [language, questions, outcomes, interface] =
            LANGUAGE_FILES.map(|name| format!("lang/{}/{name}", self.code));
        let files = words::Files {
            language: self.loader.source(&language),
            questions: self.loader.source(&questions),
            outcomes: self.loader.source(&outcomes),
            interface: self.loader.source(&interface),
        };
        let mut read = words::read(files, self.base.structure, self.code);
        let phrase = |key: &str| {
            let index = DOCUMENT_PHRASES.iter().position(|phrase| *phrase == key);
            index.and_then(|index| read.document.get(index)).cloned().unwrap_or_default()
        };
        let captions = self.captions();
        let sections = self.sections(&phrase("source_mark"), &captions);
        used.sources.extend(sections.iter().flat_map(|section| section.cited.iter().cloned()));
        used.figures.extend(sections.iter().flat_map(|section| section.figures.iter().map(|figure| figure.id.clone())));
        read.words.sections = self.titles(&sections, &read.words);
        read.words.to_ask = self.to_ask(&sections);
        read.words.sources = self.rule_sources(&phrase);
        let leaflet = self.leaflet(&sections, &phrase, &read.words.phrase(Phrase::SourcesTitle));
        let emergency_line = escaped(&phrase("emergency_line")).replace("{emergency}", EMERGENCY_LINK);
        let document = DOCUMENT_PHRASES.iter().map(|key| ((*key).to_owned(), phrase(key))).collect();
        Language {
            document,
            figures: self.beside_questions(&captions),
            captions: captions.into_iter().map(|(drawing, caption)| (drawing.id.clone(), caption)).collect(),
            code: self.code.to_owned(),
            name: read.name,
            sections,
            leaflet,
            emergency_line,
            title: read.words.phrase(Phrase::OpeningTitle).to_string(),
            pack: Pack {
                format: FORMAT,
                quiz: self.base.structure.id.as_str().into(),
                version: self.base.structure.version.as_str().into(),
                hash: hash.get(..12).unwrap_or_default().into(),
                review: review.cloned(),
                fhir: self.base.structure.fhir.as_ref().map(|addresses| self.fhir(addresses)),
                logic: self.base.structure.logic.clone(),
                words: read.words,
            },
        }
    }

    fn fhir(&self, addresses: &Addresses) -> Fhir {
        let screens = self.base.structure.names.screens.iter();
        Fhir {
            questionnaire: addresses.questionnaire.as_str().into(),
            codes: addresses.codes.as_str().into(),
            screens: screens.map(|id| id.as_deref().unwrap_or_default().into()).collect(),
        }
    }

    /// Every figure with its words.
    fn captions(&self) -> Vec<(&Drawing, Caption)> {
        let drawings = self.base.drawings;
        let name = format!("lang/{}/{FIGURE_WORDS}", self.code);
        let is_there = self.loader.files.iter().any(|file| file.name == name);
        let source = (is_there || !drawings.is_empty()).then(|| self.loader.source(&name)).flatten();
        let captions = source.map(|source| words::captions(source, drawings)).unwrap_or_default();
        let mut captions = captions.into_iter();
        drawings.iter().map(|drawing| (drawing, captions.next().unwrap_or_default())).collect()
    }

    fn beside_questions(&self, captions: &[(&Drawing, Caption)]) -> BTreeMap<String, String> {
        let is_asked = |id: &str| self.base.structure.figures.iter().any(|(_, word)| word.text == id);
        let beside = captions.iter().filter(|(drawing, _)| is_asked(&drawing.id));
        beside.map(|(drawing, caption)| (drawing.id.clone(), drawing.beside_question(caption))).collect()
    }

    fn sections(&self, mark: &str, captions: &[(&Drawing, Caption)]) -> Vec<Guidance> {
        let figures =
            captions.iter().map(|(drawing, caption)| (drawing.id.clone(), drawing.in_text(caption))).collect();
        let folder = format!("lang/{}/sections/", self.code);
        let number = |entries: &'_ [Entry]| -> BTreeMap<String, usize> {
            entries.iter().zip(1..).map(|(entry, number)| (entry.key.clone(), number)).collect()
        };
        let numbers = self.base.entries.map(number);
        let named = Named { numbers: numbers.as_ref(), mark, figures: &figures };
        let all = self.base.structure.logic.sections.iter().map(|section| {
            let name = format!("{folder}{}.md", section.id);
            if section.own {
                return Guidance::default();
            }
            match self.loader.files.iter().find(|file| file.name == name) {
                Some(file) => guidance::section(&file.name, &file.text, named, self.loader.problems),
                None if self.loader.problems.is_in(&name) => Guidance::default(),
                None => {
                    self.loader.problems.add(&name, 1, "this file is missing; it holds the section's title and text");
                    Guidance::default()
                }
            }
        });
        let all = all.collect();
        let is_known = |name: &str| {
            let id = name.strip_suffix(".md").unwrap_or_default();
            self.base.structure.logic.sections.iter().any(|section| &*section.id == id && !section.own)
        };
        for file in self.loader.files {
            if file.name.strip_prefix(&folder).is_some_and(|name| !is_known(name)) {
                let message =
                    "quiz.toml has no section of this name with a text of its own; add it there or delete this file";
                self.loader.problems.add(&file.name, 1, message);
            }
        }
        all
    }

    fn titles(&self, sections: &[Guidance], words: &Words) -> Vec<Text> {
        let all = self.base.structure.logic.sections.iter().zip(sections);
        all.map(|(section, guidance)| match (section.own, &*section.id) {
            (false, _) => guidance.title.as_str().into(),
            (true, "action") => words.phrase(Phrase::SectionAction),
            (true, _) => words.phrase(Phrase::SectionWhy),
        })
        .collect()
    }

    /// The questions that can be taken along, for each section.
    fn to_ask(&self, sections: &[Guidance]) -> Vec<Vec<Text>> {
        let all = self.base.structure.logic.sections.iter().zip(&self.base.structure.holds_questions).zip(sections);
        all.map(|((section, holds_questions), guidance)| {
            let name = format!("lang/{}/sections/{}.md", self.code, section.id);
            if *holds_questions && guidance.numbered.is_empty() && !self.loader.problems.is_in(&name) {
                let message = "quiz.toml says `to_ask`, so questions to take along are needed here, as a numbered list";
                self.loader.problems.add(&name, 1, message);
            }
            let questions = guidance.numbered.iter().filter(|_| *holds_questions);
            questions.map(|question| question.as_str().into()).collect()
        })
        .collect()
    }

    fn rule_sources(&self, phrase: &dyn Fn(&str) -> String) -> Vec<SourceWords> {
        let find = |key: &String| self.base.entries.iter().copied().flatten().find(|entry| entry.key == *key);
        let words = |entry: &Entry| SourceWords {
            key: entry.key.as_str().into(),
            citation: entry.citation.as_str().into(),
            locator: entry.locator.as_str().into(),
            strength: phrase(&format!("kind_{}", entry.kind.replace('-', "_"))).into(),
        };
        self.base.structure.names.sources.iter().map(|key| find(key).map(words).unwrap_or_default()).collect()
    }

    fn leaflet(&self, sections: &[Guidance], phrase: &dyn Fn(&str) -> String, sources_title: &str) -> String {
        let mut html =
            format!("<h1>{}</h1>\n<p>{}</p>\n", escaped(&phrase("leaflet_title")), escaped(&phrase("leaflet_intro")));
        for (section, guidance) in
            self.base.structure.logic.sections.iter().zip(sections).filter(|(section, _)| !section.own)
        {
            let _ = write!(
                html,
                "<section data-guidance=\"{}\" data-sources=\"{}\">\n<h2>{}</h2>\n{}</section>\n",
                section.id,
                guidance.cited.join(" "),
                escaped(&guidance.title),
                guidance.html
            );
        }
        // Read out by the voice of another language, a source could not be understood.
        let is_foreign = self.code != LANGUAGE_OF_SOURCES;
        let lang = if is_foreign { format!(" lang=\"{LANGUAGE_OF_SOURCES}\"") } else { String::new() };
        let _ = write!(html, "<section data-source-list><h2>{}</h2>\n<ol>\n", escaped(sources_title));
        for (entry, number) in self.base.entries.iter().copied().flatten().zip(1..) {
            let _ = writeln!(
                html,
                "<li value=\"{number}\" data-source=\"{}\"{lang}>{}. {}</li>",
                entry.key,
                escaped(&entry.citation),
                escaped(&entry.locator)
            );
        }
        html + "</ol></section>\n"
    }
}
