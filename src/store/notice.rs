//! What an update of an object means: the changes a person wants to hear of, from the object before and after.

use crate::model::{
    Change, ClusterId, Condition, CronJob, ImageChange, Job, JobState, Kind, Moment, Named, Node,
    Quota, ReplicaSet, Rollout, Status, Subject, Text, What, Workload, WorkloadKind,
};

/// Where and when the noticed object stands.
pub(super) struct Site {
    pub(super) cluster: ClusterId,
    pub(super) now: Moment,
}

impl Site {
    fn change(&self, kind: &str, object: &impl Named, what: What) -> Change {
        let meta = object.meta();
        Change {
            at: self.now,
            cluster: self.cluster,
            namespace: meta.namespace.clone(),
            subject: Subject {
                kind: kind.into(),
                name: meta.name.clone(),
            },
            what,
        }
    }

    /// `open`: a rollout of it was noticed, and not its end.
    pub(super) fn workload(&self, old: &Workload, new: &Workload, open: bool) -> Vec<Change> {
        let kind = Kind::from(new.kind).name();
        let mut seen = Vec::new();
        let images = ImageChange::between(&old.template, &new.template);
        let renumbered = old.revision != new.revision;
        let unnumbered = new.revision.is_none();
        let replaced = unnumbered && old.update_revision != new.update_revision;
        if renumbered || replaced || old.template != new.template {
            seen.push(What::Rollout {
                revision: new.revision.filter(|_| renumbered),
                images,
            });
        }
        if old.desired != new.desired && new.kind != WorkloadKind::DaemonSet {
            seen.push(What::Scale {
                from: old.desired,
                to: new.desired,
            });
        }
        match (old.paused, new.paused) {
            (false, true) => seen.push(What::Paused),
            (true, false) => seen.push(What::Resumed),
            _ => {}
        }
        let began = seen.iter().any(|what| matches!(what, What::Rollout { .. }));
        if (open || began || rolling(old)) && new.rollout() == Rollout::Complete {
            seen.push(What::RolloutComplete {
                revision: new.revision,
            });
        }
        seen.into_iter()
            .map(|what| self.change(kind, new, what))
            .collect()
    }

    pub(super) fn workload_removed(&self, workload: &Workload) -> Change {
        self.change(Kind::from(workload.kind).name(), workload, What::Removed)
    }

    /// A new `ReplicaSet` is the first sign of a numbered rollout.
    pub(super) fn replica_set(&self, set: &ReplicaSet) -> Option<Change> {
        let owner = set.meta.owner.as_ref()?;
        Some(Change {
            at: set.meta.created?,
            cluster: self.cluster,
            namespace: set.meta.namespace.clone(),
            subject: Subject {
                kind: owner.kind.clone(),
                name: owner.name.clone(),
            },
            what: What::Rollout {
                revision: Some(set.revision).filter(|revision| *revision > 0),
                images: Vec::new(),
            },
        })
    }

    pub(super) fn node(&self, old: &Node, new: &Node) -> Vec<Change> {
        let mut seen = Vec::new();
        let ready = |node: &Node| {
            node.condition("Ready")
                .is_some_and(|condition| condition.status == Status::True)
        };
        match (ready(old), ready(new)) {
            (true, false) => {
                let words = |part: fn(&Condition) -> &Text| {
                    new.condition("Ready")
                        .map(part)
                        .cloned()
                        .unwrap_or_default()
                };
                seen.push(What::NodeNotReady {
                    reason: words(|it| &it.reason),
                    message: words(|it| &it.message),
                });
            }
            (false, true) => seen.push(What::NodeReady),
            _ => {}
        }
        for condition in &new.conditions {
            let pressed = |node: &Node| {
                node.condition(&condition.name)
                    .is_some_and(|it| it.status == Status::True)
            };
            if condition.name.ends_with("Pressure") && pressed(new) && !pressed(old) {
                seen.push(What::NodePressure {
                    condition: condition.name.clone(),
                });
            }
        }
        match (old.unschedulable, new.unschedulable) {
            (false, true) => seen.push(What::NodeCordoned),
            (true, false) => seen.push(What::NodeUncordoned),
            _ => {}
        }
        seen.into_iter()
            .map(|what| self.change("Node", new, what))
            .collect()
    }

    pub(super) fn node_gone(&self, node: &Node) -> Change {
        self.change("Node", node, What::NodeGone)
    }

    pub(super) fn quota(&self, old: &Quota, new: &Quota) -> Vec<Change> {
        let mut seen = Vec::new();
        for bound in &new.bounds {
            let Some(before) = old
                .bounds
                .iter()
                .find(|before| before.resource == bound.resource)
            else {
                continue;
            };
            let full = |ratio: Option<f64>| ratio.is_some_and(|ratio| ratio >= 1.0);
            if full(bound.ratio) && !full(before.ratio) {
                let (used, hard) = (bound.used.clone(), bound.hard.clone());
                seen.push(What::QuotaFull {
                    resource: bound.resource.clone(),
                    used,
                    hard,
                });
            }
            if before.hard != bound.hard {
                let (from, to) = (before.hard.clone(), bound.hard.clone());
                seen.push(What::QuotaChanged {
                    resource: bound.resource.clone(),
                    from,
                    to,
                });
            }
        }
        seen.into_iter()
            .map(|what| self.change("ResourceQuota", new, what))
            .collect()
    }

    pub(super) fn job(&self, old: &Job, new: &Job) -> Option<Change> {
        match (&old.state, &new.state) {
            (JobState::Failed { .. }, _) => None,
            (_, JobState::Failed { reason, .. }) => Some(self.change(
                "Job",
                new,
                What::JobFailed {
                    reason: reason.clone(),
                },
            )),
            _ => None,
        }
    }

    pub(super) fn cron_job(&self, old: &CronJob, new: &CronJob) -> Option<Change> {
        match (old.suspended, new.suspended) {
            (false, true) => Some(self.change("CronJob", new, What::Suspended)),
            (true, false) => Some(self.change("CronJob", new, What::Unsuspended)),
            _ => None,
        }
    }
}

fn rolling(workload: &Workload) -> bool {
    workload.updated < workload.desired
        || workload.replicas > workload.updated
        || coming_in(workload)
}

/// A Deployment's last pods of the new revision are not available yet. Pods that fail later are no rollout, and the
/// controller says which of the two it is.
fn coming_in(workload: &Workload) -> bool {
    let came_in = |it: &Condition| it.reason == "NewReplicaSetAvailable";
    matches!(workload.rollout(), Rollout::Starting { .. })
        && workload
            .condition("Progressing")
            .is_some_and(|it| !came_in(it))
}
