//! `properties.toml`: what must be true of every set of answers, said next to the quiz. `verify` proves it.

use quiz_engine::{Condition, Kind, Logic};

use crate::compile::Structure;
use crate::conditions::Scope;
use crate::reader::{Source, Table, Word};

mod steps;

pub(crate) use steps::Step;

/// The file's name.
pub(crate) const FILE: &str = "properties.toml";

/// What the content says must hold. The lists are in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Properties {
    /// Whether there is such a file. Without one, no step is expected to keep the urgency.
    pub(crate) are_declared: bool,
    pub(crate) monotone: Vec<Monotone>,
    pub(crate) not_less: Vec<NotLess>,
    pub(crate) never: Vec<Never>,
    pub(crate) falls: Vec<Fall>,
}

/// None of these steps ever lowers the urgency.
#[derive(Debug)]
pub(crate) struct Monotone {
    pub(crate) id: String,
    pub(crate) steps: Vec<Step>,
}

/// An answer never leads to less urgent advice than another answer to the same question.
#[derive(Debug)]
pub(crate) struct NotLess {
    pub(crate) id: String,
    pub(crate) pairs: Vec<Pair>,
    /// Compared only where this holds with either answer.
    pub(crate) given: Condition,
}

/// Two answers to a question, by the indices of its options.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) question: u16,
    pub(crate) answer: u16,
    pub(crate) than: u16,
}

/// Whoever meets the condition reaches none of these tiers, sees none of these sections and is told none of these results.
#[derive(Debug)]
pub(crate) struct Never {
    pub(crate) id: String,
    pub(crate) when: Condition,
    pub(crate) tiers: Vec<u16>,
    pub(crate) sections: Vec<u16>,
    /// Each by its group and its place there.
    pub(crate) results: Vec<(u16, u16)>,
}

/// Steps that are meant to lower the urgency.
#[derive(Debug)]
pub(crate) struct Fall {
    pub(crate) steps: Vec<Step>,
    /// The tiers that they lead from and to; the two can be one, where it has advice of different urgency.
    pub(crate) between: Vec<(u16, u16)>,
    /// Why that is right.
    pub(crate) because: String,
    pub(crate) line: usize,
}

/// Reads the file. What cannot be read is named.
pub(crate) fn read(source: Source<'_>, structure: &Structure) -> Option<Properties> {
    let parsed = source.parse()?;
    let root = Table::new(source, 0, parsed.get_ref());
    let reader = Reader { source, structure };
    let monotone: Vec<Monotone> = root.tables("monotone").iter().map(|table| reader.monotone(table)).collect();
    let falls = root.tables("falls").iter().map(|table| reader.fall(table, &monotone)).collect();
    let properties = Properties {
        are_declared: true,
        monotone,
        not_less: root.tables("not_less").iter().map(|table| reader.not_less(table)).collect(),
        never: root.tables("never").iter().map(|table| reader.never(table)).collect(),
        falls,
    };
    reader.check_ids(&root);
    reader.check_falls(&root, &properties);
    root.finish();
    Some(properties)
}

struct Reader<'a> {
    source: Source<'a>,
    structure: &'a Structure,
}

