//! A pod is moved elsewhere: evicted, which asks its disruption budget, or deleted, which does not. A Job goes with its pods.

use serde_json::json;

use super::call::{Call, Method};
use super::plan::{Case, Changes, Plan, Step, StepKind, Undo};
use super::record::{Before, Verb};

pub(super) fn evict(case: &Case<'_>) -> Plan {
    let object = &case.request.object;
    let path = format!("{}/eviction", object.path());
    let body = json!({
        "apiVersion": "policy/v1",
        "kind": "Eviction",
        "metadata": {"name": object.name.as_str(), "namespace": object.namespace.as_str()},
        "deleteOptions": {"preconditions": {"uid": case.uid()}},
    });
    let call = Call::write(object.cluster, Method::Post, path.clone(), body);
    let raw = json!({
        "apiVersion": "policy/v1",
        "kind": "Eviction",
        "metadata": {"name": object.name.as_str(), "namespace": object.namespace.as_str()},
    });
    // kubectl has no verb for one pod: what it would send is given by hand.
    let mut by_hand = case.kubectl(&["create", "--raw", &path, "-f", "-"]);
    by_hand.extend(["<<<".to_owned(), raw.to_string()]);
    plan(case, Verb::Evict, call, by_hand)
}

pub(super) fn delete(case: &Case<'_>) -> Plan {
    let object = &case.request.object;
    let body = json!({
        "apiVersion": "v1",
        "kind": "DeleteOptions",
        "preconditions": {"uid": case.uid()},
        // Left to itself, a Job's pods would stay.
        "propagationPolicy": "Background",
    });
    let call = Call::write(object.cluster, Method::Delete, object.path(), body);
    let by_hand = case.kubectl(&["delete", &case.named()]);
    plan(case, Verb::Delete, call, by_hand)
}

fn plan(case: &Case<'_>, verb: Verb, call: Call, by_hand: Vec<String>) -> Plan {
    Plan {
        object: case.request.object.clone(),
        verb,
        before: Before::default(),
        after: Before::default(),
        changes: Changes::Goes,
        steps: vec![Step {
            kind: StepKind::Itself,
            call,
        }],
        notes: Vec::new(),
        undo: Undo::None(case.request.object.kind.clone()),
        by_hand: vec![by_hand],
        template: None,
    }
}
