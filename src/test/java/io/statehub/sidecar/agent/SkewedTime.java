package io.statehub.sidecar.agent;

import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** The machine's clocks, until somebody sets one, or the process is stopped. */
final class SkewedTime implements TimeSource {

    private volatile Duration wall = Duration.ZERO;
    private volatile long stopped;

    @Override
    public Moment now() {
        return new Moment(Instant.now().plus(wall), System.nanoTime() + stopped);
    }

    /** The wall clock is so far off from now on. */
    void set(Duration off) {
        wall = off;
    }

    /** So much time has passed in which nothing of this process ran: the next look at a clock is later by it. */
    synchronized void stop(Duration time) {
        stopped += time.toNanos();
    }
}
