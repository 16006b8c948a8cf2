//! What happened, and what of it came before a finding.

use crate::model::{Change, Moment};
use crate::store::Store;

use super::Finding;

/// What happened in the span, newest first: what was noticed, and rollouts of before that, by their `ReplicaSets`.
pub fn changes(_store: &Store, _from: Moment, _to: Moment) -> Vec<Change> {
    Vec::new()
}

/// Changes of the 30 minutes before the finding that may have caused it, likeliest first.
pub fn before(_store: &Store, _finding: &Finding, _now: Moment) -> Vec<Change> {
    Vec::new()
}
