package io.statehub.sidecar.observation.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody wants of a cluster, as its spec and its annotations say. A state that is wanted is no fault.
 *
 * @param replicaOf what it follows, if it is the replica of another system: then none of its members leads by design
 * @param hibernation whether it is to be stopped, with its volumes kept ({@code cnpg.io/hibernation})
 * @param fenced the instances whose server is to stand still; {@link #ALL} for all of them. What the operator can't
 *     read there fences nobody
 * @param maintenance whether a node is being worked on ({@code spec.nodeMaintenanceWindow.inProgress})
 * @param synchronous which commits wait; empty if none is asked to
 * @param backupServers where the plugin keeps its backups; empty if none is named
 * @param spread whether two instances are never placed on one node ({@code podAntiAffinityType: required})
 * @param logVolume whether the log has a volume of its own
 */
public record DeclaredCluster(
        Optional<String> replicaOf,
        boolean hibernation,
        Set<String> fenced,
        boolean maintenance,
        Optional<SynchronousReplication> synchronous,
        List<BackupServer> backupServers,
        boolean spread,
        boolean logVolume) {

    /** In the list of the fenced instances: every one. */
    public static final String ALL = "*";

    public DeclaredCluster {
        fenced = Set.copyOf(fenced);
        backupServers = List.copyOf(backupServers);
    }

    /** Whether this instance's server is to stand still. */
    public boolean fences(String instance) {
        return fenced.contains(ALL) || fenced.contains(instance);
    }
}
