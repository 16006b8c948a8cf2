//! Logs through the real API server, from the kubelet's side kept in files.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};
use vigie::dossier::{Dossier, Log, Said};
use vigie::model::{ClusterId, Lack, LogOf, Lookup, Reach, Verb, Wanted};

use crate::arena::{IMAGE, arena, labelled_arena, place, roll, run};
use crate::bed::workloads::{
    deployment, deployment_path, namespace, pods_path, rolled_out, template, wait_pod,
};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::Home;
use crate::reading::Reading;
use crate::terminal::Terminal;

fn log_of(space: &str, pod: &str, previous: bool) -> Lookup {
    Lookup {
        cluster: ClusterId(0),
        wanted: Wanted::Log(LogOf {
            namespace: space.into(),
            pod: pod.into(),
            container: "app".into(),
            previous,
            reach: Reach {
                lines: 1000,
                seconds: None,
            },
        }),
    }
}

/// What was said, line by line; what stands between lines by its name.
fn said(dossier: &Dossier, lookup: &Lookup) -> Vec<String> {
    let entries = dossier.log(lookup).into_iter().flat_map(Log::entries);
    let words = entries.map(|it| match &it.said {
        Said::Line(line) => line.text.to_string(),
        mark => format!("{mark:?}"),
    });
    words.collect()
}

