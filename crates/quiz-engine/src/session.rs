//! A visitor's session: the answers and the screen in view. Whatever else there is to know is derived.

use crate::Text;
use crate::answers::{Answer, Answers, Effective};
use crate::logic::{Kind, Logic};
use crate::outcome::Outcome;
use crate::path::Path;

/// What the visitor has before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A screen of questions, by index.
    Screen(u16),
    /// The check of the answers before the guidance.
    Check,
    /// The guidance.
    Outcome,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// An option was ticked or cleared.
    Ticked {
        /// Index of the question.
        question: u16,
        /// Index of the option.
        option: u16,
        /// Whether it is ticked now.
        ticked: bool,
    },
    /// A number on a scale was chosen.
    Rated {
        /// Index of the question.
        question: u16,
        /// The number.
        value: i32,
    },
    /// A number was typed, or a part of one.
    Typed {
        /// Index of the question.
        question: u16,
        /// All that stands there now.
        text: Text,
    },
    /// *Continue* was pressed.
    Continued,
    /// *Back* was pressed.
    WentBack,
    /// *Skip* was pressed.
    Skipped,
    /// *Change* was pressed beside an answer.
    Changed {
        /// Index of the question.
        question: u16,
    },
    /// *Erase and start over* was pressed, or the answers were erased for another reason.
    Erased,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The answers so far.
    pub answers: Answers,
    /// What was typed where a number is asked and is none that answers the question; it has no answer then.
    pub typed: Vec<(u16, Text)>,
    /// What is in view.
    pub place: Place,
    /// The questions of this screen that had no answer when *Continue* was pressed. They stay named until it is pressed
    /// again, so that nothing moves under a finger.
    pub asked_again: Vec<u16>,
    /// Whether the check of the answers has been reached, so that going on leads back to it.
    pub checked: bool,
}

impl State {
    /// A session that begins.
    pub fn new(logic: &Logic) -> Self {
        Self {
            answers: Answers::none(logic),
            typed: Vec::new(),
            place: Place::Screen(0),
            asked_again: Vec::new(),
            checked: false,
        }
    }

    /// The session after something happened. A message that makes no sense where the visitor is changes nothing.
    #[must_use]
    pub fn update(&self, logic: &Logic, message: &Message) -> Self {
        let mut state = self.clone();
        match message {
            // Only what stands before the visitor can be answered.
            Message::Ticked { question, .. } | Message::Rated { question, .. } | Message::Typed { question, .. }
                if !self.questions_in_view(logic).contains(question) => {}
            Message::Ticked { question, option, ticked } => state.answers.tick(logic, *question, *option, *ticked),
            Message::Rated { question, value } => state.rate(logic, *question, *value),
            Message::Typed { question, text } => state.take_typed(logic, *question, text),
            Message::Continued => state.go_on(logic),
            Message::WentBack => state.go_back(logic),
            Message::Skipped => state.skip(logic),
            Message::Changed { question } => state.change(logic, *question),
            Message::Erased => state = Self::new(logic),
        }
        state
    }

    /// Whether there is no answer at all, shown or hidden, and nothing typed.
    pub fn is_blank(&self, logic: &Logic) -> bool {
        self.typed.is_empty() && self.answers == Answers::none(logic)
    }

    /// What was typed at a question and is no answer to it.
    pub fn typed(&self, question: u16) -> Option<&Text> {
        self.typed.iter().find(|(at, _)| *at == question).map(|(_, text)| text)
    }

    /// How much of the quiz lies behind the visitor, in percent. It counts the places of all screens, shown or not, so
    /// that a branch which opens later never takes it back.
    pub fn progress(&self, logic: &Logic) -> u8 {
        let done = match self.place {
            Place::Screen(screen) => usize::from(screen),
            Place::Check | Place::Outcome => logic.screens.len(),
        };
        u8::try_from(done * 100 / logic.screens.len().max(1)).unwrap_or(100).min(100)
    }

    /// The questions of the screen in view that have no answer, if they are required or something was typed there.
    pub fn missing(&self, logic: &Logic) -> Vec<u16> {
        let effective = self.answers.effective(logic);
        let required = |question: &u16| logic.question(*question).is_some_and(|question| !question.optional);
        let unanswered =
            |question: &u16| effective.shown(*question) && effective.facts(logic).answer(*question).is_none();
        let is_asked = |each: &u16| unanswered(each) && (required(each) || self.typed(*each).is_some());
        self.questions_in_view(logic).iter().copied().filter(is_asked).collect()
    }

