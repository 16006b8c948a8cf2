//! The test bed keeps its own promises.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;
use std::time::Duration;

use futures::AsyncBufReadExt;
use rstest::rstest;
use serde_json::{Value, json};

use crate::arena::{IMAGE, arena};
use crate::bed::api::status_code;
use crate::bed::workloads::{
    deployment, deployment_path, job, namespace, pods_path, rolled_out, template, wait_pod,
};
use crate::bed::{Api, ControlPlane, Persona, Result, nodes};

async fn run_with_fate(api: &Api, space: &str, notes: Value) -> Result {
    let template = template("app", IMAGE, &notes);
    api.create(&deployment(space, "app", 1, &template)).await?;
    Ok(())
}

fn first_container(pod: &Value) -> &Value {
    &pod["status"]["containerStatuses"][0]
}

#[tokio::test]
async fn a_rollout_completes() -> Result {
    let (_, api) = arena("bed-rollout").await?;
    let path = deployment_path("bed-rollout", "app");
    let first = template("app", IMAGE, &json!({}));
    api.create(&deployment("bed-rollout", "app", 3, &first))
        .await?;
    api.wait_for(&path, "rolled out", rolled_out).await?;

    let second = template("app", "harbor.cpin.test/bed/app:1.1.0", &json!({}));
    api.merge(&path, &json!({"spec": {"template": second}}))
        .await?;
    let done = api
        .wait_for(&path, "rolled out", |object| {
            rolled_out(object)
                && object["metadata"]["annotations"]["deployment.kubernetes.io/revision"] == "2"
        })
        .await?;
    assert_eq!(done["status"]["readyReplicas"], 3);

    let pods = api.items(&pods_path("bed-rollout", "app")).await?;
    let digest = first_container(&pods[0])["imageID"]
        .as_str()
        .unwrap_or_default();
    assert!(
        digest.starts_with("harbor.cpin.test/bed/app@sha256:"),
        "{digest}"
    );
    Ok(())
}

#[tokio::test]
async fn a_revision_that_crashes_keeps_the_old_one_serving() -> Result {
    let (_, api) = arena("bed-stuck").await?;
    let path = deployment_path("bed-stuck", "app");
    let mut object = deployment("bed-stuck", "app", 2, &template("app", IMAGE, &json!({})));
    object["spec"]["progressDeadlineSeconds"] = json!(2);
    api.create(&object).await?;
    api.wait_for(&path, "rolled out", rolled_out).await?;

    let broken = template("app", IMAGE, &json!({"vigie.test/fate": "crash"}));
    api.merge(&path, &json!({"spec": {"template": broken}}))
        .await?;
    let stuck = api
        .wait_for(&path, "past its deadline", |object| {
            object["status"]["conditions"]
                .as_array()
                .is_some_and(|all| {
                    all.iter()
                        .any(|one| one["reason"] == "ProgressDeadlineExceeded")
                })
        })
        .await?;
    assert_eq!(stuck["status"]["readyReplicas"], 2);
    assert_eq!(stuck["status"]["updatedReplicas"], 1);
    Ok(())
}

#[tokio::test]
async fn a_crash_loop_restarts_ever_more_and_says_why() -> Result {
    let (_, api) = arena("bed-crash").await?;
    let notes = json!({
        "vigie.test/fate": "crash",
        "vigie.test/message": "FATAL config: DB_URL is not set",
    });
    run_with_fate(&api, "bed-crash", notes).await?;
    let path = pods_path("bed-crash", "app");
    let crashed = |times: u64| {
        move |pod: &Value| {
            first_container(pod)["state"]["waiting"]["reason"] == "CrashLoopBackOff"
                && first_container(pod)["restartCount"].as_u64() >= Some(times)
        }
    };
    let first = wait_pod(&api, &path, "in a crash loop", crashed(1)).await?;
    let pod = wait_pod(&api, &path, "crashing again", crashed(2)).await?;
    let since = |pod| condition(pod, "Ready")["lastTransitionTime"].clone();
    assert_eq!(since(&first), since(&pod));
    let last = &first_container(&pod)["lastState"]["terminated"];
    assert_eq!(last["exitCode"], 1);
    assert_eq!(last["message"], "FATAL config: DB_URL is not set");
    assert_eq!(pod["status"]["phase"], "Running");
    assert_eq!(first_container(&pod)["ready"], false);
    Ok(())
}

