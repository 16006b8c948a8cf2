# Actions: verbs, plans, what is checked, why nothing is sent.
act-roll-back = roll back
act-scale = scale
act-restart = restart
act-pause = pause
act-resume = resume
act-evict = evict
act-delete = delete
act-suspend = suspend
act-unsuspend = unsuspend
act-run-now = run now

plan-roll-back = roll back { $name } to revision { $revision }
plan-roll-back-unnumbered = roll back { $name }
plan-scale = scale { $name } to { $count }
plan-restart = restart { $name }
plan-pause = pause { $name }
plan-resume = resume { $name }
plan-evict = evict { $name }
plan-delete = delete { $name }
plan-suspend = suspend { $name }
plan-unsuspend = unsuspend { $name }
plan-run-now = run { $name } now

done-roll-back = rolled back
done-scale = scaled
done-restart = restarted
done-pause = paused
done-resume = resumed
done-evict = evicted
done-delete = deleted
done-suspend = suspended
done-unsuspend = unsuspended
done-run-now = run

not-done-roll-back = not rolled back
not-done-scale = not scaled
not-done-restart = not restarted
not-done-pause = not paused
not-done-resume = not resumed
not-done-evict = not evicted
not-done-delete = not deleted
not-done-suspend = not suspended
not-done-unsuspend = not unsuspended
not-done-run-now = not run

refusal-unsupported = Cannot { $verb } a { $kind }: that is for { $kinds }.
refusal-gone = { $head }: { $name } is gone. Nothing was done.
refusal-recreated = { $head }: { $name } is another object now, made anew under the same name. Nothing was done.
refusal-unread = { $head }: { $name } could not be read again ({ $why }). Nothing was sent.
refusal-unreadable = Not allowed: { $right } in { $place } is denied to you, and without reading { $name } there is no plan.
refusal-read-refused = { $head }: the server does not let { $name } be read, { $words }. Nothing was sent.
refusal-identical = Nothing to do: revision { $revision } is what runs.
refusal-identical-unnumbered = Nothing to do: that revision is what runs.
refusal-pruned = Cannot go back to revision { $revision }: it was pruned, or never was. The oldest is { $oldest }.
refusal-pruned-all = Cannot go back to revision { $revision }: its template was pruned.
refusal-no-other = Cannot roll back { $name }: it has no other revision.
refusal-other-template = Cannot go back to revision { $revision }: it has another template than the one that ran then.
refusal-other-template-unnumbered = Cannot go back: the revision has another template than the one that ran then.
refusal-paused = Cannot { $verb } { $name } while it is paused: nothing would move.
refusal-already-paused = Nothing to do: { $name } is paused.
refusal-not-paused = Nothing to do: { $name } is not paused.
refusal-already-suspended = Nothing to do: { $name } is suspended.
refusal-not-suspended = Nothing to do: { $name } is not suspended.
refusal-same-replicas = { $count ->
    [one] Nothing to do: { $name } has 1 replica already.
   *[other] Nothing to do: { $name } has { $count } replicas already.
}
refusal-no-scale = Cannot scale { $name }: its kind has no number of replicas.
refusal-not-undoable = Cannot take that back: what was { $done } does not come back.
refusal-denied = Not allowed: { $right } in { $place } is denied to { $user }.
refusal-denied-you = Not allowed: { $right } in { $place } is denied to you.
refusal-frozen = Frozen: window { $window } keeps this from being sent.
refusal-frozen-until = Frozen until { $until }: window { $window } keeps this from being sent.
refusal-read-only = Read-only: nothing is sent.
refusal-server = The server refuses: { $words }. Nothing changed.
refusal-moved = { $head }: { $name } moved while you were reading. Nothing was done.
refusal-moved-by = { $head }: { $name } moved while you were reading ({ $by }). Nothing was done.
refusal-put-back = { $head }: { $hold }.
refusal-not-held-back = { $head }: { $keeper } is not seen to be held back.
moved-from-to = You saw { $saw }; there is now { $now }.
held-nothing = none
held-another = changed
held-object = present
refusal-journal = Not sent: the journal cannot be written ({ $why }). Reading goes on; free some space or repair it, then ask again.

unsent-read-only = the context is read-only
unsent-no-link = the cluster does not answer

check-right = right
check-was-well = was well
check-dry-run = dry run
check-one-pod = one pod
check-refers-to = refers to
check-image = image
check-free = free
check-freeze = freeze
check-database = database
check-ignored = left out everywhere
check-line = { $subject }: { $told }

