//! One namespace is denied, the other is read: what is known of the one does not depend on the other.

use crate::insight::stage::*;
use crate::insight::{Finding, Trouble};
use crate::model::{Condition, Delta, Feed, Job, Kind, Pod, Scope, Status, Text, Verb};

/// Read namespace by namespace: `shop` whole, `closed` denied.
fn one_denied(kinds: &[Kind]) -> Stage {
    let mut stage = Stage::new();
    for kind in kinds {
        let within = |namespace: &str| Scope {
            namespace: Some(namespace.into()),
            ..scope(*kind)
        };
        let live = Feed::Live { since: at(-7200) };
        let denied = Feed::Denied { verb: Verb::List };
        stage.put(Delta::FeedEnd(scope(*kind)));
        stage.put(Delta::Feed(within("shop"), live));
        stage.put(Delta::ListStart(within("shop")));
        stage.put(Delta::ListEnd(within("shop")));
        stage.put(Delta::Feed(within("closed"), denied));
    }
    stage
}

fn subjects(found: &[Finding]) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|it| (it.subject.kind.as_str(), it.subject.name.as_str()))
        .collect()
}

#[test]
fn sick_pods_are_told_under_the_best_known_name_of_their_owner() {
    let mut stage = one_denied(&[Kind::ReplicaSet]);
    for namespace in ["shop", "closed"] {
        let it = deployment(namespace, "web", 1);
        let set = replica_set(&it, 1, 1, 0);
        stage.add(pod_of(&set, 0, 0).crashing(9, ended("Error", 1, "", 900), 0));
        if namespace == "shop" {
            stage.add(it).add(set);
        }
    }
    let mut found = stage.findings(1000);
    found.sort_by(|one, other| one.namespace.cmp(&other.namespace));
    let expected = [("ReplicaSet", "web-r1"), ("Deployment", "web")];
    assert_eq!(subjects(&found), expected);
}

#[test]
fn pods_that_are_missing_are_missing_where_pods_are_read() {
    let mut stage = one_denied(&[Kind::Pod]);
    for namespace in ["shop", "closed"] {
        let mut it = deployment(namespace, "web", 3);
        (it.replicas, it.updated, it.ready, it.available) = (2, 2, 2, 2);
        let name = "MinimumReplicasUnavailable";
        it.conditions
            .push(condition("Available", Status::False, name, 0));
        stage.add(it);
    }
    let found = stage.findings(1000);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].namespace, "shop");
    assert!(matches!(found[0].trouble, Trouble::Short { missing: 1 }));
}

#[test]
fn runs_that_fail_are_told_where_jobs_are_read() {
    let mut stage = one_denied(&[Kind::Job]);
    let cron = cron_job("shop", "purge");
    let last: Job = run(&cron, 500, failed(600));
    stage.add(cron).add(last);
    assert_eq!(subjects(&stage.findings(1000)), [("CronJob", "purge")]);
}

/// As the node controller leaves it: the containers are what they were.
fn struck(mut it: Pod, node: &str, second: i64) -> Pod {
    it.node = node.into();
    it.conditions = vec![condition("Ready", Status::False, "", second)];
    it
}

#[test]
fn a_node_that_may_not_be_read_is_told_by_the_pods_it_took_down() {
    let mut stage = Stage::new();
    let denied = Feed::Denied { verb: Verb::List };
    stage.put(Delta::Feed(scope(Kind::Node), denied));
    for tenant in ["betaapp", "candilib"] {
        let namespace = stage.environment(tenant, "prod");
        let mut it = deployment(&namespace, "web", 2);
        (it.ready, it.available) = (1, 1);
        let set = replica_set(&it, 1, 2, 1);
        stage.add(struck(pod_of(&set, 0, 0), "w7", 1000));
        stage.add(pod_of(&set, 1, 0)).add(it).add(set);
    }
    let found = stage.findings(1010);
    assert_eq!(subjects(&found), [("Node", "w7")], "{found:?}");
    assert_eq!(found[0].tenants, ["betaapp", "candilib"]);
    assert!(matches!(
        found[0].trouble,
        Trouble::NodeNotReady { inferred: true, .. }
    ));
}

#[test]
fn a_pod_that_waits_for_its_readiness_gate_tells_nothing_of_its_node() {
    let mut stage = Stage::new();
    let denied = Feed::Denied { verb: Verb::List };
    stage.put(Delta::Feed(scope(Kind::Node), denied));
    let mut gated = struck(pod("shop", "web", None, 0), "w7", 1000);
    gated.conditions[0] = Condition {
        reason: Text::from("ReadinessGatesNotReady"),
        ..gated.conditions[0].clone()
    };
    stage.add(gated);
    let found = stage.findings(1070);
    assert_eq!(subjects(&found), [("Pod", "web")]);
}
