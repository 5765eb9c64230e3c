package io.statehub.sidecar.headline;

import io.statehub.sidecar.assessment.Status;
import java.util.Locale;

/** What the headline can be about. A closed list in order of precedence: of all that is so, the first is told. */
public enum HeadlineKind {
    /** The sidecar's own loop stands still, so nothing is known of now. */
    STALE(Status.UNKNOWN),
    /** More than one member is out of recovery, or was when it was last seen. */
    SPLIT_BRAIN(Status.DOWN),
    /** Writes reach a server that another one has taken over from. */
    WRITES_MISROUTED(Status.DOWN),
    /** The primary is lost, and nobody has taken over. */
    NO_PRIMARY(Status.DOWN),
    /** A primary leads, and no write has been seen to work since. */
    WRITES_NOT_BACK(Status.DOWN),
    /** Writes don't work, whatever the members say. */
    WRITES_OUT(Status.DOWN),
    /** The API doesn't answer. */
    API_OUT(Status.DOWN),
    /** Something else doesn't work. */
    BROKEN(Status.DOWN),
    /** Whether writes work is unknown. */
    WRITES_UNKNOWN(Status.UNKNOWN),
    /** Whether the API works is unknown. */
    API_UNKNOWN(Status.UNKNOWN),
    /** Something else that matters is unknown. */
    PARTLY_UNKNOWN(Status.UNKNOWN),
    /** Not everything has been observed yet, or not for a while. */
    NOT_OBSERVED(Status.UNKNOWN),
    /** The primary failed a probe. */
    PRIMARY_SUSPECT(Status.DEGRADED),
    /** Writes are back after a failover, and fewer standbys stream than before. */
    NOT_REDUNDANT_YET(Status.DEGRADED),
    /** No standby streams. */
    NOT_REDUNDANT(Status.DEGRADED),
    /** The API answers, but can't do its work. */
    API_NOT_READY(Status.DEGRADED),
    /** Works, with a fault. */
    FAULTY(Status.DEGRADED),
    /** Nothing is wrong. */
    SOUND(Status.UP);

    private final Status status;

    HeadlineKind(Status status) {
        this.status = status;
    }

    /** How bad it is. */
    public Status status() {
        return status;
    }

    /** The name in JSON, such as {@code split_brain}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
