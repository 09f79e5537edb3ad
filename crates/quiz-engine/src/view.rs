//! What is to be shown, as plain data: components need no engine, and the engine no components.

use crate::Text;
use crate::answers::{Answer, Answers, Effective};
use crate::changes::{Change, raising_changes};
use crate::condition::Facts;
use crate::logic::{Kind, Logic};
use crate::number::write_number;
use crate::outcome::{GroupResult, Outcome, Reason};
use crate::pack::Pack;
use crate::path::Path;
use crate::session::{Place, State};
use crate::words::{Phrase, QuestionWords, SourceWords, Words, filled};

/// What is in view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// A screen of questions.
    Screen(ScreenView),
    /// The check of the answers.
    Check(CheckView),
    /// The guidance.
    Outcome(Box<OutcomeView>),
}

/// A screen of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenView {
    /// What its questions have in common; empty where there is only one.
    pub title: Text,
    /// The questions on it.
    pub questions: Vec<QuestionView>,
    /// Whether it can be left without an answer.
    pub optional: bool,
    /// Whether it is the first one.
    pub first: bool,
    /// How much lies behind the visitor, in percent.
    pub progress: u8,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// Its index.
    pub index: u16,
    /// Its id.
    pub id: Text,
    /// The question.
    pub text: Text,
    /// How to answer; may be empty.
    pub help: Text,
    /// Why it is asked.
    pub why: Text,
    /// What to do, where *Continue* was pressed without an answer, or with a number that is none.
    pub error: Option<Text>,
    /// The figure beside its options, if there is one.
    pub figure: Option<Text>,
    /// What it is answered with.
    pub widget: Widget,
}

/// What a question is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Widget {
    /// Radio buttons.
    Radios(Vec<OptionView>),
    /// Checkboxes.
    Checkboxes(Vec<OptionView>),
    /// Radio buttons in a row, one for each whole number.
    Scale {
        /// Least value.
        min: i32,
        /// Greatest value.
        max: i32,
        /// What the least value means.
        low: Text,
        /// What the greatest value means.
        high: Text,
        /// The value chosen.
        chosen: Option<i32>,
    },
    /// A place to type a number in.
    Number {
        /// What stands in it.
        text: Text,
        /// What stands behind it; may be empty.
        unit: Text,
        /// Whether the number may have decimals.
        has_decimals: bool,
    },
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionView {
    /// Its index.
    pub index: u16,
    /// Its id.
    pub id: Text,
    /// Its label.
    pub label: Text,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether it clears the others.
    pub exclusive: bool,
}

/// The check of the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckView {
    /// A row for each question that was asked.
    pub rows: Vec<CheckRow>,
}

/// A question with its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    /// Index of the question.
    pub question: u16,
    /// Its id.
    pub id: Text,
    /// Its topic.
    pub short: Text,
    /// The answers in words; none where an optional question was left out.
    pub answers: Vec<Text>,
}

/// The guidance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeView {
    /// The tier's id.
    pub tier: Text,
    /// The tier's name.
    pub tier_name: Text,
    /// Whether it is an emergency, to be announced at once.
    pub immediate: bool,
    /// Whether the answers are to be read out to somebody at once.
    pub reads_out: bool,
    /// The headline.
    pub headline: Text,
    /// What to do.
    pub lines: Vec<Text>,
    /// What to know as well.
    pub notes: Vec<Text>,
    /// The results of groups, in order.
    pub results: Vec<ResultView>,
    /// Why this is shown.
    pub why: WhyView,
    /// All answers that were given, to be read out.
    pub answers: Vec<CheckRow>,
    /// The sections, in order.
    pub sections: Vec<SectionView>,
    /// The contact link, if one is shown.
    pub contact: Option<ContactView>,
    /// Questions in these sections that the visitor can take along.
    pub to_ask: Vec<ToAsk>,
}

/// The result of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultView {
    /// The group's id.
    pub group: Text,
    /// The group's name.
    pub name: Text,
    /// The result's id.
    pub id: Text,
    /// The result, and the answers that made it hold.
    pub said: RaisingView,
    /// Its sources.
    pub sources: Vec<SourceView>,
}

