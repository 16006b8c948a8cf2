{{- /* The conditions of a node; $become, set before this text, is ready, lost, down or disk-pressure. */ -}}
{{- $now := Now -}}
{{- $lost := eq $become "lost" -}}
conditions:
{{- range NodeConditions }}
- type: {{ .type }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
  {{- if and $lost (ne .type "NetworkUnavailable") }}
  status: Unknown
  reason: NodeStatusUnknown
  message: Kubelet stopped posting node status.
  {{- else if and (eq $become "down") (eq .type "Ready") }}
  status: "False"
  reason: KubeletNotReady
  message: "container runtime is down, PLEG is not healthy: pleg was last seen active 3m12s ago; threshold is 3m0s"
  {{- else if and (eq $become "disk-pressure") (eq .type "DiskPressure") }}
  status: "True"
  reason: KubeletHasDiskPressure
  message: kubelet has disk pressure
  {{- else }}
  status: {{ .status | Quote }}
  reason: {{ .reason }}
  message: {{ .message | Quote }}
  {{- end }}
{{- end }}
