//! Wire objects to the model: what vigie does not show is dropped here, and text is made harmless.

mod application;
mod event;
mod flux;
mod job;
mod node;
mod pod;
mod policy;
mod rollout;
mod workload;
mod writers;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::model::{
    Application, Condition, Event, Flux, GarbledFault, Kind, Labels, Meta, Moment, Namespace,
    Object, Owner, Project, ReplicaSet, Status, Text, Uid,
};

use super::text::{MESSAGE, NAME, clean};
use super::wire::messages::{self, ObjectMeta, Time, argo, flux as wire_flux, rollouts};
use super::wire::{Format, read, read_json};

/// Annotations read of any kind; a namespace keeps all of its own, since rules of the user may name any.
const ANNOTATIONS: [&str; 14] = [
    "argocd.argoproj.io/refresh",
    Application::SKIP_RECONCILE,
    Application::TRACKING_ID,
    "deployment.kubernetes.io/revision",
    "job.runner.gitlab.com/name",
    "job.runner.gitlab.com/ref",
    "job.runner.gitlab.com/url",
    "kubectl.kubernetes.io/restartedAt",
    "kubernetes.io/change-cause",
    Meta::HELM_RELEASE,
    Flux::REQUESTED,
    "rollout.argoproj.io/revision",
    Application::SUSPENDED,
    Flux::SUSPENDED,
];

/// The configuration that an object was applied from, whole.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// One object of a list or a watch.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) fact: Fact,
    pub(super) uid: Uid,
    /// Where a watch can go on from.
    pub(super) resource_version: String,
}

#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "passed on at once, never kept")]
pub(super) enum Fact {
    Object(Object),
    Event(Event),
}

/// Decodes an object of the kind.
pub(super) fn decode(kind: Kind, format: Format, bytes: Bytes) -> Result<Item, GarbledFault> {
    let (meta, fact) = match kind {
        Kind::Namespace => object(read(format, bytes)?, namespace),
        Kind::Pod => object(read(format, bytes)?, pod::pod),
        Kind::Deployment => written(format, bytes, workload::deployment)?,
        Kind::StatefulSet => written(format, bytes, workload::stateful_set)?,
        Kind::DaemonSet => object(read(format, bytes)?, workload::daemon_set),
        Kind::ReplicaSet => object(read(format, bytes)?, workload::replica_set),
        Kind::ControllerRevision => object(read(format, bytes)?, workload::revision),
        Kind::Node => written(format, bytes, node::node)?,
        Kind::Job => object(read(format, bytes)?, job::job),
        Kind::CronJob => written(format, bytes, job::cron_job)?,
        Kind::HorizontalPodAutoscaler => object(read(format, bytes)?, policy::hpa),
        Kind::PodDisruptionBudget => object(read(format, bytes)?, policy::pdb),
        Kind::ResourceQuota => object(read(format, bytes)?, policy::quota),
        Kind::Project => object(read(format, bytes)?, project),
        Kind::Application => noted(read_json(&bytes)?, format, bytes, application::application),
        Kind::ApplicationSet => object(read_json(&bytes)?, application::application_set),
        Kind::AppProject => object(read_json(&bytes)?, application::app_project),
        Kind::Kustomization => noted(read_json(&bytes)?, format, bytes, flux::kustomization),
        Kind::HelmRelease => noted(read_json(&bytes)?, format, bytes, flux::helm_release),
        Kind::Rollout => noted(read_json(&bytes)?, format, bytes, rollout::rollout),
        // It is never watched, and a lookup takes it whole.
        Kind::ConfigMap => return Err(GarbledFault::Malformed),
        Kind::Event => {
            let wire: messages::Event = read(format, bytes)?;
            let meta = wire.metadata.clone().unwrap_or_default();
            (meta, Fact::Event(event::event(&wire)))
        }
    };
    if meta.name().is_empty() || meta.uid().is_empty() {
        return Err(GarbledFault::Nameless);
    }
    let resource_version = meta.resource_version().to_owned();
    Ok(Item {
        fact,
        uid: Uid::from_text(meta.uid()),
        resource_version,
    })
}

/// A kind whose wire form carries metadata.
pub(super) trait Described {
    fn take_meta(&mut self) -> ObjectMeta;
}

macro_rules! described {
    ($($wire:path),*) => {
        $(impl Described for $wire {
            fn take_meta(&mut self) -> ObjectMeta {
                self.metadata.take().unwrap_or_default()
            }
        })*
    };
}

described!(
    messages::Namespace,
    messages::Pod,
    messages::Deployment,
    messages::StatefulSet,
    messages::DaemonSet,
    messages::ReplicaSet,
    messages::ControllerRevision,
    messages::Node,
    messages::Job,
    messages::CronJob,
    messages::Hpa,
    messages::Pdb,
    messages::Quota,
    messages::Project,
    argo::Application,
    argo::ApplicationSet,
    argo::AppProject,
    wire_flux::Kustomization,
    wire_flux::HelmRelease,
    rollouts::Rollout
);

