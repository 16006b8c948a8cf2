# Releases de Helm.
tab-helm = Helm
command-helm = versions déployées par Helm, quel qu'en soit l'auteur
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
helm-more = { $count } révisions de plus ne sont pas lues, dont peut-être la plus récente : choisir un namespace
helm-refuses = le prochain helm upgrade échouera, { $words }
helm-before = avant elle { $revision }
helm-of-flux = HelmRelease { $name } de Flux
helm-not-in = { $right } dans { $names }
helm-but-in = { $right } hors de { $names }
copy-helm-back = retour (helm)
copy-helm-history = historique (helm)
jump-release = sa release
