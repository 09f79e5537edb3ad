//! When answers are erased because nobody is there. Pure, so that it can be tried without waiting.

/// How long nobody has to be there before the warning: fourteen minutes, in milliseconds.
const WARN_AFTER: f64 = 14.0 * 60_000.0;

/// How long the warning stands before answers are erased: sixty seconds, in milliseconds.
const WARNING: f64 = 60_000.0;

/// After how long without a look at the clock the warning begins anew, in milliseconds: the device slept, or its clock
/// was set. Twice as long as a browser lets pass at most in a tab that nobody sees.
const SILENCE: f64 = 2.0 * 60_000.0;

/// How things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Somebody is there.
    Awake,
    /// The warning stands; this many seconds are left.
    Warning(u32),
    /// Nobody answered the warning: erase.
    Over,
}

/// Watches for somebody being there. Times are in milliseconds of the wall clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct IdleWatch {
    last_seen: f64,
    warned_at: Option<f64>,
    looked_at: f64,
}

impl IdleWatch {
    pub(crate) fn new(now: f64) -> Self {
        Self { last_seen: now, warned_at: None, looked_at: now }
    }

    /// A key or a pointer. While the warning stands only [`IdleWatch::extended`] counts, so that a stray touch in a
    /// pocket does not keep answers on the screen.
    pub(crate) fn seen(&mut self, now: f64) {
        if self.warned_at.is_none() {
            self.last_seen = now;
        }
    }

    /// The warning was answered.
    pub(crate) fn extended(&mut self, now: f64) {
        *self = Self::new(now);
    }

    /// Time has passed: how it stands, if no warning stood and none is due.
    pub(crate) fn rested(mut self, now: f64) -> Option<Self> {
        (self.warned_at.is_none() && self.ticked(now) == Phase::Awake).then_some(self)
    }

    /// Time has passed. The warning always stands its full time, also where the device slept meanwhile; a clock that
    /// was set back, or gives no number, counts as somebody being there.
    pub(crate) fn ticked(&mut self, now: f64) -> Phase {
        let is_silence = now - self.looked_at >= SILENCE;
        self.looked_at = now;
        if !is_since(self.last_seen, now) || self.warned_at.is_some_and(|warned| !is_since(warned, now)) {
            self.extended(now);
        }
        if now - self.last_seen >= WARN_AFTER && (self.warned_at.is_none() || is_silence) {
            self.warned_at = Some(now);
        }
        match self.warned_at {
            None => Phase::Awake,
            Some(warned) if now - warned >= WARNING => Phase::Over,
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Between 0 and 60.
            Some(warned) => Phase::Warning(((WARNING - (now - warned)) / 1000.0).ceil() as u32),
        }
    }
}

