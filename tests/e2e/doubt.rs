//! Writes whose answer is lost, and processes that are killed: what was done is found out, and nothing is sent twice.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::arena::{labelled_arena, place, serve};
use crate::bed::workloads::deployment_path;
use crate::bed::{ControlPlane, Persona, Result};
use crate::program::{Home, PROGRAM, Said, vigie_at};
use crate::relay::{Relay, is_write, kubeconfig, token_of, unchanged};

const JOURNAL: &str = ".local/state/vigie/journal.jsonl";
const KILLS: u64 = 100;

/// A gateway that gives up on the answer to a write.
fn gives_up(head: &str) -> String {
    match head.split_once("\r\n") {
        Some((_, rest)) if is_write(head) => format!("HTTP/1.1 504 Gateway Timeout\r\n{rest}"),
        _ => head.to_owned(),
    }
}

/// One that loses the write itself.
fn loses(head: &str) -> String {
    if is_write(head) {
        return head.replacen(" /apis/", " /nowhere/", 1);
    }
    head.to_owned()
}

fn scale(plane: &ControlPlane, relay: &Relay, home: &Home, space: &str) -> Result<Said> {
    let server = json!({"server": format!("http://{}", relay.address())});
    let file = kubeconfig(plane, home, &server, &token_of(Persona::Operator))?;
    let on = [
        "deploy/app",
        "-n",
        space,
        "--replicas",
        "3",
        "--yes",
        "--wait",
    ];
    vigie_at(home, &file, ["scale"].iter().chain(&on))
}

fn records(home: &Home) -> Result<Vec<Value>> {
    let text = fs::read_to_string(home.path().join(JOURNAL))?;
    Ok(text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?)
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_read_again_and_found_done() -> Result {
    let space = "doubt-done";
    let (plane, api) = labelled_arena(space, &place("doubtdone", "dev")).await?;
    serve(&api, space, 1).await?;
    let relay = Relay::changing(plane, unchanged, gives_up)?;
    let home = Home::new()?;
    let said = scale(plane, &relay, &home, space)?;
    assert_eq!(said.code, 0, "{said:?}");
    let object = api.get(&deployment_path(space, "app")).await?;
    assert_eq!(object["status"]["readyReplicas"], 3);
    let records = records(&home)?;
    assert_eq!(records[1]["verdict"], "unknown", "{records:?}");
    assert_eq!(records[2]["verdict"], "reached", "{records:?}");
    // Nothing was sent twice.
    assert_eq!(plane.written(space)?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_write_that_was_lost_is_found_not_done() -> Result {
    let space = "doubt-not-done";
    let (plane, api) = labelled_arena(space, &place("doubtnotdone", "dev")).await?;
    serve(&api, space, 1).await?;
    let relay = Relay::changing(plane, loses, gives_up)?;
    let home = Home::new()?;
    let said = scale(plane, &relay, &home, space)?;
    assert_eq!(said.code, 1, "{said:?}");
    let object = api.get(&deployment_path(space, "app")).await?;
    assert_eq!(object["spec"]["replicas"], 1);
    assert_eq!(records(&home)?[2]["verdict"], "notDone");
    Ok(())
}

/// Each at another moment of its run, spread over all of it.
#[tokio::test]
async fn a_hundred_killed_processes_leave_a_readable_journal() -> Result {
    let space = "doubt-killed";
    let (plane, api) = labelled_arena(space, &place("doubtkilled", "dev")).await?;
    serve(&api, space, 1).await?;
    let home = Home::new()?;
    let file = plane.kubeconfig(Persona::Operator);
    for turn in 0..KILLS {
        let replicas = (1 + turn % 3).to_string();
        let on = [
            "scale",
            "deploy/app",
            "-n",
            space,
            "--yes",
            "--wait",
            "--replicas",
        ];
        let mut child = Command::new(PROGRAM)
            .args(on.iter().copied().chain([replicas.as_str()]))
            .env_clear()
            .envs(home.variables(&file))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        tokio::time::sleep(Duration::from_millis(50 + turn * 5)).await;
        child.kill()?;
        child.wait()?;
    }
    let said = vigie_at(&home, &file, ["journal", "-o", "json"])?;
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    let entries = said.json()?;
    let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
    // What the server took and what the journal says are joined by the audit id.
    let told: Vec<_> = entries
        .iter()
        .flat_map(|it| it["sends"].as_array().cloned().unwrap_or_default())
        .map(|it| it["auditId"].clone())
        .collect();
    let unjournaled = plane
        .written(space)?
        .into_iter()
        .filter(|it| !told.contains(&json!(it.id)));
    assert_eq!(unjournaled.collect::<Vec<_>>(), []);
    let standing = |word: &str| entries.iter().filter(|it| it["standing"] == word).count();
    println!(
        "{KILLS} killed: {} actions begun, {} in doubt, {} without an outcome, all readable",
        entries.len(),
        standing("inDoubt"),
        standing("accepted"),
    );
    assert!(!entries.is_empty(), "all were killed too early");
    Ok(())
}

#[tokio::test]
async fn the_next_start_reads_again_what_was_left_without_an_answer() -> Result {
    let space = "doubt-left";
    let (plane, api) = labelled_arena(space, &place("doubtleft", "dev")).await?;
    let object = serve(&api, space, 2).await?;
    let home = Home::new()?;
    let intent = |id: &str, after: u32| {
        json!({
            "record": "intent", "id": id, "at": "2026-01-01T03:13:38Z", "who": {"unix": "me"},
            "context": "operator", "tenant": "doubtleft", "environment": "dev", "class": "non_production",
            "object": {
                "group": "apps", "kind": "Deployment", "namespace": space, "name": "app",
                "uid": object["metadata"]["uid"],
            },
            "verb": "scale", "before": {"replicas": 5}, "after": {"replicas": after}, "hold": "holds",
            "sends": [{"method": "PATCH", "path": "/x", "auditId": format!("vigie-{id}-1")}],
        })
    };
    let lines = [intent("00000000aa", 2), intent("00000000bb", 7)];
    home.write(JOURNAL, &lines.map(|it| format!("{it}\n")).concat())?;
    let file = plane.kubeconfig(Persona::Operator);
    let said = vigie_at(
        &home,
        &file,
        ["restart", "deploy/app", "-n", space, "--yes"],
    )?;
    assert_eq!(said.code, 0, "{said:?}");
    let told = |id: &str, words: &str| {
        said.err
            .lines()
            .any(|it| it.contains(id) && it.contains(words))
    };
    assert!(told("00000000aa", "reached"), "{said:?}");
    assert!(told("00000000bb", "since"), "{said:?}");
    let records = records(&home)?;
    let outcome = |id: &str| {
        let mut outcomes = records.iter().filter(|it| it["record"] == "outcome");
        outcomes
            .find(|it| it["id"] == id)
            .map(|it| it["verdict"].clone())
    };
    assert_eq!(outcome("00000000aa"), Some(json!("reached")));
    assert_eq!(outcome("00000000bb"), Some(json!("replaced")));
    Ok(())
}
