package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.OptionalLong;

/** Spreads what is read over time: each piece is paid for after it was read. Used by any thread. */
final class RateLimit {

    private final OptionalLong bytesPerSecond;
    private final TimeSource time;
    private long last;
    private long owed;

    RateLimit(OptionalLong bytesPerSecond, TimeSource time) {
        this.bytesPerSecond = bytesPerSecond;
        this.time = time;
        this.last = time.now().nanos();
    }

    /** For how long to wait after so many bytes were read. */
    synchronized Duration after(long bytes) {
        if (bytesPerSecond.isEmpty()) {
            return Duration.ZERO;
        }
        long now = time.now().nanos();
        long cost = (long) (bytes * 1e9 / bytesPerSecond.getAsLong());
        // What was not used while nobody read is not saved up.
        owed = Math.max(owed - (now - last), -cost) + cost;
        last = now;
        return Duration.ofNanos(Math.max(0, owed));
    }
}
