//! The shipped content: its cases, and what must be true of every set of answers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use quiz_authoring::{Content, assess, assess_all};
use quiz_engine::{
    AdviceWords, Answer, Answers, CheckRow, Condition, Kind, Logic, Message, Outcome, Pack, Path as Way, Place,
    Question, RaisingView, State, Value, View, raising_changes,
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/pars-defect")
}

fn content() -> Content {
    match Content::load(&folder()) {
        Ok(content) => content,
        Err(problems) => panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

/// The quiz with names in place of indices.
struct Quiz {
    content: Content,
}

impl Quiz {
    fn new() -> Self {
        Self { content: content() }
    }

    fn logic(&self) -> &Logic {
        &self.content.logic
    }

    fn pack(&self) -> &Pack {
        &self.content.languages[0].pack
    }

    fn index(&self, question: &str) -> u16 {
        self.logic().question_index(question).unwrap()
    }

    fn question(&self, question: &str) -> &Question {
        self.logic().question(self.index(question)).unwrap()
    }

    fn bit(&self, question: &str, option: &str) -> u64 {
        1 << self.question(question).options.iter().position(|each| &*each.id == option).unwrap()
    }

    /// These answers with one more option ticked, as a visitor would tick it.
    fn with(&self, answers: &Answers, question: &str, option: &str) -> Answers {
        let mut answers = answers.clone();
        let place = self.question(question).options.iter().position(|each| &*each.id == option).unwrap();
        answers.tick(self.logic(), self.index(question), u16::try_from(place).unwrap(), true);
        answers
    }

    /// These answers with one question answered by one option.
    fn only(&self, answers: &Answers, question: &str, option: &str) -> Answers {
        let mut answers = answers.clone();
        answers.put(self.index(question), Some(Answer::Chosen(self.bit(question, option))));
        answers
    }

    fn outcome(&self, answers: &Answers) -> Outcome {
        Outcome::of(self.logic(), answers)
    }

    fn urgency(&self, answers: &Answers) -> u8 {
        self.logic().advice[usize::from(self.outcome(answers).advice)].urgency
    }

    fn rule(&self, answers: &Answers) -> String {
        self.logic().rules[usize::from(self.outcome(answers).rule)].id.to_string()
    }

    fn tier(&self, answers: &Answers) -> String {
        self.logic().tiers[usize::from(self.outcome(answers).tier)].to_string()
    }

    fn section(&self, section: &str) -> u16 {
        u16::try_from(self.logic().sections.iter().position(|each| &*each.id == section).unwrap()).unwrap()
    }

    /// An answer to every question, the hidden ones too, out of a lot for each. A question that offers `none` gets it
    /// in three of four sets: otherwise nearly every set would be an emergency.
    fn complete(&self, lots: &[u64]) -> Answers {
        let mut answers = Answers::none(self.logic());
        for ((index, question), lot) in (0_u16..).zip(&self.logic().questions).zip(lots) {
            answers.put(index, Some(answer(question, *lot)));
        }
        answers
    }

    /// The same with about a third of the answers missing.
    fn partial(&self, lots: &[u64]) -> Answers {
        let mut answers = self.complete(lots);
        for (index, _) in (0_u16..).zip(lots).filter(|(_, lot)| (*lot >> 50) % 3 == 0) {
            answers.put(index, None);
        }
        answers
    }

    /// The answers as a host without indices would write them down, and read back.
    fn written_and_read(&self, answers: &Answers) -> Answers {
        let mut read = Answers::none(self.logic());
        for (index, question) in (0_u16..).zip(&self.logic().questions) {
            let value = match answers.get(index) {
                None => continue,
                Some(Answer::Number(number)) => Value::Number(number.into()),
                Some(Answer::Chosen(bits)) => {
                    let options = question.options.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
                    let ids: Vec<&str> = options.map(|(_, option)| &*option.id).collect();
                    if question.kind == Kind::One { Value::One(ids[0]) } else { Value::Many(ids) }
                }
            };
            read.set(self.logic(), &question.id, &value).unwrap();
        }
        read
    }
}

fn answer(question: &Question, lot: u64) -> Answer {
    let options = u64::try_from(question.options.len()).unwrap();
    let none = question.exclusive();
    match question.kind {
        Kind::Scale { min, max } | Kind::Number { min, max } => {
            let values = u64::try_from(max - min + 1).unwrap();
            Answer::Number(min + i32::try_from(lot % values).unwrap())
        }
        Kind::One => Answer::Chosen(1 << (lot % options)),
        Kind::Many => {
            // `none` in three of four sets, but pain in seven of eight.
            let is_pain = question.options.iter().any(|option| &*option.id == "no_pain");
            let draw = (lot >> 40) % 8;
            if none != 0 && (if is_pain { draw == 0 } else { draw < 6 }) {
                return Answer::Chosen(none);
            }
            // Two random masks at once: few ticks rather than half of them.
            let ticks = lot & (lot >> 20) & ((1 << options) - 1) & !none;
            Answer::Chosen(if ticks == 0 { 1 << (lot % (options - 1)) } else { ticks })
        }
    }
}

/// A lot for each question.
fn lots() -> impl Strategy<Value = Vec<u64>> {
    vec(any::<u64>(), content().logic.questions.len())
}

fn thousands() -> ProptestConfig {
    ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() }
}

// --- What is written down -----------------------------------------------------------------------------------------

#[test]
fn the_shipped_content_has_no_problems() {
    assert!(!content().languages.is_empty());
}

#[test]
fn no_vignette_is_lost() {
    let text = std::fs::read_to_string(folder().join("cases/vignettes.json")).unwrap();
    let vignettes: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(vignettes.len() >= 29, "{} vignettes", vignettes.len());
    let ids: BTreeSet<String> = content().cases.into_iter().map(|case| case.id).collect();
    for vignette in vignettes {
        assert!(ids.contains(vignette["id"].as_str().unwrap()), "{vignette}");
    }
}

#[test]
fn every_case_reaches_its_tier_and_rule_through_assess() {
    let content = content();
    let answers: Vec<&serde_json::Value> = content.cases.iter().map(|case| &case.answers).collect();
    let rows = assess_all(&content.logic, &serde_json::to_string(&answers).unwrap()).unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&rows).unwrap();
    assert_eq!(rows.len(), content.cases.len());
    for (case, row) in content.cases.iter().zip(rows) {
        let expected = (Some(case.expected_tier.as_str()), Some(case.expected_rule.as_str()));
        assert_eq!((row["tier"].as_str(), row["rule"].as_str()), expected, "{}", case.id);
    }
}

