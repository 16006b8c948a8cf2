//! When to judge and when to draw: keys at once, facts no more often than the eye, the machine or the line can follow.

use std::time::Duration;

use tokio::time::Instant;

/// About 30 frames a second.
const FRAME: Duration = Duration::from_millis(33);
const JUDGEMENT: Duration = Duration::from_millis(100);
/// Judging takes at most a fiftieth of the time.
const SHARE: u32 = 50;
/// Bytes a second that frames may take of a line: half of one of 64 kbit/s.
const BYTES: usize = 4 << 10;
/// What frames of facts may be ahead of that, and those of keys on a slow line.
const AHEAD: Duration = Duration::from_secs(2);
const AHEAD_OF_A_KEY: Duration = Duration::from_millis(250);
/// A write that takes longer has waited for the line, which is slow from then on.
const WAITED: Duration = Duration::from_millis(20);
const SLOW: Duration = Duration::from_mins(10);

pub(super) struct Pace {
    /// A key waits for its frame: nothing else comes before.
    hurried: bool,
    paint: Option<Instant>,
    painted: Option<Instant>,
    judge: Instant,
    /// When the line will have taken what was written, at the bytes a second that it is given.
    free: Instant,
    /// Until when the line counts as slow: then frames are left out for keys, too, or those that follow would wait behind them
    /// wherever the line keeps what it has not sent.
    slow: Option<Instant>,
}

impl Pace {
    /// The first frame is due now, before any fact.
    pub(super) fn start(now: Instant) -> Self {
        Self {
            hurried: true,
            paint: Some(now),
            painted: None,
            judge: now,
            free: now,
            slow: None,
        }
    }

    pub(super) fn hurried(&self) -> bool {
        self.hurried
    }

    pub(super) fn paint_now(&mut self, now: Instant) {
        let slow = self.slow.is_some_and(|until| now < until);
        let due = if slow {
            self.once_ahead(AHEAD_OF_A_KEY, now)
        } else {
            now
        };
        self.hurried = due <= now;
        self.paint = Some(self.paint.map_or(due, |known| known.min(due)));
    }

    /// Something on the screen may have changed.
    pub(super) fn paint_soon(&mut self, now: Instant) {
        let frame = self.painted.map_or(now, |painted| painted + FRAME);
        let soonest = frame.max(self.once_ahead(AHEAD, now));
        self.paint = Some(self.paint.map_or(soonest, |due| due.min(soonest)));
    }

    /// When what was written is no further ahead of the line than this.
    fn once_ahead(&self, ahead: Duration, now: Instant) -> Instant {
        now + self
            .free
            .saturating_duration_since(now)
            .saturating_sub(ahead)
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

    /// A frame took so many bytes, and so long to write.
    pub(super) fn written(&mut self, now: Instant, bytes: usize, time: Duration) {
        if time > WAITED {
            self.slow = Some(now + SLOW);
        }
        let takes = Duration::from_secs_f64(bytes as f64 / BYTES as f64);
        self.free = (self.free.max(now) + takes).min(now + AHEAD + AHEAD);
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

    #[test]
    fn facts_wait_for_the_line_and_keys_only_for_a_slow_one() {
        let start = Instant::now();
        let mut pace = Pace::start(start);
        assert!(pace.take_paint(start));
        pace.written(start, 3 * BYTES, Duration::ZERO);
        pace.paint_soon(start);
        assert_eq!(pace.next(false), Some(start + Duration::from_secs(1)));
        pace.paint_now(start);
        assert!(pace.hurried() && pace.take_paint(start));
        pace.written(start, 0, WAITED + FRAME);
        pace.paint_now(start);
        assert!(!pace.hurried(), "others may come before");
        let due = start + Duration::from_millis(2_750);
        assert_eq!(pace.next(false), Some(due));
        assert!(pace.take_paint(due));
        pace.paint_now(start + SLOW);
        assert!(pace.hurried());
    }
}
