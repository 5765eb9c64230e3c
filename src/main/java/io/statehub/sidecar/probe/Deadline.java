package io.statehub.sidecar.probe;

import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;

/**
 * The moment by which a probe must have its answer, counted from when it began.
 *
 * @param time the clock that it is measured on
 * @param begun when the probe began
 * @param allowed how long it may take
 */
public record Deadline(TimeSource time, Moment begun, Duration allowed) {

    public static Deadline in(Duration allowed, TimeSource time) {
        return new Deadline(time, time.now(), allowed);
    }

    public Moment now() {
        return time.now();
    }

    /** How long the probe has run. */
    public Duration elapsed() {
        return time.now().since(begun);
    }

    /** What is left, never negative. */
    public Duration remaining() {
        Duration left = allowed.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean expired() {
        return remaining().isZero();
    }
}
