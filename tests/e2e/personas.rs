//! What each person is told: all, all but the nodes, three namespaces, nothing; and what they cannot see.

use std::time::Duration;

use serde_json::{Value, json};

use crate::arena::{crash, labelled_arena, place, serve};
use crate::bed::{ControlPlane, Persona, Result};
use crate::program::{Home, Said, vigie, with};
use crate::terminal::Terminal;

fn ask(plane: &ControlPlane, persona: Persona, arguments: &[&str]) -> Result<Said> {
    vigie(&plane.kubeconfig(persona), arguments)
}

/// The kinds that are missing, each once.
fn missing(said: &Said) -> Result<Vec<String>> {
    let incomplete = said.incomplete()?;
    let mut kinds: Vec<_> = incomplete
        .iter()
        .filter_map(|it| it["what"].as_str().map(str::to_owned))
        .collect();
    kinds.sort();
    kinds.dedup();
    Ok(kinds)
}

#[tokio::test]
async fn the_admin_sees_everything() -> Result {
    let space = "personas-admin";
    let (plane, api) = labelled_arena(space, &place("padmin", "prod")).await?;
    crash(&api, space, "bad").await?;
    let said = ask(plane, Persona::Admin, &["get", "findings", "-o", "json"])?;
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        with(&said.items()?, "namespace", space).len(),
        1,
        "{said:?}"
    );
    assert_eq!(said.incomplete()?, Vec::<Value>::new());
    let status = ask(plane, Persona::Admin, &["status", "-n", space])?;
    assert_eq!(status.code, 1, "{status:?}");
    Ok(())
}

#[tokio::test]
async fn the_viewer_sees_all_but_the_nodes_and_is_told_so() -> Result {
    let space = "personas-viewer";
    let (plane, api) = labelled_arena(space, &place("pviewer", "prod")).await?;
    serve(&api, space, 1).await?;
    crash(&api, space, "bad").await?;
    let said = ask(plane, Persona::Viewer, &["get", "findings", "-o", "json"])?;
    assert_eq!(
        with(&said.items()?, "namespace", space).len(),
        1,
        "{said:?}"
    );
    assert_eq!(said.code, 3, "{said:?}");
    assert_eq!(missing(&said)?, ["nodes"]);
    let incomplete = said.incomplete()?;
    assert_eq!(
        incomplete[0],
        json!({"cluster": "viewer", "what": "nodes", "reason": "not readable: list nodes"})
    );
    let deployments = ask(
        plane,
        Persona::Viewer,
        &["get", "deployments", "-o", "json"],
    )?;
    assert_eq!(deployments.code, 0, "nodes are not needed: {deployments:?}");
    assert_eq!(
        with(&deployments.items()?, "namespace", space).len(),
        2,
        "{deployments:?}"
    );
    let status = ask(plane, Persona::Viewer, &["status", "-n", space])?;
    assert_eq!(status.code, 1, "{status:?}");
    assert!(status.out.contains("nodes"), "{status:?}");

    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Viewer);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_line(&["pviewer/prod", "bad"])?;
    screen.wait_line(&["nodes", "list nodes", "why a pod waits"])?;
    screen.quit()
}

#[tokio::test]
async fn a_key_that_is_not_allowed_stands_in_parentheses_before_it_is_pressed() -> Result {
    let space = "personas-rights";
    let (plane, api) = labelled_arena(space, &place("prights", "prod")).await?;
    crash(&api, space, "bad").await?;
    let home = Home::new()?;
    let mut viewer = Terminal::start(&home, &plane.kubeconfig(Persona::Viewer), &["-n", space])?;
    viewer.wait_line(&["prights/prod", "bad"])?;
    viewer.wait_line(&["(R) roll back", "(X) restart"])?;
    viewer.keys("R")?;
    viewer.wait_line(&[
        "Not allowed",
        "patch deployments.apps in prights/prod",
        "denied to you",
    ])?;
    viewer.keys("S")?;
    viewer.wait_line(&["Not allowed", "patch deployments.apps/scale"])?;
    viewer.quit()?;

    let mut admin = Terminal::start(&home, &plane.kubeconfig(Persona::Admin), &["-n", space])?;
    admin.wait_line(&["prights/prod", "bad"])?;
    admin.wait_line(&[" R roll back", " X restart"])?;
    // A namespace's rights are known within this time: the viewer's were.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let screen = admin.screen();
    assert!(screen.contains(" R roll back"), "{screen}");
    admin.keys("X")?;
    admin.wait_text("will it hold?")?;
    admin.keys("q")?;
    admin.wait_line(&[" R roll back"])?;
    admin.quit()
}

