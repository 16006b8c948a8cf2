//! Rights on a workload and none on the Application that keeps it, and the reverse: what is not known or not allowed is said.

use color_eyre::eyre::ensure;
use serde_json::{Value, json};

use crate::arena::{IMAGE, place};
use crate::bed::argo_cd::objects::{path, self_heal};
use crate::bed::argo_cd::{ArgoCd, NAMESPACE};
use crate::bed::workloads::{deployment_path, rolled_out};
use crate::bed::{Api, Persona, Result};
use crate::kept::{Plan, SOON, image_of};
use crate::program::{Said, vigie};

/// The rule in one namespace.
async fn allow(api: &Api, persona: Persona, space: &str, name: &str, rules: &Value) -> Result {
    const RBAC: &str = "rbac.authorization.k8s.io";
    let version = format!("{RBAC}/v1");
    let role = json!({
        "apiVersion": version, "kind": "Role",
        "metadata": {"name": name, "namespace": space}, "rules": rules,
    });
    let binding = json!({
        "apiVersion": version, "kind": "RoleBinding",
        "metadata": {"name": name, "namespace": space},
        "roleRef": {"apiGroup": RBAC, "kind": "Role", "name": name},
        "subjects": [{"apiGroup": RBAC, "kind": "Group", "name": persona.group()}],
    });
    api.create(&role).await?;
    api.create(&binding).await?;
    Ok(())
}

fn workloads() -> Value {
    json!([
        {"apiGroups": ["", "apps"], "resources": ["*"], "verbs": ["get", "list", "watch", "patch", "create"]},
    ])
}

fn applications(verbs: &[&str]) -> Value {
    json!([{"apiGroups": ["argoproj.io"], "resources": ["applications"], "verbs": verbs}])
}

async fn site(name: &str) -> Result<Api> {
    let plan = Plan {
        labels: place(&name.replace('-', ""), "dev"),
        ..Plan::new(name, self_heal())
    };
    let (api, _repo) = plan.build().await?;
    api.wait_at_most(
        SOON,
        &deployment_path(name, "app"),
        "rolled out",
        rolled_out,
    )
    .await?;
    Ok(api)
}

fn says(persona: Persona, arguments: &[&str]) -> Result<Said> {
    vigie(&ArgoCd::plane()?.kubeconfig(persona), arguments)
}

#[tokio::test]
async fn whose_application_cannot_be_read_is_not_known_to_hold() -> Result {
    let name = "rights-workload";
    let api = site(name).await?;
    allow(&api, Persona::Team, name, "workloads", &workloads()).await?;
    let rollback = ["rollback", "deploy/app", "-n", name, "--dry-run"];
    let said = says(Persona::Team, &[&rollback[..], &["-o", "json"]].concat())?;
    let plan = said.json()?;
    assert_eq!(plan["hold"]["verdict"], "unknown", "{plan}");
    let said = says(Persona::Team, &rollback)?;
    let words = "Applications are not readable everywhere (list applications.argoproj.io)";
    ensure!(said.out.contains(words), "{said:?}");

    // By its label alone, as Argo CD tracks up to 2.14.
    let labelled = json!({"metadata": {
        "annotations": {"argocd.argoproj.io/tracking-id": null},
        "labels": {"app.kubernetes.io/instance": name},
    }});
    api.merge(&path(name), &json!({"spec": {"syncPolicy": null}}))
        .await?;
    api.merge(&deployment_path(name, "app"), &labelled).await?;
    let said = says(Persona::Team, &rollback)?;
    ensure!(said.out.contains("which may be an Application"), "{said:?}");
    let said = says(
        Persona::Team,
        &["get", "deployments", "-n", name, "-o", "json"],
    )?;
    let rows = said.items()?;
    let keeper = json!({"tool": "Argo CD?", "name": name});
    assert_eq!(rows[0]["managers"][0], keeper, "{rows:?}");
    assert_eq!(rows[0]["sync"], Value::Null);
    Ok(())
}

#[tokio::test]
async fn an_application_that_may_be_read_and_not_written_is_said_to_be_denied() -> Result {
    let name = "rights-read";
    let api = site(name).await?;
    allow(&api, Persona::Viewer, name, "workloads", &workloads()).await?;
    let read = applications(&["get", "list", "watch"]);
    let reader = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
        "metadata": {"name": name}, "rules": read,
    });
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
        "metadata": {"name": name},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": Persona::Viewer.group()}],
    });
    api.create(&reader).await?;
    api.create(&binding).await?;
    let said = says(
        Persona::Viewer,
        &[
            "rollback",
            "deploy/app",
            "-n",
            name,
            "--dry-run",
            "-o",
            "json",
        ],
    )?;
    let plan = said.json()?;
    // It heals, and its windows cannot be read.
    assert_eq!(plan["hold"]["verdict"], "unknown", "{plan}");
    let listed = ["get", "deployments", "-n", name, "-o", "json"];
    let rows = says(Persona::Viewer, &listed)?.items()?;
    let keeper = json!({"tool": "Argo CD", "name": name});
    assert_eq!(rows[0]["managers"][0], keeper, "{rows:?}");
    assert_eq!(rows[0]["sync"], "synced", "{rows:?}");
    let app = format!("application/{name}");
    let said = says(Persona::Viewer, &["pause", &app, "-n", NAMESPACE, "--yes"])?;
    let denied = "patch applications.argoproj.io in argocd is denied to viewer";
    ensure!(said.code != 0, "{said:?}");
    ensure!(
        format!("{}{}", said.out, said.err).contains(denied),
        "{said:?}"
    );
    let child = api.get(&path(name)).await?;
    assert_eq!(child["spec"]["syncPolicy"], self_heal());
    Ok(())
}

#[tokio::test]
async fn who_may_write_applications_alone_goes_back_with_the_application() -> Result {
    let name = "rights-application";
    let api = site(name).await?;
    let all = applications(&["get", "list", "watch", "patch"]);
    allow(&api, Persona::Nobody, NAMESPACE, name, &all).await?;
    let said = says(
        Persona::Nobody,
        &["rollback", "deploy/app", "-n", name, "--dry-run"],
    )?;
    ensure!(said.code != 0, "{said:?}");
    let denied = "list deployments.apps";
    ensure!(
        format!("{}{}", said.out, said.err).contains(denied),
        "{said:?}"
    );

    let app = format!("application/{name}");
    let on = [app.as_str(), "-n", NAMESPACE, "--yes", "--wait"];
    let confirm = ["--confirm", name];
    for verb in ["pause", "rollback"] {
        let said = says(Persona::Nobody, &[&[verb][..], &on, &confirm].concat())?;
        ensure!(said.code == 0, "{verb}: {said:?}");
    }
    let back = |it: &Value| *image_of(it) == IMAGE;
    api.wait_at_most(SOON, &deployment_path(name, "app"), "back", back)
        .await?;
    Ok(())
}
