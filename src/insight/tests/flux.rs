//! What Flux cannot bring to where its source is.

use crate::insight::stage::*;
use crate::insight::{Finding, Severity, Trouble};
use crate::model::{DriftDetection, Flux, Object, Status, Text};

/// Not ready since that second.
fn failing(name: &str, reason: &str, second: i64) -> Flux {
    failed(kustomization(name), reason, second)
}

fn failed(mut flux: Flux, reason: &str, second: i64) -> Flux {
    let mut ready = condition("Ready", Status::False, reason, second);
    ready.message = "kustomize build failed".into();
    flux.failed = Some(Box::new(ready.clone()));
    flux.conditions = vec![ready];
    flux
}

fn add(stage: &mut Stage, flux: Flux) {
    stage.add(Object::Flux(Box::new(flux)));
}

/// In production, kept by the Kustomization of that name.
fn kept(stage: &mut Stage, name: &str) -> Text {
    let namespace = stage.environment("betaapp", "prod");
    let mut workload = deployment(&namespace, "app", 1);
    keep(&mut workload.meta, name);
    stage.add(Object::Workload(workload));
    namespace
}

fn stalls(finding: &Finding) -> bool {
    matches!(finding.trouble, Trouble::NotReconciled { stalled, .. } if stalled)
}

#[test]
fn what_is_not_ready_for_long_is_found_where_it_deploys() {
    let mut stage = Stage::new();
    let namespace = kept(&mut stage, "beta");
    add(&mut stage, failing("beta", "BuildFailed", 100));
    let soon = stage.judge(399);
    assert!(soon.findings.iter().all(|it| it.subject.name != "beta"));
    assert!(soon.wake.is_some_and(|it| it <= at(400)));
    let found = stage.findings(400);
    let it = found.iter().find(|it| it.subject.name == "beta").unwrap();
    assert_eq!((it.severity, it.since), (Severity::Warning, Some(at(100))));
    assert_eq!(it.namespace, "flux-system");
    assert_eq!(it.place.as_ref().unwrap().tenant, "betaapp");
    assert_eq!(it.hit[0].0, namespace);
    assert_eq!(it.trouble.reason(), "FluxNotReady");
}

#[test]
fn what_is_suspended_is_no_fault() {
    let mut stage = Stage::new();
    let mut flux = failing("beta", "BuildFailed", 0);
    flux.suspended = true;
    add(&mut stage, flux);
    assert_eq!(stage.findings(9_000), []);
}

#[test]
fn a_release_that_gave_up_is_worse_than_one_that_tries_again() {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "prod");
    let release = |name| {
        let mut flux = helm_release(name, DriftDetection::Disabled);
        flux.target = namespace.clone();
        failed(flux, "UpgradeFailed", 100)
    };
    let mut stalled = release("gone");
    let given_up = condition("Stalled", Status::True, "RetriesExceeded", 350);
    stalled.conditions.push(given_up);
    add(&mut stage, stalled);
    add(&mut stage, release("tries"));
    let found = stage.findings(390);
    let [only] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert!(
        stalls(only) && only.severity == Severity::Critical,
        "{only:?}"
    );
    let found = stage.findings(400);
    assert_eq!(found.len(), 2);
    assert!(!stalls(&found[1]) && found[1].severity == Severity::Warning);
}

#[test]
fn who_waits_for_what_fails_is_not_told_beside_it() {
    let mut stage = Stage::new();
    let waits = |name: &str, after: &str| {
        let mut flux = failing(name, "DependencyNotReady", 100);
        flux.after = vec![("flux-system".into(), after.into())];
        flux
    };
    add(&mut stage, failing("base", "BuildFailed", 100));
    add(&mut stage, waits("apps", "infra"));
    add(&mut stage, waits("infra", "base"));
    add(&mut stage, waits("lost", "gone"));
    let found = stage.findings(900);
    let mut names: Vec<_> = found.iter().map(|it| it.subject.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["base", "lost"]);
}

#[test]
fn a_workload_that_is_told_of_speaks_for_the_kustomization_that_waits_for_it() {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "prod");
    let mut workload = deployment(&namespace, "app", 1);
    workload.ready = 0;
    workload.available = 0;
    keep(&mut workload.meta, "beta");
    let set = replica_set(&workload, 1, 1, 0);
    stage.add(Object::Workload(workload));
    stage.add(Object::ReplicaSet(set.clone()));
    stage.add(pod_of(&set, 0, 0).crashing(5, ended("Error", 1, "", 100), 0));
    add(&mut stage, failing("beta", "HealthCheckFailed", 100));
    let found = stage.findings(900);
    let names: Vec<_> = found.iter().map(|it| it.subject.name.as_str()).collect();
    assert_eq!(names, ["app"]);
}
