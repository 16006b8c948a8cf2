# Actions : verbes, plans, ce qui est vérifié, pourquoi rien ne part.
act-roll-back = retour
act-scale = mise à l'échelle
act-restart = redémarrage
act-pause = pause
act-resume = reprise
act-evict = éviction
act-delete = suppression
act-suspend = suspension
act-unsuspend = fin de suspension
act-run-now = lancement

plan-roll-back = retour de { $name } à la révision { $revision }
plan-roll-back-unnumbered = retour de { $name }
plan-scale = { $count ->
    [one] passage de { $name } à { $count } réplica
   *[other] passage de { $name } à { $count } réplicas
}
plan-restart = redémarrage de { $name }
plan-pause = pause de { $name }
plan-resume = reprise de { $name }
plan-evict = éviction de { $name }
plan-delete = suppression de { $name }
plan-suspend = suspension de { $name }
plan-unsuspend = fin de suspension de { $name }
plan-run-now = lancement de { $name }

done-roll-back = retour fait
done-scale = échelle changée
done-restart = redémarré
done-pause = mis en pause
done-resume = repris
done-evict = évincé
done-delete = supprimé
done-suspend = suspendu
done-unsuspend = plus suspendu
done-run-now = lancé

not-done-roll-back = pas de retour
not-done-scale = pas de changement d'échelle
not-done-restart = pas de redémarrage
not-done-pause = pas de mise en pause
not-done-resume = pas de reprise
not-done-evict = pas d'éviction
not-done-delete = pas de suppression
not-done-suspend = pas de suspension
not-done-unsuspend = pas de fin de suspension
not-done-run-now = pas de lancement

refusal-unsupported = { $verb } impossible sur un { $kind } : c'est pour { $kinds }.
refusal-gone = { $head } : { $name } n'existe plus. Rien n'a été fait.
refusal-recreated = { $head } : { $name } est un autre objet maintenant, refait sous le même nom. Rien n'a été fait.
refusal-unread = { $head } : { $name } n'a pas pu être relu ({ $why }). Rien n'est parti.
refusal-unreadable = Non permis : { $right } dans { $place } vous est refusé, et sans lire { $name } il n'y a pas de plan.
refusal-read-refused = { $head } : le serveur ne laisse pas lire { $name }, { $words }. Rien n'est parti.
refusal-identical = Rien à faire : la révision { $revision } est celle qui tourne.
refusal-identical-unnumbered = Rien à faire : cette révision est celle qui tourne.
refusal-pruned = Retour à la révision { $revision } impossible : elle a été purgée, ou n'a jamais existé. La plus ancienne est { $oldest }.
refusal-pruned-all = Retour à la révision { $revision } impossible : son modèle a été purgé.
refusal-no-other = Retour de { $name } impossible : il n'a pas d'autre révision.
refusal-other-template = Retour à la révision { $revision } impossible : elle a un autre modèle que celui qui tournait alors.
refusal-other-template-unnumbered = Retour impossible : la révision a un autre modèle que celui qui tournait alors.
refusal-paused = { $verb } impossible tant que { $name } est en pause : rien ne bougerait.
refusal-already-paused = Rien à faire : { $name } est en pause.
refusal-not-paused = Rien à faire : { $name } n'est pas en pause.
refusal-already-suspended = Rien à faire : { $name } est suspendu.
refusal-not-suspended = Rien à faire : { $name } n'est pas suspendu.
refusal-same-replicas = { $count ->
    [one] Rien à faire : { $name } a déjà { $count } réplica.
   *[other] Rien à faire : { $name } a déjà { $count } réplicas.
}
refusal-no-scale = Mise à l'échelle impossible : le type de { $name } n'a pas de nombre de réplicas.
refusal-not-undoable = Rien à défaire : ce qui a été { $done } ne revient pas.
refusal-denied = Non permis : { $right } dans { $place } est refusé à { $user }.
refusal-denied-you = Non permis : { $right } dans { $place } vous est refusé.
refusal-frozen = Gel : la fenêtre { $window } empêche l'envoi.
refusal-frozen-until = Gel jusqu'à { $until } : la fenêtre { $window } empêche l'envoi.
refusal-read-only = Lecture seule : rien ne part.
refusal-server = Le serveur refuse : { $words }. Rien n'a changé.
refusal-moved = { $head } : { $name } a bougé pendant la lecture. Rien n'a été fait.
refusal-moved-by = { $head } : { $name } a bougé pendant la lecture ({ $by }). Rien n'a été fait.
refusal-put-back = { $head } : { $hold }.
refusal-not-held-back = { $head } : { $keeper } ne se montre pas retenu.
moved-from-to = Vous aviez vu : { $saw } ; il y a maintenant : { $now }.
held-nothing = absent
held-another = changé
held-object = présent
refusal-journal = Non envoyé : le journal ne peut être écrit ({ $why }). La lecture continue ; libérer de la place ou le réparer, puis redemander.

