//! Deployments, `StatefulSets`, `DaemonSets` and Argo Rollouts: one shape, since a person asks the same of each.

use smallvec::SmallVec;

use super::{Condition, Delivery, Kind, Labels, Meta, Text, Writer};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkloadKind {
    Deployment,
    StatefulSet,
    DaemonSet,
    Rollout,
}

impl From<WorkloadKind> for Kind {
    fn from(kind: WorkloadKind) -> Self {
        match kind {
            WorkloadKind::Deployment => Kind::Deployment,
            WorkloadKind::StatefulSet => Kind::StatefulSet,
            WorkloadKind::DaemonSet => Kind::DaemonSet,
            WorkloadKind::Rollout => Kind::Rollout,
        }
    }
}

/// How a new revision replaces the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// `StatefulSets` keep ordinals below `partition` on the old revision; 0 elsewhere.
    RollingUpdate {
        partition: u32,
    },
    Recreate,
    OnDelete,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    pub meta: Meta,
    pub kind: WorkloadKind,
    pub strategy: Strategy,
    pub paused: bool,
    /// Who paused it, as far as the object tells.
    pub paused_by: Option<Box<Writer>>,
    /// `spec.replicas`, or `desiredNumberScheduled` of a `DaemonSet`.
    pub desired: u32,
    /// None where no field manager owns the number: it is a default, or the controller's.
    pub sizing: Option<Box<Sizing>>,
    /// All pods that count, whatever their revision.
    pub replicas: u32,
    pub updated: u32,
    pub ready: u32,
    pub available: u32,
    /// `metadata.generation` that the counts above speak of.
    pub observed_generation: i64,
    /// Seconds without progress before the controller gives up; None when no deadline is set (Deployments and
    /// Argo Rollouts only).
    pub progress_deadline: Option<u32>,
    /// Deployment and Argo Rollout: the annotation's number. Others: unknown here, their numbers are in the `ControllerRevision`s.
    pub revision: Option<u64>,
    /// `StatefulSet`: name of the revision being rolled out, and of the one it replaces. Argo Rollout: the hashes of the newest
    /// revision and of the stable one. Empty elsewhere.
    pub update_revision: Text,
    pub current_revision: Text,
    pub conditions: Vec<Condition>,
    /// Where an Argo Rollout names the Deployment that keeps it, empty.
    pub template: Template,
    /// Of an Argo Rollout.
    pub delivery: Option<Box<Delivery>>,
}

impl Workload {
    pub fn condition(&self, name: &str) -> Option<&Condition> {
        self.conditions
            .iter()
            .find(|condition| condition.name == name)
    }
}

/// How `spec.replicas` came to be what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizing {
    pub writer: Writer,
    pub way: Way,
    pub declared: Declared,
}

/// How a field manager wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It goes on declaring the field (server-side apply).
    Applied,
    Updated,
    /// Through the subresource `scale`.
    Scaled,
}

/// What the configuration that an object was applied from says of `spec.replicas`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// The object does not keep its configuration.
    Unknown,
    /// Nothing, or nothing that can be read.
    Open,
    Replicas(u32),
}

/// The part of a pod template that is shown and compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Template {
    pub labels: Labels,
    pub containers: SmallVec<[TemplateContainer; 1]>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TemplateContainer {
    pub name: Text,
    pub image: Text,
}
