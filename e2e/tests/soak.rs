//! A page in which many quizzes are taken holds no more than after a few. `cargo xtask test --all` takes a thousand.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use e2e::Soak;

#[tokio::test]
async fn a_few_dozen_quizzes_leave_nothing_behind_and_a_leak_would_be_seen() {
    let mut soak = Soak::start().await.unwrap();
    soak.take_until(14).await.unwrap();
    let early = soak.held().await.unwrap();
    soak.take_until(42).await.unwrap();
    let late = soak.held().await.unwrap();
    assert_eq!(late.grown_since(&early), Vec::<String>::new(), "{early:?} {late:?}");
    assert_eq!(late.engines, 1, "one engine, the one that runs");
    soak.leak().await.unwrap();
    soak.take_until(49).await.unwrap();
    let leaking = soak.held().await.unwrap();
    let grown = leaking.grown_since(&late).join(", ");
    assert!(grown.contains("nodes") && grown.contains("listeners"), "{grown}: {leaking:?}");
    soak.end().await.unwrap();
}
