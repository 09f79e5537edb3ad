//! Conditions as `FHIRPath`, for `enableWhenExpression` and its like in SDC.
//!
//! Every expression is true or false and never empty: each test of an answer ends in `exists()`.

use quiz_engine::{Condition, Logic, Opt};

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
            Condition::Sum { questions, at_least, at_most } => self.sum(questions, *at_least, *at_most),
            Condition::Mean { questions, at_least, at_most } => {
                // Compared as a whole sum: the least that is not below the bound, the greatest that is not above.
                let count = i64::try_from(questions.len()).unwrap_or(i64::MAX);
                let scaled = |bound: i64| bound.saturating_mul(count);
                let least = scaled(*at_least).div_euclid(1000) + i64::from(scaled(*at_least).rem_euclid(1000) > 0);
                self.sum(questions, least, scaled(*at_most).div_euclid(1000))
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
    fn sum(&self, questions: &[u16], at_least: i64, at_most: i64) -> Part {
        let answers: Vec<String> = questions.iter().map(|question| self.answer(*question)).collect();
        let sum = answers.iter().map(|answer| format!("{answer}.value")).collect::<Vec<_>>().join(" + ");
        let mut parts: Vec<String> = answers.iter().map(|answer| format!("{answer}.exists()")).collect();
        let reach = -i64::from(i32::MAX)..=i64::from(i32::MAX);
        let bounds = [(">=", at_least), ("<=", at_most)].into_iter().filter(|(_, bound)| reach.contains(bound));
        parts.extend(bounds.map(|(operator, bound)| format!("({sum} {operator} {bound})")));
        Part { text: parts.join(" and "), is_compound: parts.len() > 1 }
    }

    fn answer(&self, question: u16) -> String {
        let id = self.logic.question(question).map(|question| question.id.to_string()).unwrap_or_default();
        format!("%resource.repeat(item).where(linkId = '{id}').answer")
    }
}
