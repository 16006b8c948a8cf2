## Cadre : onglets, en-tête, pied
tab-watch = Veille
tab-tenants = Projets
tab-deployments = Déploiements
tab-journal = Journal
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
hint-list = liste
hint-tenant = projet
hint-palette = commande
hint-run = lancer
hint-pick = choisir
hint-copy = copier
hint-toggle = montrer ou cacher
hint-complete = compléter
hint-mark = marquer
hint-unmark = démarquer
hint-need = à traiter
hint-open = ouvrir
hint-out = retour
hint-search = chercher
hint-hits = lignes trouvées
hint-logs = journaux
hint-pause = pause
hint-follow = suivre
hint-previous = précédent
hint-since = depuis
hint-level = niveau
hint-warnings = avertissements
hint-all = tout
hint-times = heures
hint-save = garder
hint-wrap = replier
hint-describe = décrire
hint-yaml = YAML
hint-rollout = déploiement
hint-why = pourquoi
hint-events = événements
hint-history = historique
hint-side = autre côté
hint-difference = différence
hint-fold = plier
hint-screens = écrans
hint-row = ligne
hint-ends = début, fin
hint-quit = quitter
hint-help = aide
hint-scroll = défiler
hint-retry = réessayer
hint-close = fermer
hint-keep = garder
hint-empty = vider
hint-drop-search = lever la recherche
hint-drop = lever le filtre
jump-node = nœud
jump-log = journal
jump-difference = diff
jump-workload = charge

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
command-rollout = le déploiement en direct : révisions, pods, événements, sa fin
command-why = pourquoi la charge va mal, et ce qui est exclu
command-events = les événements de l'objet et de ce qu'il possède
command-yaml = l'objet en YAML
command-describe = l'objet décrit : état, conditions, conteneurs, événements
command-history = les révisions de la charge, et ce que deux d'entre elles disent autrement
command-logs = ce que disent ses conteneurs ; ceux des lignes marquées ensemble
command-follow = mettre un journal en pause, ou en suivre la fin
command-previous-run = le journal de l'exécution précédente, et retour
command-since = jusqu'où remontent les journaux
command-level = toutes les lignes d'un journal, avertissements et pire, erreurs ; tous les événements, ou les avertissements
command-container = journaux d'un conteneur de chaque pod, ou de tous
command-times = heures des lignes de journal montrées ou non
command-save = garder dans un fichier ce qui est montré des journaux
command-wrap = les lignes longues sur plusieurs rangs, ou coupées
command-copy = copier le nom de la ligne, sa commande kubectl, une ligne pour le ticket
command-palette = toute commande, écran, projet ou charge par son nom
command-tenant = ne regarder qu'un projet, ou tous
command-search = chercher partout ce que dit le ticket
command-classes = choisir les environnements montrés, par classe
command-sort = choisir l'ordre des lignes
command-sort-up = le plus petit d'abord, dans un ordre choisi
command-sort-down = le plus grand d'abord, dans un ordre choisi
command-previous = le choix au-dessus
command-next = le choix au-dessous
command-choose = prendre le choix
command-dismiss = fermer sans effet
command-watch = l'écran de ce qui demande quelqu'un
command-tenants = l'écran des projets
command-deployments = l'écran des déploiements
command-journal = l'écran de ce qui a été fait depuis cette machine
command-open = ouvrir la ligne
command-pane = dans le volet de détail, pour le faire défiler, et retour
command-back = l'écran d'avant
command-forth = l'écran d'après, une fois revenu
command-fold = plier la branche
command-unfold = déplier la branche
command-mark = marquer la ligne, ou ôter sa marque
command-mark-span = marquer les lignes depuis la dernière marque
command-next-in-need = plus bas, jusqu'à la ligne qui demande quelqu'un
command-previous-in-need = plus haut, jusqu'à la ligne qui demande quelqu'un
command-escape = fermer un avertissement, sinon lever le filtre ou la recherche, sinon les marques, sinon revenir
command-retry = redemander tout de suite aux clusters muets
command-help = les touches de cet écran, par ce qu'elles font
command-mouse = clic et molette, ou sélection de texte à la souris
command-keep-filter = garder le filtre et revenir aux lignes
command-complete = compléter le terme, ou écrire ce qu'un terme faux voulait sans doute dire
command-drop-filter = lever le filtre
command-empty-filter = vider le filtre
command-redraw = redessiner tout l'écran
command-suspend = retour au shell, jusqu'à fg
command-leave = fermer le texte, sinon quitter
command-quit = quitter

