## Frame: tabs, header, footer
tab-watch = Watch
tab-tenants = Tenants
tab-deployments = Deployments
tab-journal = Journal
scope-all = all tenants
mode-read-only = READ-ONLY
calm = calm
header-clusters = { $count ->
    [one] { $count } cluster
   *[other] { $count } clusters
}
header-tls-off = tls off
header-namespaces = { $count ->
    [one] 1 namespace
   *[other] { $count } namespaces
}
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
hint-filter = filter
hint-list = list
hint-tenant = tenant
hint-palette = command
hint-run = run
hint-pick = pick
hint-copy = copy
hint-toggle = show or hide
hint-complete = complete
hint-mark = mark
hint-unmark = unmark
hint-need = in need
hint-open = open
hint-out = back
hint-search = search
hint-hits = hits
hint-wrap = wrap
hint-logs = logs
hint-pause = pause
hint-follow = follow
hint-previous = previous
hint-since = since
hint-level = level
hint-warnings = warnings
hint-all = all
hint-times = time
hint-save = save
hint-describe = describe
hint-yaml = YAML
hint-rollout = rollout
hint-why = why
hint-events = events
hint-history = history
hint-side = other side
hint-difference = difference
hint-fold = fold
hint-screens = screens
hint-row = row
hint-ends = top, bottom
hint-quit = quit
hint-help = help
hint-scroll = scroll
hint-retry = try now
hint-close = close
hint-keep = keep
hint-empty = empty
hint-drop-search = drop the search
hint-drop = drop the filter
jump-node = node
jump-log = log
jump-difference = diff
jump-workload = workload

## Commands
command-up = one row up
command-down = one row down
command-top = the first row
command-bottom = the last row
command-half-page-up = half a page up
command-half-page-down = half a page down
command-page-up = a page up
command-page-down = a page down
command-filter = keep only the rows that have these words
command-rollout = the rollout live: revisions, pods, events, how it ends
command-why = why the workload is unhealthy, and what was ruled out
command-events = the events of the object and of what it owns
command-yaml = the object as YAML
command-describe = the object described: state, conditions, containers, events
command-history = the revisions of the workload, and what two of them say differently
command-logs = what its containers say; of the marked rows together
command-follow = pause a log, or follow its end again
command-previous-run = the log of the run before this one, and back
command-since = how far back logs are read
command-level = all lines of a log, warnings and worse, errors; all events, or warnings
command-container = logs of one container of each pod, or of all
command-times = times of log lines shown or not
command-save = keep what is shown of the logs in a file
command-wrap = long lines over several rows, or cut
command-copy = copy the row's name, its kubectl command, a line for the ticket
command-palette = any command, screen, tenant or workload by name
command-tenant = look at one tenant, or at all
command-search = search everything for what is in the ticket
command-classes = choose the environments shown, by class
command-sort = choose the order of the rows
command-sort-up = smallest first, in an order that was chosen
command-sort-down = largest first, in an order that was chosen
command-previous = the choice above
command-next = the choice below
command-choose = take the choice
command-dismiss = close without effect
command-watch = the screen of what needs a human
command-tenants = the screen of tenants
command-deployments = the screen of workloads
command-journal = the screen of what was done from this machine
command-open = open the row
command-pane = into the detail pane, to scroll it, and back
command-back = the screen before
command-forth = the screen after, when gone back
command-fold = fold the branch
command-unfold = open the branch
command-mark = mark the row, or take its mark away
command-mark-span = mark the rows from the last mark to here
command-next-in-need = down to the next row that needs a human
command-previous-in-need = up to the next row that needs a human
command-escape = close a warning, else drop the filter or the search, else the marks, else go back
command-retry = ask the clusters that do not answer again now
command-help = the keys of this screen, found by what they do
command-mouse = click and wheel, or selecting text with the mouse
command-keep-filter = keep the filter and go back to the rows
command-complete = complete the term, or write what a wrong one likely meant
command-drop-filter = drop the filter
command-empty-filter = empty the filter
command-redraw = draw the whole screen again
command-suspend = back to the shell, until fg
command-leave = close the text, else quit
command-quit = quit

