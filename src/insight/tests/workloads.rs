use crate::insight::stage::*;
use crate::insight::{
    Ailment, Cause, DeploymentRow, Severity, State, TenantRow, Trouble, before, deployments,
    standings, tenants,
};
use crate::model::{Delta, Feed, Kind, Owner, Phase, Pod, Status, Uid, Verb, What, WorkloadKind};
use crate::tenancy::Selection;

#[test]
fn memory_that_runs_out_is_told_with_its_limit_and_times() {
    let mut stage = Stage::new();
    let namespace = stage.environment("pissenlit", "prod");
    let mut it = deployment(&namespace, "catalogue", 2);
    (it.ready, it.available) = (1, 1);
    let set = replica_set(&it, 1, 2, 1);
    stage.add(pod_of(&set, 0, 0));
    stage.add(pod_of(&set, 1, 0).crashing(4, ended("OOMKilled", 137, "", 1300), 0));
    stage.add(it).add(set);
    let found = stage.findings(1320);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].severity, found[0].ready),
        (Severity::Critical, Some((1, 2)))
    );
    let Trouble::Pods {
        ailment: Ailment::OutOfMemory { times, limit, .. },
    } = &found[0].trouble
    else {
        panic!("{:?}", found[0].trouble)
    };
    assert_eq!((*times, *limit), (4, 512));
}

#[test]
fn a_half_read_store_yields_nothing_that_is_merely_absent() {
    let mut stage = Stage::reading();
    let mut it = deployment("shop", "web", 3);
    (it.replicas, it.updated, it.ready, it.available) = (0, 0, 0, 0);
    it.conditions.push(condition(
        "Available",
        Status::False,
        "MinimumReplicasUnavailable",
        0,
    ));
    let set = replica_set(&it, 1, 3, 0);
    stage.add(it.clone());
    stage.add(pod_of(&set, 0, 0).crashing(9, ended("Error", 1, "", 900), 0));
    assert_eq!(stage.findings(1000), [], "whose pod it is will come");
    stage.add(set);
    let known = stage.findings(1000);
    assert_eq!((known.len(), known[0].subject.name.as_str()), (1, "web"));
}

#[test]
fn a_kind_that_is_denied_keeps_no_pod_from_being_told() {
    let mut stage = Stage::new();
    let denied = Feed::Denied { verb: Verb::List };
    stage.put(Delta::Feed(scope(Kind::ReplicaSet), denied));
    let mut it = deployment("shop", "web", 1);
    (it.ready, it.available) = (0, 0);
    let set = replica_set(&it, 1, 1, 0);
    stage
        .add(pod_of(&set, 0, 0).crashing(9, ended("Error", 1, "", 900), 0))
        .add(it);
    let found = stage.findings(1000);
    assert_eq!(
        (
            found[0].subject.kind.as_str(),
            found[0].subject.name.as_str()
        ),
        ("Deployment", "web")
    );
    assert_eq!(found[0].ready, Some((0, 1)));
}

/// Workloads that are hurt in every way, and one that is well.
fn hurt_in_every_way() -> Stage {
    let mut stage = Stage::new();
    let mut serve = |name: &str, pod: fn(Pod) -> Pod| {
        let mut it = deployment("shop", name, 1);
        (it.ready, it.available) = (0, 0);
        let set = replica_set(&it, 1, 1, 0);
        stage.add(pod(pod_of(&set, 0, 0))).add(it).add(set);
    };
    serve("in-a-loop", |pod| {
        pod.crashing(9, ended("Error", 1, "", 900), 0)
    });
    serve("on-a-dead-node", |mut pod| {
        pod.node = "w1".into();
        pod.unready(500)
    });
    serve("going", |mut pod| {
        pod.meta.deleting = Some(at(990));
        pod.unready(990)
    });
    let mut stuck = deployment("shop", "stuck", 2);
    let deadline = "ProgressDeadlineExceeded";
    (stuck.updated, stuck.ready) = (1, 1);
    stuck.conditions = vec![condition("Progressing", Status::False, deadline, 100)];
    let owner = |kind: &str, name: &str| {
        Some(Owner {
            kind: kind.into(),
            name: name.into(),
            uid: Uid::from_text(name),
        })
    };
    let (db, batch) = (owner("Cluster", "db"), owner("Job", "batch"));
    stage
        .add(dead_node("w1", 500))
        .add(stuck)
        .add(deployment("shop", "well", 1))
        .add(pod("shop", "db-1", db, 0).unready(300))
        .add(pod("shop", "batch-1", batch, 0).unready(300));
    stage
}

