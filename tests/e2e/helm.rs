//! Releases of Helm on the real server: Secrets as helm/helm `pkg/storage/driver` writes them, of which only labels are read.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use color_eyre::eyre::eyre;
use serde_json::{Value, json};
use vigie::app::Clock;
use vigie::dossier::{Dossier, Table};
use vigie::insight::OWNED;
use vigie::model::{ClusterId, Lookup, ObjectKind, Resource, Wanted};

use crate::arena::{labelled_arena, place};
use crate::bed::workloads::{deployment, template};
use crate::bed::{Api, ControlPlane, Persona, Result};
use crate::program::Home;
use crate::reading::Reading;
use crate::relay::{self, Relay, unchanged};
use crate::terminal::Terminal;

const WIDE: (u16, u16) = (132, 40);
/// In what a release keeps: it must never leave the server.
const PAYLOAD: &str = "password-of-the-values";

/// What came to be so many seconds ago.
fn labels(release: &str, number: u64, status: &str, ago: i64) -> Value {
    let at = Clock::System.now().moment.plus(-ago).seconds();
    json!({
        "owner": "helm", "name": release, "status": status, "version": number.to_string(),
        "modifiedAt": at.to_string(),
    })
}

fn revision(space: &str, release: &str, number: u64, status: &str, ago: i64) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Secret", "type": "helm.sh/release.v1",
        "metadata": {
            "namespace": space, "name": format!("sh.helm.release.v1.{release}.v{number}"),
            "labels": labels(release, number, status, ago),
        },
        "data": {"release": STANDARD.encode(PAYLOAD.repeat(2_000))},
    })
}

/// The same in the other driver, `HELM_DRIVER=configmap`.
fn in_config_map(space: &str, release: &str, number: u64, status: &str) -> Value {
    let mut object = revision(space, release, number, status, 60);
    object["kind"] = json!("ConfigMap");
    object["data"] = json!({"release": PAYLOAD});
    if let Some(fields) = object.as_object_mut() {
        fields.remove("type");
    }
    object
}

async fn release(api: &Api, space: &str) -> Result {
    for (number, status, ago) in [
        (1, "superseded", 90_000),
        (2, "deployed", 7_200),
        (3, "pending-upgrade", 3_600),
    ] {
        let object = revision(space, "web", number, status, ago);
        api.create(&object).await?;
    }
    Ok(())
}

fn lookup(space: &str) -> Result<Lookup> {
    let core = Resource::core().into_iter().map(Arc::new);
    let mut secrets = core.filter(|it| it.plural == "secrets");
    let secrets = secrets.next().ok_or_else(|| eyre!("no Secrets"))?;
    Ok(Lookup {
        cluster: ClusterId(0),
        wanted: Wanted::Labelled {
            kind: ObjectKind::from(&secrets),
            namespace: Some(space.into()),
            labels: OWNED.into(),
        },
    })
}

/// Statuses of the release's revisions, the first one first.
fn statuses(dossier: &Dossier, lookup: &Lookup) -> Vec<String> {
    let table = dossier.table(lookup);
    let mut rows: Vec<_> = table.into_iter().flat_map(Table::rows).collect();
    rows.sort_by_key(|it| it.name.clone());
    let status = |object: &Value| {
        let status = &object["metadata"]["labels"]["status"];
        status.as_str().unwrap_or_default().to_owned()
    };
    rows.iter()
        .filter_map(|it| it.object.as_deref().map(status))
        .collect()
}

#[tokio::test]
async fn only_the_metadata_of_a_release_leaves_the_server() -> Result {
    let space = "helm-wire";
    let (plane, api) = labelled_arena(space, &place("helmwire", "prod")).await?;
    release(&api, space).await?;
    let other = json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"namespace": space, "name": "other"},
        "data": {"key": STANDARD.encode(PAYLOAD)},
    });
    api.create(&other).await?;
    let mut reading = Reading::start(plane.kubeconfig(Persona::Admin)).await?;
    let lookup = lookup(space)?;
    reading.look(std::slice::from_ref(&lookup));
    let read = |it: &Dossier| it.table(&lookup).is_some_and(Table::whole);
    reading.wait_told("read", read).await?;
    let told = statuses(&reading.dossier, &lookup);
    assert_eq!(told, ["superseded", "deployed", "pending-upgrade"]);

    // As Helm ends an operation.
    let secret = format!("/api/v1/namespaces/{space}/secrets/sh.helm.release.v1.web.v3");
    let labels = labels("web", 3, "deployed", 0);
    api.merge(&secret, &json!({"metadata": {"labels": labels}}))
        .await?;
    let ended = |it: &Dossier| statuses(it, &lookup)[2] == "deployed";
    reading.wait_told("told of the end", ended).await?;
    for row in reading
        .dossier
        .table(&lookup)
        .into_iter()
        .flat_map(Table::rows)
    {
        let object = row.object.as_deref().expect("metadata is kept");
        assert_eq!(object["kind"], "PartialObjectMetadata", "{object}");
        let fields: Vec<_> = object
            .as_object()
            .into_iter()
            .flat_map(|it| it.keys())
            .collect();
        assert_eq!(fields, ["apiVersion", "kind", "metadata"], "{object}");
    }
    Ok(())
}