## Watch
list-reading = reading
list-so-far = { $count } found so far
watch-found = { $count ->
    [one] 1 needs a human
   *[other] { $count } need a human
}
watch-production = { $count } in production
watch-calm = nothing needs a human
watch-nothing-seen = nothing found in what is seen
list-other-version = { $cluster } serves { $kind } as { $served } and not as { $read }, which is what vigie reads: what is there is not seen
list-filtered = { $count } of { $total } · filter on
list-new = { $count } new
list-new-above = { $count } new above
list-below = { $count } below
watch-none-asked = nothing in what was asked
watch-unmatched = nothing is named { $name }
watch-elsewhere = { $count } elsewhere
list-order = worst first
watch-seeing = { $count ->
    [one] seeing 1 namespace
   *[other] seeing { $count } namespaces
}
filter-hides-all = 0 of { $total }: the filter hides all. { $key } drops it

## Filter
filter-bad-regex = not a regular expression: { $words }
filter-bad-field = nothing here is called { $name }
filter-bad-word = no such { $field }
filter-bad-sign = { $field } takes = or !=
filter-bad-age = a time is wanted: 30s 15m 2h 3d 1w
filter-bad-ready = pods or a share of them are wanted: 3, 50%
filter-bad-restarts = a number is wanted
filter-did-you-mean = { $said }: did you mean { $near }?
filter-writes-it = { $key } writes it
filter-title = filter
filter-left-out = { $out ->
    [one] { $used } of { $count } terms are used, 1 is left out
   *[other] { $used } of { $count } terms are used, { $out } are left out
}
filter-terms = terms
filter-signs = signs
filter-guide-signs = = name, * allowed · < > { $figures } · !not · re:… · text
filter-status-ok = ok
filter-status-running = running
filter-status-waiting = waiting
filter-status-warning = warning
filter-status-critical = critical
filter-status-failed = failed
filter-status-stopped = stopped
filter-status-unknown = unknown
filter-class-production = production
filter-class-non-production = non-production
filter-class-unknown = unknown
marked = { $count } marked

## Around
tenants = { $count ->
    [one] 1 tenant
   *[other] { $count } tenants
}
tenant-platform = platform
subject-node = node
subject-quota = quota
subject-image = image
subject-registry = registry
subject-webhook = webhook
subject-argo-cd = Argo CD
subject-flux = Flux
subject-link = API server
subject-cluster = cluster
card-production = PRODUCTION

## The strip of the selected row, and the pane
strip-why = why
strip-before = before
strip-do = do
strip-hidden = hidden
strip-hit = hits
strip-state = state
strip-images = images
strip-looked = looked at
not-seen-cluster = { $name } does not answer: { $problem }
strip-not-seen = not seen
before-unseen = nothing seen since { $at }, when reading began
card-since = since { $at } ({ $age })
card-ready = { $ready }/{ $wanted } ready
card-last-seen = last seen { $at }, { $age } ago
hidden-since = { $tenants } tenants, { $environments } environments ({ $production } production) are shown as of { $at }
hidden-all = everything: nothing was read of it yet

## Strips under the list
strip-rollouts = rollouts
strip-temporary = temporary
strip-more = { $count } more
strip-filtered = { $count } of { $total }
rollouts-title = rollouts in progress
rollouts-none = none in progress
rollout-past = deadline passed
rollout-past-since = deadline passed { $ago }
rollout-revision = rev { $revision }
rollout-since = for { $age }
rollout-when-last-seen = moving when last seen
course-canary = canary { $percent } %
course-blue-green = blue-green
course-step = step { $step }/{ $steps }
course-paused = paused
course-paused-for = paused { $age }
delivery-steps = steps
delivery-weight = { $percent } %
delivery-pause = pause
delivery-pause-for = pause { $span }
delivery-canary = canary { $hash }
delivery-stable = stable { $hash }
delivery-preview = preview { $hash }
delivery-active = active { $hash }
delivery-wanted = { $percent } % wanted
delivery-by-pods = by pods
delivery-by-router = by the router
delivery-analysis = analysis { $name }: { $status }
temporary-title = left in a temporary state
temporary-none = nothing left paused or suspended
temporary-paused = rollout of { $name } paused
temporary-waits = { $name } waits for promote
temporary-waits-at = { $name } waits at { $to } % for promote
temporary-suspended = CronJob { $name } suspended
temporary-cordoned = node { $name } cordoned
temporary-emptied = { $name } scaled { $from }→0
temporary-scaled = { $name } scaled { $from }→{ $to } by hand
temporary-scaled-to = { $name } scaled by hand to { $to }
temporary-for = { $said } { $age }
temporary-scaled-for = { $said }, { $age }
temporary-by = { $said }, by { $writer }
temporary-of = { $said }: { $name }
not-known-yet = not known yet
reading-title = still reading
reading-connecting = connecting
reading-lost = does not answer
reading-pods = { $count } pods
reading-pods-of = { $count } of { $total } pods

