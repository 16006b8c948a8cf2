## What stands between vigie and an answer

problem-unreachable = ne répond pas : { $detail }
problem-timed-out = pas de réponse en { $seconds } s
problem-unauthorized = le serveur refuse l'identité présentée (401)
problem-login = connexion à faire : lancer { $command } ailleurs
problem-login-detail = connexion à faire ({ $detail }) : lancer { $command } ailleurs
problem-config = le kubeconfig est inutilisable : { $detail }
problem-garbled = la réponse n'est pas de Kubernetes : { $detail }
problem-server = le serveur répond { $code } : { $detail }

## The same in a few cells

problem-short-timed-out = muet depuis { $seconds } s
problem-short-unauthorized = identité refusée
problem-short-login = connexion à faire
problem-short-config = kubeconfig inutilisable
problem-short-garbled = réponse étrangère
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
clock-off = horloge de { $cluster } décalée de { $seconds } s
undecodable = { $kind } { $name } n'est pas montré : { $reason }
