//! `quiz.toml` turned into the engine's [`Logic`]: ids become indices, and what does not fit is named.

use quiz_engine::{
    Addition, Advice, AppliesTo, Condition, ContactRule, Emphasis, Kind, Logic, Note, Opt, Question, Rule, Section,
    SectionUse,
};

use crate::conditions::Scope;
use crate::reader::{Source, Table, Value, Word, start};

/// Every id of the quiz, in the order of the file: an id's place is its index.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) questions: Vec<(String, Vec<String>)>,
    pub(crate) terms: Vec<String>,
    pub(crate) tiers: Vec<String>,
    pub(crate) advice: Vec<String>,
    /// Id and clause of each rule.
    pub(crate) rules: Vec<(String, Option<String>)>,
    pub(crate) sections: Vec<String>,
    pub(crate) notes: Vec<String>,
    /// The id of each screen that holds several questions, in the order of screens; none for the others.
    pub(crate) screens: Vec<Option<String>>,
    /// Labels of the contact link, in the order of their first use.
    pub(crate) labels: Vec<String>,
    /// Sources that rules name, in the order of their first use.
    pub(crate) sources: Vec<String>,
}

/// `quiz.toml`, read.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) names: Names,
    pub(crate) logic: Logic,
    /// The line of each rule, for problems that show only in a case.
    pub(crate) rule_lines: Vec<usize>,
    /// Source keys with their places: those of questions too.
    pub(crate) cited: Vec<Word>,
}

impl Names {
    pub(crate) fn question(&self, id: &str) -> Option<u16> {
        index_of(self.questions.iter().map(|(question, _)| question.as_str()), id)
    }

    pub(crate) fn options(&self, question: u16) -> &[String] {
        self.questions.get(usize::from(question)).map(|(_, options)| options.as_slice()).unwrap_or_default()
    }

    pub(crate) fn option(&self, question: u16, id: &str) -> Option<u16> {
        index_of(self.options(question).iter().map(String::as_str), id)
    }

    /// The key of a rule's words: its id, and its clause where it has one.
    pub(crate) fn rule_keys(&self) -> Vec<String> {
        let key = |(id, clause): &(String, Option<String>)| match clause {
            Some(clause) => format!("{id}_{clause}"),
            None => id.clone(),
        };
        self.rules.iter().map(key).collect()
    }
}

fn index_of<'a>(mut ids: impl Iterator<Item = &'a str>, id: &str) -> Option<u16> {
    ids.position(|each| each == id).and_then(|index| u16::try_from(index).ok())
}

/// Reads `quiz.toml`. What cannot be read is named; the rest is there.
pub(crate) fn structure(source: Source<'_>) -> Structure {
    let parsed = source.parse();
    let root = Table::new(source, 0, parsed.get_ref());
    let mut structure = Structure {
        id: root.text("id").map(|word| word.text).unwrap_or_default(),
        version: root.text("version").map(|word| word.text).unwrap_or_default(),
        ..Structure::default()
    };
    let tables = Tables::of(&root);
    structure.names = tables.names();
    tables.compile(&mut structure);
    drop(tables);
    root.finish();
    structure
}

/// The tables of the file, taken once.
struct Tables<'a> {
    source: Source<'a>,
    terms: Vec<(Word, &'a Value<'a>)>,
    questions: Vec<Table<'a>>,
    screens: Vec<Table<'a>>,
    rules: Vec<Table<'a>>,
    advice: Vec<Table<'a>>,
    additions: Vec<Table<'a>>,
    emphasis: Vec<Table<'a>>,
    notes: Vec<Table<'a>>,
    sections: Vec<Table<'a>>,
    tiers: Option<Table<'a>>,
    contact: Option<Table<'a>>,
}

impl<'a> Tables<'a> {
    fn of(root: &Table<'a>) -> Self {
        let source = root.source;
        let table = |key| root.get(key).and_then(|value| Table::of(source, value));
        Self {
            source,
            terms: table("terms").map(|terms| terms.entries().collect()).unwrap_or_default(),
            questions: root.tables("question"),
            screens: root.tables("screen"),
            rules: root.tables("rule"),
            advice: root.tables("advice"),
            additions: root.tables("addition"),
            emphasis: root.tables("emphasis"),
            notes: root.tables("note"),
            sections: root.tables("section"),
            tiers: root.required("tiers").and_then(|value| Table::of(source, value)),
            contact: table("contact"),
        }
    }