impl<'a> Reader<'a> {
    fn logic(&self) -> &'a Logic {
        &self.structure.logic
    }

    fn monotone(&self, table: &Table<'a>) -> Monotone {
        let monotone = Monotone { id: id(table), steps: self.steps(table) };
        table.finish();
        monotone
    }

    fn not_less(&self, table: &Table<'a>) -> NotLess {
        let pairs = table.tables("pairs").iter().filter_map(|pair| self.pair(pair)).collect();
        if table.list("pairs").is_empty() {
            self.source.problem(table.at, "`pairs` is missing: a list of at least one { answer = …, than = … }");
        }
        let not_less = NotLess { id: id(table), pairs, given: self.condition(table, "given") };
        table.finish();
        not_less
    }

    fn pair(&self, table: &Table<'a>) -> Option<Pair> {
        let [answer, than] = ["answer", "than"].map(|key| table.text(key));
        table.finish();
        let (answer, than) = (answer?, than?);
        let (question, first) = self.option(&answer)?;
        let (other, second) = self.option(&than)?;
        if question != other || first == second {
            let message = format!("`{}` and `{}` must be two options of one question", answer.text, than.text);
            self.source.problem(than.at, message);
            return None;
        }
        Some(Pair { question, answer: first, than: second })
    }

    fn never(&self, table: &Table<'a>) -> Never {
        if table.get("when").is_none() {
            self.source.problem(table.at, "`when` is missing; a condition says who it is about");
        }
        let never = Never {
            id: id(table),
            when: self.condition(table, "when"),
            tiers: self.tiers(table, "tiers"),
            sections: self.named(table, "sections", "section", &self.structure.names.sections),
            results: table.texts("results").iter().filter_map(|word| self.result(word)).collect(),
        };
        if ["tiers", "sections", "results"].iter().all(|key| table.list(key).is_empty()) {
            self.source.problem(table.at, "name `tiers`, `sections` or `results` that are never to be reached");
        }
        table.finish();
        never
    }

    fn fall(&self, table: &Table<'a>, monotone: &[Monotone]) -> Fall {
        let fall = Fall {
            steps: self.steps_but(table, monotone),
            between: table.texts("between").iter().filter_map(|word| self.between(word)).collect(),
            because: table.text("because").map(|word| word.text).unwrap_or_default(),
            line: self.source.line(table.at),
        };
        if table.list("between").is_empty() {
            self.source.problem(table.at, "`between` is missing: a list of at least one \"tier > tier\"");
        }
        table.finish();
        fall
    }

    /// Two tiers, written `from > to`.
    fn between(&self, word: &Word) -> Option<(u16, u16)> {
        let Some((from, to)) = word.text.split_once('>') else {
            let message = format!("`{}` names no two tiers; write them as \"from > to\"", word.text);
            self.source.problem(word.at, message);
            return None;
        };
        let tier = |id: &str| {
            self.known("tier", &self.structure.names.tiers, &Word { text: id.trim().to_owned(), at: word.at })
        };
        tier(from).zip(tier(to))
    }

    /// A result of a group, written `group.result`.
    fn result(&self, word: &Word) -> Option<(u16, u16)> {
        let groups = self.structure.names.groups.iter().zip(0_u16..);
        let mut all = groups.flat_map(|((group, results), index)| {
            let results = results.iter().zip(0_u16..);
            results.map(move |(result, place)| (format!("{group}.{result}"), (index, place)))
        });
        let found = all.clone().find(|(name, _)| *name == word.text).map(|(_, place)| place);
        if found.is_none() {
            let known: Vec<String> = all.by_ref().map(|(name, _)| name).collect();
            let known =
                if known.is_empty() { "none is known".to_owned() } else { format!("known are {}", known.join(", ")) };
            self.source.problem(word.at, format!("there is no result `{}`; {known}", word.text));
        }
        found
    }

    fn condition(&self, table: &Table<'a>, key: &'static str) -> Condition {
        let names = &self.structure.names;
        let scope = Scope { source: self.source, names, terms: names.terms.len(), depth: 0 };
        table.get(key).map_or(Condition::Always, |value| scope.condition(value))
    }

    fn tiers(&self, table: &Table<'a>, key: &'static str) -> Vec<u16> {
        self.named(table, key, "tier", &self.structure.names.tiers)
    }

    fn named(&self, table: &Table<'a>, key: &'static str, what: &str, ids: &[String]) -> Vec<u16> {
        table.texts(key).iter().filter_map(|word| self.known(what, ids, word)).collect()
    }

    fn known(&self, what: &str, ids: &[String], word: &Word) -> Option<u16> {
        let found = ids.iter().zip(0_u16..).find(|(id, _)| **id == word.text).map(|(_, index)| index);
        if found.is_none() {
            let known = ids.join(", ");
            self.source.problem(word.at, format!("there is no {what} `{}`; known are {known}", word.text));
        }
        found
    }

    /// A property's name stands for it in the report, so each has its own.
    fn check_ids(&self, root: &Table<'a>) {
        let mut before: Vec<String> = Vec::new();
        for table in ["monotone", "not_less", "never"].iter().flat_map(|key| root.tables(key)) {
            let Some(id) = table.get("id").and_then(|value| table.as_text(value)) else { continue };
            if before.contains(&id.text) || crate::verify::is_general(&id.text) {
                let message = format!("another property has the id `{}`; choose one that is free", id.text);
                self.source.problem(id.at, message);
            }
            before.push(id.text);
        }
    }

    /// What must never lower the urgency cannot be meant to do so.
    fn check_falls(&self, root: &Table<'a>, properties: &Properties) {
        for (table, fall) in root.tables("falls").iter().zip(&properties.falls) {
            for step in &fall.steps {
                let strict = properties.monotone.iter().find(|monotone| monotone.steps.contains(step));
                if let Some(strict) = strict {
                    let message = format!(
                        "`{}` is meant to lower the urgency here, but {} says that it never does",
                        step.name(self.logic()),
                        strict.id
                    );
                    self.source.problem(table.place("steps"), message);
                }
            }
        }
    }

    /// A question's option, written `question.option`.
    fn option(&self, word: &Word) -> Option<(u16, u16)> {
        let (question, option) = word.text.split_once('.').unwrap_or((&word.text, ""));
        let index = self.question(&Word { text: question.to_owned(), at: word.at })?;
        let known = self.structure.names.options(index);
        let found = self.structure.names.option(index, option);
        if found.is_none() {
            let known = if known.is_empty() {
                "it asks for a number".to_owned()
            } else {
                format!("known are {}", known.join(", "))
            };
            self.source.problem(word.at, format!("`{}` names no option; {known}", word.text));
        }
        Some((index, found?))
    }

    fn question(&self, word: &Word) -> Option<u16> {
        let question = self.structure.names.question(&word.text);
        if question.is_none() {
            let known = self.structure.names.question_ids().join(", ");
            self.source.problem(word.at, format!("there is no question `{}`; known are {known}", word.text));
        }
        question
    }

    /// Steps, each written as `question.option`, or as `question` for every step that there is in it.
    fn steps(&self, table: &Table<'a>) -> Vec<Step> {
        self.check_steps(table);
        table.texts("steps").iter().flat_map(|word| self.step(word)).collect()
    }

    /// Steps, of which a question by itself does not stand for those that a `[[monotone]]` names, unless it names all.
    fn steps_but(&self, table: &Table<'a>, monotone: &[Monotone]) -> Vec<Step> {
        let is_strict = |step: &Step| monotone.iter().any(|monotone| monotone.steps.contains(step));
        let of = |word: &Word| {
            let all = self.step(word);
            let others: Vec<Step> = all.iter().copied().filter(|step| !is_strict(step)).collect();
            if word.text.contains('.') || others.is_empty() { all } else { others }
        };
        self.check_steps(table);
        table.texts("steps").iter().flat_map(of).collect()
    }

    fn check_steps(&self, table: &Table<'a>) {
        if table.list("steps").is_empty() {
            self.source.problem(table.at, "`steps` is missing: a list of at least one question.option or question");
        }
    }

    fn step(&self, word: &Word) -> Vec<Step> {
        if !word.text.contains('.') {
            let question = self.question(word);
            return question.map(|question| Step::all_of(self.logic(), question)).unwrap_or_default();
        }
        let Some((question, option)) = self.option(word) else { return Vec::new() };
        let step = Step { question, option: Some(option) };
        if !Step::all_of(self.logic(), question).contains(&step) {
            let message = format!("`{}` takes other answers back, so it is no step; leave it out", word.text);
            self.source.problem(word.at, message);
            return Vec::new();
        }
        vec![step]
    }
}

fn id(table: &Table<'_>) -> String {
    table.text("id").map(|word| word.text).unwrap_or_default()
}

/// Whether several options of a question can be chosen.
fn is_many(logic: &Logic, question: u16) -> bool {
    logic.question(question).is_some_and(|question| question.kind == Kind::Many)
}
