use crate::insight::stage::*;
use crate::insight::{Cause, Course, State, Trouble, deliverer, deployments, history};
use crate::model::{
    DeliveryPhase, DeliveryTarget, Kind, ObjectRef, Pod, ReplicaSet, Template, Text, Workload,
};

/// The canary of a tenant, with the pods of its two revisions.
fn waiting(stage: &mut Stage) -> (Workload, Vec<Pod>) {
    let namespace = stage.environment("basegun", "prod");
    let (basket, [old, new]) = canary(&namespace, 1000);
    let pods = |set: &ReplicaSet, count: u32| -> Vec<Pod> {
        (0..count).map(|it| pod_of(set, it, 500)).collect()
    };
    let mut all = pods(&old, 4);
    all.extend(pods(&new, 1));
    stage.add(basket.clone()).add(old).add(new);
    for pod in all.clone() {
        stage.add(pod);
    }
    (basket, all)
}

#[test]
fn a_canary_that_waits_is_a_workload_in_its_rollout() {
    let mut stage = Stage::new();
    let (basket, _) = waiting(&mut stage);
    let judgement = stage.judge(1240);
    assert!(judgement.findings.is_empty(), "{:?}", judgement.findings);
    let [rollout] = judgement.rollouts.as_slice() else {
        panic!("{:?}", judgement.rollouts)
    };
    assert_eq!(
        (rollout.new_ready, rollout.old_ready, rollout.wanted),
        (1, 4, 5)
    );
    assert!(rollout.paused && rollout.deadline.is_none());
    let course = rollout.course.as_ref().unwrap();
    assert_eq!((course.weight, course.step), (Some(20), Some((2, 4))));
    assert_eq!(course.pause.as_ref().unwrap().since, Some(at(1000)));
    let (from, to) = (&rollout.images[0].from, &rollout.images[0].to);
    assert_eq!((from.as_str(), to.as_str()), ("app:1", "app:2"));

    let rows = deployments(&stage.store, &stage.places(), &judgement);
    let [row] = rows.as_slice() else {
        panic!("{rows:?}")
    };
    assert_eq!((row.kind.as_str(), row.revision), ("Rollout", Some(2)));
    assert_eq!(row.state, State::Paused);
    assert_eq!(row.reason, "CanaryPauseStep");
    let Cause::Object(object) = row.cause() else {
        panic!("{row:?}")
    };
    assert_eq!((object.kind, object.uid), (Kind::Rollout, basket.meta.uid));
}

#[test]
fn its_revisions_are_its_replica_sets() {
    let mut stage = Stage::new();
    let (basket, _) = waiting(&mut stage);
    let object = ObjectRef {
        cluster: HOME,
        kind: Kind::Rollout.into(),
        namespace: basket.meta.namespace.clone(),
        name: basket.meta.name.clone(),
        uid: Some(basket.meta.uid),
    };
    let rows = history(&stage.store, &object);
    let told = rows.iter().map(|it| {
        let revision = &it.revision;
        (
            revision.number,
            revision.current,
            revision.pods.len(),
            it.kind,
        )
    });
    let told: Vec<_> = told.collect();
    let set = Kind::ReplicaSet;
    assert_eq!(told, [(Some(2), true, 1, set), (Some(1), false, 4, set)]);
}

#[test]
fn a_pod_of_the_canary_that_falls_is_told_under_its_argo_rollout() {
    let mut stage = Stage::new();
    let (_, pods) = waiting(&mut stage);
    let bad = pods.last().unwrap().clone();
    stage.add(bad.crashing(3, ended("Error", 1, "boom", 1080), 1000));
    let found = stage.findings(1100);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].subject.kind, "Rollout");
    assert!(matches!(found[0].cause, Cause::Object(it) if it.kind == Kind::Rollout));
}