/// A question that the visitor can take along to a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToAsk {
    /// Index of the section in which it stands, and its place there: together its name in this quiz.
    pub place: (u16, u16),
    /// The question.
    pub text: Text,
}

/// Why an outcome is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyView {
    /// The rule's id.
    pub rule: Text,
    /// The rule in a sentence.
    pub sentence: Text,
    /// The answers that made it hold.
    pub answers: Vec<CheckRow>,
    /// Its sources.
    pub sources: Vec<SourceView>,
    /// What would make the advice more urgent, the most urgent first. Nothing here would make it less so.
    pub raising: Vec<RaisingView>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceView {
    /// Its key in the page's own list.
    pub key: Text,
    /// Who, when, where.
    pub citation: Text,
    /// Where it can be found.
    pub locator: Text,
    /// How strong it is.
    pub strength: Text,
}

/// An advice or a result, with answers that lead there: one of them is enough where it would be more urgent advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisingView {
    /// Its headline.
    pub headline: Text,
    /// What it says to do.
    pub lines: Vec<Text>,
    /// The answers, by topic.
    pub answers: Vec<CheckRow>,
}

/// A section of guidance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionView {
    /// Its id.
    pub id: Text,
    /// Its title.
    pub title: Text,
    /// Whether the page composes it from this view.
    pub own: bool,
    /// Whether it starts unfolded.
    pub is_open: bool,
}

/// The contact link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactView {
    /// The link.
    pub text: Text,
    /// What is said before it; may be empty.
    pub hint: Text,
}

impl View {
    /// What a session has in view.
    pub fn of(pack: &Pack, state: &State) -> Self {
        let effective = state.answers.effective(&pack.logic);
        let scene = Scene { logic: &pack.logic, words: &pack.words, answers: &state.answers, effective: &effective };
        match state.place {
            Place::Screen(_) => Self::Screen(scene.screen(state)),
            Place::Check => Self::Check(scene.check()),
            Place::Outcome => Self::Outcome(Box::new(scene.outcome())),
        }
    }
}

struct Scene<'a> {
    logic: &'a Logic,
    words: &'a Words,
    answers: &'a Answers,
    effective: &'a Effective,
}

fn at(texts: &[Text], index: u16) -> Text {
    texts.get(usize::from(index)).cloned().unwrap_or_default()
}