/// A pod that says what stands in the log of that name, once it serves.
async fn speaker(api: &Api, space: &str, log: &str) -> Result<String> {
    run(api, space, 1, &json!({"vigie.test/log": log})).await?;
    let pod = wait_pod(api, &pods_path(space, "app"), "ready", |pod| {
        pod["status"]["containerStatuses"][0]["ready"] == true
    })
    .await?;
    Ok(pod["metadata"]["name"]
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

#[tokio::test]
async fn a_log_is_followed_and_its_previous_run_is_read() -> Result {
    let (plane, api) = arena("logs-follow").await?;
    plane.write_log("logs-follow", &["one", "two"])?;
    plane.write_previous_log("logs-follow", &["FATAL config: DB_URL is not set"])?;
    let pod = speaker(&api, "logs-follow", "logs-follow").await?;
    let mut reading = Reading::start(plane.kubeconfig(Persona::Admin)).await?;
    let now = log_of("logs-follow", &pod, false);
    reading.look(std::slice::from_ref(&now));
    reading
        .wait_told("read", |it| said(it, &now) == ["one", "two"])
        .await?;
    plane.append_log("logs-follow", &["three", "four"])?;
    let four = ["one", "two", "three", "four"];
    reading
        .wait_told("followed", |it| said(it, &now) == four)
        .await?;

    let before = log_of("logs-follow", &pod, true);
    reading.look(std::slice::from_ref(&before));
    let fatal = ["FATAL config: DB_URL is not set", "Over"];
    reading
        .wait_told("read from before", |it| said(it, &before) == fatal)
        .await
}

#[tokio::test]
async fn a_missing_right_to_logs_is_named() -> Result {
    let (plane, _) = arena("logs-denied").await?;
    let mut reading = Reading::start(plane.kubeconfig(Persona::Nobody)).await?;
    let lookup = log_of("logs-denied", "app", false);
    reading.look(std::slice::from_ref(&lookup));
    let lack = |it: &Dossier| it.log(&lookup).and_then(|it| it.lack().cloned());
    reading
        .wait_told("refused", |it| lack(it).is_some())
        .await?;
    let denied = Lack::Denied {
        verb: Verb::Get,
        resource: "pods/log".into(),
    };
    assert_eq!(lack(&reading.dossier), Some(denied));
    Ok(())
}

#[tokio::test]
async fn nothing_is_lost_or_told_twice_when_the_server_comes_back() -> Result {
    let plane = ControlPlane::start()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace("logs-again", &json!({}))).await?;
    let lines = |from: usize, to: usize| (from..to).map(|it| format!("line {it}"));
    let write = |from, to| {
        let lines: Vec<_> = lines(from, to).collect();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        plane.append_log("logs-again", &lines)
    };
    plane.write_log("logs-again", &["line 0"])?;
    let pod = speaker(&api, "logs-again", "logs-again").await?;
    let mut reading = Reading::start(plane.kubeconfig(Persona::Admin)).await?;
    let lookup = log_of("logs-again", &pod, false);
    reading.look(std::slice::from_ref(&lookup));
    let all = |to: usize| {
        let lookup = lookup.clone();
        move |it: &Dossier| said(it, &lookup).len() >= to
    };
    write(1, 500)?;
    reading.wait_told("followed", all(500)).await?;

    plane.kill_api_server();
    write(500, 900)?;
    plane.restart_api_server()?;
    write(900, 1000)?;
    reading.wait_told("gone on with", all(1000)).await?;
    write(1000, 1001)?;
    reading.wait_told("followed again", all(1001)).await?;
    let told = said(&reading.dossier, &lookup);
    assert_eq!(told, lines(0, 1001).collect::<Vec<_>>());
    Ok(())
}

#[tokio::test]
async fn what_a_container_says_does_no_harm() -> Result {
    let (plane, api) = arena("logs-rubbish").await?;
    let long = "x".repeat(4 << 20);
    let lines = [
        "\u{1b}[31mERROR\u{1b}[0m \u{1b}]52;c;eA==\u{7}red",
        "\u{1b}[2J\u{202e}bytes \u{fffd}\u{0}\u{8}",
        &long,
        "last",
    ];
    plane.write_log("logs-rubbish", &lines)?;
    let pod = speaker(&api, "logs-rubbish", "logs-rubbish").await?;
    let mut reading = Reading::start(plane.kubeconfig(Persona::Admin)).await?;
    let lookup = log_of("logs-rubbish", &pod, false);
    reading.look(std::slice::from_ref(&lookup));
    let last = |it: &Dossier| said(it, &lookup).last().is_some_and(|it| it == "last");
    reading.wait_told("read to its end", last).await?;
    let told = said(&reading.dossier, &lookup);
    assert_eq!(told[0], "ERROR red");
    let inert = |line: &String| line.chars().all(|it| !it.is_control() && it != '\u{202e}');
    assert!(told.iter().all(inert));
    let longest = told.iter().map(String::len).max();
    assert!(longest < Some(17 << 10), "{longest:?}");
    Ok(())
}

/// A crash loop that says why, beside pods that serve.
async fn crash(plane: &ControlPlane, api: &Api, space: &str) -> Result {
    plane.write_log(
        space,
        &["INFO  starting", "FATAL config: DB_URL is not set"],
    )?;
    plane.write_previous_log(space, &["FATAL config: as before"])?;
    let notes = json!({"vigie.test/fate": "crash", "vigie.test/log": space});
    let template = template("app", IMAGE, &notes);
    api.create(&deployment(space, "app", 1, &template)).await?;
    wait_pod(api, &pods_path(space, "app"), "in a loop", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(3)
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn the_logs_of_a_workload_stand_on_one_page() -> Result {
    let space = "logs-page";
    let (plane, api) = labelled_arena(space, &place("logspage", "prod")).await?;
    crash(plane, &api, space).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.keys("4")?;
    screen.wait_line(&["logspage/prod", "app"])?;
    screen.keys("l")?;
    screen.wait_line(&["FATAL config: DB_URL is not set"])?;
    screen.wait_line(&["live"])?;
    plane.append_log(space, &["WARN  said while it is followed"])?;
    screen.wait_line(&["▌", "said while it is followed"])?;

    // The rollout shows the end of it too.
    screen.keys("w")?;
    screen.wait_line(&["end of the log of", "app"])?;
    screen.wait_line(&["FATAL config: DB_URL is not set"])?;
    screen.keys("\u{1b}")?;
    screen.wait_line(&["MiB"])?;

    // A second pod joins by itself, and each is named from then on.
    let two = json!({"spec": {"replicas": 2}});
    api.merge(&deployment_path(space, "app"), &two).await?;
    let names = |list: &Value| {
        let pods = list["items"].as_array().cloned().unwrap_or_default();
        let name = |pod: &Value| {
            pod["metadata"]["name"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        pods.iter().map(name).collect::<Vec<_>>()
    };
    let pods = api
        .wait_for(&pods_path(space, "app"), "two", |it| names(it).len() == 2)
        .await?;
    for name in names(&pods) {
        let suffix = name.rsplit('-').next().unwrap_or_default();
        screen.wait_line(&[suffix, "FATAL config"])?;
    }

    screen.keys("/DB_URL\r")?;
    screen.wait_line(&["2 of 2"])?;
    screen.keys("W")?;
    screen.wait_line(&["saved to ~/.local/state/vigie/logs/app-"])?;
    let saved = home.files()?;
    let saved = saved.iter().find(|it| it.contains("/logs/app-"));
    let path = home.path().join(saved.map_or("", String::as_str));
    assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(&path)?.contains("FATAL config: DB_URL is not set"));

    screen.keys("p")?;
    screen.wait_line(&["FATAL config: as before"])?;
    screen.wait_line(&["previous run"])?;
    screen.keys("q")?;
    screen.wait_line(&["tenant/env"])?;
    screen.quit()
}

#[tokio::test]
async fn each_line_of_each_pod_of_a_rolling_update_is_there_once() -> Result {
    let space = "logs-rolling";
    let (plane, api) = labelled_arena(space, &place("rolling", "prod")).await?;
    let write = |log: &str, from: usize, to: usize| -> Result {
        let lines: Vec<_> = (from..to).map(|it| format!("{log} line {it}.")).collect();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        plane.append_log(log, &lines)
    };
    plane.write_log("rolling-old", &[])?;
    plane.write_log("rolling-new", &[])?;
    run(&api, space, 2, &json!({"vigie.test/log": "rolling-old"})).await?;
    api.wait_for(&deployment_path(space, "app"), "rolled out", rolled_out)
        .await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.keys("4")?;
    screen.wait_line(&["rolling/prod", "app", "2/2"])?;
    write("rolling-old", 0, 200)?;
    screen.keys("l")?;
    screen.wait_line(&["rolling-old line 199."])?;
    write("rolling-old", 200, 300)?;
    screen.wait_line(&["rolling-old line 299."])?;
    write("rolling-new", 0, 100)?;
    roll(&api, space, &json!({"vigie.test/log": "rolling-new"})).await?;
    screen.wait_line(&["rolling-new line 99."])?;
    api.wait_for(&deployment_path(space, "app"), "rolled out", rolled_out)
        .await?;
    write("rolling-new", 100, 250)?;
    screen.wait("with the last line of both pods", |text| {
        text.matches("rolling-new line 249.").count() == 2
    })?;
    screen.keys("W")?;
    screen.wait_line(&["saved to"])?;
    let saved = home.files()?;
    let saved = saved.iter().find(|it| it.contains("/logs/app-"));
    let text = fs::read_to_string(home.path().join(saved.map_or("", String::as_str)))?;
    for (log, count) in [("rolling-old", 300), ("rolling-new", 250)] {
        for number in 0..count {
            let line = format!("{log} line {number}.");
            assert_eq!(text.matches(&line).count(), 2, "{line}");
        }
    }
    screen.keys("1")?;
    screen.quit()
}
