//! Applications of Argo CD as a platform has them: one environment each, a dozen objects, a full history; some 12 KB of JSON.

use futures::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};

use super::{AT_ONCE, create, digest};
use crate::bed::argo_cd::{self, NAMESPACE};
use crate::bed::clock::now_seconds;
use crate::bed::{Api, Result};

/// Kind, group and how many of it each has.
const OBJECTS: [(&str, &str, usize); 6] = [
    ("Deployment", "apps", 3),
    ("Service", "", 3),
    ("ConfigMap", "", 3),
    ("Ingress", "networking.k8s.io", 1),
    ("HorizontalPodAutoscaler", "autoscaling", 1),
    ("NetworkPolicy", "networking.k8s.io", 1),
];
/// What Argo CD keeps unless told otherwise.
const HISTORY: usize = 10;

/// Their kind is made served first. Nobody looks after them.
pub(crate) async fn populate(api: &Api, count: usize) -> Result {
    argo_cd::install(api).await?;
    stream::iter(0..count)
        .map(|number| async move { create(api, &application(number)).await.map(drop) })
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await
}

fn application(number: usize) -> Value {
    let name = format!("load-{number:05}");
    let now = now_seconds();
    let repository = format!("https://gitlab.cpin.test/forge/load-{number}/infra.git");
    let source = json!({
        "repoURL": repository, "path": "deploy", "targetRevision": "HEAD",
        "helm": {"valueFiles": ["values.yaml", "values-prod.yaml"]},
    });
    // As many as usual differ.
    let sync = if number.is_multiple_of(50) {
        "OutOfSync"
    } else {
        "Synced"
    };
    let revision = |of: usize| digest(&format!("{name}/{of}"))[..40].to_owned();
    let history: Vec<Value> = (0..HISTORY)
        .map(|id| {
            json!({"id": id, "deployedAt": now, "deployStartedAt": now, "revision": revision(id),
                "source": source, "initiatedBy": {"automated": true}})
        })
        .collect();
    let objects = OBJECTS.iter().flat_map(|(kind, group, count)| {
        (0..*count).map(move |at| (*kind, *group, format!("service-{at:02}-backend")))
    });
    let objects: Vec<_> = objects.collect();
    let resources: Vec<Value> = objects
        .iter()
        .map(|(kind, group, object)| {
            json!({"kind": kind, "group": group, "version": "v1", "name": object, "namespace": name,
                "status": sync,
                "health": {"status": "Healthy"}})
        })
        .collect();
    let results: Vec<Value> = objects
        .iter()
        .map(|(kind, group, object)| {
            json!({"kind": kind, "group": group, "version": "v1", "name": object, "namespace": name,
                "status": "Synced", "hookPhase": "Running", "syncPhase": "Sync",
                "message": format!("{object} configured")})
        })
        .collect();
    let last = revision(HISTORY - 1);
    let policy = json!({"automated": {"prune": true, "selfHeal": true}, "syncOptions": ["CreateNamespace=true"]});
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {
            "name": name, "namespace": NAMESPACE,
            "labels": {
                "app.kubernetes.io/managed-by": "dso-console",
                "dso/project": format!("load-{number}"), "dso/environment": "prod",
            },
            "finalizers": ["resources-finalizer.argocd.argoproj.io"],
        },
        "spec": {
            "project": "default", "source": source, "syncPolicy": policy,
            "destination": {"server": "https://kubernetes.default.svc", "namespace": name},
        },
        "status": {
            "controllerNamespace": NAMESPACE,
            "health": {"status": "Healthy", "lastTransitionTime": now},
            "history": history,
            "operationState": {
                "phase": "Succeeded", "message": "successfully synced (all tasks run)",
                "startedAt": now, "finishedAt": now,
                "operation": {"initiatedBy": {"automated": true}, "retry": {"limit": 5},
                    "sync": {"prune": true, "revision": last, "syncOptions": ["CreateNamespace=true"]}},
                "syncResult": {"resources": results, "revision": last, "source": source},
            },
            "reconciledAt": now, "resourceHealthSource": "appTree",
            "resources": resources,
            "sourceHydrator": {}, "sourceType": "Helm",
            "summary": {"images": (0..3).map(|at| format!("harbor.cpin.test/load-{number}/service-{at:02}-backend:4.10.0")).collect::<Vec<_>>()},
            "sync": {"status": sync, "revision": last,
                "comparedTo": {"source": source, "destination": {"server": "https://kubernetes.default.svc", "namespace": name}}},
        },
    })
}