#[test]
fn what_was_given_up_is_a_finding_and_no_rollout_in_progress() {
    let mut stage = Stage::new();
    let (mut basket, _) = waiting(&mut stage);
    basket.updated = 0;
    let delivery = basket.delivery.as_mut().unwrap();
    delivery.phase = DeliveryPhase::Degraded;
    delivery.message = "RolloutAborted: Rollout aborted update to revision 2".into();
    (delivery.aborted, delivery.aborted_at) = (true, Some(at(1100)));
    delivery.pauses.clear();
    stage.add(basket);
    let judgement = stage.judge(1200);
    assert!(judgement.rollouts.is_empty());
    let [found] = judgement.findings.as_slice() else {
        panic!("{:?}", judgement.findings)
    };
    let expected = Trouble::Aborted {
        revision: Some(2),
        message: "Rollout aborted update to revision 2".into(),
    };
    assert_eq!((&found.trouble, found.since), (&expected, Some(at(1100))));
    let rows = deployments(&stage.store, &stage.places(), &judgement);
    assert_eq!(rows[0].state, State::Failed);
}

#[test]
fn a_deployment_that_only_keeps_the_template_is_no_outage() {
    let mut stage = Stage::new();
    let (mut basket, _) = waiting(&mut stage);
    let namespace = basket.meta.namespace.clone();
    let mut keeper = deployment(&namespace, "basket-template", 0);
    (keeper.replicas, keeper.updated) = (0, 0);
    basket.template = Template::default();
    basket.delivery.as_mut().unwrap().target = Some(DeliveryTarget {
        kind: "Deployment".into(),
        name: "basket-template".into(),
    });
    stage.add(basket.clone()).add(keeper.clone());
    let judgement = stage.judge(1200);
    assert!(judgement.findings.is_empty());
    let cluster = stage.store.cluster(HOME).unwrap();
    let by = deliverer(cluster, &keeper).unwrap();
    assert_eq!(by.meta.uid, basket.meta.uid);
    // Its images are those of its newest revision.
    let rows = deployments(&stage.store, &stage.places(), &judgement);
    let own = rows.iter().find(|row| row.kind == "Rollout").unwrap();
    assert_eq!(own.images, [Text::from("app:2")]);
}

#[test]
fn a_pause_that_time_ends_waits_for_nobody() {
    let (mut basket, _) = canary("shop", 1000);
    assert!(Course::of(&basket).unwrap().waits());
    basket.delivery.as_mut().unwrap().step = Some(3);
    let course = Course::of(&basket).unwrap();
    assert_eq!((course.weight, course.step), (Some(60), Some((4, 4))));
    assert!(!course.waits() && course.pause.is_some());
    basket.paused = true;
    assert!(Course::of(&basket).unwrap().waits());
    assert_eq!(Course::of(&deployment("shop", "web", 1)), None);
}

#[test]
fn who_waits_for_long_or_without_a_clear_analysis_is_a_finding() {
    let mut stage = Stage::new();
    let (mut basket, _) = waiting(&mut stage);
    assert!(stage.findings(1000 + 3599).is_empty());
    let judgement = stage.judge(1000 + 3600);
    assert_eq!(judgement.rollouts.len(), 1);
    let found = &judgement.findings[0];
    assert_eq!(found.trouble.reason(), "CanaryPauseStep");
    assert_eq!(found.since, Some(at(1000)));
    let rows = deployments(&stage.store, &stage.places(), &judgement);
    assert_eq!(rows[0].state, State::Paused);

    let delivery = basket.delivery.as_mut().unwrap();
    delivery.pauses[0].reason = "InconclusiveAnalysisRun".into();
    stage.add(basket.clone());
    let at_once = stage.findings(1001);
    let expected = Trouble::Undecided {
        reason: "InconclusiveAnalysisRun".into(),
        percent: Some(20),
    };
    assert_eq!(at_once[0].trouble, expected);
    // Who pauses it whole has decided.
    basket.paused = true;
    stage.add(basket);
    assert!(stage.findings(9000).is_empty());
}

#[test]
fn a_blue_green_pause_that_ends_by_itself_waits_for_nobody() {
    let of = |promotes_itself| {
        let (mut basket, _) = canary("shop", 1000);
        let delivery = basket.delivery.as_mut().unwrap();
        delivery.pauses[0].reason = "BlueGreenPause".into();
        delivery.promotes_itself = promotes_itself;
        Course::of(&basket).unwrap().waits()
    };
    assert!(of(false) && !of(true));
}
