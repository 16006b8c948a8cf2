//! Where Argo CD knows no `automated.enabled`, before 3.1: it is told not to look at the Application.
//!
//! `argocd.argoproj.io/skip-reconcile` stays under a parent that heals, since git names it nowhere. The controller passes the
//! Application over (argoproj/argo-cd `controller/appcontroller.go`, `canProcessApp`): its status freezes, and what is asked of
//! it waits. Once it is taken away nothing has the Application compared for minutes: a refresh is asked for in the same write.

use serde_json::Value;

use super::{Suspension, annotate, annotation, is_on, note};
use crate::action::patch::Patch;
use crate::action::plan::{Case, Changes, Note, Plan, Refusal};
use crate::action::record::{Before, Verb};
use crate::action::sync;
use crate::model::Application;

/// Where the annotation stands.
pub(in crate::action) fn place() -> String {
    annotation(Application::SKIP_RECONCILE)
}

pub(in crate::action) fn stands(application: &Value) -> bool {
    let said = application["metadata"]["annotations"][Application::SKIP_RECONCILE].as_str();
    said.is_some_and(Application::says_skip)
}

/// Nothing that is asked of it would be done.
pub(in crate::action) fn looked_at(application: &Value) -> Result<(), Refusal> {
    if stands(application) {
        return Err(Refusal::Skipped);
    }
    Ok(())
}

pub(in crate::action) fn suspend(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if stands(live) {
        return Err(Refusal::AutoSyncSuspended);
    }
    // It would stand still half-way, and go on with the restore.
    sync::idle(live)?;
    let seen = live["metadata"]["annotations"][Application::SKIP_RECONCILE].as_str();
    let kept = Suspension {
        skip: Some(seen.unwrap_or_default().to_owned()),
        ..Suspension::default()
    };
    let patch = super::seen(Patch::of(case), live).seen("/operation", &Value::Null);
    let written = [
        (Application::SKIP_RECONCILE, "true"),
        (Application::SUSPENDED, &kept.text()),
    ];
    let patch = annotate(patch, live, &written);
    Ok(plan(case, Verb::SuspendSync, patch, vec![Note::Frozen]))
}

/// What somebody else wrote goes, too, and their note with none of ours.
pub(super) fn restore(case: &Case<'_>) -> Plan {
    let live = &case.object.exact;
    let annotations = &live["metadata"]["annotations"];
    // A note of the other way is for what is still off then.
    let kept = note(live).filter(|it| it.skip.is_some());
    let before = kept.as_ref().and_then(|it| it.skip.as_deref());
    let before = before.filter(|it| !it.is_empty() && !Application::says_skip(it));
    let before = before.map_or(Value::Null, Value::from);
    let seen = |key: &str| &annotations[key];
    let mut patch = Patch::of(case).replace(&place(), seen(Application::SKIP_RECONCILE), &before);
    if kept.is_some() {
        let place = annotation(Application::SUSPENDED);
        patch = patch.replace(&place, seen(Application::SUSPENDED), &Value::Null);
    }
    let patch = annotate(patch, live, &[(sync::REFRESH, "normal")]);
    let again = Note::LooksAgain { syncs: is_on(live) };
    let by = kept.and_then(Suspension::told);
    let notes = [again].into_iter().chain(by).collect();
    plan(case, Verb::RestoreSync, patch, notes)
}

fn plan(case: &Case<'_>, verb: Verb, patch: Patch, notes: Vec<Note>) -> Plan {
    let skips = verb == Verb::SuspendSync;
    let state = |skips| Before {
        skips: Some(skips),
        ..Before::default()
    };
    Plan {
        before: state(!skips),
        after: state(skips),
        changes: Changes::Skips(skips),
        notes,
        ..super::plan(case, verb, patch)
    }
}

#[cfg(test)]
mod tests;
