{{/* What of the sidecar goes into the API's pod. Each is included with the root context, `.`. */}}

{{- define "state-hub-sidecar.passwordSecret" -}}
{{- $it := index .Values "state-hub-sidecar" -}}
{{- $it.passwordSecret | default (printf "%s-sidecar" $it.cluster) -}}
{{- end -}}

{{- define "state-hub-sidecar.caSecret" -}}
{{- $it := index .Values "state-hub-sidecar" -}}
{{- $it.caSecret | default (printf "%s-ca" $it.cluster) -}}
{{- end -}}

{{/* An item of initContainers: a native sidecar, started before the API, stopped after it, restarted by itself. */}}
{{- define "state-hub-sidecar.initContainer" -}}
{{- $it := index .Values "state-hub-sidecar" -}}
- name: state-hub-sidecar
  image: {{ printf "%s:%s" $it.image.repository $it.image.tag }}
  {{- with $it.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  restartPolicy: Always
  ports:
    - name: sidecar
      containerPort: 9600
  env:
    {{- include "state-hub-sidecar.environment" . | trim | nindent 4 }}
  {{- include "state-hub-sidecar.probes" . | nindent 2 }}
  resources:
    {{- toYaml $it.resources | nindent 4 }}
  securityContext:
    {{- include "state-hub-sidecar.securityContext" . | nindent 4 }}
  volumeMounts:
    - name: database-sidecar
      mountPath: /run/secrets/{{ include "state-hub-sidecar.passwordSecret" . }}
      readOnly: true
    - name: database-ca
      mountPath: /run/secrets/{{ include "state-hub-sidecar.caSecret" . }}
      readOnly: true
    - name: journal
      mountPath: /var/lib/state-hub-sidecar
    - name: api-server-token
      mountPath: /var/run/secrets/kubernetes.io/serviceaccount
      readOnly: true
{{- end -}}

{{/* What `settings` names is as it says there. sslmode is not verify-full: members are asked at their pods' addresses, which stand in no certificate. */}}
{{- define "state-hub-sidecar.environment" -}}
{{- $it := index .Values "state-hub-sidecar" -}}
{{- $ours := dict
    "STATEHUB_API_URL" $it.apiUrl
    "STATEHUB_POSTGRES_URL" (printf "jdbc:postgresql://%s-rw:5432/%s" $it.cluster $it.database)
    "STATEHUB_POSTGRES_READ_URL" (printf "jdbc:postgresql://%s-ro:5432/%s" $it.cluster $it.database)
    "STATEHUB_POSTGRES_DISCOVERY" "cnpg"
    "STATEHUB_POSTGRES_USERNAME" $it.username
    "STATEHUB_POSTGRES_PASSWORD_FILE" (printf "/run/secrets/%s/password" (include "state-hub-sidecar.passwordSecret" .))
    "STATEHUB_POSTGRES_SSLMODE" "verify-ca"
    "STATEHUB_POSTGRES_SSLROOTCERT" (printf "/run/secrets/%s/ca.crt" (include "state-hub-sidecar.caSecret" .))
    "STATEHUB_JOURNAL_DIRECTORY" "/var/lib/state-hub-sidecar/journal"
    "STATEHUB_KUBERNETES_CLUSTER" $it.cluster -}}
{{- $selector := include "state-hub-sidecar.selector" . -}}
{{- if ne $selector "app.kubernetes.io/name=state-hub" -}}
{{- $_ := set $ours "STATEHUB_KUBERNETES_API_SELECTOR" $selector -}}
{{- end -}}
{{- if not $it.rights.outsideOfTheNamespace -}}
{{- $_ := set $ours "STATEHUB_KUBERNETES_WATCH" "cluster,lease,failover-quorum,instance-pods,api-pods,claims,backups,scheduled-backups,object-stores" -}}
{{- else if ne $it.rights.longhornNamespace "longhorn-system" -}}
{{- $_ := set $ours "STATEHUB_KUBERNETES_LONGHORN_NAMESPACE" $it.rights.longhornNamespace -}}
{{- end -}}
{{- range $name, $value := merge (dict) $it.settings $ours }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- range $name, $path := dict "STATEHUB_KUBERNETES_NAMESPACE" "metadata.namespace" "STATEHUB_KUBERNETES_POD" "metadata.name" }}
{{- if not (hasKey $it.settings $name) }}
- name: {{ $name }}
  valueFrom:
    fieldRef:
      fieldPath: {{ $path }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "state-hub-sidecar.selector" -}}
{{- $terms := list -}}
{{- range $label, $value := (index .Values "state-hub-sidecar").selectorLabels -}}
{{- $terms = append $terms (printf "%s=%s" $label $value) -}}
{{- end -}}
{{- join "," $terms -}}
{{- end -}}

{{- define "state-hub-sidecar.probes" -}}
startupProbe:
  httpGet:
    path: /q/health/started
    port: sidecar
  periodSeconds: 1
  failureThreshold: 60
readinessProbe:
  httpGet:
    path: /q/health/ready
    port: sidecar
  periodSeconds: 2
  failureThreshold: 1
livenessProbe:
  httpGet:
    path: /q/health/live
    port: sidecar
  periodSeconds: 5
  failureThreshold: 3
{{- end -}}

{{/* What pod security "restricted" asks of a container, and a root file system that is read only. */}}
{{- define "state-hub-sidecar.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Items of volumes. The pod needs an fsGroup, for the secrets are readable by their group. */}}
{{- define "state-hub-sidecar.volumes" -}}
# As Kubernetes would mount it, for the one container that needs it.
- name: api-server-token
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken:
          path: token
          expirationSeconds: 3607
      - configMap:
          name: kube-root-ca.crt
          items:
            - key: ca.crt
              path: ca.crt
      - downwardAPI:
          items:
            - path: namespace
              fieldRef:
                fieldPath: metadata.namespace
- name: database-sidecar
  secret:
    secretName: {{ include "state-hub-sidecar.passwordSecret" . }}
    defaultMode: 0440
- name: database-ca
  secret:
    secretName: {{ include "state-hub-sidecar.caSecret" . }}
    defaultMode: 0440
    # The key of the authority is beside it in the secret, and is nobody's business here.
    items:
      - key: ca.crt
        path: ca.crt
# Outlives a restart of the container, not the pod.
- name: journal
  emptyDir:
    sizeLimit: 32Mi
{{- end -}}
