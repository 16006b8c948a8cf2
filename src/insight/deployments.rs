//! Every workload as a row.

use crate::model::{ClusterId, Moment, Rollout, Text, Uid};
use crate::store::Store;
use crate::tenancy::{Place, Places};

/// A Deployment, `StatefulSet` or `DaemonSet`, or any other controller that has pods, under its own kind and name.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentRow {
    pub cluster: ClusterId,
    pub uid: Uid,
    pub place: Place,
    pub namespace: Text,
    pub kind: Text,
    pub name: Text,
    pub desired: u32,
    pub ready: u32,
    pub updated: u32,
    pub revision: Option<u64>,
    /// In the order of the containers, each once.
    pub images: Vec<Text>,
    pub restarts: u32,
    pub state: State,
    /// Why, when the state needs a why: a stable word, or the controller's.
    pub reason: Text,
    /// Since when it is in that state, as far as the cluster tells.
    pub since: Option<Moment>,
    /// None for controllers that are not watched themselves.
    pub rollout: Option<Rollout>,
    pub created: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Failed,
    Degraded,
    Progressing,
    Paused,
    Unknown,
    Complete,
    /// Scaled to 0.
    Stopped,
}

impl State {
    /// For scripts.
    pub const fn word(self) -> &'static str {
        match self {
            State::Failed => "failed",
            State::Degraded => "degraded",
            State::Progressing => "progressing",
            State::Paused => "paused",
            State::Unknown => "unknown",
            State::Complete => "complete",
            State::Stopped => "stopped",
        }
    }
}

/// By class, tenant, environment, then name.
pub fn deployments(_store: &Store, _places: &Places, _now: Moment) -> Vec<DeploymentRow> {
    Vec::new()
}