#[tokio::test]
async fn an_oom_kill_is_in_the_last_state() -> Result {
    let (_, api) = arena("bed-oom").await?;
    let notes =
        json!({"vigie.test/fate": "oom", "vigie.test/delay": "300ms", "vigie.test/restarts": "4"});
    run_with_fate(&api, "bed-oom", notes).await?;
    let pod = wait_pod(&api, &pods_path("bed-oom", "app"), "killed", |pod| {
        first_container(pod)["lastState"]["terminated"]["reason"] == "OOMKilled"
    })
    .await?;
    assert_eq!(
        first_container(&pod)["lastState"]["terminated"]["exitCode"],
        137
    );
    assert!(first_container(&pod)["restartCount"].as_u64() >= Some(4));
    Ok(())
}

#[tokio::test]
async fn an_unready_pod_runs_and_fails_its_probe() -> Result {
    let (_, api) = arena("bed-unready").await?;
    run_with_fate(&api, "bed-unready", json!({"vigie.test/fate": "unready"})).await?;
    let pod = wait_pod(
        &api,
        &pods_path("bed-unready", "app"),
        "running, not ready",
        |pod| {
            first_container(pod)["state"]["running"].is_object()
                && first_container(pod)["ready"] == false
        },
    )
    .await?;
    let ready = condition(&pod, "Ready");
    assert_eq!(ready["status"], "False");
    assert_eq!(ready["message"], "containers with unready status: [app]");
    let events =
        "/api/v1/namespaces/bed-unready/events?fieldSelector=reason=Unhealthy,type=Warning";
    api.wait_for(events, "a failed probe", has_items).await?;
    Ok(())
}

