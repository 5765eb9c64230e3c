package io.statehub.sidecar.failover;

import java.util.Locale;

/** What an incident turned out to be. */
public enum Outcome {
    /** The same run of the primary answered again. */
    BLIP,
    /** The primary answered again after a restart, on its timeline. */
    RESTART,
    /**
     * Another member took over after the old primary was seen being shut down in order, or the operator said that it
     * switches over.
     */
    SWITCHOVER,
    /** Another member took over. */
    FAILOVER,
    /** The same member was promoted again: it came back as a standby, and leads on a new timeline. */
    REPROMOTION,
    /** Nobody took over within {@code statehub.objectives.rto}, or not for long, and the old primary still leads. */
    FAILED,
    /** Another member was out of recovery for a time, and the primary stayed the primary. */
    SPLIT_BRAIN,
    /** Another cluster stands at the members' addresses, and the operator had said that it would. */
    PLANNED_CLUSTER_CHANGE,
    /** Another cluster stands at the members' addresses, and nobody had said so. */
    CLUSTER_CHANGE;

    /** Whether the primary is another member afterwards. */
    public boolean changedPrimary() {
        return this == SWITCHOVER || this == FAILOVER;
    }

    /** The name in metrics and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
