//! Facts and findings to a frame, through every layer, in both languages.

use insta::assert_snapshot;

use super::bench::*;
use crate::insight::{Cause, Finding, Severity, Trouble};
use crate::model::{
    ClusterId, CronJob, Delta, Feed, Kind, Link, Object, Problem, Subject, Verb, Workload,
};
use crate::model::{Strategy, Template, Text, WorkloadKind};
use crate::tenancy::{Class, Selection};
use crate::wording::Language::{self, English, French};

fn night(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    let now = bench.now.moment;
    bench.link(
        2,
        Link::Degraded {
            problem: Problem::Unreachable {
                detail: "dial tcp 10.20.0.10:6443: i/o timeout".into(),
            },
            since: now.plus(-121),
            tries: 5,
            next_try: Some(now.plus(10)),
        },
    );
    let rollouts = vec![
        rollout("betaapp", "beta-back", [0, 3, 3], -250),
        rollout("basegun", "api", [5, 2, 1], 540),
    ];
    let lesser = Finding {
        severity: Severity::Warning,
        class: Class::Unknown,
        place: None,
        tenants: vec!["basegun".into(), "candilib".into()],
        ..finding("candilib", "api-usager", 47)
    };
    let hurt = finding("betaapp", "beta-back", 14);
    bench.judged(vec![lost_link(), hurt, lesser], rollouts);
    bench
}

#[test]
fn night_80() {
    assert_snapshot!(night(English).text());
}

#[test]
fn night_fr_80() {
    assert_snapshot!(night(French).text());
}

#[test]
fn night_132() {
    let mut bench = night(English);
    bench.resize(132, 40);
    assert_snapshot!(bench.text());
}

#[test]
fn night_fr_small() {
    let mut bench = night(French);
    bench.resize(40, 10);
    let small = bench.text();
    bench.resize(20, 5);
    assert_snapshot!(format!("{small}\n{}", bench.text()));
}

#[test]
fn a_selected_rollout_has_its_own_strip() {
    let mut bench = night(English);
    bench.keys("j j j j");
    assert_snapshot!(bench.text());
}

#[test]
fn before_any_answer_80() {
    assert_snapshot!(Bench::new(English).text());
}

#[test]
fn before_any_answer_fr_80() {
    assert_snapshot!(Bench::new(French).text());
}

fn reading(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read(0, &Kind::ALL, None);
    bench.read(1, &[Kind::Namespace, Kind::Deployment], None);
    let feed = |kind, total| {
        let reading = Feed::Reading { seen: 0, total };
        Delta::Feed(scope(1, kind, None), reading)
    };
    bench.fact(feed(Kind::Pod, Some(790)));
    bench.fact(feed(Kind::ReplicaSet, None));
    bench.later(12);
    bench.judged(vec![finding("betaapp", "beta-back", 14)], Vec::new());
    bench
}

#[test]
fn reading_80() {
    assert_snapshot!(reading(English).text());
}

#[test]
fn reading_fr_80() {
    assert_snapshot!(reading(French).text());
}

fn calm(language: Language) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    bench.judged(Vec::new(), Vec::new());
    bench
}

#[test]
fn calm_80() {
    assert_snapshot!(calm(English).text());
}

#[test]
fn calm_fr_80() {
    assert_snapshot!(calm(French).text());
}

#[test]
fn the_last_changes_are_those_of_what_was_asked() {
    let text = |asked: &[&str]| {
        let mut options = options(English);
        options.selection = Selection::new(asked.iter().copied());
        let mut bench = Bench::with(options);
        bench.read_all();
        for suspended in [false, true] {
            let job = CronJob {
                meta: meta("kube-system", "cleaner"),
                schedule: "0 3 * * *".into(),
                time_zone: Text::default(),
                suspended,
                suspended_by: None,
                active: 0,
                last_scheduled: None,
                last_successful: None,
                template: Template::default(),
            };
            bench.fact(Delta::Upsert(ClusterId(0), Object::CronJob(job)));
        }
        bench.judged(Vec::new(), Vec::new());
        bench.text()
    };
    let all = text(&[]);
    assert!(
        all.contains("last changes in production") && all.contains("cleaner"),
        "{all}"
    );
    let other = text(&["candilib"]);
    assert!(
        !other.contains("last changes") && !other.contains("cleaner"),
        "{other}"
    );
}

