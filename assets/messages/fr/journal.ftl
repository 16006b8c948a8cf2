## Pourquoi le journal ne peut être écrit ou lu

journal-disk-full = disque plein
journal-held = un autre processus ne le lâche pas
journal-too-long = l'action est trop longue pour lui
journal-no-randomness = le système ne donne pas de nombres aléatoires
journal-unread = vigie : le journal ne peut être lu : { $detail }
journal-unreadable-lines = { $count ->
    [one] { $count } ligne du journal est illisible
   *[other] { $count } lignes du journal sont illisibles
}
journal-strays = { $count ->
    [one] { $count } ligne du journal n'appartient à aucune de ses actions
   *[other] { $count } lignes du journal n'appartiennent à aucune de ses actions
}

## Ce qui a été fait

column-action = ACTION
column-context = CONTEXTE
column-id = ID
column-outcome = ISSUE
column-still = TIENT
column-who = QUI
journal-roll-back = revenir à { $to }
journal-roll-back-from = revenir de la rév. { $from }
journal-roll-back-unnumbered = revenir en arrière
journal-scale = passer de { $from } à { $to }
journal-scale-unnumbered = changer l'échelle
journal-restart = redémarrer
journal-pause = mettre en pause
journal-resume = reprendre
journal-evict = évincer
journal-delete = supprimer
journal-suspend = suspendre
journal-unsuspend = ne plus suspendre
journal-run-now = lancer maintenant

## Ce qu'il en est advenu

journal-in-doubt = incertain
journal-accepted = accepté
journal-refused = refusé
journal-reached = fait en { $span }
journal-timed-out = pas atteint en { $span }
journal-failed = échoué
journal-was-replaced = remplacé
journal-not-done = pas fait
journal-unknown = inconnu
journal-holds = tient
journal-replaced = remplacé
journal-undone = défait
journal-never = non
journal-not-known = inconnu
journal-settled = vigie : { $id } était sans réponse ({ $name } : { $act }) ; relu : { $outcome }

## L'écran

journal-title = { $count ->
    [one] { $count } action
   *[other] { $count } actions
}
journal-still-hold = { $count ->
    [one] { $count } tient encore
   *[other] { $count } tiennent encore
}
journal-none = Rien n'a encore été fait depuis cette machine : ce qui est envoyé s'écrit ici, avant et après.
journal-no-rollout = Son objet n'est plus là, ou n'a pas de déploiement.
notice-journal = Le journal ne peut être lu : { $detail }
notice-settled = Une action de { $at } était sans réponse ({ $name } : { $act }) ; relu : { $outcome }
title-time = heure
title-object = objet
title-action = action
title-outcome = issue
title-still = tient
journal-reason = raison
journal-who = qui
journal-before = avant
journal-after = après
journal-changes = modifié
journal-answers = réponses
journal-outcome = issue
journal-hold = tient
journal-answer = { $at } { $verdict }, Audit-ID { $audit }
journal-no-answer = sans réponse, Audit-ID { $audit }
journal-done-at = { $act } le { $at }
