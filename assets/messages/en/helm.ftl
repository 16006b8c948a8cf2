# Releases of Helm.
tab-helm = Helm
command-helm = releases of Helm, whoever makes them
title-release = release
title-revision-number = rev
title-status = status
helm-release = Helm release
helm-count = { $count ->
    [one] 1 release
   *[other] { $count } releases
}
helm-stuck-count = { $count } stuck
helm-failed-count = { $count } failed
helm-none = no release of Helm: no Secret and no ConfigMap with the label owner=helm
helm-more = { $count } revisions more are not read, a newest one perhaps among them: choose a namespace
helm-refuses = the next helm upgrade will fail, { $words }
helm-before = before it { $revision }
helm-of-flux = HelmRelease { $name } of Flux
helm-not-in = { $right } in { $names }
helm-but-in = { $right } outside { $names }
copy-helm-back = way back (helm)
copy-helm-history = history (helm)
jump-release = its release
