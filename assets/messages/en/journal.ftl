## Why the journal cannot be written or read

journal-disk-full = disk full
journal-held = another process does not let go of it
journal-too-long = the action is too long for it
journal-no-randomness = the system gives no random numbers
journal-unread = vigie: the journal cannot be read: { $detail }
journal-unreadable-lines = { $count ->
    [one] { $count } line of the journal cannot be read
   *[other] { $count } lines of the journal cannot be read
}
journal-strays = { $count ->
    [one] { $count } line of the journal belongs to no action in it
   *[other] { $count } lines of the journal belong to no action in it
}

## What was done

column-action = ACTION
column-context = CONTEXT
column-id = ID
column-outcome = OUTCOME
column-still = STILL
column-who = WHO
journal-roll-back = roll back to { $to }
journal-roll-back-from = roll back from rev { $from }
journal-roll-back-unnumbered = roll back
journal-scale = scale { $from }→{ $to }
journal-scale-unnumbered = scale
journal-restart = restart
journal-pause = pause
journal-resume = resume
journal-evict = evict
journal-delete = delete
journal-suspend = suspend
journal-unsuspend = unsuspend
journal-run-now = run now

## What became of it

journal-in-doubt = in doubt
journal-accepted = accepted
journal-refused = refused
journal-reached = done in { $span }
journal-timed-out = not reached in { $span }
journal-failed = failed
journal-was-replaced = replaced
journal-not-done = not done
journal-unknown = unknown
journal-holds = holds
journal-replaced = replaced
journal-undone = undone
journal-never = no
journal-not-known = not known
journal-settled = vigie: { $id } had no answer ({ $name }: { $act }); read again: { $outcome }

## The screen

journal-title = { $count ->
    [one] { $count } action
   *[other] { $count } actions
}
journal-still-hold = { $count ->
    [one] { $count } still holds
   *[other] { $count } still hold
}
journal-none = Nothing was done from this machine yet: what is sent is written here, before and after.
journal-no-rollout = Its object is gone, or is no workload.
notice-journal = The journal cannot be read: { $detail }
notice-settled = An action of { $at } had no answer ({ $name }: { $act }); read again: { $outcome }
title-time = time
title-object = object
title-action = action
title-outcome = outcome
title-still = still?
journal-reason = reason
journal-who = who
journal-before = before
journal-after = after
journal-changes = changes
journal-answers = answers
journal-outcome = outcome
journal-hold = holds
journal-answer = { $at } { $verdict }, Audit-ID { $audit }
journal-no-answer = no answer, Audit-ID { $audit }
journal-done-at = { $act } at { $at }
