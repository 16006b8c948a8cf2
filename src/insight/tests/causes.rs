use crate::insight::stage::*;
use crate::insight::{Cause, Severity, Trouble};
use crate::model::{Condition, Delta, JobState, Link, Problem, Status, Text};

#[test]
fn a_dead_node_with_three_hundred_pods_of_forty_workloads_is_one_row() {
    let mut stage = Stage::new();
    stage.add(dead_node("w1", 1000)).add(node("w2"));
    let mut left = 300;
    for number in 0..40u32 {
        let tenant = format!("tenant{}", number % 4);
        let namespace = stage.environment(&tenant, "prod");
        let count = if number < 20 { 8 } else { 7 };
        let mut it = deployment(&namespace, &format!("web{number}"), count + 1);
        (it.ready, it.available) = (1, 1);
        it.conditions.push(condition(
            "Available",
            Status::False,
            "MinimumReplicasUnavailable",
            1000,
        ));
        let set = replica_set(&it, 1, count + 1, 1);
        for number in 0..count {
            stage.add(pod_of(&set, number, 0).unready(1000));
            left -= 1;
        }
        let mut elsewhere = pod_of(&set, count, 0);
        elsewhere.node = "w2".into();
        stage.add(it).add(set).add(elsewhere);
    }
    assert_eq!(left, 0);
    let found = stage.findings(1400);
    assert_eq!(
        found.len(),
        1,
        "{:?}",
        found.iter().map(|it| &it.subject).collect::<Vec<_>>()
    );
    assert_eq!(found[0].cause, Cause::Node(HOME, "w1".into()));
    assert_eq!((found[0].count, found[0].tenants.len()), (300, 4));
    assert_eq!(
        (found[0].severity, found[0].since),
        (Severity::Critical, Some(at(1000)))
    );
    assert!(found[0].objects.len() <= 64);
}

#[test]
fn pods_that_a_node_evicted_are_one_row_of_that_node() {
    let mut stage = Stage::new();
    stage.add(node("dso-w04"));
    for tenant in ["candilib", "rolistes"] {
        let namespace = stage.environment(tenant, "prod");
        let mut runner = pod(&namespace, "runner-x", None, 900);
        runner.phase = crate::model::Phase::Failed;
        runner.reason = "Evicted".into();
        runner.message =
            "The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi".into();
        runner.node = "dso-w04".into();
        runner = runner.unready(1000);
        stage.add(runner);
    }
    let found = stage.findings(1100);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].tenants, ["candilib", "rolistes"]);
    let Trouble::NodePressure {
        resource, evicted, ..
    } = &found[0].trouble
    else {
        panic!("{:?}", found[0].trouble)
    };
    assert_eq!((resource.as_str(), *evicted), ("ephemeral-storage", 2));
    assert!(stage.findings(1000 + 3700).is_empty());
}

fn refused(stage: &mut Stage, namespace: &str, name: &str, message: &str) {
    let mut it = deployment(namespace, name, 6);
    (it.replicas, it.updated, it.ready, it.available) = (4, 4, 4, 4);
    let mut set = replica_set(&it, 1, 6, 4);
    set.replicas = 4;
    set.failure = Some(Condition {
        message: message.into(),
        ..condition("ReplicaFailure", Status::True, "FailedCreate", 1000)
    });
    stage.add(it).add(set);
}

const QUOTA: &str = "pods \"api-\" is forbidden: exceeded quota: dso-quota, requested: limits.cpu=1, used: limits.cpu=8, limited: limits.cpu=8";

