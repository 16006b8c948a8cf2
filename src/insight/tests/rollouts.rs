use crate::insight::stage::*;
use crate::insight::{Ailment, Cause, Severity, Trouble};
use crate::model::{Delta, Link, Problem, Status, What, Workload, WorkloadKind};
use crate::tenancy::Class;

/// Half-way: three new pods of six, the old three serve.
fn half_way(stage: &mut Stage, second: i64) -> (Workload, Vec<crate::model::Pod>) {
    let namespace = stage.environment("betaapp", "prod");
    let mut beta = deployment(&namespace, "beta-back", 6);
    beta.revision = Some(15);
    beta.template = template("app:15");
    (beta.replicas, beta.updated, beta.ready, beta.available) = (6, 3, 3, 3);
    beta.conditions = vec![condition(
        "Progressing",
        Status::True,
        "ReplicaSetUpdated",
        second,
    )];
    let old = replica_set(&beta, 14, 3, 3);
    let mut new = replica_set(&beta, 15, 3, 0);
    new.meta.created = Some(at(second));
    let pods = (0..3).map(|number| pod_of(&new, number, second)).collect();
    for number in 0..3 {
        stage.add(pod_of(&old, number, 0));
    }
    stage.add(beta.clone()).add(old).add(new);
    (beta, pods)
}

#[test]
fn a_rollout_whose_new_pods_crash_is_stuck_long_before_its_deadline() {
    let mut stage = Stage::new();
    let (_, pods) = half_way(&mut stage, 1000);
    for pod in pods {
        let end = ended(
            "Error",
            1,
            "starting\nFATAL config: DB_URL is not set\n",
            1080,
        );
        stage.add(pod.crashing(3, end, 1000));
    }
    let judgement = stage.judge(1100);
    let [found] = judgement.findings.as_slice() else {
        panic!("{:?}", judgement.findings)
    };
    assert_eq!(
        (found.severity, found.class),
        (Severity::Critical, Class::Production)
    );
    assert_eq!((found.ready, found.count), (Some((3, 6)), 3));
    assert_eq!(found.since, Some(at(1000)));
    assert_eq!(found.trouble.reason(), "CrashLoopBackOff");
    let Trouble::RolloutStuck {
        revision,
        ailment: Ailment::CrashLoop { exit, .. },
        missed: None,
    } = &found.trouble
    else {
        panic!("{:?}", found.trouble)
    };
    assert_eq!(*revision, Some(15));
    assert_eq!(
        exit.as_ref().unwrap().message,
        "FATAL config: DB_URL is not set"
    );
    let rollout = &judgement.rollouts[0];
    assert_eq!(
        (rollout.new_ready, rollout.new_unready, rollout.old_ready),
        (0, 3, 3)
    );
    assert_eq!(rollout.deadline, Some(at(1600)));
    assert_eq!(rollout.images[0].from, "app:14");
}

#[test]
fn a_deadline_that_passes_is_told_with_the_ailment_or_alone() {
    let mut stage = Stage::new();
    let (mut beta, pods) = half_way(&mut stage, 1000);
    beta.conditions = vec![condition(
        "Progressing",
        Status::False,
        "ProgressDeadlineExceeded",
        1600,
    )];
    stage.add(beta);
    // The moment at which the controller gave up, not a whole deadline later.
    assert_eq!(stage.judge(1610).rollouts[0].deadline, Some(at(1600)));
    let alone = stage.findings(1610);
    assert!(matches!(
        alone[0].trouble,
        Trouble::DeadlinePassed {
            revision: Some(15),
            ..
        }
    ));
    for pod in pods {
        stage.add(pod.crashing(5, ended("Error", 1, "", 1590), 1000));
    }
    let told = stage.findings(1610);
    assert_eq!(told.len(), 1);
    assert!(
        matches!(told[0].trouble, Trouble::RolloutStuck { missed: Some(missed), .. } if missed == at(1600))
    );
}

#[test]
fn a_rollout_that_goes_well_is_never_a_finding() {
    let mut stage = Stage::new();
    let namespace = stage.environment("basegun", "prod");
    let mut api = deployment(&namespace, "api", 2);
    let old = replica_set(&api, 1, 2, 2);
    let mut new = replica_set(&api, 2, 0, 0);
    new.meta.created = Some(at(1000));
    for number in 0..2 {
        stage.add(pod_of(&old, number, 0));
    }
    stage.add(api.clone()).add(old.clone());
    assert!(stage.findings(990).is_empty());
    api.revision = Some(2);
    api.template = template("app:2");
    api.conditions = vec![condition(
        "Progressing",
        Status::True,
        "ReplicaSetUpdated",
        1000,
    )];
    for step in 0..2u32 {
        let begun = 1000 + i64::from(step) * 100;
        // A surge pod is created, waits for its node, its container, then its probe.
        (api.replicas, api.updated) = (3, step + 1);
        (new.desired, new.replicas, new.ready) = (step + 1, step + 1, step);
        let surge = pod_of(&new, step, begun);
        let mut pending = surge.clone().unready(begun);
        pending.phase = crate::model::Phase::Pending;
        pending.node = "".into();
        pending.containers.clear();
        pending.conditions.push(condition(
            "PodScheduled",
            Status::False,
            "Unschedulable",
            begun,
        ));
        stage.add(api.clone()).add(new.clone()).add(pending);
        assert_eq!(stage.findings(begun + 5), [], "waits for a node");
        let mut creating = surge.clone().with(waits("ContainerCreating", ""), begun);
        creating.phase = crate::model::Phase::Pending;
        stage.add(creating);
        assert_eq!(stage.findings(begun + 20), [], "is created");
        stage.add(surge.clone().unready(begun));
        let starting = stage.judge(begun + 60);
        assert_eq!(starting.findings, [], "starts");
        assert_eq!(starting.rollouts.len(), 1);
        assert!(starting.wake.is_some());
        stage.add(surge);
        new.ready = step + 1;
        let mut leaving = pod_of(&old, step, 0);
        leaving.meta.deleting = Some(at(begun + 70));
        stage.add(new.clone()).add(leaving);
        assert_eq!(stage.findings(begun + 80), [], "an old pod leaves");
        let gone = pod_of(&old, step, 0).meta.uid;
        stage.put(crate::model::Delta::Remove(
            HOME,
            crate::model::Kind::Pod,
            gone,
        ));
    }
    (api.replicas, api.updated, api.available) = (2, 2, 2);
    api.conditions = vec![condition(
        "Progressing",
        Status::True,
        "NewReplicaSetAvailable",
        1200,
    )];
    stage.add(api);
    let over = stage.judge(1210);
    assert_eq!(
        (over.findings.len(), over.rollouts.len(), over.wake),
        (0, 0, None)
    );
    let changes = crate::insight::changes(&stage.store, at(900), at(1300));
    assert!(
        changes.iter().any(
            |change| matches!(&change.what, What::Rollout { images, .. } if images.len() == 1)
        )
    );
}

