//! New pods of the same revision, as `kubectl rollout restart` asks for them: by an annotation of the template.

use serde_json::{Value, json};

use super::patch::Patch;
use super::plan::{Case, Changes, Plan, Refusal, Undo};
use super::record::Before;
use super::record::Verb;
use super::{FIELD_MANAGER, deliver, rollback, template};
use crate::model::{Flux, Kind};

/// kubectl's own key: kube's `Api::restart` writes another one.
const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";

pub(super) fn plan(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if template::is_paused(live) {
        return Err(Refusal::Paused);
    }
    if case.request.object.kind == Kind::Rollout {
        return Ok(of_rollout(case));
    }
    let restarted = |template: &Value| {
        let mut template = template.clone();
        let at = case.at.to_rfc3339();
        match template["metadata"]["annotations"].as_object_mut() {
            Some(annotations) => {
                annotations.insert(RESTARTED_AT.to_owned(), at.into());
            }
            None => template["metadata"]["annotations"] = json!({ RESTARTED_AT: at }),
        }
        template
    };
    let wanted = restarted(&live["spec"]["template"]);
    let now = &case.object.shown["spec"]["template"];
    let shown = restarted(now);
    let current = rollback::current(case);
    let patch = template::replacement(case, &wanted);
    Ok(Plan {
        object: case.request.object.clone(),
        verb: Verb::Restart,
        before: template::before(&live["spec"]["template"], now, current),
        after: template::before(&wanted, &shown, None),
        changes: template::changes(now, &shown),
        steps: vec![patch.to(case, case.request.object.path())],
        notes: template::strategy(case).into_iter().collect(),
        undo: Undo::ToRevision(current),
        by_hand: vec![by_hand(case)],
        template: Some(wanted),
    })
}

/// A Kustomization of Flux takes back what a manager called `kubectl…` has written.
fn by_hand(case: &Case<'_>) -> Vec<String> {
    let named = case.named();
    let manager = format!("--field-manager={FIELD_MANAGER}");
    let mut words = vec!["rollout", "restart", &named];
    let [label, _] = Flux::KUSTOMIZATION;
    if case.object.exact["metadata"]["labels"][label].is_string() {
        words.push(&manager);
    }
    case.kubectl(&words)
}

/// Its controller takes the pods away one by one, and leaves the template alone.
fn of_rollout(case: &Case<'_>) -> Plan {
    let live = &case.object.exact;
    let object = &case.request.object;
    let at = case.at.to_rfc3339();
    let step = Patch::of(case)
        .replace(
            "/spec/restartAt",
            &live["spec"]["restartAt"],
            &at.as_str().into(),
        )
        .to(case, object.path());
    Plan {
        object: object.clone(),
        verb: Verb::Restart,
        before: Before::default(),
        after: Before::default(),
        changes: Changes::Restarted(at),
        by_hand: vec![deliver::by_hand(case, step.call.body.as_ref(), &[])],
        steps: vec![step],
        notes: Vec::new(),
        undo: Undo::None(object.kind.clone()),
        template: Some(live["spec"]["template"].clone()).filter(serde_json::Value::is_object),
    }
}
