package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.Status;
import java.util.Locale;

/** Where a cluster can stand: one for each {@link FailoverState}, as a closed list for metrics and for people. */
public enum Standing {
    UNKNOWN(Status.UNKNOWN, "No primary was seen yet, or it can't be seen."),
    STABLE(Status.UP, "One primary leads."),
    PRIMARY_SUSPECT(Status.DEGRADED, "The primary failed a probe. That may pass."),
    FAILING_OVER(Status.DOWN, "The primary is lost, and nobody has taken over."),
    PRIMARY_RETURNED(
            Status.DOWN,
            "The old primary leads again; no write was seen to work since, or another primary's fate is unknown."),
    PROMOTED(Status.DOWN, "Another member leads, and no write has reached it yet."),
    ROUTED(
            Status.DEGRADED,
            "Writes reach the new primary; fewer standbys stream than before, or another primary's fate is unknown."),
    SPLIT_BRAIN(Status.DOWN, "Two members were out of recovery at once, and none of them has been seen to be over.");

    private final Status status;
    private final String meaning;

    Standing(Status status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** How bad that is: down while no write is known to work, or not safely. */
    public Status status() {
        return status;
    }

    /** What it says, for people. */
    public String meaning() {
        return meaning;
    }

    /** The name in metrics, JSON and log. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
