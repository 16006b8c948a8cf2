//! What is left in a temporary state, on the real server: the line names the field manager that the object names, and goes
//! once it is put back.

use serde_json::{Value, json};

use crate::arena::{IMAGE, labelled_arena, place, serve};
use crate::bed::workloads::{deployment, deployment_path, template};
use crate::bed::{Api, ControlPlane, Persona, Result, nodes};
use crate::program::Home;
use crate::terminal::Terminal;

async fn merge_as(api: &Api, manager: &str, path: &str, change: &Value) -> Result {
    api.merge(&format!("{path}?fieldManager={manager}"), change)
        .await?;
    Ok(())
}

/// As `kubectl scale` does.
async fn scale(api: &Api, path: &str, replicas: u32) -> Result {
    let change = json!({"spec": {"replicas": replicas}});
    merge_as(api, "kubectl", &format!("{path}/scale"), &change).await
}

fn watch(plane: &ControlPlane, home: &Home, space: &str) -> Result<Terminal> {
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(home, &kubeconfig, &["-n", space], (110, 40))?;
    screen.wait_text("nothing left paused or suspended")?;
    Ok(screen)
}

/// A line that says both, and between them for how long.
fn left(screen: &mut Terminal, said: &str, by: &str) -> Result {
    let line = screen.wait_line(&["‖", said, by])?;
    let after = line.split_once(said).map_or("", |(_, after)| after);
    let age = after.split_once(by).map_or("", |(age, _)| age);
    assert!(age.contains(|it: char| it.is_ascii_digit()), "{line}");
    Ok(())
}

fn put_back(screen: &mut Terminal, said: &str) -> Result {
    screen.wait(&format!("without {said:?}"), |text| !text.contains(said))?;
    Ok(())
}

#[tokio::test]
async fn a_paused_deployment_and_a_suspended_cron_job_name_who_left_them_so() -> Result {
    let space = "left-waiting";
    let (plane, api) = labelled_arena(space, &place("waiting", "prod")).await?;
    serve(&api, space, 1).await?;
    let mut run = template("job", IMAGE, &json!({}));
    run["spec"]["restartPolicy"] = json!("Never");
    let job = json!({
        "apiVersion": "batch/v1", "kind": "CronJob",
        "metadata": {"name": "purge", "namespace": space},
        "spec": {"schedule": "0 3 1 1 *", "jobTemplate": {"spec": {"template": run}}},
    });
    api.create(&job).await?;
    let home = Home::new()?;
    let mut screen = watch(plane, &home, space)?;

    let path = deployment_path(space, "app");
    let paused = |it: bool| json!({"spec": {"paused": it}});
    merge_as(&api, "kubectl-rollout", &path, &paused(true)).await?;
    left(&mut screen, "rollout of app paused", ", by kubectl-rollout")?;
    let cron = format!("/apis/batch/v1/namespaces/{space}/cronjobs/purge");
    let suspended = |it: bool| json!({"spec": {"suspend": it}});
    merge_as(&api, "kubectl-edit", &cron, &suspended(true)).await?;
    left(&mut screen, "CronJob purge suspended", ", by kubectl-edit")?;
    screen.quit()?;

    // Who comes later has seen nothing happen, and reads it off the objects.
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], (110, 40))?;
    left(&mut screen, "CronJob purge suspended", ", by kubectl-edit")?;
    left(&mut screen, "rollout of app paused", ", by kubectl-rollout")?;
    merge_as(&api, "kubectl-edit", &cron, &suspended(false)).await?;
    put_back(&mut screen, "CronJob purge suspended")?;
    merge_as(&api, "kubectl-rollout", &path, &paused(false)).await?;
    screen.wait_text("nothing left paused or suspended")?;
    screen.quit()
}

