## Effects, counted

effect-none = nothing serves
effect-serve =
    { $ready ->
        [one] 1 of { $wanted } serves
       *[other] { $ready } of { $wanted } serve
    }
effect-pods =
    { $count ->
        [one] 1 pod does not serve
       *[other] { $count } pods do not serve
    }
effect-evicted =
    { $count ->
        [one] 1 pod evicted
       *[other] { $count } pods evicted
    }
effect-evicted-of =
    { $count ->
        [one] 1 pod of { $whose } evicted
       *[other] { $count } pods of { $whose } evicted
    }
effect-failed =
    { $count ->
        [one] 1 pod failed
       *[other] { $count } pods failed
    }
effect-terminating =
    { $count ->
        [one] 1 pod does not end
       *[other] { $count } pods do not end
    }
effect-waits-node =
    { $count ->
        [one] 1 pod waits for a node
       *[other] { $count } pods wait for a node
    }
effect-refused =
    { $count ->
        [one] 1 pod refused
       *[other] { $count } pods refused
    }
effect-refused-of =
    { $count ->
        [one] 1 pod of { $whose } refused
       *[other] { $count } pods of { $whose } refused
    }
effect-not-created =
    { $count ->
        [one] 1 pod not created
       *[other] { $count } pods not created
    }
effect-no-room = no room for one pod more
effect-at-risk =
    { $count ->
        [0] no pod at risk
        [one] 1 pod at risk
       *[other] { $count } pods at risk
    }
effect-at-risk-of =
    { $count ->
        [one] 1 pod of { $tenants } at risk
       *[other] { $count } pods of { $tenants } at risk
    }
effect-wait-of =
    { $count ->
        [one] 1 pod of { $tenants } waits for its image
       *[other] { $count } pods of { $tenants } wait for their image
    }
effect-runs-failed =
    { $count ->
        [one] 1 run failed
       *[other] { $count } runs in a row failed
    }
effect-cannot-grow = { $target } cannot grow
effect-does-not-scale = { $target } does not scale
effect-not-reconciled = changes of the source do not arrive, it tries again
effect-not-synced = what git says does not arrive
effect-stalled = changes of the source do not arrive, and it has given up
effect-hidden =
    { $count ->
        [0] nothing is seen
        [one] 1 environment not seen
       *[other] { $count } environments not seen
    }
effect-kind-hidden = { $kind } not seen live
sentence = { $effect }: { $cause }

## Rollouts

stuck = rev { $revision } stuck
stuck-unnumbered = rollout stuck
late = rev { $revision } past its deadline
late-unnumbered = rollout past its deadline
aborted = rev { $revision } aborted
aborted-unnumbered = rollout aborted
delivery-degraded = degraded
undecided = waits for promote
undecided-at = waits at { $percent } % for promote
with-effect = { $what }, { $effect }

## Causes

cause-oom =
    { $count ->
        [one] OOMKilled once
       *[other] OOMKilled { $count } times
    }
cause-limit = { $what }, limit { $limit }
cause-in-span = { $what } in { $span }
cause-exits = { $container } exits { $code }
cause-signal = { $container } ends by signal { $signal }
cause-loops = { $container } ends again and again
cause-exit-short = exit { $code }
cause-not-found = { $image } not found
cause-no-access = no access to { $image }
cause-pair = { $one }, { $two }
cause-named = { $reason }: { $words }
cause-fits = 0 of { $nodes } fit
cause-asks = it asks { $request }
cause-no-fit = no node fits
cause-unready = not ready
cause-deleted = deleted { $ago }
cause-missing =
    { $count ->
        [one] 1 pod is missing, no reason given
       *[other] { $count } pods are missing, no reason given
    }
cause-quota = quota { $name } full
cause-used = { $resource } { $used } of { $hard }
cause-webhook = webhook { $name } does not answer
cause-node = node { $name } not ready
cause-silent = kubelet silent
cause-inferred = seen from its pods
cause-low = node { $name } low on { $resource }
cause-pressure = node { $name } under { $condition }
cause-registry = registry { $name } does not answer
cause-maximum = at its maximum of { $maximum } pods
cause-link = { $name } does not answer
cause-watch-lost = watch lost

## Short forms, 34 cells with what follows them

short-not-ready = not ready
short-evicted =
    { $count ->
        [one] 1 pod evicted: { $resource }
       *[other] { $count } pods evicted: { $resource }
    }
short-at-risk =
    { $count ->
        [0] node not ready, no pod
        [one] node not ready, 1 pod
       *[other] node not ready, { $count } pods
    }
short-quota = quota full
short-no-node = no node: { $words }
short-runs =
    { $count ->
        [one] run failed
       *[other] { $count } runs failed
    }
short-maximum = at maximum { $maximum }, wants more
short-sync-fails = sync fails, tried again
short-sync-failed = sync failed, given up
short-not-compared = not comparable with git
short-not-reconciled = not ready: { $reason }
short-stalled = stalled: { $reason }
short-blind = no metrics: { $reason }
short-degraded = degraded: { $problem }
short-watch-lost = { $kind }: watch lost
short-missing =
    { $count ->
        [one] 1 pod missing
       *[other] { $count } pods missing
    }
short-registry =
    { $count ->
        [one] 1 image: { $words }
       *[other] { $count } images: { $words }
    }

## What can be done today

do-look = vigie get changes -n { $place } tells what else moved there
do-look-wide = vigie get changes tells what else moved
do-wait-link = wait: the link is tried again by itself
do-login = run { $command } in another terminal; the login is then found
do-renew = renew { $name }'s credentials in the kubeconfig: read at once
do-ask-quota = ask for a larger { $name }, or for less { $resource }
do-fix-image = check that { $image } exists and may be pulled
do-policy = give { $name } what it asks for, in git
do-sync = mend it in git, then sync
do-reconcile = mend it in its source; Flux tries again by itself
do-stalled = mend it in its source or values: Flux tries no more until they change

## Changes, one line each

change-rollout = rollout rev { $revision }
change-rollout-unnumbered = rollout
change-with = { $what }: { $detail }
change-image = image { $from }→{ $to }
change-image-of = image of { $container } { $from }→{ $to }
change-created = created
change-container-added = container { $container } added with image { $image }
change-container-removed = container { $container } removed
change-rolled-back = former template again as rev { $revision }, by then at the latest
change-rolled-back-unnumbered = former template again, by then at the latest
change-rollout-complete = rollout rev { $revision } complete
change-rollout-complete-unnumbered = rollout complete
change-scale = scaled { $from }→{ $to }
change-paused = paused
change-resumed = resumed
change-suspended = suspended
change-unsuspended = no longer suspended
change-removed = deleted
change-node-ready = ready again
change-node-not-ready = not ready
change-node-pressure = under { $condition }
change-node-cordoned = cordoned
change-node-uncordoned = takes pods again
change-node-gone = gone
change-quota-full = full: { $resource } { $used } of { $hard }
change-quota = { $resource } { $from }→{ $to }
change-job-failed = failed
before-none = nothing seen in the 30 minutes before
before-reading = reading the changes of the 30 minutes before