unsent-read-only = le contexte est en lecture seule
unsent-no-link = le cluster ne répond pas

check-right = droit
check-was-well = a marché
check-dry-run = à blanc
check-one-pod = un pod
check-refers-to = renvoie à
check-image = image
check-free = libre
check-freeze = gel
check-database = base
check-ignored = ignoré partout
check-line = { $subject } : { $told }

detail-denied = refusé à { $user } : { $right }
detail-denied-you = { $right } vous est refusé
detail-ready = tous prêts depuis { $span }
detail-serving = ses pods servent
detail-left = elle a été quittée par un retour
detail-short = ses pods ne sont pas tous prêts
detail-well = terminée, a tourné { $span }
detail-ran = inconnu : voulue pendant { $span }, personne n'a vu si elle servait
detail-went-unknown = inconnu : personne ne l'a vue tourner
detail-accepted = accepté, sans avertissement
detail-admitted = admis
detail-warnings = accepté, le serveur avertit : { $words }
detail-refused = refusé : { $words }
detail-not-answered = non vérifié : le serveur dit { $words }
detail-no-dry-run = non vérifié : un webhook n'accepte pas l'essai à blanc, { $words }
detail-read-only = non demandé en lecture seule
detail-no-answer = non vérifié : pas de réponse
detail-quota = quota plein à présent : { $words }
detail-quota-frees = quota plein à présent, un ancien pod part d'abord et en libère : { $words }
detail-runs-now = { $count ->
    [one] 1 pod la fait tourner
   *[other] { $count } pods la font tourner
}
detail-nobody-runs = non vérifié : aucun pod ne la fait tourner, et le registre n'est pas interrogé
detail-exist = { $count ->
    [one] 1 objet, il existe
   *[other] { $count } objets, tous existent
}
detail-missing = manque : { $names }
detail-not-readable = non vérifié : il faut le droit { $right }
detail-free = pas en pause, pas de HPA
detail-autoscaled = pas en pause, le HPA { $name } garde le nombre
detail-resized = le VPA { $name } fixe ce que demandent les nouveaux pods, pas le modèle
detail-autoscalers-unseen = pas en pause ; HPA non vérifiés : ils ne sont pas lisibles
detail-frozen = la fenêtre { $name } est en cours
detail-not-frozen = pas de fenêtre de gel
detail-database = non vérifié : { $image } l'a-t-elle changée ? demander au projet

hold-yes = oui : personne ne le défait.
hold-anew = oui : il ne revient pas, { $name } en fait un autre.
hold-gone = oui : rien ne le refait.
hold-schedule = oui : rien ne refait ce lancement, et { $name } poursuit son horaire.
hold-once = oui : un seul lancement ; le CronJob lui-même ne change pas.
hold-deployment = non : géré par { $name }, qui remet son propre nombre en quelques secondes.
hold-autoscaler = non : écrasé par le HPA { $name } en 15 s : il veut { $wants }, bornes { $min } à { $max }, et il décide seul du nombre.
hold-helm = jusqu'à la prochaine version de { $name } : Helm remet alors ce que dit son chart.
hold-manager = inconnu : géré par { $tool } { $name }, on ne lui a pas demandé s'il le défait.
hold-operator = inconnu : géré par { $name }, dont le contrôleur peut le défaire.
hold-short-yes = tient
hold-short-anew = { $name } en fait un autre
hold-short-gone = rien ne le refait
hold-short-schedule = { $name } poursuit son horaire
hold-short-once = un seul lancement
hold-short-deployment = défait par { $name } en quelques secondes
hold-short-autoscaler = écrasé par le HPA { $name } en 15 s
hold-short-helm = tient jusqu'à la prochaine version de { $name }
hold-short-manager = on ne sait pas si { $tool } { $name } le défait
hold-short-operator = on ne sait pas si { $name } le défait
hold-word-holds = tient
hold-word-until-sync = jusqu'à la prochaine synchro
hold-word-undone = défait en quelques secondes
hold-word-hpa = écrasé par le HPA
hold-word-refused = refusé
hold-word-unknown = inconnu

