//! Writes from the screen, in a pseudo-terminal on the real cluster: what it takes to send one, and what sends none.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::arena::{fate, labelled_arena, place, roll, serve};
use crate::bed::workloads::{deployment_path, pods_path, rolled_out, wait_pod};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::Home;
use crate::relay::{Relay, kubeconfig, token_of};
use crate::terminal::Terminal;

/// A frame is written and what came before it dropped, and Enter counts as let go.
const SETTLED: Duration = Duration::from_millis(900);

/// A Deployment whose second revision falls, once that is to be seen.
async fn broken(
    space: &str,
    tenant: &str,
    environment: &str,
) -> Result<(&'static ControlPlane, Api)> {
    let (plane, api) = labelled_arena(space, &place(tenant, environment)).await?;
    serve(&api, space, 2).await?;
    roll(&api, space, &fate("crash")).await?;
    wait_pod(&api, &pods_path(space, "app"), "in a loop", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(3)
    })
    .await?;
    Ok((plane, api))
}

fn template(object: &Value) -> Value {
    object["spec"]["template"]["metadata"]["annotations"].clone()
}

#[tokio::test]
async fn a_bad_rollout_is_rolled_back_with_three_keys() -> Result {
    let space = "confirm-drill";
    let (plane, api) = broken(space, "cdrill", "dev").await?;
    let home = Home::new()?;
    let started = Instant::now();
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Operator), &["-n", space])?;
    screen.wait_line(&["▌◆", "cdrill/dev", "app"])?;
    let mut keys = 0;
    for (key, wait) in [
        ("R", "Enter confirm"),
        ("\r", "Enter send"),
        ("\r", "your action"),
    ] {
        // Nobody reads faster.
        std::thread::sleep(SETTLED);
        screen.keys(key)?;
        keys += 1;
        screen.wait_text(wait)?;
    }
    screen.wait_line(&["✓", "reached"])?;
    println!(
        "drill: {keys} keys, {:.1} s from start to complete",
        started.elapsed().as_secs_f64()
    );
    let back = api.get(&deployment_path(space, "app")).await?;
    assert!(rolled_out(&back), "{back}");
    assert_eq!(template(&back)["vigie.test/fate"], Value::Null);
    assert_eq!(plane.written(space)?.len(), 1);
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn nothing_typed_ahead_confirms() -> Result {
    let space = "confirm-ahead";
    let (plane, _) = broken(space, "cahead", "prod").await?;
    let home = Home::new()?;
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Operator), &["-n", space])?;
    screen.wait_line(&["▌◆", "cahead/prod", "app"])?;
    screen.keys("R\r")?;
    screen.wait_text("Enter confirm")?;
    // Box, name and confirmation in one burst.
    screen.keys("\r\rcahead/prod\r\r")?;
    screen.wait_text("type the name")?;
    screen.wait_text("Nothing is sent until the name is complete")?;
    // What is typed once the frame was written is heard; before that it is dropped, too.
    std::thread::sleep(SETTLED);
    screen.keys("INC-7")?;
    screen.wait_line(&["reason", "INC-7"])?;
    assert_eq!(plane.written(space)?, []);
    screen.keys("\u{1b}")?;
    screen.wait_text("Enter confirm")?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn a_burst_confirms_nothing_outside_production_either() -> Result {
    let space = "confirm-burst";
    let (plane, _) = broken(space, "cburst", "dev").await?;
    let home = Home::new()?;
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Operator), &["-n", space])?;
    screen.wait_line(&["▌◆", "cburst/dev", "app"])?;
    screen.keys("R\r\r\r\r")?;
    // They came before there was anything to confirm.
    screen.wait_text("Enter confirm")?;
    screen.keys("\r\r\r")?;
    screen.wait_text("Enter send")?;
    std::thread::sleep(SETTLED);
    assert_eq!(plane.written(space)?, []);
    screen.keys("\u{1b}\u{1b}")?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn production_asks_for_its_name_and_a_changed_object_for_a_new_plan() -> Result {
    let space = "confirm-name";
    let (plane, api) = broken(space, "cname", "prod").await?;
    let home = Home::new()?;
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Operator), &["-n", space])?;
    screen.wait_line(&["▌◆", "cname/prod", "app"])?;
    screen.keys("R")?;
    screen.wait_text("Enter confirm")?;
    screen.keys("\r")?;
    screen.wait_text("type the name")?;
    // Somebody else is faster.
    roll(&api, space, &json!({"note": "mended"})).await?;
    std::thread::sleep(SETTLED);
    screen.keys("INC-7")?;
    screen.wait_text("INC-7")?;
    screen.keys("\tcname/prod")?;
    screen.wait_text("Enter send")?;
    std::thread::sleep(SETTLED);
    screen.keys("\r")?;
    screen.wait_text("moved while you were reading")?;
    let now = api.get(&deployment_path(space, "app")).await?;
    assert_eq!(template(&now)["note"], "mended");
    let refused = plane.written(space)?;
    assert!(refused.iter().all(|it| it.code == 422), "{refused:?}");
    screen.keys("\u{1b}\u{1b}1")?;
    screen.quit()
}

#[tokio::test]
async fn read_only_shows_the_plan_and_sends_nothing() -> Result {
    let space = "confirm-readonly";
    let (plane, _) = broken(space, "creadonly", "dev").await?;
    let home = Home::new()?;
    let arguments = ["-n", space, "--read-only"];
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Operator), &arguments)?;
    screen.wait_line(&["READ-ONLY"])?;
    screen.wait_line(&["▌◆", "creadonly/dev", "app"])?;
    screen.keys("R")?;
    screen.wait_text("not asked in read-only")?;
    screen.keys("\r\r\r")?;
    screen.wait_text("Read-only: nothing is sent")?;
    assert_eq!(plane.written(space)?, []);
    screen.keys("\u{1b}\u{1b}1")?;
    screen.quit()
}

#[tokio::test]
async fn what_cannot_be_read_again_is_not_written() -> Result {
    let space = "confirm-unread";
    let (plane, _) = broken(space, "cunread", "dev").await?;
    let relay = Relay::straight(plane)?;
    let home = Home::new()?;
    let server = json!({
        "server": format!("https://{}", relay.address()),
        "tls-server-name": crate::relay::SERVER_NAME,
    });
    let file = kubeconfig(plane, &home, &server, &token_of(Persona::Operator))?;
    let mut screen = Terminal::start(&home, &file, &["-n", space])?;
    screen.wait_line(&["▌◆", "cunread/dev", "app"])?;
    relay.refuse(true);
    relay.cut();
    screen.keys("R")?;
    screen.wait_text("could not be read again")?;
    screen.keys("\r\r")?;
    assert_eq!(plane.written(space)?, []);
    screen.keys("\u{1b}\u{1b}1")?;
    screen.quit()
}
