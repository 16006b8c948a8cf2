//! A namespace of a test's own on the shared cluster, and what runs in it.

use serde_json::{Value, json};

use crate::bed::workloads::{
    deployment, deployment_path, namespace, pods_path, rolled_out, template, wait_pod,
};
use crate::bed::{Api, ControlPlane, Persona, Result};

pub(crate) const IMAGE: &str = "harbor.cpin.test/bed/app:1.0.0";
pub(crate) const NEXT_IMAGE: &str = "harbor.cpin.test/bed/app:1.1.0";

/// The shared cluster as admin, and a namespace.
pub(crate) async fn arena(name: &str) -> Result<(&'static ControlPlane, Api)> {
    labelled_arena(name, &json!({})).await
}

pub(crate) async fn labelled_arena(
    name: &str,
    labels: &Value,
) -> Result<(&'static ControlPlane, Api)> {
    let plane = ControlPlane::shared()?;
    let api = plane.api(Persona::Admin).await?;
    api.create(&namespace(name, labels)).await?;
    Ok((plane, api))
}

/// A kind of one's own; objects of it may have any fields. `columns` as `additionalPrinterColumns` has them.
pub(crate) fn definition(group: &str, version: &str, kind: &str, columns: &Value) -> Value {
    let singular = kind.to_lowercase();
    let plural = format!("{singular}s");
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("{plural}.{group}")},
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"plural": plural, "singular": singular, "kind": kind, "listKind": format!("{kind}List")},
            "versions": [{
                "name": version, "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}},
                "additionalPrinterColumns": columns,
            }],
        },
    })
}

/// Labels by which the namespace is of a tenant and an environment.
pub(crate) fn place(tenant: &str, environment: &str) -> Value {
    json!({"dso/project": tenant, "dso/project.slug": tenant, "dso/environment": environment})
}

pub(crate) fn fate(word: &str) -> Value {
    json!({"vigie.test/fate": word})
}

/// A Deployment `app` whose pods meet their fate.
pub(crate) async fn run(api: &Api, space: &str, replicas: u32, notes: &Value) -> Result {
    let template = template("app", IMAGE, notes);
    api.create(&deployment(space, "app", replicas, &template))
        .await?;
    Ok(())
}

/// The same, once its pods serve.
pub(crate) async fn serve(api: &Api, space: &str, replicas: u32) -> Result<Value> {
    run(api, space, replicas, &json!({})).await?;
    api.wait_for(&deployment_path(space, "app"), "rolled out", rolled_out)
        .await
}

/// A new revision, whose pods meet another fate.
pub(crate) async fn roll(api: &Api, space: &str, notes: &Value) -> Result {
    let template = template("app", NEXT_IMAGE, notes);
    let change = json!({"spec": {"template": template}});
    api.merge(&deployment_path(space, "app"), &change).await?;
    Ok(())
}

/// A Deployment whose pods fall again and again, once one of them has fallen often enough to be surely in a loop.
pub(crate) async fn crash(api: &Api, space: &str, app: &str) -> Result<Value> {
    let template = template(app, IMAGE, &fate("crash"));
    api.create(&deployment(space, app, 1, &template)).await?;
    wait_pod(api, &pods_path(space, app), "in a loop", |pod| {
        pod["status"]["containerStatuses"][0]["restartCount"].as_u64() >= Some(3)
    })
    .await
}
