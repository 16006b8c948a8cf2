//! Who wrote the fields that were left in a temporary state, from `managedFields`. They are most of an object's bytes: only the
//! few kinds where it matters are looked at a second time, and nothing but names and moments is kept.

use bytes::Bytes;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{LAST_APPLIED, count, moment};
use crate::model::{Declared, Object, Sizing, Way, WorkloadKind, Writer};
use crate::source::text::{NAME, clean};
use crate::source::wire::messages::{Managed, ManagedFields, ObjectMeta};
use crate::source::wire::{Format, read};

/// `FieldsV1`, as far as it is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    #[serde(rename = "f:metadata")]
    metadata: Metadata,
    #[serde(rename = "f:spec")]
    spec: Spec,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Metadata {
    #[serde(rename = "f:annotations")]
    annotations: Annotations,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Annotations {
    #[serde(rename = "f:argocd.argoproj.io/skip-reconcile")]
    skip_reconcile: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Spec {
    #[serde(rename = "f:paused")]
    paused: Option<IgnoredAny>,
    #[serde(rename = "f:replicas")]
    replicas: Option<IgnoredAny>,
    #[serde(rename = "f:suspend")]
    suspend: Option<IgnoredAny>,
    #[serde(rename = "f:syncPolicy")]
    sync_policy: SyncPolicy,
    #[serde(rename = "f:unschedulable")]
    unschedulable: Option<IgnoredAny>,
}

/// Of an Application of Argo CD.
#[derive(Default, Deserialize)]
#[serde(default)]
struct SyncPolicy {
    #[serde(rename = "f:automated")]
    automated: Automated,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Automated {
    #[serde(rename = "f:enabled")]
    enabled: Option<IgnoredAny>,
}

pub(super) fn note(object: &mut Object, meta: &ObjectMeta, format: Format, bytes: Bytes) {
    match object {
        Object::Workload(it) if it.kind != WorkloadKind::DaemonSet => {
            let managed = managed(format, bytes);
            it.sizing = owner(&managed, |it| it.spec.replicas.is_some())
                .map(|(entry, writer)| Box::new(sizing(entry, writer, meta)));
            if it.paused {
                it.paused_by = writer(&managed, |it| it.spec.paused.is_some());
            }
        }
        Object::CronJob(it) if it.suspended => {
            it.suspended_by = writer(&managed(format, bytes), |it| it.spec.suspend.is_some());
        }
        Object::Application(it) if it.skips_reconcile() => {
            let skip = |it: &Fields| it.metadata.annotations.skip_reconcile.is_some();
            it.suspended_by = writer(&managed(format, bytes), skip);
        }
        Object::Application(it) if it.automated.is_some_and(|it| !it.is_on()) => {
            let enabled = |it: &Fields| it.spec.sync_policy.automated.enabled.is_some();
            it.suspended_by = writer(&managed(format, bytes), enabled);
        }
        Object::Flux(it) if it.suspended => {
            it.suspended_by = writer(&managed(format, bytes), |it| it.spec.suspend.is_some());
        }
        Object::Node(it) if it.unschedulable => {
            it.cordoned_by = writer(&managed(format, bytes), |it| {
                it.spec.unschedulable.is_some()
            });
        }
        _ => {}
    }
}

/// Nothing where it cannot be read: the object itself was.
fn managed(format: Format, bytes: Bytes) -> Vec<ManagedFields> {
    let managed: Managed = read(format, bytes).unwrap_or_default();
    managed.metadata.unwrap_or_default().managed_fields
}

fn writer(managed: &[ManagedFields], owns: impl Fn(&Fields) -> bool) -> Option<Box<Writer>> {
    owner(managed, owns).map(|(_, writer)| Box::new(writer))
}

/// The manager that holds the field. One that applies it goes on asking for its value, whoever else wrote the same; of the
/// others the latest.
fn owner(
    managed: &[ManagedFields],
    owns: impl Fn(&Fields) -> bool,
) -> Option<(&ManagedFields, Writer)> {
    let owning = managed.iter().filter(|it| {
        let raw = it.fields.as_ref().and_then(|fields| fields.raw.as_ref());
        let fields = raw.filter(|_| it.subresource() != "status");
        let fields = fields.and_then(|raw| serde_json::from_slice::<Fields>(raw).ok());
        fields.is_some_and(|fields| owns(&fields))
    });
    let entry = owning.max_by_key(|it| (way(it) == Way::Applied, moment(it.time)))?;
    let writer = Writer {
        name: clean(entry.manager(), NAME),
        at: moment(entry.time),
    };
    Some((entry, writer))
}

fn way(entry: &ManagedFields) -> Way {
    match (entry.operation(), entry.subresource()) {
        ("Apply", _) => Way::Applied,
        (_, "scale") => Way::Scaled,
        _ => Way::Updated,
    }
}

fn sizing(entry: &ManagedFields, writer: Writer, meta: &ObjectMeta) -> Sizing {
    let applied = meta.annotations.get(LAST_APPLIED);
    Sizing {
        writer,
        way: way(entry),
        declared: applied.map_or(Declared::Unknown, |text| declared(text)),
    }
}

/// The number alone: the configuration is as large as the object, and may hold what is secret.
fn declared(configuration: &str) -> Declared {
    #[derive(Deserialize)]
    struct Configuration {
        spec: Size,
    }
    #[derive(Deserialize)]
    struct Size {
        replicas: Option<i32>,
    }
    let read = serde_json::from_str(configuration);
    let number = read.ok().and_then(|it: Configuration| it.spec.replicas);
    number.map_or(Declared::Open, |it| Declared::Replicas(count(it)))
}

#[cfg(test)]
mod tests;