note-on-delete = updateStrategy est OnDelete : rien ne redémarre tant que ses pods ne sont pas supprimés.
note-recreate = strategy est Recreate : tous ses pods s'arrêtent avant que le premier nouveau ne démarre.
note-renumbered = la révision { $from } porte ensuite le numéro { $to }.
note-kubectl = kubectl rollout undo changerait aussi des annotations : { $names }.
note-last-applied = last-applied-configuration décrit encore ce qui est là : le prochain kubectl apply peut le ramener.
note-moved-since = ce que cette action a laissé n'y est plus : quelqu'un a écrit depuis, et cela est remplacé aussi
note-moved-since-by = { $by } a écrit là depuis cette action : ce qu'il a laissé est remplacé aussi
note-rollout-waits = un déploiement part aussitôt : { $updated } pods sur { $wanted } ont ce modèle, les autres sont remplacés
note-missed-run = une exécution échue entre-temps peut partir aussitôt
note-nothing-serves = plus aucun pod : rien ne sert jusqu'à une nouvelle mise à l'échelle
note-sleeps = le HPA { $name } reste immobile tant qu'il n'y a pas de réplicas.

undo-revision = retour à la révision { $revision }
undo-revision-unnumbered = retour à la révision précédente
undo-replicas = { $count ->
    [one] retour à 1 réplica
   *[other] retour à { $count } réplicas
}
undo-job = le Job { $name } est supprimé
undo-none = { $kind ->
    [Pod] rien : un pod parti ne revient pas
   *[other] rien : un { $kind } parti ne revient pas
}

change-short-image = image { $change }
change-short-of = { $what } de { $name }
change-short-requests = requests { $change }
change-short-env = env { $name }
change-short-env-gone = env sans { $name }
change-short-env-new = env { $name } nouveau
change-short-more = …et { $count } de plus
change-short-none = rien de ce qui se lit ici
change-short-goes = l'objet part
change-short-job = le Job { $name } est créé
before-revision = rév. { $revision }
before-paused = en pause
before-not-paused = pas en pause
before-suspended = suspendu
before-not-suspended = pas suspendu
before-replicas = { $count ->
    [one] 1 réplica
   *[other] { $count } réplicas
}

step-delete-pod = suppression du pod { $name }, que son contrôleur attend

outcome-reached = atteint
outcome-failed = pas atteint
outcome-timed-out = pas atteint à temps
outcome-replaced = remplacé : quelqu'un a réécrit les mêmes champs
outcome-not-done = jamais fait
outcome-unknown = inconnu
outcome-with = { $outcome } : { $detail }
answer-accepted = le serveur l'a accepté, sans avertissement
answer-warned = le serveur l'a accepté et avertit : { $words }
answer-refused = refusé : { $words }
answer-not-sent = non envoyé : { $why }
answer-unknown = pas de réponse : { $why }. C'est peut-être fait

## Commandes
command-roll-back = aperçu d'un retour à une autre révision
command-scale = aperçu d'un autre nombre de réplicas
command-restart = aperçu d'un redémarrage de tous ses pods
command-pause = aperçu d'une pause de ses déploiements, ou de leur reprise
command-undo = aperçu de l'annulation de la dernière action sur lui
command-evict = aperçu d'une éviction du pod
command-delete = aperçu d'une suppression du pod ou du Job
command-suspend-cronjob = aperçu d'une suspension du CronJob
command-unsuspend-cronjob = aperçu de la fin de suspension du CronJob
command-run-now = aperçu d'un lancement du CronJob hors de son horaire
hint-roll-back = revenir
hint-scale = ajuster
hint-restart = redémarrer
hint-undo = défaire
hint-pause-rollout = pause
hint-resume-rollout = reprendre
hint-confirm = confirmer
hint-number = nombre
hint-send = envoyer
hint-field = champ
hint-cancel = annuler
hint-stop-rest = arrêter la suite
hint-leave-plan = ne rien changer
hint-new-plan = nouveau plan
mode-write = RW

