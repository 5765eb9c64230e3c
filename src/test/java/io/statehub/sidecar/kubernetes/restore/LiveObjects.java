package io.statehub.sidecar.kubernetes.restore;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;

/** What of a live cluster a restore drill reads. */
public final class LiveObjects {

    private static final List<String> ALL = List.of("""
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: state-hub-db, namespace: state-hub, annotations: {kept: "yes"}}
            spec:
              instances: 3
              imageName: ghcr.io/cloudnative-pg/postgresql:18.6
              storage: {storageClass: longhorn, size: 20Gi}
              walStorage: {storageClass: longhorn, size: 10Gi}
              resources: {limits: {memory: 1Gi}}
              postgresql:
                synchronous: {method: any, number: 1}
                parameters: {max_slot_wal_keep_size: 4GB}
              bootstrap: {initdb: {database: state_hub, owner: state_hub}}
              managed: {roles: [{name: state_hub_sidecar}]}
              plugins:
                - {name: another.example.org}
                - name: barman-cloud.cloudnative-pg.io
                  isWALArchiver: true
                  parameters: {barmanObjectName: state-hub-db}
            """, """
            apiVersion: barmancloud.cnpg.io/v1
            kind: ObjectStore
            metadata: {name: state-hub-db, namespace: state-hub}
            spec:
              configuration:
                destinationPath: s3://bucket/
                endpointCA: {name: state-hub-backup, key: ca.crt}
                s3Credentials:
                  accessKeyId: {name: state-hub-backup, key: ACCESS_KEY_ID}
                  secretAccessKey: {name: state-hub-backup, key: ACCESS_SECRET_KEY}
            status: {serverRecoveryWindow: {}}
            """, """
            apiVersion: v1
            kind: Secret
            metadata: {name: state-hub-backup, namespace: state-hub}
            type: Opaque
            data: {ACCESS_KEY_ID: a2V5, ACCESS_SECRET_KEY: c2VjcmV0}
            """, """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: state-hub, namespace: state-hub}
            spec:
              replicas: 3
              selector: {matchLabels: {app: state-hub}}
              template:
                metadata: {labels: {app: state-hub}}
                spec:
                  serviceAccountName: state-hub
                  initContainers:
                    - {name: state-hub-sidecar, restartPolicy: Always, volumeMounts: [{name: token, mountPath: /t}]}
                  containers:
                    - name: api
                      image: state-hub:1
                      ports: [{name: http, containerPort: 8000}]
                      volumeMounts: [{name: tmp, mountPath: /tmp}]
                  volumes: [{name: token}, {name: tmp, emptyDir: {}}]
            """);

    private LiveObjects() {}

    static GenericKubernetesResource of(DrillKind kind) {
        return all().filter(object -> object.getKind().equals(kind.word()))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<GenericKubernetesResource> all() {
        return ALL.stream().map(yaml -> Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }

    /** Makes all of them. */
    public static void createWith(DrillObjects objects) {
        for (DrillKind kind :
                List.of(DrillKind.CLUSTER, DrillKind.OBJECT_STORE, DrillKind.SECRET, DrillKind.DEPLOYMENT)) {
            objects.create(kind, of(kind));
        }
    }
}
