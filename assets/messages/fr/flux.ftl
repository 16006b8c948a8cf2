# Flux : ce qui lui est demandé, et ce qu'il fait d'un changement.
act-reconcile = réconciliation
act-suspend-flux = suspension
act-resume-flux = reprise
plan-reconcile = réconciliation de { $name }
plan-suspend-flux = suspension de Flux pour { $name }
plan-resume-flux = reprise de Flux pour { $name }
done-reconcile = réconcilié
done-suspend-flux = suspendu
done-resume-flux = repris
not-done-reconcile = pas de réconciliation
not-done-suspend-flux = Flux non suspendu
not-done-resume-flux = Flux non repris
journal-reconcile = réconciliation
journal-suspend-flux = Flux suspendu
journal-resume-flux = Flux repris
hint-reconcile = réconcilier
hint-suspend-flux = suspendre Flux
hint-resume-flux = reprendre Flux
refusal-flux-suspended = Pas de réconciliation : { $name } est suspendu et Flux ne le regarde pas. Rien n'est parti.
change-short-reconciled = ce que dit la source est écrit : ce qui a été fait à la main est perdu là où elle le déclare
note-flux-writes = Flux réconcilie alors aussitôt : ce qui a été fait à la main est perdu là où la source le déclare
hold-flux-open = oui : la source ne fixe pas ce champ, et Flux { $name } ne rétablit que ce qu'elle déclare.
hold-flux-left-alone = oui : { $key } sur l'objet empêche Flux { $name } de l'écrire.
hold-flux-ignored = oui : { $name } ignore ce champ, même en écrivant.
hold-flux-own = oui : c'est une demande à { $name } même, et rien ne la défait.
hold-flux-elsewhere = inconnu : { $name } de Flux le gère et n'est dans aucun cluster suivi.
hold-flux-unseen = inconnu : { $name } de Flux le gère et n'est pas lisible partout (list kustomizations.kustomize.toolkit.fluxcd.io, helmreleases.helm.toolkit.fluxcd.io).
hold-flux-several = inconnu : plusieurs objets de Flux s'appellent { $name }.
hold-flux-undeclared = inconnu : { $name } de Flux le gère, et l'objet ne dit pas ce que la source déclare.
hold-flux-taken = inconnu : quelqu'un a écrit ce champ depuis, et l'objet ne dit plus si la source de { $name } le déclare.
hold-flux-rule = inconnu : { $name } ignore des différences par une règle qui n'est pas lue ici.
hold-flux-suspended = jusqu'à la reprise de { $name } : Flux est suspendu, et écrira alors ce que dit la source.
hold-flux-finishing = inconnu : { $name } est suspendu et achève ce qu'il avait commencé, qui écrit ce que dit la source. Attendre la fin.
hold-flux-reconciles = jusqu'à la réconciliation de { $name }, à tout moment : Flux la fait toutes les { $every } et écrit ce que dit la source.
hold-flux-reconciles-at = jusqu'à { $next } environ : Flux réconcilie { $name } toutes les { $every } et écrit ce que dit la source.
hold-flux-upgrades = jusqu'à la prochaine mise à jour de { $name } : ses écarts ne sont pas corrigés, mais un nouveau chart ou de nouvelles valeurs rétablissent ce que dit le chart.
hold-flux-fails = jusqu'à ce que { $name } puisse réconcilier : il échoue avant d'écrire ({ $reason }) et réessaie.
hold-flux-stalled = jusqu'à un changement de { $name } ou de sa source : il est bloqué et ne réessaie pas.
hold-flux-leaving = jusqu'à la disparition de { $name } : en cours de suppression, il peut emporter l'objet.
hold-flux-unattended = inconnu : aucun contrôleur de Flux n'a encore regardé { $name }.
hold-short-flux-open = tient : la source ne fixe pas ce champ
hold-short-flux-left-alone = tient : { $key }
hold-short-flux-ignored = tient : { $name } ignore le champ
hold-short-flux-own = tient : rien ne le défait
hold-short-flux-elsewhere = inconnu : { $name } n'est dans aucun cluster suivi
hold-short-flux-unseen = inconnu : { $name } n'est pas lisible
hold-short-flux-several = inconnu : plusieurs s'appellent { $name }
hold-short-flux-undeclared = inconnu : ce que la source déclare
hold-short-flux-taken = inconnu : si la source le déclare
hold-short-flux-rule = inconnu : { $name } ignore par une règle
hold-short-flux-suspended = jusqu'à la reprise de { $name }
hold-short-flux-finishing = inconnu : { $name } achève ce qu'il avait commencé
hold-short-flux-reconciles = jusqu'à la réconciliation de { $name }, d'ici { $every }
hold-short-flux-reconciles-at = jusqu'à la réconciliation de { $name }, d'ici { $every }
hold-short-flux-upgrades = jusqu'à la prochaine mise à jour de { $name }
hold-short-flux-fails = jusqu'à ce que { $name } puisse réconcilier
hold-short-flux-stalled = jusqu'à un changement de { $name }
hold-short-flux-leaving = jusqu'à la disparition de { $name }
hold-short-flux-unattended = inconnu : aucun Flux n'a regardé { $name }
lasting-first-flux = Flux suspendu, puis { $verb }, jusqu'à sa reprise : { $name }
lasting-step-flux = la suspension de Flux · { $hold }
lasting-fails-flux = Flux serait repris pour { $name } : le plan seul est montré.
lasting-left-flux = Flux est peut-être suspendu pour { $name } : voir Veille.
note-stays-off-flux = Flux reste suspendu pour { $name } : le reprendre est une étape à part, et ramène ce que git nomme
undone-stays-off-flux = Flux est toujours suspendu pour { $name } : { $key } sur sa ligne de Veille le reprend.
undo-asked = rien : ce n'est qu'une demande
temporary-flux-suspended = Flux suspendu
flux-suspended = suspendu
flux-reconciles = réconcilie toutes les { $every }
flux-finishing = suspendu, achève ce qu'il avait commencé
flux-upgrades = les écarts ne sont pas corrigés avant la prochaine mise à jour
flux-fails = échoue avant d'écrire
flux-stalled = bloqué : il ne réessaie pas
flux-unattended = aucun contrôleur de Flux ne le regarde
tab-flux = Flux
command-flux = Kustomizations et HelmReleases de Flux
title-flux-kind = type
title-state = état
title-namespace = namespace
flux-count = { $count ->
    [one] 1 objet de Flux
   *[other] { $count } objets de Flux
}
flux-stalled-count = { $count ->
    [one] { $count } bloqué
   *[other] { $count } bloqués
}
flux-failed-count = { $count } en échec
flux-suspended-count = { $count ->
    [one] { $count } suspendu
   *[other] { $count } suspendus
}
flux-none = ni Kustomization ni HelmRelease
flux-not-served = aucun cluster ne sert de Kustomizations ni de HelmReleases : Flux n'y est pas, ou ses types ne sont pas visibles
flux-is-stalled = bloqué
flux-is-failed = échoué
flux-is-waiting = attend
flux-is-moving = en cours
flux-is-suspended = suspendu
flux-is-unknown = inconnu
flux-is-ready = prêt
strip-revision = révision
strip-chart = chart
flux-applied = appliqué : { $revision }
flux-attempted = dernier essai : { $revision }
flux-gave-up = abandonné : { $reason }
flux-failures = { $count ->
    [one] 1 échec
   *[other] { $count } échecs de suite
}
flux-upgrade-failures = { $count ->
    [one] 1 mise à jour échouée
   *[other] { $count } mises à jour échouées
}
flux-retries = { $count ->
    [0] sans nouvel essai
    [one] un nouvel essai au plus
   *[other] { $count } nouveaux essais au plus
}
flux-retries-forever = nouveaux essais sans fin
pane-waits-for = après
pane-conduct = manière
pane-history = historique
pane-keeps = gère
flux-prunes = supprime ce que la source n'a plus (prune)
flux-keeps-all = laisse ce que la source n'a plus
flux-waits = attend que ce qu'il a appliqué soit prêt (wait)
flux-does-not-wait = n'attend pas ce qu'il a appliqué
flux-forces = recrée ce qui ne peut être modifié (force)
flux-drift-enabled = rétablit ce qui a été changé à la main (drift detection)
flux-drift-warn = signale ce qui a été changé à la main, sans y toucher
flux-drift-disabled = ne cherche pas ce qui a été changé à la main
