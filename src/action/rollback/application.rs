//! Back to what an Application of Argo CD deployed before: an operation with the source of that entry of its history, as Argo
//! CD's own API starts it (argoproj/argo-cd `server/application/application.go`, `Rollback`).

use serde_json::{Value, json};

use crate::action::patch::Patch;
use crate::action::plan::{Case, Changes, Note, Plan, Refusal, Undo};
use crate::action::record::{Before, Verb};
use crate::action::{Through, auto_sync, sync};
use crate::insight::{Diff, Entries, Entry};

/// Back to the entry of that number; to the newest that says something else than the last one where none is named.
///
/// While auto-sync is on it is refused, as Argo CD's API refuses it: the commit that git names would come back. Where the
/// request says that auto-sync goes off first, one patch does both, so that no sync comes in between; where the console
/// switches it off, that is done before, and the policy is not there any more when this is sent.
pub(in crate::action) fn plan(
    case: &Case<'_>,
    user: Option<&str>,
    wanted: Option<u64>,
) -> Result<Plan, Refusal> {
    let live = &case.object.exact;
    let object = &case.request.object;
    auto_sync::skip::looked_at(live)?;
    sync::idle(live)?;
    if !live["metadata"]["deletionTimestamp"].is_null() {
        return Err(Refusal::Leaving);
    }
    let on = auto_sync::is_on(live);
    if on && case.request.suspended.as_ref() != Some(object) {
        return Err(Refusal::AutoSyncForbids);
    }
    let before = on && case.request.through == Through::Console;
    let suspends = on && !before;
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
    let patch = Patch::of(case);
    let patch = if suspends {
        auto_sync::off(patch, live)
    } else if before {
        patch
    } else {
        auto_sync::seen(patch, live)
    };
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
        after: state(Some(newest.id.saturating_add(1)), false),
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
    // Of what is shown, since it is said.
    let shown = Entries::of(&case.object.shown);
    let both = shown.numbered(newest.id).zip(shown.numbered(entry.id));
    let there = both.and_then(|(_, entry)| entry.commit());
    let there = there.filter(|it| sync::at(&case.object.shown) == Some(it));
    notes.extend(match there {
        Some(commit) => Some(Note::GitIsThere(commit.into())),
        None => both.and_then(|(newest, entry)| revert(&newest, &entry)),
    });
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::action::{Accepted, Action, Guard, Request, World};
    use crate::insight::stage::Stage;
    use crate::model::{ClusterId, Kind, ObjectRef, Text, Uid};

    fn application() -> Value {
        let entry = |id: u64, letter: &str| {
            json!({
                "id": id,
                "revision": letter.repeat(40),
                "source": {"repoURL": "https://git.test/beta", "path": "prod"},
            })
        };
        json!({
            "metadata": {"uid": "u", "annotations": {}},
            "spec": {"syncPolicy": {"syncOptions": ["ServerSideApply=true"]}},
            "status": {
                "sync": {"status": "Synced"},
                "operationState": {"phase": "Succeeded", "startedAt": "2026-11-24T02:00:00Z"},
                "history": [entry(3, "a"), entry(4, "b")],
            },
        })
    }

    fn planned(live: &Value, entry: Option<u64>, lasts: Option<Through>) -> Result<Plan, Refusal> {
        let stage = Stage::new();
        let object = ObjectRef {
            cluster: ClusterId(0),
            kind: Kind::Application.into(),
            namespace: "argocd".into(),
            name: "beta".into(),
            uid: Some(Uid::from_text("u")),
        };
        let request = Request {
            suspended: lasts.map(|_| object.clone()),
            through: lasts.unwrap_or_default(),
            ..Request::new(object, Action::Redeploy { entry })
        };
        let read = Accepted {
            exact: live.clone(),
            shown: live.clone(),
            warnings: Vec::new(),
        };
        let world = World {
            store: &stage.store,
            places: &stage.places(),
            guard: &Guard::default(),
            now: stage.now,
        };
        let case = Case {
            request: &request,
            object: &read,
            world: &world,
            at: stage.now,
        };
        plan(&case, Some("oncall"), entry)
    }

    fn changed(plan: &Plan, path: &str) -> Value {
        let body = plan.steps[0].call.body.as_ref().unwrap();
        let mut changes = body.as_array().unwrap().iter();
        let found = changes.find(|it| it["path"] == path && it["op"] != "test");
        found.map(|it| it["value"].clone()).unwrap_or_default()
    }

    #[test]
    fn the_operation_has_the_source_of_the_entry_and_the_options_of_the_application() {
        let plan = planned(&application(), None, None).unwrap();
        let told = json!({
            "initiatedBy": {"username": "vigie:oncall"},
            "sync": {
                "prune": false,
                "revision": "a".repeat(40),
                "source": {"repoURL": "https://git.test/beta", "path": "prod"},
                "syncOptions": ["ServerSideApply=true"],
                "syncStrategy": {"apply": {}},
            },
        });
        assert_eq!(changed(&plan, "/operation"), told);
        assert_eq!(plan.undo, Undo::ToEntry(4));
        assert_eq!(plan.after.revision, Some(5));
        assert_eq!(plan.after.auto_sync, None);
        assert!(!plan.notes.contains(&Note::AutoSyncOff));
        // Nobody switches auto-sync on meanwhile.
        let body = plan.steps[0].call.body.as_ref().unwrap();
        let seen = json!({"op": "test", "path": "/spec/syncPolicy/automated", "value": null});
        assert!(body.as_array().unwrap().contains(&seen), "{body}");
    }

    #[test]
    fn what_git_says_already_needs_no_revert() {
        let mut live = application();
        let at = |letter: &str| Text::from(letter.repeat(40));
        live["status"]["sync"]["revision"] = json!(at("b"));
        let notes = planned(&live, None, None).unwrap().notes;
        assert!(notes.iter().any(|it| matches!(it, Note::Revert { .. })));
        live["status"]["sync"]["revision"] = json!(at("a"));
        let notes = planned(&live, None, None).unwrap().notes;
        assert_eq!(notes, [Note::NotPruned, Note::GitIsThere(at("a"))]);
        // What runs is another: that is what a restore ends, where the commit changes anything of it.
        assert_eq!(sync::git_comes_back(&live), []);
        live["status"]["resources"] =
            json!([{"kind": "Deployment", "name": "web", "status": "OutOfSync"}]);
        let moved = Note::GitIsElsewhere {
            runs: at("b"),
            git: at("a"),
        };
        let back = Note::GitComesBack(vec!["Deployment web".into()]);
        assert_eq!(sync::git_comes_back(&live), [moved, back]);
    }

    #[test]
    fn of_several_sources_the_single_one_is_empty_and_left_away() {
        let mut live = application();
        let sources =
            json!([{"repoURL": "https://git.test/a"}, {"chart": "redis", "repoURL": "x"}]);
        live["status"]["history"][0] = json!({
            "id": 3, "revision": "", "source": {"repoURL": ""},
            "revisions": ["a", "1.2.3"], "sources": sources,
        });
        let plan = planned(&live, Some(3), None).unwrap();
        let sync = &changed(&plan, "/operation")["sync"];
        assert_eq!(
            (&sync["sources"], &sync["revisions"][1]),
            (&sources, &"1.2.3".into())
        );
        assert!(sync.get("source").is_none() && sync.get("revision").is_none());
    }

    /// When it is sent, the policy that is seen now is gone.
    #[test]
    fn what_the_console_takes_away_before_is_neither_written_nor_tested() {
        let mut live = application();
        live["spec"]["syncPolicy"]["automated"] = json!({"selfHeal": true});
        let plan = planned(&live, None, Some(Through::Console)).unwrap();
        let body = plan.steps[0].call.body.as_ref().unwrap().to_string();
        assert!(!body.contains("/spec/syncPolicy"), "{body}");
        assert_eq!(plan.after.auto_sync, None);
        assert_eq!(changed(&plan, "/operation")["sync"]["prune"], false);
    }

    #[test]
    fn auto_sync_goes_off_in_the_same_patch_or_it_is_refused() {
        let mut live = application();
        live["spec"]["syncPolicy"]["automated"] = json!({"selfHeal": true});
        let alone = planned(&live, None, None);
        assert_eq!(alone.err(), Some(Refusal::AutoSyncForbids));
        let plan = planned(&live, None, Some(Through::Itself)).unwrap();
        let off = changed(&plan, "/spec/syncPolicy/automated/enabled");
        assert_eq!((off, plan.steps.len()), (json!(false), 1));
        assert_eq!(plan.after.auto_sync, Some(false));
        assert!(plan.notes.contains(&Note::AutoSyncOff));
    }

    #[rstest]
    #[case::busy("/operation", json!({"sync": {}}), None, Refusal::Busy(crate::model::Moment::from_rfc3339("2026-11-24T02:00:00Z")))]
    #[case::leaving("/metadata/deletionTimestamp", json!("2026-11-24T02:00:00Z"), None, Refusal::Leaving)]
    #[case::nothing_yet("/status/history", json!([]), None, Refusal::NoOther)]
    #[case::no_history("/status", json!("garbage"), None, Refusal::NoOther)]
    #[case::the_last_one("/x", json!(0), Some(4), Refusal::Identical { revision: Some(4) })]
    #[case::unknown("/x", json!(0), Some(9), Refusal::Pruned { revision: 9, oldest: Some(3) })]
    #[case::without_source("/status/history/0/source", json!(null), None, Refusal::NoSource { entry: 3 })]
    fn what_cannot_be_gone_back_to_is_refused(
        #[case] path: &str,
        #[case] value: Value,
        #[case] entry: Option<u64>,
        #[case] refusal: Refusal,
    ) {
        let mut live = application();
        let (parent, key) = path.rsplit_once('/').unwrap();
        live.pointer_mut(parent).unwrap()[key] = value;
        assert_eq!(planned(&live, entry, None).err(), Some(refusal));
    }
}
