package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.statehub.sidecar.observation.kubernetes.KubernetesState;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.time.TimeSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/** All watches of one sidecar. */
final class KubernetesWatches implements AutoCloseable {

    private static final String CLUSTER_LABEL = "cnpg.io/cluster";
    private static final String ROLE_LABEL = "cnpg.io/podRole";
    private static final String INSTANCE = "instance";
    private static final Set<WatchedResource> NEED_NO_CLUSTER = Set.of(WatchedResource.NODES, WatchedResource.API_PODS);

    private final KubernetesClient client;
    private final WatchScope scope;
    private final Backoff backoff;
    private final TimeSource time;
    private final ScheduledExecutorService timer;
    private final long room;
    private final Map<WatchedResource, ResourceWatch<?>> watches = new EnumMap<>(WatchedResource.class);

    /**
     * Prepares the watches; nothing is asked for before {@link #start}.
     *
     * @param watched the kinds to watch; those that belong to a cnpg cluster are left out if there is none
     * @param room how many bytes may be kept of each kind, roughly
     */
    KubernetesWatches(
            KubernetesClient client,
            WatchScope scope,
            Set<WatchedResource> watched,
            Backoff backoff,
            TimeSource time,
            ScheduledExecutorService timer,
            long room) {
        this.client = client;
        this.scope = scope;
        this.backoff = backoff;
        this.time = time;
        this.timer = timer;
        this.room = room;
        for (WatchedResource resource : watched) {
            if (scope.cluster().isPresent() || NEED_NO_CLUSTER.contains(resource)) {
                watches.put(resource, watch(kind(resource)));
            }
        }
    }

    void start() {
        watches.values().forEach(ResourceWatch::start);
    }

    private static ObjectKind<?> kind(WatchedResource resource) {
        return switch (resource) {
            case NODES -> CoreObjects.NODES;
            case INSTANCE_PODS -> CoreObjects.INSTANCE_PODS;
            case API_PODS -> CoreObjects.API_PODS;
            case CLAIMS -> CoreObjects.CLAIMS;
            case LEASE -> CoreObjects.LEASES;
            case CLUSTER -> OperatorObjects.CLUSTERS;
            case FAILOVER_QUORUM -> OperatorObjects.FAILOVER_QUORUMS;
            case BACKUPS -> OperatorObjects.BACKUPS;
            case SCHEDULED_BACKUPS -> OperatorObjects.SCHEDULED_BACKUPS;
            case OBJECT_STORES -> OperatorObjects.OBJECT_STORES;
            case VOLUMES -> LonghornObjects.VOLUMES;
            case ENGINES -> LonghornObjects.ENGINES;
            case REPLICAS -> LonghornObjects.REPLICAS;
        };
    }

    private <T> ResourceWatch<T> watch(ObjectKind<T> kind) {
        return new ResourceWatch<>(kind, selected(kind), backoff, time, timer, room);
    }

    /** The objects of a kind that are ours. */
    private Informable<GenericKubernetesResource> selected(ObjectKind<?> kind) {
        var all = client.genericKubernetesResources(kind.definition());
        var here = all.inNamespace(scope.namespace());
        return switch (kind.resource()) {
            case NODES -> all;
            case API_PODS -> here.withLabelSelector(scope.apiSelector());
            // Poolers and jobs carry the cluster's label too.
            case INSTANCE_PODS -> here.withLabel(CLUSTER_LABEL, cluster()).withLabel(ROLE_LABEL, INSTANCE);
            case CLAIMS -> here.withLabel(CLUSTER_LABEL, cluster());
            case CLUSTER, LEASE, FAILOVER_QUORUM -> here.withField("metadata.name", cluster());
            case BACKUPS, SCHEDULED_BACKUPS, OBJECT_STORES -> here;
            case VOLUMES, ENGINES, REPLICAS -> all.inNamespace(scope.longhornNamespace());
        };
    }

    private String cluster() {
        return scope.cluster().orElseThrow();
    }

    /** What all of them know now. */
    KubernetesState state() {
        return new KubernetesState(
                state(CoreObjects.NODES),
                state(OperatorObjects.CLUSTERS),
                state(CoreObjects.LEASES),
                state(OperatorObjects.FAILOVER_QUORUMS),
                state(CoreObjects.INSTANCE_PODS),
                state(CoreObjects.API_PODS),
                state(CoreObjects.CLAIMS),
                state(OperatorObjects.BACKUPS),
                state(OperatorObjects.SCHEDULED_BACKUPS),
                state(OperatorObjects.OBJECT_STORES),
                state(LonghornObjects.VOLUMES),
                state(LonghornObjects.ENGINES),
                state(LonghornObjects.REPLICAS));
    }

    @SuppressWarnings("unchecked") // each kind was put in with its own watch
    private <T> Watched<T> state(ObjectKind<T> kind) {
        ResourceWatch<T> watch = (ResourceWatch<T>) watches.get(kind.resource());
        return watch == null ? new Watched.Off<>() : watch.state();
    }

    @Override
    public void close() {
        watches.values().forEach(ResourceWatch::close);
    }
}
