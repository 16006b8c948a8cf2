//! Who owns what is changed, and whether it will stay changed.

mod argo_cd;
mod flux;
mod settings;

pub(super) use argo_cd::rewrites;
pub use flux::ByFlux;
pub(super) use settings::ignored;

use std::cmp::Reverse;

use serde_json::Value;

use super::call::Accepted;
use super::plan::Plan;
use super::record::{HoldVerdict, Verb};
use super::{World, console};
use crate::insight::{Conduct, Manager, Tool, managers};
use crate::model::{
    Application, Hpa, Ignored, Kind, Labels, Meta, Moment, ObjectKind, ObjectRef, Owner, Text, Uid,
    Writer,
};

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
    /// The pod is gone for good; its owner, `ReplicaSet web-5f`, makes another.
    Anew(Text),
    /// Nothing makes again what is gone.
    Gone,
    /// The run is gone; its `CronJob` makes the next ones.
    Schedule(Text),
    /// A run leaves the `CronJob` as it is.
    Once,
    /// The Deployment that owns it puts its own number back.
    Deployment(Text),
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
    /// Argo CD compares what git declares, and nothing of it changes.
    NotInGit(Text),
    /// Git declares the field; what Argo CD does about that.
    Differs { application: Text, conduct: Conduct },
    /// The Application leaves the field out of its comparison; its syncs write it all the same, or leave it alone, too.
    NotCompared { application: Text, synced: bool },
    /// It is of the Application's own, and nothing that git could put back.
    OfArgoCd(Text),
    /// The `ApplicationSet` writes the Application anew.
    Generated(Text),
    /// It is the switch by which the platform itself writes the Applications of that environment.
    Console(Text),
    /// An Application keeps it, of which not enough can be told.
    Obscure { application: Text, why: Obscure },
    /// A Kustomization or a `HelmRelease` of Flux of that name keeps it.
    Flux { name: Text, said: ByFlux },
}

/// Why it cannot be told what Argo CD will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obscure {
    /// No watched cluster has that Application.
    Elsewhere,
    /// Applications cannot be read everywhere.
    Unseen,
    /// One of that name has more objects than are kept of it.
    Untold,
    /// Nor can they, and all that may name one is a label that others set, too.
    Labelled,
    /// Several Applications of that name may be it.
    Several,
    /// What git declares is not kept on the object.
    Undeclared,
    /// Some of `ignoreDifferences` is written in jq.
    Jq,
    /// The `ApplicationSet` that makes it cannot be read.
    Generator,
    /// The windows of its project cannot be read.
    Windows,
}

/// `read` is the object, a moment ago. Suspended is the Application whose auto-sync is off before the plan is sent. `ignored` is
/// what [`settings()`] leave out of each comparison.
pub(super) fn hold(
    world: &World<'_>,
    plan: &Plan,
    read: &Accepted,
    suspended: Option<&ObjectRef>,
    ignored: &[Ignored],
) -> Hold {
    if let Some(hold) = settled(world, plan, read) {
        return hold;
    }
    let object = &plan.object;
    let told = argo_cd::hold(world, plan, read, suspended, ignored);
    // An Application that goes back loses its auto-sync, which Flux may keep as its source has it.
    if plan.verb == Verb::RollBack
        && object.kind == Kind::Application
        && let Some(by_flux) = flux::hold(world, plan, read, suspended)
        && by_flux.verdict != HoldVerdict::Holds
    {
        return by_flux;
    }
    told.or_else(|| flux::hold(world, plan, read, suspended))
        .unwrap_or_else(|| by_manager(plan.verb, &object.kind, &read.shown))
}

/// Where it stands what Argo CD leaves out of each comparison; None where that changes nothing of what is said.
pub(super) fn settings(world: &World<'_>, plan: &Plan, read: &Accepted) -> Option<ObjectRef> {
    if settled(world, plan, read).is_some() {
        return None;
    }
    argo_cd::settings(world, plan, read)
}

