## Effects, counted

effect-none = rien ne sert
effect-serve =
    { $ready ->
        [one] { $ready } sur { $wanted } sert
       *[other] { $ready } sur { $wanted } servent
    }
effect-pods =
    { $count ->
        [one] { $count } pod ne sert pas
       *[other] { $count } pods ne servent pas
    }
effect-evicted =
    { $count ->
        [one] { $count } pod évincé
       *[other] { $count } pods évincés
    }
effect-evicted-of =
    { $count ->
        [one] { $count } pod de { $whose } évincé
       *[other] { $count } pods de { $whose } évincés
    }
effect-failed =
    { $count ->
        [one] { $count } pod en échec
       *[other] { $count } pods en échec
    }
effect-terminating =
    { $count ->
        [one] { $count } pod ne finit pas
       *[other] { $count } pods ne finissent pas
    }
effect-waits-node =
    { $count ->
        [one] { $count } pod attend un nœud
       *[other] { $count } pods attendent un nœud
    }
effect-refused =
    { $count ->
        [one] { $count } pod refusé
       *[other] { $count } pods refusés
    }
effect-refused-of =
    { $count ->
        [one] { $count } pod de { $whose } refusé
       *[other] { $count } pods de { $whose } refusés
    }
effect-not-created =
    { $count ->
        [one] { $count } pod non créé
       *[other] { $count } pods non créés
    }
effect-no-room = plus de place pour un pod
effect-at-risk =
    { $count ->
        [0] aucun pod menacé
        [one] { $count } pod menacé
       *[other] { $count } pods menacés
    }
effect-at-risk-of =
    { $count ->
        [one] { $count } pod de { $tenants } menacé
       *[other] { $count } pods de { $tenants } menacés
    }
effect-wait-of =
    { $count ->
        [one] { $count } pod de { $tenants } attend son image
       *[other] { $count } pods de { $tenants } attendent leur image
    }
effect-runs-failed =
    { $count ->
        [one] { $count } exécution échouée
       *[other] { $count } exécutions échouées de suite
    }
effect-cannot-grow = { $target } ne peut plus grandir
effect-does-not-scale = { $target } ne s'ajuste plus
effect-not-reconciled = les changements de la source n'arrivent pas, nouvel essai à venir
effect-not-synced = ce que dit git n'arrive pas
effect-stalled = les changements de la source n'arrivent pas, et il a renoncé
effect-hidden =
    { $count ->
        [0] rien n'est vu
        [one] { $count } environnement hors de vue
       *[other] { $count } environnements hors de vue
    }
effect-kind-hidden = { $kind } hors de vue
sentence = { $effect } : { $cause }

## Rollouts

stuck = rév. { $revision } bloquée
stuck-unnumbered = déploiement bloqué
late = rév. { $revision } hors délai
late-unnumbered = déploiement hors délai
aborted = rév. { $revision } abandonnée
aborted-unnumbered = déploiement abandonné
delivery-degraded = dégradé
undecided = attend la promotion
undecided-at = attend à { $percent } % la promotion
with-effect = { $what }, { $effect }

## Causes

cause-oom =
    { $count ->
        [one] OOMKilled une fois
       *[other] OOMKilled { $count } fois
    }
cause-limit = { $what }, limite { $limit }
cause-in-span = { $what } en { $span }
cause-exits = { $container } sort en { $code }
cause-signal = { $container } finit par le signal { $signal }
cause-loops = { $container } finit sans cesse
cause-exit-short = exit { $code }
cause-not-found = { $image } introuvable
cause-no-access = pas d'accès à { $image }
cause-pair = { $one }, { $two }
cause-named = { $reason } : { $words }
cause-fits = 0 sur { $nodes } convient
cause-asks = il demande { $request }
cause-no-fit = aucun nœud ne convient
cause-unready = non prêt
cause-deleted = supprimé { $ago }
cause-missing =
    { $count ->
        [one] { $count } pod manque, sans raison donnée
       *[other] { $count } pods manquent, sans raison donnée
    }
