//! What Argo CD is asked to do with an Application: sync, refresh, end the operation under way.
//!
//! Requests are those of Argo CD's own API server: `operation` stands on the object itself, and is written only while none is
//! there and the last one is that which was seen, since a blind write would replace a running one (argoproj/argo-cd
//! `server/application/application.go`, `util/argo/argo.go`).

use serde_json::{Value, json};

use super::auto_sync::{self, annotate, skip};
use super::follow::Reached;
use super::patch::Patch;
use super::plan::{Case, Changes, Note, Plan, Refusal, Undo};
use super::record::{Before, OutcomeVerdict, Verb};
use crate::insight::{Applications, Entries, Entry, Kept, Window, is_commit, window};
use crate::model::{Application, Moment, OperationPhase, SyncOperation, Text};

pub(super) const REFRESH: &str = "argocd.argoproj.io/refresh";
const STARTED: &str = "/status/operationState/startedAt";
/// Seconds that an answer may have been on its way.
const LEEWAY: i64 = 5;

/// `user` as the cluster names who asks.
pub(super) fn sync(case: &Case<'_>, user: Option<&str>, prune: bool) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    skip::looked_at(live)?;
    idle(live)?;
    let mut operation = operation(live, user, prune);
    let retry = &live["spec"]["syncPolicy"]["retry"];
    if retry.is_object() {
        operation["retry"] = retry.clone();
    }
    let patch = operate(Patch::of(case), live, &operation);
    let verb = if prune {
        Verb::SyncAndPrune
    } else {
        Verb::Sync
    };
    let mut words = vec!["app", "sync"];
    let name = case.request.object.name.to_string();
    words.push(&name);
    if prune {
        words.push("--prune");
    }
    let gone = unowned(&case.object.shown);
    let gone = (!gone.is_empty()).then(|| {
        if prune {
            Note::Prunes(gone)
        } else {
            Note::Leaves(gone)
        }
    });
    Ok(Plan {
        changes: Changes::Synced(differing(&case.object.shown).len()),
        notes: gone.into_iter().chain(barred(case)).collect(),
        ..asked(case, verb, patch, argocd(&words))
    })
}

/// Argo CD's own dry run: it writes nothing but how that went. Tried once, since the next try finds the same.
pub(super) fn rehearse(case: &Case<'_>, user: Option<&str>, prune: bool) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    skip::looked_at(live)?;
    idle(live)?;
    let mut operation = operation(live, user, prune);
    operation["sync"]["dryRun"] = true.into();
    let patch = operate(Patch::of(case), live, &operation);
    let name = case.request.object.name.to_string();
    let prunes = prune.then_some("--prune");
    let words = ["app", "sync", name.as_str(), "--dry-run"];
    let words: Vec<_> = words.into_iter().chain(prunes).collect();
    let counts = auto_sync::is_on(live).then(|| Note::CountsAsAttempt {
        heals: auto_sync::heals(live),
    });
    let notes = [Note::Rehearses].into_iter().chain(counts);
    Ok(Plan {
        notes: notes.chain(barred(case)).collect(),
        ..asked(case, Verb::SyncDryRun, patch, argocd(&words))
    })
}

fn operation(live: &Value, user: Option<&str>, prune: bool) -> Value {
    let options = &live["spec"]["syncPolicy"]["syncOptions"];
    let mut operation = json!({
        "initiatedBy": initiator(user),
        "sync": {"prune": prune, "syncStrategy": {"hook": {}}},
    });
    if options.is_array() {
        operation["sync"]["syncOptions"] = options.clone();
    }
    operation
}

/// Nothing is under way.
pub(super) fn idle(live: &Value) -> Result<(), Refusal> {
    if live["operation"].is_null() {
        return Ok(());
    }
    let began = live["status"]["operationState"]["startedAt"].as_str();
    Err(Refusal::Busy(began.and_then(Moment::from_rfc3339)))
}

pub(super) fn initiator(user: Option<&str>) -> Value {
    let by = format!("vigie:{}", user.unwrap_or_default());
    json!({"username": by.trim_end_matches(':')})
}

/// The operation is asked for, where none is, and none was begun since the last one that was seen.
pub(super) fn operate(patch: Patch, live: &Value, operation: &Value) -> Patch {
    let patch = patch.replace("/operation", &Value::Null, operation);
    let last = &live["status"]["operationState"];
    if !last.is_object() {
        // Before its first comparison it has no status.
        let told = live["status"].is_object();
        return if told {
            patch.seen("/status/operationState", last)
        } else {
            patch
        };
    }
    patch
        .seen(STARTED, &last["startedAt"])
        .remove("/status/operationState")
}

/// Where a window keeps a sync that a person starts from beginning: the operation stands there until then, and runs all by
/// itself.
pub(super) fn barred(case: &Case<'_>) -> Option<Note> {
    let object = &case.request.object;
    let kept = Kept {
        home: object.cluster,
        application: case
            .world
            .store
            .cluster(object.cluster)?
            .application(object.uid?)?,
    };
    let (_, project) = Applications::of(case.world.store).project(kept);
    match window(project?, kept.application, case.world.now) {
        Window::Closed {
            until,
            manual: false,
        } => Some(Note::WindowClosed(until)),
        Window::Broken => Some(Note::WindowClosed(None)),
        Window::Open | Window::Closed { .. } => None,
    }
}

/// Objects that are not as git has them: `Deployment web`.
pub(super) fn differing(application: &Value) -> Vec<Text> {
    named(application, |it| {
        it["status"] == "OutOfSync" && it["requiresPruning"] != true
    })
}

