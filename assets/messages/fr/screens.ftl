## Cadre : onglets, en-tête, pied
tab-watch = Veille
scope-all = tous projets
mode-read-only = LECTURE SEULE
calm = calme
header-clusters = { $count ->
    [one] { $count } cluster
   *[other] { $count } clusters
}
header-tls-off = tls coupé
header-namespaces = { $count ->
    [one] { $count } namespace
   *[other] { $count } namespaces
}
weekday-1 = lun.
weekday-2 = mar.
weekday-3 = mer.
weekday-4 = jeu.
weekday-5 = ven.
weekday-6 = sam.
weekday-7 = dim.
hint-filter = filtrer
hint-row = ligne
hint-ends = début, fin
hint-half = demi-page
hint-quit = quitter
hint-retry = réessayer
hint-close = fermer
hint-keep = garder
hint-empty = vider
hint-drop = lever le filtre

## Commandes
command-up = une ligne plus haut
command-down = une ligne plus bas
command-top = la première ligne
command-bottom = la dernière ligne
command-half-page-up = une demi-page plus haut
command-half-page-down = une demi-page plus bas
command-page-up = une page plus haut
command-page-down = une page plus bas
command-filter = ne garder que les lignes qui ont ces mots
command-escape = fermer le message, sinon lever le filtre
command-retry = redemander tout de suite aux clusters muets
command-keep-filter = garder le filtre et revenir aux lignes
command-drop-filter = lever le filtre
command-empty-filter = vider le filtre
command-redraw = redessiner tout l'écran
command-suspend = retour au shell, jusqu'à fg
command-quit = quitter

## Veille
watch-reading = lecture
watch-so-far = { $count ->
    [one] { $count } trouvé jusqu'ici
   *[other] { $count } trouvés jusqu'ici
}
watch-found = { $count ->
    [one] { $count } demande quelqu'un
   *[other] { $count } demandent quelqu'un
}
watch-production = { $count } en production
watch-calm = rien ne demande quelqu'un
watch-nothing-seen = rien trouvé dans ce qui est vu
watch-filtered = { $count } sur { $total } · filtre actif
watch-new = { $count ->
    [one] { $count } nouveau
   *[other] { $count } nouveaux
}
watch-new-above = { $count ->
    [one] { $count } nouveau dessus
   *[other] { $count } nouveaux dessus
}
watch-below = { $count } dessous
watch-none-asked = rien dans ce qui est demandé
watch-unmatched = rien ne s'appelle { $name }
watch-elsewhere = { $count } ailleurs
watch-order = le pire d'abord
watch-seeing = { $count ->
    [one] { $count } namespace vu
   *[other] { $count } namespaces vus
}
filter-hides-all = 0 sur { $total } : le filtre cache tout. { $key } le lève
filter-bad-regex = pas une expression régulière : { $words }
tenants = { $count ->
    [one] { $count } projet
   *[other] { $count } projets
}
tenant-platform = plateforme
subject-node = nœud
subject-quota = quota
subject-image = image
subject-registry = registre
subject-webhook = webhook
subject-link = serveur d'API
subject-cluster = cluster
card-production = PRODUCTION

## La bande de la ligne choisie, et le volet
strip-why = pourquoi
strip-before = avant
strip-do = agir
strip-hidden = caché
strip-hit = touche
strip-state = état
strip-images = images
strip-looked = vu
not-seen-cluster = { $name } ne répond pas : { $problem }
strip-not-seen = non vu
before-unseen = rien de vu depuis { $at }, début de la lecture
card-since = depuis { $at } ({ $age })
card-ready = { $ready }/{ $wanted } prêts
card-last-seen = vu à { $at }, il y a { $age }
hidden-since = { $tenants } projets, { $environments } environnements ({ $production } prod) montrés tels qu'à { $at }
hidden-all = tout : rien n'en a encore été lu

