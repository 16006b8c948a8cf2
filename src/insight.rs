//! What the facts mean: findings, rollouts in progress, tenants. Pure functions of the store, the places and `now`.

mod ailment;
mod changes;
mod deployments;
mod finding;
mod pod_status;
mod tenants;

pub use ailment::{Ailment, Exit};
pub use changes::{before, changes};
pub use deployments::{DeploymentRow, State, deployments};
pub use finding::{Cause, Finding, Severity, Trouble};
pub use pod_status::pod_status;
pub use tenants::{EnvironmentRow, TenantRow, tenants};

use crate::model::{ImageChange, Moment, ObjectId, Rollout, Subject, Text};
use crate::store::Store;
use crate::tenancy::{Place, Places};

/// Everything that a screen or a script is told, as of `now`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// Worst first: class, then severity, then age; see `finding::order`.
    pub findings: Vec<Finding>,
    /// Rollouts that are not over, the failing ones first.
    pub rollouts: Vec<RolloutInProgress>,
    /// When the judgement may change though no fact does (a hold-off or a deadline runs out).
    pub wake: Option<Moment>,
}

/// A workload whose new revision is on its way in.
#[derive(Clone, Debug, PartialEq)]
pub struct RolloutInProgress {
    pub object: ObjectId,
    pub place: Place,
    pub namespace: Text,
    pub subject: Subject,
    pub verdict: Rollout,
    pub paused: bool,
    pub revision: Option<u64>,
    pub images: Vec<ImageChange>,
    /// Pods wanted; of the new revision: ready, and not ready yet; of old revisions: still serving.
    pub wanted: u32,
    pub new_ready: u32,
    pub new_unready: u32,
    pub old_ready: u32,
    pub since: Option<Moment>,
    /// When the controller gives up, for a Deployment that has a deadline.
    pub deadline: Option<Moment>,
}

/// Judges the whole store. One pass over the pods; cheap enough to run after each burst of deltas.
pub fn judge(_store: &Store, _places: &Places, _now: Moment) -> Judgement {
    Judgement::default()
}
