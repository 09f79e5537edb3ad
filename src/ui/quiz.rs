//! The whole check: one session, one thing in view.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Interval;
use quiz_engine::{Message, Pack, Phrase, Place, View, questionnaire_response};
use yew::{Callback, Component, Context, Html, Properties};

use super::check::check;
use super::foot::foot;
use super::idle::idle;
use super::idle_watch::{IdleWatch, Phase};
use super::markup::Child;
use super::markup::{Element, list};
use super::outcome::outcome;
use super::screen::screen;
use super::session::{Act, Session};
use super::shared::Shared;
use crate::host::{Host, Listeners, Notice, Settings};

/// How often the clock is looked at, in milliseconds.
const TICK: u32 = 1000;

/// What was answered on the first screen's markup before the engine was there. Text may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Early {
    /// The question's id.
    pub question: String,
    /// The option's id.
    pub option: String,
    /// Whether *Continue* was pressed.
    pub is_continued: bool,
    /// Whether answers have just been erased, in an engine before this one.
    pub is_erased: bool,
}

/// Properties of [`Quiz`].
#[derive(Clone, Properties)]
pub struct QuizProps {
    /// The quiz in one language.
    pub pack: Rc<Pack>,
    /// The settings of the embedding page.
    pub settings: Settings,
    /// The browser.
    pub host: Rc<dyn Host>,
    /// What was answered already.
    pub early: Early,
}

impl PartialEq for QuizProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.pack, &other.pack) && self.settings == other.settings && self.early == other.early
    }
}

/// A private self-check that runs in this document and tells nobody what was answered.
///
/// It is the only component: everything below it is a plain function of what it holds. Each further component would
/// have its own copy of much of Yew.
pub struct Quiz {
    shared: Shared,
    session: Session,
    on_act: Callback<Act>,
    /// Shared with whoever reports activity, which changes nothing that is seen.
    watch: Rc<Cell<IdleWatch>>,
    phase: Phase,
    /// Runs while there is something to erase.
    clock: Option<Interval>,
    told: Told,
}

/// What the browser was told last, so that it is told each thing once.
#[derive(Default)]
struct Told {
    has_started: bool,
    moves: u32,
    is_warned: bool,
    is_text_shown: bool,
}

impl Component for Quiz {
    type Message = Act;
    type Properties = QuizProps;

    fn create(ctx: &Context<Self>) -> Self {
        let QuizProps { pack, settings, host, early } = ctx.props();
        let link = ctx.link().clone();
        // Who has answered since needs no word of the erasing, and stays where they are.
        let mut session = Session::new(pack.clone(), early.is_erased && early.option.is_empty());
        adopt(&mut session, pack, early);
        Self {
            shared: Shared::new(pack.clone(), settings.clone(), host.clone()),
            session,
            on_act: Callback::from(move |act| link.send_message(act)),
            watch: Rc::new(Cell::new(IdleWatch::new(host.now()))),
            phase: Phase::Awake,
            clock: None,
            told: Told::default(),
        }
    }

    fn update(&mut self, _: &Context<Self>, act: Act) -> bool {
        match act {
            Act::Quiz(message) => self.tell(&message),
            Act::Noted(notes) => self.session.taken.notes = notes,
            Act::Chose(place, is_taken) => self.session.chose(place, is_taken),
            Act::Asked(what) => self.give(what),
            Act::ShowedText => self.session.taken.is_text_shown = true,
            Act::Stayed => self.stay(),
            Act::Erased => self.erase(),
            Act::Waited => return self.wait(),
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        self.shared.viewed(|| self.whole())
    }

    fn rendered(&mut self, _: &Context<Self>, is_first: bool) {
        if is_first {
            self.begin();
        }
        let is_blank = self.session.is_blank();
        // Once for the document: that someone erased and began again is nobody's business.
        if !is_blank && !self.told.has_started {
            self.told.has_started = true;
            self.shared.host().notify(Notice::Started);
        }
        self.run_clock(!is_blank);
        // First the dialog: what is behind an open one takes no focus.
        self.warn();
        self.move_focus();
    }
}

impl Quiz {
    fn begin(&self) {
        let host = self.shared.host();
        let on_activity = {
            let (shared, watch) = (self.shared.clone(), self.watch.clone());
            Callback::from(move |()| {
                let mut now = watch.get();
                now.seen(shared.host().now());
                watch.set(now);
            })
        };
        host.listen(Listeners {
            on_back: self.on_act.reform(|()| Act::Quiz(Message::WentBack)),
            on_leave: self.on_act.reform(|()| Act::Quiz(Message::Erased)),
            on_activity,
        });
        host.notify(Notice::Ready);
    }

