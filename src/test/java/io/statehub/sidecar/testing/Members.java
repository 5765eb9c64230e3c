package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.FailureKind;
import java.util.List;

/**
 * The cluster of three that tests tell of, as one is seen in sound health and after a failover. For every test that
 * needs a member and isn't about how it answers.
 */
public final class Members {

    public static final List<String> NAMES = List.of("pg-1", "pg-2", "pg-3");

    public static final ObservedServer PRIMARY = Observed.primary("pg-1");
    public static final ObservedServer STANDBY = Observed.standby("pg-2");
    public static final ObservedServer OTHER = Observed.standby("pg-3");

    /** The standby once it has taken over, and the other one once it streams from it. */
    public static final ObservedServer PROMOTED = STANDBY.promoted();

    public static final ObservedServer FOLLOWER = OTHER.onTimeline(2);

    /** The old primary once it is back as a standby of the new one. */
    public static final ObservedServer REJOINED =
            Observed.standby("pg-1").restarted().onTimeline(2);

    /** Nobody listens where the primary was. */
    public static final Sighting GONE = Observed.failed("pg-1", FailureKind.REFUSED);

    /** Nobody listens where writes go. */
    public static final Sighting NO_BEAT = Observed.beatFailed(FailureKind.REFUSED);

    private Members() {}
}
