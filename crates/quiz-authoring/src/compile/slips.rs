//! What could be read and means nothing, or not what it seems to: it is a slip of the pen.

use std::collections::BTreeSet;

use quiz_engine::{Condition, Kind, Logic};

use super::{Names, Tables, every_condition};
use crate::conditions::has_lost;
use crate::reader::{Table, Word};

/// The widest scale: each of its numbers is a button.
const WIDEST_SCALE: i64 = 100;

/// What stands for no result where results are told.
const NO_RESULT: &str = "none";

/// Whether it has the form of a quiz's id, which files and addresses are named by: small letters, digits and -, a letter
/// first.
pub fn is_quiz_id(id: &str) -> bool {
    let may_stand = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    id.starts_with(|first: char| first.is_ascii_lowercase()) && id.bytes().all(may_stand)
}

/// The quiz's id, with what is wrong with it.
pub(super) fn quiz_id(root: &Table<'_>) -> String {
    let Some(word) = root.text("id") else { return String::new() };
    if !is_quiz_id(&word.text) {
        let message = format!("`{}` is no id of a quiz: use small letters, digits and -, a letter first", word.text);
        root.source.problem(word.at, message);
    }
    word.text
}

impl<'a> Tables<'a> {
    /// The tiers, each once.
    pub(super) fn tier_ids(&self) -> Vec<String> {
        let mut ids = Vec::new();
        for word in self.tiers.iter().flat_map(|tiers| tiers.texts("all")) {
            self.check_id(&word, "tier", &ids);
            ids.push(word.text);
        }
        ids
    }

    /// Names what stands in a list a second time.
    pub(super) fn check_each_once(&self, words: &[Word]) {
        let mut before = BTreeSet::new();
        for word in words.iter().filter(|word| !before.insert(&word.text)) {
            self.source.problem(word.at, format!("`{}` stands here twice", word.text));
        }
    }

    pub(super) fn check_result_ids(&self, tables: &[Table<'a>]) {
        for table in tables.iter().filter(|table| id_is(table, NO_RESULT)) {
            let message = "`none` can't name a result: where results are told, it stands for there being none";
            self.source.problem(table.place("id"), message);
        }
    }

    pub(super) fn check_exclusive(&self, table: &Table<'a>, kind: Option<Kind>, exclusive: &[Word]) {
        if kind == Some(Kind::One) && !exclusive.is_empty() {
            let message = "`exclusive` belongs to kind many; of kind one only one option can be chosen anyway";
            self.source.problem(table.place("exclusive"), message);
        }
        self.check_each_once(exclusive);
    }

    pub(super) fn check_width(&self, table: &Table<'a>, (min, max): (i32, i32)) {
        if i64::from(max) - i64::from(min) > WIDEST_SCALE {
            let message = format!(
                "`max` is more than {WIDEST_SCALE} above `min`, and each number of a scale is a button; take kind number"
            );
            self.source.problem(table.place("max"), message);
        }
    }

    /// Points that no sum and no mean counts would be set down for nothing.
    pub(super) fn check_points(&self, logic: &Logic, names: &Names) {
        let Some(counted) = counted(logic) else { return };
        for (table, question) in self.questions.iter().zip(0_u16..) {
            let counts = names.counts(question);
            if counts.has_points && counts.number.is_none() && !counted.contains(&question) {
                let message = "nothing counts these points; name the question in a sum or mean, or delete them";
                self.source.problem(table.place("points"), message);
            }
        }
    }
}

/// The questions that stand in a sum or mean; nothing where a condition could not be read.
fn counted(logic: &Logic) -> Option<BTreeSet<u16>> {
    let (mut counted, mut is_lost) = (BTreeSet::new(), false);
    every_condition(logic, &mut |condition| {
        is_lost |= has_lost(condition);
        condition.walk(&mut |part| {
            if let Condition::Sum { questions, .. } | Condition::Mean { questions, .. } = part {
                counted.extend(questions);
            }
        });
    });
    (!is_lost).then_some(counted)
}

fn id_is(table: &Table<'_>, id: &str) -> bool {
    table.get("id").is_some_and(|value| value.get_ref().as_str() == Some(id))
}
