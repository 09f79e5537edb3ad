//! Visitors at random: back, change and restart, through the real `update`, on the shipped quiz. Where they end up is what
//! the proof says.
//!
//! Some thousands of sessions are compared with the proof, and a fifth as many are tried in each other test;
//! `PARS_CHECK_SESSIONS=1000000` compares as many as it says. What fails is shrunk to the shortest session that does.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::shipped_content;
use proptest::collection::vec;
use proptest::prelude::*;
use quiz_authoring::{Content, Lead, Oracle, assess};
use quiz_engine::{Answer, Answers, Kind, Logic, Message, Outcome, Path, Place, State, Value};

/// Something that a visitor does, before it is known where they are.
#[derive(Clone, Debug)]
enum Act {
    /// Answers a question in view: which one, and with what.
    Answer(usize, usize),
    /// Answers all that is asked, and goes on; a question that offers `none` mostly with it.
    GoOn(usize),
    /// Answers all that is asked as in a case, and goes on: by lot alone, hardly anybody comes to the rarer rules.
    Follow(usize),
    Continue,
    Back,
    Skip,
    Change(u16),
    Erase,
    /// Something that a page could never send: any question, any option.
    Stray(u16, u16, i32),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        12 => any::<usize>().prop_map(Act::GoOn),
        8 => (any::<usize>(), any::<usize>()).prop_map(|(question, answer)| Act::Answer(question, answer)),
        5 => Just(Act::Continue),
        3 => Just(Act::Back),
        1 => Just(Act::Skip),
        2 => (0..22_u16).prop_map(Act::Change),
        1 => (0..22_u16, 0..12_u16, -2..13_i32).prop_map(|(question, option, value)| Act::Stray(question, option, value)),
    ]
}

/// A session: what the visitor does, now and then starting over.
fn session() -> impl Strategy<Value = Vec<Act>> {
    let followed = prop::option::weighted(0.5, (any::<usize>(), 0..26_usize));
    let again = prop::option::weighted(0.15, vec(act(), 0..30));
    (followed, vec(act(), 0..45), again).prop_map(|(followed, more, again)| {
        let mut acts = followed.map(|(case, steps)| vec![Act::Follow(case); steps]).unwrap_or_default();
        acts.extend(more);
        if let Some(again) = again {
            acts.push(Act::Erase);
            acts.extend(again);
        }
        acts
    })
}

/// How many sessions there are: some thousands, or as many as are asked for.
fn wanted() -> u32 {
    let wanted = std::env::var("PARS_CHECK_SESSIONS").ok().map(|wanted| wanted.parse::<u32>().unwrap());
    wanted.unwrap_or(20_000)
}

fn times(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// A fifth of them, for what is about the engine alone.
fn a_fifth() -> ProptestConfig {
    times(wanted().div_ceil(5))
}

fn content() -> &'static Content {
    thread_local! {
        static CONTENT: &'static Content = Box::leak(Box::new(shipped_content()));
    }
    CONTENT.with(|content| *content)
}

/// What an answer is in messages, by lot, out of the options that are offered.
fn answering(logic: &Logic, state: &State, question: u16, lot: usize) -> Message {
    let asked = logic.question(question).unwrap();
    if let Kind::Scale { min, max } = asked.kind {
        let values = usize::try_from(max - min + 1).unwrap();
        return Message::Rated { question, value: min + i32::try_from(lot % values).unwrap() };
    }
    let offered = state.answers.effective(logic).options(question).unwrap_or(u64::MAX);
    let offered: Vec<usize> = (0..asked.options.len()).filter(|option| offered >> option & 1 == 1).collect();
    let none = asked.options.iter().position(|option| option.exclusive);
    let option = none.filter(|_| !(lot >> 32).is_multiple_of(4)).unwrap_or(offered[lot % offered.len()]);
    Message::Ticked { question, option: u16::try_from(option).unwrap(), ticked: true }
}

/// The answers of every case.
fn cases() -> &'static [Answers] {
    thread_local! {
        static CASES: &'static [Answers] = Box::leak(content().cases.iter().map(|case| read(&case.answers)).collect());
    }
    CASES.with(|cases| *cases)
}

fn read(answers: &serde_json::Value) -> Answers {
    let mut read = Answers::none(&content().logic);
    for (id, value) in answers.as_object().unwrap() {
        let value = match value {
            serde_json::Value::String(option) => Value::One(option),
            serde_json::Value::Array(options) => {
                Value::Many(options.iter().map(|option| option.as_str().unwrap()).collect())
            }
            number => Value::Number(number.as_i64().unwrap()),
        };
        read.set(&content().logic, id, &value).unwrap();
    }
    read
}

