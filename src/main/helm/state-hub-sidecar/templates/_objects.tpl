{{/* Whole objects, for files of templates of yours. Each is included with the root context, `.`. */}}

{{- define "state-hub-sidecar.labels" -}}
{{- with (index .Values "state-hub-sidecar").labels -}}
labels:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What the sidecar may do: in its namespace, and what it reads outside of it. */}}
{{- define "state-hub-sidecar.rbac" -}}
{{- $it := index .Values "state-hub-sidecar" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: state-hub-sidecar
  namespace: {{ .Release.Namespace }}
  {{- include "state-hub-sidecar.labels" . | nindent 2 }}
rules:
  - apiGroups: [""]
    resources: [pods, persistentvolumeclaims]
    verbs: [list, watch]
  - apiGroups: [postgresql.cnpg.io]
    resources: [clusters, backups, scheduledbackups, failoverquorums]
    verbs: [list, watch]
  - apiGroups: [barmancloud.cnpg.io]
    resources: [objectstores]
    verbs: [list, watch]
  # What is to be made has no name yet by which its making could be granted.
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    verbs: [create]
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    resourceNames: [{{ $it.settings.STATEHUB_KUBERNETES_LEASE | default "state-hub-sidecar" }}]
    verbs: [get, list, watch, patch]
  # The lease of the cluster's primary.
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    resourceNames: [{{ $it.cluster }}]
    verbs: [list, watch]
  - apiGroups: [""]
    resources: [events]
    verbs: [create, get, patch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: state-hub-sidecar
  namespace: {{ .Release.Namespace }}
  {{- include "state-hub-sidecar.labels" . | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: state-hub-sidecar
subjects:
  {{- include "state-hub-sidecar.subject" . | nindent 2 }}
{{- if $it.rights.outsideOfTheNamespace }}
{{- $nodes := printf "state-hub-sidecar-nodes%s" $it.rights.suffix }}
{{- $longhorn := printf "state-hub-sidecar%s" $it.rights.suffix }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ $nodes }}
rules:
  - apiGroups: [""]
    resources: [nodes]
    verbs: [list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ $nodes }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ $nodes }}
subjects:
  {{- include "state-hub-sidecar.subject" . | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ $longhorn }}
  namespace: {{ $it.rights.longhornNamespace }}
rules:
  - apiGroups: [longhorn.io]
    resources: [volumes, engines, replicas]
    verbs: [list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ $longhorn }}
  namespace: {{ $it.rights.longhornNamespace }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ $longhorn }}
subjects:
  {{- include "state-hub-sidecar.subject" . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "state-hub-sidecar.subject" -}}
- kind: ServiceAccount
  name: {{ (index .Values "state-hub-sidecar").serviceAccount }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{- define "state-hub-sidecar.podMonitor" -}}
{{- $it := index .Values "state-hub-sidecar" -}}
{{- if $it.monitoring.podMonitor -}}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: state-hub-sidecar
  namespace: {{ .Release.Namespace }}
  labels:
    release: {{ $it.monitoring.release }}
    {{- with $it.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels:
      {{- toYaml $it.selectorLabels | nindent 6 }}
  podMetricsEndpoints:
    - port: sidecar
      path: /metrics
      interval: 15s
      scrapeTimeout: 5s
      relabelings:
        # Rules and dashboards go by the database cluster that is watched.
        - targetLabel: cluster
          replacement: {{ $it.cluster }}
{{- end }}
{{- end -}}

{{/* The rules and alerts of src/main/kubernetes/monitoring, once for all releases of one cluster. */}}
{{- define "state-hub-sidecar.prometheusRule" -}}
{{- $it := index .Values "state-hub-sidecar" -}}
{{- if $it.monitoring.rules -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: state-hub-sidecar
  namespace: {{ .Release.Namespace }}
  labels:
    release: {{ $it.monitoring.release }}
    {{- with $it.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  {{- (index .Subcharts "state-hub-sidecar").Files.Get "rules.yml" | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Items of a NetworkPolicy's ingress: Prometheus. By number, since not every policy engine finds the name of an init container's port. */}}
{{- define "state-hub-sidecar.ingress" -}}
- from:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ (index .Values "state-hub-sidecar").monitoring.namespace }}
  ports:
    - port: 9600
{{- end -}}

{{/* Items of a NetworkPolicy's egress: names, the database's instances, and the API server, which has no label to be selected by. */}}
{{- define "state-hub-sidecar.egress" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
    # NodeLocal DNSCache, where there is one.
    - ipBlock:
        cidr: 169.254.20.10/32
  ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
- to:
    - podSelector:
        matchLabels:
          cnpg.io/cluster: {{ (index .Values "state-hub-sidecar").cluster }}
  ports:
    - port: 5432
- ports:
    - port: 443
    - port: 6443
{{- end -}}
