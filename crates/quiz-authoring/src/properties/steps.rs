//! Steps: the smallest ways in which an answer says more.

use quiz_engine::Logic;

use super::is_many;

/// A step: one more option ticked (which clears exclusive ones), an option chosen in place of any other or of none, or
/// a number that is one higher in its last decimal, or the least one where there was none.
///
/// Ticking an exclusive option takes answers back, and is no step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Step {
    /// Index of the question.
    pub(crate) question: u16,
    /// Index of the option; nothing where a number is asked.
    pub(crate) option: Option<u16>,
}

impl Step {
    /// Every step that there is in a question.
    pub(crate) fn all_of(logic: &Logic, question: u16) -> Vec<Self> {
        let Some(asked) = logic.question(question) else { return Vec::new() };
        if asked.kind.range().is_some() {
            return vec![Self { question, option: None }];
        }
        let options = asked.options.iter().zip(0_u16..);
        let steps = options.filter(|(option, _)| !(option.exclusive && is_many(logic, question)));
        steps.map(|(_, option)| Self { question, option: Some(option) }).collect()
    }

    /// Steps as they are written in `properties.toml`, one after the other.
    pub(crate) fn names(steps: &[Self], logic: &Logic) -> String {
        steps.iter().map(|step| step.name(logic)).collect::<Vec<_>>().join(", ")
    }

    /// The step as it is written in `properties.toml`.
    pub(crate) fn name(self, logic: &Logic) -> String {
        let Some(question) = logic.question(self.question) else { return String::new() };
        match self.option.and_then(|option| question.options.get(usize::from(option))) {
            Some(option) => format!("{}.{}", question.id, option.id),
            None => question.id.to_string(),
        }
    }
}