#[tokio::test]
async fn a_missing_image_ends_in_back_off() -> Result {
    let (_, api) = arena("bed-pull").await?;
    run_with_fate(&api, "bed-pull", json!({"vigie.test/fate": "pull"})).await?;
    let pod = wait_pod(&api, &pods_path("bed-pull", "app"), "backing off", |pod| {
        first_container(pod)["state"]["waiting"]["reason"] == "ImagePullBackOff"
    })
    .await?;
    assert_eq!(pod["status"]["phase"], "Pending");
    let message = first_container(&pod)["state"]["waiting"]["message"].as_str();
    assert!(
        message.is_some_and(|text| text.contains(IMAGE)),
        "{message:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_slow_pod_is_created_for_a_while_then_ready() -> Result {
    let (_, api) = arena("bed-slow").await?;
    run_with_fate(
        &api,
        "bed-slow",
        json!({"vigie.test/fate": "slow", "vigie.test/delay": "3s"}),
    )
    .await?;
    let path = pods_path("bed-slow", "app");
    wait_pod(&api, &path, "being created", |pod| {
        first_container(pod)["state"]["waiting"]["reason"] == "ContainerCreating"
    })
    .await?;
    wait_pod(&api, &path, "ready", |pod| {
        first_container(pod)["ready"] == true
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn a_pod_no_node_wants_is_unschedulable() -> Result {
    let (_, api) = arena("bed-nowhere").await?;
    let mut template = template("app", IMAGE, &json!({}));
    template["spec"]["nodeSelector"] = json!({"disk": "none"});
    api.create(&deployment("bed-nowhere", "app", 1, &template))
        .await?;
    wait_pod(
        &api,
        &pods_path("bed-nowhere", "app"),
        "unschedulable",
        |pod| condition(pod, "PodScheduled")["reason"] == "Unschedulable",
    )
    .await?;
    Ok(())
}

#[rstest]
#[case::done("done", "Complete", "Succeeded")]
#[case::failed("failed", "Failed", "Failed")]
#[tokio::test]
async fn a_job_ends_as_its_pod_does(
    #[case] fate: &str,
    #[case] ends: &str,
    #[case] phase: &str,
) -> Result {
    let space = format!("bed-job-{fate}");
    let (_, api) = arena(&space).await?;
    let notes = json!({"vigie.test/fate": fate, "vigie.test/delay": "200ms"});
    api.create(&job(&space, "app", &template("app", IMAGE, &notes)))
        .await?;
    let path = format!("/apis/batch/v1/namespaces/{space}/jobs/app");
    api.wait_for(&path, ends, |job| condition(job, ends)["status"] == "True")
        .await?;
    let pods = api.items(&pods_path(&space, "app")).await?;
    assert_eq!(pods[0]["status"]["phase"], phase);
    Ok(())
}

#[tokio::test]
async fn a_fate_changed_on_the_pod_itself_changes_the_pod() -> Result {
    let (_, api) = arena("bed-turn").await?;
    run_with_fate(&api, "bed-turn", json!({})).await?;
    let path = pods_path("bed-turn", "app");
    let ready = |pod: &Value| first_container(pod)["ready"] == true;
    let pod = wait_pod(&api, &path, "ready", ready).await?;
    let one = format!(
        "/api/v1/namespaces/bed-turn/pods/{}",
        pod["metadata"]["name"].as_str().unwrap_or_default()
    );
    let fate = |fate: &str| json!({"metadata": {"annotations": {"vigie.test/fate": fate}}});
    api.merge(&one, &fate("crash")).await?;
    wait_pod(&api, &path, "crashing", |pod| !ready(pod)).await?;
    api.merge(&one, &fate("ready")).await?;
    wait_pod(&api, &path, "ready again", ready).await?;
    Ok(())
}

#[tokio::test]
async fn each_persona_may_what_it_should() -> Result {
    let (plane, _) = arena("bed-rights-1").await?;
    arena("bed-rights-2").await?;
    plane.admit_team("bed-rights-1").await?;

    let viewer = plane.api(Persona::Viewer).await?;
    viewer.items("/api/v1/pods").await?;
    assert_eq!(status_code(&viewer.get("/api/v1/nodes").await), Some(403));

    let team = plane.api(Persona::Team).await?;
    team.items("/api/v1/namespaces/bed-rights-1/pods").await?;
    team.get("/api/v1/namespaces/bed-rights-1").await?;
    for path in [
        "/api/v1/namespaces/bed-rights-2/pods",
        "/api/v1/namespaces",
        "/api/v1/pods",
    ] {
        assert_eq!(status_code(&team.get(path).await), Some(403), "{path}");
    }

    let nobody = plane.api(Persona::Nobody).await?;
    let path = "/api/v1/namespaces/bed-rights-1/pods";
    assert_eq!(status_code(&nobody.get(path).await), Some(403));
    Ok(())
}

#[tokio::test]
async fn logs_are_followed_cut_and_kept_from_before_a_restart() -> Result {
    let (plane, api) = arena("bed-logs").await?;
    plane.write_log("bed-logs", &["one", "two", "three"])?;
    plane.write_previous_log("bed-logs", &["FATAL config: DB_URL is not set"])?;
    run_with_fate(&api, "bed-logs", json!({"vigie.test/log": "bed-logs"})).await?;
    let pod = wait_pod(&api, &pods_path("bed-logs", "app"), "ready", |pod| {
        first_container(pod)["ready"] == true
    })
    .await?;
    let name = pod["metadata"]["name"].as_str().unwrap_or_default();
    let log = format!("/api/v1/namespaces/bed-logs/pods/{name}/log");

    assert_eq!(api.text(&log).await?, "one\ntwo\nthree\n");
    assert_eq!(api.text(&format!("{log}?tailLines=1")).await?, "three\n");
    let stamped = api
        .text(&format!("{log}?timestamps=true&tailLines=1"))
        .await?;
    assert!(
        stamped.starts_with("20") && stamped.ends_with("Z three\n"),
        "{stamped}"
    );
    let previous = api.text(&format!("{log}?previous=true")).await?;
    assert_eq!(previous, "FATAL config: DB_URL is not set\n");

    let request = http::Request::get(format!("{log}?follow=true&tailLines=1")).body(Vec::new())?;
    let mut lines = api.client().request_stream(request).await?.lines();
    assert_eq!(next_line(&mut lines).await?, "three");
    plane.append_log("bed-logs", &["four"])?;
    assert_eq!(next_line(&mut lines).await?, "four");
    Ok(())
}

async fn next_line(
    lines: &mut (impl futures::Stream<Item = std::io::Result<String>> + Unpin),
) -> Result<String> {
    let line =
        tokio::time::timeout(Duration::from_secs(30), futures::StreamExt::next(lines)).await?;
    Ok(line.transpose()?.unwrap_or_default())
}

#[tokio::test]
async fn the_service_proxy_reaches_a_server_behind_an_invented_address() -> Result {
    let (plane, api) = arena("bed-proxy").await?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    plane.route("10.9.9.90:9090", listener.local_addr()?.port());
    thread::spawn(move || answer_one_request(&listener));

    run_with_fate(&api, "bed-proxy", json!({"vigie.test/pod-ip": "10.9.9.90"})).await?;
    api.create(&json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "prometheus", "namespace": "bed-proxy"},
        "spec": {"selector": {"app": "app"}, "ports": [{"name": "web", "port": 9090}]},
    }))
    .await?;
    let slices = "/apis/discovery.k8s.io/v1/namespaces/bed-proxy/endpointslices";
    api.wait_for(slices, "naming the pod", |list| {
        list["items"][0]["endpoints"][0]["conditions"]["ready"] == true
    })
    .await?;
    let path = "/api/v1/namespaces/bed-proxy/services/prometheus:web/proxy/-/healthy";
    assert_eq!(api.text(path).await?, "GET /-/healthy HTTP/1.1");
    Ok(())
}

/// Answers with the request line it was sent.
fn answer_one_request(listener: &TcpListener) -> std::io::Result<()> {
    let (mut caller, _) = listener.accept()?;
    let mut reader = BufReader::new(caller.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let request = request.trim_end();
    write!(
        caller,
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{request}",
        request.len()
    )?;
    // Until the proxy closes: an early close could cut the answer.
    reader.read_to_end(&mut Vec::new())?;
    Ok(())
}

#[tokio::test]
async fn objects_survive_the_death_of_the_api_server() -> Result {
    let plane = ControlPlane::start()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace("bed-death", &json!({}))).await?;
    run_with_fate(&api, "bed-death", json!({})).await?;
    plane.kill_api_server();
    assert!(api.get("/version").await.is_err());
    plane.restart_api_server()?;
    let path = deployment_path("bed-death", "app");
    api.wait_for(&path, "rolled out", rolled_out).await?;
    Ok(())
}

#[tokio::test]
async fn a_lost_node_is_unknown_tainted_and_its_pods_are_not_ready() -> Result {
    let plane = ControlPlane::start()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace("bed-lost", &json!({}))).await?;
    let object = deployment("bed-lost", "app", 6, &template("app", IMAGE, &json!({})));
    api.create(&object).await?;
    let path = deployment_path("bed-lost", "app");
    api.wait_for(&path, "rolled out", rolled_out).await?;

    nodes::lose(&api, "node-1").await?;
    let tainted = |node: &Value| {
        node["spec"]["taints"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    };
    let node = api
        .wait_for(&nodes::path("node-1"), "tainted", tainted)
        .await?;
    assert_eq!(condition(&node, "Ready")["status"], "Unknown");
    api.wait_for(&path, "short of replicas", |object| !rolled_out(object))
        .await?;

    let events = "/api/v1/namespaces/bed-lost/events?fieldSelector=reason=NodeNotReady";
    assert!(has_items(&api.get(events).await?));

    nodes::recover(&api, "node-1").await?;
    api.wait_for(&path, "rolled out again", rolled_out).await?;
    Ok(())
}

#[tokio::test]
async fn a_frozen_api_server_is_silent_until_it_thaws() -> Result {
    let plane = ControlPlane::start_bare()?;
    let api = plane.api(Persona::Admin).await?;
    api.get("/version").await?;
    plane.freeze_api_server()?;
    let silence = tokio::time::timeout(Duration::from_millis(500), api.get("/version")).await;
    assert!(silence.is_err());
    plane.thaw_api_server()?;
    api.wait_for("/version", "answered", |_| true).await?;
    Ok(())
}

fn condition<'a>(object: &'a Value, kind: &str) -> &'a Value {
    object["status"]["conditions"]
        .as_array()
        .and_then(|all| all.iter().find(|one| one["type"] == kind))
        .unwrap_or(&Value::Null)
}

fn has_items(list: &Value) -> bool {
    list["items"]
        .as_array()
        .is_some_and(|items| !items.is_empty())
}