/// The messages that give a question the answer that it has there.
fn as_in(answers: &Answers, question: u16) -> Vec<Message> {
    match answers.get(question) {
        Some(Answer::Number(value)) => vec![Message::Rated { question, value }],
        Some(Answer::Chosen(chosen)) => {
            let ticked = (0..64_u16).filter(|option| chosen >> option & 1 == 1);
            ticked.map(|option| Message::Ticked { question, option, ticked: true }).collect()
        }
        None => Vec::new(),
    }
}

fn in_view(logic: &Logic, state: &State) -> Vec<u16> {
    match state.place {
        Place::Screen(screen) => logic.screens[usize::from(screen)].clone(),
        Place::Check | Place::Outcome => Vec::new(),
    }
}

/// The messages that an act is, where the visitor is.
fn messages(logic: &Logic, state: &State, act: &Act) -> Vec<Message> {
    let questions = in_view(logic, state);
    match *act {
        Act::Answer(which, lot) if !questions.is_empty() => {
            let question = questions[which % questions.len()];
            let options = logic.question(question).unwrap().options.len().max(1);
            let option = u16::try_from(lot % options).unwrap();
            match logic.question(question).unwrap().kind {
                Kind::Scale { .. } => vec![answering(logic, state, question, lot)],
                _ => vec![Message::Ticked { question, option, ticked: !(lot >> 16).is_multiple_of(4) }],
            }
        }
        Act::GoOn(lot) => {
            let missing = state.missing(logic).into_iter();
            let answers =
                missing.map(|question| answering(logic, state, question, lot.rotate_left(u32::from(question) * 7)));
            answers.chain([Message::Continued]).collect()
        }
        Act::Follow(case) => {
            let wanted = &cases()[case % cases().len()];
            let missing = state.missing(logic).into_iter();
            missing.flat_map(|question| as_in(wanted, question)).chain([Message::Continued]).collect()
        }
        Act::Answer(..) => Vec::new(),
        Act::Continue => vec![Message::Continued],
        Act::Back => vec![Message::WentBack],
        Act::Skip => vec![Message::Skipped],
        Act::Change(question) => vec![Message::Changed { question }],
        Act::Erase => vec![Message::Erased],
        Act::Stray(question, option, value) => {
            vec![Message::Ticked { question, option, ticked: true }, Message::Rated { question, value }]
        }
    }
}

fn after(logic: &Logic, mut state: State, acts: &[Act]) -> State {
    for act in acts {
        for message in messages(logic, &state, act) {
            state = state.update(logic, &message);
        }
    }
    state
}

fn run(acts: &[Act]) -> State {
    let logic = &content().logic;
    after(logic, State::new(logic), acts)
}

/// What the engine makes of answers, in the words of the proof.
fn led(answers: &Answers) -> Lead {
    let (logic, material) = (&content().logic, &content().material);
    let outcome = Outcome::of(logic, answers);
    let rule = &logic.rules[usize::from(outcome.rule)];
    let key = &material.rules[usize::from(outcome.rule)];
    let mut sections = outcome.sections.clone();
    sections.sort_unstable();
    Lead {
        tier: logic.tiers[usize::from(outcome.tier)].to_string(),
        rule: rule.id.to_string(),
        clause: key.strip_prefix(&*rule.id).and_then(|rest| rest.strip_prefix('_')).map(str::to_owned),
        urgency: logic.advice[usize::from(outcome.advice)].urgency,
        complete: Path::of(logic, answers).complete,
        sections: sections.iter().map(|section| logic.sections[usize::from(*section)].id.to_string()).collect(),
        results: None,
    }
}

#[test]
fn sessions_agree_with_the_proof() {
    Oracle::with(content(), |oracle| {
        proptest!(times(wanted()), |(acts in session())| {
            let state = run(&acts);
            prop_assert_eq!(oracle.lead(&state.answers).unwrap(), led(&state.answers));
            if state.place == Place::Outcome {
                prop_assert!(Path::of(&content().logic, &state.answers).complete, "an outcome without its answers");
            }
        });
    });
}

