//! What conditions are tested on, as decision diagrams: the twin of `quiz_engine::Facts`.
//!
//! Each arm of [`Facts::hold`] says of all answers at once what the engine's says of one set. Tests run both on the same
//! answers, for every rule and every option that it depends on.

use biodivine_lib_bdd::{Bdd, BddVariableSet};
use quiz_engine::{Condition, Kind, Logic};

use super::number::Number;
use super::space::{Form, Reading, Space};

/// The answer to one question, as far as it counts.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// Where the question is shown.
    pub(crate) shown: Bdd,
    /// Where it is shown and has an answer that counts.
    pub(crate) answered: Bdd,
    /// For each option where it is offered, whether or not the question is shown.
    pub(crate) offered: Vec<Bdd>,
    /// For each option where it is chosen and counts.
    pub(crate) chosen: Vec<Bdd>,
    /// The number; present nowhere where the question has options.
    number: Number,
}

/// The answers that count, for all answers at once.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    logic: &'a Logic,
    set: &'a BddVariableSet,
    /// For each question what is known of it; shorter while the questions behind are not decided yet.
    pub(crate) of: Vec<Fact>,
    /// For each term where it holds, once all questions are decided.
    terms: Vec<Bdd>,
}

impl<'a> Facts<'a> {
    /// Decides question by question what is shown, as [`quiz_engine::Answers::effective`] does.
    pub(crate) fn of(logic: &'a Logic, space: &'a Space, reading: &Reading) -> Self {
        let mut facts = Self { logic, set: &space.set, of: Vec::new(), terms: Vec::new() };
        for question in logic.question_indices() {
            let fact = facts.next(space, reading, question);
            facts.of.push(fact);
        }
        for term in &logic.terms {
            let holds = facts.hold(term);
            facts.terms.push(holds);
        }
        facts
    }

    fn next(&self, space: &Space, reading: &Reading, index: u16) -> Fact {
        let set = self.set;
        let Some(question) = self.logic.question(index) else { return self.nothing() };
        let shown = self.hold(&question.shown);
        let offered: Vec<Bdd> = question.options.iter().map(|option| self.hold(&option.shown)).collect();
        let form = reading.slot(space, index).map(|slot| &slot.form);
        if let (Some(Form::Scale { min, answered, bits, .. }), Kind::Scale { min: least, max: greatest }) =
            (form, question.kind)
        {
            let is_there = shown.and(&set.mk_var(*answered));
            let number = Number::of_bits(*min, bits.iter().map(|bit| set.mk_var(*bit)), is_there);
            let number = number.present_within(i64::from(least), i64::from(greatest));
            return Fact { shown, answered: number.present().clone(), offered, chosen: Vec::new(), number };
        }
        let variables = reading.options(index).iter();
        let chosen: Vec<Bdd> = offered
            .iter()
            .zip(variables)
            .map(|(offered, variable)| shown.and(offered).and(&set.mk_var(*variable)))
            .collect();
        let answered = chosen.iter().fold(set.mk_false(), |any, chosen| any.or(chosen));
        Fact { shown, answered, offered, chosen, number: Number::absent(set) }
    }

    fn nothing(&self) -> Fact {
        let no = self.set.mk_false();
        let number = Number::absent(self.set);
        Fact { shown: no.clone(), answered: no, offered: Vec::new(), chosen: Vec::new(), number }
    }

    /// Where a condition holds. A question that is not decided yet has no answer.
    pub(crate) fn hold(&self, condition: &Condition) -> Bdd {
        let set = self.set;
        match condition {
            Condition::Always => set.mk_true(),
            Condition::All(of) => of.iter().fold(set.mk_true(), |all, each| all.and(&self.hold(each))),
            Condition::Any(of) => of.iter().fold(set.mk_false(), |any, each| any.or(&self.hold(each))),
            Condition::Not(inner) => self.hold(inner).not(),
            Condition::AtLeast { count, of } => {
                Number::count(set, of.iter().map(|each| self.hold(each))).between(i64::from(*count), i64::MAX)
            }
            Condition::Chosen { question, options } => self.chosen(*question, *options),
            Condition::Answered(question) => self.fact(*question).map_or(set.mk_false(), |fact| fact.answered.clone()),
            Condition::Sum { questions, at_least, at_most } => self.sum(questions).between(*at_least, *at_most),
            Condition::Mean { questions, at_least, at_most } => self.mean(questions, *at_least, *at_most),
            Condition::Term(term) => self.term(*term),
        }
    }

    fn fact(&self, question: u16) -> Option<&Fact> {
        self.of.get(usize::from(question))
    }

    fn chosen(&self, question: u16, options: u64) -> Bdd {
        let chosen = self.fact(question).map(|fact| fact.chosen.as_slice()).unwrap_or_default();
        let named = chosen.iter().zip(0_u32..64).filter(|(_, bit)| options >> bit & 1 == 1);
        named.fold(self.set.mk_false(), |any, (chosen, _)| any.or(chosen))
    }

    fn sum(&self, questions: &[u16]) -> Number {
        let numbers = questions
            .iter()
            .map(|question| self.fact(*question).map_or_else(|| Number::absent(self.set), |fact| fact.number.clone()));
        Number::sum(self.set, numbers)
    }

    /// The bounds are thousandths, and no rounding may move a mean across one.
    fn mean(&self, questions: &[u16], at_least: i64, at_most: i64) -> Bdd {
        let Some(count) = i128::try_from(questions.len()).ok().filter(|count| *count > 0) else {
            return self.set.mk_false();
        };
        let least = -(-i128::from(at_least) * count).div_euclid(1000);
        let most = (i128::from(at_most) * count).div_euclid(1000);
        self.sum(questions).between(within_i64(least), within_i64(most))
    }

    fn term(&self, term: u16) -> Bdd {
        let place = usize::from(term);
        if let Some(known) = self.terms.get(place) {
            return known.clone();
        }
        self.logic.terms.get(place).map_or(self.set.mk_false(), |named| self.hold(named))
    }
}

fn within_i64(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}
