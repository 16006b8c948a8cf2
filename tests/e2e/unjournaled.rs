//! A journal that cannot be written: nothing is sent from the screen, it is said why and what to do, and reading goes on.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use rstest::rstest;
use serde_json::json;

use crate::acting::{flat, press, send};
use crate::arena::{labelled_arena, place, serve};
use crate::bed::workloads::deployment_path;
use crate::bed::{Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

const STATE: &str = ".local/state/vigie";

/// The system's own "no space left" for whatever is written.
fn fills(state: &Path) -> Result {
    Ok(symlink("/dev/full", state.join("journal.jsonl"))?)
}

fn frees(state: &Path) -> Result {
    Ok(fs::remove_file(state.join("journal.jsonl"))?)
}

/// A file lies where the directory was.
fn takes(state: &Path) -> Result {
    fs::rename(state, state.with_extension("aside"))?;
    Ok(fs::write(state, "")?)
}

fn gives(state: &Path) -> Result {
    fs::remove_file(state)?;
    Ok(fs::rename(state.with_extension("aside"), state)?)
}

type Change = fn(&Path) -> Result;

#[rstest]
#[case::disk_full("unjournaled-full", fills, frees, "disk full")]
#[case::no_directory("unjournaled-file", takes, gives, "File exists")]
#[tokio::test]
async fn what_cannot_be_journaled_is_not_sent_and_reading_goes_on(
    #[case] space: &str,
    #[case] breaks: Change,
    #[case] mends: Change,
    #[case] why: &str,
) -> Result {
    let (plane, api) = labelled_arena(space, &place(&space.replace('-', ""), "dev")).await?;
    serve(&api, space, 1).await?;
    let path = deployment_path(space, "app");
    let home = Home::new()?;
    let state = home.path().join(STATE);
    let kubeconfig = plane.kubeconfig(Persona::Operator);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], (110, 40))?;
    screen.wait_text("nothing needs a human")?;
    screen.keys("4")?;
    screen.wait_line(&["▌", "app", "1/1"])?;
    screen.keys("P")?;
    screen.wait_text("Enter confirm")?;
    breaks(&state)?;
    send(&mut screen)?;
    screen.wait("told why not and what to do", |text| {
        let text = flat(text);
        text.contains(&format!("Not sent: the journal cannot be written ({why}"))
            && text.contains("Reading goes on; free some space or repair it, then ask again.")
    })?;
    assert_eq!(plane.written(space)?, []);

    api.merge(&format!("{path}/scale"), &json!({"spec": {"replicas": 2}}))
        .await?;
    screen.wait_line(&["now", "2/2 ready"])?;

    mends(&state)?;
    press(&mut screen, "\u{1b}", "rid of the message", |text| {
        !text.contains("Not sent")
    })?;
    screen.wait_text("Enter confirm")?;
    send(&mut screen)?;
    screen.wait_line(&["✓", "reached"])?;
    assert_eq!(api.get(&path).await?["spec"]["paused"], true);
    assert_eq!(plane.written(space)?.len(), 1);
    let records = fs::read_to_string(state.join("journal.jsonl"))?;
    assert_eq!(
        records.matches("\"record\":\"intent\"").count(),
        1,
        "{records}"
    );
    screen.keys("1")?;
    screen.quit()
}
