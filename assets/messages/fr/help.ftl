## L'aide : sa page
keys-title = aide · { $page } · touches { $keymap }
keys-type = taper pour trouver une touche
keys-found = { $count ->
    [one] 1 trouvée
   *[other] { $count } trouvées
}
keys-none = aucune touche ne fait cela
keys-unbound = sans touche

## Ses groupes
keys-move = SE DÉPLACER
keys-find = TROUVER
keys-inside = DEDANS
keys-aspects = décrire, évén., YAML, logs
keys-course = en cours, cause, passé
keys-wrap = replier les lignes longues
keys-run = pause, préc., date, garder
keys-level = niveau, avertissements
keys-lines = conteneur, heures
keys-typing = PENDANT LA SAISIE
keys-program = PROGRAMME

## Ce que font les touches, en 26 lettres au plus
keys-row = ligne
keys-in-need = à traiter : après, avant
keys-ends = première, dernière ligne
keys-pages = demi-page, page
keys-screens = écran
keys-open = ouvrir la ligne
keys-escape = fermer, lever le filtre
keys-pane = dans le volet, et retour
keys-trail = d'où je viens, et retour
keys-copy = copier de la ligne
keys-fold = plier, déplier
keys-filter = filtrer les lignes
keys-mark = marquer, jusqu'ici
keys-search = chercher partout
keys-palette = commande ou nom
keys-sort = ordre des lignes, inversé
keys-tenant = un projet, classes vues
keys-keep = garder, prendre le choix
keys-complete = compléter le terme
keys-drop = lever, fermer
keys-empty = vider
keys-choice = un autre choix
keys-help = cette aide
keys-retry = redemander aux muets
keys-redraw = redessiner, souris ou non
keys-suspend = au shell, jusqu'à fg
keys-quit = fermer le texte, quitter

## Actions
keys-act = agir, défaire (aperçu)
keys-go = évincer, lancer… : par :
