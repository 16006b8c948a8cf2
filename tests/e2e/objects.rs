//! Objects of kinds that nobody watches: listed as the server tabulates them, kept up to date, looked at from their sides.

use serde_json::{Value, json};

use crate::arena::{IMAGE, definition, labelled_arena, place};
use crate::bed::workloads::{deployment, template};
use crate::bed::{Persona, Result};
use crate::program::Home;
use crate::terminal::Terminal;

const WIDE: (u16, u16) = (132, 40);

fn seal(space: &str, name: &str, ready: &str) -> Value {
    json!({
        "apiVersion": "objects.test/v1alpha1",
        "kind": "Seal",
        "metadata": {"namespace": space, "name": name},
        "spec": {"secretName": format!("{name}-tls"), "dnsNames": [format!("{name}.cpin.test")]},
        "status": {"conditions": [{"type": "Ready", "status": ready, "reason": "DoesNotExist"}]},
    })
}

#[tokio::test]
async fn a_custom_resource_is_listed_with_its_columns_and_looked_at() -> Result {
    let space = "objects-seals";
    let (plane, api) = labelled_arena(space, &place("seals", "prod")).await?;
    let columns = json!([
        {"name": "Ready", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status"},
        {"name": "Secret", "type": "string", "jsonPath": ".spec.secretName"},
        {"name": "Hosts", "type": "string", "jsonPath": ".spec.dnsNames", "priority": 1},
        {"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"},
    ]);
    api.create(&definition("objects.test", "v1alpha1", "Seal", &columns))
        .await?;
    let seals = format!("/apis/objects.test/v1alpha1/namespaces/{space}/seals");
    api.wait_for(&seals, "served", |_| true).await?;
    for (name, ready) in [("api", "True"), ("web", "False")] {
        api.create(&seal(space, name, ready)).await?;
    }
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.wait_text("[1 Watch]")?;
    screen.keys(":seal")?;
    screen.wait_line(&["▌", "seals.objects.test"])?;
    screen.keys("\r")?;
    screen.wait_line(&["▌◆", "seals/prod", "web", "False", "web-tls"])?;
    screen.wait_line(&["api", "True", "api-tls"])?;

    let path = format!("{seals}/web");
    let well = json!({"status": {"conditions": [{"type": "Ready", "status": "True"}]}});
    api.merge(&path, &well).await?;
    screen.wait_line(&["✓", "web", "True"])?;
    api.delete(&format!("{seals}/api")).await?;
    screen.wait("without what was deleted", |text| !text.contains("api-tls"))?;

    screen.keys("\r")?;
    screen.wait_line(&["web", "seals/prod", "Seal", "describe"])?;
    screen.wait_line(&["secretName", "web-tls"])?;
    screen.keys("y")?;
    screen.wait_text("apiVersion: objects.test/v1alpha1")?;
    let event = json!({
        "apiVersion": "v1", "kind": "Event",
        "metadata": {"namespace": space, "name": "web.1"},
        "involvedObject": {"kind": "Seal", "namespace": space, "name": "web", "uid": api.get(&path).await?["metadata"]["uid"]},
        "reason": "Issuing", "message": "the certificate has been issued", "type": "Normal",
        "firstTimestamp": "2026-11-24T02:58:31Z", "lastTimestamp": "2026-11-24T02:58:31Z", "count": 1,
        "source": {"component": "objects"},
    });
    api.create(&event).await?;
    screen.keys("e")?;
    screen.wait_line(&["Issuing", "the certificate has been issued"])?;
    screen.keys("1")?;
    screen.quit()
}

#[tokio::test]
async fn a_kind_that_may_not_be_listed_says_which_right_is_missing() -> Result {
    let space = "objects-denied";
    let (plane, _) = labelled_arena(space, &place("denied", "prod")).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Nobody);
    let mut screen = Terminal::start(&home, &kubeconfig, &["-n", space])?;
    screen.wait_text("[1 Watch]")?;
    screen.keys(":secrets")?;
    screen.wait_line(&["▌ secrets", "Secret,"])?;
    screen.keys("\r")?;
    screen.wait_text("list secrets")?;
    screen.quit()
}

#[tokio::test]
async fn who_uses_an_object_is_said_and_gone_to() -> Result {
    let space = "objects-users";
    let (plane, api) = labelled_arena(space, &place("users", "prod")).await?;
    api.create(&json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"namespace": space, "name": "settings"},
        "data": {"mode": "night"},
    }))
    .await?;
    api.create(&json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"namespace": space, "name": "db"},
        "stringData": {"password": "hunter2"},
    }))
    .await?;
    let mut template = template("app", IMAGE, &json!({}));
    template["spec"]["containers"][0]["envFrom"] = json!([{"configMapRef": {"name": "settings"}}]);
    api.create(&deployment(space, "app", 1, &template)).await?;
    api.create(&json!({
        "apiVersion": "v1", "kind": "Service", "metadata": {"namespace": space, "name": "front"},
        "spec": {"selector": {"app": "app"}, "ports": [{"port": 80}]},
    }))
    .await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Admin);
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.wait_line(&["admin ✓"])?;
    screen.keys(":cm settings")?;
    screen.wait_line(&["▌", "configmaps settings"])?;
    screen.keys("\r")?;
    screen.wait_line(&["▌", "users/prod", "settings"])?;
    screen.keys("d")?;
    screen.wait_line(&["Deployment app", "describe"])?;
    screen.keys("/Deployment app\r\r")?;
    screen.wait_line(&["app", "users/prod", "Deployment", "describe"])?;
    screen.wait_line(&["Service front", "describe"])?;
    // Of a Secret it says how much it keeps, not what.
    screen.keys(":secrets db")?;
    screen.wait_line(&["▌", "secrets db", "Secret,"])?;
    screen.keys("\r")?;
    screen.wait_line(&["▌", "users/prod", "db"])?;
    screen.keys("d")?;
    screen.wait_line(&["password", "7 bytes"])?;
    let text = screen.screen();
    assert!(
        !text.contains("hunter2") && !text.contains("aHVudGVyMg"),
        "{text}"
    );
    screen.keys("1")?;
    screen.quit()
}