## What the rights hide
denied-title = what you cannot see, and the right that would show it
unseen-title = what is not seen, or late
unseen-unreadable = { $count ->
    [one] 1 object could not be read and is not shown
   *[other] { $count } objects could not be read and are not shown
}
unseen-in-turns = { $count ->
    [one] 1 list is read from time to time, last { $age } ago
   *[other] { $count } lists are read in turns, the oldest { $age } ago
}
denied-name-them = names namespaces to read, or config.toml; tenants need their labels
denied-in = in { $count } namespaces
denied-in-one = in { $namespace }
denied-namespace = other tenants
denied-namespace-for = names and classes of all
denied-pod = pods
denied-pod-for = what runs and why it fails
denied-deployment = Deployments
denied-deployment-for = rollouts and their state
denied-statefulset = StatefulSets
denied-statefulset-for = rollouts and their state
denied-daemonset = DaemonSets
denied-daemonset-for = rollouts and their state
denied-rollout = Argo Rollouts
denied-rollout-for = their steps and state
denied-replicaset = ReplicaSets
denied-replicaset-for = revisions and bars
denied-controllerrevision = revisions
denied-controllerrevision-for = numbers of revisions
denied-node = nodes
denied-node-for = why a pod waits
denied-job = Jobs
denied-job-for = jobs that failed
denied-cronjob = CronJobs
denied-cronjob-for = what is suspended
denied-horizontalpodautoscaler = autoscalers
denied-horizontalpodautoscaler-for = bounds that are reached
denied-poddisruptionbudget = budgets
denied-poddisruptionbudget-for = what an eviction may hurt
denied-resourcequota = quotas
denied-resourcequota-for = why pods are refused
denied-event = events
denied-event-for = the cluster's own words
denied-project = Rancher projects
denied-project-for = display names of tenants
denied-application = Applications
denied-application-for = what Argo CD does to a change
denied-applicationset = ApplicationSets
denied-applicationset-for = what is written anew
denied-appproject = AppProjects
denied-appproject-for = their sync windows
denied-kustomization = Kustomizations
denied-kustomization-for = what Flux does to a change
denied-helmrelease = HelmReleases
denied-helmrelease-for = what Flux does to a change

## Calm
calm-changes = last changes in production
total-clusters = { $count ->
    [one] { $number } cluster
   *[other] { $number } clusters
}
total-tenants = { $count ->
    [one] { $number } tenant
   *[other] { $number } tenants
}
total-environments = { $count ->
    [one] { $number } environment
   *[other] { $number } environments
}
total-production = ({ $number } production)
total-workloads = { $count ->
    [one] { $number } workload
   *[other] { $number } workloads
}
total-pods = { $count ->
    [one] { $number } pod
   *[other] { $number } pods
}
total-nodes = { $count ->
    [one] { $number } node
   *[other] { $number } nodes
}

## Findings and changes, in the words of a row
watch-link-why = { $tries ->
    [one] { $words }, { $tries } try since { $since }
   *[other] { $words }, { $tries } tries since { $since }
}
watch-workload-do = { $why } tells why · { $history } compares its revisions · { $logs } reads its logs
watch-logs-do = { $logs } reads its logs
watch-node-do = { $open } lists its workloads · { $copy } gives kubectl describe node { $name }
watch-link-do = wait: next try { $next } · { $key } tries now

## Messages above the footer
notice-retry = asking { $clusters } again
notice-retry-none = every cluster answers: nothing to ask again
marks-dropped = { $count ->
    [one] 1 mark dropped: its row does not show any more
   *[other] { $count } marks dropped: their rows do not show any more
}
need-no-next = no row below needs a human
need-no-previous = no row above needs a human
notice-mouse-on = the mouse selects rows and tabs, the wheel scrolls; the terminal selects no text meanwhile
notice-mouse-off = the mouse selects text again
notice-sent = { $count ->
    [one] 1 line sent to the terminal
   *[other] { $count } lines sent to the terminal
}
notice-too-long = too long for a terminal's clipboard: { $size } KB, at most { $most }
notice-unsent = not sent to the terminal: { $words }
notice-more = { $text } · { $count } more
notice-problems = { $count } problems in the configuration, all in { $log }; the first: { $first }
notice-unreadable = { $kind } { $name } of { $cluster } cannot be read and is not shown: { $reason }
notice-twins = { $one } and { $other } are contexts of one cluster: each row stands twice
notice-clock = the clock of this machine is { $seconds } s off { $cluster }'s: ages follow the cluster