#[test]
fn how_a_workload_stands_is_the_same_with_and_without_its_row() {
    let mut stage = hurt_in_every_way();
    let judgement = stage.judge(1000);
    let rows = deployments(&stage.store, &stage.places(), &judgement);
    let mut told: Vec<_> = rows.iter().map(|it| (it.state, it.severity)).collect();
    let mut alone = standings(&stage.store, &judgement);
    told.sort();
    alone.sort();
    assert_eq!(alone, told);
    let names = |wanted: fn(&DeploymentRow) -> bool| {
        let rows = rows.iter().filter(|it| wanted(it));
        rows.map(|it| it.name.as_str()).collect::<Vec<_>>()
    };
    let hurt = names(|it| it.severity.is_some());
    assert_eq!(hurt, ["db", "in-a-loop", "on-a-dead-node", "stuck"]);
    assert_eq!(names(|it| it.severity.is_none()), ["going", "well"]);
}

#[test]
fn pods_of_any_controller_are_told_under_its_kind_and_name() {
    let mut stage = Stage::new();
    let cnpg = Some(Owner {
        kind: "Cluster".into(),
        name: "db".into(),
        uid: Uid::from_text("db"),
    });
    stage.add(pod("shop", "db-1", cnpg.clone(), 0));
    stage.add(pod("shop", "db-2", cnpg, 0).unready(900));
    let found = stage.findings(1000);
    assert_eq!(
        (
            found[0].subject.kind.as_str(),
            found[0].subject.name.as_str()
        ),
        ("Cluster", "db")
    );
    assert_eq!(
        (found[0].ready, &found[0].cause),
        (Some((1, 2)), &Cause::Owner(HOME, Uid::from_text("db")))
    );
    let judgement = stage.judge(1000);
    let rows = deployments(&stage.store, &stage.places(), &judgement);
    assert_eq!(
        (
            rows.len(),
            rows[0].kind.as_str(),
            rows[0].ready,
            rows[0].desired
        ),
        (1, "Cluster", 1, 2)
    );
    assert_eq!(rows[0].state, State::Degraded);
}

#[test]
fn a_pod_alone_stands_for_itself() {
    let mut stage = Stage::new();
    stage.add(pod("shop", "debug", None, 0).with(
        waits("CreateContainerConfigError", "secret \"db\" not found"),
        0,
    ));
    let found = stage.findings(100);
    assert_eq!(
        (found[0].subject.kind.as_str(), found[0].ready),
        ("Pod", None)
    );
    assert_eq!(found[0].trouble.reason(), "CreateContainerConfigError");
}

#[test]
fn a_pod_without_a_node_quotes_the_scheduler_after_a_minute() {
    let mut stage = Stage::new();
    let mut it = pod("shop", "big", None, 0);
    (it.phase, it.node) = (Phase::Pending, "".into());
    it.containers.clear();
    let mut why = condition("PodScheduled", Status::False, "Unschedulable", 0);
    why.message = "0/12 nodes are available: 12 Insufficient memory.".into();
    it.conditions = vec![why];
    stage.add(it);
    assert_eq!(stage.judge(30).wake, Some(at(60)));
    let found = stage.findings(61);
    assert!(
        matches!(&found[0].trouble, Trouble::Pods { ailment: Ailment::Unschedulable { message, .. } } if message.contains("Insufficient"))
    );
}

#[test]
fn production_comes_first_then_severity_then_the_platform_then_the_newest() {
    let mut stage = Stage::new();
    let sick = |namespace: &str, since: i64| {
        pod(namespace, "x", None, since).crashing(5, ended("Error", 1, "", since + 100), since)
    };
    let held = |namespace: &str, since: i64| {
        pod(namespace, "y", None, since).with(waits("CreateContainerError", "no"), since)
    };
    for (tenant, environment) in [("a", "dev"), ("b", "prod"), ("c", "prod"), ("d", "demo")] {
        stage.environment(tenant, environment);
    }
    stage
        .add(sick("a-dev", 0))
        .add(sick("b-prod", 0))
        .add(sick("c-prod", 50))
        .add(sick("d-demo", 0));
    stage.add(held("b-prod", 0)).add(sick("kube-system", 0));
    let order: Vec<String> = stage
        .findings(300)
        .iter()
        .map(|it| format!("{} {}", it.namespace, it.subject.name))
        .collect();
    assert_eq!(
        order,
        [
            "kube-system x",
            "c-prod x",
            "b-prod x",
            "b-prod y",
            "d-demo x",
            "a-dev x"
        ]
    );
}

#[test]
fn the_likeliest_change_before_a_finding_is_its_own_rollout() {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "prod");
    let mut it = deployment(&namespace, "web", 1);
    let other = deployment(&namespace, "other", 1);
    stage.add(it.clone()).add(other.clone());
    stage.now = at(1000);
    let mut scaled = other;
    scaled.desired = 2;
    stage.add(scaled);
    stage.now = at(1010);
    (it.revision, it.template) = (Some(2), template("app:2"));
    (it.ready, it.available) = (0, 0);
    let set = replica_set(&it, 2, 1, 0);
    stage
        .add(it)
        .add(pod_of(&set, 0, 1010).crashing(5, ended("Error", 1, "", 1100), 1010))
        .add(set);
    let found = stage.findings(1200);
    let changes = before(&stage.store, &found[0], at(1200));
    assert!(matches!(&changes[0].what, What::Rollout { images, .. } if images[0].to == "app:2"));
    assert_eq!(changes[1].subject.name, "other");
}

