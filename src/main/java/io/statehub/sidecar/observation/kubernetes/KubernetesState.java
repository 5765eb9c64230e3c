package io.statehub.sidecar.observation.kubernetes;

import java.util.EnumMap;
import java.util.Map;

/** Everything that is watched, as of one moment. Each part is known or not for itself. */
public record KubernetesState(
        Watched<NodeState> nodes,
        Watched<OperatorCluster> cluster,
        Watched<LeaseState> lease,
        Watched<FailoverQuorum> failoverQuorum,
        Watched<PodState> instancePods,
        Watched<PodState> apiPods,
        Watched<ClaimState> claims,
        Watched<BackupState> backups,
        Watched<ScheduledBackupState> scheduledBackups,
        Watched<RecoveryWindow> objectStores,
        Watched<VolumeState> volumes,
        Watched<EngineState> engines,
        Watched<ReplicaState> replicas) {

    /** The same by kind, in the order of the kinds. */
    public Map<WatchedResource, Watched<?>> byResource() {
        Map<WatchedResource, Watched<?>> all = new EnumMap<>(WatchedResource.class);
        for (WatchedResource resource : WatchedResource.values()) {
            all.put(resource, get(resource));
        }
        return all;
    }

    public Watched<?> get(WatchedResource resource) {
        return switch (resource) {
            case NODES -> nodes;
            case CLUSTER -> cluster;
            case LEASE -> lease;
            case FAILOVER_QUORUM -> failoverQuorum;
            case INSTANCE_PODS -> instancePods;
            case API_PODS -> apiPods;
            case CLAIMS -> claims;
            case BACKUPS -> backups;
            case SCHEDULED_BACKUPS -> scheduledBackups;
            case OBJECT_STORES -> objectStores;
            case VOLUMES -> volumes;
            case ENGINES -> engines;
            case REPLICAS -> replicas;
        };
    }
}
