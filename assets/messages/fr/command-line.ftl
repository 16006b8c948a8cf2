## The command line

usage = vigie : { $problem } (voir vigie --help)
usage-with-suggestion = vigie : { $problem } ; peut-être { $likely } ? (voir vigie --help)
usage-value = « { $given } » n'est pas une valeur de { $argument }, qui prend { $known }
usage-no-value = { $argument } demande une valeur
usage-duration = « { $given } » n'est pas une durée pour { $argument } : écrire 30s, 1m ou un nombre de secondes
usage-number = « { $given } » n'est pas un nombre pour { $argument }
usage-argument = il n'y a pas d'argument { $argument } ici
usage-command = il n'y a pas de commande « { $given } »
usage-missing = il manque { $argument }
usage-twice = { $argument } est donné deux fois
usage-takes-none = { $argument } ne prend pas de valeur
usage-not-text = un argument n'est pas de l'UTF-8 valide

## Help

help-usage = Usage :
help-options = Options :
help-arguments = Arguments :
help-commands = Commandes :
help-vigie = Poste de veille en terminal pour l'équipe d'astreinte d'une plateforme Kubernetes partagée
help-vigie-more = Sans commande, l'écran s'ouvre : ce qui demande quelqu'un maintenant, la production d'abord. get et status disent la même chose aux scripts.
help-vigie-usage = vigie [OPTIONS] [COMMANDE]
help-get = Imprimer les projets (tenants), déploiements, constats (findings) ou changements
help-get-more = Code de sortie : 0 quand tout ce qui est demandé a été lu, 2 pour une ligne de commande erronée, 3 quand quelque chose n'a pu être vu ; ce qui manque est dans « incomplete » (json, yaml) ou sur la sortie d'erreur (table, wide).
help-get-usage = vigie get [OPTIONS] LISTING
help-status = Imprimer une ligne sur l'état de ce qui est surveillé : pour une invite, cron ou la CI
help-status-more = Code de sortie : 0 quand rien ne demande quelqu'un, 1 quand quelque chose le demande, 2 pour une ligne de commande erronée, 3 quand rien n'a été trouvé mais que quelque chose n'a pu être vu.
help-status-usage = vigie status [OPTIONS]
help-journal = Imprimer ce qui a été fait aux clusters depuis cette machine, le plus récent d'abord
help-journal-more = Du journal dans le dossier d'état de l'utilisateur : aucun cluster n'est interrogé. Code de sortie : 0 quand il a été lu, 2 pour une ligne de commande erronée, 3 quand il ne peut être lu ; les lignes illisibles sont signalées sur la sortie d'erreur.
help-journal-usage = vigie journal [OPTIONS]
help-bundle = Écrire tout ce qui est connu d'un objet dans un fichier Markdown, sans secrets
help-bundle-more = Pour un ticket ou une relève : comment va l'objet et pourquoi, ce qui a changé, pods, événements, fins de journaux, YAML. Le fichier est pour son propriétaire seul et n'en remplace jamais un autre. Le regarder avant de le transmettre : un secret que rien ne signale reste. Code de sortie : 0 quand tout a été lu, 2 pour une ligne de commande erronée, aussi quand plusieurs objets sont visés, 3 quand quelque chose n'a pas pu être vu.
help-bundle-usage = vigie bundle [OPTIONS] KIND/NAME
help-object = De quoi écrire, comme pour kubectl : deploy/beta-back, pod/beta-back-x, node/worker-3
help-file = Fichier à écrire, ou - pour la sortie standard [défaut : vigie-KIND-NAME-HEURE.md ici]
help-listing = Ce qu'il faut imprimer : { $known }
help-output = Comment l'imprimer : { $known } [défaut : table]
help-contexts = Contexte du kubeconfig à surveiller ; à répéter pour plusieurs clusters [défaut : le contexte courant]
help-kubeconfig = Fichier kubeconfig à prendre au lieu de KUBECONFIG et ~/.kube/config
help-namespaces = Namespace, projet, ou projet/environnement comme betaapp/dev ; à répéter pour plusieurs
help-all-namespaces = Tous les namespaces, quoi que disent -n, le contexte et la configuration
help-impersonate = Utilisateur à incarner
help-impersonate-groups = Groupe à incarner, avec --as ; à répéter pour plusieurs
help-read-only = Ne jamais écrire dans un cluster
help-request-timeout = Combien de temps peut prendre une requête : 30s, 1m30s, un nombre de secondes, ou 0 pour ne pas limiter
help-lang = Langue des phrases : { $known } [défaut : celle de la configuration, sinon des paramètres régionaux]
help-theme = Thème de l'écran : dark, light, mono ou un des vôtres [défaut : celui de la configuration, sinon selon le fond]
help-config = Fichier de configuration à prendre au lieu de config.toml dans le dossier de configuration de l'utilisateur
help-log-level = Ce qui est journalisé, dans un fichier du dossier d'état de l'utilisateur : { $known } [défaut : VIGIE_LOG, sinon warn]
help-help = Afficher l'aide
help-version = Afficher la version

