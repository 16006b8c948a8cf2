//! Watch in a terminal, beside the objects on the server: both tell the same.

use serde_json::{Value, json};

use crate::arena::{fate, labelled_arena, place, roll, run, serve};
use crate::bed::workloads::{deployment_path, pods_path, rolled_out, wait_pod};
use crate::bed::{Persona, Result};
use crate::program::Home;
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

    roll(
        &api,
        space,
        &json!({"vigie.test/fate": "slow", "vigie.test/delay": "4s"}),
    )
    .await?;
    screen.wait_line(&["good/prod", "app", "rev 2"])?;
    let path = deployment_path(space, "app");
    let done = api.wait_for(&path, "rolled out", rolled_out).await?;
    assert_eq!(done["status"]["updatedReplicas"], 3);
    screen.wait_text("none in progress")?;
    let end = screen.wait_text("nothing needs a human")?;
    assert!(end.contains("revision 2") || end.contains("rev 2"), "{end}");
    screen.quit()
}
