use bytes::Bytes;
use serde_json::{Value, json};

use super::*;
use crate::model::{Kind, Rehearsal, Writer};
use crate::source::convert::{Fact, decode};
use crate::source::wire::Format;

fn read(kind: Kind, value: &Value) -> Object {
    let bytes = Bytes::from(value.to_string());
    match decode(kind, Format::Json, bytes).unwrap().fact {
        Fact::Object(object) => object,
        Fact::Event(_) => unreachable!("no event was asked for"),
    }
}

fn application_of(value: &Value) -> Application {
    match read(Kind::Application, value) {
        Object::Application(it) => *it,
        other => unreachable!("{other:?}"),
    }
}

/// As Argo CD 3.1 writes one, shortened.
fn beta() -> Value {
    json!({
        "metadata": {
            "name": "betaapp-prod", "namespace": "argocd", "uid": "u1", "resourceVersion": "7",
            "annotations": {"argocd.argoproj.io/tracking-id": "root:argoproj.io/Application:argocd/betaapp-prod"},
            "managedFields": [{
                "manager": "vigie", "operation": "Update", "time": "2026-11-24T02:00:00Z",
                "fieldsV1": {"f:spec": {"f:syncPolicy": {"f:automated": {"f:enabled": {}}}}},
            }],
        },
        "spec": {
            "project": "betaapp-app",
            "destination": {"name": "public1", "namespace": "betaapp--prod"},
            "sources": [
                {"repoURL": "https://bob:hunter2@git.cpin.test/forge/infra.git", "path": ".", "targetRevision": "HEAD"},
                {"repoURL": "https://charts.cpin.test/a@b", "chart": "web", "targetRevision": "1.2.3"},
            ],
            "syncPolicy": {
                "automated": {"prune": true, "selfHeal": true, "enabled": false},
                "syncOptions": ["CreateNamespace=true", "RespectIgnoreDifferences=true"],
            },
            "ignoreDifferences": [{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]}],
        },
        "status": {
            "sync": {"status": "OutOfSync", "revisions": ["8c1f2e0", "1.2.3"]},
            "health": {"status": "Degraded", "message": "too bad", "lastTransitionTime": "2026-11-24T02:00:01Z"},
            "operationState": {
                "phase": "Succeeded", "startedAt": "2026-11-24T01:00:00Z", "finishedAt": null, "retryCount": 2,
                "operation": {"initiatedBy": {"automated": true}, "sync": {"autoHealAttemptsCount": 3}},
                "syncResult": {"revisions": ["51d0c3a", "1.2.2"]},
            },
            "resources": [
                {"kind": "Service", "version": "v1", "name": "web", "status": "Synced"},
                {"group": "apps", "kind": "Deployment", "name": "web", "status": "Synced"},
                {"kind": "ConfigMap", "name": "odd", "status": "OutOfSync", "requiresPruning": true},
            ],
            "history": [{"id": 3}, {"id": 4, "revision": "51d0c3a", "initiatedBy": {"username": "bob"}}],
            "summary": {"images": ["web:1"]},
            "conditions": [{"type": "SyncError", "message": "nothing \u{1b}[31mgoes"}],
            "reconciledAt": "2026-11-24T02:00:02Z",
        },
        "operation": {"sync": {}},
    })
}

#[test]
fn an_application_is_read() {
    let app = application_of(&beta());
    let automated = Automated {
        enabled: Some(false),
        prune: true,
        self_heal: true,
        allow_empty: false,
    };
    assert_eq!(app.automated, Some(automated));
    let by = app.suspended_by.unwrap();
    assert!(matches!(*by, Writer { name, at: Some(_) } if name == "vigie"));
    assert_eq!(app.sync, SyncState::OutOfSync);
    assert_eq!(app.revisions.as_slice(), ["8c1f2e0", "1.2.3"]);
    let operation = app.operation.unwrap();
    assert_eq!(operation.phase, OperationPhase::Succeeded);
    assert!(operation.automated && operation.finished.is_none());
    assert_eq!((operation.retries, operation.self_heals), (2, 3));
    assert_eq!(operation.revisions.as_slice(), ["51d0c3a", "1.2.2"]);
    assert!(app.requested && app.respects_ignored);
    assert_eq!(app.deployed.unwrap().by, "bob");
    assert_eq!(app.conditions[0].message, "nothing goes");
    // What differs comes first; what neither differs nor runs is counted.
    let kept: Vec<_> = app.resources.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!(
        (kept.as_slice(), app.resource_count),
        (&["ConfigMap", "Deployment"][..], 3)
    );
}

