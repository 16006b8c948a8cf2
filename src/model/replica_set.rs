//! What a workload's revisions are made of: `ReplicaSets` under a Deployment, `ControllerRevisions` under the others.

use super::{Condition, Meta, Template};

#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaSet {
    pub meta: Meta,
    /// From `deployment.kubernetes.io/revision` (or Argo Rollouts' own key); 0 when it has none.
    pub revision: u64,
    /// The number it was made with: what is gone back to gets a new one, and the former ones stay in [`Self::REVISION_HISTORY`].
    pub first_revision: u64,
    pub desired: u32,
    pub replicas: u32,
    pub ready: u32,
    pub available: u32,
    /// Condition `ReplicaFailure`, when the controller cannot create or delete pods.
    pub failure: Option<Condition>,
    pub template: Template,
}

impl ReplicaSet {
    /// Former numbers, the oldest first, as Kubernetes and Argo Rollouts write them.
    pub const REVISION_HISTORY: [&str; 2] = [
        "deployment.kubernetes.io/revision-history",
        "rollout.argoproj.io/revision-history",
    ];
}

/// A `ControllerRevision`.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    pub meta: Meta,
    pub revision: u64,
}