#[tokio::test]
async fn a_workload_scaled_by_hand_tells_the_number_that_was_applied() -> Result {
    let space = "left-scaled";
    let (plane, api) = labelled_arena(space, &place("scaled", "prod")).await?;
    let mut applied = deployment(space, "app", 2, &template("app", IMAGE, &json!({})));
    let kept = json!({"kubectl.kubernetes.io/last-applied-configuration": applied.to_string()});
    applied["metadata"]["annotations"] = kept;
    api.create(&applied).await?;
    // Nobody declares it: to scale it is no deviation.
    let loose = deployment(space, "loose", 1, &template("loose", IMAGE, &json!({})));
    api.create(&loose).await?;
    let home = Home::new()?;
    let mut screen = watch(plane, &home, space)?;

    scale(&api, &deployment_path(space, "loose"), 2).await?;
    let path = deployment_path(space, "app");
    scale(&api, &path, 4).await?;
    left(&mut screen, "app scaled 2→4 by hand", ", by kubectl")?;
    assert!(
        !screen.screen().contains("loose scaled"),
        "{}",
        screen.screen()
    );

    scale(&api, &path, 2).await?;
    screen.wait_text("nothing left paused or suspended")?;
    scale(&api, &path, 3).await?;
    left(&mut screen, "app scaled 2→3 by hand", ", by kubectl")?;
    screen.quit()?;
    // The server says of `scale` by whom, and not since when: who comes later is told what is known.
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], (110, 40))?;
    screen.wait_line(&["‖", "app scaled 2→3 by hand", ", by kubectl"])?;
    // Whoever sets its bounds has taken the number over.
    let target = json!({"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"});
    let bounds = json!({"minReplicas": 1, "maxReplicas": 9, "scaleTargetRef": target});
    let scaler = json!({
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "app", "namespace": space}, "spec": bounds,
    });
    api.create(&scaler).await?;
    screen.wait_text("nothing left paused or suspended")?;
    screen.quit()
}

#[tokio::test]
async fn a_workload_of_argo_cd_scaled_by_hand_is_told_until_it_is_applied_again() -> Result {
    let space = "left-argo";
    let (plane, api) = labelled_arena(space, &place("argo", "prod")).await?;
    let mut applied = deployment(space, "app", 2, &template("app", IMAGE, &json!({})));
    let id = format!("shop:apps/Deployment:{space}/app");
    applied["metadata"]["annotations"] = json!({"argocd.argoproj.io/tracking-id": id});
    api.apply(&applied).await?;
    let home = Home::new()?;
    let mut screen = watch(plane, &home, space)?;

    scale(&api, &deployment_path(space, "app"), 3).await?;
    left(&mut screen, "app scaled by hand to 3", ", by kubectl")?;
    api.apply(&applied).await?;
    screen.wait_text("nothing left paused or suspended")?;
    screen.quit()
}

/// A node of its own, on which nothing lands: those of the cluster are the other tests' too.
#[tokio::test]
async fn a_cordoned_node_names_who_closed_it() -> Result {
    let plane = ControlPlane::shared()?;
    let api = plane.api(Persona::Admin).await?;
    let (name, path) = ("left-node", nodes::path("left-node"));
    let mut node = nodes::node(name, 77);
    let taint = json!({"key": "vigie.test/left", "effect": "NoSchedule"});
    node["spec"] = json!({"taints": [taint]});
    api.create(&node).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &[], (110, 40))?;
    screen.wait_text("[1 Watch]")?;
    screen.keys("/name=left-node\r")?;
    screen.wait("filtered", |text| {
        text.contains("name=left-node") && !text.contains("Enter keep")
    })?;

    let closed = |it: bool| json!({"spec": {"unschedulable": it}});
    merge_as(&api, "kubectl-cordon", &path, &closed(true)).await?;
    left(
        &mut screen,
        "node left-node cordoned",
        ", by kubectl-cordon",
    )?;
    merge_as(&api, "kubectl-cordon", &path, &closed(false)).await?;
    put_back(&mut screen, "node left-node cordoned")?;
    api.delete(&path).await?;
    screen.quit()
}
