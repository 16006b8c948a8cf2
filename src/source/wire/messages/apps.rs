use prost::Message;
use serde::Deserialize;

use super::core::PodTemplate;
use super::meta::{ObjectMeta, Time, null_default};

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Deployment {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<DeploymentSpec>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<DeploymentStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct DeploymentSpec {
    #[prost(int32, optional, tag = "1")]
    pub(in crate::source) replicas: Option<i32>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) template: Option<PodTemplate>,
    #[prost(message, optional, tag = "4")]
    pub(in crate::source) strategy: Option<DeploymentStrategy>,
    #[prost(bool, optional, tag = "7")]
    pub(in crate::source) paused: Option<bool>,
    #[prost(int32, optional, tag = "9")]
    pub(in crate::source) progress_deadline_seconds: Option<i32>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct DeploymentStrategy {
    #[prost(string, optional, tag = "1")]
    #[serde(rename = "type")]
    pub(in crate::source) kind: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct DeploymentStatus {
    #[prost(int64, optional, tag = "1")]
    pub(in crate::source) observed_generation: Option<i64>,
    #[prost(int32, optional, tag = "2")]
    pub(in crate::source) replicas: Option<i32>,
    #[prost(int32, optional, tag = "3")]
    pub(in crate::source) updated_replicas: Option<i32>,
    #[prost(int32, optional, tag = "4")]
    pub(in crate::source) available_replicas: Option<i32>,
    #[prost(message, repeated, tag = "6")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<DeploymentCondition>,
    #[prost(int32, optional, tag = "7")]
    pub(in crate::source) ready_replicas: Option<i32>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct DeploymentCondition {
    #[prost(string, optional, tag = "1")]
    #[serde(rename = "type")]
    pub(in crate::source) kind: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(in crate::source) status: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(in crate::source) reason: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(in crate::source) message: Option<String>,
    #[prost(message, optional, tag = "6")]
    pub(in crate::source) last_update_time: Option<Time>,
    #[prost(message, optional, tag = "7")]
    pub(in crate::source) last_transition_time: Option<Time>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ReplicaSet {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<ReplicaSetSpec>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<ReplicaSetStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ReplicaSetSpec {
    #[prost(int32, optional, tag = "1")]
    pub(in crate::source) replicas: Option<i32>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) template: Option<PodTemplate>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ReplicaSetStatus {
    #[prost(int32, optional, tag = "1")]
    pub(in crate::source) replicas: Option<i32>,
    #[prost(int32, optional, tag = "4")]
    pub(in crate::source) ready_replicas: Option<i32>,
    #[prost(int32, optional, tag = "5")]
    pub(in crate::source) available_replicas: Option<i32>,
    #[prost(message, repeated, tag = "6")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<AppsCondition>,
}

/// Of `ReplicaSets`, `StatefulSets`, `DaemonSets` and autoscalers.
#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct AppsCondition {
    #[prost(string, optional, tag = "1")]
    #[serde(rename = "type")]
    pub(in crate::source) kind: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(in crate::source) status: Option<String>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) last_transition_time: Option<Time>,
    #[prost(string, optional, tag = "4")]
    pub(in crate::source) reason: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(in crate::source) message: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct StatefulSet {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<StatefulSetSpec>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<StatefulSetStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct StatefulSetSpec {
    #[prost(int32, optional, tag = "1")]
    pub(in crate::source) replicas: Option<i32>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) template: Option<PodTemplate>,
    #[prost(message, optional, tag = "7")]
    pub(in crate::source) update_strategy: Option<StatefulSetStrategy>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct StatefulSetStrategy {
    #[prost(string, optional, tag = "1")]
    #[serde(rename = "type")]
    pub(in crate::source) kind: Option<String>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) rolling_update: Option<StatefulSetRollingUpdate>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct StatefulSetRollingUpdate {
    #[prost(int32, optional, tag = "1")]
    pub(in crate::source) partition: Option<i32>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct StatefulSetStatus {
    #[prost(int64, optional, tag = "1")]
    pub(in crate::source) observed_generation: Option<i64>,
    #[prost(int32, optional, tag = "2")]
    pub(in crate::source) replicas: Option<i32>,
    #[prost(int32, optional, tag = "3")]
    pub(in crate::source) ready_replicas: Option<i32>,
    #[prost(int32, optional, tag = "5")]
    pub(in crate::source) updated_replicas: Option<i32>,
    #[prost(string, optional, tag = "6")]
    pub(in crate::source) current_revision: Option<String>,
    #[prost(string, optional, tag = "7")]
    pub(in crate::source) update_revision: Option<String>,
    #[prost(message, repeated, tag = "10")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<AppsCondition>,
    #[prost(int32, optional, tag = "11")]
    pub(in crate::source) available_replicas: Option<i32>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct DaemonSet {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<DaemonSetSpec>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<DaemonSetStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct DaemonSetSpec {
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) template: Option<PodTemplate>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) update_strategy: Option<DaemonSetStrategy>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct DaemonSetStrategy {
    #[prost(string, optional, tag = "1")]
    #[serde(rename = "type")]
    pub(in crate::source) kind: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct DaemonSetStatus {
    #[prost(int32, optional, tag = "1")]
    pub(in crate::source) current_number_scheduled: Option<i32>,
    #[prost(int32, optional, tag = "3")]
    pub(in crate::source) desired_number_scheduled: Option<i32>,
    #[prost(int32, optional, tag = "4")]
    pub(in crate::source) number_ready: Option<i32>,
    #[prost(int64, optional, tag = "5")]
    pub(in crate::source) observed_generation: Option<i64>,
    #[prost(int32, optional, tag = "6")]
    pub(in crate::source) updated_number_scheduled: Option<i32>,
    #[prost(int32, optional, tag = "7")]
    pub(in crate::source) number_available: Option<i32>,
    #[prost(message, repeated, tag = "10")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<AppsCondition>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ControllerRevision {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(int64, optional, tag = "3")]
    pub(in crate::source) revision: Option<i64>,
}