## Keymap and theme files
keymap-bad-key = "{ $key }" is not a key
keymap-unknown-command = "{ $key }": there is no command named "{ $name }"
keymap-out-of-scope = "{ $key }": "{ $name }" belongs under [{ $scope }]
keymap-shadowed = "{ $key }" is left out: it overlaps "{ $by }"
keymap-unknown = there is no such keymap: the default one is used
theme-unknown-colour = "{ $slot }": "{ $colour }" is no colour
theme-unknown = there is no such theme: the default one is used
theme-alike = critical, warning and ok would look the same: the default theme is used

## Lists: titles and columns
count-need = { $count ->
    [one] 1 needs a human
   *[other] { $count } need a human
}
count-move = { $count ->
    [one] 1 moves
   *[other] { $count } move
}
count-wait = { $count ->
    [one] 1 waits
   *[other] { $count } wait
}
deployments-count = { $count ->
    [one] 1 workload
   *[other] { $count } workloads
}
deployments-none = no workload in what is seen
tenants-title = { $count ->
    [one] 1 tenant
   *[other] { $count } tenants
}
tenants-none = no tenant in what is seen
tenant-none = nothing of this tenant is seen any more
tree-count = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
environments-count = { $count ->
    [one] 1 environment
   *[other] { $count } environments
}
title-place = tenant/env
title-workload = workload
title-ready = ready
title-rollout = rollout
title-revision = rev
title-image = image
title-restarts = rst
title-manager = own
title-for = for
title-tenant = tenant
title-environments = env
title-moving = roll
title-found = found
title-worst = worst
title-quota = quota
title-changed = chg
title-tree = environment › workload › pod
title-what = what
title-age = age
quota-cpu = cpu
quota-memory = mem
quota-used-of = { $used } of { $hard }
kind-environment = environment
kind-revision = revision
revision-none-ready = never ready
revision-current = current
revision-old = old
revision-serves = old, still serves
pod-restarted = { $status } { $restarts }×
standing-failed = failed
standing-aborted = aborted
standing-degraded = short of pods
standing-progressing = rolling out
standing-paused = paused
standing-unknown = unknown
standing-complete = complete
standing-stopped = stopped
cron-next = next { $at }
cron-last-good = last ✓ { $at }
cron-last-failed = last ✗ { $at }
cron-suspended = suspended
cron-suspended-since = suspended since { $at }
run-under-way = running
run-under-way-since = running since { $at }
run-done-since = { $done } of { $wanted } done since { $at }
run-failed = failed: { $reason }
run-complete-in = complete in { $span }
image-before = was { $from }
manager-nobody = nobody: what you change stays
strip-rollout = rollout
strip-image = image
strip-manager = owner
strip-namespace = namespace
strip-schedule = schedule
strip-node = node
pane-revisions = revisions
pane-pods = pods
pane-events = events
events-reading = being read
events-dropped = only the newest { $count } series are kept
events-none = none that the server still keeps
events-warnings = { $shown } of { $count } · warnings
events-no-warning = none of them is a warning
lack-denied = needs the right: { $right }
lack-absent = it is not there (any more)
lack-not-started = not started yet: { $reason }
lack-kubelet = its kubelet does not answer: { $how }
lack-no-previous = it ran only once: there is no previous run
pane-runs = runs
fleet-title = where the fleet stands
fleet-environments = env.
fleet-classes = { $total } environments: { $production } production · { $other } other · { $unknown } of unknown class
fleet-workloads = workloads
fleet-ready = { $total }: { $ready } ready · { $short } short of pods · { $moving } moving
fleet-quotas = quotas
fleet-full = { $full } full · { $near } above 80 %

## Popups
popup-command = command
popup-tenant = tenant
popup-classes = environments
popup-sort = sort by
popup-copy = copy
palette-also = also any kind as kubectl names it (:po  :ing beta  :cert)  :dp  :ns  :ctx  :q
palette-tenant = tenant, { $count ->
    [one] 1 environment
   *[other] { $count } environments
}
palette-kind = workloads of this kind
palette-namespaces = tenants and their namespaces
palette-cluster = cluster: its workloads
sort-worst = worst first
sort-tenant = tenant and environment
sort-name = name
sort-ready = share that is ready
sort-restarts = restarts
sort-for = how long it is so
sort-age = age
sort-found = findings
sort-quota = fullest quota
sort-changed = last change
sorted-up = by { $key }, up
sorted-down = by { $key }, down

