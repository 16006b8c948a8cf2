//! What Flux reads from the cluster: the Kustomizations of tests, and the kind that no controller of the bed looks at.

use serde_json::{Value, json};

use super::NAMESPACE;

/// Seconds between two reconciliations; minutes in life.
pub(crate) const INTERVAL: u64 = 10;

/// A Kustomization of what stands in a folder of the source of that name.
pub(crate) fn kustomization(name: &str, source: &str, folder: &str) -> Value {
    json!({
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
        "kind": "Kustomization",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {
            "interval": format!("{INTERVAL}s"),
            "path": format!("./{folder}"),
            "prune": true,
            "sourceRef": {"kind": "GitRepository", "name": source},
        },
    })
}

pub(crate) fn path(kustomization: &str) -> String {
    format!(
        "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/{NAMESPACE}/kustomizations/{kustomization}"
    )
}

pub(crate) fn ready(object: &Value) -> Option<&str> {
    crate::bed::workloads::condition_status(object, "Ready")
}

/// helm-controller is no module that can be had, and neither is the definition of its kind: this one takes any field.
pub(super) fn helm_releases() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "helmreleases.helm.toolkit.fluxcd.io"},
        "spec": {
            "group": "helm.toolkit.fluxcd.io",
            "scope": "Namespaced",
            "names": {
                "plural": "helmreleases", "singular": "helmrelease",
                "kind": "HelmRelease", "listKind": "HelmReleaseList",
            },
            "versions": [{
                "name": "v2", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}},
                "subresources": {"status": {}},
            }],
        },
    })
}
