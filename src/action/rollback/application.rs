//! Back to what an Application of Argo CD deployed before: an operation with the source of that entry of its history, as Argo
//! CD's own API starts it (argoproj/argo-cd `server/application/application.go`, `Rollback`).

use serde_json::{Value, json};

use crate::action::patch::Patch;
use crate::action::plan::{Case, Changes, Note, Plan, Refusal, Undo};
use crate::action::record::{Before, Verb};
use crate::action::{auto_sync, sync};
use crate::insight::{Diff, Entries, Entry};

/// Back to the entry of that number; to the newest that says something else than the last one where none is named.
///
/// While auto-sync is on it is refused, as Argo CD's API refuses it: the commit that git names would come back. Where the
/// request says that auto-sync goes off first, one patch does both, so that no sync comes in between.
pub(in crate::action) fn plan(
    case: &Case<'_>,
    user: Option<&str>,
    wanted: Option<u64>,
) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    let object = &case.request.object;
    sync::idle(live)?;
    if !live["metadata"]["deletionTimestamp"].is_null() {
        return Err(Refusal::Leaving);
    }
    let suspends = auto_sync::is_on(live);
    if suspends && case.request.suspended.as_ref() != Some(object) {
        return Err(Refusal::AutoSyncForbids);
    }
    let entries = Entries::of(live);
    let newest = entries.newest().ok_or(Refusal::NoOther)?;
    let entry = target(&entries, &newest, wanted)?;
    if entry.is_sourceless() {
        return Err(Refusal::NoSource { entry: entry.id });
    }
    let synced = live["status"]["sync"]["status"] == "Synced";
    if entry.id == newest.id && synced {
        return Err(Refusal::Identical {
            revision: Some(entry.id),
        });
    }
    let mut patch = Patch::of(case);
    if suspends {
        patch = auto_sync::off(patch, live);
    }
    let patch = sync::operate(patch, live, &operation(live, &entry, user));
    let state = |revision, on: bool| Before {
        revision,
        auto_sync: suspends.then_some(on),
        ..Before::default()
    };
    let shown = Entries::of(&case.object.shown);
    let diff = match (shown.numbered(newest.id), shown.numbered(entry.id)) {
        (Some(now), Some(then)) => Diff::of_entries(now.value, then.value),
        _ => Diff::default(),
    };
    let name = object.name.to_string();
    let id = entry.id.to_string();
    let back = sync::argocd(&["app", "rollback", &name, &id]);
    let off = ["app", "set", &name, "--sync-policy", "none"];
    let off = suspends.then(|| sync::argocd(&off));
    Ok(Plan {
        object: object.clone(),
        verb: Verb::RollBack,
        before: state(Some(newest.id), true),
        after: state(Some(newest.id + 1), false),
        changes: Changes::Source(diff),
        steps: vec![patch.to(case, object.path())],
        notes: notes(case, &newest, &entry, suspends),
        undo: Undo::ToEntry(newest.id),
        by_hand: off.into_iter().chain([back]).collect(),
        template: None,
    })
}

fn target<'a>(
    entries: &Entries<'a>,
    newest: &Entry<'a>,
    wanted: Option<u64>,
) -> Result<Entry<'a>, Refusal> {
    match wanted {
        Some(id) => entries.numbered(id).ok_or_else(|| Refusal::Pruned {
            revision: id,
            oldest: entries.oldest().map(|it| it.id),
        }),
        None => entries.before(newest).ok_or(Refusal::NoOther),
    }
}

fn operation(live: &Value, entry: &Entry<'_>, user: Option<&str>) -> Value {
    let mut back = json!({"prune": false, "syncStrategy": {"apply": {}}});
    let told = ["revision", "revisions", "source", "sources"];
    for field in told {
        let value = &entry.value[field];
        // Of several sources the single one is there and empty.
        if !entry.lacks(field) {
            back[field] = value.clone();
        }
    }
    let options = &live["spec"]["syncPolicy"]["syncOptions"];
    if options.is_array() {
        back["syncOptions"] = options.clone();
    }
    json!({"initiatedBy": sync::initiator(user), "sync": back})
}

fn notes(case: &Case<'_>, newest: &Entry<'_>, entry: &Entry<'_>, suspends: bool) -> Vec<Note> {
    let mut notes: Vec<_> = sync::barred(case).into_iter().collect();
    if suspends {
        notes.push(Note::AutoSyncOff);
    }
    notes.push(Note::NotPruned);
    notes.extend(revert(newest, entry));
    notes
}

/// What lasts for good: the way back in git, where both are commits of one repository.
fn revert(newest: &Entry<'_>, entry: &Entry<'_>) -> Option<Note> {
    let (now, then) = (newest.commit()?, entry.commit()?);
    let repository = |it: &Entry<'_>| it.value["source"]["repoURL"].as_str().map(str::to_owned);
    let (from, to) = (repository(newest)?, repository(entry)?);
    (from == to && now != then).then(|| Note::Revert {
        repository: crate::model::without_password(&from),
        path: newest.value["source"]["path"]
            .as_str()
            .unwrap_or(".")
            .to_owned(),
        from: now.to_owned(),
        to: then.to_owned(),
    })
}
