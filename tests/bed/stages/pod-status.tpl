{{- /* The status of a pod; $become, set before this text, says of what. The fate befalls the first container. */ -}}
{{- $now := Now -}}
{{- $pod := . -}}
{{- $notes := or .metadata.annotations dict -}}
{{- $old := or .status.containerStatuses list -}}
{{- $ready := or (eq $become "ready") (eq $become "serving") -}}
{{- $ended := or (eq $become "succeeded") (eq $become "failed") (eq $become "evicted") -}}
{{- $created := not (or (eq $become "creating") (eq $become "pull-error") (eq $become "pull-back-off")) -}}
{{- $first := (index .spec.containers 0).name -}}
{{- /* A condition that stays what it was keeps its time: that is what "since" means. */ -}}
{{- $was := dict -}}
{{- range .status.conditions }}{{ $_ := set $was .type . }}{{ end -}}
conditions:
- type: Initialized
  status: "True"
  lastTransitionTime: {{ or (or (index $was "Initialized") dict).lastTransitionTime $now | Quote }}
{{- range list "Ready" "ContainersReady" }}
{{- $before := or (index $was .) dict }}
- type: {{ . }}
  {{- if $ready }}
  status: "True"
  reason: ""
  message: ""
  {{- else }}
  status: "False"
  {{- if eq $become "succeeded" }}
  reason: PodCompleted
  {{- else if $ended }}
  reason: PodFailed
  {{- else }}
  reason: ContainersNotReady
  message: {{ printf "containers with unready status: [%s]" $first | Quote }}
  {{- end }}
  {{- end }}
  {{- if eq $become "unready" }}
  lastProbeTime: {{ $now | Quote }}
  {{- end }}
  lastTransitionTime: {{ if eq (or $before.status "") (ternary "True" "False" $ready) }}{{ $before.lastTransitionTime | Quote }}{{ else }}{{ $now | Quote }}{{ end }}
{{- end }}
{{- if ne $become "evicted" }}
containerStatuses:
{{- range $index, $container := .spec.containers }}
{{- $before := dict }}
{{- if lt $index (len $old) }}{{ $before = index $old $index }}{{ end }}
{{- $struck := eq $index 0 }}
{{- $restarts := int (or $before.restartCount "0") }}
{{- if and $struck (not $before.restartCount) }}
{{- $restarts = int (or (index $notes "vigie.test/restarts") "0") }}
{{- end }}
{{- if and $struck (or (eq $become "started") (eq $become "serving")) $before.state }}
{{- if $before.state.waiting }}{{ $restarts = add $restarts 1 }}{{ end }}
{{- end }}
{{- if and $struck (eq $become "back-off") }}{{ $restarts = max $restarts 1 }}{{ end }}
- name: {{ $container.name | Quote }}
  image: {{ $container.image | Quote }}
  imageID: {{ if $created }}{{ printf "%s@sha256:%s" (regexReplaceAll ":[^:/]*$" $container.image "") (sha256sum $container.image) | Quote }}{{ else }}""{{ end }}
  {{- if $created }}
  containerID: {{ printf "containerd://%s" (sha256sum (printf "%s/%s/%d" $pod.metadata.uid $container.name $restarts)) | Quote }}
  {{- end }}
  restartCount: {{ $restarts }}
  {{- $started := $now }}
  {{- if and $before.state (not (eq $become "started")) (not (eq $become "serving")) }}
  {{- if $before.state.running }}{{ $started = $before.state.running.startedAt }}{{ end }}
  {{- end }}
  {{- if eq $become "succeeded" }}
  ready: false
  started: false
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ $started | Quote }}
      finishedAt: {{ $now | Quote }}
  {{- else if eq $become "failed" }}
  ready: false
  started: false
  state:
    terminated:
      exitCode: {{ or (index $notes "vigie.test/exit-code") "1" }}
      reason: Error
      message: {{ or (index $notes "vigie.test/message") "" | Quote }}
      startedAt: {{ $started | Quote }}
      finishedAt: {{ $now | Quote }}
  {{- else if not $created }}
  ready: false
  started: false
  state:
    waiting:
      {{- if and $struck (eq $become "pull-error") }}
      reason: ErrImagePull
      message: {{ printf "rpc error: code = NotFound desc = failed to pull and unpack image %q: not found" $container.image | Quote }}
      {{- else if and $struck (eq $become "pull-back-off") }}
      reason: ImagePullBackOff
      message: {{ printf "Back-off pulling image %q: ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image %q: not found" $container.image $container.image | Quote }}
      {{- else }}
      reason: ContainerCreating
      {{- end }}
  {{- else if and $struck (eq $become "back-off") }}
  {{- $oom := eq (index $notes "vigie.test/fate") "oom" }}
  ready: false
  started: false
  state:
    waiting:
      reason: CrashLoopBackOff
      message: {{ printf "back-off restarting failed container=%s pod=%s_%s(%s)" $container.name $pod.metadata.name $pod.metadata.namespace $pod.metadata.uid | Quote }}
  lastState:
    terminated:
      {{- if $oom }}
      exitCode: 137
      reason: OOMKilled
      {{- else }}
      exitCode: {{ or (index $notes "vigie.test/exit-code") "1" }}
      reason: Error
      message: {{ or (index $notes "vigie.test/message") "" | Quote }}
      {{- end }}
      startedAt: {{ $started | Quote }}
      finishedAt: {{ $now | Quote }}
      containerID: {{ printf "containerd://%s" (sha256sum (printf "%s/%s/%d" $pod.metadata.uid $container.name $restarts)) | Quote }}
  {{- else }}
  {{- $serves := or $ready (not $struck) }}
  ready: {{ $serves }}
  started: true
  state:
    running:
      startedAt: {{ $started | Quote }}
  {{- if $before.lastState }}
  lastState: {{ toJson $before.lastState }}
  {{- end }}
  {{- end }}
{{- end }}
{{- end }}
{{- if and .spec.initContainers $created }}
initContainerStatuses:
{{- range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: {{ printf "%s@sha256:%s" (regexReplaceAll ":[^:/]*$" .image "") (sha256sum .image) | Quote }}
  restartCount: 0
  {{- if eq (or .restartPolicy "") "Always" }}
  ready: true
  started: true
  state:
    running:
      startedAt: {{ $now | Quote }}
  {{- else }}
  ready: true
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ $now | Quote }}
      finishedAt: {{ $now | Quote }}
  {{- end }}
{{- end }}
{{- end }}
{{- with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
- ip: {{ index . 0 | Quote }}
{{- end }}
{{- $address := or .status.podIP (index $notes "vigie.test/pod-ip") }}
{{- if not $address }}
{{- $address = index (PodIPsWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "")) 0 }}
{{- end }}
{{- /* The server makes the list podIPs of it. A list sent would be merged with that of an answer lost: two addresses, refused. */}}
podIP: {{ $address | Quote }}
{{- if eq $become "succeeded" }}
phase: Succeeded
{{- else if eq $become "failed" }}
phase: Failed
{{- else if eq $become "evicted" }}
phase: Failed
reason: Evicted
message: {{ or (index $notes "vigie.test/message") "The node was low on resource: ephemeral-storage." | Quote }}
{{- else if $created }}
phase: Running
{{- else }}
phase: Pending
{{- end }}
startTime: {{ or .status.startTime $now | Quote }}
