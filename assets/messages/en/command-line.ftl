## The command line

usage = vigie: { $problem } (see vigie --help)
usage-with-suggestion = vigie: { $problem }; did you mean { $likely }? (see vigie --help)
usage-value = "{ $given }" is not a value of { $argument }, which takes { $known }
usage-no-value = { $argument } needs a value
usage-duration = "{ $given }" is not a duration for { $argument }: write 30s, 1m or a number of seconds
usage-argument = there is no argument { $argument } here
usage-command = there is no command "{ $given }"
usage-missing = { $argument } is missing
usage-twice = { $argument } is given twice
usage-takes-none = { $argument } takes no value
usage-not-text = an argument is not valid UTF-8

## The configuration file

config-problem = { $place }: { $sentence }
config-with-suggestion = { $fault }; did you mean { $likely }?
config-unreadable = cannot be read: { $detail }
config-syntax = not TOML: { $detail }
config-unknown-key = there is no key { $key }
config-type = { $key } wants { $wanted }
config-wants-boolean = true or false
config-wants-text = a text in quotes
config-wants-texts = a list of texts in quotes
config-wants-table = a table
config-value = { $key } takes { $known }
config-empty-name = { $key } has an empty name
config-rejected = { $key } cannot be used: { $detail }