#[tokio::test]
async fn the_page_asks_for_what_is_labelled_and_tells_what_is_stuck() -> Result {
    let space = "helm-page";
    let (plane, api) = labelled_arena(space, &place("helmpage", "prod")).await?;
    release(&api, space).await?;
    api.create(&revision(space, "redis", 1, "deployed", 90))
        .await?;
    api.create(&in_config_map(space, "old", 1, "failed"))
        .await?;
    let relay = Relay::changing(plane, unchanged, unchanged)?;
    let home = Home::new()?;
    let cluster = json!({"server": format!("http://{}", relay.address())});
    let kubeconfig = relay::kubeconfig(plane, &home, &cluster, &relay::token_of(Persona::Admin))?;
    let mut screen = Terminal::sized(&home, &kubeconfig, &["-n", space], WIDE)?;
    screen.wait_text("[1 Watch]")?;
    screen.keys(":helm")?;
    screen.wait_line(&["▌", "releases of Helm"])?;
    screen.keys("\r")?;
    screen.wait_line(&["▌✗", "helmpage/prod", "web", "3", "pending-upgrade", "1h"])?;
    screen.wait_line(&["✗", "old", "failed"])?;
    screen.wait_line(&["✓", "redis", "deployed"])?;
    let frame = screen.wait_text("another operation")?;
    println!("{frame}");
    screen.keys("c")?;
    // The pane has the command, too.
    let frame = screen.wait_text("Esc close")?;
    assert!(
        frame.contains("helm rollback web 2 -n helm-page"),
        "{frame}"
    );
    println!("{frame}");
    screen.keys("\x1b")?;
    screen.wait("closed", |it| !it.contains("Esc close"))?;
    let asked: Vec<_> = relay
        .told()
        .into_iter()
        .filter(|it| it.contains("/secrets"))
        .collect();
    assert!(!asked.is_empty());
    for line in asked {
        assert!(line.contains("labelSelector=owner%3Dhelm"), "{line}");
    }
    screen.quit()
}

#[tokio::test]
async fn who_may_not_list_secrets_is_told_the_right() -> Result {
    let space = "helm-denied";
    let (plane, api) = labelled_arena(space, &place("helmdenied", "prod")).await?;
    release(&api, space).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Viewer);
    for arguments in [vec![], vec!["-n", space]] {
        let mut screen = Terminal::start(&home, &kubeconfig, &arguments)?;
        screen.wait_text("1 Watch")?;
        screen.keys(":helm\r")?;
        let frame = screen.wait_text("list secrets")?;
        println!("{frame}");
        assert!(!frame.contains("no release of Helm"), "{frame}");
        screen.quit()?;
    }
    Ok(())
}

/// May list the Secrets of one namespace, and what runs in both.
#[tokio::test]
async fn who_may_list_the_secrets_of_one_namespace_sees_its_releases() -> Result {
    let spaces = ["helm-open", "helm-shut"];
    let plane = ControlPlane::shared()?;
    let api = plane.api(Persona::Admin).await?;
    for space in spaces {
        labelled_arena(space, &place("helmteam", space)).await?;
        let mut app = deployment(space, "web", 0, &template("web", "web:1", &json!({})));
        app["metadata"]["annotations"] = json!({"meta.helm.sh/release-name": "web"});
        api.create(&app).await?;
        release(&api, space).await?;
    }
    let role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
        "metadata": {"name": "secrets", "namespace": spaces[0]},
        "rules": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["list", "watch"]}],
    });
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
        "metadata": {"name": "secrets", "namespace": spaces[0]},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "secrets"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": Persona::Viewer.group()}],
    });
    api.create(&role).await?;
    api.create(&binding).await?;
    let home = Home::new()?;
    let kubeconfig = plane.kubeconfig(Persona::Viewer);
    let mut screen = Terminal::sized(&home, &kubeconfig, &[], WIDE)?;
    screen.wait_text("[1 Watch]")?;
    screen.keys(":helm\r")?;
    // Beside what others keep in ConfigMaps, which a viewer may list.
    screen.wait_line(&["✗", "helmteam", "web", "pending-upgrade"])?;
    let frame = screen.wait_text("list secrets outside helm-open")?;
    println!("{frame}");
    screen.quit()?;

    // What was asked for by name is told by name.
    let names = ["-n", spaces[0], "-n", spaces[1]];
    let mut screen = Terminal::sized(&home, &kubeconfig, &names, WIDE)?;
    screen.wait_text("[1 Watch]")?;
    screen.keys(":helm\r")?;
    screen.wait_line(&["▌✗", "web", "pending-upgrade"])?;
    screen.wait_text("list secrets in helm-shut")?;
    screen.quit()
}
