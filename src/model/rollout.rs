//! Whether a rollout is over, as `kubectl rollout status` decides it from the workload alone
//! (`kubernetes/kubectl` `pkg/polymorphichelpers/rollout_status.go`).

use super::{Status, Strategy, Workload, WorkloadKind};

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
    Complete,
    /// Nothing is rolled out by itself (`OnDelete`): pods change when somebody deletes them.
    Manual,
}

impl Rollout {
    pub fn in_progress(self) -> bool {
        !matches!(self, Rollout::Complete | Rollout::Manual)
    }
}

impl Workload {
    pub fn rollout(&self) -> Rollout {
        match self.kind {
            WorkloadKind::Deployment => self.deployment_rollout(),
            WorkloadKind::StatefulSet => self.stateful_set_rollout(),
            WorkloadKind::DaemonSet => self.daemon_set_rollout(),
        }
    }

    fn unobserved(&self) -> bool {
        self.meta.generation > self.observed_generation
    }

    fn deployment_rollout(&self) -> Rollout {
        let deadline = |condition: &super::Condition| {
            condition.reason == "ProgressDeadlineExceeded" && condition.status != Status::True
        };
        if self.unobserved() {
            Rollout::Unobserved
        } else if self.condition("Progressing").is_some_and(deadline) {
            Rollout::DeadlineExceeded
        } else if self.updated < self.desired {
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
