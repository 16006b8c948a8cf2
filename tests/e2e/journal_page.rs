//! The journal on its screen, on the real cluster: what was written, what took it back, and whether each is still in force.

use serde_json::json;

use crate::acting::carry_out;
use crate::arena::{labelled_arena, place, serve};
use crate::bed::workloads::deployment_path;
use crate::bed::{Persona, Result};
use crate::program::{Home, vigie_at};
use crate::terminal::Terminal;

/// What is planned is sent, and reached.
fn done(screen: &mut Terminal, what: &str) -> Result {
    screen.wait_line(&["──", what])?;
    carry_out(screen, what)
}

fn journal(screen: &mut Terminal, title: &str) -> Result {
    screen.keys("9g")?;
    screen.wait_text("[9 Journal]")?;
    screen.wait_line(&["──", title])?;
    Ok(())
}

#[tokio::test]
async fn what_was_done_and_undone_stands_there_with_whether_it_still_holds() -> Result {
    let space = "journal-page";
    let (plane, api) = labelled_arena(space, &place("journalpage", "dev")).await?;
    serve(&api, space, 1).await?;
    let path = deployment_path(space, "app");
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Operator);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], (110, 40))?;
    screen.wait_text("nothing needs a human")?;
    journal(&mut screen, "0 actions")?;
    screen.wait_text("Nothing was done from this machine yet")?;
    screen.keys("4")?;
    screen.wait_line(&["▌", "app", "1/1"])?;
    screen.keys("S3")?;
    done(&mut screen, "scale app to 3")?;
    journal(&mut screen, "1 action · 1 still holds")?;
    screen.wait_line(&["▌✓", "app", "scale 1→3", "done in", "holds"])?;
    screen.keys("U")?;
    screen.wait_line(&["──", "take back"])?;
    done(&mut screen, "scale app to 1")?;
    assert_eq!(api.get(&path).await?["spec"]["replicas"], 1);
    journal(&mut screen, "2 actions · 1 still holds")?;
    screen.wait_line(&["▌✓", "app", "scale 3→1", "done in", "holds"])?;
    screen.wait_line(&["✓", "app", "scale 1→3", "done in", "undone"])?;

    // What was undone is not undone once more.
    screen.keys("jU")?;
    screen.wait_text("Nothing to take back")?;
    // Somebody else sets another number.
    api.merge(&format!("{path}/scale"), &json!({"spec": {"replicas": 2}}))
        .await?;
    screen.wait_line(&["app", "scale 3→1", "replaced"])?;
    screen.wait_line(&["app", "scale 1→3", "undone"])?;
    // And another process of this machine writes to the same journal.
    let pause = ["pause", "deploy/app", "-n", space, "--yes", "--wait"];
    let said = vigie_at(&home, &kubeconfig, pause)?;
    assert_eq!(said.code, 0, "{said:?}");
    screen.keys("1")?;
    screen.wait_text("[1 Watch]")?;
    journal(&mut screen, "3 actions · 1 still holds")?;
    screen.wait_line(&["✓", "app", "pause", "done in", "holds"])?;
    assert_eq!(plane.written(space)?.len(), 3);
    screen.keys("1")?;
    screen.quit()
}
