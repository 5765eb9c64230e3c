package io.statehub.sidecar.testing.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Durations of equal actions, in nanoseconds, at least one. */
final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] ascending;

    Latencies(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no durations");
        }
        this.ascending = nanos.clone();
        Arrays.sort(ascending);
    }

    static Latencies together(List<Latencies> parts) {
        return new Latencies(parts.stream()
                .flatMapToLong(part -> Arrays.stream(part.ascending))
                .toArray());
    }

    int count() {
        return ascending.length;
    }

    /** By nearest rank: a duration that occurred, and that at least {@code percent} of all did not exceed. */
    double percentileMillis(double percent) {
        int rank = (int) Math.ceil(percent / 100 * ascending.length);
        return ascending[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }

    double minMillis() {
        return ascending[0] / NANOS_PER_MILLI;
    }

    double maxMillis() {
        return ascending[ascending.length - 1] / NANOS_PER_MILLI;
    }

    double perSecond(Duration took) {
        return ascending.length / (took.toNanos() / 1e9);
    }
}
