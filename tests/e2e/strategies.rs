//! What a restart does under the strategies that do not replace pods one by one: said in the preview, and so on the cluster.

use serde_json::{Value, json};

use crate::acting::{flat, on_row, send};
use crate::arena::{IMAGE, labelled_arena, place};
use crate::bed::workloads::{deployment, deployment_path, pods_path, rolled_out, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::headless::other;
use crate::program::Home;
use crate::terminal::Terminal;

/// Restarts the only workload, once the preview has said that.
fn restart(
    plane: &ControlPlane,
    home: &Home,
    space: &str,
    name: &str,
    note: &str,
) -> Result<Terminal> {
    let kubeconfig = plane.kubeconfig(Persona::Operator);
    let mut screen = Terminal::sized(home, &kubeconfig, &["-n", space], (110, 40))?;
    screen.wait_text("nothing needs a human")?;
    screen.keys("4")?;
    screen.wait_text("[4 Deployments]")?;
    on_row(&mut screen, name)?;
    screen.keys("X")?;
    screen.wait("saying so", |text| flat(text).contains(note))?;
    screen.wait_text("Enter confirm")?;
    send(&mut screen)?;
    screen.wait_line(&["your action", name])?;
    screen.wait_line(&["✓", "reached"])?;
    Ok(screen)
}

async fn uids(api: &Api, path: &str) -> Result<Vec<Value>> {
    let pods = api.items(path).await?;
    let mut uids: Vec<_> = pods
        .iter()
        .map(|it| it["metadata"]["uid"].clone())
        .collect();
    uids.sort_by_key(ToString::to_string);
    Ok(uids)
}

#[tokio::test]
async fn nothing_restarts_on_delete_until_a_pod_is_deleted() -> Result {
    let space = "strategies-delete";
    let (plane, api) = labelled_arena(space, &place("stratdelete", "dev")).await?;
    other(&api, space, "StatefulSet").await?;
    let path = format!("/apis/apps/v1/namespaces/{space}/statefulsets/statefulset");
    let on_delete =
        json!({"spec": {"updateStrategy": {"type": "OnDelete", "rollingUpdate": null}}});
    api.merge(&path, &on_delete).await?;
    let pods = pods_path(space, "statefulset");
    let before = uids(&api, &pods).await?;
    let home = Home::new()?;
    let note = "updateStrategy is OnDelete: nothing restarts until its pods are deleted.";
    let screen = restart(plane, &home, space, "statefulset", note)?;
    let seen = api
        .wait_for(&path, "seen by its controller", |it| {
            let status = &it["status"];
            status["observedGeneration"] == it["metadata"]["generation"]
                && status["updateRevision"] != status["currentRevision"]
        })
        .await?;
    assert_eq!(uids(&api, &pods).await?, before);

    let pod = format!("/api/v1/namespaces/{space}/pods/statefulset-1");
    api.delete(&pod).await?;
    let next = &seen["status"]["updateRevision"];
    api.wait_for(&pod, "of the new revision", |it| {
        it["metadata"]["labels"]["controller-revision-hash"] == *next
    })
    .await?;
    let after = uids(&api, &pods).await?;
    assert_eq!(after.iter().filter(|it| before.contains(it)).count(), 1);
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn all_pods_stop_first_where_they_are_recreated() -> Result {
    let space = "strategies-recreate";
    let (plane, api) = labelled_arena(space, &place("stratrecreate", "dev")).await?;
    let mut object = deployment(space, "app", 3, &template("app", IMAGE, &json!({})));
    object["spec"]["strategy"] = json!({"type": "Recreate"});
    api.create(&object).await?;
    let path = deployment_path(space, "app");
    api.wait_for(&path, "rolled out", rolled_out).await?;
    let pods = pods_path(space, "app");
    let before = uids(&api, &pods).await?;
    let list = api.get(&pods).await?;
    let from = list["metadata"]["resourceVersion"]
        .as_str()
        .unwrap_or_default();
    let home = Home::new()?;
    let note = "strategy is Recreate: all its pods stop before the first new one starts.";
    let screen = restart(plane, &home, space, "app", note)?;
    assert!(rolled_out(&api.get(&path).await?));

    // In the order in which it happened.
    let watch = format!("{pods}&watch=true&resourceVersion={from}&timeoutSeconds=1");
    let told = api.text(&watch).await?;
    let events: Vec<Value> = told
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let pods_in = |kind: &str| {
        let events = events
            .iter()
            .enumerate()
            .filter(|(_, it)| it["type"] == kind);
        let uids = events.map(|(at, it)| (at, it["object"]["metadata"]["uid"].clone()));
        uids.collect::<Vec<_>>()
    };
    let (gone, made) = (pods_in("DELETED"), pods_in("ADDED"));
    assert_eq!((gone.len(), made.len()), (3, 3), "{told}");
    assert!(gone.iter().all(|(_, uid)| before.contains(uid)), "{told}");
    let stopped = gone.iter().map(|(at, _)| at).max();
    let started = made.iter().map(|(at, _)| at).min();
    assert!(stopped < started, "{told}");
    screen.keys("1")?;
    screen.quit()
}