fn object<W: Described>(
    mut wire: W,
    convert: fn(W, Meta, &ObjectMeta) -> Object,
) -> (ObjectMeta, Fact) {
    let meta = wire.take_meta();
    let own = to_meta(&meta, |key| ANNOTATIONS.contains(&key));
    let object = convert(wire, own, &meta);
    (meta, Fact::Object(object))
}

/// The same, and who wrote what may stand out in it.
fn written<W: Described + prost::Message + Default + DeserializeOwned>(
    format: Format,
    bytes: Bytes,
    convert: fn(W, Meta, &ObjectMeta) -> Object,
) -> Result<(ObjectMeta, Fact), GarbledFault> {
    Ok(noted(read(format, bytes.clone())?, format, bytes, convert))
}

fn noted<W: Described>(
    wire: W,
    format: Format,
    bytes: Bytes,
    convert: fn(W, Meta, &ObjectMeta) -> Object,
) -> (ObjectMeta, Fact) {
    let (meta, mut fact) = object(wire, convert);
    if let Fact::Object(object) = &mut fact {
        writers::note(object, &meta, format, bytes);
    }
    (meta, fact)
}

fn to_meta(wire: &ObjectMeta, keep: impl Fn(&str) -> bool) -> Meta {
    let owner = wire
        .owner_references
        .iter()
        .find(|owner| owner.controller());
    let annotations = wire.annotations.iter().filter(|(key, _)| keep(key));
    Meta {
        uid: Uid::from_text(wire.uid()),
        namespace: clean(wire.namespace(), NAME),
        name: clean(wire.name(), NAME),
        labels: to_labels(&wire.labels),
        annotations: annotations
            .map(|(key, value)| (clean(key, NAME), clean(value, MESSAGE)))
            .collect(),
        owner: owner.map(|owner| Owner {
            kind: clean(owner.kind(), NAME),
            name: clean(owner.name(), NAME),
            uid: Uid::from_text(owner.uid()),
        }),
        created: moment(wire.creation_timestamp),
        deleting: moment(wire.deletion_timestamp),
        generation: wire.generation(),
    }
}

fn to_labels(labels: &std::collections::BTreeMap<String, String>) -> Labels {
    labels
        .iter()
        .map(|(key, value)| (clean(key, NAME), clean(value, NAME)))
        .collect()
}

fn moment(time: Option<Time>) -> Option<Moment> {
    time.and_then(Time::moment)
}

/// Counts are signed on the wire and never negative.
fn count(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// A condition on the wire; kinds number its fields differently and name them alike.
trait Stated {
    fn to_condition(&self) -> Condition;
}

macro_rules! stated {
    ($($wire:ident),*) => {
        $(impl Stated for messages::$wire {
            fn to_condition(&self) -> Condition {
                condition(self.kind(), self.status(), self.reason(), self.message(), self.last_transition_time)
            }
        })*
    };
}

stated!(AppsCondition, DeploymentCondition, PodCondition);

fn condition(
    kind: &str,
    status: &str,
    reason: &str,
    message: &str,
    changed: Option<Time>,
) -> Condition {
    Condition {
        name: clean(kind, NAME),
        status: match status {
            "True" => Status::True,
            "False" => Status::False,
            _ => Status::Unknown,
        },
        reason: clean(reason, NAME),
        message: clean(message, MESSAGE),
        changed: moment(changed),
        updated: None,
    }
}

/// A revision number written as an annotation.
fn revision_number(meta: &ObjectMeta) -> Option<u64> {
    let keys = [
        "deployment.kubernetes.io/revision",
        "rollout.argoproj.io/revision",
    ];
    keys.iter()
        .find_map(|key| meta.annotations.get(*key)?.parse().ok())
}

/// The first of the former numbers.
fn first_number(meta: &ObjectMeta) -> Option<u64> {
    let mut keys = ReplicaSet::REVISION_HISTORY.iter();
    keys.find_map(|key| meta.annotations.get(*key)?.split(',').next()?.parse().ok())
}

fn namespace(wire: messages::Namespace, _: Meta, meta: &ObjectMeta) -> Object {
    let terminating = wire.status.unwrap_or_default().phase() == "Terminating";
    Object::Namespace(Namespace {
        meta: to_meta(meta, |key| key != LAST_APPLIED),
        terminating,
    })
}

fn project(wire: messages::Project, meta: Meta, _: &ObjectMeta) -> Object {
    Object::Project(Project {
        meta,
        display_name: clean(wire.spec.unwrap_or_default().display_name(), NAME),
    })
}

/// The name of an object that did not decode, as far as it can be read.
pub(super) fn name_of(format: Format, bytes: Bytes) -> Text {
    let meta = read::<messages::OnlyMeta>(format, bytes)
        .ok()
        .and_then(|only| only.metadata)
        .unwrap_or_default();
    match (meta.namespace(), meta.name()) {
        ("", name) => clean(name, NAME),
        (namespace, name) => clean(&format!("{namespace}/{name}"), 2 * NAME),
    }
}
