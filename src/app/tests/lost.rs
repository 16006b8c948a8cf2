//! A cluster that does not answer: its rows stay as they were last seen, and say so.

use super::bench::*;
use crate::insight::stage;
use crate::model::{ClusterId, Delta, Link, Moment, Object, Pod, Problem, Status, Workload};
use crate::wording::Language::English;

fn paused(name: &str, since: Moment) -> Workload {
    let mut workload = stage::deployment("candilib", name, 1);
    workload.paused = true;
    workload.meta.created = Some(since);
    workload.conditions = vec![crate::model::Condition {
        changed: Some(since),
        updated: Some(since),
        ..stage::condition("Progressing", Status::Unknown, "DeploymentPaused", 0)
    }];
    workload
}

/// `public1` is lost for two minutes. In it a workload fails and another is paused, both for 14 minutes now: 11 whole ones
/// when it was last seen.
fn lost() -> Bench {
    let mut bench = Bench::new(English);
    bench.read_all();
    let began = night().plus(-14 * 60);
    let mut hurt = stage::deployment("betaapp", "beta-back", 1);
    hurt.meta.uid = object("beta-back").uid;
    let mut set = stage::replica_set(&hurt, 1, 1, 1);
    set.meta.created = Some(began);
    let mut pod: Pod = stage::pod_of(&set, 1, 0);
    pod.meta.created = Some(began);
    let objects = [
        Object::Workload(hurt),
        Object::ReplicaSet(set),
        Object::Pod(pod),
        Object::Workload(paused("worker", began)),
    ];
    for object in objects {
        bench.fact(Delta::Upsert(ClusterId(1), object));
    }
    let problem = Problem::Unreachable {
        detail: "i/o timeout".into(),
    };
    let link = Link::Degraded {
        problem,
        since: night().plus(-121),
        tries: 5,
        next_try: None,
    };
    bench.link(1, link);
    judge(&mut bench);
    bench
}

fn judge(bench: &mut Bench) {
    let mut finding = finding("betaapp", "beta-back", 14);
    finding.namespace = "betaapp".into();
    let rollout = rollout("basegun", "api", [5, 2, 1], 540);
    bench.judged(vec![finding], vec![rollout]);
}

/// The lines of the frame with that word.
fn lines(bench: &mut Bench, word: &str) -> Vec<String> {
    let text = bench.text();
    let found = text.lines().filter(|line| line.contains(word));
    found.map(str::to_owned).collect()
}

#[test]
fn every_screen_keeps_the_ages_that_a_lost_cluster_was_last_seen_with() {
    let mut bench = lost();
    bench.resize(132, 40);
    for _ in 0..2 {
        for (keys, word) in [
            ("1", "beta-back"),
            ("1", "rollout of worker paused"),
            ("2", "betaapp "),
            ("2 g j Enter g", "betaapp "),
            ("j", "beta-back "),
            ("4", "beta-back"),
            ("4 /", "beta-back"),
        ] {
            bench.keys(keys);
            let rows = lines(&mut bench, word);
            let aged = rows.iter().any(|row| row.contains("11m\u{2020}"));
            assert!(aged, "{keys}: {}", bench.text());
        }
        bench.keys("Esc");
        assert!(bench.text().contains("\u{2020} last seen 03:10:43, "));
        bench.later(3600);
        judge(&mut bench);
    }
    assert!(bench.text().contains("last seen 03:10:43, 2h ago"));
}

#[test]
fn the_small_forms_mark_them_too() {
    let mut bench = lost();
    bench.resize(30, 9);
    assert!(bench.text().contains("11m\u{2020}"), "{}", bench.text());
}

#[test]
fn a_filter_asks_for_the_age_that_is_shown() {
    let mut bench = lost();
    bench.later(3600);
    judge(&mut bench);
    bench.keys("/");
    bench.types("age=11m");
    assert!(bench.text().contains("1 of 1 \u{b7} filter on"));
}

#[test]
fn a_line_for_the_ticket_says_when_it_was_last_seen() {
    let mut bench = lost();
    bench.keys("c");
    bench.types("ticket");
    let effects = bench.keys("Enter");
    let said = format!("{effects:?}");
    assert!(said.contains("last seen 03:10:43, 2m ago"), "{said}");
}

#[test]
fn a_change_in_a_cluster_that_answers_is_not_older_for_one_that_does_not() {
    let mut bench = lost();
    let mut set = stage::replica_set(&stage::deployment("betaapp", "other", 1), 1, 1, 1);
    set.meta.created = Some(night().plus(-60));
    bench.fact(Delta::Upsert(ClusterId(2), Object::ReplicaSet(set)));
    judge(&mut bench);
    bench.keys("2");
    let row = lines(&mut bench, " betaapp ").remove(0);
    assert!(row.contains(" 1m\u{2020}"), "{row}");
}
