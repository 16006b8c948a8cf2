//! When to judge and when to draw: keys at once, facts no more often than the eye, the machine or the line can follow.

use std::time::Duration;

use tokio::time::Instant;

/// About 30 frames a second.
const FRAME: Duration = Duration::from_millis(33);
const JUDGEMENT: Duration = Duration::from_millis(100);
/// Judging takes a hundredth of the time, unless the next would then be due later than this.
const SHARE: u32 = 100;
const LATEST: Duration = Duration::from_secs(1);
/// A frame of so many bytes that takes so long to write, and no faster than this a second, has waited for the line: that is
/// slow from then on.
const TELLING: usize = 1 << 10;
const WAITED: Duration = Duration::from_millis(100);
const FAST: f64 = 16.0 * 1024.0;
const SLOW: Duration = Duration::from_mins(5);
/// Bytes a second that frames may take of a slow line, half of one of 64 kbit/s, and how far ahead of that they may be.
const BYTES: f64 = 4.0 * 1024.0;
const AHEAD: Duration = Duration::from_millis(250);
/// No frame waits longer, whatever was written before.
const LONGEST: Duration = Duration::from_secs(2);

pub(super) struct Pace {
    /// A key waits for its frame: nothing else comes before.
    hurried: bool,
    paint: Option<Instant>,
    painted: Option<Instant>,
    judge: Instant,
    /// Until when the line counts as slow: then frames are left out, those of keys too, or those that follow would wait behind
    /// them wherever the line keeps what it has not sent.
    slow: Option<Instant>,
    /// When a slow line will have taken what was written.
    free: Instant,
}

impl Pace {
    /// The first frame is due now, before any fact.
    pub(super) fn start(now: Instant) -> Self {
        Self {
            hurried: true,
            paint: Some(now),
            painted: None,
            judge: now,
            slow: None,
            free: now,
        }
    }

    pub(super) fn hurried(&self) -> bool {
        self.hurried
    }

    pub(super) fn paint_now(&mut self, now: Instant) {
        let due = self.once_free(now);
        self.hurried |= due <= now;
        self.paint_at(due);
    }

    /// Something on the screen may have changed.
    pub(super) fn paint_soon(&mut self, now: Instant) {
        let frame = self.painted.map_or(now, |painted| painted + FRAME);
        self.paint_at(frame.max(self.once_free(now)));
    }

    /// The terminal shows nothing that it should, and that is not left so.
    pub(super) fn paint_whole(&mut self, now: Instant) {
        self.hurried = true;
        self.paint_at(now);
    }

    fn paint_at(&mut self, due: Instant) {
        self.paint = Some(self.paint.map_or(due, |known| known.min(due)));
    }

    /// Now, or as soon as a slow line has taken most of what was written.
    fn once_free(&self, now: Instant) -> Instant {
        let slow = self.slow.is_some_and(|until| now < until);
        let behind = self.free.saturating_duration_since(now);
        now + if slow {
            behind.saturating_sub(AHEAD)
        } else {
            Duration::ZERO
        }
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
        let waited = time > WAITED && (bytes as f64) < FAST * time.as_secs_f64();
        if bytes > TELLING && waited {
            self.slow = Some(now + SLOW);
        }
        let takes = Duration::from_secs_f64(bytes as f64 / BYTES);
        self.free = (self.free.max(now) + takes).min(now + LONGEST);
    }

    pub(super) fn may_judge(&self, now: Instant) -> bool {
        self.judge <= now
    }

    pub(super) fn judged(&mut self, now: Instant, cost: Duration) {
        self.judge = now + (cost * SHARE).clamp(JUDGEMENT, LATEST);
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
        pace.judged(start, Duration::from_millis(5));
        assert!(!pace.may_judge(start + Duration::from_millis(499)));
        assert_eq!(pace.next(true), Some(start + Duration::from_millis(500)));
        pace.judged(start, Duration::from_millis(50));
        assert_eq!(pace.next(true), Some(start + LATEST));
    }

    #[test]
    fn frames_wait_for_a_slow_line_and_for_no_other() {
        let start = Instant::now();
        let mut pace = Pace::start(start);
        assert!(pace.take_paint(start));
        let frame = 6 << 10;
        // One that stutters, or a clock's few bytes that are held up, tells nothing.
        pace.written(start, frame, WAITED / 2);
        pace.written(start, 34, Duration::from_secs(3));
        pace.paint_now(start);
        assert!(pace.hurried() && pace.take_paint(start));
        pace.written(start, frame, Duration::from_secs(1));
        pace.paint_now(start);
        assert!(!pace.hurried(), "others may come before");
        let due = start + LONGEST.saturating_sub(AHEAD);
        assert_eq!(pace.next(false), Some(due));
        pace.paint_whole(start);
        assert!(pace.take_paint(start));
        pace.paint_now(start + SLOW);
        assert!(pace.hurried());
    }
}
