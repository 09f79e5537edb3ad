//! A content folder, read whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use quiz_engine::{FORMAT, Logic, Pack, Phrase, Review, SourceWords, Text, Words};
use sha2::{Digest, Sha256};

use crate::cases::{self, Case};
use crate::compile::{self, Structure};
use crate::guidance::{self, EMERGENCY_LINK, Entry, Guidance, escaped};
use crate::problems::{Problem, Problems};
use crate::reader::{Source, Table};
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
    /// The guidance as an HTML fragment that reads on its own.
    pub leaflet: String,
    /// The line that stands above everything, as HTML: what to do in an emergency.
    pub emergency_line: String,
    /// The document's title.
    pub title: String,
    /// The phrases of the document around the quiz, by key.
    pub document: BTreeMap<String, String>,
}

/// A file that was read.
struct File {
    name: String,
    text: String,
}

impl Content {
    /// Reads a content folder.
    ///
    /// # Errors
    /// Every problem in it, by file and line. A folder that cannot be read is one problem.
    pub fn load(folder: &Path) -> Result<Self, Vec<Problem>> {
        let problems = Problems::default();
        let files = read_folder(folder, &problems);
        let content = Loader { files: &files, problems: &problems }.content();
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
                problems.add(&name(&relative), 1, format!("the folder {} can't be read: {error}", folder.join(&relative).display()));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = relative.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else {
                match fs::read_to_string(entry.path()) {
                    Ok(text) => files.push(File { name: name(&path), text: text.replace("\r\n", "\n") }),
                    Err(error) => problems.add(&name(&path), 1, format!("can't be read as UTF-8 text: {error}")),
                }
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

struct Loader<'a> {
    files: &'a [File],
    problems: &'a Problems,
}

impl<'a> Loader<'a> {
    fn source(&self, name: &'a str) -> Source<'a> {
        let found = self.files.iter().find(|file| file.name == name);
        if found.is_none() {
            self.problems.add(name, 1, "this file is missing");
        }
        Source { file: name, text: found.map(|file| file.text.as_str()).unwrap_or_default(), problems: self.problems }
    }

    fn content(&self) -> Content {
        if self.files.is_empty() && !self.problems.is_empty() {
            return self.empty();
        }
        let structure = compile::structure(self.source("quiz.toml"));
        let entries = guidance::sources(self.source("sources.toml"));
        let hash = self.hash();
        let review = self.review(&hash);
        let mut cited: BTreeSet<String> = structure.cited.iter().map(|word| word.text.clone()).collect();
        self.check_cited(&structure, &entries);
        let languages = self.languages(&structure, &entries, &hash, review.as_ref(), &mut cited);
        for entry in entries.iter().filter(|entry| !cited.contains(&entry.key)) {
            self.problems.add("sources.toml", entry.line, format!("nothing names the source `{}`", entry.key));
        }
        let cases = self.cases(&structure);
        self.name_strangers(&languages);
        Content { id: structure.id, version: structure.version, hash, logic: structure.logic, languages, cases }
    }

    fn empty(&self) -> Content {
        Content {
            id: String::new(),
            version: String::new(),
            hash: self.hash(),
            logic: Logic::default(),
            languages: Vec::new(),
            cases: Vec::new(),
        }
    }

    /// The hash that a reviewer signs: of everything but the review entries themselves.
    fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for file in self.files.iter().filter(|file| file.name != "review.toml") {
            for part in [&file.name, &file.text] {
                hasher.update(part.len().to_le_bytes());
                hasher.update(part);
            }
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The entry that signs this very content, if there is one.
    fn review(&self, hash: &str) -> Option<Review> {
        let source = self.source("review.toml");
        let parsed = source.parse();
        let root = Table::new(source, 0, parsed.get_ref());
        let mut signed = None;
        for table in root.tables("review") {
            let word = |key| table.text(key).map(|word| word.text).unwrap_or_default();
            let (reviewer, date, signs) = (word("reviewer"), word("date"), word("hash"));
            if signs == hash {
                signed = Some(Review { reviewer: reviewer.as_str().into(), date: date.as_str().into() });
            }
            table.finish();
        }
        root.finish();
        signed
    }

    fn check_cited(&self, structure: &Structure, entries: &[Entry]) {
        let source = self.source("quiz.toml");
        for word in &structure.cited {
            if !entries.iter().any(|entry| entry.key == word.text) {
                source.problem(word.at, format!("sources.toml has no `{}`", word.text));
            }
        }
    }

    fn languages(
        &self,
        structure: &Structure,
        entries: &[Entry],
        hash: &str,
        review: Option<&Review>,
        cited: &mut BTreeSet<String>,
    ) -> Vec<Language> {
        let folders: BTreeSet<&str> =
            self.files.iter().filter_map(|file| file.name.strip_prefix("lang/")?.split_once('/')).map(|(code, _)| code).collect();
        if folders.is_empty() {
            self.problems.add("lang/", 1, "there is no language; a first one goes into lang/en/");
        }
        folders
            .into_iter()
            .map(|code| LanguageLoader { loader: self, structure, entries, code }.language(hash, review, cited))
            .collect()
    }

    fn cases(&self, structure: &Structure) -> Vec<Case> {
        let mut all: Vec<Case> = Vec::new();
        let mut reached = BTreeSet::new();
        for file in self.files.iter().filter(|file| file.name.starts_with("cases/")) {
            let (cases, rules) = cases::read(&file.name, &file.text, &structure.logic, self.problems);
            for case in cases {
                if all.iter().any(|other| other.id == case.id) {
                    self.problems.add(&file.name, 1, format!("there is a case `{}` already", case.id));
                }
                all.push(case);
            }
            reached.extend(rules);
        }
        let rules = structure.names.rule_keys().into_iter().zip(&structure.rule_lines).zip(0_u16..);
        for ((key, line), _) in rules.filter(|(_, index)| !reached.contains(index)) {
            self.problems.add("quiz.toml", *line, format!("no case reaches the rule {key}; add one to cases/"));
        }
        all
    }

    /// Names files that nothing reads: a misspelt name would otherwise lose its words in silence.
    fn name_strangers(&self, languages: &[Language]) {
        let known = |name: &str| {
            ["quiz.toml", "sources.toml", "review.toml", "README.md"].contains(&name)
                || name.starts_with("cases/")
                || name.starts_with("figures/")
                || languages.iter().any(|language| name.starts_with(&format!("lang/{}/", language.code)))
        };
        for file in self.files.iter().filter(|file| !known(&file.name)) {
            self.problems.add(&file.name, 1, "nothing reads this file");
        }
    }
}

struct LanguageLoader<'a> {
    loader: &'a Loader<'a>,
    structure: &'a Structure,
    entries: &'a [Entry],
    code: &'a str,
}

impl LanguageLoader<'_> {
    fn language(&self, hash: &str, review: Option<&Review>, cited: &mut BTreeSet<String>) -> Language {
        let names = ["language.toml", "questions.toml", "outcomes.toml", "interface.toml"];
        let [language, questions, outcomes, interface] = names.map(|name| format!("lang/{}/{name}", self.code));
        let files = words::Files {
            language: self.loader.source(&language),
            questions: self.loader.source(&questions),
            outcomes: self.loader.source(&outcomes),
            interface: self.loader.source(&interface),
        };
        let mut read = words::read(files, self.structure);
        if *read.words.code != *self.code {
            self.loader.problems.add(&language, 1, format!("`code` must be the folder's name, {}", self.code));
        }
        let phrase = |key: &str| {
            let index = DOCUMENT_PHRASES.iter().position(|phrase| *phrase == key);
            index.and_then(|index| read.document.get(index)).cloned().unwrap_or_default()
        };
        let sections = self.sections(&phrase("source_mark"));
        cited.extend(sections.iter().flat_map(|section| section.cited.iter().cloned()));
        read.words.sections = self.titles(&sections, &read.words);
        read.words.sources = self.rule_sources();
        let leaflet = self.leaflet(&sections, &phrase, &read.words.phrase(Phrase::SourcesTitle));
        let emergency_line = escaped(&phrase("emergency_line")).replace("{emergency}", EMERGENCY_LINK);
        let document = DOCUMENT_PHRASES.iter().map(|key| ((*key).to_owned(), phrase(key))).collect();
        Language {
            document,
            code: self.code.to_owned(),
            name: read.name,
            leaflet,
            emergency_line,
            title: read.words.phrase(Phrase::OpeningTitle).to_string(),
            pack: Pack {
                format: FORMAT,
                quiz: self.structure.id.as_str().into(),
                version: self.structure.version.as_str().into(),
                hash: hash.get(..12).unwrap_or_default().into(),
                review: review.cloned(),
                logic: self.structure.logic.clone(),
                words: read.words,
            },
        }
    }

    fn sections(&self, mark: &str) -> Vec<Guidance> {
        let folder = format!("lang/{}/sections/", self.code);
        let numbers: BTreeMap<&str, usize> =
            self.entries.iter().zip(1..).map(|(entry, number)| (entry.key.as_str(), number)).collect();
        let all = self.structure.logic.sections.iter().map(|section| {
            let name = format!("{folder}{}.md", section.id);
            if section.own {
                return Guidance::default();
            }
            match self.loader.files.iter().find(|file| file.name == name) {
                Some(file) => guidance::section(&file.name, &file.text, &numbers, mark, self.loader.problems),
                None => {
                    self.loader.problems.add(&name, 1, "this section's text is missing");
                    Guidance::default()
                }
            }
        });
        let all = all.collect();
        let is_known = |name: &str| {
            let id = name.strip_suffix(".md").unwrap_or_default();
            self.structure.logic.sections.iter().any(|section| &*section.id == id && !section.own)
        };
        for file in self.loader.files {
            if file.name.strip_prefix(&folder).is_some_and(|name| !is_known(name)) {
                self.loader.problems.add(&file.name, 1, "quiz.toml has no such section");
            }
        }
        all
    }

    fn titles(&self, sections: &[Guidance], words: &Words) -> Vec<Text> {
        let all = self.structure.logic.sections.iter().zip(sections);
        all.map(|(section, guidance)| match (section.own, &*section.id) {
            (false, _) => guidance.title.as_str().into(),
            (true, "action") => words.phrase(Phrase::SectionAction),
            (true, "why") => words.phrase(Phrase::SectionWhy),
            (true, other) => {
                self.loader.problems.add("quiz.toml", 1, format!("the page composes no section `{other}`; it knows action and why"));
                Text::default()
            }
        })
        .collect()
    }

    fn rule_sources(&self) -> Vec<SourceWords> {
        let find = |key: &String| self.entries.iter().find(|entry| entry.key == *key);
        let words = |entry: &Entry| SourceWords {
            citation: entry.citation.as_str().into(),
            locator: entry.locator.as_str().into(),
            kind: entry.kind.as_str().into(),
        };
        self.structure.names.sources.iter().map(|key| find(key).map(words).unwrap_or_default()).collect()
    }

    fn leaflet(&self, sections: &[Guidance], phrase: &dyn Fn(&str) -> String, sources_title: &str) -> String {
        let mut html = format!("<h1>{}</h1>\n<p>{}</p>\n", escaped(&phrase("leaflet_title")), escaped(&phrase("leaflet_intro")));
        for (section, guidance) in self.structure.logic.sections.iter().zip(sections).filter(|(section, _)| !section.own) {
            html += &format!(
                "<section data-guidance=\"{}\" data-sources=\"{}\">\n<h2>{}</h2>\n{}</section>\n",
                section.id,
                guidance.cited.join(" "),
                escaped(&guidance.title),
                guidance.html
            );
        }
        html += &format!("<section data-source-list><h2>{}</h2>\n<ol>\n", escaped(sources_title));
        for (entry, number) in self.entries.iter().zip(1..) {
            html += &format!(
                "<li value=\"{number}\" data-source=\"{}\">{}. {}</li>\n",
                entry.key,
                escaped(&entry.citation),
                escaped(&entry.locator)
            );
        }
        html + "</ol></section>\n"
    }
}