#[test]
fn rollouts_before_the_start_are_told_by_their_replica_sets() {
    let mut stage = Stage::reading();
    let it = deployment("shop", "web", 1);
    let mut new = replica_set(&it, 2, 1, 1);
    new.meta.created = Some(at(-8000));
    let mut old = replica_set(&it, 1, 0, 0);
    old.meta.created = Some(at(-90_000));
    stage.put(Delta::ListStart(scope(Kind::ReplicaSet)));
    stage.add(old).add(new);
    stage.put(Delta::ListEnd(scope(Kind::ReplicaSet)));
    let found = crate::insight::changes(&stage.store, at(-10_000), at(0));
    assert_eq!(found.len(), 1);
    let What::Rollout { revision, images } = &found[0].what else {
        panic!()
    };
    assert_eq!((*revision, images[0].from.as_str()), (Some(2), "app:1"));
}

#[test]
fn tenants_count_their_workloads_and_findings_with_the_platform_first() {
    let mut stage = Stage::new();
    let (prod, dev) = (
        stage.environment("betaapp", "prod"),
        stage.environment("betaapp", "dev"),
    );
    stage.add(crate::model::Object::Namespace(crate::model::Namespace {
        meta: meta("", "kube-system"),
        terminating: false,
    }));
    let mut hurt = deployment(&prod, "web", 2);
    (hurt.ready, hurt.available) = (1, 1);
    let set = replica_set(&hurt, 1, 2, 1);
    stage
        .add(pod_of(&set, 0, 0).crashing(5, ended("Error", 1, "", 900), 0))
        .add(hurt)
        .add(set);
    stage.add(deployment(&dev, "web", 1));
    let judgement = stage.judge(1000);
    let rows = tenants(
        &stage.store,
        &stage.places(),
        &judgement,
        &Selection::default(),
    );
    assert_eq!(
        (rows[0].name.as_str(), rows[0].platform),
        ("platform", true)
    );
    let beta = &rows[1];
    assert_eq!(
        (beta.ready, beta.total, beta.critical, beta.warning),
        (1, 2, 1, 0)
    );
    let asked = |word: &str| {
        let selection = Selection::new([word]);
        let rows = tenants(&stage.store, &stage.places(), &judgement, &selection);
        let row = |it: &TenantRow| {
            (
                it.name.to_string(),
                it.environments.len(),
                it.total,
                it.critical,
            )
        };
        rows.iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(asked("betaapp"), [("betaapp".to_owned(), 2, 2, 1)]);
    assert_eq!(asked("betaapp/dev"), [("betaapp".to_owned(), 1, 1, 0)]);
    assert_eq!(asked("betaapp/prod"), [("betaapp".to_owned(), 1, 1, 1)]);
    let names: Vec<&str> = beta
        .environments
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["prod", "dev"]);
    let rows = deployments(&stage.store, &stage.places(), &judgement);
    assert_eq!(
        (rows[0].state, rows[0].reason.as_str(), rows[0].restarts),
        (State::Degraded, "CrashLoopBackOff", 5)
    );
    assert_eq!(
        (rows[1].state, rows[1].images[0].as_str()),
        (State::Complete, "app:1")
    );
}

#[test]
fn a_stateful_set_that_may_not_create_its_pod_says_so_by_event() {
    let mut stage = Stage::new();
    let mut db = workload(WorkloadKind::StatefulSet, "shop", "db", 3);
    (db.replicas, db.updated, db.ready, db.available) = (2, 2, 2, 2);
    stage.now = at(100);
    let words = "create Pod db-2 in StatefulSet db failed error: pods \"db-2\" is forbidden: error looking up service account shop/db: serviceaccount \"db\" not found";
    stage.warn(&db.meta, "StatefulSet", "FailedCreate", words);
    stage.add(db);
    let found = stage.findings(150);
    assert_eq!(
        (found[0].trouble.reason(), found[0].count),
        ("FailedCreate", 1)
    );
    assert!(stage.findings(100 + 3600).is_empty());
}

#[test]
fn a_probe_is_quoted_when_its_warning_was_seen() {
    let mut stage = Stage::new();
    let it = pod("shop", "web", None, 0).unready(900);
    stage.now = at(905);
    stage.warn(&it.meta, "Pod", "Unhealthy", "Readiness probe failed: 503");
    stage.add(it);
    let found = stage.findings(1000);
    assert!(
        matches!(&found[0].trouble, Trouble::Pods { ailment: Ailment::Unready { message } } if message == "Readiness probe failed: 503")
    );
}

#[test]
fn hold_offs_follow_the_clusters_clock() {
    let mut stage = Stage::new();
    stage.put(Delta::ClockSkew(HOME, 600));
    stage.add(pod("shop", "web", None, 0).unready(900));
    assert_eq!(stage.judge(320).wake, Some(at(360)));
    assert_eq!(stage.findings(361).len(), 1);
}