/// Whether a time is not after another; false where one of them is no number.
fn is_since(then: f64, now: f64) -> bool {
    then <= now
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: f64 = 60_000.0;

    #[test]
    fn answers_are_erased_after_fifteen_idle_minutes_with_a_minute_of_warning() {
        let mut watch = IdleWatch::new(0.0);
        assert_eq!(watch.ticked(14.0 * MINUTE - 1.0), Phase::Awake);
        assert_eq!(watch.ticked(14.0 * MINUTE), Phase::Warning(60));
        assert_eq!(watch.ticked(14.5 * MINUTE), Phase::Warning(30));
        assert_eq!(watch.ticked(15.0 * MINUTE - 1.0), Phase::Warning(1));
        assert_eq!(watch.ticked(15.0 * MINUTE), Phase::Over);
    }

    #[test]
    fn it_rests_until_a_warning_is_due_and_not_while_one_stands() {
        let watch = IdleWatch::new(0.0).rested(14.0 * MINUTE - 1.0);
        let mut watch = watch.expect("nobody was away for long");
        assert_eq!(watch.rested(14.0 * MINUTE), None);
        assert_eq!(watch.ticked(14.0 * MINUTE), Phase::Warning(60));
        assert_eq!(watch.rested(14.0 * MINUTE), None);
        assert_eq!(watch.rested(0.0), None, "a clock set back takes the warning away, which is to be told");
    }

    #[test]
    fn resting_keeps_watch_as_looking_does() {
        let mut looked = IdleWatch::new(0.0);
        let mut rested = looked;
        for minute in [1.0, 1.5, 13.0] {
            assert_eq!(looked.ticked(minute * MINUTE), Phase::Awake);
            rested = rested.rested(minute * MINUTE).expect("nobody was away for long");
            assert_eq!(rested, looked);
        }
    }

    #[test]
    fn one_press_extends_as_often_as_wanted() {
        let mut watch = IdleWatch::new(0.0);
        for round in 1..=5 {
            let now = f64::from(round) * 14.5 * MINUTE;
            assert!(matches!(watch.ticked(now), Phase::Warning(_)), "round {round}");
            watch.extended(now);
            assert_eq!(watch.ticked(now), Phase::Awake);
        }
    }

    #[test]
    fn activity_puts_the_warning_off_but_does_not_answer_it() {
        let mut watch = IdleWatch::new(0.0);
        watch.seen(10.0 * MINUTE);
        assert_eq!(watch.ticked(20.0 * MINUTE), Phase::Awake);
        assert_eq!(watch.ticked(24.0 * MINUTE), Phase::Warning(60));
        watch.seen(24.1 * MINUTE);
        assert_eq!(watch.ticked(25.0 * MINUTE), Phase::Over);
    }

    #[test]
    fn a_device_that_slept_still_gives_the_whole_warning() {
        let mut watch = IdleWatch::new(0.0);
        assert_eq!(watch.ticked(600.0 * MINUTE), Phase::Warning(60));
        assert_eq!(watch.ticked(600.0 * MINUTE + 59_000.0), Phase::Warning(1));
        assert_eq!(watch.ticked(601.0 * MINUTE), Phase::Over);
    }

    #[test]
    fn a_device_that_slept_under_the_warning_gives_it_again() {
        let mut watch = IdleWatch::new(0.0);
        assert_eq!(watch.ticked(14.0 * MINUTE), Phase::Warning(60));
        assert_eq!(watch.ticked(14.5 * MINUTE), Phase::Warning(30));
        assert_eq!(watch.ticked(600.0 * MINUTE), Phase::Warning(60));
        assert_eq!(watch.ticked(601.0 * MINUTE), Phase::Over);
    }

    #[test]
    fn a_tab_whose_clock_is_looked_at_once_a_minute_erases_after_fifteen() {
        let mut watch = IdleWatch::new(0.0);
        let phases: Vec<Phase> = (1..=15).map(|minute| watch.ticked(f64::from(minute) * MINUTE)).collect();
        assert_eq!(phases[12..], [Phase::Awake, Phase::Warning(60), Phase::Over]);
    }

    #[test]
    fn a_clock_that_gives_no_number_for_a_while_erases_nothing_and_is_watched_again() {
        for broken in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN] {
            let mut watch = IdleWatch::new(0.0);
            assert_eq!(watch.ticked(14.0 * MINUTE), Phase::Warning(60));
            watch.seen(broken);
            assert_ne!(watch.ticked(broken), Phase::Over, "{broken}");
            watch.seen(broken);
            let later: Vec<Phase> = (15..=31).map(|minute| watch.ticked(f64::from(minute) * MINUTE)).collect();
            let over = later.iter().position(|phase| *phase == Phase::Over).unwrap();
            assert_eq!(later[over - 1], Phase::Warning(60), "{broken}");
        }
    }

    #[test]
    fn a_clock_set_back_erases_nothing() {
        let mut watch = IdleWatch::new(100.0 * MINUTE);
        assert_eq!(watch.ticked(1.0 * MINUTE), Phase::Awake);
        assert_eq!(watch.ticked(14.9 * MINUTE), Phase::Awake);
        assert_eq!(watch.ticked(15.0 * MINUTE), Phase::Warning(60));
    }
}
