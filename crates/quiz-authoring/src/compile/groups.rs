//! Groups of results beside the advice.

use quiz_engine::{Condition, Group, Rule};

use super::names::Names;
use super::{Tables as All, intern};
use crate::reader::{Source, Table, Word};

/// The tables of a group.
pub(super) struct Tables<'a> {
    pub(super) own: Table<'a>,
    pub(super) rules: Vec<Table<'a>>,
}

impl<'a> Tables<'a> {
    pub(super) fn of(own: Table<'a>) -> Self {
        let rules = own.tables("rule");
        Self { own, rules }
    }

    pub(super) fn lines(&self, source: Source<'a>) -> Vec<usize> {
        self.rules.iter().map(|table| source.line(table.at)).collect()
    }

    pub(super) fn finish(&self) {
        self.rules.iter().chain([&self.own]).for_each(Table::finish);
    }
}

impl<'a> All<'a> {
    /// The id of each group, with those of its results.
    pub(super) fn group_names(&self) -> Vec<(String, Vec<String>)> {
        let mut names: Vec<(String, Vec<String>)> = Vec::new();
        for group in &self.groups {
            let id = group.own.text("id").unwrap_or_else(|| Word { text: String::new(), at: group.own.at });
            let before: Vec<String> = names.iter().map(|(id, _)| id.clone()).collect();
            self.check_id(&id, "group", &before);
            if group.rules.is_empty() {
                self.source.problem(group.own.at, "this group has no result; add [[group.rule]] to it");
            }
            self.check_result_ids(&group.rules);
            names.push((id.text, self.ids(&group.rules, "result of this group")));
        }
        names
    }

    pub(super) fn groups(&self, names: &mut Names, cited: &mut Vec<Word>) -> Vec<Group> {
        let ids = names.groups.clone();
        let mut groups = Vec::new();
        let mut places = 0_u16..;
        for (group, (id, results)) in self.groups.iter().zip(ids) {
            let shown = self.when(&group.own, "shown", names);
            let rules = group.rules.iter().zip(results).zip(&mut places);
            let rules = rules.map(|((table, id), advice)| Rule { advice, ..self.result(table, &id, names, cited) });
            groups.push(Group { id: id.as_str().into(), shown, rules: rules.collect() });
        }
        groups
    }

    /// A result without the place of its words.
    fn result(&self, table: &Table<'a>, id: &str, names: &mut Names, cited: &mut Vec<Word>) -> Rule {
        let sources = self.sources(table);
        let indices = sources.iter().map(|word| intern(&mut names.sources, &word.text)).collect();
        cited.extend(sources);
        let when = table.required("when").map_or(Condition::Always, |value| self.scope(names).condition(value));
        Rule { id: id.into(), when, advice: 0, stop_after: None, sources: indices }
    }
}