#[test]
fn a_full_quota_is_told_of_the_workload_it_stops_or_of_itself() {
    let mut stage = Stage::new();
    let namespace = stage.environment("candilib", "prod");
    stage.add(quota(&namespace, "dso-quota", "8", 1.0));
    let full = stage.findings(1100);
    assert_eq!(full[0].trouble.reason(), "QuotaFull");
    refused(&mut stage, &namespace, "api-usager", QUOTA);
    let one = stage.findings(1100);
    assert_eq!(one.len(), 1, "{one:?}");
    assert_eq!(
        (one[0].subject.name.as_str(), one[0].ready, one[0].count),
        ("api-usager", Some((4, 6)), 2)
    );
    assert_eq!(
        (one[0].severity, one[0].trouble.reason()),
        (Severity::Warning, "QuotaExceeded")
    );
    refused(&mut stage, &namespace, "worker", QUOTA);
    let two = stage.findings(1100);
    assert_eq!(two.len(), 1);
    assert_eq!(
        (two[0].subject.name.as_str(), two[0].ready, two[0].count),
        ("dso-quota", None, 4)
    );
    assert_eq!(one[0].cause, two[0].cause);
}

#[test]
fn a_policy_that_refuses_two_tenants_is_one_row() {
    let mut stage = Stage::new();
    for tenant in ["betaapp", "candilib"] {
        let namespace = stage.environment(tenant, "prod");
        refused(
            &mut stage,
            &namespace,
            "web",
            "admission webhook \"validate.kyverno.svc-fail\" denied the request: \n\nresource Pod/x/y was blocked due to the following policies \n\ncheck-labels:\n  tier: 'validation error: label tier is required'",
        );
    }
    let found = stage.findings(1100);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].subject.name.as_str(), found[0].tenants.len()),
        ("check-labels", 2)
    );
    assert_eq!(found[0].place, None);
}

fn pull(stage: &mut Stage, tenant: &str, image: &str, message: &str) {
    let namespace = stage.environment(tenant, "dev");
    let mut it = deployment(&namespace, "web", 1);
    (it.ready, it.available) = (0, 0);
    let set = replica_set(&it, 1, 1, 0);
    let mut container = waits("ImagePullBackOff", message);
    container.image = Text::from(image);
    let mut sick = pod_of(&set, 0, 900).with(container, 900);
    sick.phase = crate::model::Phase::Pending;
    stage.add(it).add(set).add(sick);
}

#[test]
fn an_image_missing_for_two_tenants_is_one_row() {
    let mut stage = Stage::new();
    let words = "failed to resolve reference: reg.test/app:feat-9: not found";
    pull(&mut stage, "betaapp", "reg.test/app:feat-9", words);
    let one = stage.findings(1000);
    assert_eq!((one.len(), one[0].subject.name.as_str()), (1, "web"));
    assert_eq!(one[0].trouble.reason(), "ImagePullBackOff");
    pull(&mut stage, "rolistes", "reg.test/app:feat-9", words);
    let two = stage.findings(1000);
    assert_eq!(two.len(), 1);
    assert_eq!((two[0].subject.kind.as_str(), two[0].count), ("Image", 2));
    assert_eq!(two[0].tenants, ["betaapp", "rolistes"]);
}

#[test]
fn a_registry_that_does_not_answer_is_one_row_for_all_its_images() {
    let mut stage = Stage::new();
    let words = "Get \"https://reg.test/v2/\": dial tcp 10.0.0.9:443: i/o timeout";
    for (tenant, image) in [
        ("a", "reg.test/one:1"),
        ("b", "reg.test/two:1"),
        ("c", "reg.test/two:1"),
    ] {
        pull(&mut stage, tenant, image, words);
    }
    let found = stage.findings(1000);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].cause,
        Cause::Registry {
            cluster: HOME,
            host: "reg.test".into()
        }
    );
    assert_eq!((found[0].count, found[0].tenants.len()), (3, 3));
}