## Veille
list-reading = lecture
list-so-far = { $count ->
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
list-other-version = { $cluster } sert { $kind } en { $served } et non en { $read }, que lit vigie : ce qui s'y trouve n'est pas vu
list-filtered = { $count } sur { $total } · filtre actif
list-new = { $count ->
    [one] { $count } nouveau
   *[other] { $count } nouveaux
}
list-new-above = { $count ->
    [one] { $count } nouveau dessus
   *[other] { $count } nouveaux dessus
}
list-below = { $count } dessous
watch-none-asked = rien dans ce qui est demandé
watch-unmatched = rien ne s'appelle { $name }
watch-elsewhere = { $count } ailleurs
list-order = le pire d'abord
watch-seeing = { $count ->
    [one] { $count } namespace vu
   *[other] { $count } namespaces vus
}
filter-hides-all = 0 sur { $total } : le filtre cache tout. { $key } le lève

## Filtre
filter-bad-regex = pas une expression régulière : { $words }
filter-bad-field = rien ne s'appelle { $name } ici
filter-bad-word = { $field } inconnu
filter-bad-sign = { $field } se compare par = ou !=
filter-bad-age = une durée est attendue : 30s 15m 2h 3j 1w
filter-bad-ready = un nombre de pods ou leur part est attendu : 3, 50%
filter-bad-restarts = un nombre est attendu
filter-did-you-mean = { $said } : vouliez-vous dire { $near } ?
filter-writes-it = { $key } l'écrit
filter-title = filtre
filter-left-out = { $out ->
    [one] { $used } termes sur { $count } servent, { $out } est omis
   *[other] { $used } termes sur { $count } servent, { $out } sont omis
}
filter-terms = termes
filter-signs = signes
filter-guide-signs = = nom, * permis · < > { $figures } · !sans · re:… · texte
filter-status-ok = ok
filter-status-running = en-cours
filter-status-waiting = attente
filter-status-warning = avertissement
filter-status-critical = critique
filter-status-failed = échoué
filter-status-stopped = arrêté
filter-status-unknown = inconnu
filter-class-production = production
filter-class-non-production = hors-production
filter-class-unknown = inconnue
marked = { $count ->
    [one] { $count } marquée
   *[other] { $count } marquées
}

## Autour
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
subject-argo-cd = Argo CD
subject-flux = Flux
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
strip-filtered = { $count } sur { $total }
rollouts-title = déploiements en cours
rollouts-none = aucun en cours
rollout-past = délai passé
rollout-past-since = délai passé { $ago }
rollout-revision = rév. { $revision }
rollout-since = depuis { $age }
rollout-when-last-seen = bougeait à la dernière vue
course-canary = canari { $percent } %
course-blue-green = bleu-vert
course-step = étape { $step }/{ $steps }
course-paused = en pause
course-paused-for = en pause { $age }
delivery-steps = étapes
delivery-weight = { $percent } %
delivery-pause = pause
delivery-pause-for = pause { $span }
delivery-canary = canari { $hash }
delivery-stable = stable { $hash }
delivery-preview = aperçu { $hash }
delivery-active = actif { $hash }
delivery-wanted = { $percent } % visés
delivery-by-pods = par les pods
delivery-by-router = par le routeur
delivery-analysis = analyse { $name } : { $status }
temporary-title = laissé en suspens
temporary-none = rien en pause ni suspendu
temporary-paused = déploiement de { $name } en pause
temporary-waits = { $name } attend la promotion
temporary-waits-at = { $name } attend à { $to } % la promotion
temporary-suspended = CronJob { $name } suspendu
temporary-cordoned = nœud { $name } fermé aux pods
temporary-emptied = { $name } passé de { $from } à 0
temporary-scaled = { $name } passé de { $from } à { $to } à la main
temporary-scaled-to = { $name } passé à { $to } à la main
temporary-for = { $said } { $age }
temporary-scaled-for = { $said }, { $age }
temporary-by = { $said }, par { $writer }
temporary-of = { $said } : { $name }
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
denied-rollout = Argo Rollouts
denied-rollout-for = leurs étapes et leur état
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
denied-application = Applications
denied-application-for = ce qu'Argo CD fait d'un changement
denied-applicationset = ApplicationSets
denied-applicationset-for = ce qui est réécrit
denied-appproject = AppProjects
denied-appproject-for = leurs fenêtres de synchro
denied-kustomization = Kustomizations
denied-kustomization-for = ce que Flux fait d'un changement
denied-helmrelease = HelmReleases
denied-helmrelease-for = ce que Flux fait d'un changement

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
watch-workload-do = { $why } dit pourquoi · { $history } compare ses révisions · { $logs } lit ses journaux
watch-logs-do = { $logs } lit ses journaux
watch-node-do = { $open } liste ses charges · { $copy } donne kubectl describe node { $name }
watch-link-do = attendre : prochain essai { $next } · { $key } essaie tout de suite

## Messages au-dessus du pied
notice-retry = nouvelle demande à { $clusters }
notice-retry-none = tous les clusters répondent : rien à redemander
marks-dropped = { $count ->
    [one] { $count } marque ôtée : sa ligne ne se voit plus
   *[other] { $count } marques ôtées : leurs lignes ne se voient plus
}
need-no-next = aucune ligne plus bas ne demande quelqu'un
need-no-previous = aucune ligne plus haut ne demande quelqu'un
notice-mouse-on = la souris choisit lignes et onglets, la molette défile ; le terminal ne sélectionne plus de texte
notice-mouse-off = la souris sélectionne de nouveau le texte
notice-sent = { $count ->
    [one] { $count } ligne envoyée au terminal
   *[other] { $count } lignes envoyées au terminal
}
notice-too-long = trop long pour le presse-papiers d'un terminal : { $size } Ko, { $most } au plus
notice-unsent = pas envoyé au terminal : { $words }
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

## Listes : titres et colonnes
count-need = { $count ->
    [one] 1 demande quelqu'un
   *[other] { $count } demandent quelqu'un
}
count-move = { $count ->
    [one] 1 bouge
   *[other] { $count } bougent
}
count-wait = { $count ->
    [one] 1 attend
   *[other] { $count } attendent
}
deployments-count = { $count ->
    [one] { $count } charge
   *[other] { $count } charges
}
deployments-none = aucune charge dans ce qui est vu
tenants-title = { $count ->
    [one] { $count } projet
   *[other] { $count } projets
}
tenants-none = aucun projet dans ce qui est vu
tenant-none = plus rien de ce projet n'est vu
tree-count = { $count ->
    [one] { $count } ligne
   *[other] { $count } lignes
}
environments-count = { $count ->
    [one] { $count } environnement
   *[other] { $count } environnements
}
title-place = projet/env
title-workload = charge
title-ready = prêts
title-rollout = déploi.
title-revision = rév
title-image = image
title-restarts = red
title-manager = par
title-for = dep.
title-tenant = projet
title-environments = env
title-moving = dépl
title-found = const
title-worst = le pire
title-quota = quota
title-changed = chg
title-tree = environnement › charge › pod
title-what = quoi
title-age = âge
quota-cpu = cpu
quota-memory = mém
quota-used-of = { $used } sur { $hard }
kind-environment = environnement
kind-revision = révision
revision-none-ready = jamais prête
revision-current = actuelle
revision-old = ancienne
revision-serves = ancienne, sert encore
pod-restarted = { $status } { $restarts }×
standing-failed = échoué
standing-aborted = abandonné
standing-degraded = manque de pods
standing-progressing = en déploiement
standing-paused = en pause
standing-unknown = inconnu
standing-complete = terminé
standing-stopped = arrêté
cron-next = prévu { $at }
cron-last-good = dernier ✓ { $at }
cron-last-failed = dernier ✗ { $at }
cron-suspended = suspendu
cron-suspended-since = suspendu depuis { $at }
run-under-way = en cours
run-under-way-since = en cours depuis { $at }
run-done-since = { $done } sur { $wanted } finis depuis { $at }
run-failed = échoué : { $reason }
run-complete-in = terminé en { $span }
image-before = était { $from }
manager-nobody = personne : ce que vous changez reste
strip-rollout = déploi.
strip-image = image
strip-manager = géré par
strip-namespace = namespace
strip-schedule = horaire
strip-node = nœud
pane-revisions = révisions
pane-pods = pods
pane-events = événements
events-reading = en lecture
events-dropped = seules les { $count } séries les plus récentes sont gardées
events-none = aucun que le serveur garde encore
events-warnings = { $shown } sur { $count } · avertissements
events-no-warning = aucun n'est un avertissement
lack-denied = droit nécessaire : { $right }
lack-absent = il n'est pas (ou plus) là
lack-not-started = pas encore démarré : { $reason }
lack-kubelet = son kubelet ne répond pas : { $how }
lack-no-previous = il n'a tourné qu'une fois : pas d'exécution précédente
pane-runs = exécutions
fleet-title = où en est le parc
fleet-environments = env.
fleet-classes = { $total } environnements : { $production } en production · { $other } autres · { $unknown } de classe inconnue
fleet-workloads = charges
fleet-ready = { $total } : { $ready } prêtes · { $short } en manque de pods · { $moving } en mouvement
fleet-quotas = quotas
fleet-full = { $full } pleins · { $near } au-dessus de 80 %

## Fenêtres de choix
popup-command = commande
popup-tenant = projet
popup-classes = environnements
popup-sort = trier par
popup-copy = copier
palette-also = aussi tout type comme kubectl le nomme (:po  :ing beta)  :dp  :ns  :ctx  :q
palette-tenant = projet, { $count ->
    [one] { $count } environnement
   *[other] { $count } environnements
}
palette-kind = charges de ce genre
palette-namespaces = projets et leurs namespaces
palette-cluster = cluster : ses charges
sort-worst = le pire d'abord
sort-tenant = projet et environnement
sort-name = nom
sort-ready = part prête
sort-restarts = redémarrages
sort-for = depuis combien de temps
sort-age = âge
sort-found = constats
sort-quota = quota le plus plein
sort-changed = dernier changement
sorted-up = par { $key }, croissant
sorted-down = par { $key }, décroissant

## Recherche
search-title = { $count ->
    [one] recherche dans { $count } cluster
   *[other] recherche dans { $count } clusters
}
search-found = { $count } trouvés
search-denied = { $count ->
    [one] { $count } genre illisible
   *[other] { $count } genres illisibles
}
search-type = taper deux lettres ou plus d'un nom
search-none = rien n'a cela dans son nom
search-tries = cherche
search-kinds = projet · namespace · charge · hôte · CronJob · Job · image · pod · nœud
what-tenant = projet
what-namespace = namespace
what-workload = charge
what-cronjob = CronJob
what-job = Job
what-image = image
what-pod = pod
what-host = hôte
what-node = nœud
title-name = nom
title-where = où
title-cluster = cluster

## Ce qui se copie d'une ligne
copy-line = la ligne
copy-text = le texte, { $count } lignes
copy-name = { $count ->
    [one] nom
   *[other] { $count } noms
}
copy-namespace = { $count ->
    [one] namespace
   *[other] { $count } namespaces
}
copy-place = { $count ->
    [one] projet/environnement
   *[other] projet/environnement de { $count }
}
copy-yaml = { $count ->
    [one] kubectl, YAML
   *[other] kubectl, YAML de { $count }
}
copy-describe = { $count ->
    [one] kubectl describe
   *[other] kubectl describe de { $count }
}
copy-ticket = { $count ->
    [one] pour le ticket
   *[other] pour le ticket, { $count } lignes
}
copy-before = avant, à { $at } : { $what }
copy-since = depuis { $at }

## Objets d'un type
palette-objects = { $kind }, comme kubectl get
objects-count = { $count } { $kind }
objects-more = { $count } de plus ne sont pas lus : choisir un tenant
objects-none = il n'y en a pas ici
objects-not-served = aucun cluster qui répond ne sert ce type

## What opening a row says
open-nothing = il n'y a rien à ouvrir sous cette ligne
open-no-line = cette ligne ne mène nulle part
open-unseen = il n'y a pas de ligne à lui
open-unread = ce n'est pas encore lu : le curseur ira dessus
scope-widened = tous les projets sont de nouveau regardés : ce n'était pas parmi ceux montrés
list-above = { $count } au-dessus
pod-unready = non prêt
popup-none = rien n'a cela dans son nom

# Un objet sous un de ses côtés
aspect-events = événements
aspect-yaml = YAML
aspect-logs = journaux
log-all-gone = disparu
log-live = en direct
log-paused = en pause
log-previous = exécution précédente
log-level-warn = avert. et pire
log-level-error = erreurs
log-since = depuis { $span }
log-gap = { $who } : le flux a rompu, des lignes peuvent manquer ici
log-over = { $who } s'est arrêté
log-over-code = { $who } s'est arrêté, code { $code }
log-again = { $who } a redémarré
log-again-run = { $who } a redémarré (exécution { $run })
log-one-container = il n'y a qu'un conteneur à entendre
log-rest = au-delà de { $most } à la fois, non lus : { $names }
log-named = { $names } et { $count } autres
log-no-pod = il n'en existe aucun pod
log-hidden = aucune ligne de ce niveau
log-silent-since = rien n'a été dit depuis { $span }
log-silent = rien n'a encore été dit
log-kept = { $lines } lignes gardées, { $used } sur { $most } Mio
log-kept-dropped = { $lines } lignes gardées, { $used } sur { $most } Mio, { $dropped } plus anciennes perdues
log-nothing = rien de ce qui est sur cette ligne n'a de journal
log-nothing-kept = il n'y a aucune ligne à enregistrer
notice-saved = enregistré dans { $path }
notice-unsaved = non enregistré : { $words }
aspect-describe = description
aspect-missed = il a disparu, et rien n'en a été lu avant
aspect-gone = il n'est plus là : voici comment il était
aspect-nothing = aucun objet sur cette ligne
yaml-folded = {"  "}… { $count ->
    [one] 1 ligne
   *[other] { $count } lignes
}
reader-line = ligne { $line } sur { $count }
reader-hit = { $number } sur { $count }
reader-hits = { $count ->
    [one] 1 ligne
   *[other] { $count } lignes
}
reader-no-hit = aucune ligne ne l'a
reader-no-search = rien n'est cherché
describe-status = état
describe-spec = spec
describe-conditions = conditions
describe-containers = conteneurs
describe-init = conteneurs d'initialisation
describe-volumes = volumes
describe-data = données
describe-fields = champs
describe-bytes = { $bytes } octets
describe-more = … la suite dans le YAML
describe-users = utilisé par
describe-events = événements
describe-name = nom
describe-namespace = namespace
describe-created = créé
describe-deleting = supprimé depuis
describe-owner = propriétaire
describe-labels = étiquettes
describe-annotations = annotations
describe-finalizers = finaliseurs
aspect-rollout = déploiement en direct
why-none-here = le pourquoi se dit des Deployments, StatefulSets, DaemonSets et Argo Rollouts
rollout-none-here = il n'a pas de révisions à déployer
rollout-complete = terminé
rollout-over-hurt = aucun déploiement en cours
rollout-paused = en pause
rollout-stuck = bloqué
rollout-moves = en cours
rollout-ready = { $ready } prêts
rollout-new-ready = { $count } neufs prêts
rollout-new-unready = { $count } neufs pas prêts
rollout-old = { $count } { $count ->
    [one] ancien sert
   *[other] anciens servent
}
rollout-took = en { $took }, { $ago }
rollout-log = fin du journal de { $who }
rollout-events = événements de ce déploiement
aspect-why = pourquoi
why-no-endpoints = { $unready ->
    [0] le Service { $service } n'a aucun pod à qui envoyer
   *[other] le Service { $service } n'a aucun pod à qui envoyer : { $unready } ne sont pas prêts
}
why-way = { $kind } { $name } y mène : { $hosts }
why-no-port = le Service { $service } envoie au port { $port }, qu'aucun conteneur n'a
why-claim-missing = la demande de volume { $name } n'existe pas
why-claim-pending = la demande de volume { $name } n'a pas encore de volume : { $asked } demandés, classe { $class }
why-claim-default = par défaut
why-claim-lost = le volume de la demande { $name } a disparu
why-claim-resizing = la demande de volume { $name } grandira quand son pod redémarrera
why-certificate = le certificat { $name } n'est pas prêt : { $reason }
why-budget = le budget de perturbation { $name } garde ses pods sur le nœud { $node }, qui doit être vidé : { $healthy } sains, { $required } requis
why-served = { $count ->
    [one] le Service { $names } a des pods à qui envoyer
   *[other] les Services { $names } ont des pods à qui envoyer
}
why-bound = { $count ->
    [one] sa demande de volume est liée
   *[other] ses { $count } demandes de volume sont liées
}
why-none = rien de connu ne lui nuit
why-since = depuis { $at }
why-elsewhere = la même image { $image } sert dans { $where } : { $name } { $ready }
why-quota-near = le quota { $name } est presque plein : { $resource } { $used } sur { $hard }
why-ruled-out = exclu
why-not-looked = politiques réseau, et ce que les conteneurs appellent : pas regardés
why-scheduled = chaque pod a son nœud, sur { $count ->
    [one] 1 nœud
   *[other] { $count } nœuds
}
why-pulled = chaque image a été tirée
why-nodes-well = aucun nœud sous ses pods n'est en peine
why-no-quota = aucun quota ne borne son namespace
why-quota-room = les quotas ont de la place : le plus plein est { $resource }, { $used } sur { $hard }
why-no-autoscaler = aucun autoscaler ne le change
why-autoscaler = son autoscaler peut demander plus, jusqu'à { $maximum }

# Les révisions d'une charge, et ce qui change de l'une à l'autre
aspect-history = historique
title-since = depuis
title-by = par
title-health = santé
title-pods-now = pods
title-cause = change-cause
history-count = { $count ->
    [one] 1 révision
   *[other] { $count } révisions
}
history-none = aucune de ses révisions n'est gardée
history-only = aucune autre révision n'est gardée pour la comparer
history-nothing = seuls les Deployments, StatefulSets et DaemonSets ont un historique
history-ready = prête { $span }
history-none-ready = aucun pod prêt
history-serves = sert encore
history-short = pods manquants
history-complete = complète { $span }
history-left = quittée par un retour
history-ran = en place { $span }
history-again = reprise
history-changed = de { $from } à { $to }
history-counts = { $count ->
    [one] 1 différence
   *[other] { $count } différences
}, { $same ->
    [one] 1 champ identique
   *[other] { $same } champs identiques
}
history-differences = { $count ->
    [one] 1 différence
   *[other] { $count } différences
}
history-same = les modèles disent la même chose
history-order = ordre de { $list }
history-from = du { $kind } { $name }, clé { $key }
history-from-field = du champ { $key }
history-optional = facultatif
history-paused = en pause : un changement du modèle ne déploie rien avant la reprise
history-paused-waiting = en pause : { $count ->
    [one] 1 différence du modèle attend
   *[other] { $count } différences du modèle attendent
} la reprise
history-renumbered = { $revision } est reprise : faite plus tôt, elle a un nouveau numéro, l'ancien a disparu
history-renumbered-from = { $revision } est reprise : faite plus tôt, elle portait le numéro { $former }
history-same-names = contenu non comparé : { $names }
history-pruned = les plus anciennes ont disparu : { $count } sont gardées
history-unseen = en place : jusqu'à la suivante ; personne n'a vu comment elle allait
within-container = conteneur { $name }
within-init = conteneur d'init { $name }
within-volume = volume { $name }
within-config-map = ConfigMap { $name }
within-template = modèle
topic-env = env
topic-env-from = env depuis
topic-requests = requests
topic-limits = limits
topic-startup-probe = sonde de démarrage
topic-readiness-probe = sonde de disponibilité
topic-liveness-probe = sonde de vie
topic-ports = ports
topic-mounts = montages
topic-security = contexte de sécurité
topic-labels = labels
topic-annotations = annotations
topic-node-selector = sélecteur de nœud
topic-tolerations = tolérances
strip-note = note
