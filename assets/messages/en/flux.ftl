# Flux: what is asked of it, and what it does to a change.
act-reconcile = reconcile
act-suspend-flux = suspend
act-resume-flux = resume
plan-reconcile = reconcile { $name }
plan-suspend-flux = suspend Flux for { $name }
plan-resume-flux = resume Flux for { $name }
done-reconcile = reconciled
done-suspend-flux = suspended
done-resume-flux = resumed
not-done-reconcile = not reconciled
not-done-suspend-flux = Flux not suspended
not-done-resume-flux = Flux not resumed
journal-reconcile = reconcile
journal-suspend-flux = Flux suspended
journal-resume-flux = Flux resumed
hint-reconcile = reconcile
hint-suspend-flux = suspend Flux
hint-resume-flux = resume Flux
refusal-flux-suspended = Not reconciled: { $name } is suspended, and Flux does not look at it. Nothing was sent.
change-short-reconciled = what its source says is written: a change made by hand goes where it is declared
note-flux-writes = Flux then reconciles at once: what was done by hand goes where the source declares it
hold-flux-open = yes: the source leaves this open, and Flux { $name } puts back only what it declares.
hold-flux-left-alone = yes: { $key } on the object keeps Flux { $name } from writing it.
hold-flux-ignored = yes: { $name } ignores the field, even when it writes.
hold-flux-own = yes: it is asked of { $name } itself, and nothing puts it back.
hold-flux-elsewhere = not known: { $name } of Flux keeps it, and is in no watched cluster.
hold-flux-unseen = not known: { $name } of Flux keeps it, and is not readable everywhere (list kustomizations.kustomize.toolkit.fluxcd.io, helmreleases.helm.toolkit.fluxcd.io).
hold-flux-several = not known: several of Flux are called { $name }.
hold-flux-undeclared = not known: { $name } of Flux keeps it, and the object does not tell what the source declares.
hold-flux-taken = not known: somebody wrote the field since, and the object tells no more whether the source of { $name } declares it.
hold-flux-rule = not known: { $name } ignores differences by a rule that is not read here.
hold-flux-suspended = until somebody resumes { $name }: Flux is suspended, and then writes what the source says.
hold-flux-finishing = not known: { $name } is suspended, and ends what it had begun, which writes what the source says. Wait for its end.
hold-flux-reconciles = until { $name } reconciles, at any moment: Flux does it every { $every }, and writes what the source says.
hold-flux-reconciles-at = until about { $next }: Flux reconciles { $name } every { $every }, and writes what the source says.
hold-flux-upgrades = until the next upgrade of { $name }: its differences are not corrected, but a new chart or new values bring back what the chart says.
hold-flux-fails = until { $name } can reconcile: it fails before it writes ({ $reason }), and tries again.
hold-flux-stalled = until { $name } or its source changes: it is stalled, and does not try again.
hold-flux-leaving = until { $name } is gone: it is being deleted, and may take the object along.
hold-flux-unattended = not known: no controller of Flux has looked at { $name } yet.
hold-short-flux-open = holds: the source leaves it open
hold-short-flux-left-alone = holds: { $key }
hold-short-flux-ignored = holds: { $name } ignores the field
hold-short-flux-own = holds: nothing puts it back
hold-short-flux-elsewhere = not known: { $name } is in no watched cluster
hold-short-flux-unseen = not known: { $name } is not readable
hold-short-flux-several = not known: several are called { $name }
hold-short-flux-undeclared = not known what the source declares
hold-short-flux-taken = not known whether the source declares it
hold-short-flux-rule = not known: { $name } ignores by a rule
hold-short-flux-suspended = until { $name } is resumed
hold-short-flux-finishing = not known: { $name } ends what it had begun
hold-short-flux-reconciles = until { $name } reconciles, within { $every }
hold-short-flux-reconciles-at = until { $name } reconciles, within { $every }
hold-short-flux-upgrades = until the next upgrade of { $name }
hold-short-flux-fails = until { $name } can reconcile
hold-short-flux-stalled = until { $name } changes
hold-short-flux-leaving = until { $name } is gone
hold-short-flux-unattended = not known: no Flux has looked at { $name }
lasting-first-flux = Flux suspended, then { $verb }, until somebody resumes it: { $name }
lasting-step-flux = that Flux is suspended · { $hold }
lasting-fails-flux = Flux would be resumed for { $name }: the plan alone is shown.
lasting-left-flux = Flux may be suspended for { $name }: see Watch.
note-stays-off-flux = Flux stays suspended for { $name }: resuming it is a step of its own, and brings what git names
undone-stays-off-flux = Flux is still suspended for { $name }: { $key } on its line of Watch resumes it.
undo-asked = nothing: it is only asked for
temporary-flux-suspended = Flux suspended
flux-suspended = suspended
flux-reconciles = reconciles every { $every }
flux-finishing = suspended, and ends what it had begun
flux-upgrades = differences are not corrected until the next upgrade
flux-fails = fails before it writes
flux-stalled = stalled: it does not try again
flux-unattended = no controller of Flux looks at it
tab-flux = Flux
command-flux = Kustomizations and HelmReleases of Flux
title-flux-kind = kind
title-state = state
title-namespace = namespace
flux-count = { $count ->
    [one] 1 of Flux
   *[other] { $count } of Flux
}
flux-stalled-count = { $count } stalled
flux-failed-count = { $count } failed
flux-suspended-count = { $count } suspended
flux-none = no Kustomization and no HelmRelease
flux-not-served = no cluster serves Kustomizations or HelmReleases: Flux is not there, or its kinds cannot be seen
flux-is-stalled = stalled
flux-is-failed = failed
flux-is-waiting = waits
flux-is-moving = reconciling
flux-is-suspended = suspended
flux-is-unknown = unknown
flux-is-ready = ready
strip-revision = revision
strip-chart = chart
flux-applied = applied { $revision }
flux-attempted = tried last { $revision }
flux-gave-up = given up: { $reason }
flux-failures = { $count ->
    [one] 1 failure
   *[other] { $count } failures in a row
}
flux-upgrade-failures = { $count ->
    [one] 1 failed upgrade
   *[other] { $count } failed upgrades
}
flux-retries = { $count ->
    [0] not tried again
    [one] tried again once
   *[other] tried again { $count } times at most
}
flux-retries-forever = tried again without end
pane-waits-for = after
pane-conduct = manner
pane-history = history
pane-keeps = keeps
flux-prunes = deletes what the source has no more (prune)
flux-keeps-all = leaves what the source has no more
flux-waits = waits until what it applied is ready (wait)
flux-does-not-wait = does not wait for what it applied
flux-forces = makes anew what cannot be changed (force)
flux-drift-enabled = puts back changes by hand (drift detection)
flux-drift-warn = tells of changes by hand, and leaves them
flux-drift-disabled = does not look for changes by hand
