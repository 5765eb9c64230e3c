package io.statehub.sidecar.testing.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a sound cluster of three nodes: State Hub on a cnpg cluster of three, on Longhorn. The shapes are
 * those of the Kubernetes API, of cloudnative-pg's and its backup plugin's, and of Longhorn's CRDs; what nobody here
 * reads is left out but for a few fields that show that the rest doesn't matter.
 */
public final class FixtureCluster {

    public static final String NAMESPACE = "state-hub";
    public static final String CLUSTER = "pg";
    public static final List<String> NODES = List.of("railiance01", "railiance02", "railiance03");

    private final List<GenericKubernetesResource> objects = new ArrayList<>();
    private final Instant now;

    private FixtureCluster(Instant now) {
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Sound in every way at that time. */
    public static FixtureCluster sound(Instant now) {
        FixtureCluster cluster = new FixtureCluster(now);
        NODES.forEach(cluster::node);
        cluster.operator();
        for (int i = 1; i <= NODES.size(); i++) {
            cluster.instance(i);
        }
        cluster.apiPod("state-hub-6c5f-a", NODES.get(0));
        cluster.apiPod("state-hub-6c5f-b", NODES.get(1));
        cluster.backups();
        return cluster;
    }

    public List<GenericKubernetesResource> objects() {
        return List.copyOf(objects);
    }

    /** Makes one object other than it was. */
    public FixtureCluster change(String kind, String name, Consumer<Map<String, Object>> change) {
        GenericKubernetesResource object = get(kind, name);
        change.accept(object.getAdditionalProperties());
        return this;
    }

    /** What is written on the cluster of its last verified restore. */
    public FixtureCluster restoreVerified(String time) {
        return annotated("state-hub.io/restore-verified-at", time);
    }

    /** What is written on the cluster beside its spec. */
    public FixtureCluster annotated(String name, String value) {
        get("Cluster", CLUSTER).getMetadata().getAnnotations().put(name, value);
        return this;
    }

    /** The object of this kind and name. */
    public GenericKubernetesResource get(String kind, String name) {
        return objects.stream()
                .filter(object -> object.getKind().equals(kind)
                        && object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The environment of a sidecar that asks this API server, discovers its members there, and watches this cluster.
     */
    public static Map<String, String> environment(String apiServer) {
        return Map.of(
                "STATEHUB_POSTGRES_DISCOVERY", "cnpg",
                "STATEHUB_KUBERNETES_ENABLED", "true",
                "STATEHUB_KUBERNETES_NAMESPACE", NAMESPACE,
                "STATEHUB_KUBERNETES_CLUSTER", CLUSTER,
                "KUBERNETES_MASTER", apiServer);
    }

    /** Takes objects of a kind away. */
    public FixtureCluster without(String kind) {
        objects.removeIf(object -> object.getKind().equals(kind));
        return this;
    }

    /** The object under a path of names and indices, such as {@code status.conditions.0}. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> at(Map<String, Object> fields, String path) {
        Object here = fields;
        for (String step : path.split("\\.", -1)) {
            Object next = here instanceof List<?> list
                    ? list.get(Integer.parseInt(step))
                    : ((Map<String, @Nullable Object>) here).get(step);
            here = requireNonNull(next, path);
        }
        return (Map<String, Object>) here;
    }

    private void node(String name) {
        add("""
                apiVersion: v1
                kind: Node
                metadata:
                  name: %1$s
                  labels:
                    kubernetes.io/hostname: %1$s
                    node-role.kubernetes.io/control-plane: "true"
                    node-role.kubernetes.io/etcd: "true"
                spec:
                  podCIDR: 10.42.0.0/24
                status:
                  allocatable: {cpu: "8", ephemeral-storage: "203234260051", memory: 32780512Ki, pods: "110"}
                  capacity: {cpu: "8", memory: 32882912Ki, pods: "110"}
                  addresses:
                  - {type: InternalIP, address: 192.0.2.1}
                  conditions:
                  - {type: MemoryPressure, status: "False", reason: KubeletHasSufficientMemory, message: enough}
                  - {type: DiskPressure, status: "False", reason: KubeletHasNoDiskPressure, message: none}
                  - {type: PIDPressure, status: "False", reason: KubeletHasSufficientPID, message: enough}
                  - {type: Ready, status: "True", reason: KubeletReady, message: kubelet is posting ready status}
                  nodeInfo: {kubeletVersion: v1.33.4, osImage: Debian GNU/Linux 13, containerRuntimeVersion: \
                containerd://2.0}
                """.formatted(name));
    }

    private void operator() {
        add("""
                apiVersion: postgresql.cnpg.io/v1
                kind: Cluster
                metadata:
                  name: %1$s
                  namespace: %2$s
                  uid: 0c9d7f1e-6a4e-4a6b-9c43-0e8f0f4a1a11
                  generation: 3
                  annotations:
                    state-hub.io/restore-verified-at: "%3$s"
                    state-hub.io/failover-drilled-at: "%3$s"
                    state-hub.io/failover-drill-verdict: met
                    state-hub.io/failover-drill-outage-at-most-seconds: "4.5"
                spec:
                  instances: 3
                  postgresql:
                    synchronous: {method: any, number: 1, dataDurability: required, failoverQuorum: true}
                  affinity: {topologyKey: kubernetes.io/hostname, podAntiAffinityType: required}
                  storage: {size: 20Gi, storageClass: longhorn}
                  walStorage: {size: 10Gi, storageClass: longhorn}
                status:
                  phase: Cluster in healthy state
                  instances: 3
                  readyInstances: 3
                  instanceNames: [%1$s-1, %1$s-2, %1$s-3]
                  instancesStatus: {healthy: [%1$s-1, %1$s-2, %1$s-3]}
                  currentPrimary: %1$s-1
                  targetPrimary: %1$s-1
                  currentPrimaryTimestamp: "2026-10-01T08:00:00.123456Z"
                  timelineID: 1
                  systemID: "7550000000000000001"
                  firstRecoverabilityPoint: ""
                  conditions:
                  - {type: Ready, status: "True", reason: ClusterIsReady, message: Cluster is Ready}
                  - {type: ContinuousArchiving, status: "True", reason: ContinuousArchivingSuccess, message: works}
                  - {type: LastBackupSucceeded, status: "True", reason: LastBackupSucceeded, message: Backup was \
                successful}
                  - {type: ConsistentSystemID, status: "True", reason: Unique, message: A single system ID}
                """.formatted(CLUSTER, NAMESPACE, now.minus(12, ChronoUnit.DAYS)));
        add("""
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {name: %1$s, namespace: %2$s}
                spec: {holderIdentity: %1$s-1, leaseDurationSeconds: 15, renewTime: "%3$s"}
                """.formatted(CLUSTER, NAMESPACE, micros(now)));
        add("""
                apiVersion: postgresql.cnpg.io/v1
                kind: FailoverQuorum
                metadata: {name: %1$s, namespace: %2$s}
                status: {method: ANY, standbyNames: [%1$s-2, %1$s-3], standbyNumber: 1, primary: %1$s-1}
                """.formatted(CLUSTER, NAMESPACE));
    }

    private void instance(int number) {
        String name = CLUSTER + "-" + number;
        String node = NODES.get(number - 1);
        instancePod(name, node, "10.42.0.1" + number, 5432);
        add("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata:
                  name: %1$s
                  namespace: %2$s
                  labels: {cnpg.io/cluster: %3$s, cnpg.io/instanceName: %1$s, cnpg.io/pvcRole: PG_DATA}
                spec:
                  storageClassName: longhorn
                  volumeName: pvc-%1$s
                  resources: {requests: {storage: 20Gi}}
                status: {phase: Bound, capacity: {storage: 20Gi}}
                """.formatted(name, NAMESPACE, CLUSTER));
        add("""
                apiVersion: longhorn.io/v1beta2
                kind: Volume
                metadata: {name: pvc-%1$s, namespace: longhorn-system}
                spec: {numberOfReplicas: 3, size: "21474836480"}
                status:
                  state: attached
                  robustness: healthy
                  currentNodeID: %2$s
                  lastDegradedAt: ""
                  kubernetesStatus: {pvcName: %1$s, namespace: %3$s, pvStatus: Bound}
                """.formatted(name, node, NAMESPACE));
        add("""
                apiVersion: longhorn.io/v1beta2
                kind: Engine
                metadata: {name: pvc-%1$s-e-0, namespace: longhorn-system}
                spec: {volumeName: pvc-%1$s, nodeID: %2$s}
                status:
                  currentState: running
                  replicaModeMap: {pvc-%1$s-r-1: RW, pvc-%1$s-r-2: RW, pvc-%1$s-r-3: RW}
                """.formatted(name, node));
        for (int replica = 1; replica <= NODES.size(); replica++) {
            add("""
                    apiVersion: longhorn.io/v1beta2
                    kind: Replica
                    metadata: {name: pvc-%1$s-r-%2$d, namespace: longhorn-system}
                    spec: {volumeName: pvc-%1$s, nodeID: %3$s}
                    status: {currentState: running}
                    """.formatted(name, replica, NODES.get(replica - 1)));
        }
    }

    /** Adds the pod of one instance. */
    public FixtureCluster instancePod(String name, String node, String address, int port) {
        add("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %1$s
                  namespace: %2$s
                  labels: {cnpg.io/cluster: %3$s, cnpg.io/instanceName: %1$s, cnpg.io/podRole: instance}
                spec:
                  nodeName: %4$s
                  containers:
                  - name: postgres
                    ports:
                    - {name: postgresql, containerPort: %6$d, protocol: TCP}
                    - {name: metrics, containerPort: 9187, protocol: TCP}
                status:
                  phase: Running
                  podIP: %5$s
                  conditions:
                  - {type: Ready, status: "True"}
                """.formatted(name, NAMESPACE, CLUSTER, node, address, port));
        return this;
    }

    /** An instance's pod is where a test has its server. */
    public FixtureCluster placed(String instance, String address, int port) {
        return change("Pod", instance, pod -> {
            at(pod, "status").put("podIP", address);
            at(pod, "spec.containers.0.ports.0").put("containerPort", port);
        });
    }

    /** A pooler of the cluster, whose pods carry its label too. */
    public FixtureCluster pooler(String name, String node) {
        add("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %1$s
                  namespace: %2$s
                  labels: {cnpg.io/cluster: %3$s, cnpg.io/poolerName: %3$s-pooler, cnpg.io/podRole: pooler}
                spec:
                  nodeName: %4$s
                  containers:
                  - {name: pgbouncer, ports: [{name: pgbouncer, containerPort: 5432}]}
                status: {phase: Running, podIP: 10.42.0.31, conditions: [{type: Ready, status: "True"}]}
                """.formatted(name, NAMESPACE, CLUSTER, node));
        return this;
    }

    /** The pod of a job of the operator, such as one that clones a standby. */
    public FixtureCluster job(String name, String node) {
        add("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %1$s
                  namespace: %2$s
                  labels: {cnpg.io/cluster: %3$s, cnpg.io/instanceName: %3$s-4, cnpg.io/jobRole: join}
                spec: {nodeName: %4$s, containers: [{name: join}]}
                status: {phase: Running, podIP: 10.42.0.32, conditions: [{type: Ready, status: "True"}]}
                """.formatted(name, NAMESPACE, CLUSTER, node));
        return this;
    }

    /** What another cluster of the same namespace has, with a newer backup and a wider window than this one. */
    public FixtureCluster anotherCluster(String name) {
        add("""
                apiVersion: postgresql.cnpg.io/v1
                kind: FailoverQuorum
                metadata: {name: %1$s, namespace: %2$s}
                status: {method: ANY, standbyNames: [%1$s-2], standbyNumber: 1, primary: %1$s-1}
                """.formatted(name, NAMESPACE));
        add("""
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata: {name: %1$s, namespace: %2$s}
                spec: {holderIdentity: %1$s-1, leaseDurationSeconds: 15, renewTime: "%3$s"}
                """.formatted(name, NAMESPACE, micros(now)));
        add("""
                apiVersion: postgresql.cnpg.io/v1
                kind: ScheduledBackup
                metadata: {name: %1$s-hourly, namespace: %2$s}
                spec: {cluster: {name: %1$s}, schedule: 0 0 * * * *, method: plugin}
                status: {nextScheduleTime: "%3$s"}
                """.formatted(name, NAMESPACE, now.plus(1, ChronoUnit.HOURS)));
        add("""
                apiVersion: postgresql.cnpg.io/v1
                kind: Backup
                metadata: {name: %1$s-hourly-1, namespace: %2$s}
                spec: {cluster: {name: %1$s}, method: plugin}
                status: {phase: completed, startedAt: "%3$s", stoppedAt: "%3$s"}
                """.formatted(name, NAMESPACE, now));
        add("""
                apiVersion: barmancloud.cnpg.io/v1
                kind: ObjectStore
                metadata: {name: %1$s-store, namespace: %2$s}
                spec: {configuration: {destinationPath: s3://backups/%1$s}}
                status:
                  serverRecoveryWindow:
                    %1$s: {firstRecoverabilityPoint: "%3$s", lastSuccessfulBackupTime: "%4$s"}
                """.formatted(name, NAMESPACE, now.minus(90, ChronoUnit.DAYS), now));
        return this;
    }

    private void apiPod(String name, String node) {
        add("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %1$s
                  namespace: %2$s
                  labels: {app.kubernetes.io/name: state-hub}
                spec: {nodeName: %3$s, containers: [{name: api}]}
                status: {phase: Running, podIP: 10.42.0.21, conditions: [{type: Ready, status: "True"}]}
                """.formatted(name, NAMESPACE, node));
    }

    private void backups() {
        Instant started = now.minus(6, ChronoUnit.HOURS);
        Instant stopped = started.plus(5, ChronoUnit.MINUTES);
        add("""
                apiVersion: postgresql.cnpg.io/v1
                kind: Backup
                metadata: {name: %1$s-daily-1, namespace: %2$s}
                spec: {cluster: {name: %1$s}, method: plugin, pluginConfiguration: {name: \
                barman-cloud.cloudnative-pg.io}}
                status: {phase: completed, method: plugin, startedAt: "%3$s", stoppedAt: "%4$s", backupId: \
                20261124T000000}
                """.formatted(CLUSTER, NAMESPACE, started, stopped));
        add("""
                apiVersion: postgresql.cnpg.io/v1
                kind: ScheduledBackup
                metadata: {name: %1$s-daily, namespace: %2$s}
                spec: {cluster: {name: %1$s}, schedule: 0 0 0 * * *, method: plugin}
                status: {lastScheduleTime: "%3$s", nextScheduleTime: "%4$s"}
                """.formatted(CLUSTER, NAMESPACE, started, started.plus(1, ChronoUnit.DAYS)));
        add("""
                apiVersion: barmancloud.cnpg.io/v1
                kind: ObjectStore
                metadata: {name: %1$s-store, namespace: %2$s}
                spec: {retentionPolicy: 30d, configuration: {destinationPath: s3://backups/state-hub}}
                status:
                  serverRecoveryWindow:
                    %1$s:
                      firstRecoverabilityPoint: "%3$s"
                      lastSuccessfulBackupTime: "%4$s"
                """.formatted(CLUSTER, NAMESPACE, now.minus(30, ChronoUnit.DAYS), stopped));
    }

    private static String micros(Instant time) {
        return time.toString().replace("Z", ".000000Z");
    }

    private void add(String yaml) {
        objects.add(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }
}