detail-denied = denied to { $user }: { $right }
detail-denied-you = denied to you: { $right }
detail-ready = all ready for { $span }
detail-serving = its pods serve now
detail-left = it was gone back from
detail-short = not all of its pods are ready
detail-well = complete, ran { $span }
detail-ran = not known: it was the wanted one for { $span }, nobody saw whether it served
detail-went-unknown = not known: nobody saw it run
detail-accepted = accepted, no warning
detail-admitted = admitted
detail-warnings = accepted, the server warns: { $words }
detail-refused = refused: { $words }
detail-not-answered = not checked: the server says { $words }
detail-no-dry-run = not checked: a webhook takes no dry run, { $words }
detail-read-only = not asked in read-only
detail-no-answer = not checked: no answer
detail-quota = quota full now: { $words }
detail-quota-frees = quota full now, an old pod goes first and frees some: { $words }
detail-runs-now = { $count ->
    [one] 1 pod runs it now
   *[other] { $count } pods run it now
}
detail-nobody-runs = not checked: no pod runs it now, and the registry is not asked
detail-exist = { $count ->
    [one] 1 object, it exists
   *[other] { $count } objects, all exist
}
detail-missing = missing: { $names }
detail-not-readable = not checked: needs the right { $right }
detail-free = not paused, no HPA
detail-autoscaled = not paused, HPA { $name } keeps the number
detail-resized = VPA { $name } sets what new pods request, not the template
detail-autoscalers-unseen = not paused; HPAs not checked: they are not readable
detail-frozen = window { $name } is in force
detail-not-frozen = no freeze window
detail-database = not checked: did { $image } change it? ask the project

hold-yes = yes: nobody puts it back.
hold-anew = yes: it is gone for good, and { $name } makes another.
hold-gone = yes: nothing makes it again.
hold-schedule = yes: nothing makes this run again, and { $name } goes on with its schedule.
hold-once = yes: one run; the CronJob itself does not change.
hold-deployment = no: { $name } owns it, and puts its own number back within seconds.
hold-autoscaler = no: overwritten by HPA { $name } within 15 s: it wants { $wants }, bounds { $min } to { $max }, and it decides the number alone.
hold-helm = until the next release of { $name }: Helm then brings back what its chart says.
hold-manager = not known: { $tool } { $name } owns it, and whether it puts it back was not asked.
hold-operator = not known: { $name } owns it, and its controller may put it back.
hold-short-yes = holds
hold-short-anew = { $name } makes another
hold-short-gone = nothing makes it again
hold-short-schedule = { $name } goes on with its schedule
hold-short-once = one run
hold-short-deployment = undone by { $name } within seconds
hold-short-autoscaler = overwritten by HPA { $name } within 15 s
hold-short-helm = holds until the next release of { $name }
hold-short-manager = not known whether { $tool } { $name } puts it back
hold-short-operator = not known whether { $name } puts it back
hold-word-holds = holds
hold-word-until-sync = until the next sync
hold-word-undone = undone within seconds
hold-word-hpa = overwritten by HPA
hold-word-refused = refused
hold-word-unknown = not known

note-on-delete = updateStrategy is OnDelete: nothing restarts until its pods are deleted.
note-recreate = strategy is Recreate: all its pods stop before the first new one starts.
note-renumbered = revision { $from } is listed as { $to } from then on.
note-kubectl = kubectl rollout undo would also change annotations: { $names }.
note-last-applied = last-applied-configuration still describes what is there now: the next kubectl apply may bring it back.
note-moved-since = what that action left is not there any more: somebody wrote since, and that is replaced, too
note-moved-since-by = { $by } wrote there since that action: what it left is replaced, too
note-rollout-waits = a rollout starts at once: { $updated } of { $wanted } pods have this template, the rest are replaced
note-missed-run = a run that fell due meanwhile may start at once
note-nothing-serves = no pod is left: nothing serves until it is scaled up again
note-sleeps = HPA { $name } stands still while there are no replicas.

undo-revision = back to revision { $revision }
undo-revision-unnumbered = back to the previous revision
undo-replicas = { $count ->
    [one] back to 1 replica
   *[other] back to { $count } replicas
}
undo-job = the Job { $name } is deleted
undo-none = { $kind ->
    [Pod] nothing: a pod that is gone does not come back
   *[other] nothing: a { $kind } that is gone does not come back
}

change-short-image = image { $change }
change-short-of = { $what } of { $name }
change-short-requests = requests { $change }
change-short-env = env { $name }
change-short-env-gone = env without { $name }
change-short-env-new = env { $name } new
change-short-more = …and { $count } more
change-short-none = nothing that is read here
change-short-goes = the object goes
change-short-job = Job { $name } is made
before-revision = rev { $revision }
before-paused = paused
before-not-paused = not paused
before-suspended = suspended
before-not-suspended = not suspended
before-replicas = { $count ->
    [one] 1 replica
   *[other] { $count } replicas
}

step-delete-pod = delete pod { $name }, for which its controller waits

outcome-reached = reached
outcome-failed = not reached
outcome-timed-out = not reached in time
outcome-replaced = replaced: somebody wrote the same fields since
outcome-not-done = it was never done
outcome-unknown = not known
outcome-with = { $outcome }: { $detail }
answer-accepted = the server took it, no warning
answer-warned = the server took it and warns: { $words }
answer-refused = refused: { $words }
answer-not-sent = not sent: { $why }
answer-unknown = no answer: { $why }. It may be done

