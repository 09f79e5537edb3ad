//! `quiz.toml` turned into the engine's [`Logic`]: ids become indices, and what does not fit is named.

use std::cell::RefCell;

use quiz_engine::{
    Addition, Advice, AppliesTo, Condition, ContactRule, Emphasis, Kind, Logic, Note, Opt, Question, Rule, Section,
    SectionUse,
};
use toml::de::DeValue;

use crate::conditions::{Scope, named_in};
use crate::reader::{Source, Table, Value, Word, kind_of, start};

mod expanded;
mod fhir;
mod groups;
mod named;
mod names;
mod numbers;
mod slips;
mod soundness;

pub(crate) use fhir::Addresses;
pub(crate) use names::Names;
use names::index_of;
pub use slips::is_quiz_id;
pub(crate) use soundness::every_condition;

/// `quiz.toml`, read.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) names: Names,
    pub(crate) logic: Logic,
    /// What things are called in FHIR, if the content says so.
    pub(crate) fhir: Option<Addresses>,
    /// The line of each question, for problems that show only in a case.
    pub(crate) question_lines: Vec<usize>,
    /// The line of each rule, likewise.
    pub(crate) rule_lines: Vec<usize>,
    /// Rules that a rule before them keeps from ever deciding: no case can reach them.
    pub(crate) shadowed: Vec<u16>,
    /// The line of each result of each group, likewise.
    pub(crate) result_lines: Vec<Vec<usize>>,
    /// For each group the results that can never be reached.
    pub(crate) shadowed_results: Vec<Vec<u16>>,
    /// Whether the rules can be tried: everything in them could be read, and nothing depends on what comes later.
    pub(crate) is_sound: bool,
    /// For each section, whether its numbered list holds questions that a visitor can take along.
    pub(crate) holds_questions: Vec<bool>,
    /// Source keys with their places: those of questions too.
    pub(crate) cited: Vec<Word>,
    /// For each question the keys of its sources.
    pub(crate) question_sources: Vec<Vec<String>>,
    /// The figure beside a question, by the question's index.
    pub(crate) figures: Vec<(u16, Word)>,
}

/// Whether it has the form of an id: small letters, digits and _.
pub fn is_slug(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Reads `quiz.toml`. What cannot be read is named; the rest is there. Nothing is there where the file is not TOML.
pub(crate) fn structure(source: Source<'_>) -> Option<Structure> {
    let parsed = source.parse()?;
    let root = Table::new(source, 0, parsed.get_ref());
    let mut structure = Structure {
        id: slips::quiz_id(&root),
        version: root.text("version").map(|word| word.text).unwrap_or_default(),
        ..Structure::default()
    };
    let tables = Tables::of(&root);
    structure.names = tables.names();
    root.finish();
    tables.compile(&mut structure);
    Some(structure)
}

/// Sections that the page composes from the answers.
const COMPOSED: [&str; 2] = ["action", "why"];

/// The tables of the file, taken once.
struct Tables<'a> {
    source: Source<'a>,
    /// Names that led nowhere: what they were meant for is not called unused on top of that.
    astray: RefCell<Vec<String>>,
    terms: Vec<(Word, &'a Value<'a>)>,
    numbers: Vec<(Word, &'a Value<'a>)>,
    questions: Vec<Table<'a>>,
    screens: Vec<Table<'a>>,
    rules: Vec<Table<'a>>,
    groups: Vec<groups::Tables<'a>>,
    advice: Vec<Table<'a>>,
    additions: Vec<Table<'a>>,
    emphasis: Vec<Table<'a>>,
    notes: Vec<Table<'a>>,
    sections: Vec<Table<'a>>,
    tiers: Option<Table<'a>>,
    contact: Option<Table<'a>>,
    fhir: Option<Table<'a>>,
}

