//! What becomes of a fault.

use biodivine_lib_bdd::Bdd;
use quiz_engine::{Answers, Logic, Outcome, Text};

use super::Fate;
use super::faulty::Faulty;
use crate::assess::read_answers;
use crate::cases::Case;
use crate::content::Content;
use crate::verify::{AnswerSpace, QuizModel, given, refuted};

/// Tells what becomes of faults.
pub(super) struct Judge<'a> {
    content: &'a Content,
    space: &'a AnswerSpace,
    sound: QuizModel<'a>,
    cases: Vec<Tried<'a>>,
}

/// A case with what the sound quiz makes of it, which is what it expects: else the content could not be read.
struct Tried<'a> {
    case: &'a Case,
    answers: Answers,
    decided: Decided,
}

/// What a case can see of an outcome.
#[derive(PartialEq)]
struct Decided {
    tier: u16,
    rule: Text,
    /// The rule's place in the sound quiz, where the case names a clause.
    clause: Option<usize>,
    /// Each group that has a result, with its place.
    results: Vec<(u16, u16)>,
}

impl Decided {
    /// `was` says for each rule which it was in the sound quiz.
    fn of(logic: &Logic, was: &[usize], case: &Case, answers: &Answers) -> Self {
        let outcome = Outcome::of(logic, answers);
        let place = usize::from(outcome.rule);
        Self {
            tier: outcome.tier,
            rule: logic.rules.get(place).map(|rule| rule.id.clone()).unwrap_or_default(),
            clause: case.expected_clause.as_ref().and_then(|_| was.get(place).copied()),
            results: outcome.results.iter().map(|result| (result.group, result.rule)).collect(),
        }
    }
}

impl<'a> Tried<'a> {
    fn of(content: &Content, case: &'a Case) -> Option<Self> {
        let answers = read_answers(&content.logic, &case.answers.to_string()).ok()?;
        let was: Vec<usize> = (0..content.logic.rules.len()).collect();
        Some(Self { case, decided: Decided::of(&content.logic, &was, case, &answers), answers })
    }
}

impl<'a> Judge<'a> {
    pub(super) fn new(content: &'a Content, space: &'a AnswerSpace) -> Self {
        Self {
            content,
            space,
            sound: QuizModel::new(&content.logic, space),
            cases: content.cases.iter().filter_map(|case| Tried::of(content, case)).collect(),
        }
    }

    pub(super) fn fate(&self, faulty: &Faulty) -> Fate {
        if let Some(id) = self.case_that_differs(faulty) {
            return Fate::CaughtByCase(id);
        }
        let model = QuizModel::new(&faulty.logic, self.space);
        let Some(point) = self.sound.example(&self.decided_otherwise(&model, &faulty.was)) else {
            let asked = self.sound.example(&self.asked_otherwise(&model));
            return asked.map_or(Fate::Equivalent, |point| {
                Fate::AsksOtherwise(given(&self.content.logic, &self.sound.answers(&point)))
            });
        };
        match refuted(self.content, model) {
            Some(property) => Fate::CaughtByProof(property),
            None => Fate::Survived(given(&self.content.logic, &self.sound.answers(&point))),
        }
    }

    fn case_that_differs(&self, faulty: &Faulty) -> Option<String> {
        let decided = |tried: &Tried<'_>| Decided::of(&faulty.logic, &faulty.was, tried.case, &tried.answers);
        let noticed = self.cases.iter().find(|tried| decided(tried) != tried.decided);
        noticed.map(|tried| tried.case.id.clone())
    }

    /// Where another rule decides than in the sound quiz, or a group has another result. Answers that are hidden are
    /// among them: the engine keeps these, and a fault may bring them back.
    fn decided_otherwise(&self, model: &QuizModel<'_>, was: &[usize]) -> Bdd {
        let pairs = model.decides.iter().zip(was);
        let rules = pairs.filter_map(|(now, was)| Some((now, self.sound.decides.get(*was)?)));
        let groups = model.groups.iter().zip(&self.sound.groups);
        let results = groups.flat_map(|(now, was)| now.decides.iter().zip(&was.decides));
        let shown = model.groups.iter().zip(&self.sound.groups).map(|(now, was)| (&now.shown, &was.shown));
        self.differs(rules.chain(results).chain(shown))
    }

    /// Where the way to the same decision is another one.
    fn asked_otherwise(&self, model: &QuizModel<'_>) -> Bdd {
        let ways = model.way.comes_to.iter().zip(&self.sound.way.comes_to);
        let ends = model.way.stops_after.iter().zip(&self.sound.way.stops_after);
        let ways = self.differs(ways.chain(ends).chain([(&model.way.complete, &self.sound.way.complete)]));
        let questions = model.facts.of.iter().zip(&self.sound.facts.of).zip(&self.sound.way.comes_to);
        questions.fold(ways, |otherwise, ((now, was), comes_to)| {
            otherwise.or(&self.differs(now.offered.iter().zip(&was.offered)).and(comes_to))
        })
    }

    /// Where the regions of some pair are not the same, among the answers that the engine takes.
    fn differs<'b>(&self, pairs: impl Iterator<Item = (&'b Bdd, &'b Bdd)>) -> Bdd {
        pairs
            .fold(self.sound.nothing.clone(), |otherwise, (now, was)| otherwise.or(&now.xor(was)))
            .and(&self.sound.taken)
    }
}
