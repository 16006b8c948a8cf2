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

## The configuration file

config-problem = { $place } : { $sentence }
config-with-suggestion = { $fault } ; peut-être { $likely } ?
config-unreadable = illisible : { $detail }
config-syntax = ce n'est pas du TOML : { $detail }
config-unknown-key = il n'y a pas de clé { $key }
config-type = { $key } demande { $wanted }
config-wants-boolean = true ou false
config-wants-text = un texte entre guillemets
config-wants-texts = une liste de textes entre guillemets
config-wants-table = une table
config-value = { $key } prend { $known }
config-empty-name = { $key } contient un nom vide
config-rejected = { $key } est inutilisable : { $detail }
