//! The API server dies, falls silent and comes back: the program stays, says so, and misses nothing.

use std::time::{Duration, Instant};

use serde_json::json;
use vigie::store::Cluster;

use crate::arena::{place, roll, serve};
use crate::bed::workloads::{deployment_path, namespace, rolled_out};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::{Home, vigie, with};
use crate::reading::Reading;
use crate::terminal::Terminal;

/// Kubernetes' own controllers wait longer after each death before they look again.
const CONTROLLERS_BACK: Duration = Duration::from_mins(3);

struct Stage {
    plane: ControlPlane,
    api: Api,
    home: Home,
}

impl Stage {
    /// A cluster of its own, with one workload that serves.
    async fn set() -> Result<Self> {
        let plane = ControlPlane::start()?;
        let api = plane.api(Persona::Admin).await?;
        api.create(&namespace("resume", &place("resume", "prod")))
            .await?;
        serve(&api, "resume", 4).await?;
        let home = Home::new()?;
        Ok(Self { plane, api, home })
    }

    fn open(&self) -> Result<Terminal> {
        let kubeconfig = self.plane.kubeconfig(Persona::Admin);
        let mut screen = Terminal::start(&self.home, &kubeconfig, &[])?;
        screen.wait_text("nothing needs a human")?;
        Ok(screen)
    }

    /// A rollout that takes a while.
    async fn roll_slowly(&self) -> Result {
        let slow = json!({"vigie.test/fate": "slow", "vigie.test/delay": "5s"});
        roll(&self.api, "resume", &slow).await
    }

    /// The rollout came to its end on the server, and on the screen.
    async fn ends_well(&self, screen: &mut Terminal) -> Result {
        let path = deployment_path("resume", "app");
        let done = self
            .api
            .wait_at_most(CONTROLLERS_BACK, &path, "rolled out", rolled_out)
            .await?;
        screen.wait_text("none in progress")?;
        screen.wait_text("nothing needs a human")?;
        screen.wait_line(&["resume/prod", "app", "rev 2 complete"])?;
        let kubeconfig = self.plane.kubeconfig(Persona::Admin);
        let said = vigie(&kubeconfig, ["get", "deployments", "-o", "json"])?;
        let rows = said.items()?;
        let row = with(&rows, "namespace", "resume");
        assert_eq!(row[0]["state"], "complete", "{said:?}");
        assert_eq!(row[0]["ready"], done["status"]["readyReplicas"]);
        assert_eq!(row[0]["updated"], done["status"]["updatedReplicas"]);
        Ok(())
    }
}

/// From now on the header shows the cluster as answering. How soon is told, not judged: the machine may be busy, and the
/// waits are proved on a time of their own.
fn live_again(screen: &mut Terminal) -> Result {
    let from = Instant::now();
    screen.wait_text("admin ✓")?;
    eprintln!("live again after {:?}", from.elapsed());
    Ok(())
}

#[tokio::test]
async fn an_api_server_killed_during_a_rollout_costs_no_final_state() -> Result {
    let stage = Stage::set().await?;
    let mut screen = stage.open()?;
    stage.roll_slowly().await?;
    screen.wait_line(&["resume/prod", "app", "rev 2"])?;
    stage.plane.kill_api_server();
    screen.wait_text("admin ▲")?;
    screen.wait_line(&["API server", "degraded"])?;
    // What was seen last stays.
    screen.wait_line(&["resume/prod", "app", "when last seen"])?;
    stage.plane.restart_api_server()?;
    live_again(&mut screen)?;
    stage.ends_well(&mut screen).await?;
    screen.quit()
}

#[tokio::test]
async fn an_object_deleted_while_nobody_answered_is_gone_afterwards() -> Result {
    let stage = Stage::set().await?;
    let path = deployment_path("resume", "app");
    let pause = json!({"spec": {"paused": true}});
    stage.api.merge(&path, &pause).await?;
    let mut screen = stage.open()?;
    screen.wait_line(&["resume/prod", "rollout of app paused"])?;
    // Stopped for the program only: its connections stay open and silent.
    screen.signal("STOP")?;
    stage.api.delete(&path).await?;
    stage.api.wait_gone(&path).await?;
    stage.plane.kill_api_server();
    stage.plane.restart_api_server()?;
    screen.signal("CONT")?;
    screen.wait_text("nothing left paused")?;
    live_again(&mut screen)?;
    screen.quit()
}

#[tokio::test]
async fn an_api_server_that_falls_silent_is_noticed_and_read_again() -> Result {
    let stage = Stage::set().await?;
    let mut screen = stage.open()?;
    stage.roll_slowly().await?;
    screen.wait_line(&["resume/prod", "app", "rev 2"])?;
    stage.plane.freeze_api_server()?;
    screen.wait_text("admin ▲")?;
    screen.wait_text("no answer")?;
    stage.plane.thaw_api_server()?;
    live_again(&mut screen)?;
    stage.ends_well(&mut screen).await?;
    stage.plane.freeze_api_server()?;
    screen.signal("TERM")?;
    screen.end()?;
    stage.plane.thaw_api_server()
}

#[tokio::test]
async fn five_deaths_in_a_row_are_survived() -> Result {
    let stage = Stage::set().await?;
    let mut screen = stage.open()?;
    // Rights by rules, which a server that starts has yet to read: it refuses what it allowed before.
    let mut viewer = Reading::start(stage.plane.kubeconfig(Persona::Viewer)).await?;
    stage.roll_slowly().await?;
    for death in 1..=5 {
        stage.plane.kill_api_server();
        screen.wait_text("admin ▲")?;
        stage.plane.restart_api_server()?;
        live_again(&mut screen)?;
        let name = format!("after-death-{death}");
        stage.api.create(&namespace(&name, &json!({}))).await?;
        let shown = |cluster: &Cluster| cluster.namespaces().any(|it| it.meta.name == *name);
        let took = viewer.wait("shown the new namespace", shown).await?;
        eprintln!("the viewer sees again after {took:?}");
    }
    // Kubernetes' own controllers wait longer after each death before they look again; begun anew they look at once.
    for name in ["kube-controller-manager", "kube-scheduler", "kwok"] {
        stage.plane.restart(name)?;
    }
    stage.ends_well(&mut screen).await?;
    screen.quit()
}
