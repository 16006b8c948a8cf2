//! One object from its sides, in a terminal, beside the object on the server.

use serde_json::json;

use crate::arena::{IMAGE, crash, labelled_arena, place, roll, serve};
use crate::bed::workloads::{deployment, deployment_path, pods_path, rolled_out, template};
use crate::bed::{Api, Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

const WIDE: (u16, u16) = (132, 40);

#[tokio::test]
async fn a_rollout_is_followed_to_its_end_and_says_how_it_ended() -> Result {
    let space = "inside-rollout";
    let (plane, api) = labelled_arena(space, &place("inside", "prod")).await?;
    serve(&api, space, 2).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.keys("4")?;
    screen.wait_line(&["inside/prod", "app", "2/2"])?;
    screen.keys("w")?;
    screen.wait_text("complete")?;
    let slow = json!({"vigie.test/fate": "slow", "vigie.test/delay": "4s"});
    roll(&api, space, &slow).await?;
    screen.wait_line(&["running", "rev 1 → 2"])?;
    screen.wait_line(&["new not ready"])?;
    screen.wait_line(&["ScalingReplicaSet"])?;
    let path = deployment_path(space, "app");
    api.wait_for(&path, "rolled out", rolled_out).await?;
    // Seen from its beginning to its end: how long it took is known.
    screen.wait_line(&["complete", "rev 2", "in "])?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn a_workload_in_a_loop_is_described_told_and_explained() -> Result {
    let space = "inside-loop";
    let (plane, api) = labelled_arena(space, &place("looping", "prod")).await?;
    crash(&api, space, "app").await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.wait_line(&["looping/prod", "app", "CrashLoopBackOff"])?;
    screen.keys("x")?;
    screen.wait_line(&["1", "exits"])?;
    screen.wait_text("every pod has its node, on 1 node")?;
    screen.keys("d")?;
    screen.wait_line(&["namespace", space])?;
    let object = api.get(&deployment_path(space, "app")).await?;
    let image = &object["spec"]["template"]["spec"]["containers"][0]["image"];
    screen.keys("/image")?;
    screen.wait_line(&["image", image.as_str().unwrap_or_default()])?;
    screen.keys("\r")?;
    // Kept up to date while it is open.
    let mark = json!({"metadata": {"annotations": {"inside.test/mark": "changed-while-open"}}});
    api.merge(&deployment_path(space, "app"), &mark).await?;
    screen.keys("g")?;
    screen.wait_text("changed-while-open")?;
    screen.keys("y")?;
    screen.wait_text("apiVersion: apps/v1")?;
    let text = screen.screen();
    assert!(!text.contains("managedFields"), "{text}");
    screen.keys("e")?;
    screen.wait_line(&["SuccessfulCreate", "ReplicaSet"])?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn lines_lead_to_the_log_to_the_pod_to_its_node_and_back() -> Result {
    let space = "inside-jumps";
    let (plane, api) = labelled_arena(space, &place("jumps", "prod")).await?;
    crash(&api, space, "app").await?;
    let pods = api.items(&pods_path(space, "app")).await?;
    let pod = pods[0]["metadata"]["name"].as_str().unwrap_or_default();
    let node = pods[0]["spec"]["nodeName"].as_str().unwrap_or_default();
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.wait_line(&["jumps/prod", "app", "CrashLoopBackOff"])?;
    screen.keys("x")?;
    screen.wait_line(&["▌", "exits", "Enter log"])?;
    screen.keys("\r")?;
    screen.wait_line(&["──", pod, "Pod"])?;
    screen.keys("\u{1b}")?;
    screen.wait_line(&["▌", "exits", "Enter log"])?;
    // An event speaks of the pod, the pod names its node.
    screen.keys("e")?;
    // The page that explains has lines of these words, too.
    screen.wait_line(&["──", "events"])?;
    screen.wait_line(&["Scheduled", "Pod"])?;
    // What comes later comes above it, and the cursor stays on its line.
    screen.wait_line(&["BackOff", "Pod"])?;
    screen.keys("/Scheduled\r")?;
    screen.wait_line(&["▌", "Scheduled", "Enter describe"])?;
    screen.keys("\r")?;
    screen.wait_line(&["name", pod])?;
    screen.keys("/nodeName\r")?;
    screen.wait_line(&["▌", "nodeName", node, "Enter node"])?;
    screen.keys("\r")?;
    screen.wait_line(&["──", node, "Node"])?;
    screen.wait_line(&["KubeletReady"])?;
    screen.keys("\u{1b}")?;
    screen.wait_line(&["▌", "nodeName", "Enter node"])?;
    screen.keys("1")?;
    screen.wait_text("[1 Watch")?;
    screen.quit()
}

#[tokio::test]
async fn an_object_deleted_while_its_page_is_open_is_shown_as_it_was() -> Result {
    let space = "inside-gone";
    let (plane, api) = labelled_arena(space, &place("gone", "prod")).await?;
    serve(&api, space, 1).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.keys("4")?;
    screen.wait_line(&["gone/prod", "app", "1/1"])?;
    screen.keys("y")?;
    screen.wait_text("apiVersion: apps/v1")?;
    api.delete(&deployment_path(space, "app")).await?;
    screen.wait_text("it is not there any more")?;
    screen.wait_text("apiVersion: apps/v1")?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn what_a_person_may_not_read_names_the_right() -> Result {
    let space = "inside-denied";
    let (plane, api) = labelled_arena(space, &place("denied", "prod")).await?;
    serve(&api, space, 1).await?;
    // Pods and what controls them, without events.
    let role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
        "metadata": {"name": "few", "namespace": space},
        "rules": [
            {"apiGroups": [""], "resources": ["pods", "namespaces"], "verbs": ["get", "list", "watch"]},
            {"apiGroups": ["apps"], "resources": ["*"], "verbs": ["get", "list", "watch"]},
        ],
    });
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
        "metadata": {"name": "few", "namespace": space},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "few"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": Persona::Nobody.group()}],
    });
    api.create(&role).await?;
    api.create(&binding).await?;
    let pods = api.items(&pods_path(space, "app")).await?;
    assert_eq!(pods.len(), 1);
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Nobody);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.keys("4")?;
    screen.wait_line(&["app", "1/1"])?;
    screen.keys("e")?;
    screen.wait_text("needs the right: list events")?;
    screen.keys("y")?;
    screen.wait_text("apiVersion: apps/v1")?;
    screen.keys("1")?;
    screen.quit()
}

