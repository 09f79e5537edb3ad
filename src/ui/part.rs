//! Ids of elements within a question.

use quiz_engine::QuestionView;

/// The id of a part of a question: an option by its own id, or what else stands in it.
pub(super) fn part_id(view: &QuestionView, part: &str) -> String {
    [&*view.id, "-", part].concat()
}
