//! A small quiz in which every part of the format occurs once.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use quiz_engine::{
    Addition, Advice, AdviceWords, Answers, AppliesTo, Condition, ContactRule, ContactWords, Emphasis, FORMAT, Fhir,
    Kind, Logic, Note, Opt, Pack, Phrase, Question, QuestionWords, Rule, Section, SectionUse, SourceWords, Value,
    Words,
};

pub fn chosen(question: u16, options: u64) -> Condition {
    Condition::Chosen { question, options }
}

pub fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

fn option(id: &str, exclusive: bool) -> Opt {
    Opt { id: id.into(), shown: Condition::Always, exclusive }
}

fn question(id: &str, kind: Kind, options: Vec<Opt>, shown: Condition) -> Question {
    Question {
        id: id.into(),
        kind,
        decimals: 0,
        options,
        points: vec![],
        shown,
        optional: false,
        stays: id == "who",
        figure: None,
    }
}

/// Questions: `who` (child, adult), `signs` (bad, grown (adults only), unsure, none), `when` (after any sign),
/// `pain` and `limit` (0 to 10, on one screen), `wish` (optional). Bad signs end the quiz after `when`.
pub fn logic() -> Logic {
    let scale = Kind::Scale { min: 0, max: 10 };
    let grown = Opt { shown: not(chosen(0, 0b01)), ..option("grown", false) };
    let section = |id: &str, own, fixed| Section { id: id.into(), own, fixed, folded: false };
    let advice = |id: &str, tier, urgency, sections: &[u16], contact| Advice {
        id: id.into(),
        tier,
        urgency,
        sections: sections.iter().map(|section| SectionUse { section: *section, when: Condition::Always }).collect(),
        contact,
    };
    let rule = |id: &str, when, advice, stop_after| Rule { id: id.into(), when, advice, stop_after, sources: vec![0] };
    Logic {
        questions: vec![
            question("who", Kind::One, vec![option("child", false), option("adult", false)], Condition::Always),
            question(
                "signs",
                Kind::Many,
                vec![option("bad", false), grown, option("unsure", false), option("none", true)],
                Condition::Always,
            ),
            question("when", Kind::One, vec![option("now", false), option("before", false)], chosen(1, 0b0111)),
            question("pain", scale, vec![], Condition::Always),
            question("limit", scale, vec![], Condition::Always),
            Question {
                optional: true,
                ..question("wish", Kind::One, vec![option("read", false), option("act", false)], Condition::Always)
            },
        ],
        screens: vec![vec![0], vec![1], vec![2], vec![3, 4], vec![5]],
        terms: vec![chosen(1, 0b0001), Condition::All(vec![Condition::Term(0), not(chosen(2, 0b10))])],
        rules: vec![
            rule("A1", Condition::Term(1), 0, Some(2)),
            rule(
                "B1",
                Condition::Mean { questions: vec![3, 4], at_least: 5000, at_most: i64::MAX / 2, skip: false },
                1,
                None,
            ),
            rule("C1", Condition::Always, 2, None),
        ],
        groups: vec![],
        advice: vec![
            advice("go", 0, 2, &[0, 1], vec![]),
            advice("see", 1, 1, &[0, 1, 2, 3], vec![ContactRule { label: 0, when: Condition::Always }]),
            advice("learn", 2, 0, &[0, 2], vec![ContactRule { label: 0, when: Condition::Always }]),
        ],
        tiers: vec!["now".into(), "soon".into(), "later".into()],
        immediate: vec![0],
        read_out: vec![],
        seen_from: 0,
        contact_hidden: Some(chosen(0, 0b01)),
        additions: vec![Addition {
            section: 4,
            to: AppliesTo { tiers: vec![1, 2], rules: vec![] },
            when: chosen(0, 0b01),
            after: vec![2],
        }],
        emphasis: vec![Emphasis { when: chosen(5, 0b10), sections: vec![3] }],
        notes: vec![Note {
            id: "young".into(),
            to: AppliesTo { tiers: vec![0], rules: vec![] },
            when: chosen(0, 0b01),
        }],
        sections: vec![
            section("why", true, true),
            section("signs", false, true),
            section("about", false, false),
            section("care", false, false),
            section("young", false, false),
        ],
    }
}

pub fn pack() -> Pack {
    let logic = logic();
    let words = Words {
        code: "en".into(),
        right_to_left: false,
        decimal_mark: ".".into(),
        questions: logic
            .questions
            .iter()
            .map(|question| QuestionWords {
                text: format!("{}?", question.id).into(),
                error: format!("Answer {}.", question.id).into(),
                short: question.id.clone(),
                options: question.options.iter().map(|option| format!("the {}", option.id).into()).collect(),
                ..QuestionWords::default()
            })
            .collect(),
        screens: vec!["".into(); logic.screens.len()],
        advice: vec![AdviceWords::default(); logic.advice.len()],
        rules: vec!["because".into(); logic.rules.len()],
        groups: vec![],
        results: vec![],
        tiers: logic.tiers.clone(),
        notes: vec!["young".into()],
        contact: vec![ContactWords::default()],
        sections: vec!["".into(); logic.sections.len()],
        to_ask: vec![vec![]; logic.sections.len()],
        sources: vec![SourceWords::default()],
        interface: Phrase::ALL.iter().map(|(_, key)| (*key).into()).collect(),
    };
    let fhir = Fhir {
        questionnaire: "urn:example:small".into(),
        codes: "urn:example:codes".into(),
        screens: ["", "", "", "burden", ""].map(Into::into).into(),
    };
    Pack {
        format: FORMAT,
        quiz: "small".into(),
        version: "1".into(),
        hash: "0".into(),
        review: None,
        fhir: Some(fhir),
        logic,
        words,
    }
}

/// Answers by ids.
pub fn answers(logic: &Logic, given: &[(&str, Value<'_>)]) -> Answers {
    let mut answers = Answers::none(logic);
    for (question, value) in given {
        answers.set(logic, question, value).unwrap();
    }
    answers
}
