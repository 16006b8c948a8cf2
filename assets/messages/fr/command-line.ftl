## The command line

usage = vigie : { $problem } (voir vigie --help)
usage-with-suggestion = vigie : { $problem } ; peut-être { $likely } ? (voir vigie --help)
usage-value = « { $given } » n'est pas une valeur de { $argument }, qui prend { $known }
usage-no-value = { $argument } demande une valeur
usage-duration = « { $given } » n'est pas une durée pour { $argument } : écrire 30s, 1m ou un nombre de secondes
usage-argument = il n'y a pas d'argument { $argument } ici
usage-command = il n'y a pas de commande « { $given } »
usage-missing = il manque { $argument }
usage-twice = { $argument } est donné deux fois
usage-takes-none = { $argument } ne prend pas de valeur
usage-not-text = un argument n'est pas de l'UTF-8 valide
