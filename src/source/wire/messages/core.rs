use std::collections::BTreeMap;

use prost::Message;
use serde::Deserialize;

use super::meta::{ObjectMeta, Quantity, Time, null_default};

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Pod {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<PodSpec>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<PodStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct PodSpec {
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) containers: Vec<Container>,
    #[prost(string, optional, tag = "10")]
    pub(in crate::source) node_name: Option<String>,
    #[prost(message, repeated, tag = "20")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) init_containers: Vec<Container>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Container {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) name: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(in crate::source) image: Option<String>,
    #[prost(message, optional, tag = "8")]
    pub(in crate::source) resources: Option<Resources>,
    #[prost(string, optional, tag = "24")]
    pub(in crate::source) restart_policy: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Resources {
    #[prost(btree_map = "string, message", tag = "1")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) limits: BTreeMap<String, Quantity>,
    #[prost(btree_map = "string, message", tag = "2")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) requests: BTreeMap<String, Quantity>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct PodStatus {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) phase: Option<String>,
    #[prost(message, repeated, tag = "2")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<PodCondition>,
    #[prost(string, optional, tag = "3")]
    pub(in crate::source) message: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(in crate::source) reason: Option<String>,
    #[prost(message, optional, tag = "7")]
    pub(in crate::source) start_time: Option<Time>,
    #[prost(message, repeated, tag = "8")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) container_statuses: Vec<ContainerStatus>,
    #[prost(message, repeated, tag = "10")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) init_container_statuses: Vec<ContainerStatus>,
}

/// Of pods, nodes and jobs, which number their fields alike.
#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct PodCondition {
    #[prost(string, optional, tag = "1")]
    #[serde(rename = "type")]
    pub(in crate::source) kind: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(in crate::source) status: Option<String>,
    #[prost(message, optional, tag = "4")]
    pub(in crate::source) last_transition_time: Option<Time>,
    #[prost(string, optional, tag = "5")]
    pub(in crate::source) reason: Option<String>,
    #[prost(string, optional, tag = "6")]
    pub(in crate::source) message: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ContainerStatus {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) name: Option<String>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) state: Option<ContainerState>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) last_state: Option<ContainerState>,
    #[prost(bool, optional, tag = "4")]
    pub(in crate::source) ready: Option<bool>,
    #[prost(int32, optional, tag = "5")]
    pub(in crate::source) restart_count: Option<i32>,
    #[prost(bool, optional, tag = "9")]
    pub(in crate::source) started: Option<bool>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ContainerState {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) waiting: Option<ContainerStateWaiting>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) running: Option<ContainerStateRunning>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) terminated: Option<ContainerStateTerminated>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ContainerStateWaiting {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) reason: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(in crate::source) message: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ContainerStateRunning {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) started_at: Option<Time>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ContainerStateTerminated {
    #[prost(int32, optional, tag = "1")]
    pub(in crate::source) exit_code: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub(in crate::source) signal: Option<i32>,
    #[prost(string, optional, tag = "3")]
    pub(in crate::source) reason: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(in crate::source) message: Option<String>,
    #[prost(message, optional, tag = "5")]
    pub(in crate::source) started_at: Option<Time>,
    #[prost(message, optional, tag = "6")]
    pub(in crate::source) finished_at: Option<Time>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct PodTemplate {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<PodSpec>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Namespace {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<NamespaceStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct NamespaceStatus {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) phase: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Node {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<NodeSpec>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<NodeStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct NodeSpec {
    #[prost(bool, optional, tag = "4")]
    pub(in crate::source) unschedulable: Option<bool>,
    #[prost(message, repeated, tag = "5")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) taints: Vec<Taint>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Taint {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) key: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(in crate::source) value: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(in crate::source) effect: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct NodeStatus {
    #[prost(btree_map = "string, message", tag = "2")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) allocatable: BTreeMap<String, Quantity>,
    #[prost(message, repeated, tag = "4")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<PodCondition>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Quota {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<QuotaStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct QuotaStatus {
    #[prost(btree_map = "string, message", tag = "1")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) hard: BTreeMap<String, Quantity>,
    #[prost(btree_map = "string, message", tag = "2")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) used: BTreeMap<String, Quantity>,
}

#[expect(clippy::struct_field_names, reason = "the API's own name")]
#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Event {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) involved_object: Option<ObjectReference>,
    #[prost(string, optional, tag = "3")]
    pub(in crate::source) reason: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(in crate::source) message: Option<String>,
    #[prost(message, optional, tag = "6")]
    pub(in crate::source) first_timestamp: Option<Time>,
    #[prost(message, optional, tag = "7")]
    pub(in crate::source) last_timestamp: Option<Time>,
    #[prost(int32, optional, tag = "8")]
    pub(in crate::source) count: Option<i32>,
    #[prost(string, optional, tag = "9")]
    #[serde(rename = "type")]
    pub(in crate::source) kind: Option<String>,
    #[prost(message, optional, tag = "10")]
    pub(in crate::source) event_time: Option<Time>,
    #[prost(message, optional, tag = "11")]
    pub(in crate::source) series: Option<EventSeries>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct ObjectReference {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) kind: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(in crate::source) name: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(in crate::source) uid: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct EventSeries {
    #[prost(int32, optional, tag = "1")]
    pub(in crate::source) count: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) last_observed_time: Option<Time>,
}