#[test]
fn calm_is_not_said_while_something_is_hidden() {
    let mut bench = calm(English);
    let denied = Feed::Denied { verb: Verb::List };
    bench.fact(Delta::Feed(scope(0, Kind::Node, None), denied));
    bench.judged(Vec::new(), Vec::new());
    let text = bench.text();
    assert!(!text.contains("calm"), "{text}");
    assert!(text.contains("nothing found in what is seen"), "{text}");
}

fn few_rights(language: Language) -> Bench {
    let mut options = options(language);
    options.clusters.drain(1..);
    options.selection = Selection::new(["betaapp"]);
    options.guard.read_only.insert(ClusterId(0));
    let mut bench = Bench::with(options);
    let namespaced: Vec<_> = Kind::ALL.into_iter().filter(|it| it.namespaced()).collect();
    for namespace in ["betaapp-dev", "betaapp-prod", "betaapp-staging"] {
        bench.read(0, &namespaced, Some(namespace));
        let denied = Feed::Denied { verb: Verb::List };
        let quota = scope(0, Kind::ResourceQuota, Some(namespace));
        bench.fact(Delta::Feed(quota, denied));
    }
    for kind in [Kind::Namespace, Kind::Node] {
        let denied = Feed::Denied { verb: Verb::List };
        bench.fact(Delta::Feed(scope(0, kind, None), denied));
    }
    let mut hurt = finding("betaapp", "beta-back", 14);
    hurt.cluster = ClusterId(0);
    bench.judged(vec![hurt], Vec::new());
    bench
}

#[test]
fn few_rights_80() {
    assert_snapshot!(few_rights(English).text());
}

#[test]
fn few_rights_fr_80() {
    assert_snapshot!(few_rights(French).text());
}

#[test]
fn changes_and_a_paused_rollout_are_told() {
    let mut bench = calm(English);
    let workload = |desired, paused| {
        Object::Workload(Workload {
            meta: meta("betaapp", "beta-front"),
            kind: WorkloadKind::Deployment,
            strategy: Strategy::RollingUpdate { partition: 0 },
            paused,
            paused_by: None,
            desired,
            sizing: None,
            replicas: desired,
            updated: desired,
            ready: desired,
            available: desired,
            observed_generation: 1,
            progress_deadline: None,
            revision: None,
            update_revision: Text::default(),
            delivery: None,
            current_revision: Text::default(),
            conditions: Vec::new(),
            template: Template::default(),
        })
    };
    let cluster = crate::model::ClusterId(1);
    bench.fact(Delta::Upsert(cluster, workload(2, false)));
    bench.fact(Delta::Upsert(cluster, workload(5, true)));
    let mut hurt = finding("betaapp", "beta-front", 0);
    hurt.namespace = "betaapp".into();
    hurt.hit = vec![("betaapp".into(), place("betaapp", "prod"))];
    bench.judged(vec![hurt], Vec::new());
    let text = bench.text();
    assert!(text.contains("rollout of beta-front paused"), "{text}");
    assert!(text.contains("before    03:12 paused"), "{text}");
}

#[test]
fn rights_that_find_no_room_are_counted_and_namespaces_may_be_named() {
    let mut options = options(English);
    options.clusters.drain(1..);
    let mut bench = Bench::with(options);
    bench.read(0, &[Kind::Pod], Some("default"));
    for kind in Kind::ALL {
        if kind != Kind::Pod {
            let denied = Feed::Denied { verb: Verb::List };
            bench.fact(Delta::Feed(scope(0, kind, None), denied));
        }
    }
    bench.judged(Vec::new(), Vec::new());
    let text = bench.text();
    let title = text.lines().find(|line| line.contains("cannot see"));
    assert!(title.unwrap().contains("more ──"), "{text}");
    assert!(
        text.contains("-n        names namespaces to read"),
        "{text}"
    );
}

