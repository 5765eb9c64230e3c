package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * How the journal of failovers fares: the one thing of its own that the sidecar observes. What a finding says of it,
 * what the metrics show and what an alert is raised by is this one fact. There is none where no journal is configured.
 *
 * @param failure why what is noted now would not survive a restart; empty exactly while it would
 * @param errors failures of its files since the start, those that were got over among them
 * @param waiting entries in memory that the disk has not taken yet
 * @param dropped entries since the start that are nowhere: pushed out of memory by newer ones, or too long
 */
public record JournalObservation(Moment at, Optional<Failure> failure, long errors, long waiting, long dropped)
        implements Observation {

    public JournalObservation {
        if (errors < 0 || waiting < 0 || dropped < 0) {
            throw new IllegalArgumentException(
                    "counts are not negative: errors " + errors + ", waiting " + waiting + ", dropped " + dropped);
        }
    }

    /** Whether what is noted now outlives the process. */
    public boolean durable() {
        return failure.isEmpty();
    }

    /** Always zero: nobody was asked. */
    @Override
    public Duration took() {
        return Duration.ZERO;
    }

    @Override
    public TargetId target() {
        return TargetId.Part.JOURNAL;
    }

    @Override
    public JournalObservation blaming(Failure other) {
        return this;
    }
}