impl<'a> Tables<'a> {
    fn of(root: &Table<'a>) -> Self {
        let source = root.source;
        let table = |key| root.get(key).and_then(|value| Table::of(source, value));
        Self {
            source,
            astray: RefCell::default(),
            terms: table("terms").map(|terms| terms.entries().collect()).unwrap_or_default(),
            numbers: table("numbers").map(|numbers| numbers.entries().collect()).unwrap_or_default(),
            questions: root.tables("question"),
            screens: root.tables("screen"),
            rules: root.tables("rule"),
            groups: root.tables("group").into_iter().map(groups::Tables::of).collect(),
            advice: root.tables("advice"),
            additions: root.tables("addition"),
            emphasis: root.tables("emphasis"),
            notes: root.tables("note"),
            sections: root.tables("section"),
            tiers: root.required("tiers").and_then(|value| Table::of(source, value)),
            contact: table("contact"),
            fhir: table("fhir"),
        }
    }

    /// Takes all ids first, so that everything can name everything.
    fn names(&self) -> Names {
        let questions = self.question_ids();
        let mut names = Names {
            counts: self.questions.iter().map(numbers::counts).collect(),
            questions: self.questions.iter().zip(questions).map(|(table, id)| (id, self.option_ids(table))).collect(),
            exclusive: self.questions.iter().map(exclusive_ids).collect(),
            spans: self.questions.iter().map(numbers::span).collect(),
            groups: self.group_names(),
            numbers: Vec::new(),
            numbers_used: RefCell::default(),
            terms_named: self.terms_named(),
            terms: self.term_ids(),
            tiers: self.tier_ids(),
            advice: self.ids(&self.advice, "advice"),
            rules: Vec::new(),
            sections: self.ids(&self.sections, "section"),
            notes: self.ids(&self.notes, "note"),
            screens: Vec::new(),
            labels: Vec::new(),
            sources: Vec::new(),
        };
        for table in &self.rules {
            let id = table.text("id").unwrap_or_else(|| Word { text: String::new(), at: table.at });
            let clause = table.optional_text("clause").map(|word| word.text);
            let rule = (id.text, clause);
            if names.rules.contains(&rule) {
                let message = "another rule has the id `{}` and the same clause; give each a `clause` of its own";
                self.source.problem(id.at, message.replace("{}", &rule.0));
            }
            names.rules.push(rule);
        }
        for (what, many) in
            [("question", self.questions.len()), ("rule", self.rules.len()), ("section", self.sections.len())]
        {
            if many == 0 {
                self.source.problem(0, format!("there is no {what}"));
            }
        }
        names
    }

