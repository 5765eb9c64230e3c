package io.statehub.sidecar.journal;

import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;

/** Starts with a journal, and prints what it remembers, and the milliseconds that this thread has worked for it. */
final class StartMain {

    private StartMain() {}

    public static void main(String[] arguments) {
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (Journal journal = new Journal(Path.of(arguments[0]), Long.parseLong(arguments[1]), TimeSource.system())) {
            Tracking tracking =
                    journal.resume(Incidents.begin(TimeSource.system().now()));
            long worked = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
            System.out.println(tracking.history().size());
            System.out.println(tracking.state().label());
            System.out.println(Duration.ofNanos(worked).toMillis());
        }
    }
}
