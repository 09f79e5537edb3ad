//! What a class of answers has in common, in the words of the quiz.

use biodivine_lib_bdd::Bdd;
use quiz_engine::{Words, write_number};

use crate::content::Content;
use crate::verify::{AnswerSpace, Form, Slot};

/// The words of a quiz in English, or in its first language.
pub(super) fn first(content: &Content) -> Option<&Words> {
    let all = &content.languages;
    let language = all.iter().find(|language| language.code == "en").or_else(|| all.first());
    language.map(|language| &language.pack.words)
}

/// Reads regions of a space of two quizzes.
pub(super) struct Reader<'a> {
    pub(super) old: &'a Content,
    pub(super) new: &'a Content,
    pub(super) space: &'a AnswerSpace,
}

impl Reader<'_> {
    /// For each question what all of these answers say to it, where that is less than anything.
    pub(super) fn common(&self, region: &Bdd) -> Vec<String> {
        self.space.slots.iter().filter_map(|slot| self.of_slot(slot, region)).collect()
    }

    fn of_slot(&self, slot: &Slot, region: &Bdd) -> Option<String> {
        match &slot.form {
            Form::Options { many, options } => {
                let can = |variable, value| !region.var_select(variable, value).is_false();
                let always = options.iter().filter(|(_, variable)| !can(*variable, false));
                let always: Vec<String> = always.map(|(option, _)| self.option(&slot.id, option)).collect();
                let possible: Vec<&String> =
                    options.iter().filter(|(_, own)| can(*own, true)).map(|(id, _)| id).collect();
                let is_open = options.iter().fold(region.clone(), |left, (_, own)| left.var_select(*own, false));
                let narrow = !many && is_open.is_false() && possible.len() < options.len();
                let told = match (always.is_empty(), narrow) {
                    (false, _) => always.join(" and "),
                    (true, true) => {
                        possible.iter().map(|id| self.option(&slot.id, id)).collect::<Vec<_>>().join(" or ")
                    }
                    (true, false) => return None,
                };
                Some(format!("{}: {told}", self.question(&slot.id)))
            }
            Form::Number { min, max, decimals, .. } => {
                let (least, greatest) = slot.range(self.space, region)?;
                let [from, to] = [least, greatest].map(|number| write_number(number.into(), *decimals, "."));
                (least > *min || greatest < *max).then(|| format!("{}: {from} to {to}", self.question(&slot.id)))
            }
        }
    }

    /// The short name of a question in the version that still, or already, has it.
    fn question(&self, id: &str) -> String {
        let short = |content: &Content| {
            let index = content.logic.question_index(id)?;
            Some(first(content)?.questions.get(usize::from(index))?.short.to_string())
        };
        short(self.new).or_else(|| short(self.old)).unwrap_or_else(|| id.to_owned())
    }

    fn option(&self, question: &str, option: &str) -> String {
        let label = |content: &Content| {
            let index = content.logic.question_index(question)?;
            let asked = content.logic.question(index)?;
            let place = asked.options.iter().position(|known| &*known.id == option)?;
            Some(first(content)?.questions.get(usize::from(index))?.options.get(place)?.to_string())
        };
        let label = label(self.new).or_else(|| label(self.old)).unwrap_or_else(|| option.to_owned());
        format!("“{label}”")
    }
}
