# Argo CD: what is asked of it, and what it does to a change.
act-sync = sync
act-sync-and-prune = sync and prune
act-sync-dry-run = dry-run a sync of
act-refresh = refresh
act-hard-refresh = refresh hard
act-terminate = end the operation of
act-suspend-sync = suspend auto-sync of
act-restore-sync = restore auto-sync of
plan-sync = sync { $name }
plan-sync-and-prune = sync { $name } and prune
plan-sync-dry-run = dry run of a sync of { $name }
plan-refresh = refresh { $name }
plan-hard-refresh = refresh { $name } and its caches
plan-terminate = end the operation of { $name }
plan-suspend-sync = suspend auto-sync of { $name }
plan-restore-sync = restore auto-sync of { $name }
done-sync = synced
done-sync-and-prune = synced and pruned
done-sync-dry-run = dry run done
done-refresh = refreshed
done-hard-refresh = refreshed
done-terminate = ended
done-suspend-sync = suspended
done-restore-sync = restored
not-done-sync = not synced
not-done-sync-and-prune = not synced
not-done-sync-dry-run = no dry run
not-done-refresh = not refreshed
not-done-hard-refresh = not refreshed
not-done-terminate = not ended
not-done-suspend-sync = auto-sync not suspended
not-done-restore-sync = auto-sync not restored
refusal-no-auto-sync = Nothing to do: { $name } has no auto-sync.
refusal-auto-sync-suspended = Nothing to do: auto-sync of { $name } is suspended.
refusal-auto-sync-on = Nothing to do: auto-sync of { $name } is on.
refusal-no-enabled = Not rolled back: the Argo CD of { $name } is older than 3.1. Its auto-sync goes off by skip-reconcile alone, and then Argo CD rolls nothing back: roll back the workload itself. Nothing was sent.
refusal-skipped = Nothing would come of it: skip-reconcile stands on { $name }, and Argo CD does not look at it. Nothing was sent.
refusal-busy = An operation of { $name } is under way. Nothing was sent.
refusal-busy-since = An operation of { $name } is under way since { $since }. Nothing was sent.
refusal-idle = Nothing to end: { $name } has no operation under way.
hold-not-in-git = yes: git leaves this open, and Argo CD { $name } puts back only what git declares.
hold-of-argo-cd = yes: what is asked of { $name } is what git says.
hold-generated = no: undone within seconds. ApplicationSet { $name } makes this Application, and writes it anew.
hold-heals = no: undone within seconds. Self-heal of Application { $name } puts git back.
hold-heals-again = no: undone again. Self-heal of { $name } puts git back; it did so { $again ->
        [one] once already
       *[other] { $again } times in a row
    }, and waits longer each time, up to 5 minutes.
