package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/**
 * A time in which a service didn't work.
 *
 * <p>A good attempt worked at some moment between its begin and its end, and a bad one found the fault at some moment
 * between them. So the outage began after {@code lastGood} and at the latest at {@code firstBad}, and it ended at
 * the earliest at {@code lastBad} and at the latest at {@code firstGood}.
 *
 * @param lastGood when the last good attempt before it began; empty if none was ever seen
 * @param firstBad when the first bad attempt had its result
 * @param lastBad when the last bad attempt began
 * @param firstGood when the first good attempt after it had its result; empty while it goes on
 * @param cause what the first bad attempt saw
 */
public record Outage(
        Optional<Moment> lastGood, Moment firstBad, Moment lastBad, Optional<Moment> firstGood, String cause) {

    /** How long it lasted; of one that goes on, how long it has lasted by {@code now}. */
    public Bounds bounds(Moment now) {
        return Bounds.of(firstBad, lastBad, lastGood, firstGood.orElse(now));
    }

    Outage stillBad(Moment begun) {
        return new Outage(lastGood, firstBad, begun.isAfter(lastBad) ? begun : lastBad, firstGood, cause);
    }

    Outage over(Moment at) {
        return new Outage(lastGood, firstBad, lastBad, Optional.of(at), cause);
    }
}