/// Those that git has no more.
fn unowned(application: &Value) -> Vec<Text> {
    named(application, |it| it["requiresPruning"] == true)
}

fn named(application: &Value, which: impl Fn(&Value) -> bool) -> Vec<Text> {
    let resources = application["status"]["resources"].as_array();
    let differ = resources.into_iter().flatten();
    let differ = differ.filter(|it| which(it));
    let word = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let name = |it: &Value| format!("{} {}", word(&it["kind"]), word(&it["name"])).into();
    differ.map(name).collect()
}

/// What comes with git, where Argo CD syncs by itself from then on.
pub(super) fn git_comes_back(application: &Value) -> Vec<Note> {
    let differ = differing(application);
    let newest = Entries::of(application).newest();
    let runs = newest.as_ref().and_then(Entry::commit);
    // A commit that changes nothing of it is not deployed.
    let elsewhere = runs.zip(at(application));
    let elsewhere = elsewhere.filter(|(runs, git)| runs != git && !differ.is_empty());
    let elsewhere = elsewhere.map(|(runs, git)| Note::GitIsElsewhere {
        runs: runs.into(),
        git: git.into(),
    });
    let back = (!differ.is_empty()).then_some(Note::GitComesBack(differ));
    elsewhere.into_iter().chain(back).collect()
}

/// The commit that git is at, as Argo CD last compared with it; None where that is no single commit.
pub(super) fn at(application: &Value) -> Option<&str> {
    let revision = application["status"]["sync"]["revision"].as_str();
    revision.filter(|it| is_commit(it))
}

/// `hard` drops what is cached of the manifests, too.
pub(super) fn refresh(case: &Case<'_>, hard: bool) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    skip::looked_at(live)?;
    let (word, verb) = if hard {
        ("hard", Verb::HardRefresh)
    } else {
        ("normal", Verb::Refresh)
    };
    let patch = annotate(Patch::of(case), live, &[(REFRESH, word)]);
    let name = case.request.object.name.to_string();
    let flag = if hard { "--hard-refresh" } else { "--refresh" };
    let by_hand = argocd(&["app", "get", &name, flag]);
    let deploys = auto_sync::is_on(live).then_some(Note::DeploysGit);
    Ok(Plan {
        notes: deploys.into_iter().collect(),
        ..asked(case, verb, patch, by_hand)
    })
}

pub(super) fn terminate(case: &Case<'_>) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    let phase = &live["status"]["operationState"]["phase"];
    if live["operation"].is_null() || *phase != "Running" {
        return Err(Refusal::Idle);
    }
    let patch =
        Patch::of(case).replace("/status/operationState/phase", phase, &"Terminating".into());
    let name = case.request.object.name.to_string();
    let by_hand = argocd(&["app", "terminate-op", &name]);
    Ok(asked(case, Verb::Terminate, patch, by_hand))
}

pub(super) fn argocd(words: &[&str]) -> Vec<String> {
    let words = ["argocd"].iter().chain(words);
    words.map(ToString::to_string).collect()
}

fn asked(case: &Case<'_>, verb: Verb, patch: Patch, by_hand: Vec<String>) -> Plan {
    let object = case.request.object.clone();
    let step = patch.to(case, object.path());
    Plan {
        object,
        verb,
        before: Before::default(),
        after: Before::default(),
        changes: Changes::Asked,
        steps: vec![step],
        notes: Vec::new(),
        undo: Undo::Asked,
        by_hand: vec![by_hand],
        template: None,
    }
}

/// The operation that was asked for, since that moment, has ended.
pub(super) fn synced(application: &Application, since: Moment) -> Option<Reached> {
    let last = over(application, since).filter(|it| it.rehearsal.is_none())?;
    Some(match last.phase {
        OperationPhase::Succeeded => Reached::plain(OutcomeVerdict::Reached),
        _ => Reached::with(OutcomeVerdict::Failed, &last.message),
    })
}

/// The same of a dry run, with what it would have done.
pub(super) fn rehearsed(application: &Application, since: Moment) -> Option<Reached> {
    let last = over(application, since)?;
    let rehearsal = last.rehearsal.as_deref()?;
    Some(match last.phase {
        OperationPhase::Succeeded => Reached {
            verdict: OutcomeVerdict::Reached,
            detail: serde_json::to_string(rehearsal).unwrap_or_default(),
        },
        _ if rehearsal.failure.is_empty() => Reached::with(OutcomeVerdict::Failed, &last.message),
        _ => Reached::with(OutcomeVerdict::Failed, &rehearsal.failure),
    })
}

/// The last operation, where it was begun since and has ended.
fn over(application: &Application, since: Moment) -> Option<&SyncOperation> {
    let last = application.operation.as_deref()?;
    let ours = last.started.is_some_and(|it| it.plus(LEEWAY) >= since);
    (!application.requested && ours && last.phase.is_over()).then_some(last)
}

/// The controller takes the annotation away once it has looked.
pub(super) fn refreshed(application: &Application, since: Moment) -> Option<Reached> {
    let asked = application.meta.annotations.get(REFRESH).is_some();
    let looked = application
        .reconciled
        .is_some_and(|it| it.plus(LEEWAY) >= since);
    (!asked && looked).then(|| Reached::plain(OutcomeVerdict::Reached))
}

pub(super) fn ended(application: &Application) -> Option<Reached> {
    let last = application.operation.as_ref()?;
    let over = !application.requested && last.phase.is_over();
    over.then(|| Reached::plain(OutcomeVerdict::Reached))
}