hold-manual = until somebody syncs { $name }: it has no auto-sync, and a sync brings back what git says.
hold-suspended = until somebody restores auto-sync of { $name }, or syncs it.
hold-commits = until the next commit or sync of { $name }: its auto-sync takes commits, and does not heal.
hold-skips = until skip-reconcile is taken off { $name }: Argo CD does not look at it.
hold-failed = until the next commit or sync of { $name }: its last sync of this commit failed, and is not tried again.
hold-failed-dry = until the next commit or sync of { $name }: its dry run of this commit failed, which Argo CD takes for an attempt that is not tried again.
hold-barred = until syncs of { $name } are allowed again: an operation waits for its sync window, and then writes what git says.
hold-barred-until = until { $until }: an operation of { $name } waits for its sync window, and then writes what git says.
hold-closed = until syncs of { $name } are allowed again: a sync window bars them now. Then self-heal puts git back.
hold-closed-until = until { $until }: a sync window of { $name } bars syncs. Then self-heal puts git back.
hold-broken-window = until its project is mended: a sync window of { $name } is not understood, and Argo CD syncs nothing.
hold-blind = until { $name } can be compared with git again: Argo CD cannot just now.
hold-leaving = until { $name } is gone: it is being deleted.
hold-unattended = not known: no Argo CD has looked at { $name } yet.
hold-not-compared = yes: { $name } ignores this field, also when it syncs.
hold-not-compared-synced = until the next sync of { $name }: it does not compare this field, but a sync writes it.
hold-elsewhere = not known: Application { $name } keeps it, and is in no cluster that is watched. Watch the one where Argo CD runs.
hold-unseen = not known: Application { $name } keeps it, and Applications are not readable everywhere (list applications.argoproj.io).
hold-untold = not known: Application { $name } has more objects than are kept of it here, and this may be one.
hold-labelled = not known: its label app.kubernetes.io/instance says { $name }, which may be an Application, and Applications are not readable everywhere (list applications.argoproj.io).
hold-several = not known: several Applications are called { $name }.
hold-undeclared = not known: Application { $name } keeps it, and the object does not tell what git declares.
hold-jq = not known: { $name } ignores differences by an expression in jq, which is not read here.
hold-generator = not known: an ApplicationSet makes { $name }, and is not readable (list applicationsets.argoproj.io).
hold-windows = not known: { $name } heals itself, and the sync windows of its project are not readable (list appprojects.argoproj.io).
hold-short-not-in-git = holds: git leaves it open
hold-short-of-argo-cd = asked of Argo CD
hold-short-generated = undone by ApplicationSet { $name } within seconds
hold-short-heals = undone by { $name } within seconds
hold-short-heals-again = undone again by { $name }
hold-short-manual = until { $name } is synced
hold-short-suspended = until auto-sync of { $name } is restored
hold-short-commits = until the next commit of { $name }
hold-short-skips = until skip-reconcile is taken off { $name }
hold-short-failed = until the next commit of { $name }
hold-short-failed-dry = until the next commit of { $name }
hold-short-barred = until a sync window allows syncs
hold-short-barred-until = until { $until }
hold-short-closed = until a sync window allows syncs
hold-short-closed-until = until { $until }
hold-short-broken-window = until the project of { $name } is mended
hold-short-blind = until { $name } can be compared
hold-short-leaving = until { $name } is gone
hold-short-unattended = not known: no Argo CD has looked at { $name }
hold-short-not-compared = holds: { $name } ignores the field
hold-short-not-compared-synced = until the next sync of { $name }
hold-short-elsewhere = not known: { $name } is in no watched cluster
hold-short-unseen = not known: Applications are not readable
hold-short-untold = not known: { $name } has too many objects
hold-short-labelled = not known: Applications are not readable
hold-short-several = not known: several Applications { $name }
hold-short-undeclared = not known what git declares
hold-short-jq = not known: { $name } ignores by jq
hold-short-generator = not known: its ApplicationSet is not readable
hold-short-windows = not known: sync windows are not readable
change-short-auto-sync = auto-sync { $from }→{ $to }
change-short-skips = Argo CD does not look at it any more: skip-reconcile
change-short-looks = Argo CD looks at it again: skip-reconcile goes
change-short-asked = nothing that runs: it is asked of Argo CD
word-on = on
word-off = off
before-auto-sync = auto-sync on
before-no-auto-sync = auto-sync off
before-skipped = not looked at
before-looked-at = looked at
journal-sync = sync
journal-sync-and-prune = sync and prune
journal-sync-dry-run = dry run of a sync
journal-refresh = refresh
journal-hard-refresh = hard refresh
journal-terminate = end of the operation
journal-suspend-sync = auto-sync off
journal-restore-sync = auto-sync back on
command-sync = preview of a sync of the Application
command-sync-and-prune = preview of a sync that also removes what git has not
command-sync-dry-run = preview of Argo CD's own dry run of a sync
command-refresh = preview of a new comparison with git
command-hard-refresh = preview of a comparison without what is cached
command-terminate = preview of an end of the operation under way
hint-sync = sync
hint-suspend-sync = auto-sync off
hint-restore-sync = auto-sync on
lasting-title = what lasts
lasting-first = auto-sync off, then { $verb }, until somebody restores it: { $name }
lasting-alone = { $verb } now and nothing else
lasting-none = Nothing lasts longer here: there is no auto-sync and no Flux that could be held back.
hint-lasting = suspend first
hint-alone = alone
command-lasting = in a preview: the way that lasts, or the plan alone
temporary-sync-suspended = auto-sync off
temporary-skipped = not looked at (skip-reconcile)
app-manual = no auto-sync
app-suspended = auto-sync suspended
app-commits = auto-sync
app-self-heal = auto-sync, self-heal
app-differ = { $count } of { $total } differ
app-differs-since = seen to differ { $since }
app-operation = operation { $phase }
app-above = kept by { $names }
app-maker = made by ApplicationSet { $name }
app-maker-unread = made by ApplicationSet { $name }, which is not readable
app-maker-once = made by ApplicationSet { $name }, which leaves it alone since
app-skips = not looked at: skip-reconcile
app-failed = the last sync of this commit failed
app-failed-dry = the dry run of this commit failed, which keeps auto-sync from it
app-blind = cannot be compared with git
app-barred = an operation waits for a sync window
app-closed = a sync window bars syncs
app-barred-until = until { $until } an operation waits for a sync window
app-closed-until = until { $until } a sync window bars syncs
app-broken-window = a sync window of its project is not understood
app-leaving = it is being deleted
app-unattended = no Argo CD looks at it
app-unread = its Application is not readable (list applications.argoproj.io)
lasting-step = that auto-sync is off · { $hold }
hold-syncs = not known: an operation of { $name } is under way, and writes what git says. Wait for its end, or end it.
hold-short-syncs = not known: an operation of { $name } is under way
change-short-synced = { $count ->
    [0] nothing differed when Argo CD last compared; what git has by now is deployed
    [one] 1 object becomes as git has it, whatever was done to it by hand
   *[other] { $count } objects become as git has them, whatever was done to them by hand
}
note-prunes = { $count ->
    [one] deleted for good, since git has it no more: { $names }
   *[other] deleted for good, since git has them no more: { $names }
}
note-leaves = { $count ->
    [one] git has it no more, and without pruning it stays: { $names }
   *[other] git has them no more, and without pruning they stay: { $names }
}
note-deploys-git = auto-sync is on: what git has by now is deployed, if it differs
note-git-comes-back = { $count ->
    [one] Argo CD then syncs 1 object, { $names }: it gets what git declares, and what was done to that by hand goes; fields that git does not name stay
   *[other] Argo CD then syncs { $count } objects, { $names }: they get what git declares, and what was done to that by hand goes; fields that git does not name stay
}
note-git-is-elsewhere = { $runs } runs and git is at { $git }: Argo CD then deploys { $git }; a rollback ends there
note-git-is-there = git is at { $commit }: there is nothing to revert there
note-suspended-by = suspended by { $by }
note-suspended-because = suspended by { $by }: { $reason }
note-window = a sync window is closed: the operation waits for it, and then runs by itself
note-window-until = a sync window is closed until { $until }: the operation waits for it, and then runs by itself
lasting-fails = Auto-sync of { $name } would be put back on: the plan alone is shown.
lasting-left = Auto-sync of { $name } may be off: see Watch.
note-stays-off = auto-sync of { $name } stays off: giving it back is a step of its own, and brings what git names
undone-stays-off = Auto-sync of { $name } is still off: { $key } on its line of Watch gives it back.
way-alone = { $key } plans it alone.
plan-redeploy = roll back { $name } to entry { $entry } of its history
plan-redeploy-before = roll back { $name } to what it deployed before
refusal-auto-sync-forbids = Auto-sync of { $name } is on: the commit that git names would come back, and Argo CD's own API refuses the rollback, too. Nothing was sent.
refusal-no-source = Entry { $entry } of { $name } does not keep what was deployed: it is older than Argo CD 0.12. Nothing was sent.
refusal-leaving = Not rolled back: { $name } is being deleted. Nothing was sent.
note-auto-sync-off = auto-sync goes off in the same write, and stays off until somebody restores it
note-frozen = this Argo CD is older than 3.1: it is told not to look at all. Until that is restored its status freezes, it syncs nothing, and its own rollback is off
note-rehearses = Argo CD reads git and validates what stands there; whether the API server would take it is not asked
note-counts = Argo CD takes a dry run for an attempt: its auto-sync does not sync this commit after it, only the next one
note-counts-heals = Argo CD takes a dry run for an attempt: where it fails, auto-sync does not sync this commit after it, only the next one
note-looks-again = Argo CD compares it at once: a refresh goes with it
note-looks-again-syncs = Argo CD compares it at once, a refresh goes with it, and syncs what differs: what was done by hand goes. How much is not known: its status stood still
note-not-pruned = objects that only the newer revision has stay: a rollback removes nothing
note-revert = for good: the revert of { $from } back to { $to } in git, { $path } of { $repository }; in a mirror it is lost at its next synchronisation
undo-entry = back to entry { $entry } of the history; auto-sync stays as it is
way-lasting = { $key } plans it with auto-sync off first.
way-restore = { $key } has it looked at again.
preview-of-entry = what entry { $entry } deployed
preview-choose = Choose what to go back to, then { $key }.
change-short-revision = revision { $change }
within-source = source
within-source-numbered = source { $name }
topic-parameters = parameters
syncs-count = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
syncs-none = Nothing was deployed yet, as far as the Application keeps it.
syncs-entry = entry { $entry }
syncs-by-itself = Argo CD itself
syncs-last = the last one
syncs-note = note
syncs-commits = what lies between two commits is in git: only the source is compared here
title-entry = id
title-deploys = deployed
title-stayed = stayed
tab-applications = Applications
command-applications = Applications of Argo CD
title-application = application
title-sync = sync
title-app-health = health
title-auto-sync = auto
title-revision-of-git = revision
auto-manual = no
auto-off = off
auto-on = yes
auto-heals = heals
applications-count = { $count ->
    [one] 1 Application
   *[other] { $count } Applications
}
applications-failed = { $count ->
    [one] 1 failed to sync
   *[other] { $count } failed to sync
}
applications-degraded = { $count } degraded
applications-differ = { $count ->
    [one] 1 differs
   *[other] { $count } differ
}
applications-held-back = { $count } held back
applications-none = no Application
applications-not-served = no cluster serves Applications: Argo CD is not there, or its kinds cannot be seen
strip-deployed = deployed
strip-source = source
strip-destination = to
pane-differs = differs
pane-conditions = conditions
pane-unwell = not well
pane-project = project
project-missing = there is no such project: Argo CD syncs nothing of it
project-unread = its sync windows are not read (list appprojects.argoproj.io)
window-until = active until { $until }
window-next = next at { $next }
window-never = never active
window-broken = not understood: Argo CD syncs nothing of it
window-manual = syncs by hand pass
pane-operation = operation
pane-rehearsal = dry run
app-prunes = git has it no more
app-retries = { $count ->
    [one] tried again once
   *[other] tried again { $count } times
}
title-brought = brought
app-this-differs = this one differs from git
rehearsal-creates = { $count } would be created
rehearsal-changes = { $count } would change
rehearsal-prunes = { $count } would be pruned
rehearsal-leaves = { $count } without a place in git would stay
rehearsal-nothing = nothing would change
