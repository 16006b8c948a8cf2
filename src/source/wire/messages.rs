//! The fields vigie reads of each kind, one struct for both formats: prost skips unknown fields by number, serde by name.
//! Numbers are those of k8s.io/api's `generated.proto` files, which never change.

mod apps;
pub(in crate::source) mod argo;
mod batch;
mod core;
pub(in crate::source) mod flux;
mod meta;
mod policy;
pub(in crate::source) mod rollouts;

use bytes::Bytes;
use prost::Message;

pub(in crate::source) use self::apps::{
    AppsCondition, ControllerRevision, DaemonSet, Deployment, DeploymentCondition, ReplicaSet,
    StatefulSet,
};
pub(in crate::source) use self::batch::{CronJob, Job};
pub(in crate::source) use self::core::{
    Container, ContainerState, ContainerStateTerminated, ContainerStatus, Event, Namespace, Node,
    Pod, PodCondition, PodTemplate, Quota,
};
pub(in crate::source) use self::meta::{
    ListMeta, Managed, ManagedFields, ObjectMeta, OnlyMeta, Quantity, Status, Time, WatchEvent,
    null_default,
};
pub(in crate::source) use self::policy::{Hpa, Pdb, Project};

use self::meta::Envelope;
use super::{MAGIC, undecodable};
use crate::model::GarbledFault;

/// Takes the object out of its `k8s\0` envelope.
pub(in crate::source) fn unwrap(mut bytes: Bytes) -> Result<Envelope, GarbledFault> {
    if !bytes.starts_with(MAGIC) {
        return Err(GarbledFault::Malformed);
    }
    let bytes = bytes.split_off(MAGIC.len());
    let envelope = Envelope::decode(bytes).map_err(undecodable)?;
    if envelope
        .content_encoding
        .as_ref()
        .is_some_and(|encoding| !encoding.is_empty())
    {
        return Err(GarbledFault::Encoding);
    }
    Ok(envelope)
}
