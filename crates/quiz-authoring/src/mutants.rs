//! Small faults, put into the rules one at a time, to see whether the cases or the proof would notice them.

mod conditions;
mod table;

use std::collections::BTreeSet;

use biodivine_lib_bdd::Bdd;
use quiz_engine::{Answers, Condition, Logic, Outcome, Text};
use serde::Serialize;

use crate::assess::read_answers;
use crate::cases::Case;
use crate::content::Content;
use crate::verify::{AnswerSpace, Given, NotProvable, QuizModel, check_provable, given, refuted};

/// A fault and who noticed it.
#[derive(Clone, Debug, Serialize)]
pub struct Mutant {
    /// The rule or the term, by its key.
    pub at: String,
    /// What was changed, in words.
    pub change: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a fault.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// This case has another tier or rule.
    CaughtByCase(String),
    /// This property no longer holds.
    CaughtByProof(String),
    /// It is no fault: by the diagrams, no set of answers is decided by another rule.
    Equivalent,
    /// Nothing noticed it. On these answers another rule decides.
    Survived(Given),
}

/// All of them.
#[derive(Clone, Debug, Serialize)]
pub struct Mutants {
    /// The quiz.
    pub quiz: String,
    /// The hash of its content.
    pub hash: String,
    /// Each fault, in the order of the rules.
    pub all: Vec<Mutant>,
}

impl Mutants {
    /// How many met this fate.
    pub fn count(&self, fits: impl Fn(&Fate) -> bool) -> usize {
        self.all.iter().filter(|mutant| fits(&mutant.fate)).count()
    }

    /// How many of a hundred faults were caught, those left out that are none. A quiz without faults has no such number.
    #[allow(clippy::cast_precision_loss)] // There are some hundreds.
    pub fn caught_of_a_hundred(&self) -> Option<f64> {
        let faults = self.count(|fate| *fate != Fate::Equivalent);
        let survived = self.count(|fate| matches!(fate, Fate::Survived(_)));
        (faults > 0).then(|| 100.0 * (faults - survived) as f64 / faults as f64)
    }

    /// As a table in Markdown.
    pub fn table(&self) -> String {
        table::of(self)
    }
}

/// A quiz with one fault.
struct Faulty {
    at: String,
    change: String,
    logic: Logic,
    /// For each of its rules which it was.
    was: Vec<usize>,
}

/// Puts every fault into the content's rules. `progress` is told how many are done, and of how many.
///
/// # Errors
///
/// As of [`verify`](crate::verify()): whether a change is a fault can't be told.
pub fn mutants(content: &Content, progress: &mut dyn FnMut(usize, usize)) -> Result<Mutants, NotProvable> {
    check_provable(&content.logic)?;
    let space = AnswerSpace::of(&content.logic);
    let judge = Judge {
        content,
        space: &space,
        sound: QuizModel::new(&content.logic, &space),
        cases: content.cases.iter().filter_map(|case| Tried::of(content, case)).collect(),
    };
    let faulty = all_faulty(content);
    let of = faulty.len();
    let all = faulty.into_iter().enumerate().map(|(done, faulty)| {
        progress(done, of);
        Mutant { fate: judge.fate(&faulty), at: faulty.at, change: faulty.change }
    });
    Ok(Mutants { quiz: content.id.clone(), hash: content.hash.clone(), all: all.collect() })
}

/// A case with what the sound quiz makes of it, which is what it expects: else the content could not be read.
struct Tried<'a> {
    id: &'a str,
    answers: Answers,
    decided: (u16, Text),
}

impl<'a> Tried<'a> {
    fn of(content: &Content, case: &'a Case) -> Option<Self> {
        let answers = read_answers(&content.logic, &case.answers.to_string()).ok()?;
        Some(Self { id: &case.id, decided: decided(&content.logic, &answers), answers })
    }
}

/// Tier and rule.
fn decided(logic: &Logic, answers: &Answers) -> (u16, Text) {
    let outcome = Outcome::of(logic, answers);
    let rule = logic.rules.get(usize::from(outcome.rule)).map(|rule| rule.id.clone());
    (outcome.tier, rule.unwrap_or_default())
}

fn all_faulty(content: &Content) -> Vec<Faulty> {
    let logic = &content.logic;
    let as_it_was: Vec<usize> = (0..logic.rules.len()).collect();
    let key = |index: usize| content.material.rules.get(index).cloned().unwrap_or_default();
    let mut all = Vec::new();
    for (index, rule) in logic.rules.iter().enumerate() {
        for (change, when) in conditions::faulty(content, &rule.when) {
            let mut logic = logic.clone();
            if let Some(rule) = logic.rules.get_mut(index) {
                rule.when = when;
            }
            all.push(Faulty { at: key(index), change, logic, was: as_it_was.clone() });
        }
    }
    let used = terms_of_rules(logic);
    for (index, term) in logic.terms.iter().enumerate().filter(|(index, _)| used.contains(index)) {
        for (change, when) in conditions::faulty(content, term) {
            let mut logic = logic.clone();
            if let Some(term) = logic.terms.get_mut(index) {
                *term = when;
            }
            let at = content.material.terms.get(index).cloned().unwrap_or_default();
            all.push(Faulty { at, change, logic, was: as_it_was.clone() });
        }
    }
    for index in 1..logic.rules.len() {
        let (mut logic, mut was) = (logic.clone(), as_it_was.clone());
        logic.rules.swap(index - 1, index);
        was.swap(index - 1, index);
        all.push(Faulty { at: key(index), change: format!("it comes before {}", key(index - 1)), logic, was });
    }
    all
}

/// The terms that some rule names, itself or by another term.
fn terms_of_rules(logic: &Logic) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    let note = |condition: &Condition, used: &mut BTreeSet<usize>| {
        condition.walk(&mut |part| {
            if let Condition::Term(term) = part {
                used.insert(usize::from(*term));
            }
        });
    };
    logic.rules.iter().for_each(|rule| note(&rule.when, &mut used));
    // A term names only those before it.
    for (index, term) in logic.terms.iter().enumerate().rev() {
        if used.contains(&index) {
            note(term, &mut used);
        }
    }
    used
}

/// Tells what becomes of faults.
struct Judge<'a> {
    content: &'a Content,
    space: &'a AnswerSpace,
    sound: QuizModel<'a>,
    cases: Vec<Tried<'a>>,
}

impl Judge<'_> {
    fn fate(&self, faulty: &Faulty) -> Fate {
        if let Some(id) = self.case_that_differs(&faulty.logic) {
            return Fate::CaughtByCase(id);
        }
        let model = QuizModel::new(&faulty.logic, self.space);
        let otherwise = self.decided_otherwise(&model, &faulty.was);
        let Some(point) = self.sound.example(&otherwise) else { return Fate::Equivalent };
        match refuted(self.content, model) {
            Some(property) => Fate::CaughtByProof(property),
            None => Fate::Survived(given(&self.content.logic, &self.sound.answers(&point))),
        }
    }

    fn case_that_differs(&self, logic: &Logic) -> Option<String> {
        let noticed = self.cases.iter().find(|case| decided(logic, &case.answers) != case.decided);
        noticed.map(|case| case.id.to_owned())
    }

    /// Where another rule decides than in the sound quiz, among what the engine decides on.
    fn decided_otherwise(&self, model: &QuizModel<'_>, was: &[usize]) -> Bdd {
        let pairs = model.decides.iter().zip(was);
        let same = pairs.filter_map(|(now, was)| Some(now.and(self.sound.decides.get(*was)?)));
        same.fold(self.sound.visible.clone(), |otherwise, same| otherwise.and_not(&same))
    }
}