#[test]
fn hidden_answers_have_no_influence() {
    let logic = &content().logic;
    proptest!(a_fifth(), |(acts in session(), lots in vec(any::<usize>(), 22))| {
        let answers = run(&acts).answers;
        let effective = answers.effective(logic);
        let (mut without, mut otherwise) = (answers.clone(), answers.clone());
        for (question, lot) in logic.question_indices().zip(lots).filter(|(question, _)| !effective.shown(*question)) {
            without.put(question, None);
            let hidden = State { answers: Answers::none(logic), place: Place::Screen(logic.screen_of(question).unwrap()), ..State::new(logic) };
            let message = answering(logic, &hidden, question, lot);
            otherwise.put(question, hidden.update(logic, &message).answers.get(question));
        }
        for changed in [without, otherwise] {
            let (mut told, mut before) = (assess(logic, &changed), assess(logic, &answers));
            told.ignored.clear();
            before.ignored.clear();
            prop_assert_eq!(told, before);
        }
    });
}

#[test]
fn the_order_of_answers_has_no_influence() {
    let logic = &content().logic;
    proptest!(a_fifth(), |(acts in session(), order in Just((0..22_u16).collect::<Vec<_>>()).prop_shuffle())| {
        let state = run(&acts);
        let mut again = Answers::none(logic);
        for question in order {
            again.put(question, state.answers.get(question));
        }
        prop_assert_eq!(&again, &state.answers);
        prop_assert_eq!(assess(logic, &again), assess(logic, &state.answers));
        // A visitor who gives the same visible answers on the straight way ends up with the same.
        let straight = straight(logic, &state.answers);
        prop_assert_eq!(led(&straight).rule, led(&visible(logic, &state.answers)).rule);
    });
}

/// The answers that count, and no others.
fn visible(logic: &Logic, answers: &Answers) -> Answers {
    let effective = answers.effective(logic);
    let mut visible = Answers::none(logic);
    for question in logic.question_indices() {
        visible.put(question, effective.facts(logic).answer(question));
    }
    visible
}

/// The same answers, given question by question in the order of asking.
fn straight(logic: &Logic, answers: &Answers) -> Answers {
    let mut given = Answers::none(logic);
    let wanted = visible(logic, answers);
    for question in logic.question_indices() {
        given.put(question, wanted.get(question).filter(|_| given.effective(logic).shown(question)));
    }
    given
}

#[test]
fn going_back_has_no_influence() {
    let logic = &content().logic;
    proptest!(a_fifth(), |(acts in session(), back in 1..6_usize)| {
        let state = run(&acts);
        let mut there = state.clone();
        for _ in 0..back {
            there = there.update(logic, &Message::WentBack);
        }
        prop_assert_eq!(&there.answers, &state.answers, "going back changes no answer");
        for _ in 0..back + 25 {
            there = there.update(logic, &Message::Continued);
        }
        prop_assert_eq!(&there.answers, &state.answers, "going on changes no answer");
        prop_assert_eq!(led(&there.answers), led(&state.answers));
        if state.place == Place::Outcome {
            prop_assert_eq!(there.place, Place::Outcome, "and leads back");
        }
    });
}

#[test]
fn going_on_from_anywhere_ends() {
    let logic = &content().logic;
    proptest!(a_fifth(), |(acts in session(), lot in any::<usize>())| {
        let mut state = run(&acts);
        let mut left = 2 * logic.questions.len();
        while state.place != Place::Outcome && left > 0 {
            state = after(logic, state, &[Act::GoOn(lot)]);
            left -= 1;
        }
        prop_assert_eq!(state.place, Place::Outcome);
        prop_assert!(led(&state.answers).complete);
    });
}

/// The sessions are worth their time only if they come about in the quiz.
#[test]
fn sessions_reach_every_tier_and_go_back_change_and_restart() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = session();
    let mut tiers = std::collections::BTreeSet::new();
    let mut seen = [false; 3];
    for _ in 0..4000 {
        let acts = strategy.new_tree(&mut runner).unwrap().current();
        let state = run(&acts);
        if state.place == Place::Outcome {
            tiers.insert(led(&state.answers).tier);
        }
        seen[0] |= acts.iter().any(|act| matches!(act, Act::Back));
        seen[1] |= acts.iter().any(|act| matches!(act, Act::Change(_)));
        seen[2] |= acts.iter().any(|act| matches!(act, Act::Erase));
    }
    assert_eq!((tiers.len(), seen), (content().logic.tiers.len(), [true; 3]), "{tiers:?}");
}