#[test]
fn a_cron_job_is_a_finding_while_its_last_runs_failed() {
    let mut stage = Stage::new();
    let namespace = stage.environment("candilib", "prod");
    let cron = cron_job(&namespace, "purge");
    stage.add(run(&cron, 100, JobState::Complete));
    stage
        .add(run(&cron, 200, failed(210)))
        .add(run(&cron, 300, failed(310)));
    stage
        .add(run(&cron, 400, JobState::Running))
        .add(cron.clone());
    let found = stage.findings(420);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (
            found[0].subject.kind.as_str(),
            found[0].count,
            found[0].since
        ),
        ("CronJob", 2, Some(at(210)))
    );
    stage.add(run(&cron, 400, JobState::Complete));
    assert!(stage.findings(430).is_empty());
}

#[test]
fn a_job_that_failed_tells_how_its_pod_ended() {
    let mut stage = Stage::new();
    let namespace = stage.environment("candilib", "prod");
    let mut job = run(&cron_job(&namespace, "migrate"), 100, failed(150));
    job.meta.owner = None;
    let mut dead = pod(&namespace, "migrate-x", Some(owner("Job", &job.meta)), 100);
    dead.phase = crate::model::Phase::Failed;
    dead.containers = vec![container(crate::model::ContainerState::Terminated(ended(
        "Error",
        3,
        "no such table",
        140,
    )))];
    stage.add(job).add(dead.unready(140));
    let found = stage.findings(200);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        matches!(&found[0].trouble, Trouble::JobFailed { exit: Some(exit), .. } if exit.code == 3)
    );
    assert!(stage.findings(150 + 90_000).is_empty());
}

#[test]
fn an_autoscaler_at_its_maximum_or_blind_is_told_after_a_while() {
    let mut stage = Stage::new();
    let namespace = stage.environment("candilib", "prod");
    stage.add(hpa(
        &namespace,
        "api",
        vec![condition(
            "ScalingLimited",
            Status::True,
            "TooManyReplicas",
            1000,
        )],
    ));
    stage.add(hpa(
        &namespace,
        "web",
        vec![condition(
            "ScalingActive",
            Status::False,
            "FailedGetResourceMetric",
            1000,
        )],
    ));
    stage.add(hpa(
        &namespace,
        "off",
        vec![condition(
            "ScalingActive",
            Status::False,
            "ScalingDisabled",
            1000,
        )],
    ));
    let early = stage.judge(1060);
    assert_eq!((early.findings.len(), early.wake), (0, Some(at(1120))));
    let found = stage.findings(1400);
    let reasons: Vec<&str> = found.iter().map(|it| it.trouble.reason()).collect();
    assert_eq!(reasons, ["AtMaximum", "MetricsMissing"]);
}

#[test]
fn a_lost_cluster_is_a_finding_of_the_platform_and_comes_first() {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "prod");
    let sick = pod(&namespace, "x", None, 0).crashing(5, ended("Error", 1, "", 100), 0);
    stage.add(sick);
    let problem = Problem::Unreachable {
        detail: "dial tcp 10.20.0.10:6443: i/o timeout".into(),
    };
    let link = Link::Degraded {
        problem,
        since: at(90),
        tries: 5,
        next_try: Some(at(210)),
    };
    stage.put(Delta::Link(HOME, link));
    let found = stage.findings(200);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].cause, Cause::Link(HOME));
    assert_eq!(found[0].tenants, ["platform"]);
}

#[test]
fn a_new_revision_that_recovered_from_memory_is_not_stuck() {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "dev");
    let mut it = deployment(&namespace, "web", 2);
    (it.replicas, it.updated) = (3, 2);
    it.conditions = vec![condition(
        "Progressing",
        Status::True,
        "ReplicaSetUpdated",
        1000,
    )];
    let (old, new) = (replica_set(&it, 1, 1, 1), replica_set(&it, 2, 2, 2));
    let mut again = pod_of(&new, 0, 1000);
    again.containers[0].restarts = 1;
    again.containers[0].last = Some(ended("OOMKilled", 137, "", 1050));
    stage.add(again).add(it).add(old).add(new);
    let found = stage.findings(1100);
    assert_eq!(found[0].severity, Severity::Warning);
    assert!(matches!(found[0].trouble, Trouble::Pods { .. }));
}
