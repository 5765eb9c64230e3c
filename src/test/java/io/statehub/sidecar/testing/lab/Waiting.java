package io.statehub.sidecar.testing.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Polling with a deadline, for conditions that no operating system or server event announces. */
final class Waiting {

    private static final Duration POLL = Duration.ofMillis(20);

    private Waiting() {}

    static boolean until(Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new LabException("interrupted while waiting");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /** @throws LabException naming what was awaited, the deadline and the details, when the deadline passes first */
    static void require(String what, Duration deadline, BooleanSupplier condition, Supplier<String> details) {
        if (!until(deadline, condition)) {
            throw new LabException("%s: not within %d ms%n%s".formatted(what, deadline.toMillis(), details.get()));
        }
    }
}
