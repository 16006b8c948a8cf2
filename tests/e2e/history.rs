//! The history of workloads, on the real server: what it lists is what the controllers keep, and the difference names exactly
//! what was changed.

use serde_json::{Value, json};

use crate::arena::{IMAGE, NEXT_IMAGE, labelled_arena, place};
use crate::bed::workloads::{deployment, deployment_path, rolled_out, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

/// Who the objects say wrote them.
const MANAGER: &str = " bed ";

/// Rolled three times: another image, a variable more, less memory.
fn editions() -> [Value; 4] {
    let first = template("app", IMAGE, &json!({}));
    let mut image = first.clone();
    image["spec"]["containers"][0]["image"] = json!(NEXT_IMAGE);
    let mut env = image.clone();
    env["spec"]["containers"][0]["env"] = json!([{"name": "LEVEL", "value": "debug"}]);
    let mut memory = env.clone();
    memory["spec"]["containers"][0]["resources"]["limits"]["memory"] = json!("48Mi");
    [first, image, env, memory]
}

async fn change(api: &Api, object: &Value) -> Result {
    api.apply(object).await?;
    Ok(())
}

fn open(plane: &ControlPlane, home: &Home, space: &str) -> Result<Terminal> {
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(home, &kubeconfig, &["-n", space])?;
    screen.keys("4")?;
    screen.wait_line(&["▌", "app"])?;
    screen.keys("h")?;
    screen.wait_text("4 revisions")?;
    Ok(screen)
}

/// The lines of the difference that have a sign, without blanks around what they say.
fn signed(text: &str) -> Vec<String> {
    let under = text.lines().skip_while(|line| !line.contains("changed"));
    let lines = under.filter(|line| line.starts_with(" - ") || line.starts_with(" + "));
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    lines.map(words).collect()
}

/// Each step from one revision to the next, the newest first: the other side is marked, and the cursor goes on.
fn steps(screen: &mut Terminal) -> Result {
    let steps = [
        (
            "what 3 → 4 changed",
            vec!["- memory 64Mi".to_owned(), "+ memory 48Mi".to_owned()],
        ),
        ("what 2 → 3 changed", vec!["+ LEVEL debug".to_owned()]),
        (
            "what 1 → 2 changed",
            vec![format!("- image {IMAGE}"), format!("+ image {NEXT_IMAGE}")],
        ),
    ];
    for (at, (title, expected)) in steps.into_iter().enumerate() {
        if at > 0 {
            screen.keys(" ")?;
        }
        let told = |text: &str| text.contains(title) && text.contains("1 difference,");
        let text = screen.wait(title, told)?;
        assert_eq!(signed(&text), expected, "{text}");
        if at == 0 {
            screen.keys("j")?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_history_of_a_deployment_names_what_each_of_its_rollouts_changed() -> Result {
    let space = "history-deployment";
    let (plane, api) = labelled_arena(space, &place("history", "prod")).await?;
    let path = deployment_path(space, "app");
    for template in editions() {
        change(&api, &deployment(space, "app", 2, &template)).await?;
        api.wait_for(&path, "rolled out", rolled_out).await?;
    }
    let home = Home::new()?;
    let mut screen = open(plane, &home, space)?;
    screen.wait_line(&["▌✓", "4 1.1.0", MANAGER, "ready", "2/2"])?;
    screen.wait_line(&["□", "1 1.0.0", "ran"])?;
    steps(&mut screen)?;
    // All of it at once, beside one another.
    screen.keys("\u{1b}")?;
    screen.wait("unmarked", |text| !text.contains("marked"))?;
    screen.keys("G")?;
    screen.wait_line(&["what 1 → 4 changed", "3 differences"])?;
    screen.resize(132, 40)?;
    screen.wait_line(&["memory", "- 64Mi", "+ 48Mi"])?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn a_stateful_set_and_a_daemon_set_have_theirs_by_controller_revisions() -> Result {
    for (kind, space) in [
        ("StatefulSet", "history-set"),
        ("DaemonSet", "history-daemon"),
    ] {
        let (plane, api) = labelled_arena(space, &place(space, "prod")).await?;
        for (number, template) in (1..).zip(editions()) {
            let mut object = deployment(space, "app", 1, &template);
            object["kind"] = json!(kind);
            let spec = &mut object["spec"];
            match kind {
                "StatefulSet" => spec["serviceName"] = json!("app"),
                _ => drop(spec.as_object_mut().and_then(|it| it.remove("replicas"))),
            }
            change(&api, &object).await?;
            let path = format!("/apis/apps/v1/namespaces/{space}/controllerrevisions");
            let kept = |list: &Value| list["items"].as_array().map(Vec::len) == Some(number);
            api.wait_for(&path, "kept", kept).await?;
        }
        let home = Home::new()?;
        let mut screen = open(plane, &home, space)?;
        // Their images are known only once the revisions were read.
        screen.wait_line(&["4 1.1.0", MANAGER])?;
        screen.wait_line(&["1 1.0.0"])?;
        steps(&mut screen)?;
        screen.keys("1")?;
        screen.quit()?;
    }
    Ok(())
}

#[tokio::test]
async fn config_maps_with_a_hash_in_their_name_are_compared_while_both_are_there() -> Result {
    let space = "history-maps";
    let (plane, api) = labelled_arena(space, &place("historymaps", "prod")).await?;
    let path = deployment_path(space, "app");
    for (name, level) in [("app-conf-a1", "info"), ("app-conf-b2", "debug")] {
        let data = json!({"app.yaml": format!("port: 8080\nlevel: {level}\n"), "mode": "prod"});
        let meta = json!({"name": name, "namespace": space});
        let map = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta, "data": data});
        api.create(&map).await?;
        let mut template = template("app", IMAGE, &json!({}));
        let from = json!([{"configMapRef": {"name": name}}]);
        template["spec"]["containers"][0]["envFrom"] = from;
        change(&api, &deployment(space, "app", 1, &template)).await?;
        api.wait_for(&path, "rolled out", rolled_out).await?;
    }
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.keys("4")?;
    screen.wait_line(&["▌", "app"])?;
    screen.keys("h")?;
    let text = screen.wait("compared", |text| text.contains("level: debug"))?;
    let expected = [
        "- ConfigMap app-conf-a1",
        "+ ConfigMap app-conf-b2",
        "- level: info",
        "+ level: debug",
    ];
    assert_eq!(signed(&text), expected, "{text}");
    screen.keys("1")?;
    screen.quit()
}
