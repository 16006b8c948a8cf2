//! The workloads of the seeded platform, as a careful team would write them.

use serde_json::{Map, Value, json};

use super::data::{App, Kind, Size};
use super::place::Place;

/// How many older revisions a Deployment keeps, at most.
const HISTORY: u32 = 3;

impl App {
    pub(super) fn replicas(&self, place: &Place) -> u32 {
        self.replicas[usize::from(!place.production)]
    }

    pub(super) fn runs_in(&self, place: &Place) -> bool {
        self.only.is_none() || self.only == place.environment
    }
}

fn resources(size: Size) -> Value {
    let (cpu, memory, request) = match size {
        Size::Small => ("100m", "64Mi", "20m"),
        Size::Static => ("200m", "128Mi", "50m"),
        Size::Java => ("500m", "512Mi", "100m"),
        Size::Large => ("1", "1Gi", "250m"),
    };
    json!({"limits": {"cpu": cpu, "memory": memory}, "requests": {"cpu": request, "memory": memory}})
}

fn labels(app: &App, place: &Place) -> Map<String, Value> {
    let optional = [
        ("env", place.env),
        ("tier", app.tier.as_deref()),
        ("component", app.component.as_deref()),
    ];
    let mut labels = Map::from_iter([("app".to_owned(), json!(app.name))]);
    labels.extend(
        optional
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), json!(value?)))),
    );
    labels
}

pub(super) fn image(app: &App, place: &Place, version: &str) -> String {
    format!("{}/{}:{version}", place.registry, app.name)
}

pub(super) fn template(app: &App, place: &Place) -> Value {
    let probe = json!({"httpGet": {"path": "/health", "port": 8080}, "periodSeconds": 10, "timeoutSeconds": 3});
    let mut spec = json!({
        "containers": [{
            "name": app.name,
            "image": image(app, place, &app.version),
            "ports": [{"name": "http", "containerPort": 8080}],
            "env": [
                {"name": "LOG_LEVEL", "value": "info"},
                {"name": "PORT", "value": "8080"},
                {"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
            ],
            "livenessProbe": probe,
            "readinessProbe": probe,
            "resources": resources(app.size),
        }],
        "imagePullSecrets": [{"name": "registry-pull-secret"}],
    });
    if app.kind == Kind::CronJob {
        spec["restartPolicy"] = json!("Never");
    }
    if app.kind == Kind::DaemonSet {
        spec["tolerations"] = json!([{"operator": "Exists"}]);
    } else {
        spec["nodeSelector"] = json!({"pool": place.pool});
    }
    let log = json!({"vigie.test/log": "http"});
    json!({"metadata": {"labels": labels(app, place), "annotations": log}, "spec": spec})
}

/// The workload itself and, for a Deployment, its autoscaler or disruption budget where it would have one.
pub(super) fn workload(app: &App, place: &Place) -> Value {
    let selector = json!({"matchLabels": {"app": app.name}});
    let template = template(app, place);
    let replicas = app.replicas(place);
    let (version, spec) = match app.kind {
        Kind::Deployment => (
            "apps/v1",
            // Nothing yet: its older revisions come first and decide the number of this one.
            json!({"replicas": 0, "selector": selector, "template": template, "paused": true}),
        ),
        Kind::StatefulSet => (
            "apps/v1",
            json!({"replicas": replicas, "selector": selector, "template": template,
                "serviceName": app.name, "podManagementPolicy": "Parallel"}),
        ),
        Kind::DaemonSet => (
            "apps/v1",
            json!({"selector": selector, "template": template}),
        ),
        Kind::CronJob => (
            "batch/v1",
            json!({"schedule": "*/20 * * * *", "suspend": app.suspended, "concurrencyPolicy": "Forbid",
                "jobTemplate": {"spec": {"backoffLimit": 0, "template": template}}}),
        ),
    };
    let mut metadata =
        json!({"name": app.name, "namespace": place.namespace, "labels": labels(app, place)});
    if let Some(application) = &place.application {
        let group = version.split('/').next().unwrap_or_default();
        metadata["annotations"] = json!({"argocd.argoproj.io/tracking-id":
            format!("{application}:{group}/{:?}:{}/{}", app.kind, place.namespace, app.name)});
    }
    json!({"apiVersion": version, "kind": format!("{:?}", app.kind), "metadata": metadata, "spec": spec})
}

/// Empty `ReplicaSets` of earlier revisions; the Deployment counts on from the latest.
pub(super) fn history(app: &App, place: &Place, uid: &Value) -> Vec<Value> {
    let last = app.revision.saturating_sub(1);
    let oldest = last.saturating_sub(HISTORY - 1).max(1);
    (oldest..=last)
        .map(|revision| {
            let hash = format!("{:x}", 0x5d5b_0000_u32.wrapping_add(revision.wrapping_mul(40_503)));
            let mut template = template(app, place);
            template["metadata"]["labels"]["pod-template-hash"] = json!(hash);
            let version = format!("{}-r{revision}", app.version);
            template["spec"]["containers"][0]["image"] = json!(image(app, place, &version));
            json!({
                "apiVersion": "apps/v1",
                "kind": "ReplicaSet",
                "metadata": {
                    "name": format!("{}-{hash}", app.name),
                    "namespace": place.namespace,
                    "labels": template["metadata"]["labels"],
                    "annotations": {"deployment.kubernetes.io/revision": revision.to_string()},
                    "ownerReferences": [{"apiVersion": "apps/v1", "kind": "Deployment", "name": app.name,
                        "uid": uid, "controller": true, "blockOwnerDeletion": true}],
                },
                "spec": {
                    "replicas": 0,
                    "selector": {"matchLabels": {"app": app.name, "pod-template-hash": hash}},
                    "template": template,
                },
            })
        })
        .collect()
}

pub(super) fn budget(app: &App, place: &Place) -> Value {
    json!({
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": {"name": app.name, "namespace": place.namespace},
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": app.name}}},
    })
}

/// With the status that its controller would give; the bed has no metrics and does not run it.
pub(super) fn autoscaler(app: &App, place: &Place, bounds: [u32; 2], wanted: u32) -> [Value; 2] {
    let (current, limited) = (wanted.min(bounds[1]), wanted > bounds[1]);
    let object = json!({
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": app.name, "namespace": place.namespace},
        "spec": {
            "minReplicas": bounds[0], "maxReplicas": bounds[1],
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": app.name},
            "metrics": [{"type": "Resource", "resource":
                {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}],
        },
    });
    let condition = |kind: &str, status: &str, reason: &str, message: &str| {
        json!({"type": kind, "status": status, "reason": reason, "message": message,
            "lastTransitionTime": crate::bed::clock::now_seconds()})
    };
    let limit = if limited {
        condition(
            "ScalingLimited",
            "True",
            "TooManyReplicas",
            "the desired replica count is more than the maximum replica count",
        )
    } else {
        condition(
            "ScalingLimited",
            "False",
            "DesiredWithinRange",
            "the desired count is within the acceptable range",
        )
    };
    let status = json!({"status": {
        "currentReplicas": current, "desiredReplicas": current,
        "currentMetrics": [{"type": "Resource", "resource": {"name": "cpu",
            "current": {"averageUtilization": 81, "averageValue": "405m"}}}],
        "conditions": [
            condition("AbleToScale", "True", "ReadyForNewScale", "recommended size matches current size"),
            condition("ScalingActive", "True", "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from cpu resource utilization"),
            limit,
        ],
    }});
    [object, status]
}
