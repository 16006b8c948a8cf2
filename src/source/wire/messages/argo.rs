//! Argo CD's objects, which come as JSON only. A list that is `null`, and whatever newer versions add, is taken for none.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::meta::{ObjectMeta, Time, null_default};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Application {
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) spec: Spec,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) status: Status,
    pub(in crate::source) operation: Option<Operation>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Spec {
    pub(in crate::source) project: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) destination: Destination,
    pub(in crate::source) source: Option<Source>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) sources: Vec<Source>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) sync_policy: SyncPolicy,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) ignore_differences: Vec<Ignored>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Destination {
    pub(in crate::source) server: String,
    pub(in crate::source) name: String,
    pub(in crate::source) namespace: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Source {
    #[serde(rename = "repoURL")]
    pub(in crate::source) repo_url: String,
    pub(in crate::source) path: String,
    pub(in crate::source) chart: String,
    pub(in crate::source) target_revision: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct SyncPolicy {
    pub(in crate::source) automated: Option<Automated>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) sync_options: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Automated {
    pub(in crate::source) enabled: Option<bool>,
    pub(in crate::source) prune: bool,
    pub(in crate::source) self_heal: bool,
    pub(in crate::source) allow_empty: bool,
}

/// Of an Application and of an `ApplicationSet`; each has its own names for the same.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Ignored {
    pub(in crate::source) group: String,
    pub(in crate::source) kind: String,
    pub(in crate::source) name: String,
    pub(in crate::source) namespace: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) json_pointers: Vec<String>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) jq_path_expressions: Vec<String>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) managed_fields_managers: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Status {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) sync: Sync,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) health: Health,
    pub(in crate::source) operation_state: Option<OperationState>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) resources: Vec<Resource>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) history: Vec<Deployed>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) summary: Summary,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<Condition>,
    pub(in crate::source) reconciled_at: Option<Time>,
    pub(in crate::source) controller_namespace: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Sync {
    pub(in crate::source) status: String,
    pub(in crate::source) revision: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) revisions: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Health {
    pub(in crate::source) status: String,
    pub(in crate::source) message: String,
    pub(in crate::source) last_transition_time: Option<Time>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct OperationState {
    pub(in crate::source) phase: String,
    pub(in crate::source) message: String,
    pub(in crate::source) started_at: Option<Time>,
    pub(in crate::source) finished_at: Option<Time>,
    pub(in crate::source) retry_count: i64,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) operation: Operation,
    pub(in crate::source) sync_result: Option<SyncResult>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Operation {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) initiated_by: Initiator,
    pub(in crate::source) sync: Option<SyncOperation>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Initiator {
    pub(in crate::source) username: String,
    pub(in crate::source) automated: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct SyncOperation {
    pub(in crate::source) dry_run: bool,
    #[serde(rename = "autoHealAttemptsCount")]
    pub(in crate::source) self_heals: i64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct SyncResult {
    pub(in crate::source) revision: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) revisions: Vec<String>,
    /// [`ResourceResult`]s, which are read of dry runs alone.
    pub(in crate::source) resources: Option<Box<RawValue>>,
}

/// What became of one object.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ResourceResult {
    pub(in crate::source) group: String,
    pub(in crate::source) kind: String,
    pub(in crate::source) namespace: String,
    pub(in crate::source) name: String,
    pub(in crate::source) status: String,
    pub(in crate::source) message: String,
    pub(in crate::source) hook_type: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Resource {
    pub(in crate::source) group: String,
    pub(in crate::source) kind: String,
    pub(in crate::source) namespace: String,
    pub(in crate::source) name: String,
    pub(in crate::source) status: String,
    pub(in crate::source) requires_pruning: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Deployed {
    pub(in crate::source) id: i64,
    pub(in crate::source) revision: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) revisions: Vec<String>,
    #[serde(rename = "deployedAt")]
    pub(in crate::source) at: Option<Time>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) initiated_by: Initiator,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Summary {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) images: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Condition {
    #[serde(rename = "type")]
    pub(in crate::source) kind: String,
    /// Of an `ApplicationSet` only.
    pub(in crate::source) status: String,
    pub(in crate::source) reason: String,
    pub(in crate::source) message: String,
    pub(in crate::source) last_transition_time: Option<Time>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct AppProject {
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) spec: ProjectSpec,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ProjectSpec {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) sync_windows: Vec<SyncWindow>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct SyncWindow {
    pub(in crate::source) kind: String,
    pub(in crate::source) schedule: String,
    pub(in crate::source) duration: String,
    pub(in crate::source) time_zone: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) applications: Vec<String>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) namespaces: Vec<String>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) clusters: Vec<String>,
    pub(in crate::source) and_operator: bool,
    pub(in crate::source) manual_sync: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct ApplicationSet {
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) spec: SetSpec,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) status: SetStatus,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct SetSpec {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) sync_policy: SetPolicy,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) ignore_application_differences: Vec<Ignored>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) preserved_fields: Preserved,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Preserved {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) annotations: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct SetPolicy {
    pub(in crate::source) applications_sync: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct SetStatus {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<Condition>,
}
