//! When to judge and when to draw: keys at once, facts no more often than the eye or the machine can follow.

use std::time::Duration;

use tokio::time::Instant;

/// About 30 frames a second.
const FRAME: Duration = Duration::from_millis(33);
const JUDGEMENT: Duration = Duration::from_millis(100);
/// Judging takes at most a fiftieth of the time.
const SHARE: u32 = 50;

pub(super) struct Pace {
    /// A key waits for its frame: nothing else comes before.
    hurried: bool,
    paint: Option<Instant>,
    painted: Option<Instant>,
    judge: Instant,
}

impl Pace {
    /// The first frame is due now, before any fact.
    pub(super) fn start(now: Instant) -> Self {
        Self {
            hurried: true,
            paint: Some(now),
            painted: None,
            judge: now,
        }
    }

    pub(super) fn hurried(&self) -> bool {
        self.hurried
    }

    pub(super) fn paint_now(&mut self, now: Instant) {
        self.hurried = true;
        self.paint = Some(now);
    }

    /// Something on the screen may have changed.
    pub(super) fn paint_soon(&mut self, now: Instant) {
        let soonest = self
            .painted
            .map_or(now, |painted| (painted + FRAME).max(now));
        self.paint = Some(self.paint.map_or(soonest, |due| due.min(soonest)));
    }

    pub(super) fn take_paint(&mut self, now: Instant) -> bool {
        let due = self.paint.is_some_and(|due| due <= now);
        if due {
            self.paint = None;
            self.hurried = false;
            self.painted = Some(now);
        }
        due
    }

    pub(super) fn may_judge(&self, now: Instant) -> bool {
        self.judge <= now
    }

    pub(super) fn judged(&mut self, now: Instant, cost: Duration) {
        self.judge = now + JUDGEMENT.max(cost * SHARE);
    }

    /// The next moment that asks for something.
    pub(super) fn next(&self, unjudged: bool) -> Option<Instant> {
        let judge = unjudged.then_some(self.judge);
        self.paint.into_iter().chain(judge).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_wait_for_the_next_frame_and_keys_do_not() {
        let start = Instant::now();
        let mut pace = Pace::start(start);
        assert!(pace.take_paint(start));
        let soon = start + Duration::from_millis(1);
        pace.paint_soon(soon);
        assert!(!pace.take_paint(soon));
        assert_eq!(pace.next(false), Some(start + FRAME));
        pace.paint_now(soon);
        assert!(pace.take_paint(soon));
        assert_eq!(pace.next(false), None);
    }

    #[test]
    fn a_costly_judgement_comes_less_often() {
        let start = Instant::now();
        let mut pace = Pace::start(start);
        pace.take_paint(start);
        pace.judged(start, Duration::from_millis(1));
        assert!(pace.may_judge(start + JUDGEMENT));
        pace.judged(start, Duration::from_millis(10));
        assert!(!pace.may_judge(start + Duration::from_millis(499)));
        assert_eq!(pace.next(true), Some(start + Duration::from_millis(500)));
    }
}
