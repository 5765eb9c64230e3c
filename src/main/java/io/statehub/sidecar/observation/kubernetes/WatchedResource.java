package io.statehub.sidecar.observation.kubernetes;

import java.util.Locale;

/** The kinds of objects that are watched. A closed list: a metric label, a setting and a word in findings. */
public enum WatchedResource {
    /** The machines. */
    NODES,
    /** The operator's view of the PostgreSQL cluster. */
    CLUSTER,
    /** The lease that is named as the cluster: its primary's. */
    LEASE,
    /** What may be promoted without a loss, in the operator's view. */
    FAILOVER_QUORUM,
    /** The pods of the PostgreSQL cluster. */
    INSTANCE_PODS,
    /** The pods of the API. */
    API_PODS,
    /** The claims by which instances have their volumes. */
    CLAIMS,
    BACKUPS,
    SCHEDULED_BACKUPS,
    /** The stores of the backup plugin, which say from when on a cluster can be recovered. */
    OBJECT_STORES,
    /** Longhorn's volumes. */
    VOLUMES,
    /** Longhorn's engines, which know what each replica of a volume is good for. */
    ENGINES,
    /** Longhorn's replicas, which know the node that each is on. */
    REPLICAS;

    /** The name in metrics, JSON, settings and messages, such as {@code scheduled-backups}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