#[test]
fn two_contexts_of_one_cluster_are_told_once() {
    let mut bench = Bench::new(English);
    bench.read_all();
    let twin = crate::model::Namespace {
        meta: crate::model::Meta {
            uid: crate::model::Uid::from_text("0kube-system"),
            ..meta("", "kube-system")
        },
        terminating: false,
    };
    bench.fact(Delta::Upsert(ClusterId(2), Object::Namespace(twin)));
    bench.judged(Vec::new(), Vec::new());
    let told = "dso and app1 are contexts of one cluster";
    assert!(bench.text().contains(told), "{}", bench.text());
    bench.keys("Esc");
    bench.judged(Vec::new(), Vec::new());
    assert!(!bench.text().contains(told));
}

#[test]
fn a_small_terminal_walks_through_the_findings() {
    let mut bench = night(English);
    bench.resize(24, 6);
    let shown = |bench: &mut Bench| {
        let text = bench.text();
        ["API server", "beta-back", "api-usager"].map(|it| text.contains(it))
    };
    assert_eq!(shown(&mut bench), [true, false, false]);
    bench.keys("j");
    assert_eq!(shown(&mut bench), [false, true, false], "{}", bench.text());
    bench.keys("j");
    assert_eq!(shown(&mut bench), [false, false, true]);
    bench.keys("k");
    assert_eq!(shown(&mut bench), [false, true, false]);
    bench.resize(30, 7);
    assert_eq!(shown(&mut bench), [false, true, true], "{}", bench.text());
}

/// More rollouts than lines, with names and figures that fill theirs.
fn crowded(columns: u16) -> String {
    let mut bench = Bench::new(English);
    bench.read_all();
    let rollouts = vec![
        rollout("candilib", "api-usager-v2", [5, 2, 1], 540),
        rollout("basegun", "api", [5, 2, 1], 630),
        rollout("basegun", "front", [5, 2, 1], 540),
        rollout("basegun", "worker", [5, 2, 1], 540),
        rollout("basegun", "purge", [5, 2, 1], 540),
    ];
    let hurt = finding("betaapp", "beta-back", 14);
    bench.judged(vec![hurt], rollouts);
    bench.resize(columns, 24);
    bench.text()
}

#[test]
fn a_rollout_keeps_its_figures_and_its_sentence_beside_what_does_not_fit() {
    for columns in [60, 66, 80] {
        let text = crowded(columns);
        let more = text.lines().find(|line| line.contains("3 more"));
        let line = more.unwrap_or_else(|| panic!("{text}"));
        assert!(line.contains("basegun/prod api "), "{text}");
        assert!(line.contains("6/8"), "{text}");
        assert!(line.contains("rev 42, 10m left"), "{text}");
    }
}

#[test]
fn a_shared_cause_names_the_tenants_the_environments_and_the_workloads_it_hits() {
    let mut bench = calm(English);
    let shared = Finding {
        cause: Cause::Registry {
            cluster: ClusterId(1),
            host: "reg.test".into(),
        },
        place: None,
        tenants: vec!["basegun".into(), "candilib".into()],
        hit: [("basegun", "prod"), ("candilib", "dev")]
            .map(|(tenant, environment)| (tenant.into(), place(tenant, environment)))
            .into(),
        subject: Subject {
            kind: "Registry".into(),
            name: "reg.test".into(),
        },
        ready: None,
        workloads: vec!["api".into(), "worker".into()],
        trouble: Trouble::Registry {
            images: 2,
            message: "dial tcp 10.0.0.1:443: i/o timeout".into(),
        },
        count: 3,
        ..finding("basegun", "api", 5)
    };
    bench.judged(vec![shared], Vec::new());
    let text = bench.text();
    let title = "── registry reg.test · 2 tenants: basegun, candilib · public1 ──";
    assert!(text.contains(title), "{text}");
    bench.resize(132, 40);
    let text = bench.text();
    for said in [
        "│ 2 tenants: basegun, candilib ",
        "3 pods of 2 tenants (basegun, candilib) wait for",
        "│  basegun/prod, candilib/dev",
        "│  api, worker",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}
