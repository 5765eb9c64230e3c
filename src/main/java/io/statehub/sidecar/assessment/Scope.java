package io.statehub.sidecar.assessment;

import java.util.Locale;

/** The things that have a status of their own. */
public enum Scope {
    /** The API next to the sidecar. */
    API,
    /** The path on which the API writes: the write endpoint and what stands behind it. */
    DATABASE,
    /** The cluster's redundancy: members, streams, slots, archive. */
    REPLICATION,
    /** The sidecar's own means: heartbeats and journal. */
    OBSERVATION,
    /** What Kubernetes, the operator and the storage say; has a status only where Kubernetes is asked. */
    KUBERNETES;

    /** The name in metric labels, such as {@code api}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
