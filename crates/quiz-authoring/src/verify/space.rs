//! The space of all answers: a variable of the decision diagrams for each option, and a few for each number.
//!
//! A space may hold the questions of two quizzes at once, so that both can be compared on the same answers; what one of
//! them does not know, it does not read.

use biodivine_lib_bdd::{Bdd, BddValuation, BddVariable, BddVariableSet, BddVariableSetBuilder};
use quiz_engine::{Answer, Answers, Kind, Logic, Question};

use super::number::Number;

/// The answers to the questions of one quiz or of two, as variables.
#[derive(Debug)]
pub(crate) struct Space {
    pub(crate) set: BddVariableSet,
    pub(crate) slots: Vec<Slot>,
}

/// A question in the space.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) id: String,
    pub(crate) form: Form,
}

/// How the answer to a question is written in variables.
#[derive(Debug)]
pub(crate) enum Form {
    /// A variable for each option, true where it is chosen; no answer where none is.
    Options {
        /// Whether several can be chosen.
        many: bool,
        /// Ids with their variables.
        options: Vec<(String, BddVariable)>,
    },
    /// A variable that is true where there is an answer, and the number's distance from the least one in binary.
    Number {
        min: i32,
        max: i32,
        /// What the numbers count, see [`quiz_engine::Question::decimals`].
        decimals: u8,
        answered: BddVariable,
        /// The lowest first.
        bits: Vec<BddVariable>,
    },
}

/// Where a quiz finds its questions in a space: for each its slot, and the variables of its options in their order.
#[derive(Debug)]
pub(crate) struct Reading {
    slots: Vec<(usize, Vec<BddVariable>)>,
}

/// A question before it has variables.
struct Draft {
    id: String,
    asked: Asked,
}

/// What answers to a question can be.
enum Asked {
    Options { many: bool, options: Vec<String> },
    Number { min: i32, max: i32, decimals: u8 },
}

impl Draft {
    fn of(question: &Question) -> Self {
        Self { id: question.id.to_string(), asked: Asked::of(question) }
    }
}

impl Asked {
    fn of(question: &Question) -> Self {
        match question.kind.range() {
            Some((min, max)) => Self::Number { min, max, decimals: question.decimals },
            None => Self::Options {
                many: question.kind == Kind::Many,
                options: question.options.iter().map(|option| option.id.to_string()).collect(),
            },
        }
    }

    /// Takes in what another quiz says of the same question, if answers to the one can be answers to the other: a number
    /// is the same whether it is chosen on a scale or typed.
    fn widen(&mut self, other: &Self) -> bool {
        match (self, other) {
            (Self::Options { many, options }, Self::Options { many: other, options: more }) if many == other => {
                let new = more.iter().filter(|option| !options.contains(option)).cloned().collect::<Vec<_>>();
                options.extend(new);
                true
            }
            (Self::Number { min, max, decimals }, Self::Number { min: least, max: greatest, decimals: other })
                if decimals == other =>
            {
                (*min, *max) = ((*min).min(*least), (*max).max(*greatest));
                true
            }
            _ => false,
        }
    }
}

impl Space {
    /// The space of one quiz.
    pub(crate) fn of(logic: &Logic) -> Self {
        Self::built(logic.questions.iter().map(Draft::of).collect())
    }

    /// The space of two quizzes. Questions with the same id whose answers are alike are one, with the options of both;
    /// a question that only one quiz has stands behind the one that is before it there.
    pub(crate) fn joint(old: &Logic, new: &Logic) -> Self {
        let mut drafts: Vec<Draft> = old.questions.iter().map(Draft::of).collect();
        let mut after = 0;
        for question in &new.questions {
            let draft = Draft::of(question);
            let mut known = drafts.iter_mut();
            if let Some(place) = known.position(|known| known.id == draft.id && known.asked.widen(&draft.asked)) {
                after = place + 1;
            } else {
                drafts.insert(after, draft);
                after += 1;
            }
        }
        Self::built(drafts)
    }

