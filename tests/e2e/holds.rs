//! What is said of whether a change holds, beside what the real controllers then make of it.

use serde_json::Value;
use vigie::action::{Action, HoldVerdict, Reason, Request};
use vigie::model::{ClusterId, Kind, ObjectRef, Uid};

use crate::arena::{arena, serve};
use crate::bed::{Api, Result};
use crate::hands::Hands;

fn asked(kind: Kind, object: &Value, action: Action) -> Request {
    let meta = |field: &str| object["metadata"][field].as_str().unwrap_or_default();
    let object = ObjectRef {
        cluster: ClusterId(0),
        kind: kind.into(),
        namespace: meta("namespace").into(),
        name: meta("name").into(),
        uid: Some(Uid::from_text(meta("uid"))),
    };
    Request::new(object, action)
}

/// The only `ReplicaSet` of a namespace.
async fn replica_set(api: &Api, space: &str) -> Result<(String, Value)> {
    let path = format!("/apis/apps/v1/namespaces/{space}/replicasets");
    let set = api.items(&path).await?.remove(0);
    let name = set["metadata"]["name"].as_str().unwrap_or_default();
    Ok((format!("{path}/{name}"), set))
}

#[tokio::test]
async fn the_number_of_a_deployments_replica_set_is_put_back() -> Result {
    let space = "holds-set";
    let (plane, api) = arena(space).await?;
    serve(&api, space, 2).await?;
    let (path, set) = replica_set(&api, space).await?;
    let mut hands = Hands::on(plane, space).await?;
    let request = asked(Kind::ReplicaSet, &set, Action::Scale(3));
    let preview = hands.preview(request).await?;
    let hold = preview.hold().map(|it| (it.verdict, it.reason.clone()));
    let said = Reason::Deployment("Deployment app".into());
    assert_eq!(hold, Some((HoldVerdict::UndoneWithinSeconds, said)));
    hands.execute(&preview).await?;
    let generation = |it: &Value| it["metadata"]["generation"].as_i64();
    let written = generation(&set).map(|it| it + 2);
    let undone = |it: &Value| generation(it) >= written && it["spec"]["replicas"] == 2;
    api.wait_for(&path, "put back", undone).await?;
    Ok(())
}

#[tokio::test]
async fn a_pod_that_is_evicted_stays_gone_and_its_owner_makes_another() -> Result {
    let space = "holds-pod";
    let (plane, api) = arena(space).await?;
    serve(&api, space, 1).await?;
    let (_, set) = replica_set(&api, space).await?;
    let path = format!("/api/v1/namespaces/{space}/pods");
    let pod = api.items(&path).await?.remove(0);
    let mut hands = Hands::on(plane, space).await?;
    let preview = hands.preview(asked(Kind::Pod, &pod, Action::Evict)).await?;
    let owner = set["metadata"]["name"].as_str().unwrap_or_default();
    let said = Reason::Anew(format!("ReplicaSet {owner}").as_str().into());
    assert_eq!(preview.hold().map(|it| it.reason.clone()), Some(said));
    hands.execute(&preview).await?;
    let another = |pods: &Value| {
        let mut pods = pods["items"].as_array().into_iter().flatten();
        pods.any(|it| it["metadata"]["uid"] != pod["metadata"]["uid"])
    };
    api.wait_for(&path, "made anew", another).await?;
    let name = pod["metadata"]["name"].as_str().unwrap_or_default();
    api.wait_gone(&format!("{path}/{name}")).await?;
    Ok(())
}
