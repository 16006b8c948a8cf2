# Actions : verbes, plans, ce qui est vérifié, pourquoi rien ne part.
act-roll-back = retour
act-scale = échelle
act-restart = redémarrage
act-pause = pause
act-resume = reprise
act-evict = éviction
act-delete = suppression
act-suspend = suspension
act-unsuspend = fin de suspension
act-run-now = lancement
act-with = { $verb } { $what }

plan-roll-back = retour de { $name } à la révision { $revision }
plan-roll-back-unnumbered = retour de { $name }
plan-scale = échelle de { $name } à { $to }
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
refusal-gone = { $head } : { $name } n'existe plus. Rien n'est parti.
refusal-recreated = { $head } : { $name } est un autre objet maintenant, refait sous le même nom. Rien n'est parti.
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
refusal-paused = { $verb } impossible sur { $name } en pause : rien ne bougerait.
refusal-already-paused = Rien à faire : { $name } est en pause.
refusal-not-paused = Rien à faire : { $name } n'est pas en pause.
refusal-already-suspended = Rien à faire : { $name } est suspendu.
refusal-not-suspended = Rien à faire : { $name } n'est pas suspendu.
refusal-same-replicas = Rien à faire : le nombre de { $name } est déjà { $to }.
refusal-no-scale = Passage à une autre échelle impossible : le type de { $name } n'a pas de nombre de réplicas.
refusal-not-undoable = Rien à reprendre : un pod { $done } ne revient pas, son propriétaire en fait un autre.
refusal-denied = Non permis : { $right } dans { $place } est refusé à { $user }.
refusal-denied-you = Non permis : { $right } dans { $place } vous est refusé.
refusal-frozen = Gel : la fenêtre { $window } empêche l'envoi.
refusal-frozen-until = Gel jusqu'à { $until } : la fenêtre { $window } empêche l'envoi.
refusal-read-only = Lecture seule : rien ne part.
refusal-server = Le serveur refuse : { $words }. Rien n'a changé.
refusal-moved = { $head } : { $name } a bougé pendant la lecture. Rien n'est parti.
refusal-moved-by = { $head } : { $name } a bougé pendant la lecture ({ $by }). Rien n'est parti.
refusal-journal = Non envoyé : le journal ne peut être écrit ({ $why }). La lecture continue ; libérer de la place ou le réparer, puis redemander.

unsent-read-only = le contexte est en lecture seule
unsent-no-link = le cluster ne répond pas

check-right = droit
check-was-well = allait bien
check-dry-run = à blanc
check-one-pod = un pod
check-refers-to = renvoie à
check-image = image
check-free = libre
check-freeze = gel
check-database = base

detail-denied = refusé à { $user } : { $right }
detail-denied-you = refusé à vous : { $right }
detail-ready = tous prêts depuis { $span }
detail-serving = ses pods servent
detail-short = ses pods ne sont pas tous prêts
detail-well = terminée, a tourné { $span }
detail-ran = non connu : voulue pendant { $span }, personne n'a vu si elle servait
detail-went-unknown = non connu : personne ne l'a vue tourner
detail-accepted = accepté, sans avertissement
detail-admitted = admis
detail-warnings = accepté, le serveur avertit : { $words }
detail-refused = refusé : { $words }
detail-not-answered = non vérifié : le serveur dit { $words }
detail-no-dry-run = non vérifié : un webhook ne prend pas d'essai à blanc, { $words }
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
detail-autoscalers-unseen = pas en pause ; HPA non vérifiés : ils ne sont pas lisibles
detail-frozen = la fenêtre { $name } est en cours
detail-not-frozen = pas de fenêtre de gel
detail-database = non vérifié : { $image } l'a-t-elle changée ? demander au projet

hold-yes = oui : personne ne le défait.
hold-autoscaler = non : écrasé par le HPA { $name } en 15 s : il veut { $wants }, bornes { $min } à { $max }, et il décide seul du nombre.
hold-helm = jusqu'à la prochaine version de { $name } : Helm remet alors ce que dit son chart.
hold-manager = non connu : géré par { $tool } { $name }, on ne lui a pas demandé s'il le défait.
hold-operator = non connu : géré par { $name }, dont le contrôleur peut le défaire.
hold-short-yes = tient
hold-short-autoscaler = écrasé par le HPA { $name } en 15 s
hold-short-helm = tient jusqu'à la prochaine version de { $name }
hold-short-manager = non connu si { $tool } { $name } le défait
hold-short-operator = non connu si { $name } le défait
hold-word-holds = tient
hold-word-until-sync = jusqu'à la prochaine synchro
hold-word-undone = défait en quelques secondes
hold-word-hpa = écrasé par le HPA
hold-word-refused = refusé
hold-word-unknown = non connu

note-on-delete = updateStrategy est OnDelete : rien ne redémarre tant que ses pods ne sont pas supprimés.
note-recreate = strategy est Recreate : tous ses pods s'arrêtent avant que le premier nouveau ne démarre.
note-renumbered = la révision { $from } porte ensuite le numéro { $to }.
note-kubectl = kubectl rollout undo changerait aussi des annotations : { $names }.
note-last-applied = last-applied-configuration décrit encore ce qui est là : le prochain kubectl apply peut le ramener.
note-sleeps = le HPA { $name } reste immobile tant qu'il n'y a pas de réplicas.

undo-revision = retour à la révision { $revision }
undo-revision-unnumbered = retour à la révision d'avant
undo-replicas = { $count ->
    [one] retour à 1 réplica
   *[other] retour à { $count } réplicas
}
undo-job = le Job { $name } est supprimé
undo-none = rien : un pod parti ne revient pas, son propriétaire en fait un autre

change-short-image = image { $change }
change-short-of = { $what } de { $name }
change-short-requests = requêtes { $change }
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
outcome-unknown = non connu
outcome-with = { $outcome } : { $detail }
answer-accepted = le serveur l'a pris, sans avertissement
answer-warned = le serveur l'a pris et avertit : { $words }
answer-refused = refusé : { $words }
answer-not-sent = non envoyé : { $why }
answer-unknown = pas de réponse : { $why }. C'est peut-être fait
