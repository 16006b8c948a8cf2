# La console Cloud Pi Native : un interrupteur pour les Applications d'un environnement.
plan-suspend-sync-console = console : suspension de la synchro auto de l'environnement de { $name }
plan-restore-sync-console = console : rétablissement de la synchro auto de l'environnement de { $name }
journal-suspend-sync-console = synchro coupée en console
journal-restore-sync-console = synchro remise en console
before-environment = dans { $name }, cpu { $cpu }, gpu { $gpu }, mémoire { $memory } Gio
hold-console = oui : c'est l'interrupteur de la plateforme. La console écrit d'après lui les Applications de { $name }, et rien ne le rétablit.
hold-short-console = tient : c'est l'interrupteur de la plateforme
refusal-switched-off = La synchro auto de l'environnement de { $name } est déjà coupée dans la console. Tant que la plateforme ne l'a pas écrit, Argo CD continue comme avant : attendre, ou regarder la console.
refusal-no-environment = La console ne dit rien de l'environnement de { $name } : elle n'en nomme aucun de cet identifiant, ou pas de la façon connue. Rien n'est parti.
unsent-no-console = aucune console n'est configurée, ou aucun jeton pour elle
detail-console-right = non vérifié : la console ne le dit qu'à la demande
detail-console-dry-run = non vérifié : la console n'a pas d'essai à blanc
note-environment-wide = { $count ->
    [one] c'est l'interrupteur de tout l'environnement { $name }, pour 1 Application : { $names }
   *[other] c'est l'interrupteur de tout l'environnement { $name }, pour { $count } Applications : { $names }
}
note-unversioned = cpu, gpu et mémoire repartent tels qu'ils ont été lus : la console est relue juste avant, et ne garde pas de version ; ce que quelqu'un enregistre à cet instant est perdu
note-not-on-application = la plateforme peut mettre des minutes à l'écrire, et la suite attend que ce soit fait ; qui et pourquoi sont dans le journal d'ici et celui de la console, pas sur les Applications
console-lasts = Seuls git ou le formulaire de l'environnement dans la console durent ici : y couper la synchro auto, car un ApplicationSet réécrit l'Application.
console-lasts-at = Seuls git ou le formulaire de l'environnement dans la console durent ici : couper la synchro auto sur { $page }, car un ApplicationSet réécrit l'Application.
console-not-ours = Pas de rétablissement : { $name } n'a pas de synchro auto, et aucune trace ici ne dit que vigie l'a coupée. Le journal de la console dit qui l'a fait, son formulaire la rétablit.
console-not-ours-at = Pas de rétablissement : { $name } n'a pas de synchro auto, et aucune trace ici ne dit que vigie l'a coupée. Le journal de la console dit qui l'a fait, son formulaire la rétablit : { $page }
lasting-first-console = synchro auto de tout l'environnement coupée par la console, puis { $verb }
lasting-console-alone = synchro auto de tout l'environnement coupée par la console
hint-lasting-console = par la console
temporary-environment-off = synchro auto coupée dans la console
temporary-applications = { $count ->
    [one] { $said } · 1 Application
   *[other] { $said } · { $count } Applications
}
temporary-by-console = { $said } ; son journal dit par qui
console-no-variable = La console n'est pas interrogée : la variable d'environnement de console.token_env n'a pas de jeton.
console-no-token = La console n'est pas interrogée : le fichier de console.token_file n'est pas lisible.
console-bad-token = La console n'est pas interrogée : ce qui est configuré comme jeton n'en est pas un.
console-no-authority = La console n'est pas interrogée : le fichier de console.ca_file n'a pas de certificat PEM.
console-no-tls = La console n'est pas interrogée : TLS ne peut être mis en place.
