//! Who owns what is changed, and whether it will stay changed.

use std::cmp::Reverse;

use serde_json::Value;

use super::World;
use super::plan::Plan;
use super::record::{HoldVerdict, Verb};
use crate::insight::{Manager, Tool, managers};
use crate::model::{Hpa, Kind, Labels, Meta, Moment, ObjectRef, Owner, Text, Uid, Writer};

#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    pub verdict: HoldVerdict,
    pub reason: Reason,
    /// The fields from which it was concluded, `metadata.labels: …`.
    pub proof: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody puts it back.
    Nobody,
    /// The autoscaler decides the number alone, between these bounds; this is the one it wants now.
    Autoscaler {
        name: Text,
        min: u32,
        max: u32,
        wants: u32,
    },
    /// Its next release brings back what it was.
    Helm(Text),
    /// It may put it back; its own objects were not asked.
    Manager(Manager),
}

/// `shown` is the object, read a moment ago.
pub(super) fn hold(world: &World<'_>, plan: &Plan, shown: &Value) -> Hold {
    let object = &plan.object;
    if plan.verb == Verb::Scale
        && let Some(hpa) = autoscaler(world, object)
        // At 0 it stands still, and goes on only when it is raised from there.
        && !(plan.after.replicas == Some(0) && hpa.min > 0)
    {
        return overwritten(hpa);
    }
    let passing = matches!(plan.verb, Verb::Evict | Verb::Delete | Verb::RunNow);
    let managers = managers(object.kind.group(), object.kind.name(), &meta(shown), None);
    let Some(manager) = managers.into_iter().next().filter(|_| !passing) else {
        return Hold {
            verdict: HoldVerdict::Holds,
            reason: Reason::Nobody,
            proof: Vec::new(),
        };
    };
    let proof = proof(manager.tool, shown);
    let (verdict, reason) = match manager.tool {
        Tool::Helm => (HoldVerdict::UntilNextSync, Reason::Helm(manager.name)),
        _ => (HoldVerdict::Unknown, Reason::Manager(manager)),
    };
    Hold {
        verdict,
        reason,
        proof,
    }
}

/// What tells the owner, as it stands in the document.
fn meta(shown: &Value) -> Meta {
    let meta = &shown["metadata"];
    let text = |field: &str| Text::from(meta[field].as_str().unwrap_or_default());
    let pairs = |field: &str| {
        let map = meta[field].as_object().into_iter().flatten();
        map.filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
            .collect::<Labels>()
    };
    let mut owners = meta["ownerReferences"].as_array().into_iter().flatten();
    let owner = owners.find(|it| it["controller"] == Value::Bool(true));
    Meta {
        uid: Uid::from_text(&text("uid")),
        namespace: text("namespace"),
        name: text("name"),
        labels: pairs("labels"),
        annotations: pairs("annotations"),
        owner: owner.map(|it| Owner {
            kind: it["kind"].as_str().unwrap_or_default().into(),
            name: it["name"].as_str().unwrap_or_default().into(),
            uid: Uid::from_text(it["uid"].as_str().unwrap_or_default()),
        }),
        created: None,
        deleting: None,
        generation: 0,
    }
}

/// The fields that say so, and who wrote the spec last.
fn proof(tool: Tool, shown: &Value) -> Vec<String> {
    let keys: &[(&str, &str)] = match tool {
        Tool::ArgoCd => &[
            ("annotations", "argocd.argoproj.io/tracking-id"),
            ("labels", "applications.argoproj.io/app-name"),
        ],
        Tool::Flux => &[
            ("labels", "kustomize.toolkit.fluxcd.io/name"),
            ("labels", "helm.toolkit.fluxcd.io/name"),
        ],
        Tool::Helm => &[("annotations", "meta.helm.sh/release-name")],
        Tool::Operator | Tool::Autoscaler => &[],
    };
    let meta = &shown["metadata"];
    let fields = keys.iter().filter_map(|(map, key)| {
        let value = meta[*map][*key].as_str()?;
        Some(format!("metadata.{map}[{key}] = {value}"))
    });
    let owner = meta["ownerReferences"][0]["name"]
        .as_str()
        .filter(|_| tool == Tool::Operator)
        .map(|name| format!("metadata.ownerReferences: {name}"));
    let writers = writers(shown, &["f:spec"]).into_iter().take(3);
    let writers: Vec<_> = writers.map(|it| it.name.to_string()).collect();
    let writers = (!writers.is_empty())
        .then(|| format!("metadata.managedFields: spec by {}", writers.join(", ")));
    fields.chain(owner).chain(writers).collect()
}

/// Who wrote fields under that path of `managedFields`, the latest first.
pub(super) fn writers(object: &Value, path: &[&str]) -> Vec<Writer> {
    let entries = object["metadata"]["managedFields"].as_array();
    let own = entries.into_iter().flatten().filter(|entry| {
        let fields = &entry["fieldsV1"];
        path.iter().fold(fields, |it, key| &it[*key]).is_object()
    });
    let mut writers: Vec<_> = own
        .map(|it| Writer {
            name: it["manager"].as_str().unwrap_or_default().into(),
            at: it["time"].as_str().and_then(Moment::from_rfc3339),
        })
        .collect();
    writers.sort_by_key(|it| Reverse(it.at));
    writers
}

fn overwritten(hpa: &Hpa) -> Hold {
    let proof = format!(
        "HorizontalPodAutoscaler {}: spec.scaleTargetRef {}/{}",
        hpa.meta.name, hpa.target_kind, hpa.target_name
    );
    Hold {
        verdict: HoldVerdict::OverwrittenByHpa,
        reason: Reason::Autoscaler {
            name: hpa.meta.name.clone(),
            min: hpa.min,
            max: hpa.max,
            wants: hpa.desired,
        },
        proof: vec![proof],
    }
}

/// The autoscaler that targets the object; one alone may.
pub(super) fn autoscaler<'a>(world: &World<'a>, object: &ObjectRef) -> Option<&'a Hpa> {
    let cluster = world.store.cluster(object.cluster)?;
    cluster.hpas().find(|hpa| {
        hpa.meta.namespace == object.namespace
            && hpa.target_kind == object.kind.name()
            && hpa.target_name == object.name
    })
}

/// Whether autoscalers could be looked at there.
pub(super) fn sees_autoscalers(world: &World<'_>, object: &ObjectRef) -> bool {
    let cluster = world.store.cluster(object.cluster);
    let seen = cluster.map(|it| it.seen(Kind::HorizontalPodAutoscaler, &object.namespace));
    seen == Some(crate::store::Seen::Whole)
}
