use std::sync::Arc;

use serde_json::Value;

use crate::insight::stage::*;
use crate::insight::{Around, Check, Judgement, Reason, Why, deployments, why};
use crate::model::{
    ClusterId, Kind, Moment, ObjectKind, ObjectRef, Pod, Quota, Resource, Status, Text, Workload,
};

fn ask(stage: &mut Stage, workload: &Workload, second: i64) -> Why {
    ask_with(stage, workload, second, &Around::default())
}

fn named(workload: &Workload) -> ObjectRef {
    ObjectRef {
        cluster: ClusterId(0),
        kind: Kind::Deployment.into(),
        namespace: workload.meta.namespace.clone(),
        name: workload.meta.name.clone(),
        uid: Some(workload.meta.uid),
    }
}

fn ask_with(stage: &mut Stage, workload: &Workload, second: i64, around: &Around<'_>) -> Why {
    let judgement: Judgement = stage.judge(second);
    let places = stage.places();
    let rows = deployments(&stage.store, &places, &judgement);
    let object = named(workload);
    let now: Moment = at(second);
    let rows: Vec<_> = rows.iter().collect();
    why(&stage.store, &judgement, &rows, &object, around, now).unwrap()
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

/// Each file is a night: documents as the server has them, the first of which says what must be told of `beta-back`.
#[test]
fn what_stands_around_is_told_as_each_scenario_expects() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/insight/tests/why");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let documents: Vec<Value> = serde_saphyr::from_multiple(&text).unwrap();
        let (expected, objects) = documents.split_first().unwrap();
        let told = tell(expected, objects);
        let expected: Vec<String> = serde_json::from_value(expected["told"].clone()).unwrap();
        assert_eq!(told, expected, "{}", path.display());
        count += 1;
    }
    assert!(count >= 9, "{count} scenarios");
}

fn tell(expected: &Value, objects: &[Value]) -> Vec<String> {
    let mut stage = Stage::new();
    let prod = stage.environment("betaapp", "prod");
    let (workload, pods) = running(&mut stage, &prod, "beta-back", "app:2.14.0");
    if expected["cordoned"] == true {
        let mut node = node(&pods[0].node);
        node.unschedulable = true;
        stage.add(node);
    }
    let kinds = crate::insight::AROUND.map(|(group, plural)| kind(group, plural));
    let of = |kind: &ObjectKind| {
        let all = objects.iter().filter(|it| it["kind"] == kind.name());
        (kind.clone(), all.collect())
    };
    let around = Around {
        own: objects.iter().find(|it| it["kind"] == "Deployment"),
        lists: kinds.iter().map(of).collect(),
    };
    let why = ask_with(&mut stage, &workload, 1300, &around);
    let checks = why.checks.iter().filter_map(|check| match check {
        Check::Served { services } => Some(format!("well: Services {services:?}")),
        Check::Bound { claims } => Some(format!("well: {claims} claims")),
        _ => None,
    });
    why.reasons.iter().map(in_short).chain(checks).collect()
}

fn kind(group: &str, plural: &str) -> ObjectKind {
    let name = match plural {
        "endpointslices" => "EndpointSlice",
        "persistentvolumeclaims" => "PersistentVolumeClaim",
        "poddisruptionbudgets" => "PodDisruptionBudget",
        "httproutes" => "HTTPRoute",
        "ingresses" => "Ingress",
        "services" => "Service",
        "routes" => "Route",
        _ => "Certificate",
    };
    ObjectKind::from(&Arc::new(Resource {
        group: group.into(),
        version: "v1".into(),
        plural: plural.into(),
        kind: name.into(),
        namespaced: true,
        short: Vec::new(),
    }))
}

fn in_short(reason: &Reason) -> String {
    match reason {
        Reason::NoEndpoints {
            service,
            unready,
            ways,
        } => {
            let ways: Vec<_> = ways
                .iter()
                .map(|it| {
                    format!(
                        "{} {} {:?}",
                        it.object.kind.name(),
                        it.object.name,
                        it.hosts
                    )
                })
                .collect();
            format!("no endpoints {} {unready} {}", service.name, ways.join(" "))
                .trim()
                .to_owned()
        }
        Reason::NoPort { service, port } => format!("no port {} {port}", service.name),
        Reason::Claim { name, trouble, .. } => format!("claim {name} {trouble:?}"),
        Reason::CertificateNotReady {
            certificate,
            reason,
            ..
        } => {
            format!("certificate {} {reason}", certificate.name)
        }
        Reason::BudgetBlocks {
            budget,
            node,
            healthy,
            required,
        } => {
            format!("budget {} {node} {healthy}/{required}", budget.name)
        }
        other => format!("{other:?}"),
    }
}
