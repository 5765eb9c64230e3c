package io.statehub.sidecar.time;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time on this process's two clocks: the wall clock for people, the monotonic clock for durations.
 *
 * <p>Durations come from the monotonic reading alone, so a wall clock that is set an hour either way changes what is
 * printed and nothing that is measured. Moments of two processes must not be
 * compared, unless both are known to count from the same origin.
 *
 * @param wallClock what the wall clock said; for display only
 * @param nanos a monotonic reading in nanoseconds with an arbitrary origin, as from {@link System#nanoTime()}
 */
public record Moment(Instant wallClock, long nanos) {

    public Moment {
        requireNonNull(wallClock, "wallClock");
    }

    /** The time from an earlier moment to this one; negative if {@code earlier} is in fact later. */
    public Duration since(Moment earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    /** Whether this moment comes after the other; safe against overflow of the monotonic reading. */
    public boolean isAfter(Moment other) {
        return nanos - other.nanos > 0;
    }

    /** The later of two. */
    public static Moment latest(Moment one, Moment other) {
        return one.isAfter(other) ? one : other;
    }

    /** The earlier of two. */
    public static Moment earliest(Moment one, Moment other) {
        return one.isAfter(other) ? other : one;
    }

    public Moment minus(Duration duration) {
        return new Moment(wallClock.minus(duration), nanos - duration.toNanos());
    }

    public Moment plus(Duration duration) {
        return new Moment(wallClock.plus(duration), nanos + duration.toNanos());
    }
}
