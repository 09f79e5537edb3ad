//! Conditions as `FHIRPath`, for `enableWhenExpression` and its like in SDC.
//!
//! Every expression is true or false and never empty: each test of an answer ends in `exists()`.

use quiz_engine::{Condition, Logic, Opt, Question, write_number};

use super::simple::simple;

/// The condition as an expression on `%resource`, the `QuestionnaireResponse`.
pub(super) fn expression(logic: &Logic, condition: &Condition) -> String {
    Writer { logic }.write(&simple(logic, condition)).text
}

/// An expression that holds if none of these conditions does.
pub(super) fn none_of<'a>(logic: &Logic, conditions: impl Iterator<Item = &'a Condition>) -> String {
    let any = Condition::Any(conditions.cloned().collect());
    expression(logic, &Condition::Not(Box::new(any)))
}

/// A part of an expression.
struct Part {
    text: String,
    /// Whether it needs parentheses inside another.
    is_compound: bool,
}

impl Part {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_compound: false }
    }

    fn inner(&self) -> String {
        if self.is_compound { format!("({})", self.text) } else { self.text.clone() }
    }
}

struct Writer<'a> {
    logic: &'a Logic,
}

impl Writer<'_> {
    fn write(&self, condition: &Condition) -> Part {
        match condition {
            Condition::Always => Part::plain("true"),
            Condition::All(of) => self.list(of, " and ", "true"),
            Condition::Any(of) => self.list(of, " or ", "false"),
            Condition::Not(inner) => Part::plain(format!("({}).not()", self.write(inner).text)),
            Condition::AtLeast { count, of } => {
                let terms: Vec<String> =
                    of.iter().map(|each| format!("iif({}, 1, 0)", self.write(each).text)).collect();
                Part { text: format!("{} >= {count}", terms.join(" + ")), is_compound: true }
            }
            Condition::Chosen { question, options } => self.chosen(*question, *options),
            Condition::Answered(question) => Part::plain(format!("{}.exists()", self.answer(*question))),
            Condition::Sum { questions, at_least, at_most, skip } => self.sum(questions, *at_least, *at_most, *skip),
            Condition::Mean { questions, at_least, at_most, skip: true } => {
                self.mean_of_some(questions, *at_least, *at_most)
            }
            Condition::Mean { questions, at_least, at_most, skip: false } => {
                // Compared as a whole sum: the least that is not below the bound, the greatest that is not above.
                let count = i64::try_from(questions.len()).unwrap_or(i64::MAX);
                let scaled = |bound: i64| bound.saturating_mul(count);
                let least = scaled(*at_least).div_euclid(1000) + i64::from(scaled(*at_least).rem_euclid(1000) > 0);
                self.sum(questions, least, scaled(*at_most).div_euclid(1000), false)
            }
            // Written out before.
            Condition::Term(_) => Part::plain("false"),
        }
    }

    fn list(&self, of: &[Condition], operator: &str, empty: &str) -> Part {
        let parts: Vec<String> = of.iter().map(|each| self.write(each).inner()).collect();
        if parts.is_empty() {
            return Part::plain(empty);
        }
        Part { text: parts.join(operator), is_compound: parts.len() > 1 }
    }

    /// An option that is offered only at times counts only then, for a tool may not hide it.
    fn chosen(&self, question: u16, options: u64) -> Part {
        let asked = self.logic.question(question).map(|question| question.options.as_slice()).unwrap_or_default();
        let named = asked.iter().zip(0_u32..64).filter(|(_, bit)| options >> bit & 1 == 1).map(|(option, _)| option);
        let (always, at_times): (Vec<&Opt>, Vec<&Opt>) = named.partition(|option| option.shown == Condition::Always);
        let mut parts = Vec::new();
        if !always.is_empty() {
            parts.push(self.holds_code(question, &always));
        }
        for option in at_times {
            let shown = self.write(&simple(self.logic, &option.shown)).inner();
            parts.push(format!("({} and {shown})", self.holds_code(question, &[option])));
        }
        if parts.is_empty() {
            return Part::plain("false");
        }
        Part { text: parts.join(" or "), is_compound: parts.len() > 1 }
    }

    fn holds_code(&self, question: u16, options: &[&Opt]) -> String {
        let codes: Vec<String> = options.iter().map(|option| format!("code = '{}'", option.id)).collect();
        format!("{}.value.where({}).exists()", self.answer(question), codes.join(" or "))
    }

    /// Bounds on a sum. A bound far out of any reach stands for none.
    fn sum(&self, questions: &[u16], at_least: i64, at_most: i64, skip: bool) -> Part {
        let mut parts = self.presence(questions, skip);
        let (sum, decimals) = (self.total(questions, skip), self.decimals(questions));
        let reach = -i64::from(i32::MAX)..=i64::from(i32::MAX);
        let bounds = [(">=", at_least), ("<=", at_most)].into_iter().filter(|(_, bound)| reach.contains(bound));
        parts.extend(
            bounds.map(|(operator, bound)| format!("({sum} {operator} {})", write_number(bound, decimals, "."))),
        );
        Part { text: parts.join(" and "), is_compound: parts.len() > 1 }
    }

    /// Bounds on a mean of the answers that are there: the sum is compared with so many times the bound.
    fn mean_of_some(&self, questions: &[u16], at_least: i64, at_most: i64) -> Part {
        let mut parts = self.presence(questions, true);
        let (sum, decimals) = (self.total(questions, true), self.decimals(questions) + 3);
        let ones = questions.iter().map(|question| format!("iif({}.exists(), 1, 0)", self.answer(*question)));
        let count = ones.collect::<Vec<_>>().join(" + ");
        let reach = i64::MIN / 4..=i64::MAX / 4;
        let bounds = [(">=", at_least), ("<=", at_most)].into_iter().filter(|(_, bound)| reach.contains(bound));
        parts.extend(
            bounds.map(|(operator, bound)| {
                format!("({sum} {operator} {} * ({count}))", write_number(bound, decimals, "."))
            }),
        );
        Part { text: parts.join(" and "), is_compound: parts.len() > 1 }
    }

    /// That the answers are there: all of them, or one where gaps are passed over.
    fn presence(&self, questions: &[u16], skip: bool) -> Vec<String> {
        let exist: Vec<String> =
            questions.iter().map(|question| format!("{}.exists()", self.answer(*question))).collect();
        if skip && exist.len() > 1 { vec![format!("({})", exist.join(" or "))] } else { exist }
    }

    fn total(&self, questions: &[u16], skip: bool) -> String {
        let counted = questions.iter().map(|question| {
            let counted = self.counted(*question);
            if skip { format!("iif({}.exists(), {counted}, 0)", self.answer(*question)) } else { counted }
        });
        counted.collect::<Vec<_>>().join(" + ")
    }

    /// What an answer counts: itself, or the points of each option that is chosen.
    fn counted(&self, index: u16) -> String {
        let Some(question) = self.logic.question(index).filter(|question| !question.points.is_empty()) else {
            return format!("{}.value", self.answer(index));
        };
        let points = question.points.iter().zip(0_u32..64).filter(|(points, _)| **points != 0);
        let counted = points.map(|(points, bit)| {
            let chosen = self.chosen(index, 1 << bit).text;
            format!("iif({chosen}, {}, 0)", write_number((*points).into(), question.decimals, "."))
        });
        format!("({})", counted.chain(["0".to_owned()]).collect::<Vec<_>>().join(" + "))
    }

    /// The decimals that the questions of a sum share.
    fn decimals(&self, questions: &[u16]) -> u8 {
        let first = questions.first().and_then(|question| self.logic.question(*question));
        first.map_or(0, |question: &Question| question.decimals)
    }

    fn answer(&self, question: u16) -> String {
        let id = self.logic.question(question).map(|question| question.id.to_string()).unwrap_or_default();
        format!("%resource.repeat(item).where(linkId = '{id}').answer")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;

    use super::*;
    use crate::content::Content;

    /// The sound quiz: `sky` (0), `gear`, `wind` (2, a scale), `shower` (3, one decimal), `mood` (4, 0 and 2 points).
    fn written(condition: &Condition) -> String {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sound");
        expression(&Content::load(&folder).unwrap().logic, condition)
    }

    fn answer(id: &str) -> String {
        format!("%resource.repeat(item).where(linkId = '{id}').answer")
    }

    #[test]
    fn points_are_added_for_each_option_chosen() {
        let (wind, mood) = (answer("wind"), answer("mood"));
        let sum = Condition::Sum { questions: vec![4, 2], at_least: 3, at_most: i64::MAX / 2, skip: false };
        let expected = format!(
            "{mood}.exists() and {wind}.exists() and \
             ((iif({mood}.value.where(code = 'grim').exists(), 2, 0) + 0) + {wind}.value >= 3)"
        );
        assert_eq!(written(&sum), expected);
    }

    #[test]
    fn where_gaps_are_passed_over_one_answer_is_enough_and_a_mean_is_of_those_there() {
        let (wind, sky) = (answer("wind"), answer("shower"));
        let sum = Condition::Sum { questions: vec![2, 3], at_least: i64::MIN / 2, at_most: 75, skip: true };
        let some = format!("({wind}.exists() or {sky}.exists())");
        let total = format!("iif({wind}.exists(), {wind}.value, 0) + iif({sky}.exists(), {sky}.value, 0)");
        assert_eq!(written(&sum), format!("{some} and ({total} <= 75)"));
        let mean = Condition::Mean { questions: vec![2, 3], at_least: 2500, at_most: i64::MAX / 2, skip: true };
        let count = format!("(iif({wind}.exists(), 1, 0) + iif({sky}.exists(), 1, 0))");
        assert_eq!(written(&mean), format!("{some} and ({total} >= 2.5 * {count})"));
    }

    #[test]
    fn bounds_have_the_decimals_of_their_question() {
        let shower = answer("shower");
        let number = Condition::Sum { questions: vec![3], at_least: 125, at_most: 130, skip: false };
        assert_eq!(
            written(&number),
            format!("{shower}.exists() and ({shower}.value >= 12.5) and ({shower}.value <= 13)")
        );
    }
}
