//! The cases, in short.

use maud::{Markup, html};
use quiz_engine::{Answer, Answers};

use super::Reader;

impl Reader<'_> {
    pub(super) fn cases(self) -> Markup {
        html! {
            (Self::part("cases", "Answers with the tier and the rule that they must reach; every build tries them. \
                Answers are by id, without those that say none of these."))
            table {
                thead { tr {
                    th scope="col" { "case" } th scope="col" { "who" } th scope="col" { "answers" }
                    th scope="col" { "must reach" } th scope="col" { "agreed" }
                } }
                tbody {
                    @for case in &self.content.cases {
                        tr {
                            td { (case.id) }
                            td { (case.description) }
                            td.id { (self.answers_of(case).map(|answers| self.in_short(&answers)).unwrap_or_default()) }
                            td {
                                (case.expected_rule) ", " (case.expected_tier)
                                @if let Some(clause) = &case.expected_clause { br; "clause " (clause) }
                                @for (group, result) in case.expected_results.iter().flatten() { br; (group) ": " (result) }
                            }
                            td { "☐" }
                        }
                    }
                }
            }
        }
    }

    /// The answers by id, without exclusive options.
    fn in_short(self, answers: &Answers) -> String {
        let logic = &self.content.logic;
        let told = logic.question_indices().zip(&logic.questions).filter_map(|(index, question)| {
            let answer = match answers.get(index)? {
                Answer::Number(number) => self.number(index, number),
                Answer::Chosen(chosen) => {
                    let chosen = chosen & !question.exclusive();
                    let options = question.options.iter().zip(0_u32..64).filter(|(_, bit)| chosen >> bit & 1 == 1);
                    options.map(|(option, _)| &*option.id).collect::<Vec<_>>().join("+")
                }
            };
            (!answer.is_empty()).then(|| format!("{}={answer}", question.id))
        });
        told.collect::<Vec<_>>().join(" ")
    }
}
