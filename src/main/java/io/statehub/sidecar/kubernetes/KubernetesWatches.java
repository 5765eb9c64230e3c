package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.statehub.sidecar.observation.kubernetes.KubernetesState;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.probe.TimeSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** All watches of one sidecar. */
final class KubernetesWatches implements AutoCloseable {

    private static final String CLUSTER_LABEL = "cnpg.io/cluster";
    private static final Set<WatchedResource> NEED_NO_CLUSTER = Set.of(WatchedResource.NODES, WatchedResource.API_PODS);

    private final KubernetesClient client;
    private final WatchScope scope;
    private final Backoff backoff;
    private final TimeSource time;
    private final ScheduledExecutorService timer;
    private final Map<WatchedResource, ResourceWatch<?>> watches = new EnumMap<>(WatchedResource.class);

    /**
     * Prepares the watches; nothing is asked for before {@link #start}.
     *
     * @param watched the kinds to watch; those that belong to a cnpg cluster are left out if there is none
     */
    KubernetesWatches(
            KubernetesClient client,
            WatchScope scope,
            Set<WatchedResource> watched,
            Backoff backoff,
            TimeSource time,
            ScheduledExecutorService timer) {
        this.client = client;
        this.scope = scope;
        this.backoff = backoff;
        this.time = time;
        this.timer = timer;
        for (WatchedResource resource : watched) {
            if (scope.cluster().isPresent() || NEED_NO_CLUSTER.contains(resource)) {
                watches.put(resource, watch(resource));
            }
        }
    }

    void start() {
        watches.values().forEach(ResourceWatch::start);
    }

    private ResourceWatch<?> watch(WatchedResource resource) {
        return switch (resource) {
            case NODES -> watch(CoreObjects.NODES, all -> all);
            case INSTANCE_PODS -> watch(CoreObjects.INSTANCE_PODS, all -> ofCluster(here(all)));
            case API_PODS -> watch(CoreObjects.API_PODS, all -> here(all).withLabelSelector(scope.apiSelector()));
            case CLAIMS -> watch(CoreObjects.CLAIMS, all -> ofCluster(here(all)));
            case LEASE -> watch(CoreObjects.LEASES, all -> named(all));
            case CLUSTER -> watch(OperatorObjects.CLUSTERS, all -> named(all));
            case FAILOVER_QUORUM -> watch(OperatorObjects.FAILOVER_QUORUMS, all -> named(all));
            case BACKUPS -> watch(OperatorObjects.BACKUPS, all -> here(all));
            case SCHEDULED_BACKUPS -> watch(OperatorObjects.SCHEDULED_BACKUPS, all -> here(all));
            case OBJECT_STORES -> watch(OperatorObjects.OBJECT_STORES, all -> here(all));
            case VOLUMES -> watch(LonghornObjects.VOLUMES, all -> all.inNamespace(scope.longhornNamespace()));
            case ENGINES -> watch(LonghornObjects.ENGINES, all -> all.inNamespace(scope.longhornNamespace()));
            case REPLICAS -> watch(LonghornObjects.REPLICAS, all -> all.inNamespace(scope.longhornNamespace()));
        };
    }

    private <T> ResourceWatch<T> watch(
            ObjectKind<T> kind,
            Function<
                            MixedOperation<
                                    GenericKubernetesResource,
                                    GenericKubernetesResourceList,
                                    Resource<GenericKubernetesResource>>,
                            Informable<GenericKubernetesResource>>
                    selection) {
        return new ResourceWatch<>(
                kind, selection.apply(client.genericKubernetesResources(kind.definition())), backoff, time, timer);
    }

    private FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            here(
                    MixedOperation<
                                    GenericKubernetesResource,
                                    GenericKubernetesResourceList,
                                    Resource<GenericKubernetesResource>>
                            all) {
        return all.inNamespace(scope.namespace());
    }

    private Informable<GenericKubernetesResource> ofCluster(
            FilterWatchListDeletable<
                            GenericKubernetesResource,
                            GenericKubernetesResourceList,
                            Resource<GenericKubernetesResource>>
                    objects) {
        return objects.withLabel(CLUSTER_LABEL, scope.cluster().orElseThrow());
    }

    private Informable<GenericKubernetesResource> named(
            MixedOperation<
                            GenericKubernetesResource,
                            GenericKubernetesResourceList,
                            Resource<GenericKubernetesResource>>
                    all) {
        return here(all).withField("metadata.name", scope.cluster().orElseThrow());
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