## Bandes sous la liste
strip-rollouts = en cours
strip-temporary = suspens
strip-more = { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
rollouts-title = déploiements en cours
rollouts-none = aucun en cours
rollout-past = délai passé
rollout-past-since = délai passé { $ago }
rollout-revision = rév. { $revision }
rollout-since = depuis { $age }
rollout-when-last-seen = bougeait à la dernière vue
temporary-title = laissé en suspens
temporary-none = rien en pause ni suspendu
temporary-paused = déploiement de { $name } en pause
temporary-suspended = CronJob { $name } suspendu
temporary-cordoned = nœud { $name } fermé aux pods
temporary-emptied = { $name } passé de { $from } à 0
not-known-yet = pas encore connu
reading-title = lecture en cours
reading-connecting = connexion
reading-lost = ne répond pas
reading-pods = { $count } pods
reading-pods-of = { $count } pods sur { $total }

## Ce que les droits cachent
denied-title = ce que vous ne voyez pas, et le droit qui le montrerait
unseen-title = ce qui n'est pas vu, ou tard
unseen-unreadable = { $count ->
    [one] { $count } objet illisible n'est pas montré
   *[other] { $count } objets illisibles ne sont pas montrés
}
unseen-in-turns = { $count ->
    [one] { $count } liste lue de temps en temps, la dernière fois il y a { $age }
   *[other] { $count } listes lues à tour de rôle, la plus ancienne il y a { $age }
}
denied-name-them = nomme les namespaces à lire, ou config.toml ; sans eux, pas de projets
denied-in = dans { $count } namespaces
denied-in-one = dans { $namespace }
denied-namespace = autres projets
denied-namespace-for = noms et classes de tous
denied-pod = pods
denied-pod-for = ce qui tourne et pourquoi
denied-deployment = Deployments
denied-deployment-for = déploiements et leur état
denied-statefulset = StatefulSets
denied-statefulset-for = déploiements et leur état
denied-daemonset = DaemonSets
denied-daemonset-for = déploiements et leur état
denied-replicaset = ReplicaSets
denied-replicaset-for = révisions et barres
denied-controllerrevision = révisions
denied-controllerrevision-for = numéros de révision
denied-node = nœuds
denied-node-for = pourquoi un pod attend
denied-job = Jobs
denied-job-for = jobs en échec
denied-cronjob = CronJobs
denied-cronjob-for = ce qui est suspendu
denied-horizontalpodautoscaler = autoscalers
denied-horizontalpodautoscaler-for = bornes atteintes
denied-poddisruptionbudget = budgets
denied-poddisruptionbudget-for = ce qu'une éviction touche
denied-resourcequota = quotas
denied-resourcequota-for = pourquoi des pods sont refusés
denied-event = événements
denied-event-for = les mots du cluster
denied-project = projets Rancher
denied-project-for = noms affichés des projets

## Calme
calm-changes = derniers changements en production
total-clusters = { $count ->
    [one] { $number } cluster
   *[other] { $number } clusters
}
total-tenants = { $count ->
    [one] { $number } projet
   *[other] { $number } projets
}
total-environments = { $count ->
    [one] { $number } environnement
   *[other] { $number } environnements
}
total-production = ({ $number } en production)
total-workloads = { $count ->
    [one] { $number } charge
   *[other] { $number } charges
}
total-pods = { $count ->
    [one] { $number } pod
   *[other] { $number } pods
}
total-nodes = { $count ->
    [one] { $number } nœud
   *[other] { $number } nœuds
}

## Constats et changements, dans les mots d'une ligne
watch-link-why = { $tries ->
    [one] { $words }, { $tries } essai depuis { $since }
   *[other] { $words }, { $tries } essais depuis { $since }
}
watch-link-do = attendre : prochain essai { $next } · { $key } essaie tout de suite

## Messages au-dessus du pied
notice-retry = nouvelle demande à { $clusters }
notice-retry-none = tous les clusters répondent : rien à redemander
notice-more = { $text } · encore { $count }
notice-problems = { $count } problèmes de configuration, tous dans { $log } ; le premier : { $first }
notice-unreadable = { $kind } { $name } de { $cluster } est illisible et n'est pas montré : { $reason }
notice-twins = { $one } et { $other } sont deux contextes du même cluster : chaque ligne y est deux fois
notice-clock = l'horloge de cette machine s'écarte de { $seconds } s de celle de { $cluster } : les âges suivent le cluster

## Fichiers de touches et de thème
keymap-bad-key = « { $key } » n'est pas une touche
keymap-unknown-command = « { $key } » : aucune commande ne s'appelle « { $name } »
keymap-out-of-scope = « { $key } » : « { $name } » va sous [{ $scope }]
keymap-shadowed = « { $key } » est laissée de côté : elle recouvre « { $by } »
keymap-unknown = ce clavier n'existe pas : celui par défaut sert
theme-unknown-colour = « { $slot } » : « { $colour } » n'est pas une couleur
theme-unknown = ce thème n'existe pas : celui par défaut sert
theme-alike = critique, avertissement et bon se ressembleraient : le thème par défaut sert
