//! The warning before answers are erased because nobody is there.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Interval;
use quiz_engine::Phrase;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_mut_ref, use_state_eq};

use super::Shared;
use super::idle_watch::{IdleWatch, Phase};

/// How often the clock is looked at, in milliseconds.
const TICK: u32 = 1000;

/// A watch that the whole check shares: activity is reported to it from outside the dialog.
pub(crate) type SharedWatch = Rc<RefCell<IdleWatch>>;

/// Properties of [`Idle`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct IdleProps {
    pub(crate) shared: Shared,
    pub(crate) watch: WatchHandle,
    /// Whether there is anything to erase. Where there is not, no clock runs.
    pub(crate) is_on: bool,
    pub(crate) on_erase: Callback<()>,
}

/// A watch as a property: the same one is equal.
#[derive(Clone)]
pub(crate) struct WatchHandle(pub(crate) SharedWatch);

impl PartialEq for WatchHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A dialog that stands for a minute before answers are erased.
#[component]
pub(crate) fn Idle(props: &IdleProps) -> Html {
    let phase = use_state_eq(|| Phase::Awake);
    let props_now = use_mut_ref(|| props.clone());
    *props_now.borrow_mut() = props.clone();
    {
        let (phase, props_now) = (phase.clone(), props_now.clone());
        use_effect_with(props.is_on, move |is_on| {
            let clock = is_on.then(|| {
                {
                    let props = props_now.borrow();
                    props.watch.0.borrow_mut().extended(props.shared.host().now());
                }
                Interval::new(TICK, move || {
                    let props = props_now.borrow().clone();
                    let next = props.watch.0.borrow_mut().ticked(props.shared.host().now());
                    phase.set(if next == Phase::Over { Phase::Awake } else { next });
                    if next == Phase::Over {
                        props.on_erase.emit(());
                    }
                })
            });
            move || drop(clock)
        });
    }
    let seconds = match *phase {
        Phase::Warning(seconds) if props.is_on => Some(seconds),
        _ => None,
    };
    {
        let shared = props.shared.clone();
        use_effect_with(seconds.is_some(), move |is_open| shared.host().show_dialog("idle", *is_open));
    }
    let stay = {
        let (phase, props) = (phase.clone(), props.clone());
        Callback::from(move |()| {
            props.watch.0.borrow_mut().extended(props.shared.host().now());
            phase.set(Phase::Awake);
        })
    };
    let erase = {
        let props = props.clone();
        Callback::from(move |()| {
            phase.set(Phase::Awake);
            props.on_erase.emit(());
        })
    };
    let shared = &props.shared;
    let left = shared.phrase_with(Phrase::IdleText, &[("seconds", &seconds.unwrap_or(60).to_string())]);
    html! {
        <dialog
            id="idle" class="idle"
            aria-labelledby={seconds.map(|_| "idle-title")} aria-describedby={seconds.map(|_| "idle-text")}
            onclose={stay.reform(|_| ())}
        >
            if seconds.is_some() {
            <h2 id="idle-title">{ shared.phrase(Phrase::IdleTitle) }</h2>
            <p id="idle-text">{ left }</p>
            <div class="actions">
                <button type="button" class="button" data-action="stay" onclick={stay.reform(|_| ())}>
                    { shared.phrase(Phrase::IdleStay) }
                </button>
                <button type="button" class="button button--quiet" data-action="erase" onclick={erase.reform(|_| ())}>
                    { shared.phrase(Phrase::IdleErase) }
                </button>
            </div>
            }
        </dialog>
    }
}
