## The command line

usage = vigie: { $problem } (see vigie --help)
usage-with-suggestion = vigie: { $problem }; did you mean { $likely }? (see vigie --help)
usage-value = "{ $given }" is not a value of { $argument }, which takes { $known }
usage-no-value = { $argument } needs a value
usage-duration = "{ $given }" is not a duration for { $argument }: write 30s, 1m or a number of seconds
usage-number = "{ $given }" is not a number for { $argument }
usage-argument = there is no argument { $argument } here
usage-command = there is no command "{ $given }"
usage-missing = { $argument } is missing
usage-twice = { $argument } is given twice
usage-takes-none = { $argument } takes no value
usage-not-text = an argument is not valid UTF-8

## Help

help-usage = Usage:
help-options = Options:
help-arguments = Arguments:
help-commands = Commands:
help-vigie = Terminal cockpit for the team on call of a multi-tenant Kubernetes platform
help-vigie-more = Without a command it opens the screen: what needs a human now, production first. get and status tell the same to scripts.
help-vigie-usage = vigie [OPTIONS] [COMMAND]
help-get = Print tenants, deployments, findings or changes
help-get-more = Exit code: 0 when everything asked for was read, 2 for a wrong command line, 3 when something could not be seen; what could not is in "incomplete" (json, yaml) or on standard error (table, wide).
help-get-usage = vigie get [OPTIONS] LISTING
help-status = Print one line on the state of what is watched: for prompts, cron and CI
help-status-more = Exit code: 0 when nothing needs a human, 1 when something does, 2 for a wrong command line, 3 when nothing was found but something could not be seen.
help-status-usage = vigie status [OPTIONS]
help-journal = Print what was done to clusters from this machine, newest first
help-journal-more = From the journal of the user's state directory: no cluster is asked. Exit code: 0 when it was read, 2 for a wrong command line, 3 when it cannot be read; lines that cannot be read are told on standard error.
help-journal-usage = vigie journal [OPTIONS]
help-bundle = Write all that is known of one object to a Markdown file, without secrets
help-bundle-more = For a ticket or a handover: how the object stands and why, what changed, pods, events, ends of logs, YAML. The file is for its owner alone and never over another one. Look at it before it is handed on: a secret that nothing says is one stays. Exit code: 0 when all was read, 2 for a wrong command line, also when several objects are meant, 3 when something could not be seen.
help-bundle-usage = vigie bundle [OPTIONS] KIND/NAME
help-object = What to write about, as for kubectl: deploy/beta-back, pod/beta-back-x, node/worker-3
help-file = File to write, or - for standard output [default: vigie-KIND-NAME-TIME.md here]
help-listing = What to print: { $known }
help-output = How to print it: { $known } [default: table]
help-contexts = Kubeconfig context to watch; repeat for several clusters [default: the current one]
help-kubeconfig = Kubeconfig file to use instead of KUBECONFIG and ~/.kube/config
help-namespaces = Namespace, tenant, or tenant/environment such as betaapp/dev; repeat for several
help-all-namespaces = All namespaces, whatever -n, the context and the configuration say
help-impersonate = User to impersonate
help-impersonate-groups = Group to impersonate, with --as; repeat for several
help-read-only = Never write to a cluster
help-request-timeout = How long one request may take: 30s, 1m30s, a number of seconds, or 0 for no limit
help-lang = Language of the sentences: { $known } [default: the configuration's, else the locale's]
help-theme = Theme of the screen: dark, light, mono or one of yours [default: the configuration's, else by the background]
help-config = Configuration file to use instead of config.toml in the user's configuration directory
help-log-level = How much is logged, to a file in the user's state directory: { $known } [default: VIGIE_LOG, else warn]
help-help = Print help
help-version = Print version

## Files of the user

file-problem = { $place }: { $sentence }
file-suggestion = { $fault }; did you mean { $likely }?
file-unreadable = cannot be read: { $words }
file-too-large = larger than { $size } MiB: this is not a configuration
file-not-text = not text in UTF-8
file-syntax = not TOML: { $words }
file-unknown = { $name } is not known here
file-type = { $key } wants { $wanted }
file-wants-boolean = true or false
file-wants-text = a text in quotes
file-wants-texts = a list of texts in quotes
file-wants-table = a table
file-wants-tables = a list of tables
config-counts-everywhere = { $sentence } (until this is put right every context is read-only)
config-counts-in = { $sentence } (until this is put right context { $name } is read-only)
config-counts-frozen = { $sentence } (until this is put right the freeze "{ $name }" is in force)
config-counts-protected = { $sentence } (until this is put right all that it may mean is protected)
config-missing = { $key } is missing
config-schedule = { $key } is no schedule in the five fields of cron, such as 0 18 28 * *
config-length = { $key } is no length of time such as 12h or 2d
config-zone = { $key } is no time zone such as Europe/Paris
config-secret = { $key } has no place in this file: name the environment variable that has it with token_env, or a file of yours with token_file
config-address = { $key } is no address such as https://console.example.org: https, without a user, a password or what follows a question mark; http is taken on this machine alone
config-value = { $key } takes { $known }
config-empty-name = { $key } has an empty name
config-rule-source = a rule takes exactly one of label, annotation, name and namespaces
config-rule-tenant = a rule with namespaces needs the tenant they are of
config-rule-regex = name is no regular expression: { $detail }

## Listings

column-age = AGE
column-class = CLASS
column-cluster = CLUSTER
column-clusters = CLUSTERS
column-environment = ENVIRONMENT
column-environments = ENVIRONMENTS
column-hit = HIT
column-manager = MANAGER
column-sync = SYNC
column-images = IMAGES
column-kind = KIND
column-message = MESSAGE
column-name = NAME
column-namespace = NAMESPACE
column-namespaces = NAMESPACES
column-ready = READY
column-reason = REASON
column-revision = REVISION
column-severity = SEVERITY
column-state = STATE
column-subject = SUBJECT
column-tenant = TENANT
column-time = TIME
column-updated = UPDATED
get-nothing = nothing to list
get-nothing-seen = nothing to list in what is seen
changes-read-once = read once: of scaling, pauses, quotas and nodes only a running vigie knows the changes, by watching
get-unwritten = vigie: the answer cannot be written: { $detail }

## What could not be seen

not-seen = not seen: { $what }: { $reason }
not-seen-in-cluster = not seen: { $what } on { $cluster }: { $reason }
unseen-connecting = no answer in time
unseen-not-asked = not read in time
unseen-absent = not served by this cluster
unseen-cut-short = not read to the end, { $seen } seen
unseen-part = not read to the end, { $seen } of { $total }
unseen-in-namespace = { $reason } in { $namespace }
unseen-object = { $name } cannot be decoded: { $reason }
unseen-object-without-name = an object cannot be decoded: { $reason }
unseen-no-such-name = no namespace, tenant or tenant/environment has this name

## Status

status-found = { $counts }; worst: { $place } { $kind }/{ $name } on { $cluster }: { $message } ({ $age })
status-found-undated = { $counts }; worst: { $place } { $kind }/{ $name } on { $cluster }: { $message }
status-critical = { $count } critical
status-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
status-nothing-in-what-is-seen = nothing found in what is seen
status-joined = { $first }; { $then }
status-and-more = { $first }, and { $more } more
status-calm = nothing needs a human: { $clusters ->
    [one] { $clusters } cluster
   *[other] { $clusters } clusters
}, { $tenants ->
    [one] { $tenants } tenant
   *[other] { $tenants } tenants
}, { $workloads ->
    [one] { $workloads } workload
   *[other] { $workloads } workloads
}

## Bundle

usage-object = "{ $given }" names no object: write KIND/NAME, such as deploy/beta-back
usage-kind = "{ $given }" is no kind that is known here; these are: { $known }
object-none = vigie: there is no { $kind } "{ $name }" in what was asked for
object-none-seen = vigie: no { $kind } "{ $name }" is seen
object-none-near = vigie: there is no { $kind } "{ $name }" in what was asked for; there is { $near }
object-several = vigie: { $count } objects are { $kind } "{ $name }"; say which one:
object-more = and { $count } more
bundle-file-exists = vigie: { $file } is there already, and nothing is written over it
bundle-file-unwritten = vigie: { $file } cannot be written: { $detail }
bundle-made = Read at { $at } by vigie { $version }. Times are UTC. Secrets are masked: { $mask } stands for one.
bundle-label = { $name }:
bundle-cluster = Cluster
bundle-namespace = Namespace
bundle-place = Tenant
bundle-class = Class
bundle-created = Created
bundle-managers = Managed by
bundle-unseen = Not seen
bundle-status = Status
bundle-finding = { $severity } since { $at }: { $sentence }
bundle-finding-undated = { $severity }: { $sentence }
bundle-finding-of = { $severity } since { $at }: { $kind } { $name }: { $sentence }
bundle-finding-of-undated = { $severity }: { $kind } { $name }: { $sentence }
bundle-state = State
bundle-rollout = Rollout
bundle-rollout-unobserved = the controller has not seen the latest change yet
bundle-rollout-manual = by hand: pods change when somebody deletes them
bundle-rollout-updating = running, pods of the new revision: { $done } of { $wanted }
bundle-rollout-starting = running, available pods of the new revision: { $done } of { $wanted }
bundle-rollout-retiring = running, old pods that still stand: { $old }
bundle-rollout-stepping = running, steps done: { $done } of { $wanted }
bundle-ready = Ready
bundle-revision = Revision
bundle-images = Images
bundle-restarts = Restarts
bundle-node = Node
bundle-owner = Owner
bundle-condition = Condition
bundle-since = Since
bundle-reason = Reason
bundle-message = Message
bundle-why = Why
bundle-cause-of = { $subject }: { $sentence }
bundle-ruled-out = Ruled out:
bundle-before = What changed in the half hour before
bundle-changes = What changed in the last day
bundle-no-changes = Nothing is known to have changed.
bundle-read-once = Read once: rollouts and warnings leave traces; scaling, pauses, quotas and nodes leave none.
bundle-rolled = What revision { $to } changed from { $from }
bundle-rolled-at = It was made at { $at }.
bundle-rolled-masked = Masked values that differ have different numbers.
bundle-pods = Pods
bundle-pod = Pod
bundle-exit = exit { $code }
bundle-last-run = the run before: { $ended }
bundle-events = Events
bundle-last = Last
bundle-first = First
bundle-times = Times
bundle-type = Type
bundle-object = Object
bundle-logs = Logs
bundle-logs-all = The last { $lines } lines of each container, those that fail first.
bundle-logs-some = The last { $lines } lines of { $shown } of { $all } containers, those that fail first.
bundle-log-previous = { $name }, the run before
bundle-log-ended = { $name }, the run before: exit { $code } at { $at }
bundle-log-ended-undated = { $name }, the run before: exit { $code }
bundle-log-silent = It has said nothing.
bundle-yaml = YAML

## Starting

start-no-terminal = vigie: the screen needs a terminal; vigie get and vigie status do without one (see vigie --help)
start-failed = vigie: cannot start: { $detail }
log-unwritten = vigie: nothing is logged: { $detail }
log-no-directory = there is no home directory
log-open-to-others = others can write in its folder
connect-no-kubeconfig = vigie: no kubeconfig: looked for { $paths }; name one with --kubeconfig or KUBECONFIG
connect-kubeconfig = vigie: { $problem }
connect-unknown-context = vigie: there is no context "{ $name }"; the kubeconfig has { $known }
connect-lost-context = vigie: the kubeconfig's current context "{ $name }" does not exist; name one with --context: { $known }
connect-no-context = vigie: the kubeconfig has no current context; name one with --context: { $known }
connect-empty = vigie: the kubeconfig has no context

help-rollback = Roll back a Deployment, StatefulSet, DaemonSet, Argo Rollout or Application to a former revision
help-rollback-more = Without --to-revision it goes to the newest other revision that still serves or was seen to run well, else to the one before. The plan is shown before it asks, and printed with what came of it: what changes, whether it will hold, each check, the server's answer to a dry run. Exit code: 0 when accepted (with --wait: when the cluster reached it), 1 when refused or failed, 2 for a wrong command line, 3 when the outcome is not known or the cluster does not answer.
help-rollback-usage = vigie rollback [OPTIONS] KIND/NAME
help-scale = Set the number of replicas
help-scale-more = The plan is shown before it asks, and printed with what came of it. Exit codes are those of vigie rollback.
help-scale-usage = vigie scale [OPTIONS] --replicas N KIND/NAME
help-restart = Start new pods of the same revision
help-restart-more = The plan is shown before it asks, and printed with what came of it. Exit codes are those of vigie rollback.
help-restart-usage = vigie restart [OPTIONS] KIND/NAME
help-pause = Pause the rollouts of a Deployment or an Argo Rollout, the auto-sync of an Application, or Flux
help-pause-more = The plan is shown before it asks, and printed with what came of it. Exit codes are those of vigie rollback.
help-pause-usage = vigie pause [OPTIONS] KIND/NAME
help-resume = Resume the rollouts of a Deployment or an Argo Rollout, the auto-sync of an Application, or Flux
help-resume-more = The plan is shown before it asks, and printed with what came of it. Exit codes are those of vigie rollback.
help-resume-usage = vigie resume [OPTIONS] KIND/NAME
help-sync = Sync an Application of Argo CD, or reconcile what Flux keeps
help-sync-more = The plan is shown before it asks, and printed with what came of it. Exit codes are those of vigie rollback.
help-sync-usage = vigie sync [OPTIONS] KIND/NAME
help-prune = Also remove what git does not have
help-argo-dry-run = Have Argo CD dry-run it: nothing is written, and what would change is told with --wait
help-undo = Take back an action of the journal
help-undo-more = Without ID the last one that is not taken back yet. It is a plan of its own, shown, printed and journaled like any other. Exit codes are those of vigie rollback.
help-undo-usage = vigie undo [OPTIONS] [ID]
help-id = Action of the journal: see vigie journal
help-to-revision = Revision to go back to [default: the likeliest]
help-lasting = Hold back first what would put it back: auto-sync off, or Flux suspended, until somebody resumes it
help-replicas = Number of replicas
help-dry-run = Print the plan and the server's answer to a dry run; write nothing, the journal included
help-yes = Do not ask; not enough where the name must be typed
help-confirm = The environment's name, as it would be typed: production, what is not known to be anything else and what the configuration protects need it
help-reason = Why, for the journal
help-wait = Wait until the cluster has reached it, or has given up
help-plan = How to print the plan: { $known } [default: text]

consent-name = Type { $name } to send it:{ " " }
consent-yes = Send it? [y/N]{ " " }
consent-needs-name = vigie: nothing was sent: this environment asks for its name, --confirm { $name }
consent-needs-yes = vigie: nothing was sent: nobody is asked without a terminal, --yes says so beforehand
consent-declined = vigie: nothing was sent
undo-empty = vigie: the journal has no action to take back
undo-in-doubt = No answer is known yet of the last action, { $id }: it may be done. It is read again at each start; vigie undo ID takes back another one.
undo-none-named = vigie: the journal has no action { $id }; vigie journal lists them
undo-nothing-left = vigie: in what was asked for there is no action that could be taken back
undo-no-cluster = vigie: { undo-unwatched }

label-now = now
label-becomes = becomes
label-changes = changes
label-holds = holds
label-proof = proof
label-check = check
label-note = note
label-undo = undo
label-by-hand = by hand
label-server = server
label-outcome = outcome
label-journal = journal
verdict-pass = pass
verdict-warn = warning
verdict-fail = fail
verdict-notChecked = not checked
verdict-asked = no answer yet
not-sent = vigie: { $words }
act-again = The same command again plans from what is there now.
act-lasting = With --lasting what puts it back is held back first.
act-lasting-none = Nothing that can be done from here holds that back.
act-not-placed = vigie: nothing was sent: whose namespace it is is still being read; try again, or with a longer --request-timeout
act-stays-off = vigie: auto-sync of { $name } is off until somebody restores it: vigie resume { $kind }/{ $name } -n { $place } --context { $context }
act-stays-off-flux = vigie: Flux is suspended for { $name } until somebody resumes it: vigie resume { $kind }/{ $name } -n { $place } --context { $context }
