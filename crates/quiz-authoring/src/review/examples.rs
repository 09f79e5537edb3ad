//! For each rule the shortest case that reaches it, and the smallest changes from there.

use std::cmp::Ordering;

use maud::{Markup, html};
use quiz_engine::{Answer, Answers, Change, Kind, Outcome, Path, changes};

use super::Reader;
use crate::assess::read_answers;
use crate::cases::Case;

impl<'a> Reader<'a> {
    /// Rows of a rule's table: an example, and what leads from it to more and to less urgent advice.
    pub(super) fn example(self, rule: u16) -> Markup {
        let Some((case, answers)) = self.shortest_case(rule) else { return html! {} };
        html! {
            tr {
                th scope="row" { "example" }
                td { b { (case.id) } ": " (case.description) p.small { (self.answers(&answers)) } }
            }
            tr {
                th scope="row" { "one change that is more urgent" }
                td.changes { (self.changes(&answers, Ordering::Greater)) }
            }
            tr {
                th scope="row" { "one change that is less urgent" }
                td.changes { (self.changes(&answers, Ordering::Less)) }
            }
        }
    }

    /// The case with the shortest way that reaches the rule, the first of several.
    fn shortest_case(self, rule: u16) -> Option<(&'a Case, Answers)> {
        let logic = &self.content.logic;
        let read = self.content.cases.iter().filter_map(|case| Some((case, self.answers_of(case)?)));
        let reaching = read.filter(|(_, answers)| Outcome::of(logic, answers).rule == rule);
        reaching.min_by_key(|(_, answers)| Path::of(logic, answers).asked.len())
    }

    /// The answers of a case. They were read before, or there would be no content.
    pub(super) fn answers_of(self, case: &Case) -> Option<Answers> {
        read_answers(&self.content.logic, &case.answers.to_string()).ok()
    }

    /// The answers on the way, in words.
    fn answers(self, answers: &Answers) -> Markup {
        let effective = answers.effective(&self.content.logic);
        let facts = effective.facts(&self.content.logic);
        let asked = Path::of(&self.content.logic, answers).asked;
        html! {
            @for question in asked {
                (self.short(question)) ": "
                @match facts.answer(question) {
                    Some(Answer::Number(number)) => { (self.number(question, number)) }
                    Some(Answer::Chosen(options)) => { (self.labels(question, options).join(", ")) }
                    None => {}
                }
                ". "
            }
        }
    }

    fn changes(self, answers: &Answers, urgency: Ordering) -> Markup {
        let all = changes(&self.content.logic, answers, urgency);
        let kind = |change: &Change| (change.question, change.rule, self.goes_on(answers, change));
        let groups = all.chunk_by(|one, next| kind(one) == kind(next));
        html! {
            @if all.is_empty() { "None." }
            ul {
                @for group in groups {
                    @if let Some(first) = group.first() {
                        li {
                            (self.short(first.question)) ": " (self.told(answers, group)) " → "
                            @if self.goes_on(answers, first) { "the quiz goes on, and if nothing more fits, " }
                            (self.rule_link(first.rule)) " “" (self.headline(first.advice)) "”"
                        }
                    }
                }
            }
        }
    }

    /// Whether questions are asked after the change that have no answer yet: what it leads to is then not the last word.
    fn goes_on(self, answers: &Answers, change: &Change) -> bool {
        let mut after = answers.clone();
        after.put(change.question, Some(change.answer));
        !Path::of(&self.content.logic, &after).complete
    }

    /// Changes of one question that lead to the same rule, told together.
    fn told(self, answers: &Answers, group: &[Change]) -> String {
        let one = |change: &Change| match (change.answer, change.option) {
            (Answer::Number(number), _) => format!("choose {}", self.number(change.question, number)),
            (Answer::Chosen(after), option) => {
                let label = option.map(|option| self.labels(change.question, 1 << option).concat()).unwrap_or_default();
                format!("{} {label}", self.verb(answers, change, after))
            }
        };
        group.iter().map(one).collect::<Vec<_>>().join(", or ")
    }

    fn verb(self, answers: &Answers, change: &Change, after: u64) -> &'static str {
        let before = match answers.get(change.question) {
            Some(Answer::Chosen(before)) => before,
            _ => 0,
        };
        match self.content.logic.question(change.question).map(|question| question.kind) {
            Some(Kind::Many) if after & !before == 0 => "clear",
            Some(Kind::Many) => "tick",
            _ => "choose",
        }
    }
}