## L'aperçu
tab-preview = aperçu
preview-class-unknown = classe inconnue
preview-now = à présent
preview-becomes = devient
preview-replicas = réplicas
preview-changes = modifie
preview-template-of = modèle de { $revision }
preview-is = { $now } = { $then }
preview-anew = le même modèle, tous ses pods à neuf
preview-ready = { $ready } prêts
preview-wanted = { $wanted } demandés, { $ready } prêts
preview-type = + - ou taper
preview-hold = est-ce que cela tient ?
preview-proof = preuve
preview-checks = vérifications
preview-pass = { $count ->
    [one] 1 bonne
   *[other] { $count } bonnes
}
preview-fail = { $count ->
    [one] 1 échoue
   *[other] { $count } échouent
}
preview-warn = { $count ->
    [one] 1 avertit
   *[other] { $count } avertissent
}
preview-not-made = { $count ->
    [one] 1 non faite
   *[other] { $count } non faites
}
preview-asked = { $count ->
    [one] 1 demandée
   *[other] { $count } demandées
}
preview-notes = à savoir
preview-diff = ce qui change
preview-diff-count = { $count ->
    [one] 1 champ
   *[other] { $count } champs
}
preview-sent = ce qui part
preview-manager = field manager vigie · un Audit-ID par requête
preview-absent = absent
preview-that-of = celui de la rév. { $revision }
preview-that-of-now = tel qu'il est maintenant
preview-that-of-target = celui auquel on retourne
preview-that-restarted = le même, avec restartedAt
preview-undo = ce qui le défait
preview-undo-while = { $undo }, tant que personne d'autre n'y touche
preview-by-hand = la même chose à la main
preview-dropped = Le plan a été abandonné en quittant sa page.
preview-asks = Il manque encore des réponses : confirmer sera possible quand chaque vérification en aura une.
preview-places = Lecture des namespaces… : à qui c'est, et le nom à taper, se saura une fois qu'ils sont lus.
preview-sending = … envoi en cours
preview-unproven = Personne n'a vu si la révision { $revision } tournait bien : { $key } d'ici y revient quand même.
copy-by-hand = la même chose à la main
copy-request = la demande en texte
copy-request-text = merci d'autoriser { $right } dans { $place }, pour : { $what }

## La confirmation
confirm-title = confirmer
confirm-production = Vous changez la PRODUCTION : { $place } sur { $cluster }
confirm-unknown = Vous changez { $place } sur { $cluster }, dont la classe est inconnue
confirm-other = Vous changez { $place } sur { $cluster }
confirm-protected = Protégé : { $reason }
confirm-follow = suivre jusqu'à ce que le cluster y soit
confirm-undo = pour défaire : { $undo }
confirm-reason = raison
confirm-name = taper le nom
confirm-until-name = Rien ne part tant que le nom n'est pas complet.
confirm-sends = { $key } l'envoie.

## Un refus après l'envoi
moved-saw = vu
moved-now = actuel
moved-by = par
moved-mended = C'est peut-être en réparation : { $key } montre le déploiement.
moved-again = { $key } refait un plan de ce qui est là maintenant.

## Que faire
way-history = { $key } montre les autres.
way-object = { $key } montre ce qui est là.
way-resume = { $key } le reprend d'abord.
way-again = { $key } refait un plan.
way-text = { $key } donne le plan en texte pour qui peut agir.
way-request = { $key } donne la demande en texte.
way-number = + ou - ou des chiffres demandent un autre nombre.
way-retry = { $key } redemande.

## Après l'envoi
deed-title = votre action, { $at } : { $what }
deed-journal = journal { $id }
deed-waits = envoyé, pas encore de réponse
deed-queued = attend la précédente
deed-follows = le cluster y travaille
deed-reread = sans réponse : relu jusqu'à savoir, jamais renvoyé
deed-not-tried = non tenté : l'étape précédente n'a pas été acceptée
notice-deed = { $what } : { $outcome }
undo-nothing-here = Rien à défaire : le journal n'a pas d'action sur cet objet qui compte encore.
undo-unwatched = L'action a été faite dans le contexte { $context }, qui n'est pas surveillé : le nommer avec --context.
act-nothing = rien sur quoi agir dans cette ligne

## Plusieurs
preview-take-back = défaire : { $what }
preview-several = { $verb } de { $count } objets
preview-in-production = { $count } en PRODUCTION
confirm-several = Vous changez { $count } objets, { $production }
confirm-one-by-one = L'un après l'autre ; le premier refus arrête la suite.
confirm-count = taper le nombre
confirm-until-count = Rien ne part tant que le nombre n'est pas tapé.
act-one-number = Plusieurs lignes sont marquées : un nombre se demande pour un seul objet.
act-unproven = Personne n'a vu si la révision précédente de { $name } tournait bien : la choisir dans son historique, seule.
act-waits = Le serveur l'a accepté : { $what }. Attente du cluster ; journal { $id }.
act-too-many = Plus de { $most } marqués : en marquer moins, ils sont faits l'un après l'autre.
act-mixed = Certaines lignes marquées sont en pause et d'autres non : ne marquer que les unes ou les autres.
