//! Ids of elements within a question.

use quiz_engine::{OptionView, QuestionView};

/// The id of a part of a question: an option by its index, or what else stands in it. It tells neither question nor
/// option, and so is the same on each screen: an id that stays need not be set again.
pub(super) fn part_id(view: &QuestionView, part: &str) -> String {
    ["q", &view.position.to_string(), "-", part].concat()
}

/// The id of what stands for an option.
pub(super) fn option_id(view: &QuestionView, option: &OptionView) -> String {
    part_id(view, &option.index.to_string())
}
