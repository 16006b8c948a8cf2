## Figures, ages and moments. Letters of units stand in columns of four cells.

unit-second = s
unit-minute = m
unit-hour = h
unit-day = d
unit-year = y
span-seconds = { $count }s
span-minutes = { $count }m
span-minutes-spelled = { $count } min
span-hours = { $count }h
span-days = { $count }d
span-years = { $count }y
ago = { $span } ago
left = { $span } left
moment-day = { $day } { $time }
date-day = { $day } { $month }
date-year = { $year }-{ $month }-{ $day }
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
quote = "{ $words }"

## States, classes, severities

severity-critical = critical
severity-warning = warning
class-production = production
class-unknown = class unknown
class-non-production = non-production
state-complete = complete
state-progressing = progressing
state-paused = paused
state-stopped = stopped
state-degraded = degraded
state-failed = failed
state-unknown = unknown
tenants-count =
    { $count ->
        [one] 1 tenant
       *[other] { $count } tenants
    }
tenants-named = { $tenants } ({ $names })
names-more = { $names } and { $count } more
