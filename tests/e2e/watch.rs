//! Watch in a terminal, beside the objects on the server: both tell the same.

use serde_json::{Value, json};

use crate::arena::{fate, labelled_arena, place, roll, run, serve};
use crate::bed::workloads::{deployment_path, namespace, pods_path, rolled_out, wait_pod};
use crate::bed::{ControlPlane, Persona, Result, nodes};
use crate::program::{Home, vigie, with};
use crate::terminal::Terminal;

#[tokio::test]
async fn a_rollout_that_succeeds_is_seen_in_progress_and_leaves_nothing() -> Result {
    let space = "watch-good";
    let (plane, api) = labelled_arena(space, &place("good", "prod")).await?;
    serve(&api, space, 3).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_text("none in progress")?;

    let slow = json!({"vigie.test/fate": "slow", "vigie.test/delay": "4s"});
    roll(&api, space, &slow).await?;
    screen.wait_line(&["good/prod", "app", "rev 2"])?;
    let path = deployment_path(space, "app");
    let done = api.wait_for(&path, "rolled out", rolled_out).await?;
    assert_eq!(done["status"]["updatedReplicas"], 3);
    screen.wait_text("none in progress")?;
    screen.wait_text("nothing needs a human")?;
    screen.wait_line(&["good/prod", "app", "rev 2 complete"])?;
    screen.quit()
}

#[tokio::test]
async fn a_rollout_that_recreates_its_pods_is_told_when_complete() -> Result {
    let space = "watch-recreate";
    let (plane, api) = labelled_arena(space, &place("recreate", "prod")).await?;
    serve(&api, space, 2).await?;
    let path = deployment_path(space, "app");
    let recreate = json!({"spec": {"strategy": {"type": "Recreate", "rollingUpdate": null}}});
    api.merge(&path, &recreate).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_text("none in progress")?;

    let slow = json!({"vigie.test/fate": "slow", "vigie.test/delay": "3s"});
    roll(&api, space, &slow).await?;
    screen.wait_line(&["recreate/prod", "app", "rev 2 complete"])?;
    screen.quit()
}

#[tokio::test]
async fn a_rollout_that_sticks_has_the_numbers_of_its_object() -> Result {
    let space = "watch-stuck";
    let (plane, api) = labelled_arena(space, &place("stuck", "prod")).await?;
    serve(&api, space, 4).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_text("nothing needs a human")?;

    let change = json!({"spec": {"progressDeadlineSeconds": 5}});
    let path = deployment_path(space, "app");
    api.merge(&path, &change).await?;
    roll(&api, space, &fate("crash")).await?;
    let row = screen.wait_line(&["P stuck/prod", "app", "rev 2 stuck"])?;
    let object = api.get(&path).await?;
    assert!(row.contains(&ready_of(&object)), "{row}\n{object}");
    assert_eq!(ready_of(&object), "3/4");
    assert!(row.contains('▲'), "{row}");
    let strip = screen.wait_line(&["why"])?;
    assert!(strip.contains("exit") || strip.contains("ends"), "{strip}");

    api.wait_for(&path, "past its deadline", |object| {
        condition_reason(object, "Progressing") == Some("ProgressDeadlineExceeded")
    })
    .await?;
    screen.wait_line(&["✗", "stuck/prod", "3/4", "deadline passed"])?;
    screen.quit()
}

#[tokio::test]
async fn a_crash_loop_is_a_row_with_the_last_words_of_the_container() -> Result {
    let space = "watch-crash";
    let (plane, api) = labelled_arena(space, &place("crash", "dev")).await?;
    let notes = json!({
        "vigie.test/fate": "crash",
        "vigie.test/exit-code": "78",
        "vigie.test/message": "FATAL config: DB_URL is not set",
    });
    run(&api, space, 2, &notes).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    let row = screen.wait_line(&["crash/dev", "app", "0/2"])?;
    let pod = wait_pod(&api, &pods_path(space, "app"), "crashing", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(3)
    })
    .await?;
    let last = &pod["status"]["containerStatuses"][0]["lastState"]["terminated"];
    assert_eq!(last["exitCode"], 78, "{row}");
    screen.wait_line(&["why", "FATAL config: DB_URL is not set"])?;
    screen.quit()
}

#[tokio::test]
async fn a_loop_stays_what_it_is_while_its_pod_serves_for_some_seconds() -> Result {
    let space = "watch-loop";
    let (plane, api) = labelled_arena(space, &place("loop", "prod")).await?;
    let notes =
        json!({"vigie.test/fate": "oom", "vigie.test/delay": "6s", "vigie.test/restarts": "3"});
    run(&api, space, 1, &notes).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    let told = |ready| ["▲ P loop/prod", "app", ready, "OOMKilled"];
    screen.wait_line(&told("0/1"))?;
    screen.wait_line(&told("1/1"))?;
    screen.quit()
}

#[tokio::test]
async fn a_lost_node_is_one_row_whatever_ran_on_it() -> Result {
    let plane = ControlPlane::start()?;
    let api = plane.api(Persona::Admin).await?;
    for (space, tenant) in [("lost-1", "one"), ("lost-2", "two"), ("lost-3", "three")] {
        api.create(&namespace(space, &place(tenant, "prod")))
            .await?;
        serve(&api, space, 6).await?;
    }
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &[])?;
    screen.wait_text("nothing needs a human")?;

    nodes::lose(&api, "node-1").await?;
    let on_it = "/api/v1/pods?fieldSelector=spec.nodeName=node-1";
    let pods = api.items(on_it).await?.len();
    let row = screen.wait_line(&["node node-1", &format!("{pods} pods")])?;
    assert!(row.contains("3 tenants"), "{row}");
    screen.wait_text("1 needs a human")?;

    let said = vigie(&kubeconfig, ["get", "findings", "-o", "json"])?;
    let findings = said.items()?;
    assert_eq!(findings.len(), 1, "{said:?}");
    assert_eq!(findings[0]["kind"], "Node");
    assert_eq!(findings[0]["name"], "node-1");
    assert_eq!(findings[0]["reason"], "NodeNotReady");
    assert_eq!(findings[0]["count"], pods);
    assert_eq!(findings[0]["tenants"], json!(["one", "three", "two"]));
    assert_eq!(with(&findings, "severity", "critical").len(), 1);

    // Who may not read nodes is told the same by what the pods say.
    let said = vigie(
        &plane.kubeconfig(Persona::Viewer),
        ["get", "findings", "-o", "json"],
    )?;
    let seen = said.items()?;
    assert_eq!(seen.len(), 1, "{said:?}");
    assert_eq!(seen[0]["name"], "node-1");
    assert_eq!(seen[0]["count"], pods);
    assert_eq!(seen[0]["tenants"], json!(["one", "three", "two"]));

    nodes::recover(&api, "node-1").await?;
    screen.wait_text("nothing needs a human")?;
    screen.quit()
}

/// `3/6`, as the row writes it.
fn ready_of(deployment: &Value) -> String {
    let ready = deployment["status"]["readyReplicas"].as_u64().unwrap_or(0);
    format!("{ready}/{}", deployment["spec"]["replicas"])
}

fn condition_reason<'a>(object: &'a Value, kind: &str) -> Option<&'a str> {
    let conditions = object["status"]["conditions"].as_array()?;
    conditions.iter().find(|it| it["type"] == kind)?["reason"].as_str()
}
