//! Credentials that end while vigie runs.

use serde_json::{Value, json};

use tokio::time::Instant;

use super::super::fake::{Server, Stage, clock, pass};
use super::RETRY;
use crate::model::{Delta, Feed, Link, Moment, Problem};

/// A plugin that notes each run, and answers what the file says.
fn plugin(home: &std::path::Path) -> Value {
    let script = format!("cd '{}'; echo run >> runs; cat credential", home.display());
    json!({"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "sh", "args": ["-c", script]}})
}

fn credential(token: &str, expires: Moment) -> String {
    json!({"status": {"token": token, "expirationTimestamp": expires.to_rfc3339()}}).to_string()
}

fn is_live(delta: &Delta) -> bool {
    matches!(delta, Delta::Link(_, Link::Live { .. }))
}

fn is_watching(delta: &Delta) -> bool {
    matches!(delta, Delta::Feed(_, Feed::Live { .. }))
}

fn degraded(delta: &Delta) -> Option<&Problem> {
    match delta {
        Delta::Link(_, Link::Degraded { problem, .. }) => Some(problem),
        _ => None,
    }
}

/// Reading with a first token that lasts so long.
async fn logged_in(lasts: i64) -> Stage {
    let server = Server::default();
    server.accept_only(&["one"]);
    let user = |home: &std::path::Path| {
        std::fs::write(
            home.join("credential"),
            credential("one", clock().plus(lasts)),
        )
        .unwrap();
        plugin(home)
    };
    let mut stage = Stage::set(server, clock, user).await;
    stage.wait(is_watching).await;
    stage
}

fn runs(stage: &Stage) -> usize {
    stage.read("runs").lines().count()
}

#[tokio::test]
async fn credentials_are_renewed_before_they_end_and_nobody_notices() {
    let mut stage = logged_in(90).await;
    stage.write("credential", &credential("two", clock().plus(3600)));
    stage.server.accept_only(&["one", "two"]);
    pass(70).await;
    let (_, before) = stage.wait(is_watching).await;
    assert_eq!(runs(&stage), 2);
    assert!(
        before.iter().all(|delta| degraded(delta).is_none()),
        "{before:?}"
    );
    let asked = stage.server.asked.lock().unwrap();
    let (path, token) = asked.last().unwrap();
    assert!(path.contains("watch=1") && token == "two", "{asked:?}");
}

#[tokio::test]
async fn a_token_that_ends_within_the_minute_is_told_with_the_command_and_not_asked_for_again_and_again()
 {
    let mut stage = logged_in(5).await;
    stage.server.accept_only(&["two"]);
    stage.write("credential", &credential("two", clock().plus(3600)));
    for _ in 0..4 {
        pass(11).await;
        let (told, _) = stage.wait(|delta| degraded(delta).is_some()).await;
        let Some(Problem::Unauthorized {
            login: Some(command),
        }) = degraded(&told)
        else {
            panic!("{told:?}");
        };
        assert!(command.starts_with("sh -c"), "{command}");
        assert_eq!(runs(&stage), 1, "a second login within the minute");
    }
    pass(20).await;
    stage.wait(is_live).await;
    stage.wait(is_watching).await;
    assert_eq!(runs(&stage), 2);
}

#[tokio::test]
async fn a_key_logs_in_at_once() {
    let mut stage = logged_in(3600).await;
    stage.server.accept_only(&["two"]);
    stage.write("credential", &credential("two", clock().plus(3600)));
    pass(11).await;
    stage.wait(|delta| degraded(delta).is_some()).await;
    assert_eq!(runs(&stage), 1);
    stage.retry.send_modify(|count| *count += 1);
    stage.wait(is_watching).await;
    assert_eq!(runs(&stage), 2);
}

#[tokio::test]
async fn a_plugin_that_rewrites_the_kubeconfig_is_not_run_again_at_once() {
    let server = Server::default();
    let from = Instant::now();
    let user = |home: &std::path::Path| {
        let credential = credential("one", clock().plus(3600));
        std::fs::write(home.join("credential"), credential).unwrap();
        let mut user = plugin(home);
        let script = user["exec"]["args"][1].as_str().unwrap();
        user["exec"]["args"][1] = json!(format!("echo >> '{}/config'; {script}", home.display()));
        user
    };
    let mut stage = Stage::set(server, clock, user).await;
    for _ in 0..2 {
        stage.wait(|delta| degraded(delta).is_some()).await;
    }
    assert!(from.elapsed() >= RETRY, "again after {:?}", from.elapsed());
    assert_eq!(runs(&stage), 2);
}

#[tokio::test]
async fn a_token_that_is_written_anew_is_found_within_five_seconds() {
    let server = Server::default();
    server.accept_only(&["one"]);
    let user = |home: &std::path::Path| {
        std::fs::write(home.join("token"), "one").unwrap();
        json!({"tokenFile": "token"})
    };
    let mut stage = Stage::set(server, clock, user).await;
    stage.wait(is_watching).await;
    stage.server.accept_only(&["another"]);
    pass(11).await;
    let (told, _) = stage.wait(|delta| degraded(delta).is_some()).await;
    let Delta::Link(_, Link::Degraded { next_try, .. }) = told else {
        unreachable!()
    };
    assert!(next_try <= Some(clock().plus(5)), "{told:?}");
    stage.write("token", "another");
    pass(3).await;
    stage.wait(is_watching).await;
}
