use crate::insight::stage::*;
use crate::insight::{Check, Judgement, Reason, Why, deployments, why};
use crate::model::{ClusterId, Kind, Moment, ObjectId, Pod, Quota, Status, Text, Workload};

fn ask(stage: &mut Stage, workload: &Workload, second: i64) -> Why {
    let judgement: Judgement = stage.judge(second);
    let places = stage.places();
    let rows = deployments(&stage.store, &places, &judgement);
    let object = ObjectId {
        cluster: ClusterId(0),
        kind: Kind::Deployment,
        uid: workload.meta.uid,
    };
    let now: Moment = at(second);
    why(&stage.store, &judgement, &rows, object, now).unwrap()
}

/// A workload whose pods end again and again, on nodes that are well.
fn crashing(stage: &mut Stage, namespace: &Text, image: &str) -> Workload {
    let (mut workload, pods) = running(stage, namespace, "beta-back", image);
    for pod in pods {
        let end = ended("Error", 1, "FATAL config: DB_URL is not set", 1080);
        stage.add(pod.crashing(4, end, 1000));
    }
    (workload.ready, workload.available) = (0, 0);
    stage.add(workload.clone());
    workload
}

fn running(stage: &mut Stage, namespace: &Text, name: &str, image: &str) -> (Workload, Vec<Pod>) {
    let mut workload = deployment(namespace, name, 2);
    workload.template = template(image);
    let mut set = replica_set(&workload, 1, 2, 2);
    set.template = template(image);
    let pods: Vec<_> = (0..2).map(|number| pod_of(&set, number, 900)).collect();
    for pod in &pods {
        stage.add(node(&pod.node));
        stage.add(pod.clone());
    }
    stage.add(workload.clone()).add(set);
    (workload, pods)
}

#[test]
fn what_hurts_comes_first_then_where_the_same_image_runs_well() {
    let mut stage = Stage::new();
    let prod = stage.environment("betaapp", "prod");
    let staging = stage.environment("betaapp", "staging");
    let other = stage.environment("candilib", "prod");
    running(&mut stage, &staging, "beta-back", "app:2.14.0");
    // Of another tenant, and of another image: neither says anything.
    running(&mut stage, &other, "api", "app:2.14.0");
    running(&mut stage, &staging, "front", "front:1");
    let workload = crashing(&mut stage, &prod, "app:2.14.0");
    let why = ask(&mut stage, &workload, 1300);
    let Some(Reason::Hurt(finding)) = why.reasons.first() else {
        panic!("{:?}", why.reasons)
    };
    assert_eq!(finding.trouble.reason(), "CrashLoopBackOff");
    let elsewhere: Vec<_> = why
        .reasons
        .iter()
        .filter_map(|it| match it {
            Reason::RunsElsewhere(row) => Some(row.namespace.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(elsewhere, [staging]);
}

#[test]
fn what_is_well_is_ruled_out_and_what_may_not_be_read_is_not() {
    let mut stage = Stage::new();
    let prod = stage.environment("betaapp", "prod");
    let workload = crashing(&mut stage, &prod, "app:2.14.0");
    let why = ask(&mut stage, &workload, 1300);
    assert!(why.checks.contains(&Check::Pulled), "{why:?}");
    assert!(why.checks.contains(&Check::NodesWell));
    assert!(why.checks.contains(&Check::QuotaRoom { fullest: None }));
    assert!(why.checks.contains(&Check::Autoscaler { maximum: None }));

    let mut stage = Stage::reading();
    for kind in [
        Kind::Namespace,
        Kind::Deployment,
        Kind::ReplicaSet,
        Kind::Pod,
    ] {
        stage.whole(kind);
    }
    let prod = stage.environment("betaapp", "prod");
    let workload = crashing(&mut stage, &prod, "app:2.14.0");
    let why = ask(&mut stage, &workload, 1300);
    assert!(!why.checks.contains(&Check::NodesWell), "{why:?}");
    assert!(
        !why.checks
            .iter()
            .any(|it| matches!(it, Check::QuotaRoom { .. }))
    );
}

#[test]
fn a_quota_that_is_nearly_full_is_a_reason_and_no_room() {
    let mut stage = Stage::new();
    let prod = stage.environment("betaapp", "prod");
    let workload = crashing(&mut stage, &prod, "app:2.14.0");
    let nearly: Quota = quota(&prod, "dso-quota", "7800m", 0.975);
    stage.add(nearly);
    let why = ask(&mut stage, &workload, 1300);
    let near = |it: &Reason| matches!(it, Reason::QuotaNear { name, .. } if *name == "dso-quota");
    assert!(why.reasons.iter().any(near), "{why:?}");
    assert!(
        !why.checks
            .iter()
            .any(|it| matches!(it, Check::QuotaRoom { .. }))
    );
}

#[test]
fn the_node_under_its_pods_is_a_reason_that_it_shares() {
    let mut stage = Stage::new();
    let prod = stage.environment("betaapp", "prod");
    let (workload, pods) = running(&mut stage, &prod, "beta-back", "app:1");
    for pod in &pods {
        stage.add(dead_node(&pod.node, 1000));
        stage.add(pod.clone().unready(1000));
    }
    let why = ask(&mut stage, &workload, 1300);
    let node = |it: &Reason| matches!(it, Reason::Hurt(finding) if finding.trouble.reason() == "NodeNotReady");
    assert!(why.reasons.iter().any(node), "{why:?}");
    assert!(!why.checks.contains(&Check::NodesWell));
}

#[test]
fn an_autoscaler_at_its_maximum_is_a_reason() {
    let mut stage = Stage::new();
    let prod = stage.environment("betaapp", "prod");
    let (workload, _) = running(&mut stage, &prod, "beta-back", "app:1");
    let limited = condition("ScalingLimited", Status::True, "TooManyReplicas", 100);
    let mut scaler = hpa(&prod, "beta-back", vec![limited]);
    (scaler.target_kind, scaler.target_name) = ("Deployment".into(), "beta-back".into());
    (scaler.min, scaler.max, scaler.desired) = (1, 2, 2);
    stage.add(scaler);
    let why = ask(&mut stage, &workload, 5000);
    let full = |it: &Reason| matches!(it, Reason::Hurt(finding) if finding.trouble.reason() == "AtMaximum");
    assert!(why.reasons.iter().any(full), "{why:?}");
    assert!(
        !why.checks
            .iter()
            .any(|it| matches!(it, Check::Autoscaler { .. }))
    );
}

#[test]
fn a_workload_that_is_well_has_no_reason() {
    let mut stage = Stage::new();
    let prod = stage.environment("betaapp", "prod");
    let (workload, _) = running(&mut stage, &prod, "beta-back", "app:1");
    let why = ask(&mut stage, &workload, 5000);
    assert_eq!(why.reasons, []);
    assert_eq!(why.checks.len(), 5);
}
