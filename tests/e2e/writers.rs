//! Two writers at once: nothing that nobody saw is overwritten, and nothing is refused that stands in nobody's way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use vigie::action::{Action, Came, Executed, Refusal, Reply, Request, came, roll_back};
use vigie::insight::history;
use vigie::model::{ClusterId, ObjectKind, ObjectRef, Resource, Uid};
use vigie::store::Store;

use crate::arena::{NEXT_IMAGE, arena, fate, roll, serve};
use crate::bed::workloads::{deployment_path, rolled_out, template};
use crate::bed::{Api, Persona, Result};
use crate::hands::Hands;
use crate::headless::other;

const SCALES: u32 = 1000;
const ROLLBACKS: u32 = 200;

/// A kind with a scale subresource and no controller: its number is what the two writers make of it.
fn knobs() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "knobs.writers.vigie.test"},
        "spec": {
            "group": "writers.vigie.test",
            "scope": "Namespaced",
            "names": {"plural": "knobs", "singular": "knob", "kind": "Knob", "listKind": "KnobList"},
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}},
                "subresources": {"scale": {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas"}},
            }],
        },
    })
}

fn version(object: &Value) -> u64 {
    let version = object["metadata"]["resourceVersion"].as_str();
    version.and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// Sets other numbers as fast as it may, until it is told to end; each with the version that it made.
async fn other_writer(api: Api, path: String, end: Arc<AtomicBool>) -> Result<Vec<(u64, u64)>> {
    let mut written = Vec::new();
    for number in 1_000_000.. {
        if end.load(Ordering::Relaxed) {
            break;
        }
        let object = api
            .merge(&path, &json!({"spec": {"replicas": number}}))
            .await?;
        written.push((version(&object), number));
        // Some ninety a second, as a busy controller writes.
        // A busy machine never gets between two writes; now and then it rests.
        let rest = if number % 25 == 0 { 150 } else { 8 };
        tokio::time::sleep(std::time::Duration::from_millis(rest)).await;
    }
    Ok(written)
}

#[tokio::test]
async fn no_number_is_overwritten_that_was_not_seen() -> Result {
    let space = "writers-scale";
    let (plane, api) = arena(space).await?;
    api.apply(&knobs()).await?;
    let path = format!("/apis/writers.vigie.test/v1/namespaces/{space}/knobs");
    api.wait_for(&path, "served", |_| true).await?;
    let knob = api
        .create(&json!({
            "apiVersion": "writers.vigie.test/v1", "kind": "Knob",
            "metadata": {"name": "one", "namespace": space}, "spec": {"replicas": 1},
        }))
        .await?;
    let mut hands = Hands::on(plane, space).await?;
    let kind = ObjectKind::from(&Arc::new(Resource {
        group: "writers.vigie.test".into(),
        version: "v1".into(),
        plural: "knobs".into(),
        kind: "Knob".into(),
        namespaced: true,
        short: Vec::new(),
    }));
    let object = ObjectRef {
        cluster: ClusterId(0),
        kind,
        namespace: space.into(),
        name: "one".into(),
        uid: knob["metadata"]["uid"].as_str().map(Uid::from_text),
    };
    let end = Arc::new(AtomicBool::new(false));
    let other = plane.api(Persona::Admin).await?;
    let other = tokio::spawn(other_writer(other, format!("{path}/one"), end.clone()));
    let mut all = vec![(version(&knob), 1_u64)];
    let (mut ours, mut refused) = (Vec::new(), 0);
    for number in 0..SCALES {
        let request = Request::new(object.clone(), Action::Scale(10 + number));
        let preview = hands.preview(request).await?;
        let Some(Ok(plan)) = preview.plan() else {
            panic!("{:?}", preview.plan());
        };
        let seen = u64::from(plan.before.replicas.unwrap_or(0));
        match hands.execute(&preview).await? {
            Executed::Answered(replies) => {
                let [Reply::Accepted(it)] = &replies[..] else {
                    panic!("{replies:?}");
                };
                ours.push((version(&it.exact), seen));
                all.push((version(&it.exact), u64::from(10 + number)));
            }
            Executed::Refused(refusal) => {
                assert!(matches!(*refusal, Refusal::Moved(_)), "{refusal:?}");
                refused += 1;
            }
            other @ Executed::NotJournaled(_) => panic!("{other:?}"),
        }
    }
    end.store(true, Ordering::Relaxed);
    all.extend(other.await??);
    all.sort_unstable();
    let before = |at: u64| {
        all.iter()
            .rev()
            .find(|(version, _)| *version < at)
            .map(|(_, it)| *it)
    };
    let unseen = ours
        .iter()
        .filter(|(at, seen)| before(*at) != Some(*seen))
        .count();
    println!(
        "{SCALES} scales: {} accepted, {refused} refused, {unseen} overwrote a number that was not seen",
        ours.len()
    );
    assert_eq!(unseen, 0);
    assert!(!ours.is_empty() && refused > 0, "the writers never met");
    Ok(())
}

/// Scales and annotates until it is told to end.
async fn restless(api: Api, path: String, end: Arc<AtomicBool>) -> Result<u32> {
    let mut writes = 0;
    while !end.load(Ordering::Relaxed) {
        let note =
            json!({"metadata": {"annotations": {"writers.vigie.test/turn": writes.to_string()}}});
        api.merge(&path, &note).await?;
        api.merge(&path, &json!({"spec": {"replicas": 1 + writes % 3}}))
            .await?;
        writes += 2;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    Ok(writes)
}

fn current(store: &Store, object: &ObjectRef) -> Option<u64> {
    store
        .cluster(object.cluster)?
        .workload(object.uid?)?
        .revision
}

#[tokio::test]
async fn a_rollback_is_in_nobodys_way() -> Result {
    let space = "writers-rollback";
    let (plane, api) = arena(space).await?;
    let path = deployment_path(space, "app");
    serve(&api, space, 2).await?;
    roll(&api, space, &json!({})).await?;
    api.wait_for(&path, "rolled out", rolled_out).await?;
    let mut hands = Hands::on(plane, space).await?;
    let object = hands.workload("app")?;
    let end = Arc::new(AtomicBool::new(false));
    let other = plane.api(Persona::Admin).await?;
    let other = tokio::spawn(restless(other, path.clone(), end.clone()));
    let mut refused = Vec::new();
    for _ in 0..ROLLBACKS {
        let was = current(&hands.store, &object);
        let request = hands
            .with_world(|world| roll_back(world, &object, None))
            .map_err(|refusal| color_eyre::eyre::eyre!("{refusal:?}"))?;
        let preview = hands.preview(request).await?;
        match hands.execute(&preview).await? {
            Executed::Answered(replies) if replies.iter().all(|it| it.accepted().is_some()) => {
                // The ReplicaSets are watched apart, and may be behind.
                let moved = |store: &Store| {
                    let now = current(store, &object);
                    let rows = history(store, &object);
                    now > was && rows.iter().any(|row| row.revision.number == now)
                };
                hands.until("another revision", moved).await?;
            }
            other => refused.push(other),
        }
    }
    end.store(true, Ordering::Relaxed);
    let others = other.await??;
    println!(
        "{ROLLBACKS} rollbacks beside {others} writes of another: {} refused",
        refused.len()
    );
    assert_eq!(refused, []);
    Ok(())
}

#[tokio::test]
async fn what_moved_between_preview_and_confirmation_is_told() -> Result {
    let space = "writers-moved";
    let (plane, api) = arena(space).await?;
    let path = deployment_path(space, "app");
    serve(&api, space, 1).await?;
    let mut hands = Hands::on(plane, space).await?;
    let object = hands.workload("app")?;
    let restart = || Request::new(object.clone(), Action::Restart);
    let preview = hands.preview(restart()).await?;
    let next = template("app", NEXT_IMAGE, &json!({}));
    api.merge(&path, &json!({"spec": {"template": next}}))
        .await?;
    let moved = match hands.execute(&preview).await? {
        Executed::Refused(refusal) => *refusal,
        other => panic!("{other:?}"),
    };
    let Refusal::Moved(moved) = moved else {
        panic!("{moved:?}");
    };
    assert_eq!(moved.now.images, [NEXT_IMAGE]);
    let by = moved.by.as_ref().map(|it| it.name.to_string());
    assert!(by.is_some_and(|it| !it.is_empty()), "{moved:?}");

    let preview = hands.preview(restart()).await?;
    let mut again = api.get(&path).await?;
    api.delete(&path).await?;
    api.wait_gone(&path).await?;
    for field in [
        "uid",
        "resourceVersion",
        "creationTimestamp",
        "managedFields",
    ] {
        again["metadata"].as_object_mut().map(|it| it.remove(field));
    }
    api.create(&again).await?;
    let refused = hands.execute(&preview).await?;
    assert_eq!(refused, Executed::Refused(Box::new(Refusal::Recreated)));
    Ok(())
}

/// Absent when it was looked at: what is written there since was not seen.
#[tokio::test]
async fn a_cause_that_was_written_meanwhile_stays() -> Result {
    const CAUSE: &str = "kubernetes.io/change-cause";
    let space = "writers-cause";
    let (plane, api) = arena(space).await?;
    let path = deployment_path(space, "app");
    serve(&api, space, 1).await?;
    let cause = |words: Value| json!({"metadata": {"annotations": {CAUSE: words}}});
    api.merge(&path, &cause("first".into())).await?;
    api.wait_for(&path, "rolled out", rolled_out).await?;
    roll(&api, space, &json!({})).await?;
    api.wait_for(&path, "rolled out", rolled_out).await?;
    api.merge(&path, &cause(Value::Null)).await?;
    let mut hands = Hands::on(plane, space).await?;
    let object = hands.workload("app")?;
    let request = hands
        .with_world(|world| roll_back(world, &object, None))
        .map_err(|refusal| color_eyre::eyre::eyre!("{refusal:?}"))?;
    let preview = hands.preview(request).await?;
    let before = api.merge(&path, &cause("theirs".into())).await?;
    let executed = hands.execute(&preview).await?;
    let after = api.get(&path).await?;
    assert_eq!(after["metadata"]["annotations"][CAUSE], "theirs");
    assert_eq!(after["spec"], before["spec"]);
    let Executed::Refused(refusal) = executed else {
        panic!("{executed:?}");
    };
    let Refusal::Moved(moved) = *refusal else {
        panic!("{refusal:?}");
    };
    let paths: Vec<_> = moved.fields.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, [format!("metadata.annotations.{CAUSE}")]);
    Ok(())
}

/// The pod that blocked it went by itself: the rollback stands, and nobody else is said to have moved the object.
#[tokio::test]
async fn a_later_step_that_is_refused_leaves_the_first_to_be_followed() -> Result {
    let space = "writers-later";
    let (plane, api) = arena(space).await?;
    other(&api, space, "StatefulSet").await?;
    let path = format!("/apis/apps/v1/namespaces/{space}/statefulsets/statefulset");
    let bad = template("statefulset", NEXT_IMAGE, &fate("crash"));
    api.merge(&path, &json!({"spec": {"template": bad}}))
        .await?;
    let pod = format!("/api/v1/namespaces/{space}/pods/statefulset-1");
    let looping =
        |pod: &Value| pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(1);
    let first = api.wait_for(&pod, "in a loop", looping).await?;
    let mut hands = Hands::on(plane, space).await?;
    let object = hands.workload("statefulset")?;
    let request = hands
        .with_world(|world| roll_back(world, &object, None))
        .map_err(|refusal| color_eyre::eyre::eyre!("{refusal:?}"))?;
    let preview = hands.preview(request).await?;
    api.delete(&pod).await?;
    api.wait_for(&pod, "made anew", |it| {
        it["metadata"]["uid"].is_string() && it["metadata"]["uid"] != first["metadata"]["uid"]
    })
    .await?;
    let Executed::Answered(replies) = hands.execute(&preview).await? else {
        panic!("the first step was taken");
    };
    assert_eq!(replies.len(), 2, "{replies:?}");
    assert_eq!(replies[1].refused().map(|it| it.code), Some(409));
    assert!(matches!(
        came(&hands.intent()?, &replies),
        Came::UnderWay { .. }
    ));
    Ok(())
}
