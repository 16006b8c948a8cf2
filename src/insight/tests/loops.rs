//! Containers that end again and again: told as one thing until the kubelet itself forgets.

use crate::insight::stage::*;
use crate::insight::{Finding, Severity, Trouble};
use crate::model::{Container, Pod, Status, Termination};
use crate::wording::{Catalogue, Language};

/// Ended from `from` to `to`.
fn run(from: i64, to: i64, reason: &str) -> Termination {
    Termination {
        started: Some(at(from)),
        ..ended(reason, 137, "", to)
    }
}

/// Serves since `second`, for now.
fn again(pod: &Pod, restarts: u32, last: Termination, second: i64) -> Pod {
    let mut it = pod.clone();
    it.conditions = vec![condition("Ready", Status::True, "", second)];
    it.containers = vec![Container {
        restarts,
        last: Some(last),
        ..runs(second)
    }];
    it
}

/// One Deployment of two pods, the second of which is `pod`.
fn two(stage: &mut Stage, second: impl Fn(&Pod) -> Pod) {
    let namespace = stage.environment("pissenlit", "prod");
    let mut it = deployment(&namespace, "catalogue", 2);
    let set = replica_set(&it, 1, 2, 2);
    let pod = second(&pod_of(&set, 1, 0));
    let ready = pod.conditions[0].status == Status::True;
    it.ready = 1 + u32::from(ready);
    it.available = it.ready;
    stage.add(pod_of(&set, 0, 0)).add(it).add(set).add(pod);
}

fn told(found: &[Finding]) -> (Severity, &str) {
    let [only] = found else { panic!("{found:?}") };
    (only.severity, only.trouble.reason())
}

#[test]
fn a_loop_is_told_alike_while_it_waits_dies_and_serves_for_some_seconds() {
    for reason in ["Error", "OOMKilled"] {
        let mut stage = Stage::new();
        two(&mut stage, |pod| {
            pod.clone().crashing(3, run(1000, 1030, reason), 1030)
        });
        let waits = stage.findings(1040);
        two(&mut stage, |pod| {
            again(pod, 4, run(1000, 1030, reason), 1060)
        });
        let serves = stage.findings(1070);
        two(&mut stage, |pod| {
            let mut over = container(crate::model::ContainerState::Terminated(run(
                1060, 1090, reason,
            )));
            (over.restarts, over.last) = (4, Some(run(1000, 1030, reason)));
            pod.clone().with(over, 1090)
        });
        let dies = stage.findings(1091);
        assert_eq!(told(&waits), told(&serves), "{reason}");
        assert_eq!(told(&waits), told(&dies), "{reason}");
        assert_eq!(told(&waits).0, Severity::Critical, "{reason}");
        // An end by lack of memory counts the restarts, and those do rise.
        if reason == "Error" {
            let en = Catalogue::new(Language::English);
            let words = [&waits, &serves, &dies].map(|found| en.short(&found[0]));
            assert_eq!(words, ["CrashLoopBackOff: exit 137"; 3]);
        }
    }
}

#[test]
fn a_loop_is_over_when_the_kubelet_forgets_its_back_off() {
    let mut stage = Stage::new();
    two(&mut stage, |pod| {
        again(pod, 4, run(1000, 1030, "Error"), 1060)
    });
    let judgement = stage.judge(1659);
    assert_eq!(told(&judgement.findings).1, "CrashLoopBackOff");
    assert_eq!(judgement.wake, Some(at(1660)));
    assert_eq!(stage.findings(1660), []);
}

#[test]
fn memory_that_ran_out_is_a_lesser_matter_once_the_pod_serves_for_good() {
    let mut stage = Stage::new();
    two(&mut stage, |pod| {
        again(pod, 4, run(1000, 1030, "OOMKilled"), 1060)
    });
    assert_eq!(told(&stage.findings(1659)).0, Severity::Critical);
    assert_eq!(told(&stage.findings(1660)).0, Severity::Warning);
    assert_eq!(stage.findings(1030 + 1800), []);
}

#[test]
fn a_container_that_ends_now_and_then_after_a_long_run_is_in_no_loop() {
    let mut stage = Stage::new();
    two(&mut stage, |pod| {
        again(pod, 50, run(1000, 1700, "Error"), 1710)
    });
    assert_eq!(stage.findings(1720), []);
}

#[test]
fn a_container_that_ends_well_again_and_again_loops_too() {
    let mut stage = Stage::new();
    let well = |from, to| Termination {
        exit_code: 0,
        ..run(from, to, "Completed")
    };
    two(&mut stage, |pod| {
        let mut over = container(crate::model::ContainerState::Terminated(well(1060, 1090)));
        (over.restarts, over.last) = (4, Some(well(1000, 1030)));
        pod.clone().with(over, 1090)
    });
    assert_eq!(told(&stage.findings(1091)).1, "CrashLoopBackOff");
}

#[test]
fn a_container_restarted_once_has_its_time_to_start_again() {
    let mut stage = Stage::new();
    two(&mut stage, |pod| {
        again(pod, 1, run(0, 5000, "Error"), 5002).unready(5001)
    });
    assert_eq!(stage.findings(5060), []);
    assert_eq!(told(&stage.findings(5302)).1, "Unready");
}

#[test]
fn a_pod_that_loses_its_readiness_right_after_its_start_is_told_within_a_minute() {
    let mut stage = Stage::new();
    two(&mut stage, |pod| {
        let mut it = pod.clone();
        it.containers = vec![runs(1000)];
        it.unready(1003)
    });
    assert_eq!(told(&stage.findings(1063)).1, "Unready");
}

#[test]
fn a_surge_that_fails_beside_all_that_is_wanted_hurts_nobody_yet() {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "prod");
    let mut it = deployment(&namespace, "web", 3);
    it.revision = Some(2);
    (it.replicas, it.updated) = (4, 1);
    it.conditions = vec![condition(
        "Progressing",
        Status::True,
        "ReplicaSetUpdated",
        1000,
    )];
    let (old, new) = (replica_set(&it, 1, 3, 3), replica_set(&it, 2, 1, 0));
    for number in 0..3 {
        stage.add(pod_of(&old, number, 0));
    }
    let surge = pod_of(&new, 0, 1000);
    stage.add(it.clone()).add(old).add(new);
    stage.add(surge.clone().crashing(3, run(1000, 1005, "Error"), 1005));
    let found = stage.findings(1020);
    assert_eq!(told(&found), (Severity::Warning, "CrashLoopBackOff"));
    assert!(matches!(found[0].trouble, Trouble::RolloutStuck { .. }));
    // Ready between two ends, it serves no more than before: three of three do.
    it.ready = 4;
    stage.add(it.clone());
    stage.add(again(&surge, 4, run(1000, 1005, "Error"), 1030));
    let found = stage.findings(1040);
    assert_eq!(told(&found), (Severity::Warning, "CrashLoopBackOff"));
    assert!(matches!(found[0].trouble, Trouble::RolloutStuck { .. }));
    it.ready = 2;
    stage.add(it);
    assert_eq!(told(&stage.findings(1040)).0, Severity::Critical);
}
