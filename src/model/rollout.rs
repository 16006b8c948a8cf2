//! Whether a rollout is over, as `kubectl rollout status` decides it from the workload alone
//! (`kubernetes/kubectl` `pkg/polymorphichelpers/rollout_status.go`); of an Argo Rollout, as its own controller does.

use super::{DeliveryPhase, Status, Strategy, Workload, WorkloadKind};

/// First rule that applies wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rollout {
    /// The controller has not seen the latest spec yet.
    Unobserved,
    /// The Deployment's deadline passed without progress.
    DeadlineExceeded,
    /// `done` of `wanted` pods are of the new revision.
    Updating {
        done: u32,
        wanted: u32,
    },
    /// Old pods still stand beside the new ones.
    Retiring {
        old: u32,
    },
    /// `done` of `wanted` new pods are available.
    Starting {
        done: u32,
        wanted: u32,
    },
    /// An Argo Rollout is at this of its steps; they are all behind it where both numbers are the same.
    Stepping {
        step: u32,
        steps: u32,
    },
    /// Of an Argo Rollout: the new revision was given up.
    Aborted,
    Complete,
    /// Nothing is rolled out by itself (`OnDelete`): pods change when somebody deletes them.
    Manual,
}

impl Rollout {
    pub fn in_progress(self) -> bool {
        !matches!(self, Rollout::Complete | Rollout::Manual | Rollout::Aborted)
    }
}

impl Workload {
    pub fn rollout(&self) -> Rollout {
        match self.kind {
            WorkloadKind::Deployment => self.deployment_rollout(),
            WorkloadKind::Rollout => self.argo_rollout(),
            WorkloadKind::StatefulSet => self.stateful_set_rollout(),
            WorkloadKind::DaemonSet => self.daemon_set_rollout(),
        }
    }

    fn unobserved(&self) -> bool {
        self.meta.generation > self.observed_generation
    }

    fn missed_deadline(&self) -> bool {
        let deadline = |condition: &super::Condition| {
            condition.reason == "ProgressDeadlineExceeded" && condition.status != Status::True
        };
        self.condition("Progressing").is_some_and(deadline)
    }

    fn deployment_rollout(&self) -> Rollout {
        if self.unobserved() {
            Rollout::Unobserved
        } else if self.missed_deadline() {
            Rollout::DeadlineExceeded
        } else {
            self.counts()
        }
    }

    fn argo_rollout(&self) -> Rollout {
        let delivery = self.delivery.as_deref();
        let phase = delivery.map(|it| it.phase);
        let steps = delivery
            .filter(|it| it.step_count > 0)
            .and_then(|it| Some((it.step?, it.step_count)));
        if self.unobserved() {
            Rollout::Unobserved
        } else if self.is_aborted() {
            Rollout::Aborted
        } else if self.missed_deadline() {
            Rollout::DeadlineExceeded
        } else if phase == Some(DeliveryPhase::Healthy) {
            Rollout::Complete
        } else if let Some((step, steps)) = steps.filter(|_| !self.is_promoted()) {
            Rollout::Stepping { step, steps }
        } else {
            match self.counts() {
                // All pods are there: the old revision still has the traffic, or they are made anew one by one.
                Rollout::Complete if !self.is_promoted() || self.restarts() => Rollout::Starting {
                    done: self.available,
                    wanted: self.updated,
                },
                counts => counts,
            }
        }
    }

    fn counts(&self) -> Rollout {
        if self.updated < self.desired {
            Rollout::Updating {
                done: self.updated,
                wanted: self.desired,
            }
        } else if self.replicas > self.updated {
            Rollout::Retiring {
                old: self.replicas - self.updated,
            }
        } else if self.available < self.updated {
            Rollout::Starting {
                done: self.available,
                wanted: self.updated,
            }
        } else {
            Rollout::Complete
        }
    }

    fn stateful_set_rollout(&self) -> Rollout {
        let Strategy::RollingUpdate { partition } = self.strategy else {
            return Rollout::Manual;
        };
        let wanted = self.desired.saturating_sub(partition);
        if self.observed_generation == 0 || self.unobserved() {
            Rollout::Unobserved
        } else if self.ready < self.desired {
            Rollout::Starting {
                done: self.ready,
                wanted: self.desired,
            }
        } else if self.updated < wanted && self.update_revision != self.current_revision {
            Rollout::Updating {
                done: self.updated,
                wanted,
            }
        } else {
            Rollout::Complete
        }
    }

    fn daemon_set_rollout(&self) -> Rollout {
        if self.strategy == Strategy::OnDelete {
            Rollout::Manual
        } else if self.unobserved() {
            Rollout::Unobserved
        } else if self.updated < self.desired {
            Rollout::Updating {
                done: self.updated,
                wanted: self.desired,
            }
        } else if self.available < self.desired {
            Rollout::Starting {
                done: self.available,
                wanted: self.desired,
            }
        } else {
            Rollout::Complete
        }
    }
}
