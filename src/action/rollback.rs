//! Back to the template of a former revision. Only the template is replaced, and on a Deployment the change-cause.

pub(super) mod application;

use serde_json::{Value, json};

use super::World;
use super::call::{Accepted, Call, Method};
use super::patch::Patch;
use super::plan::{Case, Note, Plan, Refusal, Step, StepKind, Undo};
use super::record::Verb;
use super::request::{Action, Request, Target};
use super::template;
use crate::insight::{Health, HistoryRow, Went, health, history};
use crate::model::{Kind, ObjectRef, Text, Uid};

const CAUSE: &str = "kubernetes.io/change-cause";
/// Those of the live Deployment that `kubectl rollout undo` keeps, by prefix.
const KUBECTL_KEEPS: [&str; 4] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/",
    "deprecated.deployment.rollback.to",
    CAUSE,
];

/// The rollback to the revision of that number; to the likeliest one where none is named.
pub fn roll_back(
    world: &World<'_>,
    object: &ObjectRef,
    to: Option<u64>,
) -> Result<Request, Refusal> {
    if !Verb::RollBack.applies(&object.kind) {
        return Err(Refusal::Unsupported {
            verb: Verb::RollBack,
            kind: object.kind.name().to_owned(),
        });
    }
    if object.kind == Kind::Application {
        let action = Action::Redeploy { entry: to };
        return Ok(Request::new(object.clone(), action));
    }
    let rows = history(world.store, object);
    let row = match to {
        Some(number) => numbered(&rows, number)?,
        None => likeliest(&rows).ok_or(Refusal::NoOther)?,
    };
    let target = Target {
        holder: holder(world, object),
        ..Target::of(row, &rows)
    };
    let action = Action::RollBack(Box::new(target));
    Ok(Request::new(object.clone(), action))
}

/// Where an Argo Rollout has its template from; what of its own is not read here is nothing that could be written.
fn holder(world: &World<'_>, object: &ObjectRef) -> Option<ObjectRef> {
    let cluster = world.store.cluster(object.cluster)?;
    let rollout = cluster.workload(object.uid?)?;
    let target = rollout.delivery.as_ref()?.target.as_ref()?;
    let kind = Kind::Deployment;
    let mut workloads = cluster.workloads();
    let known = workloads.find(|it| {
        Kind::from(it.kind) == kind
            && it.meta.name == target.name
            && it.meta.namespace == object.namespace
    });
    (target.kind == kind.name()).then(|| ObjectRef {
        kind: kind.into(),
        name: target.name.clone(),
        uid: known.map(|it| it.meta.uid),
        ..object.clone()
    })
}

fn numbered(rows: &[HistoryRow], number: u64) -> Result<&HistoryRow, Refusal> {
    let row = rows.iter().find(|it| it.revision.number == Some(number));
    let row = row.ok_or_else(|| Refusal::Pruned {
        revision: number,
        oldest: rows.iter().filter_map(|it| it.revision.number).min(),
    })?;
    if row.revision.current {
        return Err(Refusal::Identical {
            revision: Some(number),
        });
    }
    Ok(row)
}

/// The newest other one that still serves, or that was seen to run well; else the one before. One that was gone back from is
/// the last that anybody wants.
fn likeliest(rows: &[HistoryRow]) -> Option<&HistoryRow> {
    let other = |it: &&HistoryRow| !it.revision.current;
    let left = |it: &&HistoryRow| it.went == Went::Left;
    let mut others = rows.iter().filter(|it| other(it) && !left(it));
    let good = |row: &&HistoryRow| matches!(row.went, Went::Serving | Went::Well(_));
    let first = others.clone().find(good).or_else(|| others.next());
    first.or_else(|| rows.iter().find(other))
}

/// `keeper` is what keeps the target's template, `holder` what the object has its own from, where that is another one.
pub(super) fn plan(
    case: &Case<'_>,
    target: &Target,
    keeper: &Accepted,
    holder: Option<&Accepted>,
) -> Result<Plan, Refusal> {
    let Some(kept) = kept_by(&case.object.shown) else {
        return replace(case, case, target, keeper);
    };
    let holder = target.holder.as_ref().zip(holder);
    let Some((object, read)) = holder.filter(|(it, _)| refers_to(&case.object.exact, it)) else {
        return Err(kept);
    };
    let at = Case {
        request: &Request::new(object.clone(), case.request.action.clone()),
        object: read,
        ..*case
    };
    let mut plan = replace(case, &at, target, keeper)?;
    let written = Note::Written {
        kind: object.kind.name().to_owned(),
        name: object.name.clone(),
    };
    plan.notes.insert(0, written);
    Ok(plan)
}

