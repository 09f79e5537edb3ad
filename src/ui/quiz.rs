//! The whole check: one session, one thing in view.

use std::cell::RefCell;
use std::rc::Rc;

use quiz_engine::{Message, Pack, Phrase, Place, View, questionnaire_response};
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_memo, use_mut_ref, use_reducer};

use super::check::Check;
use super::idle::{Idle, WatchHandle};
use super::idle_watch::IdleWatch;
use super::outcome::Outcome;
use super::screen::Screen;
use super::session::{Act, Session};
use super::shared::Shared;
use crate::host::{Host, Listeners, Notice, Settings};

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
#[component]
pub fn Quiz(props: &QuizProps) -> Html {
    let shared = use_memo((), |()| Shared::new(props.pack.clone(), props.settings.clone(), props.host.clone()));
    let session = use_reducer(|| Session::new(props.pack.clone(), props.early.is_erased));
    let watch = use_memo((), |()| WatchHandle(Rc::new(RefCell::new(IdleWatch::new(props.host.now())))));
    let dispatch = {
        let dispatcher = session.dispatcher();
        Callback::from(move |act: Act| dispatcher.dispatch(act))
    };
    let on_act = dispatch.clone();
    let dispatch = dispatch.reform(Act::Quiz);
    {
        let (shared, watch, dispatch, early) = (shared.clone(), watch.clone(), dispatch.clone(), props.early.clone());
        use_effect_with((), move |()| begin(&shared, &watch, &dispatch, &early));
    }
    let state = &session.state;
    let is_blank = state.is_blank(&props.pack.logic);
    {
        let (shared, has_started) = (shared.clone(), use_mut_ref(|| false));
        use_effect_with(is_blank, move |is_blank| {
            // Once for the document: that someone erased and began again is nobody's business.
            if !is_blank && !has_started.replace(true) {
                shared.host().notify(Notice::Started);
            }
        });
    }
    {
        let shared = shared.clone();
        let is_deep = state.place != Place::Screen(0);
        let target = focus_target(&session);
        use_effect_with(session.moves, move |moves| {
            if *moves > 0 {
                shared.host().set_depth(is_deep);
                shared.host().focus(target);
            }
        });
    }
    let on_erase = {
        let (shared, dispatch) = (shared.clone(), dispatch.clone());
        Callback::from(move |()| {
            dispatch.emit(Message::Erased);
            shared.host().erase();
        })
    };
    let on_record = {
        let (shared, answers) = (shared.clone(), state.answers.clone());
        Callback::from(move |()| {
            let record = questionnaire_response(shared.pack(), &answers, &shared.host().timestamp());
            record.inspect(|json| shared.host().save_record(json));
        })
    };
    let shared = (*shared).clone();
    // Notes are written letter by letter and change nothing of it, and what would be more urgent takes some searching.
    let view = use_memo(state.clone(), |state| View::of(&props.pack, state));
    let in_view = match (*view).clone() {
        // Each screen is built anew: patching one into another confuses Yew 0.23 where a component takes the place of
        // an element (`failed to insert node before next sibling`), and there is nothing worth keeping.
        View::Screen(view) => {
            html! { <Screen key={key_of(state.place)} {view} is_erased={session.is_erased} shared={shared.clone()} on_message={dispatch} /> }
        }
        View::Check(view) => {
            html! { <Check key={key_of(state.place)} {view} shared={shared.clone()} on_message={dispatch} /> }
        }
        View::Outcome(view) => {
            html! { <Outcome
                key={key_of(state.place)} view={*view} taken={session.taken.clone()} shared={shared.clone()}
                {on_act} {on_record} on_message={dispatch}
            /> }
        }
    };
    html! {
        <>
            { in_view }
            <Foot shared={shared.clone()} {is_blank} is_outcome={state.place == Place::Outcome} on_erase={on_erase.clone()} />
            <Idle {shared} watch={(*watch).clone()} is_on={!is_blank} {on_erase} />
        </>
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

fn key_of(place: Place) -> String {
    match place {
        Place::Screen(screen) => screen.to_string(),
        Place::Check => "check".to_owned(),
        Place::Outcome => "outcome".to_owned(),
    }
}

fn begin(shared: &Shared, watch: &WatchHandle, dispatch: &Callback<Message>, early: &Early) {
    let on_activity = {
        let (shared, watch) = (shared.clone(), watch.clone());
        Callback::from(move |()| watch.0.borrow_mut().seen(shared.host().now()))
    };
    shared.host().listen(Listeners {
        on_back: dispatch.reform(|()| Message::WentBack),
        on_leave: dispatch.reform(|()| Message::Erased),
        on_activity,
    });
    adopt(shared.pack(), dispatch, early);
    shared.host().notify(Notice::Ready);
}

/// Takes over what was answered on the markup of the first screen.
fn adopt(pack: &Pack, dispatch: &Callback<Message>, early: &Early) {
    let question = pack.logic.question_index(&early.question);
    let asked = question.and_then(|index| pack.logic.question(index));
    let option = asked.and_then(|asked| asked.options.iter().position(|option| *option.id == *early.option));
    if let (Some(question), Some(option)) = (question, option.and_then(|option| u16::try_from(option).ok())) {
        dispatch.emit(Message::Ticked { question, option, ticked: true });
    }
    if early.is_continued {
        dispatch.emit(Message::Continued);
    }
}

#[derive(Clone, PartialEq, Properties)]
struct FootProps {
    shared: Shared,
    is_blank: bool,
    is_outcome: bool,
    on_erase: Callback<()>,
}

/// What stands under every screen.
#[component]
fn Foot(props: &FootProps) -> Html {
    let shared = &props.shared;
    html! {
        <footer class="foot">
            if props.is_outcome { <p>{ shared.phrase(Phrase::SharedDevice) }</p> }
            if !props.is_blank {
                <button type="button" class="link-button" data-action="restart" onclick={props.on_erase.reform(|_| ())}>
                    { shared.phrase(Phrase::Restart) }
                </button>
            }
            <p class="foot__promise">{ shared.phrase(Phrase::Privacy) }{ " " }{ shared.phrase(Phrase::NotDiagnosis) }</p>
            <p>{ shared.phrase(Phrase::Unvalidated) }{ " " }{ shared.signed() }</p>
        </footer>
    }
}
