package io.statehub.sidecar.time;

import java.time.Instant;

/** Where time comes from: the one place that asks the machine's clocks. */
@FunctionalInterface
public interface TimeSource {

    Moment now();

    /** The machine's own clocks. */
    static TimeSource system() {
        return () -> new Moment(Instant.now(), System.nanoTime());
    }
}
