package io.statehub.sidecar.failover;

import java.util.Locale;

/** What an incident turned out to be. */
public enum Outcome {
    /** The primary answered again: the same run of the same server. */
    BLIP,
    /** The primary answered again after a restart of its own, on the same timeline. */
    RESTART,
    /** Another member took over after the primary was seen being shut down in order, or its operator said so. */
    SWITCHOVER,
    /** Another member took over. */
    FAILOVER,
    /** The same member was promoted again: it came back as a standby, and leads on a new timeline. */
    REPROMOTION,
    /** Nobody took over within the objective, or not for long; the old primary leads on. */
    FAILED,
    /** A second member was out of recovery for a time; the primary stayed what it was. */
    SPLIT_BRAIN,
    /** Another cluster stands at the members' addresses, and the operator had said that it would. */
    PLANNED_CLUSTER_CHANGE,
    /** Another cluster stands at the members' addresses. */
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
