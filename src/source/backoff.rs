//! Growing waits between tries, each with some chance in it so that feeds do not come back in step.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

const FIRST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(30);
/// Refusals in a row before a right counts as lost.
const REFUSALS: u32 = 5;

#[derive(Debug, Default)]
pub(super) struct Backoff {
    tries: u32,
}

impl Backoff {
    /// Tries since the last success.
    pub(super) fn tries(&self) -> u32 {
        self.tries
    }

    /// A quarter of a second, then a second, then twice as long each time, up to half a minute; up to a fifth more at random.
    pub(super) fn next(&mut self) -> Duration {
        self.tries = self.tries.saturating_add(1);
        let wait = if self.tries == 1 {
            FIRST
        } else {
            Duration::from_secs(1 << (self.tries - 2).min(5))
        };
        let wait = wait.min(LONGEST);
        let chance = RandomState::new().hash_one(self.tries) % 200;
        wait + wait.mul_f64(chance as f64 / 1000.0)
    }

    /// After a refusal of what was allowed before: soon again at first, because a server that starts refuses until it has
    /// read its rules, then as usual.
    pub(super) fn after_refusal(&mut self, usual: Duration) -> Duration {
        let for_long = self.refused_for_long();
        let wait = self.next();
        if for_long { usual } else { wait }
    }

    pub(super) fn refused_for_long(&self) -> bool {
        self.tries >= REFUSALS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_bound_and_stay_under_one_a_second_from_the_second_on() {
        let mut backoff = Backoff::default();
        assert!(backoff.next() < Duration::from_millis(301));
        for _ in 0..100 {
            let wait = backoff.next();
            assert!(wait >= Duration::from_secs(1) && wait <= Duration::from_secs(36));
        }
    }
}
