//! How many whole evaluations a second one core makes: from a visitor's raw answers to the outcome, on all shipped
//! cases in turn.
//!
//! `cargo bench -p quiz-engine`; `cargo xtask bench` reads the result.

#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use quiz_authoring::{Case, Content};
use quiz_engine::{Answers, Logic, Outcome, Value};
use serde_json::Value as Json;

const CONTENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/pars-defect");

fn value(answer: &Json) -> Option<Value<'_>> {
    match answer {
        Json::String(option) => Some(Value::One(option)),
        Json::Array(options) => Some(Value::Many(options.iter().filter_map(Json::as_str).collect())),
        other => other.as_i64().map(Value::Number),
    }
}

fn answers(logic: &Logic, case: &Case) -> Answers {
    let mut answers = Answers::none(logic);
    for (question, answer) in case.answers.as_object().expect("a case has answers") {
        let value = value(answer).expect("an answer has one of three forms");
        answers.set(logic, question, &value).expect("a shipped case can be answered");
    }
    answers
}

fn evaluation(criterion: &mut Criterion) {
    let content = Content::load(Path::new(CONTENT)).expect("the shipped content has no mistakes");
    let logic = &content.logic;
    let all: Vec<Answers> = content.cases.iter().map(|case| answers(logic, case)).collect();
    let mut group = criterion.benchmark_group("evaluation");
    group.throughput(Throughput::Elements(all.len() as u64));
    group.bench_function("every_case", |bencher| {
        bencher.iter(|| {
            for answers in &all {
                black_box(Outcome::of(black_box(logic), black_box(answers)));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, evaluation);
criterion_main!(benches);
