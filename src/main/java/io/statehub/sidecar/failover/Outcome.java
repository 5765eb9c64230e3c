package io.statehub.sidecar.failover;

import java.util.Locale;

/** What an incident turned out to be. */
public enum Outcome {
    /** The primary answered again: the same run of the same server. */
    BLIP,
    /** The primary answered again after a restart of its own, on the same timeline. */
    RESTART,
    /** Another member took over after the primary was shut down, or made a standby, in order. */
    SWITCHOVER,
    /** Another member took over. */
    FAILOVER,
    /** Nobody took over within the objective, or not for long; the old primary leads on. */
    FAILED,
    /** A second member was out of recovery for a time; the primary stayed what it was. */
    SPLIT_BRAIN;

    /** Whether the primary is another one afterwards. */
    public boolean changedPrimary() {
        return this == SWITCHOVER || this == FAILOVER;
    }

    /** The name in metrics and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
