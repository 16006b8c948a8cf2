//! A Deployment's rollouts stand still, or go on; a `CronJob` starts no runs, or does again.

use serde_json::{Value, json};

use super::call::{Call, Method};
use super::plan::{Case, Changes, Plan, Refusal, Step, StepKind, Undo};
use super::record::{Before, Verb};
use super::template;

pub(super) fn plan(case: &Case<'_>, pause: bool) -> Result<Plan, Refusal> {
    let paused = template::is_paused(&case.object.exact);
    match (paused, pause) {
        (true, true) => return Err(Refusal::AlreadyPaused),
        (false, false) => return Err(Refusal::NotPaused),
        _ => {}
    }
    // The field is usually absent; adding it once more changes nothing.
    let patch = if pause {
        vec![json!({"op": "add", "path": "/spec/paused", "value": true})]
    } else {
        vec![
            json!({"op": "test", "path": "/spec/paused", "value": true}),
            json!({"op": "remove", "path": "/spec/paused"}),
        ]
    };
    let state = |paused| Before {
        paused: Some(paused),
        ..Before::default()
    };
    let (verb, inverse, word) = if pause {
        (Verb::Pause, Verb::Resume, "pause")
    } else {
        (Verb::Resume, Verb::Pause, "resume")
    };
    Ok(Plan {
        object: case.request.object.clone(),
        verb,
        before: state(paused),
        after: state(pause),
        changes: Changes::Paused(pause),
        steps: vec![step(case, patch)],
        notes: Vec::new(),
        undo: Undo::Verb(inverse),
        by_hand: vec![case.kubectl(&["rollout", word, &case.named()])],
        template: None,
    })
}

pub(super) fn suspend(case: &Case<'_>, suspend: bool) -> Result<Plan, Refusal> {
    let field = &case.object.exact["spec"]["suspend"];
    let suspended = *field == Value::Bool(true);
    match (suspended, suspend) {
        (true, true) => return Err(Refusal::AlreadySuspended),
        (false, false) => return Err(Refusal::NotSuspended),
        _ => {}
    }
    let patch = if field.is_boolean() {
        vec![
            json!({"op": "test", "path": "/spec/suspend", "value": field}),
            json!({"op": "replace", "path": "/spec/suspend", "value": suspend}),
        ]
    } else {
        vec![json!({"op": "add", "path": "/spec/suspend", "value": suspend})]
    };
    let state = |suspended| Before {
        suspended: Some(suspended),
        ..Before::default()
    };
    let (verb, inverse) = if suspend {
        (Verb::Suspend, Verb::Unsuspend)
    } else {
        (Verb::Unsuspend, Verb::Suspend)
    };
    let by_hand = format!("{{\"spec\":{{\"suspend\":{suspend}}}}}");
    Ok(Plan {
        object: case.request.object.clone(),
        verb,
        before: state(suspended),
        after: state(suspend),
        changes: Changes::Suspended(suspend),
        steps: vec![step(case, patch)],
        notes: Vec::new(),
        undo: Undo::Verb(inverse),
        by_hand: vec![case.kubectl(&["patch", &case.named(), "-p", &by_hand])],
        template: None,
    })
}

fn step(case: &Case<'_>, further: Vec<Value>) -> Step {
    let mut patch = vec![json!({"op": "test", "path": "/metadata/uid", "value": case.uid()})];
    patch.extend(further);
    let object = &case.request.object;
    Step {
        kind: StepKind::Itself,
        call: Call::write(
            object.cluster,
            Method::Patch,
            object.path(),
            Value::Array(patch),
        ),
    }
}