/// `at` is what has the template.
fn replace(
    case: &Case<'_>,
    at: &Case<'_>,
    target: &Target,
    keeper: &Accepted,
) -> Result<Plan, Refusal> {
    let revision = target.number;
    let live = &at.object.exact;
    let Some(wanted) = template::kept(&keeper.exact) else {
        return Err(Refusal::Pruned {
            revision: revision.unwrap_or_default(),
            oldest: None,
        });
    };
    let comparable = |it: &Value| template::comparable(live, it);
    let (current_pods, wanted_pods) = (comparable(&live["spec"]["template"]), comparable(&wanted));
    if target
        .template
        .as_ref()
        .is_some_and(|it| *it != template::hash(&wanted_pods))
    {
        return Err(Refusal::OtherTemplate { revision });
    }
    if wanted_pods == current_pods {
        return Err(Refusal::Identical { revision });
    }
    if template::is_paused(live) && case.request.object.kind != Kind::Rollout {
        return Err(Refusal::Paused);
    }
    let shown = template::kept(&keeper.shown).unwrap_or_default();
    let now = &at.object.shown["spec"]["template"];
    let current = current(case);
    let blocking = blocking(case, target);
    let mut patch = template::replacement(at, &wanted);
    if case.request.object.kind == Kind::Deployment {
        patch = change_cause(patch, live, &keeper.exact);
    }
    let mut steps = vec![patch.to(at, at.request.object.path())];
    steps.extend(blocking.iter().map(|(name, uid)| delete(case, name, *uid)));
    let mut by_hand = vec![by_hand(case, revision)];
    by_hand.extend(
        blocking
            .iter()
            .map(|(name, _)| case.kubectl(&["delete", "pod", name])),
    );
    Ok(Plan {
        object: at.request.object.clone(),
        verb: Verb::RollBack,
        before: template::before(&current_pods, now, current),
        after: template::before(&wanted_pods, &shown, target.next),
        changes: template::changes(&comparable(now), &comparable(&shown)),
        steps,
        notes: notes(case, at, target, &keeper.shown),
        undo: Undo::ToRevision(current),
        by_hand,
        template: Some(wanted),
    })
}