## Files of the user

file-problem = { $place } : { $sentence }
file-suggestion = { $fault } ; peut-être { $likely } ?
file-unreadable = illisible : { $words }
file-too-large = plus de { $size } Mio : ce n'est pas une configuration
file-not-text = ce n'est pas du texte en UTF-8
file-syntax = ce n'est pas du TOML : { $words }
file-unknown = { $name } n'est pas connu ici
file-type = { $key } demande { $wanted }
file-wants-boolean = true ou false
file-wants-text = un texte entre guillemets
file-wants-texts = une liste de textes entre guillemets
file-wants-table = une table
file-wants-tables = une liste de tables
config-counts-everywhere = { $sentence } (en attendant, tous les contextes sont en lecture seule)
config-counts-in = { $sentence } (en attendant, le contexte { $name } est en lecture seule)
config-counts-frozen = { $sentence } (en attendant, le gel « { $name } » est en vigueur)
config-counts-protected = { $sentence } (en attendant, tout ce qu'il peut désigner est protégé)
config-missing = il manque { $key }
config-schedule = { $key } n'est pas un horaire dans les cinq champs de cron, comme 0 18 28 * *
config-length = { $key } n'est pas une durée comme 12h ou 2d
config-zone = { $key } n'est pas un fuseau horaire comme Europe/Paris
config-secret = { $key } n'a pas sa place dans ce fichier : nommer la variable d'environnement qui le contient par token_env, ou un fichier à vous par token_file
config-address = { $key } n'est pas une adresse comme https://console.example.org : https, sans utilisateur, ni mot de passe, ni point d'interrogation ; http n'est admis que sur cette machine
config-value = { $key } prend { $known }
config-empty-name = { $key } contient un nom vide
config-rule-source = une règle prend exactement un de label, annotation, name et namespaces
config-rule-tenant = une règle avec namespaces doit dire de quel tenant ils sont
config-rule-regex = name n'est pas une expression régulière : { $detail }

## Listings

column-age = ÂGE
column-class = CLASSE
column-cluster = CLUSTER
column-clusters = CLUSTERS
column-environment = ENVIRONNEMENT
column-environments = ENVIRONNEMENTS
column-hit = TOUCHÉS
column-manager = GESTION
column-sync = SYNCHRO
column-images = IMAGES
column-kind = GENRE
column-message = MESSAGE
column-name = NOM
column-namespace = NAMESPACE
column-namespaces = NAMESPACES
column-ready = PRÊTS
column-reason = RAISON
column-revision = RÉVISION
column-severity = GRAVITÉ
column-state = ÉTAT
column-subject = SUJET
column-tenant = PROJET
column-time = HEURE
column-updated = À JOUR
get-nothing = rien à lister
get-nothing-seen = rien à lister dans ce qui est vu
changes-read-once = lu une fois : les changements d'échelle, de pause, de quota et de nœud ne se voient qu'en regardant, par vigie ouvert
get-unwritten = vigie : la réponse ne peut être écrite : { $detail }

## What could not be seen

not-seen = hors de vue : { $what } : { $reason }
not-seen-in-cluster = hors de vue : { $what } sur { $cluster } : { $reason }
unseen-connecting = pas de réponse à temps
unseen-not-asked = pas lu à temps
unseen-absent = non servi par ce cluster
unseen-cut-short = pas lu jusqu'au bout, { $seen } vus
unseen-part = pas lu jusqu'au bout, { $seen } sur { $total }
unseen-in-namespace = { $reason } dans { $namespace }
unseen-object = { $name } ne peut être décodé : { $reason }
unseen-object-without-name = un objet ne peut être décodé : { $reason }
unseen-no-such-name = aucun namespace, projet ou projet/environnement n'a ce nom

## Status

status-found = { $counts } ; le pire : { $place } { $kind }/{ $name } sur { $cluster } : { $message } ({ $age })
status-found-undated = { $counts } ; le pire : { $place } { $kind }/{ $name } sur { $cluster } : { $message }
status-critical = { $count ->
    [one] { $count } critique
   *[other] { $count } critiques
}
status-warnings = { $count ->
    [one] { $count } avertissement
   *[other] { $count } avertissements
}
status-nothing-in-what-is-seen = rien trouvé dans ce qui est vu
status-joined = { $first } ; { $then }
status-and-more = { $first }, et { $more } de plus
status-calm = rien ne demande un humain : { $clusters ->
    [one] { $clusters } cluster
   *[other] { $clusters } clusters
}, { $tenants ->
    [one] { $tenants } projet
   *[other] { $tenants } projets
}, { $workloads ->
    [one] { $workloads } charge
   *[other] { $workloads } charges
}

## Bundle

usage-object = « { $given } » ne nomme aucun objet : écrire KIND/NAME, comme deploy/beta-back
usage-kind = « { $given } » n'est pas un type connu ici ; ceux-ci le sont : { $known }
object-none = vigie : pas de { $kind } « { $name } » dans ce qui est demandé
object-none-seen = vigie : aucun { $kind } « { $name } » n'est vu
object-none-near = vigie : pas de { $kind } « { $name } » dans ce qui est demandé ; il y a { $near }
object-several = vigie : { $count } objets sont { $kind } « { $name } » ; dites lequel :
object-more = et { $count } de plus
bundle-file-exists = vigie : { $file } existe déjà, et rien n'est écrit par-dessus
bundle-file-unwritten = vigie : { $file } ne peut pas être écrit : { $detail }
bundle-made = Lu à { $at } par vigie { $version }. Les heures sont en UTC. Les secrets sont masqués : { $mask } en remplace un.
bundle-label = { $name } :
bundle-cluster = Cluster
bundle-namespace = Namespace
bundle-place = Projet
bundle-class = Classe
bundle-created = Créé
bundle-managers = Géré par
bundle-unseen = Non vu
bundle-status = État
bundle-finding = { $severity } depuis { $at } : { $sentence }
bundle-finding-undated = { $severity } : { $sentence }
bundle-finding-of = { $severity } depuis { $at } : { $kind } { $name } : { $sentence }
bundle-finding-of-undated = { $severity } : { $kind } { $name } : { $sentence }
bundle-state = État
bundle-rollout = Déploiement
bundle-rollout-unobserved = le contrôleur n'a pas encore vu le dernier changement
bundle-rollout-manual = à la main : les pods changent quand quelqu'un les supprime
bundle-rollout-updating = en cours, pods de la nouvelle révision : { $done } sur { $wanted }
bundle-rollout-starting = en cours, pods disponibles de la nouvelle révision : { $done } sur { $wanted }
bundle-rollout-retiring = en cours, anciens pods qui restent : { $old }
bundle-rollout-stepping = en cours, étapes faites : { $done } sur { $wanted }
bundle-ready = Prêts
bundle-revision = Révision
bundle-images = Images
bundle-restarts = Redémarrages
bundle-node = Nœud
bundle-owner = Propriétaire
bundle-condition = Condition
bundle-since = Depuis
bundle-reason = Raison
bundle-message = Message
bundle-why = Pourquoi
bundle-cause-of = { $subject } : { $sentence }
bundle-ruled-out = Écarté :
bundle-before = Ce qui a changé dans la demi-heure d'avant
bundle-changes = Ce qui a changé dans la dernière journée
bundle-no-changes = Aucun changement n'est connu.
bundle-read-once = Lu une fois : les déploiements et les avertissements laissent des traces ; mises à l'échelle, pauses, quotas et nœuds n'en laissent pas.
bundle-rolled = Ce que la révision { $to } a changé depuis { $from }
bundle-rolled-at = Faite à { $at }.
bundle-rolled-masked = Des valeurs masquées qui diffèrent portent des numéros différents.
bundle-pods = Pods
bundle-pod = Pod
bundle-exit = exit { $code }
bundle-last-run = exécution précédente : { $ended }
bundle-events = Événements
bundle-last = Dernier
bundle-first = Premier
bundle-times = Fois
bundle-type = Type
bundle-object = Objet
bundle-logs = Journaux
bundle-logs-all = Les { $lines } dernières lignes de chaque conteneur, ceux qui échouent d'abord.
bundle-logs-some = Les { $lines } dernières lignes de { $shown } conteneurs sur { $all }, ceux qui échouent d'abord.
bundle-log-previous = { $name }, exécution précédente
bundle-log-ended = { $name }, exécution précédente : exit { $code } à { $at }
bundle-log-ended-undated = { $name }, exécution précédente : exit { $code }
bundle-log-silent = Il n'a rien dit.
bundle-yaml = YAML

## Starting

start-no-terminal = vigie : l'écran demande un terminal ; vigie get et vigie status s'en passent (voir vigie --help)
start-failed = vigie : impossible de démarrer : { $detail }
log-unwritten = vigie : rien n'est journalisé : { $detail }
log-no-directory = il n'y a pas de dossier personnel
log-open-to-others = d'autres peuvent écrire dans son dossier
connect-no-kubeconfig = vigie : pas de kubeconfig : cherché { $paths } ; en nommer un par --kubeconfig ou KUBECONFIG
connect-kubeconfig = vigie : { $problem }
connect-unknown-context = vigie : il n'y a pas de contexte « { $name } » ; le kubeconfig a { $known }
connect-lost-context = vigie : le contexte courant du kubeconfig, « { $name } », n'existe pas ; en nommer un par --context : { $known }
connect-no-context = vigie : le kubeconfig n'a pas de contexte courant ; en nommer un par --context : { $known }
connect-empty = vigie : le kubeconfig n'a aucun contexte

help-rollback = Revenir à une révision antérieure d'un Deployment, StatefulSet, DaemonSet, Argo Rollout ou Application
help-rollback-more = Sans --to-revision, le retour va à la plus récente des autres révisions qui sert encore ou qui a été vue en bonne marche, sinon à la précédente. Le plan est montré avant la question, et affiché avec ce qui en est advenu : ce qui change, si cela tiendra, chaque vérification, la réponse du serveur à un essai à blanc. Code de sortie : 0 quand c'est accepté (avec --wait : quand le cluster y est), 1 quand c'est refusé ou échoué, 2 pour une ligne de commande erronée, 3 quand l'issue n'est pas connue ou que le cluster ne répond pas.
help-rollback-usage = vigie rollback [OPTIONS] KIND/NAME
help-scale = Fixer le nombre de réplicas
help-scale-more = Le plan est montré avant la question, et affiché avec ce qui en est advenu. Les codes de sortie sont ceux de vigie rollback.
help-scale-usage = vigie scale [OPTIONS] --replicas N KIND/NAME
help-restart = Démarrer de nouveaux pods de la même révision
help-restart-more = Le plan est montré avant la question, et affiché avec ce qui en est advenu. Les codes de sortie sont ceux de vigie rollback.
help-restart-usage = vigie restart [OPTIONS] KIND/NAME
help-pause = Mettre en pause les déploiements d'un Deployment ou d'un Argo Rollout, la synchro auto d'une Application, ou Flux
help-pause-more = Le plan est montré avant la question, et affiché avec ce qui en est advenu. Les codes de sortie sont ceux de vigie rollback.
help-pause-usage = vigie pause [OPTIONS] KIND/NAME
help-resume = Reprendre les déploiements d'un Deployment ou d'un Argo Rollout, la synchro auto d'une Application, ou Flux
help-resume-more = Le plan est montré avant la question, et affiché avec ce qui en est advenu. Les codes de sortie sont ceux de vigie rollback.
help-resume-usage = vigie resume [OPTIONS] KIND/NAME
help-sync = Synchroniser une Application d'Argo CD, ou réconcilier ce que gère Flux
help-sync-more = Le plan est montré avant la question, et affiché avec ce qui en est advenu. Les codes de sortie sont ceux de vigie rollback.
help-sync-usage = vigie sync [OPTIONS] KIND/NAME
help-prune = Retirer aussi ce que git n'a pas
help-argo-dry-run = Le faire essayer à blanc par Argo CD : rien n'est écrit, et ce qui changerait est dit avec --wait
help-undo = Défaire une action du journal
help-undo-more = Sans ID, la dernière qui n'est pas encore défaite. C'est un plan comme un autre, montré, affiché et inscrit au journal. Les codes de sortie sont ceux de vigie rollback.
help-undo-usage = vigie undo [OPTIONS] [ID]
help-id = Action du journal : voir vigie journal
help-to-revision = Révision où revenir [par défaut : la plus probable]
help-lasting = Retenir d'abord ce qui le remettrait : synchro auto coupée, ou Flux suspendu, jusqu'à leur reprise
help-replicas = Nombre de réplicas
help-dry-run = Afficher le plan et la réponse du serveur à un essai à blanc ; ne rien écrire, pas même au journal
help-yes = Ne pas demander ; ne suffit pas là où le nom doit être tapé
help-confirm = Le nom de l'environnement, tel qu'il serait tapé : la production, ce dont la classe est inconnue et ce que la configuration protège le demandent
help-reason = Pourquoi, pour le journal
help-wait = Attendre que le cluster y soit, ou qu'il renonce
help-plan = Forme du plan : { $known } [par défaut : text]

consent-name = Taper { $name } pour envoyer :{ " " }
consent-yes = Envoyer ? [o/N]{ " " }
consent-needs-name = vigie : rien n'est parti : cet environnement demande son nom, --confirm { $name }
consent-needs-yes = vigie : rien n'est parti : sans terminal personne n'est interrogé, --yes le dit d'avance
consent-declined = vigie : rien n'est parti
undo-empty = vigie : le journal n'a aucune action à défaire
undo-in-doubt = La dernière action, { $id }, est sans réponse connue : elle est peut-être faite. Elle est relue à chaque démarrage ; vigie undo ID en défait une autre.
undo-none-named = vigie : le journal n'a pas d'action { $id } ; vigie journal les liste
undo-nothing-left = vigie : rien de ce qui est demandé ne peut être défait
undo-no-cluster = vigie : { undo-unwatched }

label-now = état
label-becomes = devient
label-changes = modifie
label-holds = tient
label-proof = preuve
label-check = contrôle
label-note = note
label-undo = défaire
label-by-hand = à la main
label-server = serveur
label-outcome = issue
label-journal = journal
verdict-pass = passe
verdict-warn = attention
verdict-fail = échoue
verdict-notChecked = non vérifié
verdict-asked = pas encore de réponse
not-sent = vigie : { $words }
act-again = La même commande refait le plan à partir de ce qu'il y a maintenant.
act-lasting = Avec --lasting, ce qui le remettrait est d'abord retenu.
act-lasting-none = Rien de ce qui se fait d'ici ne le retient.
act-not-placed = vigie : rien n'a été envoyé : à qui est le namespace se lit encore ; recommencer, ou avec un --request-timeout plus long
act-stays-off = vigie : la synchro auto de { $name } est coupée jusqu'à son rétablissement : vigie resume { $kind }/{ $name } -n { $place } --context { $context }
act-stays-off-flux = vigie : Flux est suspendu pour { $name } jusqu'à sa reprise : vigie resume { $kind }/{ $name } -n { $place } --context { $context }