#[tokio::test]
async fn a_team_sees_the_three_namespaces_it_names() -> Result {
    let spaces = ["personas-team-1", "personas-team-2", "personas-team-3"];
    for (space, environment) in spaces.iter().zip(["dev", "staging", "prod"]) {
        let (plane, api) = labelled_arena(space, &place("pteam", environment)).await?;
        plane.admit_team(space).await?;
        serve(&api, space, 1).await?;
    }
    let plane = ControlPlane::shared()?;
    let mut names = vec!["get", "deployments", "-o", "json"];
    names.extend(spaces.iter().flat_map(|space| ["-n", space]));
    let said = ask(plane, Persona::Team, &names)?;
    assert_eq!(said.code, 0, "{said:?}");
    let rows = said.items()?;
    assert_eq!(rows.len(), 3, "{said:?}");
    // Labels come by a GET of each namespace.
    assert_eq!(with(&rows, "tenant", "pteam").len(), 3);
    assert_eq!(rows[0]["environment"], "prod", "production first");

    let unnamed = ask(plane, Persona::Team, &["get", "deployments", "-o", "json"])?;
    assert_eq!(unnamed.code, 3, "{unnamed:?}");
    assert_eq!(unnamed.items()?, Vec::<Value>::new());
    Ok(())
}

#[tokio::test]
async fn a_team_sees_the_namespace_of_its_context() -> Result {
    let space = "personas-context";
    let (plane, api) = labelled_arena(space, &place("pcontext", "prod")).await?;
    plane.admit_team(space).await?;
    serve(&api, space, 1).await?;
    let home = Home::new()?;
    let text = std::fs::read_to_string(plane.kubeconfig(Persona::Team))?;
    let mut config: Value = serde_json::from_str(&text)?;
    let contexts = config["contexts"].as_array_mut();
    for context in contexts.into_iter().flatten() {
        context["context"]["namespace"] = json!(space);
    }
    let kubeconfig = home.write("kubeconfig", &config.to_string())?;
    let said = vigie(&kubeconfig, ["get", "deployments", "-o", "json"])?;
    let rows = said.items()?;
    assert_eq!(with(&rows, "tenant", "pcontext").len(), 1, "{said:?}");
    assert_eq!(rows.len(), 1);

    let mut screen = Terminal::start(&home, &kubeconfig, &[])?;
    screen.wait_text("seeing 1 namespace")?;
    screen.quit()
}

#[tokio::test]
async fn nobody_is_told_what_is_missing() -> Result {
    let (plane, _) = labelled_arena("personas-nobody", &json!({})).await?;
    let said = ask(plane, Persona::Nobody, &["get", "findings", "-o", "json"])?;
    assert_eq!(said.code, 3, "{said:?}");
    assert_eq!(said.items()?, Vec::<Value>::new());
    let kinds = missing(&said)?;
    for kind in ["nodes", "pods", "deployments"] {
        assert!(kinds.iter().any(|it| it == kind), "{kind}: {said:?}");
    }
    let reasons = said.incomplete()?;
    let told = |it: &Value| it["reason"].as_str().is_some_and(|it| it.contains("list "));
    assert!(reasons.iter().any(told), "{said:?}");
    for what in ["tenants", "deployments", "changes"] {
        let said = ask(plane, Persona::Nobody, &["get", what])?;
        assert_eq!(said.code, 3, "{said:?}");
        assert!(said.err.contains("not readable"), "{said:?}");
    }
    let status = ask(plane, Persona::Nobody, &["status"])?;
    assert_eq!(status.code, 3, "{status:?}");
    assert!(
        status.out.contains("nothing found in what is seen"),
        "{status:?}"
    );

    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Nobody);
    let mut screen = Terminal::sized(&home, &kubeconfig, &[], (80, 40))?;
    screen.wait_text("what you cannot see, and the right that would show it")?;
    screen.wait_line(&["pods", "list pods", "what runs"])?;
    let shown = screen.wait_text("nothing found in what is seen")?;
    assert!(!shown.contains("calm"), "{shown}");
    screen.quit()
}
