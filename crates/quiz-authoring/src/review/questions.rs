//! Every question with all its words.

use maud::{Markup, html};
use quiz_engine::{Condition, Kind, Question, write_number};

use super::Reader;

impl Reader<'_> {
    pub(super) fn questions(self) -> Markup {
        let questions = self.content.logic.question_indices().zip(&self.content.logic.questions);
        html! {
            (Self::part("questions", "In the order in which they are asked. A further question of the same screen is \
                named there. What is asked of nobody takes no part in any rule."))
            @for (index, question) in questions { (self.question(index, question)) }
        }
    }

    fn question(self, index: u16, question: &Question) -> Markup {
        let place = usize::from(index);
        let sources = self.content.material.question_sources.get(place).map(Vec::as_slice).unwrap_or_default();
        let words = |part: fn(&quiz_engine::QuestionWords) -> quiz_engine::Text| {
            move |words: &quiz_engine::Words| words.questions.get(place).map(part)
        };
        html! {
            (self.item("questions", &question.id, &question.id))
            p.small { (kind(question)) ". Asked: " (self.shown(&question.shown)) (self.screen(index)) }
            @if question.stays {
                p.small { "Left out where the page says what would make the advice more urgent: its answer stays what it is." }
            }
            table {
                (self.language_heads("part"))
                tbody {
                    (self.texts("question", words(|words| words.text.clone())))
                    (self.texts("help", words(|words| words.help.clone())))
                    (self.texts("why it is asked", words(|words| words.why.clone())))
                    (self.texts("if left out", words(|words| words.error.clone())))
                    (self.texts("short name", words(|words| words.short.clone())))
                    (self.texts("least", words(|words| words.low.clone())))
                    (self.texts("greatest", words(|words| words.high.clone())))
                    (self.texts("unit", words(|words| words.unit.clone())))
                    (self.texts("if wrong", words(|words| words.wrong.clone())))
                    @for (option, bit) in question.options.iter().zip(0_usize..) {
                        (self.texts(&option_name(question, option, bit), |words| words.questions.get(place)?.options.get(bit).cloned()))
                    }
                    @if let Some(figure) = &question.figure { (self.figure_beside(index, question, figure)) }
                }
            }
            @for option in question.options.iter().filter(|option| option.shown != Condition::Always) {
                p.small { "The option " span.id { (option.id) } " is offered when " (self.condition(&option.shown)) }
            }
            div.small { "Why it is there:" (self.cited(sources)) }
        }
    }

    /// When a question is asked.
    fn shown(self, shown: &Condition) -> Markup {
        html! { @if *shown == Condition::Always { "of everybody." } @else { "when " (self.condition(shown)) } }
    }

    /// Which other questions stand on its screen.
    fn screen(self, index: u16) -> Markup {
        let logic = &self.content.logic;
        let screen = logic.screen_of(index);
        let questions = screen.and_then(|screen| logic.screens.get(usize::from(screen))).map(Vec::as_slice);
        let others: Vec<&str> = questions
            .unwrap_or_default()
            .iter()
            .filter(|other| **other != index)
            .map(|other| self.question_id(*other))
            .collect();
        let titles = self.content.languages.iter().filter_map(|language| {
            language.pack.words.screens.get(usize::from(screen?)).filter(|title| !title.is_empty())
        });
        let titles: Vec<&str> = titles.map(|title| &**title).collect();
        html! {
            @if !others.is_empty() {
                " On one screen with " (others.join(", ")) ", titled “" (titles.join("” · “")) "”."
            }
        }
    }
}

fn kind(question: &Question) -> String {
    let kind = match question.kind {
        Kind::One => "One choice".to_owned(),
        Kind::Many => "Any number of choices".to_owned(),
        Kind::Scale { min, max } => format!("A whole number from {min} to {max}"),
        Kind::Number { min, max } => {
            let [min, max] = [min, max].map(|bound| write_number(bound.into(), question.decimals, "."));
            match question.decimals {
                0 => format!("A whole number from {min} to {max}, typed"),
                decimals => format!("A number from {min} to {max} with at most {decimals} decimals, typed"),
            }
        }
    };
    kind + if question.optional { "; may be skipped" } else { "" }
}

fn option_name(question: &Question, option: &quiz_engine::Opt, place: usize) -> String {
    let points = question.points.get(place).map(|points| write_number((*points).into(), question.decimals, "."));
    let points = points.map_or_else(String::new, |points| format!(", counts {points}"));
    format!("option {}{}{points}", option.id, if option.exclusive { " (clears the others)" } else { "" })
}