/// An Argo Rollout may leave its template to a Deployment.
fn kept_by(live: &Value) -> Option<Refusal> {
    let target = live["spec"]["workloadRef"].as_object()?;
    let text = |field: &str| {
        target
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    Some(Refusal::KeptBy {
        kind: text("kind").to_owned(),
        name: text("name").to_owned(),
    })
}

fn refers_to(live: &Value, holder: &ObjectRef) -> bool {
    let target = &live["spec"]["workloadRef"];
    target["kind"] == holder.kind.name() && target["name"] == holder.name.as_str()
}

fn by_hand(case: &Case<'_>, revision: Option<u64>) -> Vec<String> {
    let to = revision.map_or_else(String::new, |it| format!("--to-revision={it}"));
    if case.request.object.kind != Kind::Rollout {
        return case.kubectl(&["rollout", "undo", &case.named(), &to]);
    }
    // A plugin is named first.
    let mut words = case.kubectl(&[]);
    let plugin = ["argo", "rollouts", "undo", &case.request.object.name, &to];
    words.splice(1..1, plugin.map(str::to_owned));
    words
}

/// The number of the revision that is wanted now.
pub(super) fn current(case: &Case<'_>) -> Option<u64> {
    const KEY: &str = "deployment.kubernetes.io/revision";
    const OF_ROLLOUT: &str = "rollout.argoproj.io/revision";
    let annotations = &case.object.exact["metadata"]["annotations"];
    let annotation = annotations[KEY]
        .as_str()
        .or_else(|| annotations[OF_ROLLOUT].as_str());
    annotation.and_then(|it| it.parse().ok()).or_else(|| {
        let rows = history(case.world.store, &case.request.object);
        rows.iter().find(|it| it.revision.current)?.revision.number
    })
}

/// Sets the cause to the target's own.
fn change_cause(patch: Patch, live: &Value, keeper: &Value) -> Patch {
    let annotations = |it: &Value| it["metadata"]["annotations"].clone();
    let (now, kept) = (annotations(live), annotations(keeper));
    let (seen, wanted) = (&now[CAUSE], &kept[CAUSE]);
    if seen == wanted {
        return patch;
    }
    if now.is_null() {
        return patch.replace("/metadata/annotations", &now, &json!({ CAUSE: wanted }));
    }
    let field = format!("/metadata/annotations/{}", CAUSE.replace('/', "~1"));
    patch.replace(&field, seen, wanted)
}

fn notes(case: &Case<'_>, at: &Case<'_>, target: &Target, keeper: &Value) -> Vec<Note> {
    let mut notes: Vec<_> = template::strategy(case).into_iter().collect();
    if let (Some(from), Some(to)) = (target.number, target.next) {
        notes.push(Note::Renumbered { from, to });
    }
    if case.request.object.kind == Kind::Deployment {
        let changed = kubectl_changes(&case.object.shown, keeper);
        if !changed.is_empty() {
            notes.push(Note::KubectlChanges(changed));
        }
    }
    notes.extend(template::last_applied(at));
    notes
}

/// Annotations that kubectl would set to what they were, or take away.
fn kubectl_changes(live: &Value, keeper: &Value) -> Vec<String> {
    let of = |it: &Value| {
        let map = it["metadata"]["annotations"].as_object().cloned();
        map.unwrap_or_default()
    };
    let (live, kept) = (of(live), of(keeper));
    let is_kept = |key: &String| KUBECTL_KEEPS.iter().any(|it| key.starts_with(it));
    let mut changed: Vec<_> = live
        .keys()
        .chain(kept.keys())
        .filter(|key| !is_kept(key) && live.get(*key) != kept.get(*key))
        .cloned()
        .collect();
    changed.sort();
    changed.dedup();
    changed
}

/// Pods of a `StatefulSet` that keep the rollback from ever ending: with `OrderedReady` its controller waits for a pod that
/// is not ready, also for one that never will be (`kubernetes/kubernetes` `pkg/controller/statefulset`).
fn blocking(case: &Case<'_>, target: &Target) -> Vec<(Text, Uid)> {
    let spec = &case.object.exact["spec"];
    let object = &case.request.object;
    let waits = object.kind == Kind::StatefulSet
        && spec["podManagementPolicy"] != "Parallel"
        && spec["updateStrategy"]["type"] != "OnDelete";
    let (Some(cluster), Some(uid), true) =
        (case.world.store.cluster(object.cluster), object.uid, waits)
    else {
        return Vec::new();
    };
    let pods = cluster.pods().filter(|it| it.owner_uid() == Some(uid));
    let of_target = |hash: Option<&str>| hash.is_some_and(|it| it == target.keeper.name.as_str());
    let stuck = pods.filter(|pod| {
        // One that is only starting looks like one that will never be ready, and is replaced in either case.
        matches!(health(*pod), Health::Sick | Health::Coming)
            && !of_target(pod.label("controller-revision-hash"))
    });
    let mut stuck: Vec<_> = stuck.map(|it| (it.name(), it.uid())).collect();
    stuck.sort();
    stuck
}

fn delete(case: &Case<'_>, name: &Text, uid: Uid) -> Step {
    let pod = ObjectRef {
        kind: Kind::Pod.into(),
        name: name.clone(),
        uid: Some(uid),
        ..case.request.object.clone()
    };
    let options = json!({
        "apiVersion": "v1",
        "kind": "DeleteOptions",
        "preconditions": {"uid": uid.to_string()},
    });
    Step {
        kind: StepKind::DeletePod(name.clone()),
        call: Call::write(pod.cluster, Method::Delete, pod.path(), options),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::hold::hold;
    use crate::action::{Guard, HoldVerdict};
    use crate::insight::stage::{self, SELF_HEAL, Stage, application, canary};
    use crate::model::{Application, DeliveryTarget, Object};

    /// The number that a rollback goes to where the person names none; revisions with the second at which each was made,
    /// the one that runs first.
    fn likeliest_of(made: &[(u64, i64)]) -> Option<u64> {
        let mut stage = Stage::new();
        let object = stage.rolled("betaapp-prod", made);
        let world = World {
            store: &stage.store,
            places: &stage.places(),
            guard: &Guard::default(),
            now: stage.now,
        };
        match roll_back(&world, &object, None).ok()?.action {
            Action::RollBack(target) => target.number,
            _ => None,
        }
    }

    fn read(document: Value) -> Accepted {
        Accepted {
            exact: document.clone(),
            shown: document,
            warnings: Vec::new(),
        }
    }

    fn template(image: &str) -> Value {
        json!({"metadata": {"labels": {"app": "basket"}}, "spec": {"containers": [{"name": "app", "image": image}]}})
    }

    /// The Argo Rollout `basket`, which has its template from the Deployment `keeper`, and what an Application keeps.
    fn referring() -> (Stage, ObjectRef, Accepted) {
        let mut stage = Stage::new();
        let (mut basket, [old, new]) = canary("shop", 0);
        basket.delivery.as_mut().unwrap().target = Some(DeliveryTarget {
            kind: "Deployment".into(),
            name: "keeper".into(),
        });
        let object = ObjectRef {
            cluster: stage::HOME,
            kind: Kind::Rollout.into(),
            namespace: "shop".into(),
            name: "basket".into(),
            uid: Some(basket.meta.uid),
        };
        let heals = application("root", Some(SELF_HEAL));
        let objects = [
            Object::Workload(basket),
            old.into(),
            new.into(),
            Object::Workload(stage::deployment("shop", "keeper", 0)),
            Object::Application(Box::new(heals)),
        ];
        for object in objects {
            stage.add(object);
        }
        let declared = json!({"spec": {"template": template("app:2")}}).to_string();
        let keeper = json!({
            "kind": "Deployment",
            "metadata": {"uid": "u2", "name": "keeper", "namespace": "shop", "annotations": {
                Application::TRACKING_ID: "root:apps/Deployment:shop/keeper",
                "kubectl.kubernetes.io/last-applied-configuration": declared,
            }},
            "spec": {"replicas": 0, "template": template("app:2")},
        });
        (stage, object, read(keeper))
    }

    #[test]
    fn what_has_its_template_from_a_deployment_is_rolled_back_there() {
        let (stage, object, keeper) = referring();
        let world = World {
            store: &stage.store,
            places: &stage.places(),
            guard: &Guard::default(),
            now: stage.now,
        };
        let request = roll_back(&world, &object, Some(1)).unwrap();
        let Action::RollBack(target) = &request.action else {
            panic!("{request:?}");
        };
        let reference = json!({"kind": "Deployment", "name": "keeper"});
        let live = |reference: &Value| {
            let meta = json!({"uid": "u1", "annotations": {"rollout.argoproj.io/revision": "2"}});
            let spec = json!({"workloadRef": reference});
            read(json!({"kind": "Rollout", "metadata": meta, "spec": spec}))
        };
        let mut kept = template("app:1");
        kept["metadata"]["labels"]["rollouts-pod-template-hash"] = "r1".into();
        let kept = read(json!({"spec": {"template": kept}}));
        let planned = |live: &Accepted, holder| {
            let case = Case {
                request: &request,
                object: live,
                world: &world,
                at: stage.now,
            };
            plan(&case, target, &kept, holder)
        };
        let made = planned(&live(&reference), Some(&keeper)).unwrap();
        assert_eq!(made.object.kind, Kind::Deployment);
        assert_eq!(made.object.uid, Some(stage::meta("shop", "keeper").uid));
        let call = &made.steps[0].call;
        assert!(call.path.ends_with("/deployments/keeper"), "{call:?}");
        let body = call.body.as_ref().unwrap().as_array().unwrap();
        assert_eq!(body[0]["value"], "u2");
        assert_eq!(body.last().unwrap()["value"], template("app:1"));
        assert_eq!(made.before.revision, Some(2));
        assert!(matches!(&made.notes[0], Note::Written { name, .. } if name == "keeper"));
        let by_hand = made.by_hand[0].join(" ");
        assert!(by_hand.contains("argo rollouts undo basket --to-revision=1"));
        let hold = hold(&world, &made, &keeper, None, &[]);
        assert_eq!(hold.verdict, HoldVerdict::UndoneWithinSeconds, "{hold:?}");

        let other = live(&json!({"kind": "Deployment", "name": "other"}));
        for refused in [
            planned(&live(&reference), None),
            planned(&other, Some(&keeper)),
        ] {
            assert!(
                matches!(refused, Err(Refusal::KeptBy { .. })),
                "{refused:?}"
            );
        }
    }

    #[test]
    fn what_was_gone_back_from_is_the_last_choice() {
        assert_eq!(likeliest_of(&[(3, 500), (2, 120), (1, 100)]), Some(2));
        // Number 2 came back as 4.
        assert_eq!(likeliest_of(&[(4, 120), (3, 500), (1, 100)]), Some(1));
        assert_eq!(likeliest_of(&[(3, 100), (2, 500)]), Some(2));
        assert_eq!(likeliest_of(&[(1, 100)]), None);
    }
}
