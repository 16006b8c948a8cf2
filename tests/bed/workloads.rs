//! Objects that tests write again and again.

use serde_json::{Value, json};

use super::Result;
use super::api::Api;

pub(crate) fn namespace(name: &str, labels: &Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}})
}

/// A pod template of one container, named after the application, with probes and limits; `notes` are its annotations.
pub(crate) fn template(app: &str, image: &str, notes: &Value) -> Value {
    let probe = json!({"httpGet": {"path": "/healthz", "port": 8080}, "periodSeconds": 10});
    json!({
        "metadata": {"labels": {"app": app}, "annotations": notes},
        "spec": {"containers": [{
            "name": app,
            "image": image,
            "ports": [{"name": "http", "containerPort": 8080}],
            "livenessProbe": probe,
            "readinessProbe": probe,
            "resources": {
                "requests": {"cpu": "10m", "memory": "16Mi"},
                "limits": {"cpu": "100m", "memory": "64Mi"},
            },
        }]},
    })
}

pub(crate) fn deployment(namespace: &str, app: &str, replicas: u32, template: &Value) -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": app, "namespace": namespace, "labels": {"app": app}},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": app}},
            "template": template,
        },
    })
}

pub(crate) fn job(namespace: &str, name: &str, template: &Value) -> Value {
    let mut template = template.clone();
    template["spec"]["restartPolicy"] = json!("Never");
    json!({
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"backoffLimit": 0, "template": template},
    })
}

pub(crate) fn pods_path(namespace: &str, app: &str) -> String {
    format!("/api/v1/namespaces/{namespace}/pods?labelSelector=app={app}")
}

pub(crate) fn deployment_path(namespace: &str, app: &str) -> String {
    format!("/apis/apps/v1/namespaces/{namespace}/deployments/{app}")
}

/// All replicas updated and available, as `kubectl rollout status` judges.
pub(crate) fn rolled_out(deployment: &Value) -> bool {
    let wanted = &deployment["spec"]["replicas"];
    let status = &deployment["status"];
    status["observedGeneration"] == deployment["metadata"]["generation"]
        && ["replicas", "updatedReplicas", "availableReplicas"]
            .iter()
            .all(|field| status[field] == *wanted)
}

/// The first pod of a list for which `condition` holds.
pub(crate) async fn wait_pod(
    api: &Api,
    path: &str,
    what: &str,
    condition: impl Fn(&Value) -> bool,
) -> Result<Value> {
    let matching = |list: &Value| {
        list["items"]
            .as_array()
            .and_then(|pods| pods.iter().find(|pod| condition(pod)).cloned())
    };
    let list = api
        .wait_for(path, what, |list| matching(list).is_some())
        .await?;
    Ok(matching(&list).unwrap_or_default())
}

/// `True`, `False` or `Unknown`, if the object has that condition.
pub(crate) fn condition_status<'a>(object: &'a Value, kind: &str) -> Option<&'a str> {
    object
        .pointer("/status/conditions")?
        .as_array()?
        .iter()
        .find(|condition| condition["type"] == kind)?["status"]
        .as_str()
}
