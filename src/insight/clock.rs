//! Hold-offs: how long something must last before it is a finding, and how long what is over still is one.

use crate::model::Moment;

/// Seconds. A rollout that goes well stays under each of these.
pub(super) mod hold {
    pub(in crate::insight) const CRASHED_ONCE: i64 = 60;
    pub(in crate::insight) const NO_IMAGE: i64 = 30;
    pub(in crate::insight) const NO_CONTAINER: i64 = 30;
    pub(in crate::insight) const NO_NODE: i64 = 60;
    pub(in crate::insight) const STARTING: i64 = 180;
    pub(in crate::insight) const NEVER_READY: i64 = 300;
    pub(in crate::insight) const NO_MORE_READY: i64 = 60;
    pub(in crate::insight) const TERMINATING: i64 = 300;
    pub(in crate::insight) const SHORT: i64 = 120;
    pub(in crate::insight) const NO_CREATE: i64 = 10;
    pub(in crate::insight) const PRESSURE: i64 = 30;
    pub(in crate::insight) const HPA_AT_MAXIMUM: i64 = 300;
    pub(in crate::insight) const HPA_BLIND: i64 = 120;
    /// Whoever lets a canary wait looks at it; after an hour it is forgotten.
    pub(in crate::insight) const UNDECIDED: i64 = 3600;
    /// A source or a webhook that restarts, a dependency that is made first: Flux is past that within a few tries.
    pub(in crate::insight) const NOT_RECONCILED: i64 = 300;
    pub(in crate::insight) const LINK: i64 = 5;
    pub(in crate::insight) const FEED: i64 = 60;
}

/// Seconds for which what is over still needs a look.
pub(super) mod keep {
    /// After ten minutes of running the kubelet forgets its back-off; until then a container is still in its loop.
    pub(in crate::insight) const BACK_OFF: i64 = 600;
    pub(in crate::insight) const OUT_OF_MEMORY: i64 = 1800;
    pub(in crate::insight) const ENDED_POD: i64 = 3600;
    pub(in crate::insight) const FAILED_JOB: i64 = 86_400;
    pub(in crate::insight) const WARNING: i64 = 600;
}

/// Whether a clock that far from another, in seconds, is worth a word.
pub fn is_off(skew: i64) -> bool {
    skew.abs() > 5
}

/// The present as one cluster writes it, and when the answer will change by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    now: Moment,
    skew: i64,
    wake: Option<Moment>,
}

impl Clock {
    /// `skew` is the cluster's clock minus ours.
    pub(super) fn new(now: Moment, skew: i64) -> Self {
        Self {
            now: now.plus(skew),
            skew,
            wake: None,
        }
    }

    /// By our own clock.
    pub(super) fn wake(&self) -> Option<Moment> {
        self.wake
    }

    /// Whether it has lasted `hold` seconds. What has no beginning has lasted.
    pub(super) fn lasted(&mut self, since: Option<Moment>, hold: i64) -> bool {
        since.is_none_or(|since| self.reached(since.plus(hold)))
    }

    /// Whether it is less than `keep` seconds ago.
    pub(super) fn recent(&mut self, at: Option<Moment>, keep: i64) -> bool {
        at.is_some_and(|at| !self.reached(at.plus(keep)))
    }

    fn reached(&mut self, at: Moment) -> bool {
        if at <= self.now {
            return true;
        }
        let ours = at.plus(-self.skew);
        self.wake = Some(self.wake.map_or(ours, |wake| wake.min(ours)));
        false
    }
}
