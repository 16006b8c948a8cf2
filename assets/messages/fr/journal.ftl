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
journal-roll-back-from = revenir de la rév { $from }
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

journal-in-doubt = en doute
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
journal-settled = vigie : { $id }, { $act } { $name }, était sans réponse ; relu : { $outcome }
