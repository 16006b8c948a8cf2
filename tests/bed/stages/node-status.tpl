{{- /* The conditions of a node; $become, set before this text, is ready, lost, down or disk-pressure. */ -}}
{{- $now := Now -}}
{{- $lost := eq $become "lost" -}}
{{- $was := dict -}}
{{- range .status.conditions }}{{ $_ := set $was .type . }}{{ end -}}
conditions:
{{- range NodeConditions }}
{{- $status := .status }}
{{- $reason := .reason }}
{{- $message := .message }}
{{- if and $lost (ne .type "NetworkUnavailable") }}
{{- $status = "Unknown" }}
{{- $reason = "NodeStatusUnknown" }}
{{- $message = "Kubelet stopped posting node status." }}
{{- else if and (eq $become "down") (eq .type "Ready") }}
{{- $status = "False" }}
{{- $reason = "KubeletNotReady" }}
{{- $message = "container runtime is down, PLEG is not healthy: pleg was last seen active 3m12s ago; threshold is 3m0s" }}
{{- else if and (eq $become "disk-pressure") (eq .type "DiskPressure") }}
{{- $status = "True" }}
{{- $reason = "KubeletHasDiskPressure" }}
{{- $message = "kubelet has disk pressure" }}
{{- end }}
{{- $before := or (index $was .type) dict }}
- type: {{ .type }}
  status: {{ $status | Quote }}
  reason: {{ $reason }}
  message: {{ $message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ if eq (or $before.status "") $status }}{{ $before.lastTransitionTime | Quote }}{{ else }}{{ $now | Quote }}{{ end }}
{{- end }}