/// A Service that selects the workload `app`, and an Ingress that leads to it.
async fn expose(api: &Api, space: &str, host: &str) -> Result {
    api.create(&json!({
        "apiVersion": "v1", "kind": "Service", "metadata": {"namespace": space, "name": "app"},
        "spec": {"selector": {"app": "app"}, "ports": [{"port": 80, "targetPort": "http"}]},
    }))
    .await?;
    let backend = json!({"service": {"name": "app", "port": {"number": 80}}});
    let path = json!({"path": "/", "pathType": "Prefix", "backend": backend});
    api.create(&json!({
        "apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"namespace": space, "name": "web"},
        "spec": {"rules": [{"host": host, "http": {"paths": [path]}}]},
    }))
    .await?;
    Ok(())
}

#[tokio::test]
async fn what_leads_to_a_workload_that_does_not_serve_is_named_until_it_does() -> Result {
    let space = "inside-around";
    let (plane, api) = labelled_arena(space, &place("around", "prod")).await?;
    crash(&api, space, "app").await?;
    expose(&api, space, "app.cpin.test").await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.wait_line(&["around/prod", "app", "CrashLoopBackOff"])?;
    screen.keys("x")?;
    screen.wait_line(&["Service app has no pod to send to: 1 are not ready"])?;
    screen.wait_line(&["Ingress web leads there: app.cpin.test"])?;
    roll(&api, space, &json!({"vigie.test/fate": null})).await?;
    screen.wait_line(&["Service app has pods to send to"])?;
    screen.wait("without what is well again", |text| {
        !text.contains("no pod to send to")
    })?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn a_host_name_leads_to_its_environment() -> Result {
    let space = "inside-host";
    let (plane, api) = labelled_arena(space, &place("hosts", "prod")).await?;
    serve(&api, space, 1).await?;
    expose(&api, space, "portail.cpin.test").await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &[], WIDE)?;
    screen.wait_text("[1 Watch]")?;
    screen.keys("\u{6}portail.cpin")?;
    screen.wait_line(&["host", "portail.cpin.test", "hosts/prod"])?;
    screen.keys("\rd")?;
    screen.wait_line(&["web", "hosts/prod", "Ingress", "describe"])?;
    screen.keys("[")?;
    screen.wait_line(&["▌", "host", "portail.cpin.test"])?;
    screen.keys("\r")?;
    screen.wait_line(&["app", "1/1"])?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn a_claim_without_a_volume_is_why_its_pod_waits() -> Result {
    let space = "inside-claim";
    let (plane, api) = labelled_arena(space, &place("claims", "prod")).await?;
    api.create(&json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"namespace": space, "name": "data"},
        "spec": {
            "storageClassName": "none", "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "8Gi"}},
        },
    }))
    .await?;
    let mut template = template("app", IMAGE, &json!({}));
    template["spec"]["volumes"] =
        json!([{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]);
    api.create(&deployment(space, "app", 1, &template)).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.keys("4")?;
    screen.wait_line(&["claims/prod", "app", "0/1"])?;
    screen.keys("x")?;
    screen.wait_line(&["volume claim data has no volume yet: 8Gi asked for, class none"])?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn a_rollout_that_is_rolled_over_while_it_is_watched_is_followed_to_the_newer_one() -> Result
{
    let space = "inside-over";
    let (plane, api) = labelled_arena(space, &place("over", "prod")).await?;
    serve(&api, space, 2).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.keys("4")?;
    screen.wait_line(&["over/prod", "app", "2/2"])?;
    screen.keys("w")?;
    roll(&api, space, &json!({"vigie.test/fate": "unready"})).await?;
    screen.wait_line(&["running", "rev 1 → 2"])?;
    roll(&api, space, &json!({"vigie.test/fate": "ready"})).await?;
    screen.wait_line(&["complete", "rev 3"])?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn a_rollout_that_sticks_while_it_is_watched_says_when_its_deadline_passed() -> Result {
    let space = "inside-stuck";
    let (plane, api) = labelled_arena(space, &place("stuck", "prod")).await?;
    serve(&api, space, 2).await?;
    let deadline = json!({"spec": {"progressDeadlineSeconds": 5}});
    api.merge(&deployment_path(space, "app"), &deadline).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.keys("4")?;
    screen.wait_line(&["stuck/prod", "app", "2/2"])?;
    screen.keys("w")?;
    roll(&api, space, &json!({"vigie.test/fate": "unready"})).await?;
    screen.wait_line(&["running", "rev 1 → 2"])?;
    screen.wait_line(&["stuck", "rev 1 → 2", "deadline passed"])?;
    screen.wait_line(&["Readiness probe failed"])?;
    screen.keys("1")?;
    screen.quit()
}
