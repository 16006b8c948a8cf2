## Figures, ages and moments. Letters of units stand in columns of four cells.

unit-second = s
unit-minute = m
unit-hour = h
unit-day = j
unit-year = a
span-seconds = { $count } s
span-minutes = { $count } min
span-minutes-spelled = { $count } min
span-hours = { $count } h
span-days = { $count } j
span-years = { $count } a
ago = il y a { $span }
left = reste { $span }
moment-day = { $day } { $time }
date-day = { $day } { $month }
date-year = { $day }/{ $month }/{ $year }
month-1 = janv.
month-2 = févr.
month-3 = mars
month-4 = avr.
month-5 = mai
month-6 = juin
month-7 = juil.
month-8 = août
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = déc.
quote = « { $words } »

## States, classes, severities

severity-critical = critique
severity-warning = avertissement
class-production = production
class-unknown = classe inconnue
class-non-production = hors production
state-complete = terminé
state-progressing = en cours
state-paused = en pause
state-stopped = arrêté
state-degraded = dégradé
state-failed = échoué
state-unknown = inconnu
tenants-count =
    { $count ->
        [one] 1 projet
       *[other] { $count } projets
    }
tenants-named = { $tenants } ({ $names })
names-more =
    { $count ->
        [one] { $names } et { $count } autre
       *[other] { $names } et { $count } autres
    }
