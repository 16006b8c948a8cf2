//! Auto-sync of an Application of Argo CD goes off, or is what it was again.
//!
//! `spec.syncPolicy.automated.enabled: false` (Argo CD 3.1 and later) is what stays: git names the field nowhere, so neither the
//! Application's own parent nor its next sync puts it back, while the rest of the policy stands where it stood. What was there
//! is kept in an annotation, for whoever restores it.

pub(super) mod skip;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::call::Call;
use super::patch::Patch;
use super::plan::{Case, Changes, Note, Plan, Refusal, Undo};
use super::record::{Before, Verb};
use super::{FIELD_MANAGER, hold, sync};
use crate::model::{Application, Flux};

const AUTOMATED: &str = "/spec/syncPolicy/automated";
pub(super) const ENABLED: &str = "/spec/syncPolicy/automated/enabled";
/// Where it is kept who suspended what.
const KEPT: [&str; 2] = [Application::SUSPENDED, Flux::SUSPENDED];

/// What is kept on the Application that it was suspended on.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Suspension {
    /// `enabled` as it was; absent where the field was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) enabled: Option<bool>,
    /// The same of `spec.suspend`, of an object of Flux.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) suspend: Option<bool>,
    /// What `skip-reconcile` said, where that is the way; empty where it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) skip: Option<String>,
    /// The user, as the cluster names them; with the reason known once it is confirmed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Suspension {
    /// None where that is no annotation of ours.
    pub(super) fn of(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// As a person may read it.
    pub(super) fn harmless(self) -> Self {
        Self {
            by: inert(&self.by),
            reason: inert(&self.reason),
            ..self
        }
    }

    /// As a plan tells it; nothing of one that is not signed.
    fn told(self) -> Option<Note> {
        let Self { by, reason, .. } = self.harmless();
        (!by.is_empty()).then_some(Note::SuspendedBy { by, reason })
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Who suspended auto-sync and why, where vigie did; nothing where somebody else did.
pub fn suspension(application: &Application) -> Option<Suspension> {
    let writer = application.suspended_by.as_deref()?;
    let note = application.meta.annotations.get(Application::SUSPENDED);
    let said = Suspension::of(note.filter(|_| writer.name == FIELD_MANAGER)?)?;
    Some(said.harmless())
}

/// Of an annotation that anybody may write: what JSON escapes hides from the reading of the object.
pub(super) fn inert(text: &str) -> String {
    const LONGEST: usize = 120;
    let hidden = |letter: &char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
    };
    text.chars()
        .filter(|it| !hidden(it))
        .take(LONGEST)
        .collect()
}

pub(super) fn suspend(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if !live.pointer(AUTOMATED).is_some_and(Value::is_object) {
        return Err(Refusal::NoAutoSync);
    }
    if !is_on(live) {
        return Err(Refusal::AutoSyncSuspended);
    }
    let patch = off(Patch::of(case), live);
    Ok(plan(case, Verb::SuspendSync, patch))
}

/// Auto-sync goes off, and what was there is kept. `live` has it on.
pub(super) fn off(patch: Patch, live: &Value) -> Patch {
    let seen = live.pointer(ENABLED).unwrap_or(&Value::Null);
    let kept = Suspension {
        enabled: seen.as_bool(),
        ..Suspension::default()
    };
    let patch = patch.replace(ENABLED, seen, &false.into());
    noted(patch, live, Application::SUSPENDED, &kept.text())
}

/// It stays as it was seen.
pub(super) fn seen(patch: Patch, live: &Value) -> Patch {
    let policy = &live["spec"]["syncPolicy"];
    if policy.is_object() {
        return patch.seen(AUTOMATED, &policy["automated"]);
    }
    patch.seen("/spec/syncPolicy", policy)
}

/// An auto-sync that never was is not made.
pub(super) fn restore(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    if skip::stands(live) {
        return Ok(skip::restore(case));
    }
    if !live.pointer(AUTOMATED).is_some_and(Value::is_object) {
        return Err(Refusal::NoAutoSync);
    }
    if is_on(live) {
        return Err(Refusal::AutoSyncOn);
    }
    let note = &live["metadata"]["annotations"][Application::SUSPENDED];
    let kept = self::note(live).unwrap_or_default();
    let enabled = kept.enabled.map_or(Value::Null, Value::Bool);
    let mut notes = sync::git_comes_back(&case.object.shown);
    // It may have been left behind by one that somebody ended otherwise.
    let field = ["f:spec", "f:syncPolicy", "f:automated", "f:enabled"];
    let by = hold::writers(&case.object.shown, &field);
    let ours = by.first().is_some_and(|it| it.name == FIELD_MANAGER);
    notes.extend(kept.told().filter(|_| ours));
    let mut patch = Patch::of(case).replace(ENABLED, &false.into(), &enabled);
    if note.is_string() {
        patch = patch.replace(&annotation(Application::SUSPENDED), note, &Value::Null);
    }
    Ok(Plan {
        notes,
        ..plan(case, Verb::RestoreSync, patch)
    })
}

/// What is kept on it.
fn note(application: &Value) -> Option<Suspension> {
    let note = &application["metadata"]["annotations"][Application::SUSPENDED];
    note.as_str().and_then(Suspension::of)
}

/// Whether it syncs by itself.
pub(super) fn is_on(application: &Value) -> bool {
    let automated = application.pointer(AUTOMATED);
    automated.is_some_and(|it| it.is_object() && it["enabled"] != false)
}

pub(super) fn heals(application: &Value) -> bool {
    application
        .pointer(AUTOMATED)
        .is_some_and(|it| it["selfHeal"] == true)
}

/// Who suspends it, and why, is known only when it is confirmed.
pub(super) fn sign(call: &mut Call, by: &str, reason: &str) {
    let operations = call.body.as_mut().and_then(Value::as_array_mut);
    for operation in operations.into_iter().flatten() {
        let note = operation["value"].as_str().and_then(Suspension::of);
        let ours = KEPT.iter().any(|it| operation["path"] == annotation(it));
        // What was there before is tested for, and stays as it was read.
        let written = operation["op"] != "test";
        if let Some(kept) = note.filter(|_| ours && written) {
            let signed = Suspension {
                by: by.to_owned(),
                reason: reason.to_owned(),
                ..kept
            };
            operation["value"] = signed.text().into();
        }
    }
}

/// What the dry run tells of an Argo CD that does not know the field: it is dropped without a word.
pub(super) fn is_kept(answer: &Value) -> bool {
    answer.pointer(ENABLED) == Some(&Value::Bool(false))
}

/// Where an annotation stands.
pub(super) fn annotation(key: &str) -> String {
    format!("/metadata/annotations/{}", key.replace('/', "~1"))
}

pub(super) fn noted(patch: Patch, live: &Value, key: &str, text: &str) -> Patch {
    annotate(patch, live, &[(key, text)])
}

/// An object without annotations has no place for one.
pub(super) fn annotate(patch: Patch, live: &Value, written: &[(&str, &str)]) -> Patch {
    let annotations = &live["metadata"]["annotations"];
    let patch = if annotations.is_object() {
        patch
    } else {
        patch.replace("/metadata/annotations", &Value::Null, &json!({}))
    };
    written.iter().fold(patch, |patch, (key, text)| {
        patch.replace(&annotation(key), &annotations[*key], &Value::from(*text))
    })
}

fn plan(case: &Case<'_>, verb: Verb, patch: Patch) -> Plan {
    let on = verb == Verb::RestoreSync;
    let state = |on| Before {
        auto_sync: Some(on),
        ..Before::default()
    };
    let inverse = if on {
        Verb::SuspendSync
    } else {
        Verb::RestoreSync
    };
    let step = patch.to(case, case.request.object.path());
    let body = step.call.body.as_ref().map(ToString::to_string);
    let patch = body.unwrap_or_default();
    let named = format!("applications.argoproj.io/{}", case.request.object.name);
    Plan {
        object: case.request.object.clone(),
        verb,
        before: state(!on),
        after: state(on),
        changes: Changes::AutoSync(on),
        by_hand: vec![case.kubectl(&["patch", &named, "--type=json", "-p", &patch])],
        steps: vec![step],
        notes: Vec::new(),
        undo: Undo::Verb(inverse),
        template: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::call::Method;
    use crate::insight::stage::{SELF_HEAL, application, at};
    use crate::model::{ClusterId, Writer};

    fn suspended(note: &str, by: &str) -> Option<(String, String)> {
        let mut app = application("beta", Some(SELF_HEAL));
        app.meta.annotations = [(Application::SUSPENDED, note)].into_iter().collect();
        app.suspended_by = Some(Box::new(Writer {
            name: by.into(),
            at: Some(at(0)),
        }));
        suspension(&app).map(|it| (it.by, it.reason))
    }

    #[test]
    fn who_suspended_it_is_believed_of_what_vigie_wrote_and_made_harmless() {
        let note = r#"{"by": "bob\u001b[31m\u202e", "reason": "INC-7"}"#;
        let told = ("bob[31m".to_owned(), "INC-7".to_owned());
        assert_eq!(suspended(note, "vigie"), Some(told));
        assert_eq!(suspended(note, "kubectl-edit"), None);
        assert_eq!(suspended("no document", "vigie"), None);
    }

    #[test]
    fn a_note_that_was_left_behind_is_tested_for_as_it_was() {
        let path = annotation(Application::SUSPENDED);
        let old = json!({"by": "bob", "reason": "INC-1"}).to_string();
        let body = json!([
            {"op": "test", "path": path, "value": old},
            {"op": "replace", "path": path, "value": Suspension::default().text()},
        ]);
        let mut call = Call::to(ClusterId(0), Method::Patch, String::new(), Some(body));
        sign(&mut call, "ann", "INC-2");
        let body = call.body.unwrap();
        assert_eq!(body[0]["value"], *old);
        let signed: Value = serde_json::from_str(body[1]["value"].as_str().unwrap()).unwrap();
        assert_eq!(signed, json!({"by": "ann", "reason": "INC-2"}));
    }

    #[test]
    fn what_is_not_signed_has_no_empty_names() {
        assert_eq!(Suspension::default().text(), "{}");
    }

    #[test]
    fn it_is_on_unless_it_says_off_or_nothing() {
        let of = |automated: Value| json!({"spec": {"syncPolicy": {"automated": automated}}});
        assert!(is_on(&of(json!({}))) && is_on(&of(json!({"enabled": true}))));
        assert!(!is_on(&of(json!({"enabled": false}))) && !is_on(&of(Value::Null)));
        assert!(!is_on(&json!({"spec": {}})));
    }
}
