use bytes::Bytes;
use serde_json::{Value, json};

use super::*;
use crate::model::{Kind, Moment, Rollout};
use crate::source::convert::{Fact, decode};
use crate::source::wire::Format;

fn read(value: &Value) -> Workload {
    let bytes = Bytes::from(value.to_string());
    match decode(Kind::Rollout, Format::Json, bytes).unwrap().fact {
        Fact::Object(Object::Workload(workload)) => workload,
        other => unreachable!("{other:?}"),
    }
}

/// As Argo Rollouts 1.9 writes one that waits at 20 %, shortened.
fn waiting() -> Value {
    json!({
        "metadata": {
            "name": "basket", "namespace": "shop", "uid": "u1", "resourceVersion": "7", "generation": 4,
            "annotations": {"rollout.argoproj.io/revision": "3"},
        },
        "spec": {
            "replicas": 5,
            "template": {"metadata": {"labels": {"app": "basket"}}, "spec": {"containers": [{"name": "app", "image": "reg.test/basket:2"}]}},
            "strategy": {"canary": {"steps": [
                {"setWeight": 20}, {"pause": {}}, {"pause": {"duration": "10m"}}, {"pause": {"duration": 30}},
                {"analysis": {"templates": [{"templateName": "errors"}]}}, {"setWeight": 60},
            ]}},
        },
        "status": {
            "phase": "Paused", "message": "CanaryPauseStep", "observedGeneration": "4",
            "currentStepIndex": 1, "controllerPause": true,
            "pauseConditions": [{"reason": "CanaryPauseStep", "startTime": "2026-11-24T02:00:00Z"}],
            "stableRS": "65d9", "currentPodHash": "7f4c",
            "replicas": 5, "updatedReplicas": 1, "readyReplicas": 5, "availableReplicas": 5,
            "canary": {"currentStepAnalysisRunStatus": {"name": "basket-7f4c-2-4", "status": "Running"}},
            "conditions": [{"type": "Progressing", "status": "Unknown", "reason": "RolloutPaused", "message": "Rollout is paused"}],
        },
    })
}

fn with(pointer: &str, value: Value) -> Workload {
    let mut object = waiting();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    object.pointer_mut(parent).unwrap()[key] = value;
    read(&object)
}

#[test]
fn a_canary_that_waits_is_read_with_its_steps() {
    let workload = read(&waiting());
    assert_eq!(workload.kind, WorkloadKind::Rollout);
    assert_eq!(workload.revision, Some(3));
    assert_eq!(
        (workload.desired, workload.updated, workload.ready),
        (5, 1, 5)
    );
    assert_eq!(workload.progress_deadline, Some(600));
    assert_eq!(workload.template.containers[0].image, "reg.test/basket:2");
    let delivery = workload.delivery.as_deref().unwrap();
    assert_eq!(
        delivery.steps,
        [
            DeliveryStep::Weight(20),
            DeliveryStep::Pause("".into()),
            DeliveryStep::Pause("10m".into()),
            DeliveryStep::Pause("30s".into()),
            DeliveryStep::Other("analysis".into()),
            DeliveryStep::Weight(60),
        ]
    );
    assert_eq!(delivery.weight(), Some(20));
    let since = Moment::from_rfc3339("2026-11-24T02:00:00Z");
    assert_eq!(delivery.paused_since(), since);
    assert_eq!(delivery.analyses[0].status, "Running");
    assert!(workload.stands_still() && !workload.is_promoted());
    assert_eq!(workload.rollout(), Rollout::Stepping { step: 1, steps: 6 });
}

#[test]
fn what_the_controller_has_not_seen_is_under_way_whatever_it_said_before() {
    let of = |text: &str| with("/status/observedGeneration", text.into()).rollout();
    assert_eq!(of("3"), Rollout::Unobserved);
    assert_eq!(of(""), Rollout::Unobserved);
    assert_eq!(of("5f8cbd"), Rollout::Stepping { step: 1, steps: 6 });
    let mut object = waiting();
    object["metadata"]["annotations"][WORKLOAD_GENERATION] = "2".into();
    object["status"]["workloadObservedGeneration"] = "1".into();
    assert_eq!(read(&object).rollout(), Rollout::Unobserved);
}

#[test]
fn whoever_let_it_go_on_is_believed_before_the_phase() {
    let workload = with("/status/pauseConditions", Value::Null);
    assert!(!workload.stands_still());
    assert!(workload.delivery.unwrap().goes_on());
}

#[test]
fn given_up_is_no_rollout_in_progress() {
    let workload = with("/status/abort", true.into());
    assert_eq!(workload.rollout(), Rollout::Aborted);
    assert!(!workload.rollout().in_progress());
}

#[test]
fn blue_green_ends_when_its_new_revision_is_the_stable_one() {
    let mut object = waiting();
    object["spec"]["strategy"] = json!({"blueGreen": {"activeService": "basket"}});
    object["status"]["currentStepIndex"] = Value::Null;
    for (field, count) in [("replicas", 5), ("updatedReplicas", 5)] {
        object["status"][field] = count.into();
    }
    let done = Rollout::Starting { done: 5, wanted: 5 };
    assert_eq!(read(&object).rollout(), done);
    object["status"]["replicas"] = 10.into();
    assert_eq!(read(&object).rollout(), Rollout::Retiring { old: 5 });
    object["status"]["phase"] = "Healthy".into();
    assert_eq!(read(&object).rollout(), Rollout::Complete);
}

#[test]
fn odd_documents_are_read_as_far_as_they_go() {
    let odd = json!({
        "metadata": {"name": "odd", "namespace": "shop", "uid": "u2", "resourceVersion": "1"},
        "spec": {
            "paused": null, "template": {"spec": {"containers": null}},
            "workloadRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "odd"},
            "strategy": {"canary": {"steps": (0..100).map(|_| json!({"setWeight": -7})).collect::<Vec<_>>()}},
        },
        "status": {"pauseConditions": null, "phase": "Vanished", "currentStepIndex": 900, "message": "\u{1b}[31mred"},
    });
    let workload = read(&odd);
    let delivery = workload.delivery.as_deref().unwrap();
    assert_eq!(delivery.phase, DeliveryPhase::Unknown);
    assert_eq!(
        (delivery.steps.len(), delivery.step_count),
        (Delivery::KEPT, 100)
    );
    assert_eq!(delivery.weight(), Some(100));
    assert_eq!(delivery.target.as_ref().unwrap().name, "odd");
    assert!(!delivery.message.contains('\u{1b}'));
    assert_eq!(workload.desired, 1);
    assert!(workload.template.containers.is_empty());
    let bare = json!({"metadata": {"name": "bare", "uid": "u3"}, "spec": null});
    let none = Rollout::Updating { done: 0, wanted: 1 };
    assert_eq!(read(&bare).rollout(), none);
}
