package io.statehub.sidecar.testing;

import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * Two clocks that stand still until they are moved, together or apart; in a Quarkus test, the clocks of the process.
 */
@Alternative
@Singleton
public final class ManualClock implements TimeSource {

    /** What the wall clock says at first. */
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    /** Soon after the start, the monotonic reading overflows: whatever compares it wrongly fails in every test. */
    private static final long SECOND_BEFORE_OVERFLOW =
            Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    private Moment now = new Moment(NOON, SECOND_BEFORE_OVERFLOW);

    @Override
    public synchronized Moment now() {
        return now;
    }

    /** Time passes, on both clocks. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Somebody sets the wall clock; no time passes. */
    public synchronized void wallClockJumps(Duration by) {
        now = new Moment(now.wallClock().plus(by), now.nanos());
    }
}
