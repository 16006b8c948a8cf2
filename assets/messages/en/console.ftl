# The console of Cloud Pi Native: one switch for the Applications of an environment.
plan-suspend-sync-console = console: suspend auto-sync of the environment of { $name }
plan-restore-sync-console = console: restore auto-sync of the environment of { $name }
journal-suspend-sync-console = auto-sync off in console
journal-restore-sync-console = auto-sync on in console
before-environment = in { $name }, cpu { $cpu }, gpu { $gpu }, memory { $memory } GiB
hold-console = yes: it is the platform's own switch. The console writes the Applications of { $name } by it, and nothing puts it back.
hold-short-console = holds: the platform's own switch
refusal-switched-off = Auto-sync of the environment of { $name } is off in the console already. While the platform writes that, Argo CD goes on as before: wait for it, or look at the console.
refusal-no-environment = The console does not tell of the environment of { $name }: it names none of that id, or not in the way that is known. Nothing was sent.
unsent-no-console = no console is configured, or no token for it
detail-console-right = not checked: the console tells only when it is asked
detail-console-dry-run = not checked: the console tries nothing out
note-environment-wide = { $count ->
    [one] it is the switch of the whole environment { $name }, for 1 Application: { $names }
   *[other] it is the switch of the whole environment { $name }, for { $count } Applications: { $names }
}
note-unversioned = cpu, gpu and memory are sent as they were read: the console is read once more right before, and keeps no version, so what somebody saves in that moment is lost
note-not-on-application = the platform may take minutes to write it, and what goes after it waits for that; who and why stand in the journal here and in the console's log, not on the Applications
console-lasts = Only git or the console's form of the environment lasts here: auto-sync off there, since an ApplicationSet writes the Application anew.
console-lasts-at = Only git or the console's form of the environment lasts here: auto-sync off on { $page }, since an ApplicationSet writes the Application anew.
console-not-ours = Not restored: { $name } has no auto-sync, and no record here says that vigie took it away. The console's log tells who did, its form gives it back.
console-not-ours-at = Not restored: { $name } has no auto-sync, and no record here says that vigie took it away. The console's log tells who did, its form gives it back: { $page }
lasting-first-console = auto-sync of the whole environment off in the console, then { $verb }
lasting-console-alone = auto-sync of the whole environment off in the console
hint-lasting-console = by the console
temporary-environment-off = auto-sync off in the console
temporary-applications = { $count ->
    [one] { $said } · 1 Application
   *[other] { $said } · { $count } Applications
}
temporary-by-console = { $said }; its log tells who
console-no-variable = The console is not asked: the environment variable of console.token_env has no token.
console-no-token = The console is not asked: the file of console.token_file cannot be read.
console-bad-token = The console is not asked: what is configured as its token is none.
console-no-authority = The console is not asked: the file of console.ca_file has no certificate in PEM.
console-no-tls = The console is not asked: TLS cannot be set up.
