//! The warning before answers are erased, on a clock that the tests move.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Function, Reflect};
use pars_check::ui::Quiz;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, happen, settled};
use crate::quiz::begun;
use crate::recording_host::RecordingHost;

const MINUTE: f64 = 60_000.0;

type Intervals = Rc<RefCell<BTreeMap<u32, Function>>>;

/// Stands in for the browser's intervals, so that no test waits.
pub(crate) struct Clock {
    running: Intervals,
    own: [(&'static str, JsValue); 2],
    _set: Closure<dyn FnMut(Function) -> u32>,
    _clear: Closure<dyn FnMut(u32)>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        let running = Intervals::default();
        let (started, stopped) = (running.clone(), running.clone());
        let mut last = 0;
        let set = Closure::<dyn FnMut(Function) -> u32>::new(move |tick| {
            last += 1;
            started.borrow_mut().insert(last, tick);
            last
        });
        let clear = Closure::<dyn FnMut(u32)>::new(move |id| {
            stopped.borrow_mut().remove(&id);
        });
        let own = [("setInterval", set.as_ref()), ("clearInterval", clear.as_ref())].map(|(name, stand_in)| {
            let own = Reflect::get(&js_sys::global(), &name.into()).unwrap();
            Reflect::set(&js_sys::global(), &name.into(), stand_in).unwrap();
            (name, own)
        });
        Self { running, own, _set: set, _clear: clear }
    }

    fn is_running(&self) -> bool {
        !self.running.borrow().is_empty()
    }

    /// It is this late now, and every interval notices.
    pub(crate) async fn reach(&self, host: &RecordingHost, minutes: f64) {
        host.now.set(minutes * MINUTE);
        let ticks: Vec<Function> = self.running.borrow().values().cloned().collect();
        for tick in ticks {
            tick.call0(&JsValue::NULL).unwrap();
        }
        settled().await;
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        for (name, own) in &self.own {
            Reflect::set(&js_sys::global(), &(*name).into(), own).unwrap();
        }
    }
}

/// A visitor who gave an answer when the clock stood at nought.
async fn answered() -> (Clock, Page<Quiz>, Rc<RecordingHost>) {
    let clock = Clock::new();
    let (page, host) = begun().await;
    page.choose("who", "child").await;
    (clock, page, host)
}

#[wasm_bindgen_test]
async fn no_clock_runs_where_there_is_nothing_to_erase() {
    let clock = Clock::new();
    let (page, _) = begun().await;
    assert!(!clock.is_running());
    page.choose("who", "child").await;
    assert!(clock.is_running());
    page.press("restart").await;
    assert!(!clock.is_running());
}

#[wasm_bindgen_test]
async fn the_warning_comes_after_fourteen_minutes_and_counts_its_minute_down() {
    let (clock, page, host) = answered().await;
    clock.reach(&host, 13.99).await;
    assert!(!host.is_dialog_open());
    clock.reach(&host, 14.0).await;
    assert!(host.is_dialog_open());
    assert_eq!(page.text("dialog #idle-text"), "60 seconds");
    clock.reach(&host, 14.5).await;
    assert_eq!(page.text("dialog #idle-text"), "30 seconds");
    assert_eq!(page.checked(), ["child"]);
    page.assert_ids_hold();
}

#[wasm_bindgen_test]
async fn a_warning_that_nobody_answers_erases() {
    let (clock, page, host) = answered().await;
    clock.reach(&host, 14.0).await;
    clock.reach(&host, 15.0).await;
    assert_eq!(page.checked(), [""; 0]);
    assert!(!host.is_dialog_open());
    assert!(!clock.is_running());
}

#[wasm_bindgen_test]
async fn one_press_keeps_the_answers_as_often_as_wanted() {
    let (clock, page, host) = answered().await;
    for round in 1..=3 {
        clock.reach(&host, f64::from(round) * 14.0).await;
        assert!(host.is_dialog_open(), "round {round}");
        page.press("stay").await;
        assert!(!host.is_dialog_open(), "round {round}");
    }
    clock.reach(&host, 3.0 * 14.0 + 13.9).await;
    assert!(!host.is_dialog_open());
    assert_eq!(page.checked(), ["child"]);
}

#[wasm_bindgen_test]
async fn closing_the_warning_with_escape_keeps_the_answers() {
    let (clock, page, host) = answered().await;
    clock.reach(&host, 14.9).await;
    happen(&page.one("dialog").unchecked_into(), "close", false).await;
    assert!(!host.is_dialog_open());
    clock.reach(&host, 16.0).await;
    assert_eq!(page.checked(), ["child"]);
}

#[wasm_bindgen_test]
async fn the_warning_can_erase_at_once() {
    let (clock, page, host) = answered().await;
    clock.reach(&host, 14.0).await;
    page.press("erase").await;
    assert_eq!(page.checked(), [""; 0]);
    assert!(!host.is_dialog_open());
    assert!(!clock.is_running());
}

#[wasm_bindgen_test]
async fn whoever_is_there_puts_the_warning_off() {
    let (clock, _page, host) = answered().await;
    host.now.set(10.0 * MINUTE);
    host.listeners().on_activity.emit(());
    clock.reach(&host, 23.9).await;
    assert!(!host.is_dialog_open());
    clock.reach(&host, 24.0).await;
    assert!(host.is_dialog_open());
}