## Search
search-title = { $count ->
    [one] search in 1 cluster
   *[other] search in { $count } clusters
}
search-found = { $count } found
search-denied = { $count ->
    [one] 1 kind not readable
   *[other] { $count } kinds not readable
}
search-type = type two letters or more of any name
search-none = nothing has that in its name
search-tries = tries
search-kinds = tenant · namespace · workload · host · CronJob · Job · image · pod · node
what-tenant = tenant
what-namespace = namespace
what-workload = workload
what-cronjob = CronJob
what-job = Job
what-image = image
what-pod = pod
what-host = host
what-node = node
title-name = name
title-where = where
title-cluster = cluster

## What can be copied of a row
copy-line = the line
copy-text = the text, { $count } lines
copy-name = { $count ->
    [one] name
   *[other] { $count } names
}
copy-namespace = { $count ->
    [one] namespace
   *[other] { $count } namespaces
}
copy-place = { $count ->
    [one] tenant/environment
   *[other] tenant/environment of { $count }
}
copy-yaml = { $count ->
    [one] kubectl, YAML
   *[other] kubectl, YAML of { $count }
}
copy-describe = { $count ->
    [one] kubectl describe
   *[other] kubectl describe of { $count }
}
copy-ticket = { $count ->
    [one] for the ticket
   *[other] for the ticket, { $count } lines
}
copy-before = before it, at { $at }: { $what }
copy-since = since { $at }

## Objects of one kind
palette-objects = { $kind }, as kubectl gets them
objects-count = { $count } { $kind }
objects-more = { $count } more are not read: choose a tenant
objects-none = there are none here
objects-not-served = no cluster that answers serves this kind

## What opening a row says
open-nothing = there is nothing to open under this row
open-no-line = this line leads nowhere
open-unseen = it has no row of its own there
open-unread = it is not read yet: the cursor goes to it when it is
scope-widened = all tenants are looked at again: it was not among those shown
list-above = { $count } above
pod-unready = not ready
popup-none = nothing has that in its name

