//! What open views ask beyond the watches, on the real server.

use serde_json::json;
use vigie::dossier::{Dossier, Events, Whole};
use vigie::model::{About, ClusterId, Document, Kind, Lack, Lookup, ObjectRef, Uid, Verb, Wanted};

use crate::arena::{arena, serve};
use crate::bed::workloads::{deployment, deployment_path, namespace, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::reading::Reading;

fn events_of(namespace: &str) -> Lookup {
    Lookup {
        cluster: ClusterId(0),
        wanted: Wanted::Events(About::Namespace(namespace.into())),
    }
}

fn events<'a>(dossier: &'a Dossier, namespace: &str) -> Option<&'a Events> {
    dossier.events(&events_of(namespace))
}

/// How many events with that reason speak of the object.
fn count(dossier: &Dossier, namespace: &str, reason: &str, object: Option<Uid>) -> usize {
    let events = events(dossier, namespace);
    let ours =
        |it: &vigie::model::Event| it.reason == reason && (object.is_none() || it.object == object);
    events.map_or(0, |it| it.newest(ours).len())
}

#[tokio::test]
async fn events_are_read_from_before_and_go_on_as_long_as_they_are_wanted() -> Result {
    let (plane, api) = arena("lookup-events").await?;
    let app = serve(&api, "lookup-events", 1).await?;
    let uid = Uid::from_text(app["metadata"]["uid"].as_str().unwrap_or_default());
    let mut reading = Reading::start(plane.kubeconfig(Persona::Admin)).await?;
    reading.look(&[events_of("lookup-events")]);
    let whole = |it: &Dossier| events(it, "lookup-events").is_some_and(Events::whole);
    reading.wait_told("read whole", whole).await?;
    let scaled = |it: &Dossier| count(it, "lookup-events", "ScalingReplicaSet", Some(uid));
    assert_eq!(scaled(&reading.dossier), 1, "{:?}", reading.dossier);
    assert!(count(&reading.dossier, "lookup-events", "SuccessfulCreate", None) > 0);

    let two = json!({"spec": {"replicas": 2}});
    api.merge(&deployment_path("lookup-events", "app"), &two)
        .await?;
    reading
        .wait_told("told of the scaling", |it| scaled(it) == 2)
        .await?;

    reading.look(&[]);
    assert!(events(&reading.dossier, "lookup-events").is_none());
    Ok(())
}

#[tokio::test]
async fn a_missing_right_is_named() -> Result {
    let (plane, _) = arena("lookup-denied").await?;
    let mut reading = Reading::start(plane.kubeconfig(Persona::Nobody)).await?;
    reading.look(&[events_of("lookup-denied")]);
    let lack = |it: &Dossier| events(it, "lookup-denied").and_then(Events::lack).cloned();
    reading
        .wait_told("refused", |it| lack(it).is_some())
        .await?;
    let denied = Lack::Denied {
        verb: Verb::List,
        resource: "events".into(),
    };
    assert_eq!(lack(&reading.dossier), Some(denied));
    Ok(())
}

async fn write(api: &Api, name: &str) -> Result {
    let event = json!({
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"namespace": "lookup-again", "name": name},
        "involvedObject": {"kind": "Pod", "namespace": "lookup-again", "name": "p", "uid": "p-1"},
        "reason": name,
        "message": "written by hand",
        "type": "Normal",
    });
    api.create(&event).await?;
    Ok(())
}

#[tokio::test]
async fn an_event_written_while_the_server_was_lost_is_told_afterwards() -> Result {
    let plane = ControlPlane::start_bare()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace("lookup-again", &json!({}))).await?;
    write(&api, "before").await?;
    let mut reading = Reading::start(plane.kubeconfig(Persona::Admin)).await?;
    reading.look(&[events_of("lookup-again")]);
    let told =
        |reason: &'static str| move |it: &Dossier| count(it, "lookup-again", reason, None) == 1;
    reading
        .wait_told("told of the first", told("before"))
        .await?;
    plane.kill_api_server();
    plane.restart_api_server()?;
    write(&api, "after").await?;
    reading.wait_told("told of the last", told("after")).await?;
    assert!(told("before")(&reading.dossier));
    Ok(())
}

fn object_of(name: &str, uid: Option<Uid>) -> Lookup {
    Lookup {
        cluster: ClusterId(0),
        wanted: Wanted::Object(ObjectRef {
            cluster: ClusterId(0),
            kind: Kind::Deployment.into(),
            namespace: "lookup-old".into(),
            name: name.into(),
            uid,
        }),
    }
}

/// What the object's page would show.
fn document<'a>(dossier: &'a Dossier, lookup: &Lookup) -> Option<&'a Document> {
    dossier.whole(lookup).and_then(Whole::document)
}

#[tokio::test]
async fn an_object_older_than_what_the_server_remembers_is_watched_and_not_read_again() -> Result {
    let plane = ControlPlane::start_bare()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace("lookup-old", &json!({}))).await?;
    let template = template("app", "harbor.cpin.test/bed/app:1.0.0", &json!({}));
    api.create(&deployment("lookup-old", "app", 1, &template))
        .await?;
    // A server that starts remembers no change from before.
    plane.kill_api_server();
    plane.restart_api_server()?;
    for number in 0..5 {
        let name = format!("lookup-old-{number}");
        api.create(&namespace(&name, &json!({}))).await?;
    }
    let path = deployment_path("lookup-old", "app");
    let uid = api.get(&path).await?["metadata"]["uid"]
        .as_str()
        .map(Uid::from_text);
    let mut reading = Reading::start(plane.kubeconfig(Persona::Admin)).await?;
    let lookup = object_of("app", uid);
    reading.look(std::slice::from_ref(&lookup));
    let read = |it: &Dossier| document(it, &lookup).is_some();
    reading.wait_told("read", read).await?;
    let first = std::ptr::from_ref(document(&reading.dossier, &lookup).expect("it was read"));
    // Long enough for a watch that was refused to be asked for again.
    let later = tokio::time::Instant::now() + std::time::Duration::from_secs(4);
    let passed = |_: &Dossier| tokio::time::Instant::now() > later;
    reading.wait_told("at rest", passed).await?;
    let still = document(&reading.dossier, &lookup).map(std::ptr::from_ref);
    assert_eq!(still, Some(first), "it was read again without need");
    assert!(
        reading
            .dossier
            .whole(&lookup)
            .and_then(Whole::lack)
            .is_none()
    );

    api.merge(&path, &json!({"metadata": {"labels": {"changed": "yes"}}}))
        .await?;
    let changed = |it: &Dossier| {
        document(it, &lookup).is_some_and(|it| it.value["metadata"]["labels"]["changed"] == "yes")
    };
    reading.wait_told("told of the change", changed).await?;
    api.delete(&path).await?;
    let gone = |it: &Dossier| it.whole(&lookup).is_some_and(Whole::gone);
    reading.wait_told("told that it is gone", gone).await?;
    assert_eq!(
        document(&reading.dossier, &lookup).map(|it| it.value["kind"].clone()),
        Some(json!("Deployment"))
    );
    Ok(())
}
