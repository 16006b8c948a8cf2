//! A Deployment's rollouts stand still, or go on; a `CronJob` starts no runs, or does again.

use serde_json::Value;

use super::patch::Patch;
use super::plan::{Case, Changes, Plan, Refusal, Step, Undo};
use super::record::{Before, Verb};
use super::template;

pub(super) fn plan(case: &Case<'_>, pause: bool) -> Result<Plan, Refusal> {
    let paused = template::is_paused(&case.object.exact);
    match (paused, pause) {
        (true, true) => return Err(Refusal::AlreadyPaused),
        (false, false) => return Err(Refusal::NotPaused),
        _ => {}
    }
    // Its absence is how a Deployment says that it goes on.
    let wanted = if pause { true.into() } else { Value::Null };
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
        steps: vec![step(case, "paused", &wanted)],
        notes: Vec::new(),
        undo: Undo::Verb(inverse),
        by_hand: vec![case.kubectl(&["rollout", word, &case.named()])],
        template: None,
    })
}

pub(super) fn suspend(case: &Case<'_>, suspend: bool) -> Result<Plan, Refusal> {
    let suspended = case.object.exact["spec"]["suspend"] == Value::Bool(true);
    match (suspended, suspend) {
        (true, true) => return Err(Refusal::AlreadySuspended),
        (false, false) => return Err(Refusal::NotSuspended),
        _ => {}
    }
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
        steps: vec![step(case, "suspend", &suspend.into())],
        notes: Vec::new(),
        undo: Undo::Verb(inverse),
        by_hand: vec![case.kubectl(&["patch", &case.named(), "-p", &by_hand])],
        template: None,
    })
}

fn step(case: &Case<'_>, field: &str, wanted: &Value) -> Step {
    let seen = &case.object.exact["spec"][field];
    Patch::of(case)
        .replace(&format!("/spec/{field}"), seen, wanted)
        .to(case, case.request.object.path())
}
