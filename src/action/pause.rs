//! A Deployment's rollouts stand still, or go on; a `CronJob` starts no runs, or does again.

use serde_json::Value;

use super::patch::Patch;
use super::plan::{Case, Changes, Note, Plan, Refusal, Step, Undo};
use super::record::{Before, Verb};
use super::{deliver, scale, template};
use crate::model::Kind;

pub(super) fn pause(case: &Case<'_>) -> Result<Plan, Refusal> {
    if template::is_paused(&case.object.exact) {
        return Err(Refusal::AlreadyPaused);
    }
    let state = |paused| Before {
        paused: Some(paused),
        ..Before::default()
    };
    let step = step(case, Patch::of(case), "paused", &true.into());
    Ok(Plan {
        object: case.request.object.clone(),
        verb: Verb::Pause,
        before: state(false),
        after: state(true),
        changes: Changes::Paused(true),
        steps: vec![step.clone()],
        notes: Vec::new(),
        undo: Undo::Verb(Verb::Resume),
        by_hand: vec![by_hand(case, "pause", &step)],
        template: None,
    })
}

/// `kubectl rollout` knows no Argo Rollouts.
fn by_hand(case: &Case<'_>, word: &str, step: &Step) -> Vec<String> {
    if case.request.object.kind == Kind::Rollout {
        return deliver::by_hand(case, step.call.body.as_ref(), &[]);
    }
    case.kubectl(&["rollout", word, &case.named()])
}

/// What was changed meanwhile is rolled out at once: the template is looked at, and guarded, as that of a rollback.
pub(super) fn resume(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if !template::is_paused(live) {
        return Err(Refusal::NotPaused);
    }
    let pods = &live["spec"]["template"];
    let state = |paused| Before {
        paused: Some(paused),
        ..template::before(
            &template::comparable(live, pods),
            &case.object.shown["spec"]["template"],
            None,
        )
    };
    let wanted = scale::replicas(&live["spec"]);
    let updated = live["status"]["updatedReplicas"].as_u64().unwrap_or(0);
    // An Argo Rollout goes on at the step that it was paused at.
    let steps = case.request.object.kind == Kind::Rollout;
    let waits = updated < u64::from(wanted) && !steps;
    let note = Note::RolloutWaits { updated, wanted };
    let patch = Patch::of(case).seen("/spec/template", pods);
    // Its absence is how it says that it goes on.
    let step = step(case, patch, "paused", &Value::Null);
    Ok(Plan {
        object: case.request.object.clone(),
        verb: Verb::Resume,
        before: state(true),
        after: state(false),
        changes: Changes::Paused(false),
        steps: vec![step.clone()],
        notes: waits.then_some(note).into_iter().collect(),
        undo: Undo::Verb(Verb::Pause),
        by_hand: vec![by_hand(case, "resume", &step)],
        template: waits.then(|| pods.clone()),
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
        steps: vec![step(case, Patch::of(case), "suspend", &suspend.into())],
        notes: (!suspend).then_some(Note::MissedRun).into_iter().collect(),
        undo: Undo::Verb(inverse),
        by_hand: vec![case.kubectl(&["patch", &case.named(), "-p", &by_hand])],
        template: None,
    })
}

fn step(case: &Case<'_>, patch: Patch, field: &str, wanted: &Value) -> Step {
    let seen = &case.object.exact["spec"][field];
    patch
        .replace(&format!("/spec/{field}"), seen, wanted)
        .to(case, case.request.object.path())
}
