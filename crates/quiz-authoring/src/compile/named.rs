//! The table `[numbers]`: numbers with names of their own.

use quiz_engine::Logic;

use super::{Names, Tables, every_condition, is_slug};
use crate::conditions::{Number, Scope, has_lost, named_in};
use crate::reader::{Table, Value, Word};

impl<'a> Tables<'a> {
    /// Reads them in their order into the names, for each may name those before it.
    pub(super) fn read_numbers(&self, names: &mut Names) {
        for (key, value) in &self.numbers {
            self.check_number(key, names);
            let number = self.number_named(key, value, names).unwrap_or(Number::Lost);
            names.numbers.push((key.text.clone(), number));
        }
    }

    fn check_number(&self, key: &Word, names: &Names) {
        if !is_slug(&key.text) {
            self.source.problem(key.at, format!("`{}` is no id: use small letters, digits and _", key.text));
        } else if names.question(&key.text).is_some() {
            let message = "a question has the id `{}` too, and both are tested as `number`; choose another";
            self.source.problem(key.at, message.replace("{}", &key.text));
        }
    }

    /// Terms come behind numbers, since these are what terms test.
    fn number_named(&self, key: &Word, value: &'a Value<'a>, names: &Names) -> Option<Number> {
        let table = Table::of(self.source, value)?;
        let terms = table.entries().flat_map(|(_, value)| named_in(value, &names.terms)).collect::<Vec<_>>();
        let term = terms.first().and_then(|term| names.terms.get(*term));
        if let Some(term) = term {
            let message = format!("`{}` names the term `{term}`, but terms test numbers; write it out here", key.text);
            self.source.problem(key.at, message);
            return None;
        }
        Scope { source: self.source, names, terms: 0, depth: 0 }.meaning(&table)
    }

    /// A number that nothing tests would be written for nobody.
    pub(super) fn check_numbers_used(&self, logic: &Logic, names: &Names) {
        let mut is_lost = false;
        every_condition(logic, &mut |condition| is_lost |= has_lost(condition));
        let used = names.numbers_used.borrow();
        for (key, _) in self.numbers.iter().filter(|(key, _)| !is_lost && !used.contains(&key.text)) {
            // That it has the name of a question has been said.
            if names.question(&key.text).is_some() {
                continue;
            }
            let message = format!("nothing tests the number `{}`; name it in a condition or delete it", key.text);
            self.source.problem(key.at, message);
        }
    }
}
