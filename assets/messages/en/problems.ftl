## What stands between vigie and an answer

problem-unreachable = does not answer: { $detail }
problem-timed-out = no answer within { $seconds } s
problem-unauthorized = the server does not accept the credentials (401)
problem-login = login needed: run { $command } elsewhere
problem-login-detail = login needed ({ $detail }): run { $command } elsewhere
problem-config = the kubeconfig cannot be used: { $detail }
problem-garbled = the answer is not Kubernetes': { $detail }
problem-server = the server answers { $code }: { $detail }

## The same in a few cells

problem-short-timed-out = no answer in { $seconds } s
problem-short-unauthorized = credentials refused
problem-short-login = login needed
problem-short-config = kubeconfig unusable
problem-short-garbled = no Kubernetes answer
problem-short-server = server answers { $code }

## A kind as it is seen

feed-reading = reading { $kind }
feed-reading-seen = reading { $kind }: { $seen }
feed-reading-of = reading { $kind }: { $seen } of { $total }
feed-live = { $kind } live
feed-polled = { $kind } as of { $time }
feed-lost = { $kind } no longer watched: { $problem }
feed-denied = not readable: { $verb } { $resource }
feed-denied-in = not readable: { $verb } { $resource } in { $namespace }
feed-absent = { $resource } not served
clock-off = clock of { $cluster } { $seconds } s off
undecodable = { $kind } { $name } is not shown: { $reason }
