package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.testing.lab.IndependentClient.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a sequence of attempts into outages: each begins after a success, holds one failure at least, and ends in a
 * success.
 */
final class OutageRecorder {

    private static final int MOST_OUTAGES = 1_000;

    private final List<Outage> outages = new ArrayList<>();
    private @Nullable Attempt lastSuccess;
    private @Nullable Attempt firstFailure;
    private @Nullable Attempt lastFailure;

    /** One write, begun and ended at these readings of {@link System#nanoTime()}. */
    record Attempt(long begin, long end, boolean succeeded) {}

    /** @throws LabException when there are more outages than any test means to make */
    void add(Attempt attempt) {
        if (!attempt.succeeded()) {
            if (firstFailure == null) {
                firstFailure = attempt;
            }
            lastFailure = attempt;
            return;
        }
        if (lastSuccess != null && firstFailure != null && lastFailure != null) {
            if (outages.size() == MOST_OUTAGES) {
                throw new LabException("more than %d outages".formatted(MOST_OUTAGES));
            }
            outages.add(outage(lastSuccess, firstFailure, lastFailure, attempt));
        }
        lastSuccess = attempt;
        firstFailure = null;
        lastFailure = null;
    }

    List<Outage> outages() {
        return List.copyOf(outages);
    }

    /**
     * Writing was possible at some moment of each success and impossible at some moment of each failure, nothing more
     * is known: the truth lies between first failure's end → last failure's begin and last success's begin → first
     * success's end.
     */
    private static Outage outage(Attempt before, Attempt firstFailure, Attempt lastFailure, Attempt after) {
        long measured = after.end() - before.end();
        long shortest = Math.max(0, lastFailure.begin() - firstFailure.end());
        long longest = after.end() - before.begin();
        return new Outage(
                Duration.ofNanos(measured), Duration.ofNanos(Math.max(measured - shortest, longest - measured)));
    }
}
