# Releases de Helm.
tab-helm = Helm
command-helm = releases de Helm, d'après ses Secrets
title-release = release
title-revision-number = rév
title-status = état
helm-release = release Helm
helm-count = { $count ->
    [one] 1 release
   *[other] { $count } releases
}
helm-stuck-count = { $count ->
    [one] { $count } bloquée
   *[other] { $count } bloquées
}
helm-failed-count = { $count } en échec
helm-none = aucune release de Helm : ni Secret ni ConfigMap avec l'étiquette owner=helm
helm-refuses = le prochain helm upgrade échouera, { $words }
helm-before = avant elle { $revision }
helm-of-flux = HelmRelease { $name } de Flux
helm-not-in = { $right } dans { $names }
helm-but-in = lu dans { $names } seulement, ailleurs { $right }
copy-helm-back = la commande helm du retour
copy-helm-history = la commande helm de l'historique
jump-release = sa release