    /// Takes all ids first, so that everything can name everything.
    fn names(&self) -> Names {
        let questions = self.ids(&self.questions, "question");
        let mut names = Names {
            questions: self.questions.iter().zip(questions).map(|(table, id)| (id, self.option_ids(table))).collect(),
            terms: self.terms.iter().map(|(key, _)| key.text.clone()).collect(),
            tiers: self.tiers.iter().flat_map(|tiers| tiers.texts("all")).map(|word| word.text).collect(),
            advice: self.ids(&self.advice, "advice"),
            rules: Vec::new(),
            sections: self.ids(&self.sections, "section"),
            notes: self.ids(&self.notes, "note"),
            screens: Vec::new(),
            labels: Vec::new(),
            sources: Vec::new(),
        };
        for rule in &self.rules {
            let id = rule.text("id").unwrap_or_else(|| Word { text: String::new(), at: rule.at });
            let clause = rule.optional_text("clause").map(|word| word.text);
            let named = (id.text, clause);
            if names.rules.contains(&named) {
                self.source.problem(id.at, format!("there is a rule `{}` already; give each a clause of its own", named.0));
            }
            names.rules.push(named);
        }
        for (what, many) in [("question", self.questions.len()), ("rule", self.rules.len()), ("section", self.sections.len())] {
            if many == 0 {
                self.source.problem(0, format!("there is no {what}"));
            }
        }
        names
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
        let is_slug = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if before.contains(&id.text) {
            self.source.problem(id.at, format!("there is a {what} `{}` already", id.text));
        } else if !id.text.is_empty() && !id.text.bytes().all(is_slug) {
            self.source.problem(id.at, format!("`{}` is no id: use small letters, digits and _", id.text));
        }
    }

