//! The ring of changes, in time order, bounded.

use std::collections::VecDeque;

use crate::model::{Change, ClusterId, Kind, Moment, What, Workload};

/// About a night of a busy platform.
const KEPT: usize = 4096;
/// Signs of one rollout come within this many seconds.
const SAME_ROLLOUT: i64 = 60;

#[derive(Default)]
pub struct Changes(VecDeque<Change>);

impl Changes {
    /// Puts the change at its time, or completes one that tells of the same: a rollout is seen first in the Deployment's
    /// template, then in its new `ReplicaSet`, then in the Deployment's number.
    pub(super) fn push(&mut self, change: Change) {
        let later = |known: &&mut Change| known.at.seconds() >= change.at.seconds() - SAME_ROLLOUT;
        if self
            .0
            .iter_mut()
            .rev()
            .take_while(later)
            .any(|known| completes(known, &change))
        {
            return;
        }
        let at = self.0.partition_point(|known| known.at <= change.at);
        if self.0.len() == KEPT {
            if at == 0 {
                return;
            }
            self.0.pop_front();
            self.0.insert(at - 1, change);
        } else {
            self.0.insert(at, change);
        }
    }

    /// Whether the last that was told of the workload's rollouts is a beginning.
    pub(super) fn rollout_open(&self, cluster: ClusterId, workload: &Workload) -> bool {
        let last = self.iter().find(|change| {
            matches!(
                change.what,
                What::Rollout { .. } | What::RolloutComplete { .. }
            ) && change.cluster == cluster
                && change.namespace == workload.meta.namespace
                && change.subject.name == workload.meta.name
                && change.subject.kind == Kind::from(workload.kind).name()
        });
        last.is_some_and(|change| matches!(change.what, What::Rollout { .. }))
    }

    /// Newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.0.iter().rev()
    }

    /// Those of the span, newest first.
    pub fn between(&self, from: Moment, to: Moment) -> impl Iterator<Item = &Change> {
        self.iter()
            .skip_while(move |change| change.at > to)
            .take_while(move |change| change.at >= from)
    }
}

/// True when `new` adds nothing to `known` but what was put into it.
fn completes(known: &mut Change, new: &Change) -> bool {
    if known.cluster != new.cluster
        || known.namespace != new.namespace
        || known.subject != new.subject
    {
        return false;
    }
    match (&mut known.what, &new.what) {
        (
            What::Rollout { revision, images },
            What::Rollout {
                revision: number,
                images: differing,
            },
        ) if revision.is_none() || number.is_none() || revision == number => {
            *revision = revision.or(*number);
            if images.is_empty() {
                images.clone_from(differing);
            }
            true
        }
        (one, other) => known.at == new.at && one == other,
    }
}
