use prost::Message;
use serde::Deserialize;

use super::core::{ObjectReference, PodCondition, PodTemplate};
use super::meta::{ObjectMeta, Time, null_default};

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct Job {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<JobSpec>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<JobStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct JobSpec {
    #[prost(int32, optional, tag = "1")]
    pub(in crate::source) parallelism: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub(in crate::source) completions: Option<i32>,
    #[prost(message, optional, tag = "6")]
    pub(in crate::source) template: Option<PodTemplate>,
    #[prost(bool, optional, tag = "10")]
    pub(in crate::source) suspend: Option<bool>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct JobStatus {
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) conditions: Vec<PodCondition>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) start_time: Option<Time>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) completion_time: Option<Time>,
    #[prost(int32, optional, tag = "4")]
    pub(in crate::source) active: Option<i32>,
    #[prost(int32, optional, tag = "5")]
    pub(in crate::source) succeeded: Option<i32>,
    #[prost(int32, optional, tag = "6")]
    pub(in crate::source) failed: Option<i32>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct CronJob {
    #[prost(message, optional, tag = "1")]
    pub(in crate::source) metadata: Option<ObjectMeta>,
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<CronJobSpec>,
    #[prost(message, optional, tag = "3")]
    pub(in crate::source) status: Option<CronJobStatus>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct CronJobSpec {
    #[prost(string, optional, tag = "1")]
    pub(in crate::source) schedule: Option<String>,
    #[prost(bool, optional, tag = "4")]
    pub(in crate::source) suspend: Option<bool>,
    #[prost(message, optional, tag = "5")]
    pub(in crate::source) job_template: Option<JobTemplate>,
    #[prost(string, optional, tag = "8")]
    pub(in crate::source) time_zone: Option<String>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct JobTemplate {
    #[prost(message, optional, tag = "2")]
    pub(in crate::source) spec: Option<JobSpec>,
}

#[derive(Clone, PartialEq, Message, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::source) struct CronJobStatus {
    #[prost(message, repeated, tag = "1")]
    #[serde(deserialize_with = "null_default")]
    pub(in crate::source) active: Vec<ObjectReference>,
    #[prost(message, optional, tag = "4")]
    pub(in crate::source) last_schedule_time: Option<Time>,
    #[prost(message, optional, tag = "5")]
    pub(in crate::source) last_successful_time: Option<Time>,
}