impl<'a> Scene<'a> {
    fn facts(&self) -> Facts<'a> {
        self.effective.facts(self.logic)
    }

    fn question_words(&self, question: u16) -> Option<&'a QuestionWords> {
        self.words.questions.get(usize::from(question))
    }

    fn screen(&self, state: &State) -> ScreenView {
        let in_view = state.questions_in_view(self.logic).iter().copied().filter(|index| self.effective.shown(*index));
        let questions: Vec<_> = in_view.filter_map(|index| self.question(index, state)).collect();
        let optional = |view: &QuestionView| self.logic.question(view.index).is_some_and(|question| question.optional);
        ScreenView {
            title: match state.place {
                Place::Screen(screen) => at(&self.words.screens, screen),
                _ => Text::default(),
            },
            optional: questions.iter().all(optional),
            questions,
            first: state.place == Place::Screen(0),
            progress: state.progress(self.logic),
        }
    }

    fn question(&self, index: u16, state: &State) -> Option<QuestionView> {
        let question = self.logic.question(index)?;
        let words = self.question_words(index)?;
        let typed = state.typed(index);
        let error = if typed.is_some() { &words.wrong } else { &words.error };
        Some(QuestionView {
            index,
            id: question.id.clone(),
            text: words.text.clone(),
            help: words.help.clone(),
            why: words.why.clone(),
            error: state.asked_again.contains(&index).then(|| error.clone()),
            figure: question.figure.clone(),
            widget: match question.kind {
                Kind::One => Widget::Radios(self.options(index)),
                Kind::Many => Widget::Checkboxes(self.options(index)),
                Kind::Scale { min, max } => Widget::Scale {
                    min,
                    max,
                    low: words.low.clone(),
                    high: words.high.clone(),
                    chosen: self.number(index),
                },
                Kind::Number { .. } => Widget::Number {
                    text: match (typed, self.number(index)) {
                        (Some(typed), _) => typed.clone(),
                        (_, Some(number)) => self.written(number, question.decimals),
                        _ => Text::default(),
                    },
                    unit: words.unit.clone(),
                    has_decimals: question.decimals > 0,
                },
            },
        })
    }

    fn number(&self, question: u16) -> Option<i32> {
        match self.facts().answer(question) {
            Some(Answer::Number(number)) => Some(number),
            _ => None,
        }
    }

    fn written(&self, number: i32, decimals: u8) -> Text {
        write_number(number.into(), decimals, &self.words.decimal_mark).into()
    }

    fn options(&self, question: u16) -> Vec<OptionView> {
        let (Some(asked), Some(words)) = (self.logic.question(question), self.question_words(question)) else {
            return Vec::new();
        };
        let (shown, chosen) = (self.effective.options(question).unwrap_or(0), self.facts().chosen(question));
        let all = asked.options.iter().zip(&words.options).zip(0_u16..64);
        let offered = all.filter(|(_, index)| shown >> index & 1 == 1);
        let view = offered.map(|((option, label), index)| OptionView {
            index,
            id: option.id.clone(),
            label: label.clone(),
            chosen: chosen >> index & 1 == 1,
            exclusive: option.exclusive,
        });
        view.collect()
    }

    fn check(&self) -> CheckView {
        // An optional question that was left out has a row too, so that the visitor can still answer it.
        let questions = Path::walk(self.logic, self.effective).asked_and_next();
        CheckView {
            rows: questions.into_iter().filter_map(|index| self.row(index, self.facts().answer(index))).collect(),
        }
    }

    fn row(&self, index: u16, answer: Option<Answer>) -> Option<CheckRow> {
        let (question, words) = (self.logic.question(index)?, self.question_words(index)?);
        let answers = match answer {
            Some(Answer::Chosen(chosen)) => words
                .options
                .iter()
                .zip(0_u32..64)
                .filter(|(_, bit)| chosen >> bit & 1 == 1)
                .map(|(label, _)| label.clone())
                .collect(),
            Some(Answer::Number(number)) => {
                let value = self.written(number, question.decimals);
                vec![match question.kind {
                    Kind::Scale { max, .. } => {
                        let max = self.written(max, question.decimals);
                        filled(&self.words.phrase(Phrase::ScaleOf), &[("value", &value), ("max", &max)]).into()
                    }
                    _ if words.unit.is_empty() => value,
                    _ => [&value, "\u{a0}", &words.unit].concat().into(),
                }]
            }
            None => Vec::new(),
        };
        Some(CheckRow { question: index, id: question.id.clone(), short: words.short.clone(), answers })
    }

    fn outcome(&self) -> OutcomeView {
        let outcome = Outcome::decide(self.logic, self.effective);
        let words = self.words.advice.get(usize::from(outcome.advice)).cloned().unwrap_or_default();
        OutcomeView {
            tier: at(&self.logic.tiers, outcome.tier),
            tier_name: at(&self.words.tiers, outcome.tier),
            immediate: self.logic.immediate.contains(&outcome.tier),
            reads_out: self.logic.read_out.contains(&outcome.tier),
            headline: words.headline,
            lines: words.lines,
            notes: outcome.notes.iter().map(|note| at(&self.words.notes, *note)).collect(),
            results: outcome.results.iter().filter_map(|result| self.result(result)).collect(),
            why: self.why(outcome.rule, &outcome.reasons),
            answers: self.check().rows.into_iter().filter(|row| !row.answers.is_empty()).collect(),
            sections: self.sections(&outcome.sections),
            to_ask: self.to_ask(&outcome.sections),
            contact: outcome
                .contact
                .and_then(|label| self.words.contact.get(usize::from(label)))
                .map(|words| ContactView { text: words.text.clone(), hint: words.hint.clone() }),
        }
    }

    fn result(&self, result: &GroupResult) -> Option<ResultView> {
        let group = self.logic.groups.get(usize::from(result.group))?;
        let rule = group.rules.get(usize::from(result.rule))?;
        let words = self.words.results.get(usize::from(rule.advice))?;
        Some(ResultView {
            group: group.id.clone(),
            name: at(&self.words.groups, result.group),
            id: rule.id.clone(),
            said: RaisingView {
                headline: words.headline.clone(),
                lines: words.lines.clone(),
                answers: self.reasons(&result.reasons),
            },
            sources: self.sources(&rule.sources),
        })
    }

    fn reasons(&self, reasons: &[Reason]) -> Vec<CheckRow> {
        reasons.iter().filter_map(|reason| self.row(reason.question, Some(reason.answer))).collect()
    }

    fn sources(&self, indices: &[u16]) -> Vec<SourceView> {
        let cited = indices.iter().filter_map(|source| self.words.sources.get(usize::from(*source)));
        let view = |words: &SourceWords| SourceView {
            key: words.key.clone(),
            citation: words.citation.clone(),
            locator: words.locator.clone(),
            strength: words.strength.clone(),
        };
        cited.map(view).collect()
    }

    fn why(&self, rule: u16, reasons: &[Reason]) -> WhyView {
        let deciding = self.logic.rules.get(usize::from(rule));
        WhyView {
            rule: deciding.map(|rule| rule.id.clone()).unwrap_or_default(),
            sentence: at(&self.words.rules, rule),
            answers: self.reasons(reasons),
            sources: self.sources(deciding.map(|rule| &*rule.sources).unwrap_or_default()),
            raising: self.raising(),
        }
    }

    /// Changes of answers that would raise the urgency, by what they lead to.
    fn raising(&self) -> Vec<RaisingView> {
        let mut found: Vec<(u8, RaisingView)> = Vec::new();
        for change in &raising_changes(self.logic, self.answers) {
            let advice = usize::from(change.advice);
            let urgency = self.logic.advice.get(advice).map_or(0, |advice| advice.urgency);
            let Some(words) = self.words.advice.get(advice).filter(|_| urgency >= self.logic.seen_from) else {
                continue;
            };
            let Some(row) = self.row(change.question, Some(Self::new_in(change))) else { continue };
            let (headline, lines) = (words.headline.clone(), words.lines.clone());
            if let Some((_, view)) = found.iter_mut().find(|(_, view)| view.headline == headline && view.lines == lines)
            {
                add_row(&mut view.answers, row);
                continue;
            }
            let place = found.partition_point(|(before, _)| *before >= urgency);
            found.insert(place, (urgency, RaisingView { headline, lines, answers: vec![row] }));
        }
        found.into_iter().map(|(_, view)| view).collect()
    }

    /// What a change adds, without what was answered before.
    fn new_in(change: &Change) -> Answer {
        match change.option {
            Some(option) => Answer::Chosen(1 << option),
            None => change.answer,
        }
    }

    fn to_ask(&self, sections: &[u16]) -> Vec<ToAsk> {
        let mut found = Vec::new();
        for section in sections {
            let questions = self.words.to_ask.get(usize::from(*section)).map(Vec::as_slice).unwrap_or_default();
            let places = questions.iter().zip(0_u16..);
            found.extend(places.map(|(text, at)| ToAsk { place: (*section, at), text: text.clone() }));
        }
        found
    }

    /// The sections; of the texts one starts unfolded, so that there is something to read and the rest to be seen.
    fn sections(&self, indices: &[u16]) -> Vec<SectionView> {
        let all = indices.iter().filter_map(|index| Some((*index, self.logic.sections.get(usize::from(*index))?)));
        let mut is_open_before = false;
        all.enumerate()
            .map(|(place, (index, section))| {
                let is_open = !is_open_before && !section.own && (place == 0 || !section.folded);
                is_open_before |= is_open;
                SectionView {
                    id: section.id.clone(),
                    title: at(&self.words.sections, index),
                    own: section.own,
                    is_open,
                }
            })
            .collect()
    }
}

/// Adds a row to rows, or its answers to the row of its question.
fn add_row(rows: &mut Vec<CheckRow>, row: CheckRow) {
    match rows.iter_mut().find(|before| before.question == row.question) {
        Some(before) => before.answers.extend(row.answers),
        None => rows.push(row),
    }
}
