//! What scripts are told, beside the objects on the server.

use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::{Value, json};

use crate::arena::{IMAGE, NEXT_IMAGE, crash, labelled_arena, place, roll, serve};
use crate::bed::workloads::{deployment_path, rolled_out, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::{Home, Said, vigie, with};

pub(crate) fn ask(arguments: &[&str]) -> Result<Said> {
    let plane = ControlPlane::shared()?;
    vigie(&plane.kubeconfig(Persona::Admin), arguments)
}

/// A workload of another kind, once its pods serve.
pub(crate) async fn other(api: &Api, space: &str, kind: &str) -> Result<Value> {
    let name = kind.to_lowercase();
    let mut spec = json!({
        "replicas": 2,
        "selector": {"matchLabels": {"app": name}},
        "template": template(&name, IMAGE, &json!({})),
    });
    match kind {
        "StatefulSet" => spec["serviceName"] = json!(name),
        "DaemonSet" => {
            spec.as_object_mut().map(|spec| spec.remove("replicas"));
        }
        _ => {}
    }
    api.create(&json!({
        "apiVersion": "apps/v1", "kind": kind,
        "metadata": {"name": name, "namespace": space}, "spec": spec,
    }))
    .await?;
    let path = format!("/apis/apps/v1/namespaces/{space}/{name}s/{name}");
    let (ready, wanted) = match kind {
        "DaemonSet" => ("numberReady", "desiredNumberScheduled"),
        _ => ("readyReplicas", "replicas"),
    };
    api.wait_for(&path, "ready", |object| {
        let status = &object["status"];
        status[wanted].as_u64() >= Some(2) && status[ready] == status[wanted]
    })
    .await
}

#[tokio::test]
async fn deployments_have_the_numbers_of_their_objects_whatever_their_kind() -> Result {
    let space = "headless-kinds";
    let (_, api) = labelled_arena(space, &place("hkinds", "prod")).await?;
    serve(&api, space, 2).await?;
    roll(&api, space, &json!({})).await?;
    let path = deployment_path(space, "app");
    let deployment = api
        .wait_for(&path, "rolled out", |object| {
            rolled_out(object) && object["metadata"]["generation"] == 2
        })
        .await?;
    let set = other(&api, space, "StatefulSet").await?;
    let daemons = other(&api, space, "DaemonSet").await?;
    let alone = other(&api, space, "ReplicaSet").await?;

    let said = ask(&["get", "deployments", "-n", space, "-o", "json"])?;
    assert_eq!((said.code, said.incomplete()?.len()), (0, 0), "{said:?}");
    let rows = said.items()?;
    assert_eq!(rows.len(), 4, "{said:?}");
    let row = |kind: &str| with(&rows, "kind", kind)[0].clone();
    for kind in ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"] {
        let row = row(kind);
        assert_eq!(row["cluster"], "admin");
        assert_eq!(row["tenant"], "hkinds");
        assert_eq!(row["environment"], "prod");
        assert_eq!(row["class"], "production");
        assert_eq!(row["namespace"], space);
        assert_eq!(row["state"], "complete", "{row}");
        let since = row["since"].as_str().unwrap_or_default();
        assert!(chrono::DateTime::parse_from_rfc3339(since).is_ok(), "{row}");
    }
    let (app, status) = (row("Deployment"), &deployment["status"]);
    assert_eq!(app["desired"], deployment["spec"]["replicas"]);
    assert_eq!(app["ready"], status["readyReplicas"]);
    assert_eq!(app["updated"], status["updatedReplicas"]);
    assert_eq!(app["images"], json!([NEXT_IMAGE]));
    assert_eq!(app["revision"], 2);
    assert_eq!(row("StatefulSet")["ready"], set["status"]["readyReplicas"]);
    assert_eq!(
        row("StatefulSet")["updated"],
        set["status"]["updatedReplicas"]
    );
    let status = &daemons["status"];
    assert_eq!(
        row("DaemonSet")["desired"],
        status["desiredNumberScheduled"]
    );
    assert_eq!(row("DaemonSet")["ready"], status["numberReady"]);
    assert_eq!(row("ReplicaSet")["ready"], alone["status"]["readyReplicas"]);
    assert_eq!(row("ReplicaSet")["name"], "replicaset");

    let tenants = ask(&["get", "tenants", "-n", "hkinds", "-o", "json"])?.items()?;
    assert_eq!(tenants.len(), 1, "{tenants:?}");
    assert_eq!(tenants[0]["name"], "hkinds");
    assert_eq!(tenants[0]["clusters"], json!(["admin"]));
    assert_eq!(
        tenants[0]["environments"],
        json!([{"cluster": "admin", "name": "prod", "class": "production", "namespace": space}])
    );
    assert_eq!(tenants[0]["workloads"], json!({"ready": 4, "total": 4}));
    Ok(())
}

