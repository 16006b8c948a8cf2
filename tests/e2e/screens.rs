//! The screens in a terminal, beside what scripts are told and beside the objects: all tell the same.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::arena::{fate, labelled_arena, place, roll, run, serve};
use crate::bed::workloads::{deployment_path, pods_path, rolled_out, wait_pod};
use crate::bed::{ControlPlane, Persona, Result};
use crate::headless::other;
use crate::program::{Home, vigie};
use crate::terminal::Terminal;

const WIDE: (u16, u16) = (170, 60);

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

fn place_of(row: &Value) -> String {
    format!("{}/{}", text(row, "tenant"), text(row, "environment"))
}

/// The words of the pane beside the list, with one blank between them.
fn pane(screen: &str) -> String {
    let lines = screen.lines().filter_map(|line| line.split_once('│'));
    let words = lines.flat_map(|(_, line)| line.split_whitespace());
    words.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_screen_shows_the_values_that_scripts_are_told() -> Result {
    let (good, bad) = ("screens-good", "screens-bad");
    let (plane, api) = labelled_arena(good, &place("screens", "prod")).await?;
    serve(&api, good, 2).await?;
    other(&api, good, "ReplicaSet").await?;
    let (_, _) = labelled_arena(bad, &place("screens", "dev")).await?;
    run(&api, bad, 1, &fate("crash")).await?;
    wait_pod(&api, &pods_path(bad, "app"), "in a loop", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(3)
    })
    .await?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let ask = |what: &str| -> Result<Vec<Value>> {
        vigie(&kubeconfig, ["get", what, "-o", "json", "-n", "screens"])?.items()
    };
    let home = Home::new()?;
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", "screens"], WIDE)?;

    screen.wait_text("a human")?;
    for finding in ask("findings")? {
        let told = [
            &place_of(&finding),
            text(&finding, "name"),
            text(&finding, "reason"),
        ];
        let line = screen.wait_line(&told)?;
        let sign = match text(&finding, "severity") {
            "critical" => '▲',
            _ => '◆',
        };
        assert!(line.contains(sign), "{line}");
        // The only one is the selected one: the pane has its whole sentence, in parts.
        let effect = text(&finding, "message")
            .split(": ")
            .next()
            .unwrap_or_default();
        screen.wait(&format!("saying {effect:?} in the pane"), |screen| {
            pane(screen).contains(effect)
        })?;
    }

    screen.keys("4")?;
    for row in ask("deployments")? {
        let ready = format!("{}/{}", row["ready"], row["desired"]);
        let line = screen.wait_line(&[&place_of(&row), text(&row, "name"), &ready])?;
        let image = row["images"][0].as_str().unwrap_or_default();
        let tag = image.rsplit(':').next().unwrap_or_default();
        assert!(line.contains(tag), "{tag}: {line}");
        if let Some(revision) = row["revision"].as_u64() {
            assert!(line.contains(&format!(" {revision} ")), "{line}");
        }
    }

    screen.keys("2")?;
    for row in ask("tenants")? {
        let workloads = &row["workloads"];
        assert_eq!(workloads["total"], ask("deployments")?.len());
        let ready = format!("{}/{}", workloads["ready"], workloads["total"]);
        screen.wait_line(&[text(&row, "name"), &ready])?;
        // The only tenant: the whole is its own.
        screen.wait_line(&["workloads", &format!("{}:", workloads["total"])])?;
    }
    screen.keys("\r")?;
    for row in ask("tenants")? {
        for environment in row["environments"].as_array().into_iter().flatten() {
            screen.wait_line(&[text(environment, "name"), text(environment, "cluster")])?;
        }
    }
    screen.wait_line(&["prod", "2/2"])?;
    screen.keys("G+")?;
    for row in ask("deployments")? {
        let ready = format!("{}/{}", row["ready"], row["desired"]);
        screen.wait_line(&[text(&row, "name"), &ready])?;
    }
    screen.quit()
}

#[tokio::test]
async fn a_rollout_is_watched_among_the_deployments_until_it_settles() -> Result {
    let space = "screens-roll";
    let (plane, api) = labelled_arena(space, &place("screenroll", "prod")).await?;
    serve(&api, space, 3).await?;
    let home = Home::new()?;
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Admin), &["-n", space])?;
    screen.keys("4")?;
    screen.wait_line(&["✓", "screenroll/prod", "app", "3/3", "███", "1.0.0"])?;

    let slow = json!({"vigie.test/fate": "slow", "vigie.test/delay": "4s"});
    roll(&api, space, &slow).await?;
    screen.wait_line(&["►", "screenroll/prod", "app", "1.0.0→1.1.0"])?;
    let path = deployment_path(space, "app");
    let done = api.wait_for(&path, "rolled out", rolled_out).await?;
    let line = screen.wait("settled", |text| {
        text.lines()
            .any(|line| line.contains("✓") && line.contains("3/3") && !line.contains('→'))
    })?;
    let revision = &done["metadata"]["annotations"]["deployment.kubernetes.io/revision"];
    assert!(
        line.contains(&format!(" {} 1.1.0", revision.as_str().unwrap_or_default())),
        "{line}"
    );
    screen.quit()
}

#[tokio::test]
async fn whatever_is_in_the_ticket_is_found_and_opened() -> Result {
    let space = "screens-5ml1kjum5pv08d0zckclpksb6";
    let (plane, api) = labelled_arena(space, &place("ticket", "prod")).await?;
    run(&api, space, 1, &fate("crash")).await?;
    let pod = wait_pod(&api, &pods_path(space, "app"), "failing", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(2)
    })
    .await?;
    let name = text(&pod["metadata"], "name");
    let home = Home::new()?;
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Admin), &[])?;
    screen.wait_text("[1 Watch]")?;
    screen.keys("\u{6}")?;
    screen.wait_text("type two letters")?;
    screen.keys("5ml1kjum5pv08d0z")?;
    screen.wait_line(&["namespace", space, "ticket/prod"])?;
    screen.keys("\u{15}")?;
    screen.keys(name)?;
    screen.wait_line(&["pod", "ticket/prod"])?;
    screen.keys("\r\r")?;
    let last = name.rsplit('-').next().unwrap_or_default();
    let line = screen.wait_line(&["▌", &format!("…-{last}")])?;
    assert!(line.contains("0/1"), "{line}");
    screen.keys("\u{1b}")?;
    screen.wait_line(&["tenant", "env", "ready", "worst"])?;
    screen.quit()
}

#[tokio::test]
async fn the_first_frame_does_not_wait_for_a_server_that_hangs() -> Result {
    let plane = ControlPlane::start_bare()?;
    plane.freeze_api_server()?;
    let home = Home::new()?;
    let begun = Instant::now();
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Admin), &[])?;
    screen.wait_text("[1 Watch]")?;
    screen.keys("4")?;
    screen.wait_text("[4 Deployments]")?;
    // A bound for a broken program; the bench measures the real figure.
    assert!(begun.elapsed() < Duration::from_secs(5));
    let text = screen.screen();
    assert!(!text.contains("0 workloads"), "{text}");
    screen.quit()
}
