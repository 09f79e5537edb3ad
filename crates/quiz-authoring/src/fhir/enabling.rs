//! When an item is shown: as `enableWhen`, which every tool knows, where that says exactly the same; else as `FHIRPath`.

use quiz_engine::{Condition, Kind, Logic, Question};
use serde_json::{Value, json};

use super::fhirpath;
use super::item::number;
use super::simple::simple;

/// When an item is shown.
pub(super) enum Enabling {
    /// Wherever its group is.
    Always,
    /// By `enableWhen`, and by `enableBehavior` where there are several.
    Plain {
        /// The elements of `enableWhen`.
        tests: Vec<Value>,
        /// `any` or `all`.
        behavior: &'static str,
    },
    /// By an `enableWhenExpression` of SDC.
    Expression(String),
}

impl Enabling {
    pub(super) fn of(logic: &Logic, codes: &str, condition: &Condition) -> Self {
        let condition = simple(logic, condition);
        if condition == Condition::Always {
            return Self::Always;
        }
        let plain = Plain { logic, codes };
        if let Some(tests) = plain.any(&condition, true).filter(|tests| !tests.is_empty()) {
            return Self::Plain { tests, behavior: "any" };
        }
        if let Some(tests) = plain.all(&condition, true) {
            return Self::Plain { tests, behavior: "all" };
        }
        Self::Expression(fhirpath::expression(logic, &condition))
    }
}

/// Writes conditions, or their opposites, as lists of tests of single answers.
///
/// An option that is offered only at times is tested like any other: where it is not offered, it is not chosen.
struct Plain<'a> {
    logic: &'a Logic,
    codes: &'a str,
}

impl Plain<'_> {
    /// Tests of which at least one holds exactly where the condition does (or does not), if there are such.
    fn any(&self, condition: &Condition, holds: bool) -> Option<Vec<Value>> {
        match condition {
            Condition::Any(of) if holds => every(of, |each| self.any(each, true)),
            Condition::All(of) if !holds => every(of, |each| self.any(each, false)),
            Condition::Not(inner) => self.any(inner, !holds),
            Condition::Chosen { question, options } if holds => Some(self.chosen(*question, *options)),
            Condition::Chosen { question, options } => self.others(*question, *options),
            Condition::Answered(question) => Some(vec![self.exists(*question, holds)]),
            Condition::Sum { questions, at_least, at_most, .. } if holds => {
                let tests = self.bounds(questions, *at_least, *at_most)?;
                (tests.len() == 1).then_some(tests)
            }
            _ => None,
        }
    }

    /// Tests that all hold exactly where the condition does (or does not), if there are such.
    fn all(&self, condition: &Condition, holds: bool) -> Option<Vec<Value>> {
        match condition {
            Condition::All(of) if holds => every(of, |each| self.all(each, true)),
            Condition::Any(of) if !holds => every(of, |each| self.all(each, false)),
            Condition::Not(inner) => self.all(inner, !holds),
            Condition::Sum { questions, at_least, at_most, .. } if holds => self.bounds(questions, *at_least, *at_most),
            _ => self.any(condition, holds).filter(|tests| tests.len() == 1),
        }
    }

    fn chosen(&self, question: u16, options: u64) -> Vec<Value> {
        let Some(asked) = self.logic.question(question) else { return Vec::new() };
        let named = asked.options.iter().zip(0_u32..64).filter(|(_, bit)| options >> bit & 1 == 1);
        let test = |id: &str| {
            let coding = json!({"system": self.codes, "code": id});
            json!({"question": &*asked.id, "operator": "=", "answerCoding": coding})
        };
        named.map(|(option, _)| test(&option.id)).collect()
    }

    /// Tests for an answer without these options: one of the others is chosen, or there is no answer where that can
    /// be. Where options of both sides may stand together, there are no such tests.
    fn others(&self, question: u16, options: u64) -> Option<Vec<Value>> {
        let asked = self.logic.question(question)?;
        let all = u64::MAX.checked_shr(64 - u32::try_from(asked.options.len()).ok()?).unwrap_or(0);
        let others = all & !options;
        let exclusive = asked.exclusive();
        let is_split = asked.kind == Kind::One || options & !exclusive == 0 || others & !exclusive == 0;
        let none = may_lack_an_answer(asked).then(|| self.exists(question, false));
        is_split.then(|| self.chosen(question, others).into_iter().chain(none).collect())
    }

    fn exists(&self, question: u16, exists: bool) -> Value {
        let id = self.logic.question(question).map(|question| question.id.to_string());
        json!({"question": id, "operator": "exists", "answerBoolean": exists})
    }

    fn bounds(&self, questions: &[u16], at_least: i64, at_most: i64) -> Option<Vec<Value>> {
        let [question] = questions else { return None };
        let asked = self.logic.question(*question)?;
        // Points of options are no answer that a tool could compare.
        let (min, max) = asked.kind.range()?;
        let range = i64::from(min)..=i64::from(max);
        let bounds = [(">=", at_least), ("<=", at_most)].into_iter().filter(|(_, bound)| range.contains(bound));
        let test = |(operator, bound)| {
            let mut test = json!({"question": &*asked.id, "operator": operator});
            if let Some(test) = test.as_object_mut() {
                test.insert(answer_key(asked).to_owned(), number(bound, asked.decimals));
            }
            test
        };
        Some(bounds.map(test).collect()).filter(|tests: &Vec<Value>| !tests.is_empty())
    }
}

fn answer_key(question: &Question) -> &'static str {
    if question.decimals == 0 { "answerInteger" } else { "answerDecimal" }
}

/// The tests of all these together, if each of them can be written so.
fn every(of: &[Condition], tests: impl Fn(&Condition) -> Option<Vec<Value>>) -> Option<Vec<Value>> {
    let lists: Option<Vec<Vec<Value>>> = of.iter().map(tests).collect();
    lists.map(|lists| lists.concat()).filter(|tests| !tests.is_empty())
}

/// Whether somebody can get past a question without an answer to it.
fn may_lack_an_answer(question: &Question) -> bool {
    question.optional || question.shown != Condition::Always
}
