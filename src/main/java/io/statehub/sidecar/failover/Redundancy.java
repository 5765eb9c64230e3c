package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;

/**
 * How many standbys stream.
 *
 * @param streaming how many do now, not negative
 * @param before how many did before that changed last, not negative
 * @param changed when it changed last
 */
public record Redundancy(int streaming, int before, Moment changed) {

    /** @throws IllegalArgumentException if a number is negative */
    public Redundancy {
        if (streaming < 0 || before < 0) {
            throw new IllegalArgumentException(streaming + " standbys stream, and " + before + " before");
        }
    }

    /** The same fault may take the standbys' streams a look before it takes the primary. */
    static final Duration SETTLED = Duration.ofSeconds(10);

    static Redundancy none(Moment now) {
        return new Redundancy(0, 0, now);
    }

    Redundancy next(int now, Moment at) {
        return now == streaming ? this : new Redundancy(now, streaming, at);
    }

    /** How many streamed in quiet times, seen from the first sign of trouble. */
    int inQuietTimes(Moment now) {
        return now.since(changed).compareTo(SETTLED) < 0 ? Math.max(before, streaming) : streaming;
    }
}
