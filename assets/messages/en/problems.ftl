## What stands between vigie and an answer

problem-unreachable = does not answer: { $detail }
problem-timed-out = no answer within { $seconds } s
problem-unauthorized = the server does not accept the credentials (401)
problem-unauthorized-login = the server does not accept the credentials (401): run { $command } elsewhere
problem-login = login needed ({ $detail }): run { $command } elsewhere
problem-config = the kubeconfig cannot be used: { $detail }
problem-unsendable = what was asked for makes no valid request: { $detail }
problem-garbled = the answer is not Kubernetes': { $detail }
problem-bug = vigie failed here, which is a bug to report; its log may say where
problem-server = the server answers { $code }: { $detail }

## Why a login plugin gave no credentials

login-not-run = the plugin cannot be run: { $words }
login-silent = no answer within { $seconds } s: it may be asking a person
login-exited = it exits { $code } without a word
login-killed = it ends by signal { $signal } without a word
login-no-credential = its answer is not an ExecCredential
login-empty-credential = its answer holds neither token nor certificate

## Why a kubeconfig leads to no cluster

kubeconfig-unreadable = { $path } cannot be read: { $words }
kubeconfig-unparsable = { $path } is not a kubeconfig
kubeconfig-unparsable-at = { $path } is not a kubeconfig: it stops making sense at line { $line }, column { $column }
kubeconfig-context-gone = it no longer has the context { $name }
kubeconfig-cluster-gone = it does not have the cluster { $name }
kubeconfig-no-server = the cluster has no server
kubeconfig-bad-server = the cluster's server is no address: { $words }
kubeconfig-authority = the certificate authority cannot be read
kubeconfig-authority-not-pem = the certificate authority is not PEM
kubeconfig-certificate = the client certificate cannot be read
kubeconfig-key = the client key cannot be read
kubeconfig-no-plugin = its login plugin has no command
kubeconfig-provider = auth-provider { $name } is out of date: an exec plugin takes its place
kubeconfig-service-account = the pod's service account cannot be used: { $words }
kubeconfig-tls = TLS refuses the certificate or the key: { $words }
kubeconfig-proxy = the proxy's protocol is not supported
kubeconfig-proxy-address = the proxy's address makes no sense
kubeconfig-credentials = no credentials can be made from it
kubeconfig-unusable = no connection can be made from it

## How an answer, or one object, is garbled

garbled-foreign = it is { $content }
garbled-malformed = it is not in the form it claims
garbled-endless = it has no end
garbled-cut-short = it was cut short
garbled-headless = the list has no metadata
garbled-encoding = its encoding is unknown
garbled-same-page = the same page comes again and again
garbled-nameless = it has no name or no uid

## The same in a few cells

problem-short-timed-out = no answer in { $seconds } s
problem-short-unauthorized = credentials refused
problem-short-login = login needed
problem-short-config = kubeconfig unusable
problem-short-service-account = service account unusable
problem-short-unsendable = no such request
problem-short-garbled = no Kubernetes answer
problem-short-bug = vigie failed, a bug
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
