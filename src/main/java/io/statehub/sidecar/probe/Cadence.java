package io.statehub.sidecar.probe;

import java.time.Duration;

/**
 * How often a group of probes is asked.
 *
 * @param interval time between the starts of two rounds
 * @param deadline time after which a round is closed with what it has; no longer than the interval
 */
public record Cadence(Duration interval, Duration deadline) {

    public Cadence {
        if (deadline.compareTo(interval) > 0) {
            throw new IllegalArgumentException("deadline " + deadline + " is longer than the interval " + interval);
        }
    }
}