    /// The ids of questions, each once: the second one of two stands in the place of another, which is as good as missing,
    /// so that nothing that names the other is blamed.
    fn question_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for id in self.ids(&self.questions, "question") {
            let is_second = ids.contains(&id);
            ids.push(if is_second { String::new() } else { id });
        }
        ids
    }

    fn term_ids(&self) -> Vec<String> {
        self.terms.iter().map(|(key, _)| key.text.clone()).collect()
    }

    fn terms_named(&self) -> Vec<Vec<usize>> {
        let ids = self.term_ids();
        self.terms.iter().map(|(_, value)| named_in(value, &ids)).collect()
    }

    fn ids(&self, tables: &[Table<'a>], what: &str) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for table in tables {
            let id = table.text("id").unwrap_or_else(|| Word { text: String::new(), at: table.at });
            self.check_id(&id, what, &ids);
            ids.push(id.text);
        }
        ids
    }

    fn check_id(&self, id: &Word, what: &str, before: &[String]) {
        if id.text.is_empty() {
            // That it is missing has been said.
        } else if before.contains(&id.text) {
            self.source.problem(id.at, format!("another {what} has the id `{}`; choose one that is free", id.text));
        } else if !is_slug(&id.text) {
            self.source.problem(id.at, format!("`{}` is no id: use small letters, digits and _", id.text));
        }
    }

    fn option_ids(&self, question: &Table<'a>) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for value in question.list("options") {
            let id = match value.get_ref().as_str() {
                Some(text) => Word { text: text.to_owned(), at: start(&value.span()) },
                None => self
                    .part(value, "an option", "`id`")
                    .and_then(|table| table.text("id"))
                    .unwrap_or_else(|| Word { text: String::new(), at: start(&value.span()) }),
            };
            self.check_id(&id, "option", &ids);
            ids.push(id.text);
        }
        if ids.len() > 64 {
            self.source.problem(question.at, "a question has at most 64 options");
            ids.truncate(64);
        }
        ids
    }

    /// The table of something that can also be written as text, its id.
    fn part(&self, value: &'a Value<'a>, what: &str, keys: &str) -> Option<Table<'a>> {
        let is_table = matches!(value.get_ref(), DeValue::Table(_));
        if !is_table {
            let found = kind_of(value.get_ref());
            let message = format!("{what} is text, its id, or a table with {keys}, not {found}");
            self.source.problem(start(&value.span()), message);
        }
        is_table.then(|| Table::of(self.source, value)).flatten()
    }

    fn scope<'s>(&self, names: &'s Names) -> Scope<'s>
    where
        'a: 's,
    {
        Scope { source: self.source, names, terms: names.terms.len(), depth: 0 }
    }

    fn compile(&self, structure: &mut Structure) {
        let mut names = std::mem::take(&mut structure.names);
        self.read_numbers(&mut names);
        let terms = self.terms.iter().enumerate();
        structure.logic.terms = terms
            .map(|(before, (key, value))| {
                if key.text == "always" || !is_slug(&key.text) {
                    let message = "`{}` can't name a term: use small letters, digits and _, and not `always`";
                    self.source.problem(key.at, message.replace("{}", &key.text));
                }
                Scope { source: self.source, names: &names, terms: before, depth: 0 }.condition(value)
            })
            .collect();
        structure.logic.tiers = names.tiers.iter().map(|tier| tier.as_str().into()).collect();
        structure.logic.sections = self.sections.iter().map(|table| self.section(table)).collect();
        structure.holds_questions = self.sections.iter().map(|table| table.flag("to_ask")).collect();
        structure.logic.questions =
            self.questions.iter().map(|table| self.question(table, &names, &mut structure.cited)).collect();
        structure.question_sources = self.questions.iter().map(source_keys).collect();
        structure.figures = self.figures();
        structure.question_lines = self.questions.iter().map(|table| self.source.line(table.place("shown"))).collect();
        (structure.logic.screens, names.screens) = self.screens(&names).into_iter().unzip();
        let (rules, lines) = self.rules(&mut names, &mut structure.cited);
        (structure.logic.rules, structure.rule_lines) = (rules, lines);
        structure.logic.groups = self.groups(&mut names, &mut structure.cited);
        structure.result_lines = self.groups.iter().map(|group| group.lines(self.source)).collect();
        structure.logic.advice = self.advice(&mut names);
        structure.logic.immediate = self.tiers_in("immediate", &names);
        structure.logic.read_out = self.tiers_in("read_out", &names);
        structure.logic.seen_from = self.seen_from();
        structure.logic.contact_hidden = self
            .contact
            .as_ref()
            .and_then(|contact| contact.required("hidden").map(|value| self.scope(&names).condition(value)));
        structure.logic.additions = self.additions.iter().filter_map(|table| self.addition(table, &names)).collect();
        structure.logic.emphasis = self.emphasis.iter().filter_map(|table| self.emphasis(table, &names)).collect();
        structure.logic.notes = self.notes.iter().map(|table| self.note(table, &names)).collect();
        structure.fhir = self.fhir.as_ref().map(|table| self.addresses(table, &names));
        structure.names = names;
        self.finish();
        self.check_sizes(&structure.logic);
        structure.is_sound = self.check_order(&structure.logic) && !self.source.problems.is_in(self.source.file);
        structure.shadowed = self.check_rules(&structure.logic);
        structure.shadowed_results = self.check_groups(&structure.logic);
        self.check_used(structure);
        self.check_numbers_used(&structure.logic, &structure.names);
        self.check_points(&structure.logic, &structure.names);
    }

    fn question(&self, table: &Table<'a>, names: &Names, cited: &mut Vec<Word>) -> Question {
        let id = table.text("id").map(|word| word.text).unwrap_or_default();
        let kind = self.kind(table);
        let exclusive = table.texts("exclusive");
        self.check_exclusive(table, kind, &exclusive);
        let own = names.question(&id).unwrap_or(u16::MAX);
        for word in exclusive.iter().filter(|word| names.option(own, &word.text).is_none()) {
            let known = names.options(own).join(", ");
            self.source.problem(word.at, format!("`{}` is no option of `{id}`; known are {known}", word.text));
        }
        let options: Vec<Opt> = table
            .list("options")
            .into_iter()
            .zip(names.options(own))
            .map(|(value, option)| Opt {
                id: option.as_str().into(),
                shown: self.option_shown(value, names),
                exclusive: exclusive.iter().any(|word| word.text == *option),
            })
            .collect();
        match kind {
            Some(Kind::Scale { .. }) if !options.is_empty() => {
                self.source.problem(table.place("options"), "a scale has no options");
            }
            Some(Kind::Number { .. }) if !options.is_empty() => {
                self.source.problem(table.place("options"), "a number has no options");
            }
            Some(Kind::One | Kind::Many) if options.is_empty() => {
                self.source.problem(table.place("options"), "`options` is missing: a list of at least one id");
            }
            _ => {}
        }
        cited.extend(self.sources(table));
        Question {
            id: id.as_str().into(),
            kind: kind.unwrap_or(Kind::One),
            decimals: self.decimals(table),
            points: self.points(table, options.len()),
            options,
            shown: self.when(table, "shown", names),
            optional: table.flag("optional"),
            stays: table.flag("stays"),
            figure: table.optional_text("figure").map(|word| word.text.as_str().into()),
        }
    }

    fn figures(&self) -> Vec<(u16, Word)> {
        let all = self.questions.iter().zip(0..);
        all.filter_map(|(table, index)| Some((index, table.optional_text("figure")?))).collect()
    }

    fn kind(&self, table: &Table<'a>) -> Option<Kind> {
        let bounds = ["min", "max"].map(|key| table.get(key).is_some());
        let word = table.text("kind")?;
        match word.text.as_str() {
            "scale" => return Some(self.scale(table)),
            "number" => return Some(self.number(table)),
            "one" | "many" if bounds.contains(&true) => {
                let message = format!("`min` and `max` belong to a scale or a number, not to kind {}", word.text);
                self.source.problem(word.at, message);
            }
            "one" => return Some(Kind::One),
            "many" => return Some(Kind::Many),
            other => self.source.problem(word.at, format!("`{other}` is no kind; known are one, many, scale, number")),
        }
        None
    }

    fn scale(&self, table: &Table<'a>) -> Kind {
        let bounds = i64::from(i32::MIN)..=i64::from(i32::MAX);
        let (min, max) = (table.integer_in("min", bounds.clone()), table.integer_in("max", bounds));
        let (Some(min), Some(max)) = (min, max) else { return Kind::Scale { min: 0, max: 1 } };
        if min >= max {
            self.source.problem(table.place("max"), format!("`max` must be greater than `min`, which is {min}"));
        }
        self.check_width(table, (min, max));
        Kind::Scale { min, max }
    }

    fn option_shown(&self, value: &'a Value<'a>, names: &Names) -> Condition {
        if value.get_ref().as_str().is_some() {
            return Condition::Always;
        }
        let DeValue::Table(_) = value.get_ref() else { return Condition::Always };
        let Some(table) = Table::of(self.source, value) else { return Condition::Always };
        let _ = table.get("id");
        let shown = self.when(&table, "shown", names);
        table.finish();
        shown
    }

    fn section(&self, table: &Table<'a>) -> Section {
        let id = table.text("id").unwrap_or_else(|| Word { text: String::new(), at: table.at });
        let own = table.flag("own");
        if own && !id.text.is_empty() && !COMPOSED.contains(&id.text.as_str()) {
            let message = format!("the page composes no section `{}`; it knows {}", id.text, COMPOSED.join(" and "));
            self.source.problem(id.at, message);
        }
        Section { id: id.text.as_str().into(), own, fixed: table.flag("fixed"), folded: table.flag("folded") }
    }

    fn when(&self, table: &Table<'a>, key: &'static str, names: &Names) -> Condition {
        table.get(key).map_or(Condition::Always, |value| self.scope(names).condition(value))
    }

    fn sources(&self, table: &Table<'a>) -> Vec<Word> {
        let sources = table.texts("source");
        if table.list("source").is_empty() {
            self.source.problem(table.at, "`source` is missing: name at least one key of sources.toml");
        }
        sources
    }

    /// The questions of each screen, and its id where it holds several.
    fn screens(&self, names: &Names) -> Vec<(Vec<u16>, Option<String>)> {
        let ids = self.ids(&self.screens, "screen");
        let mut together: Vec<(Vec<u16>, Option<String>)> = Vec::new();
        for (table, id) in self.screens.iter().zip(ids) {
            let words = table.texts("questions");
            let questions: Vec<u16> = words.iter().filter_map(|word| self.question_named(word, names)).collect();
            let in_a_row = questions.windows(2).all(|pair| matches!(pair, [first, second] if first + 1 == *second));
            let again = together.iter().any(|(other, _)| other.iter().any(|each| questions.contains(each)));
            if questions.len() == words.len() && (questions.len() < 2 || !in_a_row || again) {
                let message = "a screen holds at least two questions that follow one another, each on one screen only";
                self.source.problem(table.place("questions"), message);
            }
            together.push((questions, Some(id)));
        }
        let all = 0..u16::try_from(names.questions.len()).unwrap_or(u16::MAX);
        let alone: Vec<u16> =
            all.filter(|index| !together.iter().any(|(questions, _)| questions.contains(index))).collect();
        let mut screens: Vec<_> = alone.into_iter().map(|index| (vec![index], None)).chain(together).collect();
        screens.sort();
        screens
    }

    fn find<S: AsRef<str>>(&self, word: &Word, what: &str, ids: &[S]) -> Option<u16> {
        let found = index_of(ids.iter().map(AsRef::as_ref), &word.text);
        if found.is_none() {
            self.astray.borrow_mut().push(what.to_owned());
        }
        // Where an id is missing, this may be it.
        if found.is_none() && ids.iter().all(|id| !id.as_ref().is_empty()) {
            let known = ids.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
            self.source.problem(word.at, format!("there is no {what} `{}`; known are {known}", word.text));
        }
        found
    }

    fn question_named(&self, word: &Word, names: &Names) -> Option<u16> {
        self.find(word, "question", &names.question_ids())
    }

    fn rules(&self, names: &mut Names, cited: &mut Vec<Word>) -> (Vec<Rule>, Vec<usize>) {
        let mut rules = Vec::new();
        for table in &self.rules {
            let sources = self.sources(table);
            let indices = sources.iter().map(|word| intern(&mut names.sources, &word.text)).collect();
            cited.extend(sources);
            let when = table.required("when").map_or(Condition::Always, |value| self.scope(names).condition(value));
            let advice = table.text("advice");
            let advice = advice.and_then(|word| self.find(&word, "advice", &names.advice));
            let stop = table.optional_text("stop_after");
            rules.push(Rule {
                id: table.text("id").map(|word| word.text).unwrap_or_default().as_str().into(),
                when,
                advice: advice.unwrap_or(u16::MAX),
                stop_after: stop.and_then(|word| self.question_named(&word, names)),
                sources: indices,
            });
        }
        (rules, self.rules.iter().map(|table| self.source.line(table.at)).collect())
    }

    fn advice(&self, names: &mut Names) -> Vec<Advice> {
        let mut all = Vec::new();
        for table in &self.advice {
            let tier = table.text("tier");
            let urgency = table.integer_in("urgency", 0..=255);
            let contact = table.tables("contact").iter().filter_map(|label| self.contact_rule(label, names)).collect();
            all.push(Advice {
                id: table.text("id").map(|word| word.text).unwrap_or_default().as_str().into(),
                tier: tier.and_then(|word| self.find(&word, "tier", &names.tiers)).unwrap_or(0),
                urgency: urgency.unwrap_or(0),
                sections: table
                    .list("sections")
                    .into_iter()
                    .filter_map(|value| self.section_use(value, names))
                    .collect(),
                contact,
            });
        }
        all
    }

    fn contact_rule(&self, table: &Table<'a>, names: &mut Names) -> Option<ContactRule> {
        let (label, when) = (table.text("label"), self.when(table, "when", names));
        table.finish();
        let label = label?;
        Some(ContactRule { label: intern(&mut names.labels, &label.text), when })
    }

    fn section_use(&self, value: &'a Value<'a>, names: &Names) -> Option<SectionUse> {
        let (word, when) = if let Some(text) = value.get_ref().as_str() {
            (Word { text: text.to_owned(), at: start(&value.span()) }, Condition::Always)
        } else {
            let table = self.part(value, "a section", "`id` and `when`")?;
            let (word, when) = (table.text("id"), self.when(&table, "when", names));
            table.finish();
            (word?, when)
        };
        let section = self.find(&word, "section", &names.sections)?;
        Some(SectionUse { section, when })
    }

    /// The tiers that a list beside all tiers names.
    fn tiers_in(&self, list: &'static str, names: &Names) -> Vec<u16> {
        let words: Vec<Word> = self.tiers.iter().flat_map(|tiers| tiers.texts(list)).collect();
        self.check_each_once(&words);
        words.iter().filter_map(|word| self.find(word, "tier", &names.tiers)).collect()
    }

    fn seen_from(&self) -> u8 {
        let given = self.tiers.as_ref().filter(|tiers| tiers.get("seen_from").is_some());
        given.and_then(|tiers| tiers.integer_in("seen_from", 0..=255)).unwrap_or(0)
    }

    fn addition(&self, table: &Table<'a>, names: &Names) -> Option<Addition> {
        let word = table.text("section")?;
        let section = self.find(&word, "section", &names.sections);
        let after = self.section_list(table, "after", names);
        let (to, when) = (self.applies_to(table, names), self.when(table, "when", names));
        Some(Addition { section: section?, to, when, after })
    }

    fn section_list(&self, table: &Table<'a>, key: &'static str, names: &Names) -> Vec<u16> {
        let words = table.texts(key);
        words.iter().filter_map(|word| self.find(word, "section", &names.sections)).collect()
    }

    fn applies_to(&self, table: &Table<'a>, names: &Names) -> AppliesTo {
        let tiers = table.texts("tiers");
        let rules = table.texts("rules");
        if tiers.is_empty() && rules.is_empty() {
            self.source.problem(table.at, "name `tiers` or `rules` to which this belongs");
        }
        let mut to = AppliesTo::default();
        to.tiers.extend(tiers.iter().filter_map(|word| self.find(word, "tier", &names.tiers)));
        for word in rules {
            let found: Vec<u16> = names
                .rules
                .iter()
                .zip(0_u16..)
                .filter(|((id, _), _)| *id == word.text)
                .map(|(_, index)| index)
                .collect();
            let _ = self.find(&word, "rule", &names.rule_ids());
            to.rules.extend(found);
        }
        to
    }

    fn emphasis(&self, table: &Table<'a>, names: &Names) -> Option<Emphasis> {
        let sections = self.section_list(table, "sections", names);
        let when = self.scope(names).condition(table.required("when")?);
        Some(Emphasis { when, sections })
    }

    fn note(&self, table: &Table<'a>, names: &Names) -> Note {
        Note {
            id: table.text("id").map(|word| word.text).unwrap_or_default().as_str().into(),
            to: self.applies_to(table, names),
            when: self.when(table, "when", names),
        }
    }

    fn finish(&self) {
        let many = [
            &self.questions,
            &self.screens,
            &self.rules,
            &self.advice,
            &self.additions,
            &self.emphasis,
            &self.notes,
            &self.sections,
        ];
        self.groups.iter().for_each(groups::Tables::finish);
        many.into_iter().flatten().chain(&self.tiers).chain(&self.contact).for_each(Table::finish);
    }
}

fn exclusive_ids(table: &Table<'_>) -> Vec<String> {
    let values = table.get("exclusive").and_then(|value| value.get_ref().as_array());
    values.into_iter().flatten().filter_map(|value| value.get_ref().as_str()).map(ToOwned::to_owned).collect()
}

fn source_keys(table: &Table<'_>) -> Vec<String> {
    table.texts("source").into_iter().map(|word| word.text).collect()
}

fn position(ids: &[String], id: &str) -> Option<u16> {
    index_of(ids.iter().map(String::as_str), id)
}

fn intern(ids: &mut Vec<String>, id: &str) -> u16 {
    position(ids, id).unwrap_or_else(|| {
        ids.push(id.to_owned());
        u16::try_from(ids.len() - 1).unwrap_or(u16::MAX)
    })
}
