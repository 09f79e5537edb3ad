//! What holds of the engine whatever the pack, and is tested rather than proved.

use super::report::Tested;

/// Each with its test.
pub(super) const TESTED: [Tested; 6] = [
    Tested {
        id: "the_engine_decides_as_the_proof_says",
        statement: "For every rule and every flip of an option it depends on, the engine gives what the diagrams say.",
        test: "crates/quiz-authoring/tests/verify.rs::the_engine_agrees_on_both_sides_of_every_flip",
    },
    Tested {
        id: "sessions_end_where_the_proof_says",
        statement: "Random sessions with back, change and restart end where the diagrams say.",
        test: "crates/quiz-authoring/tests/sessions.rs::sessions_agree_with_the_proof",
    },
    Tested {
        id: "hidden_answers_have_no_influence",
        statement: "An answer to a hidden question or option changes nothing.",
        test: "crates/quiz-authoring/tests/sessions.rs::hidden_answers_have_no_influence",
    },
    Tested {
        id: "the_order_of_answers_has_no_influence",
        statement: "The same answers, in whatever order they came, lead to the same.",
        test: "crates/quiz-authoring/tests/sessions.rs::the_order_of_answers_has_no_influence",
    },
    Tested {
        id: "going_back_has_no_influence",
        statement: "Back and on again, without another answer, changes no answer and no outcome.",
        test: "crates/quiz-authoring/tests/sessions.rs::going_back_has_no_influence",
    },
    Tested {
        id: "going_on_ends",
        statement: "Answering what is asked and going on ends at an outcome, from anywhere.",
        test: "crates/quiz-authoring/tests/sessions.rs::going_on_from_anywhere_ends",
    },
];
