//! What the foot of every screen says of a clinician's signature.

use std::rc::Rc;

use pars_check::host::Settings;
use pars_check::ui::{Early, Quiz, QuizProps};
use quiz_engine::{Phrase, Review};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::Page;
use crate::recording_host::RecordingHost;

/// The foot of the first screen, for content that this clinician signed, or nobody.
async fn foot(review: Option<Review>) -> String {
    let mut pack = (*crate::pack()).clone();
    pack.words.interface[Phrase::Unsigned as usize] = "no clinician has signed".into();
    pack.words.interface[Phrase::Signed as usize] = "signed by {reviewer} on {date}".into();
    pack.review = review;
    let host = Rc::new(RecordingHost::default());
    let props = QuizProps { pack: Rc::new(pack), settings: Settings::default(), host, early: Early::default() };
    Page::<Quiz>::of(props).await.text(".foot")
}

#[wasm_bindgen_test]
async fn content_that_nobody_signed_says_so() {
    let foot = foot(None).await;
    assert!(foot.contains("no clinician has signed") && !foot.contains("signed by"), "{foot}");
}

#[wasm_bindgen_test]
async fn content_that_a_clinician_signed_names_who_and_when() {
    let review = Review { reviewer: "A. Doe, spine surgeon".into(), date: "2026-11-30".into() };
    let foot = foot(Some(review)).await;
    assert!(foot.contains("signed by A. Doe, spine surgeon on 2026-11-30 in en"), "{foot}");
    assert!(!foot.contains("no clinician"), "{foot}");
}
