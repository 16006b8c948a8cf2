//! Admission by policies of the real API server: what it denies is shown in its words and not written, and what it warns of
//! is shown and written.

use std::time::{Duration, Instant};

use color_eyre::eyre::ensure;
use serde_json::{Value, json};

use crate::acting::{flat, send};
use crate::arena::{labelled_arena, place, serve};
use crate::bed::workloads::deployment_path;
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::{Home, vigie_at};
use crate::terminal::Terminal;

const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(50);
/// As a project would word it.
const WORDS: &str = "no restart between 22:00 and 06:00, ask astreinte@cpin.test";

/// A policy that no Deployment of the namespace meets once it has an annotation of a restart.
async fn forbid(api: &Api, space: &str, action: &str) -> Result {
    let kind = |kind: &str, spec: Value| {
        json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": kind,
            "metadata": {"name": space}, "spec": spec,
        })
    };
    let policy = json!({
        "matchConstraints": {
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": space}},
            "resourceRules": [{
                "apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["UPDATE"], "resources": ["deployments"],
            }],
        },
        "validations": [{
            "expression": "!has(object.spec.template.metadata.annotations) \
                || !('kubectl.kubernetes.io/restartedAt' in object.spec.template.metadata.annotations)",
            "message": WORDS,
        }],
    });
    api.create(&kind("ValidatingAdmissionPolicy", policy))
        .await?;
    let binding = json!({"policyName": space, "validationActions": [action]});
    api.create(&kind("ValidatingAdmissionPolicyBinding", binding))
        .await?;
    Ok(())
}

fn open(plane: &ControlPlane, home: &Home, space: &str) -> Result<Terminal> {
    let kubeconfig = plane.kubeconfig(Persona::Operator);
    let mut screen = Terminal::sized(home, &kubeconfig, &["-n", space], (118, 40))?;
    screen.wait_text("nothing needs a human")?;
    screen.keys("4")?;
    screen.wait_line(&["▌", "app"])?;
    Ok(screen)
}

/// The server takes a new policy up some time later: until then a dry run is told nothing of it.
async fn in_force(
    plane: &ControlPlane,
    home: &Home,
    space: &str,
    so: impl Fn(&Value) -> bool,
) -> Result {
    let deadline = Instant::now() + PATIENCE;
    let dry = [
        "restart",
        "deploy/app",
        "-n",
        space,
        "--dry-run",
        "-o",
        "json",
    ];
    loop {
        let said = vigie_at(home, &plane.kubeconfig(Persona::Operator), dry)?;
        let answer = said.json()?["serverAnswer"][0].take();
        if so(&answer) {
            return Ok(());
        }
        ensure!(Instant::now() < deadline, "never in force: {said:?}");
        tokio::time::sleep(POLL).await;
    }
}

#[tokio::test]
async fn what_a_policy_denies_is_told_in_its_words_and_not_written() -> Result {
    let space = "admission-denies";
    let (plane, api) = labelled_arena(space, &place("admdenies", "dev")).await?;
    serve(&api, space, 1).await?;
    forbid(&api, space, "Deny").await?;
    let home = Home::new()?;
    in_force(plane, &home, space, |it| it["verdict"] == "refused").await?;
    let mut screen = open(plane, &home, space)?;
    screen.keys("X")?;
    let text = screen.wait("refused", |text| flat(text).contains(WORDS))?;
    let whole = format!(
        "refused: \"deployments.apps \"app\" is forbidden: ValidatingAdmissionPolicy '{space}' with binding '{space}' \
        denied request: {WORDS}\""
    );
    assert!(flat(&text).contains(&whole), "{text}");
    assert!(!text.contains("Enter confirm"), "{text}");
    screen.keys("\r")?;
    screen.wait("told why not", |text| {
        flat(text).contains("The server refuses: \"deployments.apps")
    })?;
    assert_eq!(plane.written(space)?, []);
    let object = api.get(&deployment_path(space, "app")).await?;
    assert_eq!(object["metadata"]["generation"], 1);
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn what_a_policy_warns_of_is_told_in_its_words_and_written() -> Result {
    let space = "admission-warns";
    let (plane, api) = labelled_arena(space, &place("admwarns", "dev")).await?;
    serve(&api, space, 1).await?;
    forbid(&api, space, "Warn").await?;
    let home = Home::new()?;
    in_force(plane, &home, space, |it| it["warnings"][0].is_string()).await?;
    let mut screen = open(plane, &home, space)?;
    screen.keys("X")?;
    let text = screen.wait("warned", |text| flat(text).contains(WORDS))?;
    let words = format!(
        "Validation failed for ValidatingAdmissionPolicy '{space}' with binding '{space}': {WORDS}"
    );
    assert!(
        flat(&text).contains(&format!("the server warns: \"{words}\"")),
        "{text}"
    );
    screen.wait_text("Enter confirm")?;
    send(&mut screen)?;
    screen.wait_line(&["✓", "reached"])?;
    let text = screen.screen();
    assert!(
        flat(&text).contains("the server took it and warns: \"Validation failed for"),
        "{text}"
    );
    assert_eq!(plane.written(space)?.len(), 1);
    let journal = std::fs::read_to_string(home.path().join(".local/state/vigie/journal.jsonl"))?;
    let answer: Value = serde_json::from_str(journal.lines().nth(1).unwrap_or_default())?;
    assert_eq!(answer["warnings"], json!([words]));
    screen.keys("1")?;
    screen.quit()
}
