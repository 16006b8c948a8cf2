//! What Flux is asked to do with a Kustomization or a `HelmRelease`: reconcile, write nothing for a while, go on.
//!
//! Requests are those of fluxcd/flux2 `cmd/flux`: an annotation with a new value, and `spec.suspend`. Who suspended it and why
//! is kept in an annotation, which neither the source nor a controller writes.

use serde_json::{Value, json};

use super::auto_sync::{Suspension, inert, noted};
use super::follow::Reached;
use super::patch::Patch;
use super::plan::{Case, Changes, Note, Plan, Refusal, Undo};
use super::record::{Before, OutcomeVerdict, Verb};
use super::{FIELD_MANAGER, auto_sync};
use crate::model::{Flux, Kind, Moment, ObjectKind, Status};

const SUSPEND: &str = "/spec/suspend";

/// Who suspended it and why, where vigie did; nothing where somebody else did.
pub fn flux_suspension(flux: &Flux) -> Option<Suspension> {
    let writer = flux.suspended_by.as_deref()?;
    let note = flux.meta.annotations.get(Flux::SUSPENDED);
    let said = Suspension::of(note.filter(|_| writer.name == FIELD_MANAGER)?)?;
    Some(said.harmless())
}

pub(super) fn suspend(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if is_suspended(live) {
        return Err(Refusal::AlreadySuspended);
    }
    let seen = &live["spec"]["suspend"];
    let kept = Suspension {
        suspend: seen.as_bool(),
        ..Suspension::default()
    };
    let patch = Patch::of(case).replace(SUSPEND, seen, &true.into());
    let patch = noted(patch, live, Flux::SUSPENDED, &kept.text());
    Ok(plan(case, Verb::SuspendFlux, patch))
}

pub(super) fn resume(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if !is_suspended(live) {
        return Err(Refusal::NotSuspended);
    }
    let note = &live["metadata"]["annotations"][Flux::SUSPENDED];
    let kept = note.as_str().and_then(Suspension::of).unwrap_or_default();
    // Whoever wrote there, what is resumed is not suspended.
    let was = kept.suspend.filter(|it| !it);
    let was = was.map_or(Value::Null, Value::Bool);
    let mut patch = Patch::of(case).replace(SUSPEND, &true.into(), &was);
    if note.is_string() {
        let place = auto_sync::annotation(Flux::SUSPENDED);
        patch = patch.replace(&place, note, &Value::Null);
    }
    let mut notes = vec![Note::FluxWrites];
    if !kept.by.is_empty() {
        notes.push(Note::SuspendedBy {
            by: inert(&kept.by),
            reason: inert(&kept.reason),
        });
    }
    Ok(Plan {
        notes,
        ..plan(case, Verb::ResumeFlux, patch)
    })
}

fn is_suspended(live: &Value) -> bool {
    live["spec"]["suspend"] == true
}

fn plan(case: &Case<'_>, verb: Verb, patch: Patch) -> Plan {
    let suspends = verb == Verb::SuspendFlux;
    let state = |suspended| Before {
        suspended: Some(suspended),
        ..Before::default()
    };
    let inverse = if suspends {
        Verb::ResumeFlux
    } else {
        Verb::SuspendFlux
    };
    let word = if suspends { "suspend" } else { "resume" };
    let step = patch.to(case, case.request.object.path());
    Plan {
        object: case.request.object.clone(),
        verb,
        before: state(!suspends),
        after: state(suspends),
        changes: Changes::Suspended(suspends),
        by_hand: vec![flux(case, word)],
        steps: vec![step],
        notes: Vec::new(),
        undo: Undo::Verb(inverse),
        template: None,
    }
}

/// The moment is its own sign: what is taken up tells it.
pub(super) fn reconcile(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if is_suspended(live) {
        return Err(Refusal::FluxSuspended);
    }
    let annotations = &live["metadata"]["annotations"];
    let mut patch = Patch::of(case);
    if !annotations.is_object() {
        patch = patch.replace("/metadata/annotations", &Value::Null, &json!({}));
    }
    let seen = &annotations[Flux::REQUESTED];
    let asked = token(case.at, seen.as_str());
    let place = auto_sync::annotation(Flux::REQUESTED);
    let patch = patch.replace(&place, seen, &asked.as_str().into());
    let step = patch.to(case, case.request.object.path());
    let object = case.request.object.clone();
    Ok(Plan {
        object,
        verb: Verb::Reconcile,
        before: Before::default(),
        after: Before {
            requested: Some(asked),
            ..Before::default()
        },
        changes: Changes::Reconciled,
        steps: vec![step],
        notes: Vec::new(),
        undo: Undo::Asked,
        by_hand: vec![flux(case, "reconcile")],
        template: None,
    })
}

/// Another one than that of a request within the same second.
fn token(at: Moment, seen: Option<&str>) -> String {
    let token = at.to_rfc3339();
    if seen == Some(&token) {
        return token.replace('Z', ".5Z");
    }
    token
}

/// `flux suspend kustomization beta -n flux-system`.
fn flux(case: &Case<'_>, word: &str) -> Vec<String> {
    let object = &case.request.object;
    let kind = kind_word(&object.kind);
    let cluster = case.world.store.cluster(object.cluster);
    let context = cluster.map(|it| it.name().as_str()).unwrap_or_default();
    let mut words = vec!["flux", word, kind, &object.name, "-n", &object.namespace];
    if context != crate::model::IN_CLUSTER {
        words.extend(["--context", context]);
    }
    words.into_iter().map(str::to_owned).collect()
}

fn kind_word(kind: &ObjectKind) -> &'static str {
    if *kind == Kind::HelmRelease {
        "helmrelease"
    } else {
        "kustomization"
    }
}

/// The request, or a later one, was taken up to the end, and what came of it.
pub(super) fn reconciled(flux: &Flux, asked: &str) -> Option<Reached> {
    let later = Moment::from_rfc3339(&flux.handled) > Moment::from_rfc3339(asked);
    if flux.handled != asked && !later {
        return None;
    }
    let ready = flux.condition("Ready")?;
    match ready.status {
        Status::True => Some(Reached::plain(OutcomeVerdict::Reached)),
        Status::False => Some(Reached::with(OutcomeVerdict::Failed, &ready.message)),
        Status::Unknown => None,
    }
}

#[cfg(test)]
mod tests;
