package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * How the journal of failovers fares: the one thing of its own that the sidecar observes.
 *
 * @param took always zero: nobody was asked
 * @param failure why what is noted now would not survive a restart
 */
public record JournalObservation(Moment at, Duration took, Optional<Failure> failure) implements Observation {

    /** The name under which these observations are kept; no member may have it. */
    public static final String TARGET = "journal";

    @Override
    public String target() {
        return TARGET;
    }

    @Override
    public JournalObservation blaming(Failure other) {
        return this;
    }
}