    fn built(drafts: Vec<Draft>) -> Self {
        let mut builder = BddVariableSetBuilder::new();
        let mut number = 0_usize;
        let mut variable = || {
            number += 1;
            builder.make_variable(&format!("v{number}"))
        };
        let slots = drafts.into_iter().map(|draft| {
            let form = match draft.asked {
                Asked::Number { min, max, decimals } => Form::Number {
                    min,
                    max,
                    decimals,
                    answered: variable(),
                    bits: {
                        // The highest first: near the question that it belongs to, the diagrams stay small.
                        let mut bits: Vec<_> = (0..width(min, max)).map(|_| variable()).collect();
                        bits.reverse();
                        bits
                    },
                },
                Asked::Options { many, options } => {
                    Form::Options { many, options: options.into_iter().map(|option| (option, variable())).collect() }
                }
            };
            Slot { id: draft.id, form }
        });
        let slots = slots.collect();
        Self { set: builder.build(), slots }
    }

    /// Where a quiz finds its questions.
    pub(crate) fn reading(&self, logic: &Logic) -> Reading {
        let slots = logic.questions.iter().map(|question| {
            let slot = self.slots.iter().position(|slot| slot.is_for(question)).unwrap_or(usize::MAX);
            let known = self.slots.get(slot).map(Slot::options).unwrap_or_default();
            let find = |id: &str| known.iter().find(|(option, _)| option == id).map(|(_, variable)| *variable);
            (slot, question.options.iter().filter_map(|option| find(&option.id)).collect())
        });
        Reading { slots: slots.collect() }
    }

    /// All sets of answers whose every answer has a form that some question of the space can take; see [`Self::admitted`]
    /// for what a quiz takes.
    pub(crate) fn well_formed(&self) -> Bdd {
        self.slots.iter().fold(self.set.mk_true(), |all, slot| all.and(&self.form_of(slot)))
    }

    fn form_of(&self, slot: &Slot) -> Bdd {
        match &slot.form {
            Form::Options { many: true, .. } => self.set.mk_true(),
            Form::Options { many: false, options } => {
                let options: Vec<BddVariable> = options.iter().map(|(_, variable)| *variable).collect();
                self.set.mk_sat_up_to_k(1, &options)
            }
            Form::Number { min, max, answered, bits, .. } => {
                let number = Number::of_bits(*min, bits.iter().map(|bit| self.set.mk_var(*bit)), self.set.mk_true());
                let is_in = number.between(i64::from(*min), i64::from(*max));
                let is_empty = bits.iter().fold(self.set.mk_true(), |all, bit| all.and(&self.set.mk_not_var(*bit)));
                // Without an answer there is no number, so that no two points of the space are the same answers.
                Bdd::if_then_else(&self.set.mk_var(*answered), &is_in, &is_empty)
            }
        }
    }

    /// All sets of answers that the constructor of the engine takes from this quiz's visitors: no exclusive option
    /// stands beside another.
    pub(crate) fn admitted(&self, logic: &Logic, reading: &Reading) -> Bdd {
        let mut all = self.set.mk_true();
        for (question, (_, variables)) in logic.questions.iter().zip(&reading.slots) {
            if question.kind != Kind::Many {
                continue;
            }
            for (option, variable) in question.options.iter().zip(variables).filter(|(option, _)| option.exclusive) {
                let others = question.options.iter().zip(variables).filter(|(other, _)| other.id != option.id);
                let none = others.fold(self.set.mk_true(), |none, (_, other)| none.and(&self.set.mk_not_var(*other)));
                all = all.and(&self.set.mk_var(*variable).imp(&none));
            }
        }
        all
    }

    /// The answers at a point of the space, as a quiz reads them.
    pub(crate) fn answers(&self, logic: &Logic, reading: &Reading, point: &BddValuation) -> Answers {
        let mut answers = Answers::none(logic);
        for index in logic.question_indices() {
            let Some((slot, variables)) = reading.slots.get(usize::from(index)) else { continue };
            let form = self.slots.get(*slot).map(|slot| &slot.form);
            let answer = if let Some(Form::Number { min, answered, bits, .. }) = form {
                let bits = bits.iter().zip(0_u32..31).filter(|(bit, _)| point.value(**bit));
                let distance = bits.fold(0_i32, |sum, (_, bit)| sum | 1 << bit);
                point.value(*answered).then(|| Answer::Number(min.saturating_add(distance)))
            } else {
                let chosen = variables.iter().zip(0_u32..64).filter(|(variable, _)| point.value(**variable));
                let chosen = chosen.fold(0_u64, |all, (_, bit)| all | 1 << bit);
                (chosen != 0).then_some(Answer::Chosen(chosen))
            };
            answers.put(index, answer.filter(|answer| is_in_range(logic, index, *answer)));
        }
        answers
    }