#[tokio::test]
async fn a_finding_and_the_status_line_tell_of_the_same_crash_loop() -> Result {
    let space = "headless-crash";
    let (_, api) = labelled_arena(space, &place("hcrash", "dev")).await?;
    let pod = crash(&api, space, "bad").await?;
    let said = ask(&["get", "findings", "-n", "hcrash/dev", "-o", "json"])?;
    assert_eq!(said.code, 0, "{said:?}");
    let rows = said.items()?;
    assert_eq!(rows.len(), 1, "{said:?}");
    let mut row = rows[0].clone();
    let message = row["message"].take();
    assert!(
        message.as_str().is_some_and(|it| it.contains("exit")),
        "{message}"
    );
    let wanted = json!({
        "severity": "critical", "cluster": "admin", "tenant": "hcrash", "environment": "dev", "class": "nonProduction",
        "namespace": space, "kind": "Deployment", "name": "bad", "reason": "CrashLoopBackOff", "message": null,
        "since": pod["metadata"]["creationTimestamp"], "count": 1, "tenants": ["hcrash"],
    });
    assert_eq!(row, wanted);

    let status = ask(&["status", "-n", space])?;
    assert_eq!(status.code, 1, "{status:?}");
    assert_eq!(status.out.lines().count(), 1, "{status:?}");
    let line = "1 critical; worst: hcrash/dev Deployment/bad on admin";
    assert!(status.out.starts_with(line), "{status:?}");
    Ok(())
}

#[tokio::test]
async fn changes_tell_of_a_rollout_with_its_images() -> Result {
    let space = "headless-changes";
    let (_, api) = labelled_arena(space, &place("hchanges", "prod")).await?;
    serve(&api, space, 1).await?;
    roll(&api, space, &json!({})).await?;
    let sets = format!("/apis/apps/v1/namespaces/{space}/replicasets");
    let two = |list: &Value| list["items"].as_array().map(Vec::len) == Some(2);
    api.wait_for(&sets, "two", two).await?;
    // What happened in the second of the reading itself may come with the next one.
    let deadline = Instant::now() + Duration::from_secs(20);
    let rows = loop {
        let said = ask(&["get", "changes", "-n", space, "-o", "json"])?;
        assert_eq!(said.code, 0, "{said:?}");
        let rows = said.items()?;
        if with(&rows, "what", "rollout").len() == 1 && with(&rows, "what", "created").len() == 1 {
            break rows;
        }
        assert!(Instant::now() < deadline, "{said:?}");
    };
    let rollouts = with(&rows, "what", "rollout");
    let newest = rollouts
        .first()
        .map(|row| (*row).clone())
        .unwrap_or_default();
    assert_eq!(newest["kind"], "Deployment", "{rows:?}");
    assert_eq!(newest["name"], "app");
    assert_eq!(newest["tenant"], "hchanges");
    assert_eq!(newest["environment"], "prod");
    let message = newest["message"].as_str().unwrap_or_default();
    assert!(
        message.contains("1.0.0") && message.contains("1.1.0"),
        "{message}"
    );
    let times: Vec<_> = rows.iter().map(|row| row["time"].as_str()).collect();
    assert!(times.is_sorted_by(|one, next| one >= next), "{times:?}");
    let alone = |row: &Value| row["namespace"] == space;
    assert!(rows.iter().all(alone), "{rows:?}");
    let table = ask(&["get", "changes", "-n", space])?;
    assert!(table.err.contains("read once"), "{table:?}");
    Ok(())
}

#[tokio::test]
async fn a_calm_namespace_is_status_zero() -> Result {
    let space = "headless-calm";
    let (_, api) = labelled_arena(space, &place("hcalm", "prod")).await?;
    serve(&api, space, 1).await?;
    let said = ask(&["status", "-n", space])?;
    assert_eq!(said.code, 0, "{said:?}");
    let line = "nothing needs a human: 1 cluster, 1 tenant, 1 workload\n";
    assert_eq!(said.out, line);
    Ok(())
}

#[rstest]
#[case::flag(&["status", "--nope"])]
#[case::listing(&["get", "pods"])]
#[case::format(&["get", "tenants", "-o", "xml"])]
#[case::group_without_user(&["status", "--as-group", "bed:viewers"])]
fn a_wrong_command_line_is_status_two(#[case] arguments: &[&str]) -> Result {
    let home = Home::new()?;
    let said = crate::program::vigie_at(&home, &home.path().join("none"), arguments)?;
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.out.is_empty() && said.err.starts_with("vigie: "),
        "{said:?}"
    );
    Ok(())
}

#[test]
fn a_server_that_is_not_there_is_status_three() -> Result {
    let home = Home::new()?;
    let cluster = json!({"server": "https://127.0.0.1:1"});
    let kubeconfig = home.write("config", &one_cluster(&cluster, &json!({})).to_string())?;
    for arguments in [&["status"][..], &["get", "findings"], &["get", "tenants"]] {
        let said = vigie(&kubeconfig, arguments)?;
        assert_eq!(said.code, 3, "{said:?}");
        let told = format!("{}{}", said.out, said.err);
        assert!(told.contains("not seen: here"), "{said:?}");
    }
    let said = vigie(&kubeconfig, ["get", "findings", "-o", "json"])?;
    assert_eq!(said.incomplete()?[0]["what"], "cluster", "{said:?}");
    assert_eq!(said.incomplete()?[0]["cluster"], "here");
    Ok(())
}

/// A kubeconfig with the context `here`.
pub(crate) fn one_cluster(cluster: &Value, user: &Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "here",
        "clusters": [{"name": "one", "cluster": cluster}],
        "users": [{"name": "me", "user": user}],
        "contexts": [{"name": "here", "context": {"cluster": "one", "user": "me"}}],
    })
}