    pub(crate) fn questions_in_view<'a>(&self, logic: &'a Logic) -> &'a [u16] {
        match self.place {
            Place::Screen(screen) => logic.screens.get(usize::from(screen)).map(Vec::as_slice).unwrap_or_default(),
            Place::Check | Place::Outcome => &[],
        }
    }

    fn rate(&mut self, logic: &Logic, question: u16, value: i32) {
        if let Some(Kind::Scale { min, max }) = logic.question(question).map(|question| question.kind)
            && (min..=max).contains(&value)
        {
            self.answers.put(question, Some(Answer::Number(value)));
        }
    }

    fn take_typed(&mut self, logic: &Logic, question: u16, text: &Text) {
        let Some(asked) = logic.question(question) else { return };
        if let Kind::Number { .. } = asked.kind {
            let number = asked.read_number(text);
            self.forget(question);
            self.answers.put(question, number.map(Answer::Number));
            if number.is_none() && !text.trim_ascii().is_empty() {
                self.typed.push((question, text.clone()));
            }
        }
    }

    /// Takes away the answer to a question, and what was typed there.
    fn forget(&mut self, question: u16) {
        self.answers.put(question, None);
        self.typed.retain(|(at, _)| *at != question);
    }

    fn go_on(&mut self, logic: &Logic) {
        match self.place {
            Place::Screen(screen) => match self.missing(logic) {
                missing if missing.is_empty() => self.leave(logic, screen),
                missing => self.asked_again = missing,
            },
            Place::Check => self.show(match Path::of(logic, &self.answers) {
                Path { complete: false, next: Some(gap), .. } => place_of(logic, gap),
                _ => Place::Outcome,
            }),
            Place::Outcome => {}
        }
    }

    fn skip(&mut self, logic: &Logic) {
        let Place::Screen(screen) = self.place else { return };
        let questions = self.questions_in_view(logic);
        if questions.iter().all(|question| logic.question(*question).is_some_and(|question| question.optional)) {
            for question in questions {
                self.forget(*question);
            }
            self.leave(logic, screen);
        }
    }

    /// Goes on from a screen: to the early end, to the first gap, to the next screen, or to the check.
    fn leave(&mut self, logic: &Logic, screen: u16) {
        let effective = self.answers.effective(logic);
        let path = Path::walk(logic, &effective);
        let stopped = path.stop.and_then(|stop| logic.screen_of(stop.after)).is_some_and(|stop| stop <= screen);
        let gap = path.next.filter(|_| !path.complete).and_then(|question| logic.screen_of(question));
        let following = logic.next_screen(&effective, screen);
        let place = match (gap, following) {
            _ if stopped => end(logic, &effective),
            (Some(gap), _) if self.checked || following.is_none_or(|next| gap < next) => Place::Screen(gap),
            (_, Some(next)) if !self.checked => Place::Screen(next),
            _ => end(logic, &effective),
        };
        self.show(place);
    }

    fn go_back(&mut self, logic: &Logic) {
        let effective = self.answers.effective(logic);
        let before = match self.place {
            Place::Screen(screen) => logic.previous_screen(&effective, screen).map(Place::Screen),
            Place::Outcome if !is_immediate(logic, &effective) => Some(Place::Check),
            Place::Check | Place::Outcome => last_screen(logic, &effective).map(Place::Screen),
        };
        if let Some(place) = before {
            self.show(place);
        }
    }

    fn change(&mut self, logic: &Logic, question: u16) {
        if self.place == Place::Check
            && self.answers.effective(logic).shown(question)
            && let Some(screen) = logic.screen_of(question)
        {
            self.show(Place::Screen(screen));
        }
    }

    fn show(&mut self, place: Place) {
        self.place = place;
        self.asked_again.clear();
        self.checked |= place == Place::Check;
    }
}

/// Where the questions end: an outcome that cannot wait is shown at once.
fn end(logic: &Logic, effective: &Effective) -> Place {
    if is_immediate(logic, effective) { Place::Outcome } else { Place::Check }
}

/// The last screen on the way.
fn last_screen(logic: &Logic, effective: &Effective) -> Option<u16> {
    match Path::walk(logic, effective).stop.and_then(|stop| logic.screen_of(stop.after)) {
        Some(screen) if logic.is_screen_shown(effective, screen) => Some(screen),
        Some(screen) => logic.previous_screen(effective, screen),
        None => logic.previous_screen(effective, u16::try_from(logic.screens.len()).unwrap_or(u16::MAX)),
    }
}

fn place_of(logic: &Logic, question: u16) -> Place {
    logic.screen_of(question).map_or(Place::Check, Place::Screen)
}

fn is_immediate(logic: &Logic, effective: &Effective) -> bool {
    let rule = logic.rules.get(usize::from(Outcome::rule(logic, effective)));
    let advice = rule.and_then(|rule| logic.advice.get(usize::from(rule.advice)));
    advice.is_some_and(|advice| logic.immediate.contains(&advice.tier))
}

impl Logic {
    fn is_screen_shown(&self, effective: &Effective, screen: u16) -> bool {
        let questions = self.screens.get(usize::from(screen)).map(Vec::as_slice).unwrap_or_default();
        questions.iter().any(|question| effective.shown(*question))
    }

    fn next_screen(&self, effective: &Effective, screen: u16) -> Option<u16> {
        let count = u16::try_from(self.screens.len()).unwrap_or(u16::MAX);
        (screen.saturating_add(1)..count).find(|next| self.is_screen_shown(effective, *next))
    }

    fn previous_screen(&self, effective: &Effective, screen: u16) -> Option<u16> {
        (0..screen).rev().find(|previous| self.is_screen_shown(effective, *previous))
    }
}
