//! What Argo CD reads from the cluster: its settings, and the Applications of tests.

use serde_json::{Value, json};

use super::{NAMESPACE, Repo};

/// After this long without news an Application is compared again; three minutes in a new installation.
pub(super) const RESYNC: &str = "10s";
pub(super) const JITTER: &str = "0s";

/// An Application of what stands in a folder of the repository.
pub(crate) fn application(
    name: &str,
    repo: &Repo,
    folder: &str,
    namespace: &str,
    policy: &Value,
) -> Value {
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {
            "project": "default",
            "source": {"repoURL": repo.url(), "path": folder, "targetRevision": "HEAD"},
            "destination": {"server": "https://kubernetes.default.svc", "namespace": namespace},
            "syncPolicy": policy,
        },
    })
}

pub(crate) fn self_heal() -> Value {
    json!({"automated": {"selfHeal": true}})
}

/// A set that generates this one Application.
pub(crate) fn application_set(name: &str, application: &Value) -> Value {
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "ApplicationSet",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {
            "generators": [{"list": {"elements": [{"name": application["metadata"]["name"]}]}}],
            "template": {"metadata": {"name": "{{name}}"}, "spec": application["spec"]},
        },
    })
}

pub(crate) fn path(application: &str) -> String {
    format!("/apis/argoproj.io/v1alpha1/namespaces/{NAMESPACE}/applications/{application}")
}

/// A document of the installation as it is applied here.
pub(super) fn settled(mut document: Value) -> Value {
    if document["kind"] != "CustomResourceDefinition" {
        document["metadata"]["namespace"] = json!(NAMESPACE);
    }
    match document["metadata"]["name"].as_str() {
        Some("argocd-cm") => {
            document["data"]["timeout.reconciliation"] = json!(RESYNC);
            document["data"]["timeout.reconciliation.jitter"] = json!(JITTER);
        }
        // Otherwise made by its API server, which nothing here needs.
        Some("argocd-secret") => {
            document["stringData"] = json!({"server.secretkey": "bed"});
        }
        _ => {}
    }
    document
}

/// The same of a version that knows no `automated.enabled`: what is written there is dropped.
pub(super) fn before_enabled(document: Value) -> Value {
    const POLICY: &str =
        "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/syncPolicy";
    let mut document = settled(document);
    if document["metadata"]["name"] == "applications.argoproj.io" {
        let policy = document.pointer_mut(POLICY);
        let automated = policy.and_then(|it| it.pointer_mut("/properties/automated/properties"));
        let fields = automated.and_then(Value::as_object_mut);
        assert!(
            fields.is_some_and(|it| it.remove("enabled").is_some()),
            "the field is elsewhere"
        );
    }
    document
}

/// Otherwise made by its API server too.
pub(super) fn default_project() -> Value {
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "AppProject",
        "metadata": {"name": "default", "namespace": NAMESPACE},
        "spec": {
            "sourceRepos": ["*"],
            "destinations": [{"server": "*", "namespace": "*"}],
            "clusterResourceWhitelist": [{"group": "*", "kind": "*"}],
        },
    })
}