## Commands
command-roll-back = preview of a rollback to another revision
command-scale = preview of another number of replicas
command-restart = preview of a restart of all its pods
command-pause = preview of a pause of its rollouts, or of going on
command-undo = preview of taking back the last action on it
command-evict = preview of an eviction of the pod
command-delete = preview of a deletion of the pod or Job
command-suspend-cronjob = preview of a suspension of the CronJob
command-unsuspend-cronjob = preview of an end of the CronJob's suspension
command-run-now = preview of a run of the CronJob beside its schedule
hint-roll-back = roll back
hint-scale = scale
hint-restart = restart
hint-undo = undo
hint-pause-rollout = pause
hint-resume-rollout = resume
hint-confirm = confirm
hint-number = number
hint-send = send
hint-field = field
hint-cancel = cancel
hint-stop-rest = stop the rest
hint-leave-plan = leave it as it is
hint-new-plan = new plan
mode-write = RW

## The preview
tab-preview = preview
preview-class-unknown = class unknown
preview-now = now
preview-becomes = becomes
preview-replicas = replicas
preview-changes = changes
preview-template-of = template of { $revision }
preview-is = { $now } = { $then }
preview-anew = the same template, all its pods anew
preview-ready = { $ready } ready
preview-wanted = { $wanted } wanted, { $ready } ready
preview-type = + - or type
preview-hold = will it hold?
preview-proof = proof
preview-checks = checks
preview-pass = { $count } pass
preview-fail = { $count ->
    [one] 1 fails
   *[other] { $count } fail
}
preview-warn = { $count ->
    [one] 1 warns
   *[other] { $count } warn
}
preview-not-made = { $count } not made
preview-asked = { $count } asked
preview-notes = notes
preview-diff = what changes
preview-diff-count = { $count ->
    [one] 1 field
   *[other] { $count } fields
}
preview-sent = what is sent
preview-manager = field manager vigie · one Audit-ID a request
preview-absent = absent
preview-that-of = that of rev { $revision }
preview-that-of-now = as it is now
preview-that-of-target = that which is gone back to
preview-that-restarted = the same, with restartedAt
preview-undo = what takes it back
preview-undo-while = { $undo }, while nobody else moves it
preview-by-hand = the same by hand
preview-dropped = The plan was dropped when its page was left.
preview-asks = Not all is answered yet: it can be confirmed once each check has an answer.
preview-places = Reading namespaces…: whose this is, and the name to type, is told once they are read.
preview-sending = … being sent
preview-unproven = Nobody saw whether revision { $revision } ran well: { $key } here rolls back to it all the same.
copy-by-hand = the same by hand
copy-request = the request as text
copy-request-text = please allow { $right } in { $place }, to { $what }

## The confirmation
confirm-title = confirm
confirm-production = You change PRODUCTION: { $place } on { $cluster }
confirm-unknown = You change { $place } on { $cluster }, whose class is not known
confirm-other = You change { $place } on { $cluster }
confirm-protected = Protected: { $reason }
confirm-follow = follow until the cluster is there
confirm-undo = undo: { $undo }
confirm-reason = reason
confirm-name = type the name
confirm-until-name = Nothing is sent until the name is complete.
confirm-sends = { $key } sends it.

## A refusal after sending
moved-saw = you saw
moved-now = now
moved-by = by
moved-mended = It is perhaps being mended: { $key } shows the rollout.
moved-again = { $key } makes a new plan from what is there now.

## Ways out
way-history = { $key } shows the others.
way-object = { $key } shows what is there.
way-resume = { $key } resumes it first.
way-again = { $key } makes a new plan.
way-text = { $key } gives the plan as text for who may act.
way-request = { $key } gives the request as text.
way-number = + or - or digits ask for another number.
way-retry = { $key } asks again.

## After it was sent
deed-title = your action, { $at }: { $what }
deed-journal = journal { $id }
deed-waits = sent, no answer yet
deed-queued = waits for the one before
deed-follows = the cluster is on its way
deed-reread = no answer: read again until it tells, never sent again
deed-not-tried = not tried: the step before was not taken
notice-deed = { $what }: { $outcome }
undo-nothing-here = Nothing to take back: the journal has no action on this that still counts.
undo-unwatched = The action was done in the context { $context }, which is not watched: name it with --context.
act-nothing = nothing to act on in this row

## Several
preview-take-back = take back: { $what }
preview-several = { $verb } { $count } objects
preview-in-production = { $count } in PRODUCTION
confirm-several = You change { $count } objects, { $production }
confirm-one-by-one = One after the other; the first that is not taken stops the rest.
confirm-count = type the count
confirm-until-count = Nothing is sent until the count is typed.
act-one-number = Several rows are marked: a number is asked for one object.
act-unproven = Nobody saw whether the previous revision of { $name } ran well: choose it in its history, alone.
act-waits = The server took it: { $what }. Waiting for the cluster; journal { $id }.
act-too-many = More than { $most } marked: mark fewer, and they are done one after the other.
act-mixed = Some of the marked rows are paused and some are not: mark those of one sort.
