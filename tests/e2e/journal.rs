//! The journal, told without a cluster.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::{Value, json};

use crate::bed::Result;
use crate::program::{Home, Said, vigie_at};

const FILE: &str = ".local/state/vigie/journal.jsonl";

fn journal(home: &Home, arguments: &[&str]) -> Result<Said> {
    let arguments = ["journal"].iter().chain(arguments);
    vigie_at(home, Path::new("/nowhere/kubeconfig"), arguments)
}

/// What a run that was killed leaves: the intent, and half an answer.
fn cut_short() -> String {
    let intent = json!({
        "record": "intent", "id": "0123456789", "at": "2026-11-24T03:13:38Z",
        "who": {"kube": "oncall-a", "unix": "astreinte2"}, "context": "public1",
        "object": {"group": "apps", "kind": "Deployment", "namespace": "betaapp-prod", "name": "web", "uid": "u1"},
        "tenant": "betaapp", "environment": "prod", "class": "production", "verb": "scale",
        "before": {"replicas": 2}, "after": {"replicas": 5}, "hold": "holds",
        "sends": [{"method": "PATCH", "path": "/x", "auditId": "vigie-0123456789-1"}],
    });
    format!("{intent}\n{{\"record\":\"answer\",\"id\":\"012")
}

#[test]
fn the_journal_is_told_without_a_cluster() -> Result {
    let home = Home::new()?;
    let said = journal(&home, &["-o", "json"])?;
    assert_eq!((said.code, said.json()?), (0, json!([])), "{said:?}");
    assert_eq!(said.err, "");

    home.write(FILE, &cut_short())?;
    let said = journal(&home, &["-o", "json"])?;
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.err, "1 line of the journal cannot be read\n");
    let rows: Vec<Value> = serde_json::from_str(&said.out)?;
    assert_eq!(rows.len(), 1, "{said:?}");
    assert_eq!(rows[0]["standing"], "inDoubt");
    assert_eq!(rows[0]["still"], "notKnown");
    let table = journal(&home, &["-n", "betaapp/prod", "--context", "public1"])?;
    assert!(
        table.out.contains("scale 2→5   in doubt   not known"),
        "{table:?}"
    );
    Ok(())
}

#[test]
fn a_journal_that_cannot_be_read_is_no_empty_one() -> Result {
    let home = Home::new()?;
    let file = home.write(FILE, &cut_short())?;
    let folder = file.parent().unwrap_or(&file);
    fs::set_permissions(folder, fs::Permissions::from_mode(0o777))?;
    let said = journal(&home, &[])?;
    assert_eq!((said.code, said.out.as_str()), (3, ""), "{said:?}");
    let sentence = "vigie: the journal cannot be read: others can write in its folder\n";
    assert_eq!(said.err, sentence);
    Ok(())
}
