//! What is told of what happened, and of what came before a finding.

use crate::insight::stage::*;
use crate::insight::{before, changes};
use crate::model::{Delta, Kind, Moment, What, Workload};

/// Two revisions of each, read in one list; the first runs again as the third.
fn rolled_back<const N: usize>(stage: &mut Stage, names: [&str; N]) -> [Workload; N] {
    stage.put(Delta::ListStart(scope(Kind::ReplicaSet)));
    let all = names.map(|name| {
        let mut it = deployment("shop", name, 2);
        it.revision = Some(3);
        it.conditions[0].updated = Some(at(-7300));
        let mut again = replica_set(&it, 3, 2, 2);
        again.meta.created = Some(at(-90_000));
        let mut left = replica_set(&it, 2, 0, 0);
        left.meta.created = Some(at(-9000));
        for (number, created) in [(0, -8000), (1, -7900), (2, -80_000)] {
            stage.add(pod_of(&again, number, created));
        }
        stage.add(again).add(left).add(it.clone());
        it
    });
    stage.put(Delta::ListEnd(scope(Kind::ReplicaSet)));
    all
}

fn told(stage: &Stage) -> Vec<(Moment, What)> {
    let found = changes(&stage.store, at(-10_000), at(0));
    found.into_iter().map(|it| (it.at, it.what)).collect()
}

#[test]
fn a_former_template_that_runs_again_is_dated_by_its_first_new_pod() {
    let mut stage = Stage::reading();
    rolled_back(&mut stage, ["web"]);
    let expected = What::RolledBack { revision: Some(3) };
    assert_eq!(told(&stage)[0], (at(-8000), expected));
}

#[test]
fn or_by_the_last_progress_of_its_deployment() {
    let mut stage = Stage::reading();
    let [it] = rolled_back(&mut stage, ["web"]);
    for number in 0..2 {
        let pod = pod_of(&replica_set(&it, 3, 2, 2), number, 0);
        stage.put(Delta::Remove(HOME, Kind::Pod, pod.meta.uid));
    }
    let expected = What::RolledBack { revision: Some(3) };
    assert_eq!(told(&stage)[0], (at(-7300), expected));
}

#[test]
fn those_of_one_second_keep_their_places_from_look_to_look() {
    let mut stage = Stage::reading();
    rolled_back(
        &mut stage,
        ["web", "api", "cart", "mail", "search", "stock"],
    );
    let look = || changes(&stage.store, at(-10_000), at(0));
    let first = look();
    for _ in 0..20 {
        assert_eq!(look(), first);
    }
}

#[test]
fn a_finding_is_not_its_own_cause() {
    let mut stage = Stage::new();
    stage.add(node("w1"));
    let namespace = stage.environment("betaapp", "prod");
    stage.add(quota(&namespace, "dso-quota", "7", 0.8));
    stage.now = at(1000);
    stage.add(dead_node("w1", 1000));
    stage.add(quota(&namespace, "dso-quota", "8", 1.0));
    let found = stage.findings(1010);
    let kinds: Vec<&str> = found.iter().map(|it| it.subject.kind.as_str()).collect();
    assert!(kinds.contains(&"Node") && kinds.contains(&"ResourceQuota"));
    for finding in &found {
        assert_eq!(before(&stage.store, finding, at(1010)), []);
    }
}

#[test]
fn of_all_that_moved_the_rollout_comes_first_then_the_newest_and_each_once() {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "prod");
    for number in 0..20 {
        stage.add(deployment(&namespace, &format!("other{number}"), 1));
    }
    let mut it = deployment(&namespace, "web", 1);
    stage.add(it.clone());
    stage.now = at(900);
    (it.revision, it.template) = (Some(2), template("app:2"));
    (it.ready, it.available) = (0, 0);
    let mut set = replica_set(&it, 2, 1, 0);
    set.meta.created = Some(at(900));
    let crashing = pod_of(&set, 0, 900).crashing(5, ended("Error", 1, "", 950), 900);
    stage.add(it.clone()).add(set).add(crashing);
    for number in 0..20 {
        stage.now = at(880 + number);
        stage.add(deployment(&namespace, &format!("other{number}"), 3));
    }
    let finding = stage.findings(1000).remove(0);
    assert_eq!(finding.subject.name, "web");
    let near = before(&stage.store, &finding, at(1000));
    let names: Vec<&str> = near.iter().map(|it| it.subject.name.as_str()).collect();
    assert_eq!(names[..3], ["web", "other19", "other18"]);
    assert_eq!(names.len(), 8);
    assert!(matches!(&near[0].what, What::Rollout { images, .. } if images.len() == 1));
    let own = near.iter().filter(|it| it.subject == finding.subject);
    assert_eq!(own.count(), 1);
}