#[test]
fn a_dry_run_tells_what_it_would_have_done() {
    let result = |kind: &str, name: &str, status: &str, message: &str| json!({"group": "apps", "kind": kind, "namespace": "n", "name": name, "status": status, "message": message});
    let resource = |name: &str, status: &str| json!({"group": "apps", "kind": "Deployment", "namespace": "n", "name": name, "status": status});
    let mut hook = result(
        "Job",
        "migrate",
        "Synced",
        "job.batch/migrate created (dry run)",
    );
    hook["hookType"] = json!("PreSync");
    let mut beta = beta();
    beta["operation"]["sync"]["dryRun"] = json!(true);
    beta["status"]["resources"] = json!([
        resource("web", "OutOfSync"),
        resource("api", "Synced"),
        resource("new", "OutOfSync"),
    ]);
    let state = &mut beta["status"]["operationState"];
    state["operation"]["sync"]["dryRun"] = json!(true);
    state["syncResult"]["resources"] = json!([
        result(
            "Deployment",
            "web",
            "Synced",
            "deployment.apps/web configured (dry run)"
        ),
        result(
            "Deployment",
            "api",
            "Synced",
            "deployment.apps/api configured (dry run)"
        ),
        result(
            "Deployment",
            "new",
            "Synced",
            "deployment.apps/new created (dry run)"
        ),
        result("Deployment", "old", "Pruned", "pruned (dry run)"),
        result(
            "Deployment",
            "kept",
            "PruneSkipped",
            "ignored (requires pruning)"
        ),
        result("Odd", "odd", "SyncFailed", "no such \u{1b}[31mkind"),
        result("Odd", "two", "SyncFailed", "nor this"),
        hook,
    ]);
    let app = application_of(&beta);
    let told = Rehearsal {
        creates: 1,
        changes: 1,
        prunes: 1,
        leaves: 1,
        failure: "Odd odd: no such kind".into(),
    };
    let operation = app.operation.unwrap();
    assert_eq!(operation.rehearsal.as_deref(), Some(&told));
    assert!(app.rehearses);
    beta["status"]["operationState"]["syncResult"]["resources"] = json!("garbage");
    let operation = application_of(&beta).operation.unwrap();
    assert_eq!(operation.rehearsal.as_deref(), Some(&Rehearsal::default()));
}

#[test]
fn a_password_in_the_address_of_a_repository_is_not_kept() {
    let sources = application_of(&beta()).sources;
    let addresses: Vec<_> = sources.iter().map(|it| it.repository.as_str()).collect();
    let bare = [
        "https://git.cpin.test/forge/infra.git",
        "https://charts.cpin.test/a@b",
    ];
    assert_eq!(addresses, bare);
}

#[test]
fn one_that_no_controller_has_looked_at_is_read_too() {
    let bare = json!({
        "metadata": {"name": "new", "namespace": "argocd", "uid": "u2"},
        "spec": {"project": "default", "syncPolicy": null, "source": {"repoURL": "git@git.cpin.test:a/b.git"}},
        "status": null,
    });
    let app = application_of(&bare);
    assert_eq!((app.automated, app.sync), (None, SyncState::Unknown));
    assert!(app.operation.is_none() && app.reconciled.is_none() && app.destination.is_here());
    assert_eq!(app.sources[0].repository, "git@git.cpin.test:a/b.git");
}

#[test]
fn the_list_of_resources_is_bounded_and_what_differs_stays() {
    let mut big = beta();
    let mut resources: Vec<_> = (0..3000)
        .map(|number| json!({"kind": "Deployment", "name": format!("d{number}"), "status": "Synced"}))
        .collect();
    resources.push(json!({"kind": "Secret", "name": "last", "status": "OutOfSync"}));
    big["status"]["resources"] = Value::Array(resources);
    let app = application_of(&big);
    assert_eq!(app.resources.len(), Application::RESOURCES);
    assert_eq!(
        (app.resources[0].name.as_str(), app.resource_count),
        ("last", 3001)
    );
}

#[test]
fn windows_of_a_project_are_read() {
    let project = json!({
        "metadata": {"name": "betaapp-app", "namespace": "argocd", "uid": "u3"},
        "spec": {"syncWindows": [{
            "kind": "deny", "schedule": "0 22 * * *", "duration": "8h", "timeZone": "Europe/Paris",
            "applications": ["betaapp-*"], "manualSync": true,
        }]},
    });
    let Object::AppProject(project) = read(Kind::AppProject, &project) else {
        unreachable!("another kind");
    };
    let window = &project.windows[0];
    assert!(!window.allows && window.manual && !window.all_match);
    assert_eq!(window.applications, ["betaapp-*"]);
}

#[test]
fn what_an_application_set_leaves_alone_is_read() {
    let set = json!({
        "metadata": {"name": "dso", "namespace": "argocd", "uid": "u4"},
        "spec": {
            "syncPolicy": {"applicationsSync": "create-only"},
            "ignoreApplicationDifferences": [{"jsonPointers": ["/spec/syncPolicy"]}],
            "preservedFields": {"annotations": ["argocd.argoproj.io/skip-reconcile"]},
        },
    });
    let Object::ApplicationSet(set) = read(Kind::ApplicationSet, &set) else {
        unreachable!("another kind");
    };
    assert!(!set.updates());
    assert_eq!(set.ignored[0].pointers, ["/spec/syncPolicy"]);
    assert_eq!(set.preserved, [Application::SKIP_RECONCILE]);
}
