//! What a server may hand out that no screen was made for: too much, too long, unprintable, or nothing at all.

use serde_json::json;

use crate::arena::{labelled_arena, place, serve};
use crate::bed::workloads::{deployment_path, namespace};
use crate::bed::{ControlPlane, Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

const WIDE: (u16, u16) = (132, 40);

#[tokio::test]
async fn ten_thousand_events_are_read_through_like_ten() -> Result {
    let space = "storm-events";
    let (plane, api) = labelled_arena(space, &place("storm", "prod")).await?;
    serve(&api, space, 1).await?;
    let object = api.get(&deployment_path(space, "app")).await?;
    let about = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "namespace": space, "name": "app",
        "uid": object["metadata"]["uid"],
    });
    let event = |number: usize| {
        let at = format!("2026-11-24T01:{:02}:{:02}Z", number / 60 % 60, number % 60);
        json!({
            "apiVersion": "v1", "kind": "Event",
            "metadata": {"namespace": space, "name": format!("app.{number}")},
            "involvedObject": about, "type": "Warning", "reason": format!("Storm{number}"),
            "message": "again and again", "count": 1, "firstTimestamp": at, "lastTimestamp": at,
            "source": {"component": "storm"},
        })
    };
    api.create_all((0..10_000).map(event), 64).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.keys("4")?;
    screen.wait_line(&["storm/prod", "app", "1/1"])?;
    screen.keys("e")?;
    screen.wait_line(&["Storm"])?;
    screen.keys("/Storm7198\r")?;
    screen.wait_line(&["1 line ", "of 10000"])?;
    screen.keys("n")?;
    screen.wait_line(&["▌", "Storm7198"])?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn the_longest_names_and_unprintable_words_are_shown_harmless() -> Result {
    let space = "storm-names";
    let (plane, api) = labelled_arena(space, &place("names", "prod")).await?;
    let long = format!("long-{}-end", "n".repeat(244));
    let order = "\u{1b}]52;c;eA==\u{7}\u{1b}[2J\u{202e}word\u{0}\u{8}";
    api.create(&json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"namespace": space, "name": long, "annotations": {"storm.test/order": order}},
        "data": {"key": format!("first\u{1b}[31m\nsecond {order}\n")},
    }))
    .await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_line(&["admin ✓"])?;
    screen.keys(":cm long")?;
    screen.wait_line(&["▌", "configmaps long"])?;
    screen.keys("\r")?;
    screen.wait_line(&["▌", "names/prod", "-end"])?;
    for key in ["d", "y"] {
        screen.keys(key)?;
        screen.wait_line(&["storm.test/order", "word"])?;
    }
    let text = screen.screen();
    assert!(
        !text.contains("eA==") && !text.contains('\u{202e}'),
        "{text}"
    );
    screen.keys("1")?;
    screen.quit()
}

/// Nothing listens where its node says that its kubelet is.
#[tokio::test]
async fn a_kubelet_that_does_not_answer_is_said_where_its_log_would_stand() -> Result {
    let plane = ControlPlane::start_bare()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace("storm-kubelet", &json!({}))).await?;
    api.create(&json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "silent"}}))
        .await?;
    let status = json!({"status": {
        "addresses": [{"type": "InternalIP", "address": "127.0.0.1"}],
        "daemonEndpoints": {"kubeletEndpoint": {"Port": 9}},
    }});
    api.merge("/api/v1/nodes/silent/status", &status).await?;
    api.create(&json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"namespace": "storm-kubelet", "name": "mute"},
        "spec": {"nodeName": "silent", "containers": [{"name": "app", "image": "app:1"}]},
    }))
    .await?;
    let home = Home::new()?;
    let mut screen = Terminal::start(&home, &plane.kubeconfig(Persona::Admin), &[])?;
    screen.wait_line(&["admin ✓"])?;
    screen.keys("\u{6}mute")?;
    screen.wait_line(&["▌", "pod", "mute"])?;
    screen.keys("\rl")?;
    screen.wait_line(&["its kubelet does not answer: "])?;
    screen.keys("1")?;
    screen.quit()
}
