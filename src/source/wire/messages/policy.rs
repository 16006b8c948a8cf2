use prost::Message;
use serde::Deserialize;

use super::apps::AppsCondition;
use super::meta::{ObjectMeta, null_default};

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Hpa {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<HpaSpec>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<HpaStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct HpaSpec {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) scale_target_ref: Option<ScaleTarget>,
    #[prost(int32, optional, tag = "2")]
    pub(in crate::source) min_replicas: Option<i32>,
    #[prost(int32, optional, tag = "3")]
    pub(in crate::source) max_replicas: Option<i32>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ScaleTarget {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) kind: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(in crate::source) name: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct HpaStatus {
    #[prost(int32, optional, tag = "3")]
    pub(in crate::source) current_replicas: Option<i32>,
    #[prost(int32, optional, tag = "4")]
    pub(in crate::source) desired_replicas: Option<i32>,
    #[prost(message, repeated, tag = "6")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<AppsCondition>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Pdb {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<PdbStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct PdbStatus {
    #[prost(int32, optional, tag = "3")]
    pub(in crate::source) disruptions_allowed: Option<i32>,
    #[prost(int32, optional, tag = "4")]
    pub(in crate::source) current_healthy: Option<i32>,
    #[prost(int32, optional, tag = "5")]
    pub(in crate::source) desired_healthy: Option<i32>,
    #[prost(int32, optional, tag = "6")]
    pub(in crate::source) expected_pods: Option<i32>,
}

/// A custom resource: JSON only, so its numbers are never used.
#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Project {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<ProjectSpec>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ProjectSpec {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) display_name: Option<String>,
}