cause-quota = quota { $name } plein
cause-used = { $resource } { $used } sur { $hard }
cause-webhook = le webhook { $name } ne répond pas
cause-node = nœud { $name } non prêt
cause-silent = kubelet muet
cause-inferred = vu par ses pods
cause-low = nœud { $name } à court de { $resource }
cause-pressure = nœud { $name } sous { $condition }
cause-registry = le registre { $name } ne répond pas
cause-maximum = au maximum de { $maximum } pods
cause-link = { $name } ne répond pas
cause-watch-lost = watch perdu

## Short forms, 34 cells with what follows them

short-not-ready = non prêt
short-evicted =
    { $count ->
        [one] { $count } évincé : { $resource }
       *[other] { $count } évincés : { $resource }
    }
short-at-risk =
    { $count ->
        [0] nœud non prêt, aucun pod
        [one] nœud non prêt, { $count } pod
       *[other] nœud non prêt, { $count } pods
    }
short-quota = quota plein
short-no-node = sans nœud : { $words }
short-runs =
    { $count ->
        [one] exécution échouée
       *[other] { $count } exécutions échouées
    }
short-maximum = au maximum { $maximum }, veut plus
short-sync-fails = synchro échoue, réessayée
short-sync-failed = synchro échouée, abandon
short-not-compared = comparaison à git impossible
short-not-reconciled = pas prêt : { $reason }
short-stalled = bloqué : { $reason }
short-blind = sans métriques : { $reason }
short-degraded = dégradé : { $problem }
short-watch-lost = { $kind } : watch perdu
short-missing =
    { $count ->
        [one] { $count } pod manque
       *[other] { $count } pods manquent
    }
short-registry =
    { $count ->
        [one] { $count } image : { $words }
       *[other] { $count } images : { $words }
    }

## What can be done today

do-look = vigie get changes -n { $place } dit ce qui y a bougé d'autre
do-look-wide = vigie get changes dit ce qui a bougé d'autre
do-wait-link = attendre : le lien est retenté tout seul
do-login = lancer { $command } dans un autre terminal ; la connexion est alors reprise
do-renew = renouveler l'identité de { $name } dans le kubeconfig : relu aussitôt
do-ask-quota = demander un { $name } plus grand, ou moins de { $resource }
do-fix-image = vérifier que { $image } existe et peut être tirée
do-policy = donner à { $name } ce qu'elle demande, dans git
do-sync = corriger dans git, puis synchroniser
do-reconcile = corriger dans la source ; Flux réessaie de lui-même
do-stalled = corriger la source ou les valeurs : Flux ne réessaie pas avant

## Changes, one line each

change-rollout = déploiement rév. { $revision }
change-rollout-unnumbered = déploiement
change-with = { $what } : { $detail }
change-image = image { $from }→{ $to }
change-image-of = image de { $container } { $from }→{ $to }
change-created = créé
change-container-added = conteneur { $container } ajouté avec l'image { $image }
change-container-removed = conteneur { $container } retiré
change-rolled-back = ancien modèle repris en rév. { $revision }, au plus tard alors
change-rolled-back-unnumbered = ancien modèle repris, au plus tard alors
change-rollout-complete = déploiement rév. { $revision } terminé
change-rollout-complete-unnumbered = déploiement terminé
change-scale = passé de { $from } à { $to }
change-paused = mis en pause
change-resumed = repris
change-suspended = suspendu
change-unsuspended = n'est plus suspendu
change-removed = supprimé
change-node-ready = de nouveau prêt
change-node-not-ready = non prêt
change-node-pressure = sous { $condition }
change-node-cordoned = fermé aux pods
change-node-uncordoned = rouvert aux pods
change-node-gone = disparu
change-quota-full = plein : { $resource } { $used } sur { $hard }
change-quota = { $resource } { $from }→{ $to }
change-job-failed = échoué
before-none = rien de vu dans les 30 minutes d'avant
before-reading = lecture des changements des 30 minutes d'avant