/// What is known whatever keeps the object as git has it.
fn settled(world: &World<'_>, plan: &Plan, read: &Accepted) -> Option<Hold> {
    let object = &plan.object;
    if let Some(hold) = console::hold(plan) {
        return Some(hold);
    }
    if plan.is_of_status() {
        let hold = argo_cd::of_status(world, plan, read);
        return Some(hold.unwrap_or_else(|| holds(Reason::Nobody)));
    }
    if plan.verb == Verb::Scale
        && let Some(hpa) = autoscaler(world, object)
        // At 0 it stands still, and goes on only when it is raised from there.
        && !(plan.after.replicas == Some(0) && hpa.min > 0)
    {
        return Some(overwritten(hpa));
    }
    by_owner(plan.verb, &object.kind, &read.shown)
}

fn by_manager(verb: Verb, kind: &ObjectKind, shown: &Value) -> Hold {
    let managers = managers(kind.group(), kind.name(), &meta(shown), None);
    let Some(manager) = managers.into_iter().next() else {
        let passing = matches!(verb, Verb::Evict | Verb::Delete);
        return holds(if passing {
            Reason::Gone
        } else {
            Reason::Nobody
        });
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

const fn holds(reason: Reason) -> Hold {
    Hold {
        verdict: HoldVerdict::Holds,
        reason,
        proof: Vec::new(),
    }
}

/// What Kubernetes' own controllers do is known by who they are.
fn by_owner(verb: Verb, kind: &ObjectKind, shown: &Value) -> Option<Hold> {
    let owner = meta(shown).owner;
    let goes = matches!(verb, Verb::Evict | Verb::Delete);
    let name = |it: &Owner| Text::from(format!("{} {}", Kind::shown(&it.kind), it.name).as_str());
    let (verdict, reason) = match &owner {
        _ if verb == Verb::RunNow => return Some(holds(Reason::Once)),
        Some(it) if goes && *kind == Kind::Pod => match makes_another(it, shown)? {
            Another::Made => (HoldVerdict::Holds, Reason::Anew(name(it))),
            Another::NotMade => return Some(holds(Reason::Gone)),
        },
        Some(it) if goes && it.kind.as_str() == "CronJob" => {
            (HoldVerdict::Holds, Reason::Schedule(name(it)))
        }
        Some(it) if matches!(it.kind.as_str(), "Deployment" | "Rollout") => (
            HoldVerdict::UndoneWithinSeconds,
            Reason::Deployment(name(it)),
        ),
        _ => return None,
    };
    Some(Hold {
        verdict,
        reason,
        proof: owner.iter().map(owned).collect(),
    })
}

enum Another {
    Made,
    NotMade,
}

/// None where the owner's controller is not one of Kubernetes' own.
fn makes_another(owner: &Owner, pod: &Value) -> Option<Another> {
    let phase = pod["status"]["phase"].as_str();
    match owner.kind.as_str() {
        "StatefulSet" | "DaemonSet" => Some(Another::Made),
        // One that has ended is replaced already, or was not to be.
        "ReplicaSet" | "ReplicationController" | "Job" => Some(match phase {
            Some("Succeeded" | "Failed") => Another::NotMade,
            _ => Another::Made,
        }),
        _ => None,
    }
}

fn owned(owner: &Owner) -> String {
    format!("metadata.ownerReferences: {} {}", owner.kind, owner.name)
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
            ("annotations", Application::TRACKING_ID),
            ("labels", "applications.argoproj.io/app-name"),
        ],
        Tool::Flux => &[
            ("labels", "kustomize.toolkit.fluxcd.io/name"),
            ("labels", "helm.toolkit.fluxcd.io/name"),
        ],
        Tool::Helm => &[("annotations", Meta::HELM_RELEASE)],
        Tool::Operator | Tool::Autoscaler | Tool::PerhapsArgoCd => &[],
    };
    let meta = &shown["metadata"];
    let fields = keys.iter().filter_map(|(map, key)| {
        let value = meta[*map][*key].as_str()?;
        Some(format!("metadata.{map}[{key}] = {value}"))
    });
    let owner = self::meta(shown).owner;
    let owner = owner.filter(|_| tool == Tool::Operator);
    let owner = owner.as_ref().map(owned);
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

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn owned_by(kind: &str, name: &str) -> Value {
        json!({"metadata": {
            "name": "it",
            "ownerReferences": [
                {"kind": "Foreign", "name": "other", "uid": "u1"},
                {"kind": kind, "name": name, "uid": "u2", "controller": true},
            ],
        }})
    }

    fn of(verb: Verb, kind: Kind, shown: &Value) -> (HoldVerdict, Reason) {
        let kind = kind.into();
        let hold = by_owner(verb, &kind, shown).unwrap_or_else(|| by_manager(verb, &kind, shown));
        (hold.verdict, hold.reason)
    }

    #[rstest]
    #[case::running("ReplicaSet", "Running", Reason::Anew("ReplicaSet web-5f".into()))]
    #[case::evicted_before("ReplicaSet", "Failed", Reason::Gone)]
    #[case::run("Job", "Succeeded", Reason::Gone)]
    #[case::named("StatefulSet", "Failed", Reason::Anew("StatefulSet web-5f".into()))]
    fn a_pod_that_goes_is_gone_and_its_owner_may_make_another(
        #[case] owner: &str,
        #[case] phase: &str,
        #[case] reason: Reason,
    ) {
        let mut pod = owned_by(owner, "web-5f");
        pod["status"]["phase"] = phase.into();
        for verb in [Verb::Evict, Verb::Delete] {
            let told = of(verb, Kind::Pod, &pod);
            assert_eq!(told, (HoldVerdict::Holds, reason.clone()));
        }
    }

    #[test]
    fn what_nobody_owns_is_not_made_again() {
        let alone = json!({"metadata": {"name": "it"}});
        let gone = (HoldVerdict::Holds, Reason::Gone);
        assert_eq!(of(Verb::Delete, Kind::Pod, &alone), gone);
        assert_eq!(of(Verb::Delete, Kind::Job, &alone), gone);
        let nobody = (HoldVerdict::Holds, Reason::Nobody);
        assert_eq!(of(Verb::Restart, Kind::Deployment, &alone), nobody);
    }

    #[test]
    fn a_run_that_goes_leaves_its_schedule_and_an_operator_may_make_again_what_it_owns() {
        let run = owned_by("CronJob", "purge");
        let schedule = Reason::Schedule("CronJob purge".into());
        let told = of(Verb::Delete, Kind::Job, &run);
        assert_eq!(told, (HoldVerdict::Holds, schedule));
        let (verdict, _) = of(Verb::Delete, Kind::Job, &owned_by("Backup", "nightly"));
        assert_eq!(verdict, HoldVerdict::Unknown);
        let (verdict, _) = of(Verb::Evict, Kind::Pod, &owned_by("Cluster", "pg"));
        assert_eq!(verdict, HoldVerdict::Unknown);
        let run = of(Verb::RunNow, Kind::CronJob, &owned_by("Backup", "nightly"));
        assert_eq!(run, (HoldVerdict::Holds, Reason::Once));
    }

    #[test]
    fn a_deployment_puts_the_number_of_its_replica_set_back() {
        let set = owned_by("Rollout", "web");
        let hold = by_owner(Verb::Scale, &Kind::ReplicaSet.into(), &set).unwrap();
        assert_eq!(hold.reason, Reason::Deployment("Argo Rollout web".into()));
        let set = owned_by("Deployment", "web");
        let hold = by_owner(Verb::Scale, &Kind::ReplicaSet.into(), &set).unwrap();
        assert_eq!(hold.verdict, HoldVerdict::UndoneWithinSeconds);
        assert_eq!(hold.reason, Reason::Deployment("Deployment web".into()));
        assert_eq!(hold.proof, ["metadata.ownerReferences: Deployment web"]);
    }
}
