//! Several marked rows are acted on together, from the screen: one after the other, each written or told why not.

use serde_json::{Value, json};

use crate::acting::{carry_out, confirm, on_row, press, send};
use crate::arena::{IMAGE, NEXT_IMAGE, labelled_arena, place};
use crate::bed::workloads::{deployment, deployment_path, rolled_out, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

const NAMES: [&str; 3] = ["app-a", "app-b", "app-c"];
const RESTARTED: &str = "kubectl.kubernetes.io/restartedAt";

/// Three Deployments that serve.
async fn three(space: &str, tenant: &str) -> Result<(&'static ControlPlane, Api)> {
    let (plane, api) = labelled_arena(space, &place(tenant, "dev")).await?;
    for name in NAMES {
        let template = template(name, IMAGE, &json!({}));
        api.create(&deployment(space, name, 1, &template)).await?;
    }
    for name in NAMES {
        let path = deployment_path(space, name);
        api.wait_for(&path, "rolled out", rolled_out).await?;
    }
    Ok((plane, api))
}

/// Their restart is confirmed but for the key that sends.
fn marked(plane: &ControlPlane, home: &Home, space: &str) -> Result<Terminal> {
    let kubeconfig = plane.kubeconfig(Persona::Operator);
    let mut screen = Terminal::sized(home, &kubeconfig, &["-n", space], (110, 40))?;
    screen.wait_text("nothing needs a human")?;
    screen.keys("4")?;
    screen.wait("showing all three", |text| {
        text.contains("[4 Deployments]") && NAMES.iter().all(|it| text.contains(it))
    })?;
    screen.keys("g   ")?;
    screen.wait_text("3 marked")?;
    screen.keys("X")?;
    screen.wait_text("restart 3 objects")?;
    screen.wait_text("Enter confirm")?;
    confirm(&mut screen)?;
    screen.wait_text("Nothing is sent until the count is typed")?;
    press(&mut screen, "3", "complete", |text| {
        text.contains("Enter sends it")
    })?;
    Ok(screen)
}

/// Takes back what was done to the one, from its row.
fn take_back(screen: &mut Terminal, name: &str) -> Result {
    on_its_row(screen, name)?;
    screen.keys("U")?;
    screen.wait_line(&["take back", name])?;
    carry_out(screen, name)
}

fn on_its_row(screen: &mut Terminal, name: &str) -> Result {
    screen.keys("4")?;
    screen.wait_text("[4 Deployments]")?;
    screen.keys(&format!("/\u{15}{name}\r"))?;
    on_row(screen, name)
}

fn restarted(object: &Value) -> bool {
    object["spec"]["template"]["metadata"]["annotations"][RESTARTED].is_string()
}

fn codes(plane: &ControlPlane, space: &str) -> Result<Vec<(String, u64)>> {
    let writes = plane.written(space)?.into_iter();
    let name = |uri: String| {
        let path = uri.split('?').next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default().to_owned()
    };
    Ok(writes.map(|it| (name(it.uri), it.code)).collect())
}

#[tokio::test]
async fn all_marked_rows_are_written_and_each_is_taken_back() -> Result {
    let space = "several-all";
    let (plane, api) = three(space, "severalall").await?;
    let home = Home::new()?;
    let mut screen = marked(plane, &home, space)?;
    assert_eq!(plane.written(space)?, []);
    send(&mut screen)?;
    // The message above the footer says it of one of them, too.
    let reached = |line: &&str| line.contains(" 2 ✓") && line.contains("reached");
    screen.wait("all reached", |text| {
        text.lines().filter(reached).count() == 3
    })?;
    let all = NAMES.map(|it| (it.to_owned(), 200));
    assert_eq!(codes(plane, space)?, all);
    for name in NAMES {
        assert!(restarted(&api.get(&deployment_path(space, name)).await?));
    }
    for name in NAMES {
        take_back(&mut screen, name)?;
        assert!(!restarted(&api.get(&deployment_path(space, name)).await?));
    }
    assert_eq!(plane.written(space)?.len(), 6);
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn the_first_that_is_refused_stops_the_rest() -> Result {
    let space = "several-stop";
    let (plane, api) = three(space, "severalstop").await?;
    let home = Home::new()?;
    let mut screen = marked(plane, &home, space)?;
    // Somebody is at the second one.
    let next = json!({"spec": {"template": template("app-b", NEXT_IMAGE, &json!({}))}});
    api.merge(&deployment_path(space, "app-b"), &next).await?;
    send(&mut screen)?;
    screen.wait_text("app-b moved while you were reading")?;
    screen.wait_line(&["not tried: the step before was not taken"])?;
    screen.wait_line(&[" 2 ✓", "reached"])?;
    screen.wait_line(&["✗", "it was never done"])?;
    let told = [("app-a".to_owned(), 200), ("app-b".to_owned(), 422)];
    assert_eq!(codes(plane, space)?, told);
    assert!(!restarted(
        &api.get(&deployment_path(space, "app-c")).await?
    ));

    take_back(&mut screen, "app-a")?;
    assert!(!restarted(
        &api.get(&deployment_path(space, "app-a")).await?
    ));
    for name in ["app-b", "app-c"] {
        on_its_row(&mut screen, name)?;
        screen.keys("U")?;
        screen.wait_text("Nothing to take back")?;
    }
    assert_eq!(plane.written(space)?.len(), 3);
    screen.keys("1")?;
    screen.quit()
}
