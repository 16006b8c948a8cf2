//! A pod is moved elsewhere from the screen: evicted, which asks its disruption budget, or deleted, which does not.

use serde_json::{Value, json};

use crate::acting::{choose, list, on_row, preview, send};
use crate::arena::{labelled_arena, place, serve};
use crate::bed::workloads::{pods_path, wait_pod};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

fn open(plane: &ControlPlane, home: &Home, space: &str) -> Result<Terminal> {
    let kubeconfig = plane.kubeconfig(Persona::Operator);
    let mut screen = Terminal::sized(home, &kubeconfig, &["-n", space], (110, 40))?;
    screen.wait_text("nothing needs a human")?;
    Ok(screen)
}

async fn only_pod(api: &Api, space: &str) -> Result<(String, Value)> {
    let pod = wait_pod(api, &pods_path(space, "app"), "there", |_| true).await?;
    let name = pod["metadata"]["name"].as_str().unwrap_or_default();
    Ok((name.to_owned(), pod["metadata"]["uid"].clone()))
}

/// Verb, last part of the path, and status of each write.
fn written(plane: &ControlPlane, space: &str) -> Result<Vec<(String, String, u64)>> {
    let writes = plane.written(space)?.into_iter();
    let told = writes.map(|it| {
        let path = it.uri.split('?').next().unwrap_or_default();
        let last = path.rsplit('/').next().unwrap_or_default();
        (it.verb, last.to_owned(), it.code)
    });
    Ok(told.collect())
}

#[tokio::test]
async fn a_pod_is_evicted_or_deleted_and_each_is_named() -> Result {
    let space = "pods-moved";
    let (plane, api) = labelled_arena(space, &place("podsmoved", "dev")).await?;
    serve(&api, space, 1).await?;
    let home = Home::new()?;
    let mut screen = open(plane, &home, space)?;
    for (command, writes) in [("evict", "create"), ("delete", "delete")] {
        let (name, uid) = only_pod(&api, space).await?;
        list(&mut screen, "pods", &name)?;
        let text = preview(&mut screen, command)?;
        assert!(text.contains(&format!("{command} {name}")), "{text}");
        send(&mut screen)?;
        screen.wait_line(&[&format!("{command} {name}"), "reached"])?;
        wait_pod(&api, &pods_path(space, "app"), "made anew", |pod| {
            pod["metadata"]["uid"] != uid && pod["status"]["phase"] == "Running"
        })
        .await?;
        let last = written(plane, space)?.pop();
        let end = if command == "evict" {
            "eviction"
        } else {
            &name
        };
        let code = if command == "evict" { 201 } else { 200 };
        assert_eq!(last, Some((writes.to_owned(), end.to_owned(), code)));
    }
    assert_eq!(written(plane, space)?.len(), 2);
    screen.keys("1")?;
    screen.quit()
}

/// The server says no twice: when it is sent, for the budget came after the preview; and in the dry run of the next.
#[tokio::test]
async fn a_disruption_budget_refuses_an_eviction_in_the_servers_words() -> Result {
    let space = "pods-budget";
    let (plane, api) = labelled_arena(space, &place("podsbudget", "dev")).await?;
    serve(&api, space, 1).await?;
    let (name, uid) = only_pod(&api, space).await?;
    let home = Home::new()?;
    let mut screen = open(plane, &home, space)?;
    list(&mut screen, "pods", &name)?;
    preview(&mut screen, "evict")?;
    api.create(&json!({
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
        "metadata": {"name": "app", "namespace": space},
        "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "app"}}},
    }))
    .await?;
    let budget = format!("/apis/policy/v1/namespaces/{space}/poddisruptionbudgets/app");
    api.wait_for(&budget, "counted", |it| it["status"]["currentHealthy"] == 1)
        .await?;
    send(&mut screen)?;
    let words = "Cannot evict pod as it would violate the pod's disruption budget";
    screen.wait_text(words)?;
    let refused = [("create".to_owned(), "eviction".to_owned(), 429)];
    assert_eq!(written(plane, space)?, refused);
    on_row(&mut screen, &name)?;
    choose(&mut screen, "evict")?;
    screen.wait_line(&["✗", "dry run", words])?;
    assert_eq!(written(plane, space)?, refused);
    assert_eq!(only_pod(&api, space).await?.1, uid);
    screen.keys("1")?;
    screen.quit()
}
