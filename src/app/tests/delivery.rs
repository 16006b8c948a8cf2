//! An Argo Rollout on the screen: as a row, from inside, on its way in.

use insta::assert_snapshot;
use serde_json::json;

use super::bench::*;
use super::preview::{accepted, willing};
use crate::action::Need;
use crate::app::{Message, update};
use crate::insight::stage;
use crate::model::{
    Analysis, ClusterId, DeliveryPhase, Delta, Moment, Object, Pod, ReplicaSet, Weights, Workload,
};
use crate::wording::Language::{self, English, French};

/// As [`stage::canary`] has it, four minutes after it began to wait, with an analysis under way.
fn delivered(language: Language, change: impl Fn(&mut Workload)) -> Bench {
    let mut bench = Bench::new(language);
    bench.read_all();
    let waits_since = night().plus(-240);
    let second = waits_since.seconds() - stage::at(0).seconds();
    let (mut basket, [old, new]) = stage::canary("basegun", second);
    let delivery = basket.delivery.as_mut().unwrap();
    delivery.analyses.push(Analysis {
        name: "basket-7f4c-2-4".into(),
        status: "Running".into(),
        message: "".into(),
    });
    change(&mut basket);
    let pods = |set: &ReplicaSet, count: u32| -> Vec<Pod> {
        (0..count).map(|it| stage::pod_of(set, it, 500)).collect()
    };
    let pods = [pods(&old, 4), pods(&new, 1)].concat();
    let objects = [Object::Workload(basket), old.into(), new.into()];
    for object in objects.into_iter().chain(pods.into_iter().map(Object::Pod)) {
        bench.fact(Delta::Upsert(ClusterId(1), object));
    }
    update(&mut bench.app, Message::Judge, bench.now);
    bench
}

fn as_it_is(_: &mut Workload) {}

/// Given up a minute ago.
fn aborted(basket: &mut Workload) {
    let at: Option<Moment> = Some(night().plus(-60));
    basket.updated = 0;
    let delivery = basket.delivery.as_mut().unwrap();
    delivery.phase = DeliveryPhase::Degraded;
    delivery.message = "RolloutAborted: Rollout aborted update to revision 2".into();
    (delivery.aborted, delivery.aborted_at) = (true, at);
    delivery.pauses.clear();
}

#[test]
fn waits_120() {
    for (name, language) in [("en", English), ("fr", French)] {
        let mut bench = delivered(language, as_it_is);
        bench.resize(120, 40);
        bench.keys("4");
        let row = bench.text();
        bench.keys("w");
        assert_snapshot!(format!("waits_{name}"), format!("{row}\n{}", bench.text()));
    }
}

/// The same, as the server has it.
fn document(uid: &str) -> serde_json::Value {
    json!({
        "kind": "Rollout",
        "metadata": {"uid": uid, "name": "basket", "namespace": "basegun"},
        "spec": {
            "template": {"spec": {"containers": [{"name": "app", "image": "app:2"}]}},
            "strategy": {"canary": {"steps": [
                {"setWeight": 20}, {"pause": {}}, {"setWeight": 60}, {"pause": {"duration": "10m"}},
            ]}},
        },
        "status": {
            "stableRS": "r1", "currentPodHash": "r2", "currentStepIndex": 1, "controllerPause": true,
            "pauseConditions": [{"reason": "CanaryPauseStep", "startTime": "2026-11-24T03:08:44Z"}],
        },
    })
}

/// By its name, from the row and from a pod.
#[test]
fn promote_80() {
    for (name, language) in [("en", English), ("fr", French)] {
        let mut bench = delivered(language, as_it_is);
        let cluster = bench.app.store.cluster(ClusterId(1)).unwrap();
        let basket = cluster.workloads().find(|it| it.delivery.is_some());
        let uid = basket.unwrap().meta.uid.to_string();
        bench.keys("4 :");
        bench.types("promote");
        let effects = bench.keys("Enter");
        bench.answer(&effects, |call, need| match need {
            Need::Object => accepted(document(&uid)),
            _ => willing(call, need),
        });
        assert_snapshot!(format!("promote_{name}"), bench.text());
    }
}

#[test]
fn what_waits_for_a_person_is_left_in_a_temporary_state() {
    let mut bench = delivered(English, as_it_is);
    let text = bench.text();
    assert!(
        text.contains("basket waits at 20 % for promote 4m"),
        "{text}"
    );
}

#[test]
fn aborted_80() {
    let mut bench = delivered(English, aborted);
    let watch = bench.text();
    bench.keys("w");
    assert_snapshot!(format!("{watch}\n{}", bench.text()));
}

#[test]
fn it_is_opened_to_its_revisions_and_pods() {
    let mut bench = delivered(English, as_it_is);
    bench.keys("4 h");
    let history = bench.text();
    bench.keys("Esc Enter + j +");
    let tree = bench.text();
    assert_snapshot!("inside", format!("{history}\n{tree}"));
}

/// One that is paused whole is let go on with it, and the plan says so.
#[test]
fn promote_paused_120() {
    let mut bench = delivered(English, |basket| basket.paused = true);
    bench.resize(120, 40);
    let cluster = bench.app.store.cluster(ClusterId(1)).unwrap();
    let basket = cluster.workloads().find(|it| it.delivery.is_some());
    let uid = basket.unwrap().meta.uid.to_string();
    bench.keys("4 :");
    bench.types("promote");
    let effects = bench.keys("Enter");
    let mut live = document(&uid);
    live["spec"]["paused"] = true.into();
    bench.answer(&effects, |call, need| match need {
        Need::Object => accepted(live.clone()),
        _ => willing(call, need),
    });
    assert_snapshot!("promote_paused", bench.text());
}

/// The new revision has less than it is to have while its pods come, and what its analysis found is told.
#[test]
fn behind_120() {
    for (name, language) in [("en", English), ("fr", French)] {
        let mut bench = delivered(language, |basket| {
            let delivery = basket.delivery.as_mut().unwrap();
            delivery.step = Some(2);
            delivery.phase = DeliveryPhase::Progressing;
            delivery.pauses.clear();
            delivery.held = false;
            delivery.message = "more replicas need to be updated".into();
            let analysis = &mut delivery.analyses[0];
            analysis.status = "Error".into();
            analysis.message = "dial tcp: no such host".into();
        });
        bench.resize(120, 40);
        bench.keys("4");
        let row = bench.text();
        bench.keys("w");
        assert_snapshot!(format!("behind_{name}"), format!("{row}\n{}", bench.text()));
    }
}

/// By the router, whatever the pods are.
#[test]
fn a_router_knows_who_has_how_much() {
    let mut bench = delivered(English, |basket| {
        let delivery = basket.delivery.as_mut().unwrap();
        delivery.weights = Some(Weights {
            canary: 5,
            stable: 95,
        });
    });
    bench.resize(120, 40);
    bench.keys("4 w");
    let text = bench.text();
    let said = "canary r2 5 % \u{b7} stable r1 95 %, by the router \u{b7} 20 % wanted";
    assert!(text.contains(said), "{text}");
}