    fn option_ids(&self, question: &Table<'a>) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for value in question.list("options") {
            let id = match value.get_ref().as_str() {
                Some(text) => Word { text: text.to_owned(), at: start(&value.span()) },
                None => Table::of(self.source, value)
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

    fn scope<'s>(&self, names: &'s Names) -> Scope<'s>
    where
        'a: 's,
    {
        Scope { source: self.source, names, terms: names.terms.len() }
    }

    fn compile(&self, structure: &mut Structure) {
        let mut names = std::mem::take(&mut structure.names);
        let terms = self.terms.iter().enumerate();
        structure.logic.terms = terms
            .map(|(before, (key, value))| {
                if key.text.contains('.') || names.terms.iter().filter(|term| **term == key.text).count() > 1 {
                    self.source.problem(key.at, format!("`{}` can't name a term", key.text));
                }
                Scope { source: self.source, names: &names, terms: before }.condition(value)
            })
            .collect();
        structure.logic.tiers = names.tiers.iter().map(|tier| tier.as_str().into()).collect();
        structure.logic.sections = self.sections.iter().map(section).collect();
        structure.logic.questions =
            self.questions.iter().map(|table| self.question(table, &names, &mut structure.cited)).collect();
        (structure.logic.screens, names.screens) = self.screens(&names).into_iter().unzip();
        let (rules, lines) = self.rules(&mut names, &mut structure.cited);
        (structure.logic.rules, structure.rule_lines) = (rules, lines);
        structure.logic.advice = self.advice(&mut names);
        structure.logic.immediate = self.immediate(&names);
        structure.logic.contact_hidden = self.contact.as_ref().and_then(|contact| {
            contact.required("hidden").map(|value| self.scope(&names).condition(value))
        });
        structure.logic.additions = self.additions.iter().filter_map(|table| self.addition(table, &names)).collect();
        structure.logic.emphasis = self.emphasis.iter().filter_map(|table| self.emphasis(table, &names)).collect();
        structure.logic.notes = self.notes.iter().map(|table| self.note(table, &names)).collect();
        structure.names = names;
        self.check_order(&structure.logic);
        self.check_used(structure);
    }

    fn question(&self, table: &Table<'a>, names: &Names, cited: &mut Vec<Word>) -> Question {
        let id = table.text("id").map(|word| word.text).unwrap_or_default();
        let kind = self.kind(table);
        let exclusive = table.texts("exclusive");
        let own = names.question(&id).unwrap_or(u16::MAX);
        for word in exclusive.iter().filter(|word| names.option(own, &word.text).is_none()) {
            self.source.problem(word.at, format!("`{}` is no option of `{id}`", word.text));
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
        let is_scale = matches!(kind, Kind::Scale { .. });
        if is_scale != options.is_empty() {
            let what = if is_scale { "a scale has no options" } else { "`options` is missing" };
            self.source.problem(table.at, what);
        }
        cited.extend(self.sources(table));
        Question {
            id: id.as_str().into(),
            kind,
            options,
            shown: self.when(table, "shown", names),
            optional: table.flag("optional"),
        }
    }

    fn kind(&self, table: &Table<'a>) -> Kind {
        let word = table.text("kind");
        let (min, max) = (table.integer("min"), table.integer("max"));
        match word.as_ref().map(|word| word.text.as_str()) {
            Some("many") => Kind::Many,
            Some("scale") => {
                let bound = |number: Option<i64>| number.and_then(|number| i32::try_from(number).ok());
                match (bound(min), bound(max)) {
                    (Some(min), Some(max)) if min < max => Kind::Scale { min, max },
                    _ => {
                        self.source.problem(table.at, "a scale needs `min` and a greater `max`");
                        Kind::Scale { min: 0, max: 1 }
                    }
                }
            }
            Some("one") | None => Kind::One,
            Some(other) => {
                let at = word.as_ref().map_or(table.at, |word| word.at);
                self.source.problem(at, format!("`{other}` is no kind; known are one, many, scale"));
                Kind::One
            }
        }
    }

    fn option_shown(&self, value: &'a Value<'a>, names: &Names) -> Condition {
        if value.get_ref().as_str().is_some() {
            return Condition::Always;
        }
        let Some(table) = Table::of(self.source, value) else { return Condition::Always };
        let _ = table.get("id");
        let shown = self.when(&table, "shown", names);
        table.finish();
        shown
    }

    fn when(&self, table: &Table<'a>, key: &'static str, names: &Names) -> Condition {
        table.get(key).map_or(Condition::Always, |value| self.scope(names).condition(value))
    }

    fn sources(&self, table: &Table<'a>) -> Vec<Word> {
        let sources = table.texts("source");
        if sources.is_empty() {
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
            let questions: Vec<u16> =
                words.iter().filter_map(|word| self.find(word, "question", names.question(&word.text))).collect();
            let in_a_row = questions.windows(2).all(|pair| matches!(pair, [first, second] if first + 1 == *second));
            let again = together.iter().any(|(other, _)| other.iter().any(|each| questions.contains(each)));
            if questions.len() < 2 || !in_a_row || again {
                self.source.problem(table.at, "a screen holds questions that follow one another, and no question twice");
            } else {
                together.push((questions, Some(id)));
            }
        }
        let all = 0..u16::try_from(names.questions.len()).unwrap_or(u16::MAX);
        let alone: Vec<u16> = all.filter(|index| !together.iter().any(|(questions, _)| questions.contains(index))).collect();
        let mut screens: Vec<_> = alone.into_iter().map(|index| (vec![index], None)).chain(together).collect();
        screens.sort();
        screens
    }

    fn find(&self, word: &Word, what: &str, found: Option<u16>) -> Option<u16> {
        if found.is_none() {
            self.source.problem(word.at, format!("there is no {what} `{}`", word.text));
        }
        found
    }

    fn rules(&self, names: &mut Names, cited: &mut Vec<Word>) -> (Vec<Rule>, Vec<usize>) {
        let mut rules = Vec::new();
        for table in &self.rules {
            let sources = self.sources(table);
            let indices = sources.iter().map(|word| intern(&mut names.sources, &word.text)).collect();
            cited.extend(sources);
            let when = table.required("when").map_or(Condition::Always, |value| self.scope(names).condition(value));
            let advice = table.text("advice");
            let advice = advice.and_then(|word| self.find(&word, "advice", position(&names.advice, &word.text)));
            let stop = table.optional_text("stop_after");
            rules.push(Rule {
                id: table.text("id").map(|word| word.text).unwrap_or_default().as_str().into(),
                when,
                advice: advice.unwrap_or(0),
                stop_after: stop.and_then(|word| self.find(&word, "question", names.question(&word.text))),
                sources: indices,
            });
        }
        (rules, self.rules.iter().map(|table| self.source.line(table.at)).collect())
    }

    fn advice(&self, names: &mut Names) -> Vec<Advice> {
        let mut all = Vec::new();
        for table in &self.advice {
            let tier = table.text("tier");
            let urgency = table.integer("urgency").and_then(|urgency| u8::try_from(urgency).ok());
            if urgency.is_none() {
                self.source.problem(table.at, "`urgency` is a number from 0 (least) to 255");
            }
            let contact = table.tables("contact").iter().filter_map(|label| self.contact_rule(label, names)).collect();
            all.push(Advice {
                id: table.text("id").map(|word| word.text).unwrap_or_default().as_str().into(),
                tier: tier.and_then(|word| self.find(&word, "tier", position(&names.tiers, &word.text))).unwrap_or(0),
                urgency: urgency.unwrap_or(0),
                sections: table.list("sections").into_iter().filter_map(|value| self.section_use(value, names)).collect(),
                contact,
            });
        }
        all
    }

    fn contact_rule(&self, table: &Table<'a>, names: &mut Names) -> Option<ContactRule> {
        let label = table.text("label")?;
        let when = self.when(table, "when", names);
        Some(ContactRule { label: intern(&mut names.labels, &label.text), when })
    }

    fn section_use(&self, value: &'a Value<'a>, names: &Names) -> Option<SectionUse> {
        let (word, when) = match value.get_ref().as_str() {
            Some(text) => (Word { text: text.to_owned(), at: start(&value.span()) }, Condition::Always),
            None => {
                let table = Table::of(self.source, value)?;
                let read = (table.text("id")?, self.when(&table, "when", names));
                table.finish();
                read
            }
        };
        let section = self.find(&word, "section", position(&names.sections, &word.text))?;
        Some(SectionUse { section, when })
    }

    fn immediate(&self, names: &Names) -> Vec<u16> {
        let words = self.tiers.iter().flat_map(|tiers| tiers.texts("immediate"));
        words.filter_map(|word| self.find(&word, "tier", position(&names.tiers, &word.text))).collect()
    }

    fn addition(&self, table: &Table<'a>, names: &Names) -> Option<Addition> {
        let word = table.text("section")?;
        let section = self.find(&word, "section", position(&names.sections, &word.text))?;
        let after = self.section_list(table, "after", names);
        Some(Addition { section, to: self.applies_to(table, names), when: self.when(table, "when", names), after })
    }

    fn section_list(&self, table: &Table<'a>, key: &'static str, names: &Names) -> Vec<u16> {
        let words = table.texts(key);
        words.iter().filter_map(|word| self.find(word, "section", position(&names.sections, &word.text))).collect()
    }

    fn applies_to(&self, table: &Table<'a>, names: &Names) -> AppliesTo {
        let tiers = table.texts("tiers");
        let rules = table.texts("rules");
        if tiers.is_empty() && rules.is_empty() {
            self.source.problem(table.at, "name `tiers` or `rules` to which this belongs");
        }
        let mut to = AppliesTo::default();
        to.tiers.extend(tiers.iter().filter_map(|word| self.find(word, "tier", position(&names.tiers, &word.text))));
        for word in rules {
            let found: Vec<u16> = names
                .rules
                .iter()
                .zip(0_u16..)
                .filter(|((id, _), _)| *id == word.text)
                .map(|(_, index)| index)
                .collect();
            let _ = self.find(&word, "rule", found.first().copied());
            to.rules.extend(found);
        }
        to
    }

    fn emphasis(&self, table: &Table<'a>, names: &Names) -> Option<Emphasis> {
        let when = self.scope(names).condition(table.required("when")?);
        Some(Emphasis { when, sections: self.section_list(table, "sections", names) })
    }

    fn note(&self, table: &Table<'a>, names: &Names) -> Note {
        Note {
            id: table.text("id").map(|word| word.text).unwrap_or_default().as_str().into(),
            to: self.applies_to(table, names),
            when: self.when(table, "when", names),
        }
    }

    /// A question may depend only on questions before it; an early stop only on what is behind the visitor by then.
    fn check_order(&self, logic: &Logic) {
        for (index, (question, table)) in logic.questions.iter().zip(&self.questions).enumerate() {
            let shown = question.options.iter().map(|option| &option.shown).chain([&question.shown]);
            if let Some(last) = shown.filter_map(|condition| last_question(logic, condition)).max()
                && usize::from(last) >= index
            {
                let named = logic.question(last).map(|named| named.id.to_string()).unwrap_or_default();
                self.source.problem(table.at, format!("`{}` depends on `{named}`, which is not asked before it", question.id));
            }
        }
        for (rule, table) in logic.rules.iter().zip(&self.rules) {
            if let (Some(stop), Some(last)) = (rule.stop_after, last_question(logic, &rule.when))
                && last > stop
            {
                let named = logic.question(last).map(|named| named.id.to_string()).unwrap_or_default();
                self.source.problem(table.at, format!("rule {} stops too early: it depends on `{named}`", rule.id));
            }
        }
        if let Some((last, before)) = logic.rules.split_last() {
            let tables = self.rules.iter();
            for table in before.iter().zip(tables).filter(|(rule, _)| rule.when == Condition::Always).map(|(_, table)| table) {
                self.source.problem(table.at, "this rule always holds, so no rule after it is ever reached");
            }
            if last.when != Condition::Always {
                self.source.problem(self.rules.last().map_or(0, |table| table.at), "the last rule must hold `always`");
            }
            for (index, (rule, table)) in before.iter().zip(&self.rules).enumerate() {
                if before.iter().take(index).any(|earlier| earlier.when == rule.when) {
                    self.source.problem(table.at, format!("rule {} is shadowed: a rule before it has the same condition", rule.id));
                }
            }
        }
    }

    /// What nothing leads to is a mistake: it would never be shown, and its words would be written for nobody.
    fn check_used(&self, structure: &Structure) {
        let logic = &structure.logic;
        for (table, index) in self.advice.iter().zip(0_u16..) {
            if !logic.rules.iter().any(|rule| rule.advice == index) {
                self.source.problem(table.at, "no rule leads to this advice");
            }
        }
        for (table, index) in self.sections.iter().zip(0_u16..) {
            let used = logic.advice.iter().flat_map(|advice| &advice.sections).any(|used| used.section == index)
                || logic.additions.iter().any(|addition| addition.section == index);
            if !used {
                self.source.problem(table.at, "no advice shows this section");
            }
        }
        let mut terms = vec![false; logic.terms.len()];
        every_condition(logic, &mut |condition| {
            condition.walk(&mut |part| {
                if let Condition::Term(term) = part
                    && let Some(used) = terms.get_mut(usize::from(*term))
                {
                    *used = true;
                }
            });
        });
        for ((key, _), used) in self.terms.iter().zip(terms) {
            if !used {
                self.source.problem(key.at, format!("nothing uses the term `{}`", key.text));
            }
        }
    }
}

impl Drop for Tables<'_> {
    fn drop(&mut self) {
        let groups = [
            &mut self.questions,
            &mut self.screens,
            &mut self.rules,
            &mut self.advice,
            &mut self.additions,
            &mut self.emphasis,
            &mut self.notes,
            &mut self.sections,
        ];
        groups.into_iter().flat_map(std::mem::take).for_each(Table::finish);
        [self.tiers.take(), self.contact.take()].into_iter().flatten().for_each(Table::finish);
    }
}

fn section(table: &Table<'_>) -> Section {
    Section {
        id: table.text("id").map(|word| word.text).unwrap_or_default().as_str().into(),
        own: table.flag("own"),
        fixed: table.flag("fixed"),
    }
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

/// The last question, in the order of asking, that a condition depends on.
fn last_question(logic: &Logic, condition: &Condition) -> Option<u16> {
    let mut last = None;
    condition.walk(&mut |part| {
        let found = match part {
            Condition::Chosen { question, .. } | Condition::Answered(question) => Some(*question),
            Condition::Sum { questions, .. } | Condition::Mean { questions, .. } => questions.iter().copied().max(),
            Condition::Term(term) => logic.terms.get(usize::from(*term)).and_then(|named| last_question(logic, named)),
            _ => None,
        };
        last = last.max(found);
    });
    last
}

fn every_condition(logic: &Logic, visit: &mut impl FnMut(&Condition)) {
    logic.terms.iter().for_each(&mut *visit);
    for question in &logic.questions {
        visit(&question.shown);
        question.options.iter().for_each(|option| visit(&option.shown));
    }
    logic.rules.iter().for_each(|rule| visit(&rule.when));
    for advice in &logic.advice {
        advice.sections.iter().for_each(|used| visit(&used.when));
        advice.contact.iter().for_each(|label| visit(&label.when));
    }
    logic.contact_hidden.iter().for_each(&mut *visit);
    logic.additions.iter().for_each(|addition| visit(&addition.when));
    logic.emphasis.iter().for_each(|emphasis| visit(&emphasis.when));
    logic.notes.iter().for_each(|note| visit(&note.when));
}