# An object from one side
aspect-events = events
aspect-yaml = YAML
aspect-describe = describe
aspect-logs = logs
log-all-gone = gone
log-live = live
log-paused = paused
log-previous = previous run
log-level-warn = warn and up
log-level-error = errors
log-since = last { $span }
log-gap = { $who }: the stream broke, lines may be missing here
log-over = { $who } ended
log-over-code = { $who } ended, exit { $code }
log-again = { $who } started again
log-again-run = { $who } started again (run { $run })
log-one-container = there is only one container to hear
log-rest = more than { $most } at once are not read: { $names }
log-named = { $names } and { $count } more
log-no-pod = there is no pod of it
log-hidden = no line of that level
log-silent-since = nothing was said in the last { $span }
log-silent = nothing was said yet
log-kept = { $lines } lines kept, { $used } of { $most } MiB
log-kept-dropped = { $lines } lines kept, { $used } of { $most } MiB, { $dropped } older dropped
log-nothing = nothing that stands on this row has logs
log-nothing-kept = there is no line to save
notice-saved = saved to { $path }
notice-unsaved = not saved: { $words }
aspect-missed = it is gone, and nothing was read of it before
aspect-gone = it is not there any more: this is how it was
aspect-nothing = no object stands on this row
yaml-folded = {"  "}… { $count ->
    [one] 1 line
   *[other] { $count } lines
}
reader-line = line { $line } of { $count }
reader-hit = { $number } of { $count }
reader-hits = { $count ->
    [one] 1 line
   *[other] { $count } lines
}
reader-no-hit = no line has it
reader-no-search = nothing is searched for
describe-status = status
describe-spec = spec
describe-conditions = conditions
describe-containers = containers
describe-init = init containers
describe-volumes = volumes
describe-data = data
describe-fields = fields
describe-bytes = { $bytes } bytes
describe-more = … more in the YAML
describe-users = used by
describe-events = events
describe-name = name
describe-namespace = namespace
describe-created = created
describe-deleting = deleting for
describe-owner = owner
describe-labels = labels
describe-annotations = annotations
describe-finalizers = finalizers
aspect-rollout = live rollout
why-none-here = why is told of Deployments, StatefulSets, DaemonSets and Argo Rollouts
rollout-none-here = it has no revisions to roll out
rollout-complete = complete
rollout-over-hurt = no rollout moves
rollout-paused = paused
rollout-stuck = stuck
rollout-moves = running
rollout-ready = { $ready } ready
rollout-new-ready = { $count } new ready
rollout-new-unready = { $count } new not ready
rollout-old = { $count } old { $count ->
    [one] serves
   *[other] serve
}
rollout-took = in { $took }, { $ago }
rollout-log = end of the log of { $who }
rollout-events = events of this rollout
aspect-why = why
why-no-endpoints = { $unready ->
    [0] Service { $service } has no pod to send to
   *[other] Service { $service } has no pod to send to: { $unready } are not ready
}
why-way = { $kind } { $name } leads there: { $hosts }
why-no-port = Service { $service } sends to port { $port }, which no container has
why-claim-missing = volume claim { $name } does not exist
why-claim-pending = volume claim { $name } has no volume yet: { $asked } asked for, class { $class }
why-claim-default = the default one
why-claim-lost = the volume of claim { $name } is gone
why-claim-resizing = volume claim { $name } grows once its pod starts again
why-certificate = certificate { $name } is not ready: { $reason }
why-budget = disruption budget { $name } keeps its pods on node { $node }, which is to be emptied: { $healthy } healthy, { $required } required
why-served = { $count ->
    [one] Service { $names } has pods to send to
   *[other] Services { $names } have pods to send to
}
why-bound = { $count ->
    [one] its volume claim is bound
   *[other] its { $count } volume claims are bound
}
why-none = nothing known hurts it
why-since = since { $at }
why-elsewhere = the same image { $image } serves in { $where }: { $name } { $ready }
why-quota-near = quota { $name } is nearly full: { $resource } { $used } of { $hard }
why-ruled-out = ruled out
why-not-looked = network policies, and what the containers talk to: not looked at
why-scheduled = every pod has its node, on { $count ->
    [one] 1 node
   *[other] { $count } nodes
}
why-pulled = every image was pulled
why-nodes-well = no node under its pods is in trouble
why-no-quota = no quota bounds its namespace
why-quota-room = quotas have room: the fullest is { $resource }, { $used } of { $hard }
why-no-autoscaler = no autoscaler changes it
why-autoscaler = its autoscaler may ask for more, up to { $maximum }

# The revisions of a workload, and what differs between two of them
aspect-history = history
title-since = since
title-by = by
title-health = health
title-pods-now = pods now
title-cause = change-cause
history-count = { $count ->
    [one] 1 revision
   *[other] { $count } revisions
}
history-none = no revision of it is kept
history-only = no other revision is kept that it could be compared with
history-nothing = only Deployments, StatefulSets and DaemonSets have a history
history-ready = ready { $span }
history-none-ready = none ready
history-serves = still serves
history-short = not all ready
history-complete = complete { $span }
history-left = gone back from
history-ran = ran { $span }
history-again = again
history-changed = what { $from } → { $to } changed
history-counts = { $count ->
    [one] 1 difference
   *[other] { $count } differences
}, { $same ->
    [one] 1 field the same
   *[other] { $same } fields the same
}
history-differences = { $count ->
    [one] 1 difference
   *[other] { $count } differences
}
history-same = the templates say the same
history-order = order of { $list }
history-from = from { $kind } { $name }, key { $key }
history-from-field = from field { $key }
history-optional = optional
history-paused = paused: a change of the template starts no rollout until it is resumed
history-paused-waiting = paused: { $count ->
    [one] 1 difference waits
   *[other] { $count } differences wait
} in the template until it is resumed
history-renumbered = { $revision } was made before and gone back to: it has a new number, the former one is gone
history-renumbered-from = { $revision } was made before and gone back to: it had the number { $former }
history-same-names = contents not compared: { $names }
history-pruned = older ones are gone: { $count } are kept
history-unseen = ran: until the next was made; how it went was not seen
within-container = container { $name }
within-init = init container { $name }
within-volume = volume { $name }
within-config-map = ConfigMap { $name }
within-template = template
topic-env = env
topic-env-from = env from
topic-requests = requests
topic-limits = limits
topic-startup-probe = startup probe
topic-readiness-probe = readiness probe
topic-liveness-probe = liveness probe
topic-ports = ports
topic-mounts = mounts
topic-security = security context
topic-labels = labels
topic-annotations = annotations
topic-node-selector = node selector
topic-tolerations = tolerations
strip-note = note
