## What stands between vigie and an answer

problem-unreachable = ne répond pas : { $detail }
problem-timed-out = pas de réponse en { $seconds } s
problem-unauthorized = le serveur refuse l'identité présentée (401)
problem-unauthorized-login = le serveur refuse l'identité présentée (401) : lancer { $command } ailleurs
problem-login = connexion à faire ({ $detail }) : lancer { $command } ailleurs
problem-config = le kubeconfig est inutilisable : { $detail }
problem-unsendable = ce qui est demandé ne forme pas une requête valide : { $detail }
problem-garbled = la réponse n'est pas de Kubernetes : { $detail }
problem-bug = vigie a échoué ici, c'est un bogue à signaler ; son journal dit peut-être où
problem-server = le serveur répond { $code } : { $detail }

## Why a login plugin gave no credentials

login-not-run = le plugin ne se lance pas : { $words }
login-silent = pas de réponse en { $seconds } s : il attend peut-être quelqu'un
login-exited = il finit en { $code } sans un mot
login-killed = il finit par le signal { $signal } sans un mot
login-no-credential = sa réponse n'est pas un ExecCredential
login-empty-credential = sa réponse n'a ni jeton ni certificat

## Why a kubeconfig leads to no cluster

kubeconfig-unreadable = { $path } est illisible : { $words }
kubeconfig-unparsable = { $path } n'est pas un kubeconfig
kubeconfig-unparsable-at = { $path } n'est pas un kubeconfig : il cesse d'avoir un sens à la ligne { $line }, colonne { $column }
kubeconfig-context-gone = il n'a plus le contexte { $name }
kubeconfig-cluster-gone = il n'a pas le cluster { $name }
kubeconfig-no-server = le cluster n'a pas de serveur
kubeconfig-bad-server = le serveur du cluster n'est pas une adresse : { $words }
kubeconfig-authority = l'autorité de certification est illisible
kubeconfig-authority-not-pem = l'autorité de certification n'est pas du PEM
kubeconfig-certificate = le certificat du client est illisible
kubeconfig-key = la clé du client est illisible
kubeconfig-no-plugin = son plugin de connexion n'a pas de commande
kubeconfig-provider = auth-provider { $name } est obsolète : un plugin exec le remplace
kubeconfig-service-account = le compte de service du pod est inutilisable : { $words }
kubeconfig-tls = TLS refuse le certificat ou la clé : { $words }
kubeconfig-proxy = le protocole du proxy n'est pas pris en charge
kubeconfig-proxy-address = l'adresse du proxy n'a pas de sens
kubeconfig-credentials = aucun identifiant ne peut en être tiré
kubeconfig-unusable = aucune connexion ne peut en être faite

## How an answer, or one object, is garbled

garbled-foreign = c'est du { $content }
garbled-malformed = elle n'a pas la forme qu'elle annonce
garbled-endless = elle n'en finit pas
garbled-cut-short = elle a été coupée
garbled-headless = la liste est sans métadonnées
garbled-encoding = son encodage est inconnu
garbled-same-page = la même page revient sans cesse
garbled-nameless = le nom ou l'uid manque

## The same in a few cells

problem-short-timed-out = muet depuis { $seconds } s
problem-short-unauthorized = identité refusée
problem-short-login = connexion à faire
problem-short-config = kubeconfig inutilisable
problem-short-service-account = compte de service inutilisable
problem-short-unsendable = requête impossible
problem-short-garbled = réponse étrangère
problem-short-bug = échec de vigie, un bogue
problem-short-server = le serveur répond { $code }

## A kind as it is seen

feed-reading = lecture de { $kind }
feed-reading-seen = lecture de { $kind } : { $seen }
feed-reading-of = lecture de { $kind } : { $seen } sur { $total }
feed-live = { $kind } en direct
feed-polled = { $kind } à { $time }
feed-lost = { $kind } hors de vue : { $problem }
feed-denied = illisible : { $verb } { $resource }
feed-denied-in = illisible : { $verb } { $resource } dans { $namespace }
feed-absent = { $resource } non servi
