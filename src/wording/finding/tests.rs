use crate::insight::stage::*;
use crate::insight::{Ailment, Exit, Finding, Trouble};
use crate::model::{Kind, Link, Moment, Problem, Subject};
use crate::wording::{Catalogue, Language};

/// A finding to dress: what the night of tests gives a pod that crashes.
fn finding(trouble: Trouble, ready: Option<(u32, u32)>, count: u32) -> Finding {
    let mut stage = Stage::new();
    let namespace = stage.environment("betaapp", "prod");
    stage.add(pod(&namespace, "x", None, 0).crashing(5, ended("Error", 1, "", 100), 0));
    let mut found = stage.findings(200).remove(0);
    (found.trouble, found.ready, found.count, found.since) =
        (trouble, ready, count, Some(now().plus(-1320)));
    found
}

fn now() -> Moment {
    at(5000)
}

fn said(finding: &Finding) -> [String; 4] {
    let (en, fr) = (
        Catalogue::new(Language::English),
        Catalogue::new(Language::French),
    );
    [
        en.short(finding),
        en.long(finding, now()),
        fr.short(finding),
        fr.long(finding, now()),
    ]
}

fn crash(message: &str) -> Ailment {
    Ailment::CrashLoop {
        container: "app".into(),
        restarts: 6,
        exit: Some(Exit {
            code: 1,
            signal: 0,
            reason: "Error".into(),
            message: message.into(),
        }),
    }
}

#[test]
fn a_stuck_rollout() {
    let trouble = Trouble::RolloutStuck {
        revision: Some(15),
        ailment: crash("DB_URL is not set"),
        missed: None,
    };
    let expected = [
        "rev 15 stuck: CrashLoopBackOff",
        "rev 15 stuck, 3 of 6 serve: app exits 1, \"DB_URL is not set\"",
        "rév. 15 bloquée : CrashLoopBackOff",
        "rév. 15 bloquée, 3 sur 6 servent : app sort en 1, « DB_URL is not set »",
    ];
    assert_eq!(said(&finding(trouble, Some((3, 6)), 3)), expected);
}

#[test]
fn out_of_memory() {
    let ailment = Ailment::OutOfMemory {
        container: "app".into(),
        times: 4,
        limit: 512,
    };
    let expected = [
        "OOMKilled 4 times, limit 512Mi",
        "1 of 2 serves: OOMKilled 4 times in 22 min, limit 512Mi",
        "OOMKilled 4 fois, limite 512Mi",
        "1 sur 2 sert : OOMKilled 4 fois en 22 min, limite 512Mi",
    ];
    assert_eq!(
        said(&finding(Trouble::Pods { ailment }, Some((1, 2)), 1)),
        expected
    );
}

#[test]
fn a_full_quota() {
    let trouble = Trouble::Quota {
        name: "dso-quota".into(),
        resource: "limits.cpu".into(),
        used: "8".into(),
        hard: "8".into(),
        refused: 2,
    };
    let expected = [
        "quota dso-quota full: cpu 8 of 8",
        "2 pods refused: quota dso-quota full, limits.cpu 8 of 8",
        "quota plein : cpu 8 sur 8",
        "2 pods refusés : quota dso-quota plein, limits.cpu 8 sur 8",
    ];
    assert_eq!(said(&finding(trouble, Some((4, 6)), 2)), expected);
}

#[test]
fn an_image_that_is_not_there() {
    let ailment = Ailment::ImagePull {
        image: "reg.test/web:feat-9".into(),
        reason: "ImagePullBackOff".into(),
        message: "reg.test/web:feat-9: not found".into(),
    };
    let expected = [
        "ImagePullBackOff: feat-9 not found",
        "nothing serves: ImagePullBackOff, feat-9 not found",
        "ImagePullBackOff : feat-9 introuvable",
        "rien ne sert : ImagePullBackOff, feat-9 introuvable",
    ];
    assert_eq!(
        said(&finding(Trouble::Pods { ailment }, Some((0, 1)), 1)),
        expected
    );
}

#[test]
fn a_back_off_names_its_cause_or_else_the_image() {
    let short = |message: &str| {
        let ailment = Ailment::ImagePull {
            image: "reg.test/web:feat-9".into(),
            reason: "ImagePullBackOff".into(),
            message: message.into(),
        };
        said(&finding(Trouble::Pods { ailment }, Some((0, 1)), 1))[0].clone()
    };
    assert_eq!(short(""), "ImagePullBackOff: feat-9");
    let caused = "failed to do request: dial tcp: i/o timeout";
    assert_eq!(short(caused), "ImagePullBackOff: i/o timeout");
}

#[test]
fn a_pod_that_fits_no_node() {
    let ailment = Ailment::Unschedulable {
        message: "0/12 nodes are available: 3 node(s) had untolerated taint {a: b}, 9 Insufficient memory. preemption: 0/12 nodes are available".into(),
        cpu: 100,
        memory: 4096,
    };
    let expected = [
        "no node: Insufficient memory",
        "1 pod waits for a node: 0 of 12 fit, Insufficient memory, it asks 4Gi",
        "sans nœud : Insufficient memory",
        "1 pod attend un nœud : 0 sur 12 convient, Insufficient memory, il demande 4Gi",
    ];
    assert_eq!(said(&finding(Trouble::Pods { ailment }, None, 1)), expected);
}

