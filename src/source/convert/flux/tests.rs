use bytes::Bytes;
use serde_json::{Value, json};

use super::*;
use crate::model::{Kind, Moment, Writer};
use crate::source::convert::{Fact, decode};
use crate::source::wire::Format;

fn read(kind: Kind, value: &Value) -> Flux {
    let bytes = Bytes::from(value.to_string());
    match decode(kind, Format::Json, bytes).unwrap().fact {
        Fact::Object(Object::Flux(it)) => *it,
        other => unreachable!("{other:?}"),
    }
}

fn metadata(name: &str) -> Value {
    json!({
        "name": name, "namespace": "flux-system", "uid": "u1", "resourceVersion": "7", "generation": 3,
        "annotations": {
            "reconcile.fluxcd.io/requestedAt": "2026-11-24T02:00:00Z",
            "vigie/flux-suspended": "{\"by\":\"bob\",\"reason\":\"INC-7\"}",
        },
        "managedFields": [{
            "manager": "vigie", "operation": "Update", "time": "2026-11-24T02:00:00Z",
            "fieldsV1": {"f:spec": {"f:suspend": {}}},
        }],
    })
}

/// As kustomize-controller 1.9 leaves one, shortened.
fn beta() -> Value {
    json!({
        "metadata": metadata("beta"),
        "spec": {
            "suspend": true, "interval": "10m0s", "retryInterval": "90s", "path": "./beta", "prune": true,
            "sourceRef": {"kind": "GitRepository", "name": "platform", "namespace": "sources"},
            "targetNamespace": "shop",
            "dependsOn": [{"name": "infra"}, {"name": "base", "namespace": "platform"}],
            "ignore": [{"paths": ["/spec/replicas"], "target": {"kind": "Deployment"}}],
        },
        "status": {
            "observedGeneration": 3,
            "lastAppliedRevision": "main@sha1:8c1f2e0", "lastAttemptedRevision": "main@sha1:51d0c3a",
            "lastHandledReconcileAt": "2026-11-24T01:00:00Z",
            "conditions": [{
                "type": "Ready", "status": "False", "reason": "BuildFailed", "message": "no such file",
                "lastTransitionTime": "2026-11-24T02:00:01Z",
            }],
            "history": [
                {"digest": "d1", "lastReconciled": "2026-11-24T01:59:00Z", "lastReconciledStatus": "BuildFailed"},
                {"digest": "d0", "firstReconciled": "2026-11-23T09:00:00Z", "lastReconciled": "2026-11-24T01:49:00Z",
                    "lastReconciledStatus": "ReconciliationSucceeded"},
            ],
        },
    })
}

#[test]
fn a_kustomization_is_read_with_who_suspended_it() {
    let beta = read(Kind::Kustomization, &beta());
    assert_eq!(beta.kind(), Kind::Kustomization);
    assert!(beta.suspended);
    let at = Moment::from_rfc3339("2026-11-24T02:00:00Z");
    let name = "vigie".into();
    assert_eq!(beta.suspended_by, Some(Box::new(Writer { name, at })));
    assert_eq!((beta.interval, beta.retry), (600, Some(90)));
    assert_eq!(beta.source.name, "platform");
    assert_eq!(beta.applied, "main@sha1:8c1f2e0");
    assert_eq!(beta.attempted, "main@sha1:51d0c3a");
    assert_eq!(beta.condition("Ready").unwrap().reason, "BuildFailed");
    assert_eq!(
        beta.reconciled,
        Moment::from_rfc3339("2026-11-24T01:59:00Z")
    );
    let at = |text| Moment::from_rfc3339(text);
    assert_eq!(beta.succeeded, at("2026-11-24T01:49:00Z"));
    assert_eq!(beta.deployed, at("2026-11-23T09:00:00Z"));
    assert_eq!(beta.failed.as_deref(), beta.condition("Ready"));
    assert_eq!(beta.target, "shop");
    let after = [("flux-system", "infra"), ("platform", "base")];
    let after = after.map(|(namespace, name)| (namespace.into(), name.into()));
    assert_eq!(beta.after, after);
    assert_eq!(beta.ignored[0].paths, ["/spec/replicas"]);
    assert_eq!(beta.handled, "2026-11-24T01:00:00Z");
    let asked = beta.meta.annotations.get(Flux::REQUESTED);
    assert_eq!(asked, Some("2026-11-24T02:00:00Z"));
}

#[test]
fn a_helm_release_is_read_with_its_drift_detection_and_history() {
    let web = json!({
        "metadata": metadata("web"),
        "spec": {
            "interval": "1h", "driftDetection": {"mode": "enabled", "ignore": null},
            "chart": {"spec": {"chart": "web", "version": "1.x", "sourceRef": {"kind": "HelmRepository", "name": "charts"}}},
            "upgrade": {"remediation": {"retries": 3}},
        },
        "status": {
            "observedGeneration": -1, "failures": 2, "upgradeFailures": 1,
            "history": [{"name": "web", "namespace": "shop", "version": 7, "status": "deployed",
                "chartVersion": "1.4.2", "lastDeployed": "2026-11-24T02:00:00Z"}],
        },
    });
    let web = read(Kind::HelmRelease, &web);
    let release = web.release().unwrap();
    assert_eq!(release.drift, DriftDetection::Enabled);
    assert_eq!((release.chart.as_str(), release.retries), ("web", 3));
    assert_eq!((release.failures, release.upgrade_failures), (2, 1));
    assert_eq!(release.history[0].chart_version, "1.4.2");
    assert_eq!(
        (web.applied.as_str(), web.failed.is_some()),
        ("1.4.2", false)
    );
    assert_eq!(web.deployed, Moment::from_rfc3339("2026-11-24T02:00:00Z"));
    assert_eq!((web.observed, web.suspended_by.clone()), (None, None));
}

#[test]
fn one_that_says_nothing_is_read_all_the_same() {
    let bare = json!({
        "metadata": {"name": "a", "namespace": "b", "uid": "u"},
        "spec": null, "status": null,
    });
    for kind in [Kind::Kustomization, Kind::HelmRelease] {
        let bare = read(kind, &bare);
        assert_eq!((bare.kind(), bare.interval, bare.observed), (kind, 0, None));
    }
}

#[test]
fn lists_are_bounded_and_texts_are_harmless() {
    let mut wide = beta();
    let condition = json!({"type": "Ready", "status": "True", "message": "a\u{1b}[31mb"});
    wide["status"]["conditions"] = vec![condition; 100].into();
    let wide = read(Kind::Kustomization, &wide);
    assert_eq!(wide.conditions.len(), Flux::ENTRIES);
    assert!(!wide.conditions[0].message.contains('\u{1b}'));
}