#[test]
fn every_case_of_a_rule_with_several_clauses_names_the_one_that_it_means() {
    let content = content();
    for case in &content.cases {
        let clauses = content.logic.rules.iter().filter(|rule| *rule.id == *case.expected_rule).count();
        assert!(clauses == 1 || case.expected_clause.is_some(), "{}", case.id);
    }
}

#[test]
fn every_rule_of_the_clinical_specification_is_there() {
    let quiz = Quiz::new();
    let numbered = [("E", 9), ("U", 12), ("C", 15), ("K", 2), ("S", 1), ("P", 1), ("N", 1)];
    let expected: BTreeSet<String> =
        numbered.iter().flat_map(|(letter, last)| (1..=*last).map(move |number| format!("{letter}{number}"))).collect();
    let found: BTreeSet<String> = quiz.logic().rules.iter().map(|rule| rule.id.to_string()).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_packs_of_the_shipped_content_survive_their_bytes() {
    for language in content().languages {
        let bytes = language.pack.encode().unwrap();
        assert_eq!(Pack::decode(&bytes).unwrap(), language.pack, "{}", language.code);
        assert!(Pack::decode(&bytes[..bytes.len() - 1]).is_err(), "{} is read though it is cut off", language.code);
    }
}

#[test]
fn every_advice_shows_the_warning_signs_whatever_was_answered() {
    let quiz = Quiz::new();
    let signs = quiz.section("warning_signs");
    for advice in &quiz.logic().advice {
        let shown = advice.sections.iter().find(|used| used.section == signs);
        assert_eq!(shown.map(|used| &used.when), Some(&Condition::Always), "{}", advice.id);
    }
    assert!(quiz.logic().sections[usize::from(signs)].fixed, "what a visitor hopes for must not move them");
}

#[test]
fn only_outcomes_that_can_wait_have_a_contact_link() {
    let quiz = Quiz::new();
    for rule in &quiz.logic().rules {
        let advice = &quiz.logic().advice[usize::from(rule.advice)];
        let tier = &*quiz.logic().tiers[usize::from(advice.tier)];
        let has_none = ["emergency", "urgent"].contains(&tier) || ["C1", "C2", "C3", "C4"].contains(&&*rule.id);
        assert_eq!(advice.contact.is_empty(), has_none, "{} leads to {}", rule.id, advice.id);
    }
}

#[test]
fn only_an_emergency_is_shown_without_a_check_of_the_answers() {
    let quiz = Quiz::new();
    let immediate: Vec<&str> =
        quiz.logic().immediate.iter().map(|tier| &*quiz.logic().tiers[usize::from(*tier)]).collect();
    assert_eq!(immediate, ["emergency"]);
}

// --- What must be true of every set of answers --------------------------------------------------------------------

#[test]
fn after_a_bad_fall_whoever_has_a_nerve_sign_is_told_to_call_and_to_keep_still() {
    let quiz = Quiz::new();
    let (trauma, said) = (quiz.bit("rf_now", "major_trauma"), &quiz.pack().words.advice);
    let mut tried = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..5_000 {
        let mut answers = quiz.complete(&lots_of(&mut runner, quiz.logic().questions.len()));
        answers.put(quiz.index("rf_now"), Some(Answer::Chosen(trauma)));
        let outcome = Outcome::of(quiz.logic(), &answers);
        if &*quiz.logic().tiers[usize::from(outcome.tier)] == "emergency" {
            let advice = &said[usize::from(outcome.advice)];
            assert!(advice.lines.iter().any(|line| line.starts_with("Keep still")), "{answers:?}");
            tried.insert(quiz.logic().rules[usize::from(outcome.rule)].id.to_string());
        }
    }
    assert_eq!(tried, ["E3", "E4", "E5", "E6"].map(str::to_owned).into());
}

#[test]
fn generated_answers_reach_every_tier_and_most_rules() {
    let quiz = Quiz::new();
    let mut runner = TestRunner::deterministic();
    let (mut tiers, mut rules) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..20_000 {
        let answers = quiz.complete(&lots_of(&mut runner, quiz.logic().questions.len()));
        tiers.insert(quiz.tier(&answers));
        rules.insert(quiz.outcome(&answers).rule);
    }
    assert_eq!(tiers.len(), quiz.logic().tiers.len(), "{tiers:?}");
    assert!(rules.len() * 10 >= quiz.logic().rules.len() * 9, "{} rules of {}", rules.len(), quiz.logic().rules.len());
}

fn lots_of(runner: &mut TestRunner, many: usize) -> Vec<u64> {
    vec(any::<u64>(), many).new_tree(runner).unwrap().current()
}

#[test]
fn a_guardian_changes_no_question_rule_or_guidance() {
    let quiz = Quiz::new();
    proptest!(thousands(), |(lots in lots(), young in any::<bool>(), complete in any::<bool>())| {
        let answers = if complete { quiz.complete(&lots) } else { quiz.partial(&lots) };
        let answers = quiz.only(&answers, "age", if young { "under10" } else { "10_17" });
        let (yes, no) = (quiz.only(&answers, "guardian", "yes"), quiz.only(&answers, "guardian", "no"));
        prop_assert_eq!(assess(quiz.logic(), &yes), assess(quiz.logic(), &no));
        let (yes, no) = (quiz.outcome(&yes), quiz.outcome(&no));
        prop_assert_eq!(&yes.reasons, &no.reasons);
        prop_assert_eq!(no.contact, None, "a minor alone is sent to no contact form");
        let note = |outcome: &Outcome, id: &str| outcome.notes.iter().any(|note| &*quiz.logic().notes[usize::from(*note)].id == id);
        prop_assert!(note(&no, "alone") != note(&no, "alone_now"), "an adult is to be shown this");
        prop_assert!(!note(&yes, "alone") && !note(&yes, "alone_now"));
    });
}

#[test]
fn a_further_red_flag_never_lowers_the_urgency() {
    let quiz = Quiz::new();
    let flags: Vec<(String, String)> = ["rf_now", "rf_nerve", "rf_weak", "rf_body"]
        .iter()
        .flat_map(|id| quiz.question(id).options.iter().map(|option| ((*id).to_owned(), option.id.to_string())))
        .filter(|(_, option)| option != "none")
        .collect();
    assert_eq!(flags.len(), 25);
    proptest!(thousands(), |(lots in lots())| {
        let answers = quiz.complete(&lots);
        let before = quiz.urgency(&answers);
        for (question, option) in &flags {
            let more = quiz.with(&answers, question, option);
            prop_assert!(quiz.urgency(&more) >= before, "{question}.{option} lowers {} to {}", quiz.rule(&answers), quiz.rule(&more));
        }
    });
}

#[test]
fn each_raising_change_is_more_urgent_and_leads_where_it_says() {
    let quiz = Quiz::new();
    let config = ProptestConfig { cases: 400, ..thousands() };
    proptest!(config, |(lots in lots(), complete in any::<bool>())| {
        let before = if complete { quiz.complete(&lots) } else { quiz.partial(&lots) };
        let asked = Way::of(quiz.logic(), &before);
        for change in raising_changes(quiz.logic(), &before) {
            let mut after = before.clone();
            after.put(change.question, Some(change.answer));
            let renewed = if change.renews { quiz.logic().follow_ups(change.question) } else { vec![] };
            for question in renewed {
                after.put(question, None);
            }
            prop_assert_eq!(quiz.outcome(&after).rule, change.rule);
            prop_assert!(quiz.urgency(&after) > quiz.urgency(&before), "{:?}", change);
            prop_assert!(asked.asked.contains(&change.question) || asked.next == Some(change.question));
        }
    });
}

#[test]
fn a_minor_never_reaches_the_talk_about_surgery() {
    let quiz = Quiz::new();
    let surgical =
        u16::try_from(quiz.logic().tiers.iter().position(|tier| &**tier == "surgical_discussion").unwrap()).unwrap();
    let about_surgery =
        ["surgery_basics", "surgeon_questions", "repair_fusion", "small_open_access"].map(|id| quiz.section(id));
    proptest!(thousands(), |(lots in lots(), young in any::<bool>(), complete in any::<bool>())| {
        // An adult who is told to talk about surgery, made a minor, is the hardest try.
        let answers = if complete { quiz.complete(&lots) } else { quiz.partial(&lots) };
        let mut answers = quiz.only(&answers, "diagnosis", "slip_low");
        for (question, option) in [("imaging", "mri"), ("duration", "gt6m"), ("treat_time", "gt6m"), ("treat_result", "no_relief")] {
            answers = quiz.only(&answers, question, option);
        }
        let answers = quiz.with(&quiz.with(&answers, "treatments", "pt"), "treatments", "brace");
        let minor = quiz.only(&answers, "age", if young { "under10" } else { "10_17" });
        let outcome = quiz.outcome(&minor);
        prop_assert_ne!(outcome.tier, surgical);
        prop_assert!(outcome.sections.iter().all(|section| !about_surgery.contains(section)));
    });
}

#[test]
fn the_answers_of_that_try_do_lead_an_adult_to_the_talk_about_surgery() {
    let quiz = Quiz::new();
    let given = r#"[{"age":"18_34","rf_now":["none"],"rf_nerve":["none"],"rf_weak":["none"],"rf_body":["none"],
        "location":["low_back"],"duration":"gt6m","imaging":["mri"],"diagnosis":"slip_low","pattern":["none"],
        "peg_p":6,"peg_e":6,"peg_g":6,"treatments":["pt","brace"],"treat_time":"gt6m","treat_result":"no_relief",
        "health":["none"]}]"#;
    let adult = assess_all(quiz.logic(), given).unwrap();
    assert!(adult.contains(r#""tier":"surgical_discussion","rule":"S1""#), "{adult}");
    let minor = assess_all(quiz.logic(), &given.replace("18_34", "10_17")).unwrap();
    assert!(minor.contains(r#""tier":"clinician","rule":"C11""#), "{minor}");
}

#[test]
fn not_sure_never_gives_less_than_none() {
    let quiz = Quiz::new();
    let pairs = [("rf_nerve", "none", "not_sure"), ("rf_weak", "none", "not_sure"), ("diagnosis", "none", "unsure")];
    proptest!(thousands(), |(lots in lots(), complete in any::<bool>())| {
        let answers = if complete { quiz.complete(&lots) } else { quiz.partial(&lots) };
        for (question, none, not_sure) in pairs {
            let (none, unsure) = (quiz.only(&answers, question, none), quiz.only(&answers, question, not_sure));
            prop_assert!(quiz.urgency(&unsure) >= quiz.urgency(&none), "{question}: {} after {}", quiz.rule(&unsure), quiz.rule(&none));
        }
    });
}

#[test]
fn not_sure_when_is_read_as_new() {
    let quiz = Quiz::new();
    proptest!(thousands(), |(lots in lots())| {
        let answers = quiz.complete(&lots);
        let [unsure, new, checked, unchecked] = ["unsure", "new_or_worse", "older_checked", "older_unchecked"]
            .map(|option| quiz.only(&answers, "rf_nerve_when", option));
        prop_assert_eq!(quiz.rule(&unsure), quiz.rule(&new));
        prop_assert!(quiz.urgency(&unsure) >= quiz.urgency(&unchecked));
        prop_assert!(quiz.urgency(&unchecked) >= quiz.urgency(&checked));
        let mut missing = answers.clone();
        missing.put(quiz.index("rf_nerve_when"), None);
        prop_assert_eq!(quiz.rule(&missing), quiz.rule(&new));
    });
}

#[test]
fn answers_to_hidden_questions_change_nothing() {
    let quiz = Quiz::new();
    proptest!(thousands(), |(lots in lots(), others in lots(), complete in any::<bool>())| {
        let answers = if complete { quiz.complete(&lots) } else { quiz.partial(&lots) };
        let effective = answers.effective(quiz.logic());
        let (mut without, mut otherwise) = (answers.clone(), answers.clone());
        let other = quiz.partial(&others);
        for index in quiz.logic().question_indices().filter(|index| !effective.shown(*index)) {
            without.put(index, None);
            otherwise.put(index, other.get(index));
        }
        for changed in [without, otherwise] {
            prop_assert_eq!(quiz.outcome(&changed), quiz.outcome(&answers));
            prop_assert_eq!(Way::of(quiz.logic(), &changed), Way::of(quiz.logic(), &answers));
        }
    });
}

#[test]
fn what_is_ignored_can_be_left_out() {
    let quiz = Quiz::new();
    proptest!(thousands(), |(lots in lots())| {
        let answers = quiz.complete(&lots);
        let before = assess(quiz.logic(), &answers);
        let mut kept = answers.clone();
        for ignored in &before.ignored {
            match ignored.split_once('.') {
                None => kept.put(quiz.index(ignored), None),
                Some((question, option)) => {
                    let Some(Answer::Chosen(bits)) = kept.get(quiz.index(question)) else { panic!("{ignored}") };
                    let left = bits & !quiz.bit(question, option);
                    kept.put(quiz.index(question), (left != 0).then_some(Answer::Chosen(left)));
                }
            }
        }
        let after = assess(quiz.logic(), &kept);
        prop_assert!(after.ignored.is_empty());
        prop_assert_eq!(after, quiz_authoring::Assessment { ignored: Vec::new(), ..before });
    });
}

#[test]
fn an_early_stop_never_hides_a_more_urgent_outcome() {
    let quiz = Quiz::new();
    let stops = Cell::new(0);
    proptest!(thousands(), |(lots in lots(), later in vec(lots(), 4))| {
        let answers = quiz.complete(&lots);
        let Some(stop) = Way::of(quiz.logic(), &answers).stop else { return Ok(()) };
        stops.set(stops.get() + 1);
        let mut at_stop = answers.clone();
        for index in quiz.logic().question_indices().filter(|index| *index > stop.after) {
            at_stop.put(index, None);
        }
        let urgency = quiz.urgency(&at_stop);
        prop_assert_eq!(Way::of(quiz.logic(), &at_stop).stop, Some(stop), "later answers play no part in the stop");
        prop_assert_eq!(quiz.outcome(&at_stop).rule, stop.rule, "what stops the quiz decides");
        for lots in &later {
            let mut filled = at_stop.clone();
            let more = quiz.partial(lots);
            for index in quiz.logic().question_indices().filter(|index| *index > stop.after) {
                filled.put(index, more.get(index));
            }
            prop_assert_eq!(quiz.urgency(&filled), urgency, "{} after {}", quiz.rule(&filled), quiz.rule(&at_stop));
        }
    });
    assert!(stops.get() > 1000, "only {} sets stopped early", stops.get());
}

#[test]
fn every_outcome_shows_the_warning_signs_and_keeps_its_link() {
    let quiz = Quiz::new();
    let signs = quiz.section("warning_signs");
    proptest!(thousands(), |(lots in lots(), complete in any::<bool>())| {
        let answers = if complete { quiz.complete(&lots) } else { quiz.partial(&lots) };
        let outcome = quiz.outcome(&answers);
        let mut once = outcome.sections.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert!(outcome.sections.contains(&signs));
        prop_assert_eq!(once.len(), outcome.sections.len(), "a section stands twice");
        let can_wait = !["emergency", "urgent"].contains(&&*quiz.tier(&answers))
            && !["C1", "C2", "C3", "C4"].contains(&&*quiz.rule(&answers));
        let guided = quiz.only(&answers, "guardian", "yes");
        prop_assert_eq!(quiz.outcome(&guided).contact.is_some(), can_wait);
    });
}

#[test]
fn the_goal_orders_sections_and_changes_nothing_else() {
    let quiz = Quiz::new();
    let adds = ["surgery_basics", "surgeon_questions", "second_opinion"].map(|id| quiz.section(id));
    proptest!(thousands(), |(lots in lots())| {
        let answers = quiz.complete(&lots);
        let mut without = answers.clone();
        without.put(quiz.index("goal"), None);
        let plain = quiz.outcome(&without);
        for option in &quiz.question("goal").options {
            let outcome = quiz.outcome(&quiz.only(&answers, "goal", &option.id));
            prop_assert_eq!((outcome.rule, &outcome.notes, outcome.contact), (plain.rule, &plain.notes, plain.contact));
            let missing = plain.sections.iter().filter(|section| !outcome.sections.contains(section));
            prop_assert_eq!(missing.count(), 0);
            let surplus: Vec<u16> = outcome.sections.iter().copied().filter(|section| !plain.sections.contains(section)).collect();
            prop_assert!(surplus.iter().all(|section| adds.contains(section)), "{surplus:?}");
            prop_assert!(surplus.is_empty() || ["compare_surgery", "second_opinion"].contains(&&*option.id));
        }
    });
}

// --- Sessions -----------------------------------------------------------------------------------------------------

/// A step as a visitor would take it who presses whatever is on the screen.
fn step(quiz: &Quiz, state: &State, lot: u64) -> Message {
    let place = |many: usize| usize::try_from(lot >> 8).unwrap_or(0) % many.max(1);
    match (View::of(quiz.pack(), state), lot % 16) {
        (_, 0) => Message::WentBack,
        (_, 1) if lot.is_multiple_of(5) => Message::Erased,
        (View::Screen(_), 2) => Message::Skipped,
        (View::Check(check), 3..=6) => {
            let row = &check.rows[place(check.rows.len())];
            Message::Changed { question: row.question }
        }
        (View::Screen(screen), 3..=11) => {
            let asked = &screen.questions[place(screen.questions.len())];
            give(quiz, asked.index, lot >> 16)
        }
        _ => Message::Continued,
    }
}

fn give(quiz: &Quiz, index: u16, lot: u64) -> Message {
    let question = quiz.logic().question(index).unwrap();
    match answer(question, lot) {
        Answer::Number(value) => Message::Rated { question: index, value },
        Answer::Chosen(bits) => {
            let option = u16::try_from(bits.trailing_zeros()).unwrap();
            Message::Ticked { question: index, option, ticked: question.kind == Kind::One || !lot.is_multiple_of(8) }
        }
    }
}

/// Answers what is missing and goes on until the guidance is there.
fn finish(quiz: &Quiz, mut state: State, lots: &[u64]) -> State {
    let mut lots = lots.iter().cycle();
    for _ in 0..200 {
        if state.place == Place::Outcome {
            return state;
        }
        for question in state.missing(quiz.logic()) {
            let message = match give(quiz, question, *lots.next().unwrap()) {
                Message::Ticked { question, option, .. } => Message::Ticked { question, option, ticked: true },
                other => other,
            };
            state = state.update(quiz.logic(), &message);
        }
        state = state.update(quiz.logic(), &Message::Continued);
    }
    panic!("the session does not end: {state:?}");
}

#[test]
fn every_session_ends_in_the_outcome_of_its_answers() {
    let quiz = Quiz::new();
    let config = ProptestConfig { cases: 1500, ..thousands() };
    proptest!(config, |(steps in vec(any::<u64>(), 0..120), rest in vec(any::<u64>(), 40))| {
        let mut state = State::new(quiz.logic());
        for lot in steps {
            state = state.update(quiz.logic(), &step(&quiz, &state, lot));
            let is_empty = matches!(View::of(quiz.pack(), &state), View::Screen(screen) if screen.questions.is_empty());
            prop_assert!(!is_empty, "a screen without a question is in view: {state:?}");
        }
        let state = finish(&quiz, state, &rest);
        let fresh = quiz.written_and_read(&state.answers);
        let outcome = quiz.outcome(&fresh);
        let View::Outcome(view) = View::of(quiz.pack(), &state) else { panic!("no outcome is in view") };
        prop_assert_eq!(&*view.tier, quiz.tier(&fresh));
        prop_assert_eq!(&*view.why.rule, quiz.rule(&fresh));
        let sections: Vec<u16> = view.sections.iter().map(|section| quiz.section(&section.id)).collect();
        prop_assert_eq!(sections, outcome.sections);
        prop_assert_eq!(view.contact.is_some(), outcome.contact.is_some());
        prop_assert_eq!(view.notes.len(), outcome.notes.len());
        prop_assert!(Way::of(quiz.logic(), &fresh).complete, "an outcome stands before its questions are answered");
    });
}

#[test]
fn nothing_is_left_after_erasing() {
    let quiz = Quiz::new();
    proptest!(thousands(), |(steps in vec(any::<u64>(), 0..60))| {
        let state = steps.iter().fold(State::new(quiz.logic()), |state, lot| state.update(quiz.logic(), &step(&quiz, &state, *lot)));
        prop_assert_eq!(state.update(quiz.logic(), &Message::Erased), State::new(quiz.logic()));
    });
}

#[test]
fn going_back_always_leads_to_the_first_screen_and_loses_no_answer() {
    let quiz = Quiz::new();
    proptest!(thousands(), |(steps in vec(any::<u64>(), 0..80))| {
        let reached = steps.iter().fold(State::new(quiz.logic()), |state, lot| state.update(quiz.logic(), &step(&quiz, &state, *lot)));
        let mut state = reached.clone();
        for _ in 0..=quiz.logic().screens.len() + 2 {
            state = state.update(quiz.logic(), &Message::WentBack);
        }
        prop_assert_eq!(state.place, Place::Screen(0));
        prop_assert_eq!(state.answers, reached.answers);
    });
}

#[test]
fn the_page_says_what_would_be_more_urgent_and_nothing_that_would_be_less() {
    let quiz = Quiz::new();
    let pack = quiz.pack();
    let urgency_of = |raising: &RaisingView| {
        let is_meant = |words: &AdviceWords| words.headline == raising.headline && words.lines == raising.lines;
        let all = pack.words.advice.iter().zip(&quiz.logic().advice).filter(|(words, _)| is_meant(words));
        all.map(|(_, advice)| advice.urgency).min().unwrap()
    };
    let stays: Vec<&str> = quiz.logic().questions.iter().filter(|each| each.stays).map(|each| &*each.id).collect();
    let expected = ["age", "guardian", "duration", "imaging", "diagnosis", "activity", "peg_p", "peg_e", "peg_g"];
    assert_eq!(stays, [&expected[..], &["treatments", "treat_time", "treat_result", "goal"]].concat());
    let mut runner = TestRunner::deterministic();
    let mut urgencies = BTreeSet::new();
    for _ in 0..500 {
        let answers = quiz.complete(&lots_of(&mut runner, quiz.logic().questions.len()));
        let own = quiz.urgency(&answers);
        let state = State { answers, place: Place::Outcome, ..State::new(quiz.logic()) };
        let View::Outcome(view) = View::of(pack, &state) else { panic!("no outcome") };
        // An emergency shows nothing; anything else has warning signs that would be more, and to be seen is the least.
        assert_eq!(view.why.raising.is_empty(), own == 6, "{}", view.why.rule);
        urgencies.insert(own);
        for raising in &view.why.raising {
            assert!(
                urgency_of(raising) > own && urgency_of(raising) >= 3,
                "{} above {}",
                raising.headline,
                view.why.rule
            );
            let told = |row: &CheckRow| !stays.contains(&&*row.id) && !row.answers.is_empty();
            assert!(raising.answers.iter().all(told), "{}", view.why.rule);
        }
    }
    assert_eq!(urgencies.len(), 7, "{urgencies:?}");
}

#[test]
fn a_sign_that_is_noticed_now_is_new_whatever_older_ones_are() {
    let quiz = Quiz::new();
    // The last clause of E3 is that of whoever had no fall.
    let rule = quiz.logic().rules.iter().rfind(|rule| &*rule.id == "E3").unwrap();
    let go = &quiz.pack().words.advice[usize::from(rule.advice)];
    for (ticked, when) in [("both_legs", "older_unchecked"), ("bladder", "older_checked"), ("sexual", "older_checked")]
    {
        let mut answers = Answers::none(quiz.logic());
        for (question, option) in [("age", "35_49"), ("rf_now", "none"), ("rf_nerve", ticked), ("rf_nerve_when", when)]
        {
            answers = quiz.only(&answers, question, option);
        }
        for (question, option) in [("rf_weak", "none"), ("rf_body", "none"), ("location", "low_back")] {
            answers = quiz.only(&answers, question, option);
        }
        let state = State { answers, place: Place::Outcome, ..State::new(quiz.logic()) };
        let View::Outcome(view) = View::of(quiz.pack(), &state) else { panic!("no outcome") };
        let now = view.why.raising.iter().find(|raising| raising.lines == go.lines).unwrap();
        let told: Vec<&str> = now.answers.iter().flat_map(|row| &row.answers).map(|answer| &**answer).collect();
        for sign in ["bowel", "saddle", "bladder"].iter().filter(|sign| **sign != ticked) {
            let place = quiz.question("rf_nerve").options.iter().position(|option| &*option.id == *sign).unwrap();
            let label = &*quiz.pack().words.questions[usize::from(quiz.index("rf_nerve"))].options[place];
            assert!(told.contains(&label), "{ticked}, {when}: {sign} in {told:?}");
        }
    }
}