#[test]
fn pods_that_die_after_a_rollout_are_no_rollout() {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "dev");
    let mut front = deployment(&namespace, "front", 2);
    (front.ready, front.available) = (1, 1);
    let set = replica_set(&front, 1, 2, 1);
    stage
        .add(pod_of(&set, 0, 0))
        .add(pod_of(&set, 1, 0).unready(900));
    stage.add(front).add(set);
    assert!(stage.findings(930).is_empty());
    let judgement = stage.judge(970);
    assert!(judgement.rollouts.is_empty());
    assert!(matches!(
        judgement.findings[0].trouble,
        Trouble::Pods {
            ailment: Ailment::Unready { .. }
        }
    ));
    assert_eq!(judgement.findings[0].since, Some(at(900)));
}

#[test]
fn a_stateful_set_is_stuck_on_the_pod_of_its_new_revision() {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "prod");
    let mut db = workload(WorkloadKind::StatefulSet, &namespace, "db", 3);
    (db.updated, db.ready, db.available) = (1, 2, 2);
    (db.update_revision, db.current_revision) = ("db-b".into(), "db-a".into());
    for number in 0..3 {
        let mut it = pod(
            &namespace,
            &format!("db-{number}"),
            Some(owner("StatefulSet", &db.meta)),
            0,
        );
        let hash = if number == 2 { "db-b" } else { "db-a" };
        it.meta.labels = [("controller-revision-hash", hash)].into_iter().collect();
        if number == 2 {
            it = it.crashing(4, ended("Error", 1, "", 1000), 900);
        }
        stage.add(it);
    }
    stage.add(db);
    let judgement = stage.judge(1100);
    assert!(
        matches!(judgement.findings[0].trouble, Trouble::RolloutStuck { .. }),
        "{:?}",
        judgement.findings
    );
    let rollout = &judgement.rollouts[0];
    assert_eq!(
        (rollout.new_ready, rollout.new_unready, rollout.old_ready),
        (0, 1, 2)
    );
}

#[test]
fn time_stops_in_a_cluster_that_is_not_seen() {
    let mut stage = Stage::new();
    let (_, pods) = half_way(&mut stage, 1000);
    for pod in pods {
        stage.add(pod.with(waits("ContainerCreating", ""), 1000));
    }
    assert_eq!(stage.findings(1100), []);
    let lost = Link::Degraded {
        problem: Problem::TimedOut { seconds: 10 },
        since: at(1100),
        tries: 3,
        next_try: None,
    };
    stage.put(Delta::Link(HOME, lost));
    let told = stage.judge(1101).wake;
    assert_eq!(told, Some(at(1105)), "only the link is waited for");
    let judgement = stage.judge(1700);
    let causes: Vec<_> = judgement.findings.iter().map(|it| &it.cause).collect();
    assert_eq!(causes, [&Cause::Link(HOME)]);
    assert_eq!(judgement.wake, None);
    stage.put(Delta::Link(HOME, Link::Connecting { since: at(1700) }));
    assert_eq!(stage.judge(1701).wake, None);
    stage.put(Delta::Link(HOME, Link::Live { since: at(1702) }));
    assert_eq!(stage.findings(1702).len(), 1, "time goes on");
}

#[test]
fn a_container_that_was_added_is_a_change_of_image_from_nothing() {
    let mut stage = Stage::new();
    let (mut beta, _) = half_way(&mut stage, 1000);
    let mut proxy = beta.template.containers[0].clone();
    (proxy.name, proxy.image) = ("proxy".into(), "proxy:1".into());
    let both = [beta.template.containers[0].clone(), proxy];
    beta.template.containers = both.into_iter().collect();
    stage.add(beta);
    let judgement = stage.judge(1010);
    let images: Vec<_> = judgement.rollouts[0]
        .images
        .iter()
        .map(|it| (it.from.as_str(), it.to.as_str()))
        .collect();
    assert_eq!(images, [("app:14", "app:15"), ("", "proxy:1")]);
}
