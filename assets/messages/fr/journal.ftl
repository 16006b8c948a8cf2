## Pourquoi le journal ne peut être écrit ou lu

journal-disk-full = disque plein
journal-held = un autre processus ne le lâche pas
journal-too-long = l'action est trop longue pour lui
journal-no-randomness = le système ne donne pas de nombres aléatoires