    /// The point of the space at which a quiz reads these answers.
    pub(crate) fn point(&self, logic: &Logic, reading: &Reading, answers: &Answers) -> BddValuation {
        let mut point = BddValuation::all_false(self.set.num_vars());
        for index in logic.question_indices() {
            let Some((slot, variables)) = reading.slots.get(usize::from(index)) else { continue };
            match (answers.get(index), self.slots.get(*slot).map(|slot| &slot.form)) {
                (Some(Answer::Chosen(chosen)), _) => {
                    let chosen = variables.iter().zip(0_u32..64).filter(|(_, bit)| chosen >> bit & 1 == 1);
                    chosen.for_each(|(variable, _)| point.set(*variable));
                }
                (Some(Answer::Number(number)), Some(Form::Number { min, answered, bits, .. })) => {
                    point.set(*answered);
                    let distance = number.saturating_sub(*min);
                    let set = bits.iter().zip(0_u32..31).filter(|(_, bit)| distance >> bit & 1 == 1);
                    set.for_each(|(bit, _)| point.set(*bit));
                }
                _ => {}
            }
        }
        point
    }
}

/// A number that another quiz takes and this one does not is no answer here.
fn is_in_range(logic: &Logic, question: u16, answer: Answer) -> bool {
    match (logic.question(question).and_then(|question| question.kind.range()), answer) {
        (Some((min, max)), Answer::Number(number)) => (min..=max).contains(&number),
        _ => true,
    }
}

/// How many binary digits the numbers between two bounds need.
fn width(min: i32, max: i32) -> u32 {
    let greatest = i64::from(max).saturating_sub(i64::from(min)).max(0);
    64 - greatest.leading_zeros()
}

impl Slot {
    fn is_for(&self, question: &Question) -> bool {
        let is_alike = match (&self.form, question.kind.range()) {
            (Form::Number { decimals, .. }, Some(_)) => *decimals == question.decimals,
            (Form::Options { many, .. }, None) => *many == (question.kind == Kind::Many),
            _ => false,
        };
        *self.id == *question.id && is_alike
    }

    fn options(&self) -> &[(String, BddVariable)] {
        match &self.form {
            Form::Options { options, .. } => options,
            Form::Number { .. } => &[],
        }
    }

    /// The least and the greatest number in a region in which the question always has one.
    pub(crate) fn range(&self, space: &Space, region: &Bdd) -> Option<(i32, i32)> {
        let Form::Number { min, answered, bits, .. } = &self.form else { return None };
        if !region.var_select(*answered, false).is_false() {
            return None;
        }
        let others = space.set.variables().into_iter().filter(|variable| !bits.contains(variable));
        let numbers = region.exists(&others.collect::<Vec<_>>());
        // The highest digit comes first among the variables, so the first point is the least number.
        let number = |point: BddValuation| {
            let set = bits.iter().zip(0_u32..31).filter(|(bit, _)| point.value(**bit));
            set.fold(0_i32, |sum, (_, bit)| sum | 1 << bit).saturating_add(*min)
        };
        let (least, greatest) = (number(numbers.first_valuation()?), number(numbers.last_valuation()?));
        Some((least, greatest))
    }

    /// All variables of the question.
    pub(crate) fn variables(&self) -> Vec<BddVariable> {
        match &self.form {
            Form::Options { options, .. } => options.iter().map(|(_, variable)| *variable).collect(),
            Form::Number { answered, bits, .. } => std::iter::once(*answered).chain(bits.iter().copied()).collect(),
        }
    }
}

impl Reading {
    /// The slot of a question in its space.
    pub(crate) fn slot<'a>(&self, space: &'a Space, question: u16) -> Option<&'a Slot> {
        self.slots.get(usize::from(question)).and_then(|(slot, _)| space.slots.get(*slot))
    }

    /// The variables of a question's options, in their order.
    pub(crate) fn options(&self, question: u16) -> &[BddVariable] {
        self.slots.get(usize::from(question)).map(|(_, options)| options.as_slice()).unwrap_or_default()
    }
}