    fn whole(&self) -> Html {
        let session = &self.session;
        let seconds = match self.phase {
            Phase::Warning(seconds) => Some(seconds),
            _ => None,
        };
        // Each screen is built anew. What the browser has put into the elements of one must not come along into the next,
        // nor its words where a translator put its own nodes in place of them; and a group is read out on being entered.
        let in_view = self.in_view().key(&session.screens.to_string());
        list(vec![
            list(vec![in_view.into_html()]),
            foot(&self.shared, session.is_blank(), session.state.place == Place::Outcome, &self.on_act),
            idle(&self.shared, seconds, &self.on_act),
        ])
    }

    fn in_view(&self) -> Element {
        let (shared, session, on_act) = (&self.shared, &self.session, &self.on_act);
        match &session.view {
            View::Screen(view) => screen(shared, view, session.is_erased, on_act),
            View::Check(view) => check(shared, view, on_act),
            View::Outcome(view) => outcome(shared, view, &session.taken, on_act),
        }
    }

    fn tell(&mut self, message: &Message) {
        let screens = self.session.screens;
        self.session.told(message);
        if self.session.screens != screens {
            self.shared.leave_screen();
        }
        if self.session.is_blank() {
            self.phase = Phase::Awake;
        }
    }

    fn erase(&mut self) {
        self.tell(&Message::Erased);
        self.shared.host().erase();
    }

    fn give(&mut self, what: Phrase) {
        let host = self.shared.host();
        match what {
            Phrase::Print => host.print(),
            Phrase::Save => host.save_sheet(),
            _ => {
                let answers = &self.session.state.answers;
                let record = questionnaire_response(self.shared.pack(), answers, &host.timestamp());
                record.inspect(|json| host.save_record(json));
            }
        }
        self.session.taken.asked = Some(what);
    }

    fn stay(&mut self) {
        self.watch.set(IdleWatch::new(self.shared.host().now()));
        self.phase = Phase::Awake;
    }

    /// Looks at the clock. Gives whether there is anything new to see.
    fn wait(&mut self) -> bool {
        if self.session.is_blank() {
            return false; // a last second of a clock that has been stopped
        }
        let mut watch = self.watch.get();
        let phase = watch.ticked(self.shared.host().now());
        self.watch.set(watch);
        if phase == Phase::Over {
            self.erase();
            return true;
        }
        std::mem::replace(&mut self.phase, phase) != phase
    }

    fn run_clock(&mut self, is_on: bool) {
        if is_on && self.clock.is_none() {
            self.watch.set(IdleWatch::new(self.shared.host().now()));
            let (shared, watch, on_act) = (self.shared.clone(), self.watch.clone(), self.on_act.clone());
            // Nearly always there is nothing to tell, and Yew need not be woken for it each second.
            let look = move || match watch.get().rested(shared.host().now()) {
                Some(rested) => watch.set(rested),
                None => on_act.emit(Act::Waited),
            };
            self.clock = Some(Interval::new(TICK, look));
        } else if !is_on {
            self.clock = None;
        }
    }

    fn move_focus(&mut self) {
        let (host, session) = (self.shared.host(), &self.session);
        if self.told.moves != session.moves {
            self.told.moves = session.moves;
            host.set_depth(session.state.place != Place::Screen(0));
            host.focus(focus_target(session));
        }
        let is_text_shown = session.taken.is_text_shown;
        if std::mem::replace(&mut self.told.is_text_shown, is_text_shown) != is_text_shown && is_text_shown {
            host.focus("sheet");
        }
    }

    fn warn(&mut self) {
        let is_warned = matches!(self.phase, Phase::Warning(_));
        if std::mem::replace(&mut self.told.is_warned, is_warned) != is_warned {
            self.shared.host().show_dialog("idle", is_warned);
        }
    }
}

/// What takes the focus when something was pressed that may change the screen: what there is to be said first.
fn focus_target(session: &Session) -> &'static str {
    if session.is_erased {
        "erased"
    } else if session.state.asked_again.is_empty() {
        "heading"
    } else {
        "errors"
    }
}

/// Takes over what was answered on the markup of the first screen. Where that screen was left already, it is not built
/// again.
fn adopt(session: &mut Session, pack: &Pack, early: &Early) {
    let question = pack.logic.question_index(&early.question);
    let asked = question.and_then(|index| pack.logic.question(index));
    let option = asked.and_then(|asked| asked.options.iter().position(|option| *option.id == *early.option));
    if let (Some(question), Some(option)) = (question, option.and_then(|option| u16::try_from(option).ok())) {
        session.told(&Message::Ticked { question, option, ticked: true });
    }
    if early.is_continued {
        session.told(&Message::Continued);
    }
}
