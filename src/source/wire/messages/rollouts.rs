//! Argo Rollouts' object, which comes as JSON only. A list that is `null`, and whatever newer versions add, is taken for none.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::DeploymentCondition;
use super::core::PodTemplate;
use super::meta::{ObjectMeta, Time, null_default};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Rollout {
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) spec: Spec,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) status: Status,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Spec {
    pub(in crate::source) replicas: Option<i32>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) paused: bool,
    pub(in crate::source) template: Option<PodTemplate>,
    pub(in crate::source) workload_ref: Option<Target>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) strategy: Strategy,
    pub(in crate::source) progress_deadline_seconds: Option<i32>,
    pub(in crate::source) restart_at: Option<Time>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Target {
    pub(in crate::source) kind: String,
    pub(in crate::source) name: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Strategy {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) canary: Canary,
    pub(in crate::source) blue_green: Option<BlueGreen>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct BlueGreen {
    pub(in crate::source) auto_promotion_seconds: Option<i32>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Canary {
    /// Each an object of one field, which names its sort.
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) steps: Vec<Map<String, Value>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Status {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) phase: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) message: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) observed_generation: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) workload_observed_generation: String,
    pub(in crate::source) current_step_index: Option<i32>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) pause_conditions: Vec<PauseCondition>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) controller_pause: bool,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) abort: bool,
    pub(in crate::source) aborted_at: Option<Time>,
    #[serde(rename = "stableRS", deserialize_with = "null_default")]
    pub(in crate::source) stable: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) current_pod_hash: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) replicas: i32,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) updated_replicas: i32,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) ready_replicas: i32,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) available_replicas: i32,
    pub(in crate::source) restarted_at: Option<Time>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<DeploymentCondition>,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) canary: CanaryStatus,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) blue_green: BlueGreenStatus,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct PauseCondition {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) reason: String,
    pub(in crate::source) start_time: Option<Time>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct CanaryStatus {
    pub(in crate::source) weights: Option<Weights>,
    #[serde(rename = "currentStepAnalysisRunStatus")]
    pub(in crate::source) of_step: Option<AnalysisStatus>,
    #[serde(rename = "currentBackgroundAnalysisRunStatus")]
    pub(in crate::source) in_background: Option<AnalysisStatus>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct BlueGreenStatus {
    #[serde(rename = "prePromotionAnalysisRunStatus")]
    pub(in crate::source) before: Option<AnalysisStatus>,
    #[serde(rename = "postPromotionAnalysisRunStatus")]
    pub(in crate::source) after: Option<AnalysisStatus>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Weights {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) canary: Weight,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) stable: Weight,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Weight {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) weight: i32,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct AnalysisStatus {
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) name: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) status: String,
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) message: String,
}
