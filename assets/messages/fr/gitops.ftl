# Argo CD : ce qui lui est demandé, et ce qu'il fait d'un changement.
act-sync = synchronisation
act-sync-and-prune = synchronisation et purge
act-sync-dry-run = essai à blanc de la synchronisation
act-refresh = rafraîchissement
act-hard-refresh = rafraîchissement complet
act-terminate = arrêt de l'opération
act-suspend-sync = suspension de la synchro auto
act-restore-sync = rétablissement de la synchro auto
plan-sync = synchronisation de { $name }
plan-sync-and-prune = synchronisation et purge de { $name }
plan-sync-dry-run = essai à blanc de la synchronisation de { $name }
plan-refresh = rafraîchissement de { $name }
plan-hard-refresh = rafraîchissement complet de { $name }
plan-terminate = arrêt de l'opération de { $name }
plan-suspend-sync = suspension de la synchro auto de { $name }
plan-restore-sync = rétablissement de la synchro auto de { $name }
done-sync = synchronisé
done-sync-and-prune = synchronisé et purgé
done-sync-dry-run = essai fait
done-refresh = rafraîchi
done-hard-refresh = rafraîchi
done-terminate = arrêté
done-suspend-sync = suspendu
done-restore-sync = rétabli
not-done-sync = pas de synchronisation
not-done-sync-and-prune = pas de synchronisation
not-done-sync-dry-run = pas d'essai à blanc
not-done-refresh = pas de rafraîchissement
not-done-hard-refresh = pas de rafraîchissement
not-done-terminate = pas d'arrêt
not-done-suspend-sync = synchro auto non suspendue
not-done-restore-sync = synchro auto non rétablie
refusal-no-auto-sync = Rien à faire : { $name } n'a pas de synchro auto.
refusal-auto-sync-suspended = Rien à faire : la synchro auto de { $name } est suspendue.
refusal-auto-sync-on = Rien à faire : la synchro auto de { $name } est active.
refusal-no-enabled = Pas de retour : l'Argo CD de { $name } est antérieur à la 3.1. Seul skip-reconcile coupe sa synchro auto, et Argo CD ne revient alors sur rien : revenir sur la charge elle-même. Rien n'est parti.
refusal-skipped = Sans effet : skip-reconcile est posé sur { $name }, et Argo CD ne la regarde pas. Rien n'est parti.
refusal-busy = Une opération de { $name } est en cours. Rien n'est parti.
refusal-busy-since = Une opération de { $name } est en cours depuis { $since }. Rien n'est parti.
refusal-idle = Rien à arrêter : { $name } n'a pas d'opération en cours.
hold-not-in-git = oui : git ne fixe pas ce champ, et Argo CD { $name } ne rétablit que ce que git déclare.
hold-of-argo-cd = oui : ce qui est demandé à { $name } est ce que dit git.
hold-generated = non : défait en quelques secondes. L'ApplicationSet { $name } génère cette Application et la réécrit.
hold-heals = non : défait en quelques secondes. Le self-heal de l'Application { $name } rétablit git.
hold-heals-again = non : défait à nouveau. Le self-heal de { $name } rétablit git ; il l'a fait { $again } fois de suite et attend plus longtemps à chaque fois, 5 minutes au plus.
hold-manual = jusqu'à la prochaine synchronisation de { $name }, faite à la main : elle rétablit ce que dit git.
hold-suspended = jusqu'au rétablissement de la synchro auto de { $name }, ou sa synchronisation.
hold-commits = jusqu'au prochain commit ou à la prochaine synchronisation de { $name } : sa synchro auto suit les commits, sans réparer.
hold-skips = jusqu'au retrait de skip-reconcile sur { $name } : Argo CD ne la regarde pas.
hold-failed = jusqu'au prochain commit ou à la prochaine synchronisation de { $name } : la dernière, pour ce commit, a échoué et n'est pas retentée.
hold-failed-dry = jusqu'au prochain commit ou à la prochaine synchronisation de { $name } : l'essai à blanc de ce commit a échoué, ce qu'Argo CD prend pour une tentative, non retentée.
hold-barred = jusqu'à ce que { $name } puisse être synchronisée : une opération attend sa fenêtre, puis écrit ce que dit git.
hold-barred-until = jusqu'à { $until } : une opération de { $name } attend sa fenêtre, puis écrit ce que dit git.
hold-closed = jusqu'à ce que { $name } puisse être synchronisée : une fenêtre l'interdit à présent. Le self-heal rétablit alors git.
hold-closed-until = jusqu'à { $until } : une fenêtre interdit les synchronisations de { $name }. Le self-heal rétablit alors git.
hold-broken-window = jusqu'à la correction de son projet : une fenêtre de synchronisation de { $name } n'est pas comprise, et Argo CD ne synchronise rien.
hold-blind = jusqu'à ce que { $name } puisse être comparée à git : Argo CD ne le peut pas à présent.
hold-leaving = jusqu'à la disparition de { $name } : elle est en cours de suppression.
hold-unattended = inconnu : aucun Argo CD n'a encore regardé { $name }.
hold-not-compared = oui : { $name } ignore ce champ, même en synchronisant.
hold-not-compared-synced = jusqu'à la prochaine synchronisation de { $name } : elle ne compare pas ce champ, mais l'écrit.
hold-elsewhere = inconnu : l'Application { $name } le gère et n'est dans aucun cluster suivi. Suivre celui où tourne Argo CD.
hold-unseen = inconnu : l'Application { $name } le gère, et les Applications ne sont pas lisibles partout (list applications.argoproj.io).
hold-untold = inconnu : l'Application { $name } a plus d'objets qu'il n'en est gardé ici, et celui-ci peut en être.
hold-labelled = inconnu : son label app.kubernetes.io/instance dit { $name }, peut-être une Application, et les Applications ne sont pas lisibles partout (list applications.argoproj.io).
hold-several = inconnu : plusieurs Applications s'appellent { $name }.
hold-undeclared = inconnu : l'Application { $name } le gère, et l'objet ne dit pas ce que git déclare.
hold-jq = inconnu : { $name } ignore des différences par une expression jq, qui n'est pas lue ici.
hold-generator = inconnu : un ApplicationSet génère { $name } et n'est pas lisible (list applicationsets.argoproj.io).
hold-windows = inconnu : { $name } se répare seule, et les fenêtres de synchronisation de son projet ne sont pas lisibles (list appprojects.argoproj.io).
hold-short-not-in-git = tient : git ne fixe pas ce champ
hold-short-of-argo-cd = demandé à Argo CD
hold-short-generated = défait par l'ApplicationSet { $name } en quelques secondes
hold-short-heals = défait par { $name } en quelques secondes
hold-short-heals-again = défait à nouveau par { $name }
hold-short-manual = jusqu'à la synchronisation de { $name }
hold-short-suspended = jusqu'au rétablissement de la synchro auto de { $name }
hold-short-commits = jusqu'au prochain commit de { $name }
hold-short-skips = jusqu'au retrait de skip-reconcile sur { $name }
hold-short-failed = jusqu'au prochain commit de { $name }
hold-short-failed-dry = jusqu'au prochain commit de { $name }
hold-short-barred = jusqu'à ce qu'une fenêtre le permette
hold-short-barred-until = jusqu'à { $until }
hold-short-closed = jusqu'à ce qu'une fenêtre le permette
hold-short-closed-until = jusqu'à { $until }
hold-short-broken-window = jusqu'à la correction du projet de { $name }
hold-short-blind = jusqu'à ce que { $name } puisse être comparée
hold-short-leaving = jusqu'à la disparition de { $name }
hold-short-unattended = inconnu : aucun Argo CD n'a regardé { $name }
hold-short-not-compared = tient : { $name } ignore le champ
hold-short-not-compared-synced = jusqu'à la prochaine synchronisation de { $name }
hold-short-elsewhere = inconnu : { $name } n'est dans aucun cluster suivi
hold-short-unseen = inconnu : Applications non lisibles
hold-short-untold = inconnu : { $name } a trop d'objets
hold-short-labelled = inconnu : Applications non lisibles
hold-short-several = inconnu : plusieurs Applications { $name }
hold-short-undeclared = inconnu : ce que git déclare
hold-short-jq = inconnu : { $name } ignore par jq
hold-short-generator = inconnu : son ApplicationSet n'est pas lisible
hold-short-windows = inconnu : fenêtres non lisibles
change-short-auto-sync = synchro auto { $from }→{ $to }
change-short-skips = Argo CD ne la regarde plus : skip-reconcile
change-short-looks = Argo CD la regarde de nouveau : skip-reconcile est retiré
change-short-asked = rien de ce qui tourne : c'est une demande à Argo CD
word-on = active
word-off = coupée
before-auto-sync = synchro auto active
before-no-auto-sync = synchro auto coupée
before-skipped = pas regardée
before-looked-at = regardée
journal-sync = synchronisation
journal-sync-and-prune = synchronisation et purge
journal-sync-dry-run = essai à blanc de la synchronisation
journal-refresh = rafraîchissement
journal-hard-refresh = rafraîchissement complet
journal-terminate = arrêt de l'opération
journal-suspend-sync = synchro auto coupée
journal-restore-sync = synchro auto rétablie
command-sync = aperçu d'une synchronisation de l'Application
command-sync-and-prune = aperçu d'une synchronisation qui retire aussi ce que git n'a pas
command-sync-dry-run = aperçu d'un essai à blanc de la synchronisation, par Argo CD lui-même
command-refresh = aperçu d'une nouvelle comparaison avec git
command-hard-refresh = aperçu d'une comparaison sans rien de ce qui est en cache
command-terminate = aperçu d'un arrêt de l'opération en cours
hint-sync = synchro
hint-suspend-sync = couper la synchro
hint-restore-sync = rétablir la synchro
lasting-title = ce qui dure
lasting-first = synchro auto coupée, puis { $verb }, jusqu'à son rétablissement : { $name }
lasting-alone = { $verb } maintenant et rien d'autre
lasting-none = Rien ne dure plus longtemps ici : ni synchro auto ni Flux à retenir.
hint-lasting = suspendre avant
hint-alone = seul
command-lasting = dans un aperçu : la voie qui dure, ou le plan seul
temporary-sync-suspended = synchro auto coupée
temporary-skipped = plus regardée (skip-reconcile)
app-manual = sans synchro auto
app-suspended = synchro auto suspendue
app-commits = synchro auto
app-self-heal = synchro auto, self-heal
app-differ = { $count } sur { $total } diffèrent
app-differs-since = vue différer { $since }
app-operation = opération { $phase }
app-above = gérée par { $names }
app-maker = générée par l'ApplicationSet { $name }
app-maker-unread = générée par l'ApplicationSet { $name }, qui n'est pas lisible
app-maker-once = générée par l'ApplicationSet { $name }, qui n'y touche plus depuis
app-skips = pas regardée : skip-reconcile
app-failed = la dernière synchronisation de ce commit a échoué
app-failed-dry = l'essai à blanc de ce commit a échoué, ce qui en écarte la synchro auto
app-blind = ne peut être comparée à git
app-barred = une opération attend une fenêtre de synchronisation
app-closed = une fenêtre interdit les synchronisations
app-barred-until = jusqu'à { $until }, une opération attend une fenêtre de synchronisation
app-closed-until = jusqu'à { $until }, une fenêtre interdit les synchronisations
app-broken-window = une fenêtre de synchronisation de son projet n'est pas comprise
app-leaving = en cours de suppression
app-unattended = aucun Argo CD ne la regarde
app-unread = son Application n'est pas lisible (list applications.argoproj.io)
lasting-step = la coupure de la synchro auto · { $hold }
hold-syncs = inconnu : une opération de { $name } est en cours et écrit ce que dit git. Attendre sa fin, ou l'arrêter.
hold-short-syncs = inconnu : une opération de { $name } est en cours
change-short-synced = { $count ->
    [0] rien ne différait à la dernière comparaison ; ce que git a depuis est déployé
    [one] 1 objet redevient tel que dans git, quoi qu'on y ait fait à la main
   *[other] { $count } objets redeviennent tels que dans git, quoi qu'on y ait fait à la main
}
note-prunes = { $count ->
    [one] supprimé pour de bon, git ne l'a plus : { $names }
   *[other] supprimés pour de bon, git ne les a plus : { $names }
}
note-leaves = { $count ->
    [one] git ne l'a plus, et sans élagage il reste : { $names }
   *[other] git ne les a plus, et sans élagage ils restent : { $names }
}
note-deploys-git = la synchro auto est active : ce que git a maintenant est déployé, s'il diffère
note-git-comes-back = { $count ->
    [one] Argo CD synchronise alors 1 objet, { $names } : il reçoit ce que git déclare, ce qui y a été fait à la main est perdu ; les champs que git ne nomme pas restent
   *[other] Argo CD synchronise alors { $count } objets, { $names } : ils reçoivent ce que git déclare, ce qui y a été fait à la main est perdu ; les champs que git ne nomme pas restent
}
note-git-is-elsewhere = { $runs } tourne et git est à { $git } : Argo CD déploie alors { $git } ; un retour s'arrête là
note-git-is-there = git est à { $commit } : il n'y a rien à y annuler
note-suspended-by = suspendue par { $by }
note-suspended-because = suspendue par { $by } : { $reason }
note-window = une fenêtre interdit les synchronisations : l'opération l'attend, puis part toute seule
note-window-until = une fenêtre interdit les synchronisations jusqu'à { $until } : l'opération l'attend, puis part toute seule
lasting-fails = La synchro auto de { $name } serait remise : le plan seul est montré.
lasting-left = La synchro auto de { $name } est peut-être coupée : voir Veille.
note-stays-off = la synchro auto de { $name } reste coupée : la rétablir est une étape à part, et ramène ce que git nomme
undone-stays-off = La synchro auto de { $name } est toujours coupée : { $key } sur sa ligne de Veille la rétablit.
way-alone = { $key } la prévoit seule.
plan-redeploy = retour de { $name } à l'entrée { $entry } de son historique
plan-redeploy-before = retour de { $name } à ce qu'elle déployait avant
refusal-auto-sync-forbids = La synchro auto de { $name } est active : le commit que nomme git reviendrait, et l'API d'Argo CD refuse aussi ce retour. Rien n'est parti.
refusal-no-source = L'entrée { $entry } de { $name } ne garde pas ce qui fut déployé : elle est antérieure à Argo CD 0.12. Rien n'est parti.
refusal-leaving = Pas de retour : { $name } est en cours de suppression. Rien n'est parti.
note-auto-sync-off = la synchro auto est coupée par la même écriture, et le reste jusqu'à son rétablissement
note-frozen = cet Argo CD est antérieur à la 3.1 : il lui est dit de ne plus regarder du tout. Jusqu'au rétablissement, son état est figé, il ne synchronise rien et son propre retour est impossible
note-rehearses = Argo CD lit git et valide ce qui s'y trouve ; il ne demande pas à l'API server s'il l'accepterait
note-counts = pour Argo CD, un essai à blanc compte comme une tentative : sa synchro auto ne synchronisera plus ce commit, seulement le suivant
note-counts-heals = pour Argo CD, un essai à blanc compte comme une tentative : s'il échoue, la synchro auto ne synchronisera plus ce commit, seulement le suivant
note-looks-again = Argo CD la compare aussitôt : un rafraîchissement l'accompagne
note-looks-again-syncs = Argo CD la compare aussitôt, un rafraîchissement l'accompagne, et synchronise ce qui diffère : ce qui a été fait à la main est perdu. L'ampleur est inconnue : son état était figé
note-not-pruned = les objets que seule la révision récente possède restent : un retour ne supprime rien
note-revert = pour de bon : revenir dans git de { $from } à { $to }, { $path } de { $repository } ; dans un miroir, ce serait perdu à sa prochaine synchronisation
undo-entry = retour à l'entrée { $entry } de l'historique ; la synchro auto reste telle quelle
way-lasting = { $key } le prévoit en coupant d'abord la synchro auto.
way-restore = { $key } la fait regarder de nouveau.
preview-of-entry = ce que l'entrée { $entry } a déployé
preview-choose = Choisir à quoi revenir, puis { $key }.
change-short-revision = révision { $change }
within-source = source
within-source-numbered = source { $name }
topic-parameters = paramètres
syncs-count = { $count ->
    [one] 1 entrée
   *[other] { $count } entrées
}
syncs-none = Rien n'a encore été déployé, d'après ce que garde l'Application.
syncs-entry = entrée { $entry }
syncs-by-itself = Argo CD lui-même
syncs-last = la dernière
syncs-note = note
syncs-commits = ce qui sépare deux commits est dans git : seule la source est comparée ici
title-entry = id
title-deploys = déployé
title-stayed = restée
tab-applications = Applications
command-applications = Applications d'Argo CD
title-application = application
title-sync = synchro
title-app-health = santé
title-auto-sync = auto
title-revision-of-git = révision
auto-manual = non
auto-off = coupée
auto-on = oui
auto-heals = répare
applications-count = { $count ->
    [one] 1 Application
   *[other] { $count } Applications
}
applications-failed = { $count ->
    [one] 1 non synchronisée
   *[other] { $count } non synchronisées
}
applications-degraded = { $count ->
    [one] 1 dégradée
   *[other] { $count } dégradées
}
applications-differ = { $count ->
    [one] 1 diffère
   *[other] { $count } diffèrent
}
applications-held-back = { $count ->
    [one] 1 retenue
   *[other] { $count } retenues
}
applications-none = aucune Application
applications-not-served = aucun cluster ne sert d'Applications : Argo CD n'y est pas, ou ses types ne sont pas visibles
strip-deployed = déployé
strip-source = source
strip-destination = vers
pane-differs = diffère
pane-conditions = conditions
pane-unwell = en défaut
pane-project = projet
project-missing = ce projet n'existe pas : Argo CD n'en synchronise rien
project-unread = ses fenêtres de synchronisation ne sont pas lues (list appprojects.argoproj.io)
window-until = active jusqu'à { $until }
window-next = prochaine à { $next }
window-never = jamais active
window-broken = incomprise : Argo CD n'en synchronise rien
window-manual = les synchronisations manuelles passent
pane-operation = opération
pane-rehearsal = essai à blanc
app-prunes = absent de git
app-retries = { $count ->
    [one] { $count } nouvel essai
   *[other] { $count } nouveaux essais
}
title-brought = apportait
app-this-differs = celui-ci diffère de git
rehearsal-creates = { $count ->
    [one] 1 serait créé
   *[other] { $count } seraient créés
}
rehearsal-changes = { $count ->
    [one] 1 changerait
   *[other] { $count } changeraient
}
rehearsal-prunes = { $count ->
    [one] 1 serait supprimé
   *[other] { $count } seraient supprimés
}
rehearsal-leaves = { $count ->
    [one] 1, absent de git, resterait
   *[other] { $count }, absents de git, resteraient
}
rehearsal-nothing = rien ne changerait