#[test]
fn what_keeps_most_nodes_away_is_told_with_its_count() {
    let ailment = Ailment::Unschedulable {
        message: "0/10 nodes are available: 2 node(s) had untolerated taint(s), 8 node(s) didn't match Pod's node affinity/selector. preemption: 0/10".into(),
        cpu: 100,
        memory: 0,
    };
    let told = said(&finding(Trouble::Pods { ailment }, None, 1));
    let why = "0 of 10 fit, 8 node(s) didn't match Pod's node affinity/selector";
    assert!(told[1].contains(why), "{told:?}");
}

#[test]
fn a_node_that_is_gone() {
    let mut found = finding(
        Trouble::NodeNotReady {
            reason: "NodeStatusUnknown".into(),
            message: "Kubelet stopped posting node status.".into(),
            inferred: false,
        },
        None,
        31,
    );
    found.subject = Subject {
        kind: "Node".into(),
        name: "pub1-w07".into(),
    };
    found.tenants = ["a", "b", "c", "d"].map(Into::into).to_vec();
    let expected = [
        "node not ready, 31 pods",
        "31 pods of 4 tenants at risk: node pub1-w07 not ready, kubelet silent",
        "nœud non prêt, 31 pods",
        "31 pods de 4 projets menacés : nœud pub1-w07 non prêt, kubelet muet",
    ];
    assert_eq!(said(&found), expected);
}

#[test]
fn a_shared_cause_names_the_tenants_while_they_are_few_and_the_workloads_it_stops() {
    let mut evicted = finding(
        Trouble::NodePressure {
            condition: "DiskPressure".into(),
            resource: "ephemeral-storage".into(),
            evicted: 2,
        },
        None,
        2,
    );
    evicted.subject = Subject {
        kind: "Node".into(),
        name: "dso-w04".into(),
    };
    evicted.tenants = ["betaapp", "candilib"].map(Into::into).to_vec();
    let told = said(&evicted)[1].clone();
    let expected =
        "2 pods of 2 tenants (betaapp, candilib) evicted: node dso-w04 low on ephemeral-storage";
    assert_eq!(told, expected);

    let trouble = Trouble::Quota {
        name: "dso-quota".into(),
        resource: "limits.cpu".into(),
        used: "7800m".into(),
        hard: "8".into(),
        refused: 5,
    };
    let mut full = finding(trouble, None, 5);
    full.subject = Subject {
        kind: "ResourceQuota".into(),
        name: "dso-quota".into(),
    };
    full.workloads = ["api", "front", "purge", "worker"].map(Into::into).to_vec();
    let expected = [
        "quota full: cpu 7.8 of 8",
        "5 pods of api, front, purge and 1 more refused: quota dso-quota full, limits.cpu 7.8 of 8",
        "quota plein : cpu 7,8 sur 8",
        "5 pods de api, front, purge et 1 autre refusés : quota dso-quota plein, limits.cpu 7,8 sur 8",
    ];
    assert_eq!(said(&full), expected);
}

#[test]
fn a_cluster_that_does_not_answer() {
    let mut stage = Stage::new();
    stage.environment("betaapp", "prod");
    let problem = Problem::Unreachable {
        detail: "dial tcp 10.20.0.10:6443: i/o timeout".into(),
    };
    stage.put(crate::model::Delta::Link(
        HOME,
        Link::Degraded {
            problem,
            since: at(4000),
            tries: 5,
            next_try: Some(at(5010)),
        },
    ));
    let found = stage.findings(5000).remove(0);
    let expected = [
        "degraded: i/o timeout",
        "1 environment not seen: public1 does not answer, i/o timeout",
        "dégradé : i/o timeout",
        "1 environnement hors de vue : public1 ne répond pas, i/o timeout",
    ];
    assert_eq!(said(&found), expected);
}

#[test]
fn denials_name_the_right() {
    let (en, fr) = (
        Catalogue::new(Language::English),
        Catalogue::new(Language::French),
    );
    let verb = crate::model::Verb::List;
    assert_eq!(
        en.denied(verb, Kind::Node, None),
        "not readable: list nodes"
    );
    assert_eq!(
        fr.denied(verb, Kind::Deployment, Some("a")),
        "illisible : list deployments.apps dans a"
    );
}

#[test]
fn what_flux_does_not_bring_about() {
    let trouble = |stalled| Trouble::NotReconciled {
        reason: "UpgradeFailed".into(),
        message: "context deadline exceeded".into(),
        stalled,
    };
    let expected = [
        "not ready: UpgradeFailed",
        "changes of the source do not arrive, it tries again: UpgradeFailed, \"context deadline exceeded\"",
        "pas prêt : UpgradeFailed",
        "les changements de la source n'arrivent pas, nouvel essai à venir : UpgradeFailed, « context deadline exceeded »",
    ];
    assert_eq!(said(&finding(trouble(false), None, 1)), expected);
    let [short, long, ..] = said(&finding(trouble(true), None, 1));
    assert_eq!(short, "stalled: UpgradeFailed");
    assert!(long.contains("it has given up"), "{long}");
}
