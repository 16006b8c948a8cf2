use proptest::prelude::*;

use crate::insight::stage::*;
use crate::insight::{before, changes, deployments, pod_status, tenants};
use crate::model::{
    Container, ContainerState, Owner, Phase, Pod, Role, Status, Termination, Text, Uid,
};
use crate::tenancy::Selection;
use crate::wording::{Catalogue, Language};

fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        Just(""),
        Just("Error"),
        Just("OOMKilled"),
        Just("CrashLoopBackOff"),
        Just("ErrImagePull"),
        Just("Evicted"),
        Just("The node was low on resource: é"),
        Just("0/3 nodes are available: "),
        Just("ContainerCreating"),
        Just("…\u{1b}«»"),
    ]
    .prop_map(Text::from)
}

fn termination() -> impl Strategy<Value = Termination> {
    (
        text(),
        text(),
        any::<i32>(),
        any::<i32>(),
        proptest::option::of(any::<u32>()),
    )
        .prop_map(|(reason, message, exit_code, signal, second)| Termination {
            reason,
            message,
            exit_code,
            signal,
            started: None,
            finished: second.and_then(|second| crate::model::Moment::from_seconds(second.into())),
        })
}

fn any_container() -> impl Strategy<Value = Container> {
    let state = prop_oneof![
        (text(), text()).prop_map(|(reason, message)| ContainerState::Waiting { reason, message }),
        Just(ContainerState::Running { since: Some(at(3)) }),
        termination().prop_map(ContainerState::Terminated),
        Just(ContainerState::Unknown),
    ];
    let role = prop_oneof![Just(Role::Main), Just(Role::Init), Just(Role::Sidecar)];
    (
        state,
        role,
        any::<bool>(),
        any::<u32>(),
        proptest::option::of(termination()),
    )
        .prop_map(|(state, role, ready, restarts, last)| Container {
            role,
            ready,
            restarts,
            last,
            ..container(state)
        })
}

fn any_pod() -> impl Strategy<Value = Pod> {
    let phase = prop_oneof![
        Just(Phase::Pending),
        Just(Phase::Running),
        Just(Phase::Succeeded),
        Just(Phase::Failed),
        Just(Phase::Unknown),
    ];
    let kind = proptest::option::of(prop_oneof![
        Just("ReplicaSet"),
        Just("StatefulSet"),
        Just("Job"),
        Just("Node"),
        Just("Cluster"),
    ]);
    let containers = proptest::collection::vec(any_container(), 0..3);
    (
        phase,
        kind,
        containers,
        text(),
        text(),
        any::<bool>(),
        any::<bool>(),
        0..20u8,
    )
        .prop_map(
            |(phase, kind, containers, reason, message, ready, deleting, number)| {
                let owner = kind.map(|kind| Owner {
                    kind: kind.into(),
                    name: "web-r1".into(),
                    uid: Uid::from_text(kind),
                });
                let mut it = pod("shop", &format!("p{number}"), owner, 0);
                (it.phase, it.containers, it.reason, it.message) =
                    (phase, containers, reason, message);
                let status = if ready { Status::True } else { Status::False };
                it.conditions = vec![
                    condition("Ready", status, "", 5),
                    condition("PodScheduled", status, "Unschedulable", 5),
                ];
                it.meta.deleting = deleting.then(|| at(9));
                if number % 3 == 0 {
                    it.node = Text::default();
                }
                it
            },
        )
}

/// Judges the pods and says all that can be said of them; panics when anything does.
fn judge_and_say(pods: Vec<Pod>, second: i64, dead: bool) {
    let mut stage = Stage::new();
    let it = deployment("shop", "web", 3);
    stage.add(replica_set(&it, 1, 3, 1)).add(it);
    stage.add(if dead { dead_node("w1", 0) } else { node("w1") });
    for pod in pods {
        stage.add(pod);
    }
    let judgement = stage.judge(second);
    let places = stage.places();
    deployments(&stage.store, &places, &judgement);
    tenants(&stage.store, &places, &judgement, &Selection::default());
    changes(&stage.store, at(0), at(second));
    for cluster in stage.store.clusters() {
        cluster.pods().for_each(|pod| drop(pod_status(pod)));
    }
    for language in [Language::English, Language::French] {
        let say = Catalogue::new(language);
        for finding in &judgement.findings {
            let near = before(&stage.store, finding, at(second));
            assert!(!say.long(finding, at(second)).is_empty());
            assert!(!say.short(finding).is_empty());
            for change in &near {
                say.change(change, Some(&finding.subject));
            }
            assert!(finding.count >= 1 && finding.objects.len() <= 64);
        }
    }
}

proptest! {
    #[test]
    fn no_pod_makes_a_judgement_or_its_words_panic(
        pods in proptest::collection::vec(any_pod(), 0..12),
        second in 0..5000i64,
        dead in any::<bool>(),
    ) {
        judge_and_say(pods, second, dead);
    }
}

/// Found by the property once.
#[test]
fn a_pod_that_failed_before_it_had_a_node_is_judged() {
    let mut it = pod("shop", "p0", None, 0);
    (it.phase, it.containers, it.node) = (Phase::Failed, Vec::new(), Text::default());
    it.conditions = vec![
        condition("Ready", Status::False, "", 5),
        condition("PodScheduled", Status::False, "Unschedulable", 5),
    ];
    judge_and_say(vec![it], 0, false);
}
