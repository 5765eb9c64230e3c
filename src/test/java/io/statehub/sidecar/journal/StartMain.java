package io.statehub.sidecar.journal;

import com.sun.management.ThreadMXBean;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Starts with a journal, and prints what it remembers, and how many bytes this thread has allocated for it. */
final class StartMain {

    private StartMain() {}

    public static void main(String[] arguments) {
        long begun = allocated();
        try (Journal journal = new Journal(Path.of(arguments[0]), Long.parseLong(arguments[1]), TimeSource.system())) {
            Tracking tracking =
                    journal.resume(Incidents.begin(TimeSource.system().now()));
            long allocated = allocated() - begun;
            System.out.println(tracking.history().size());
            System.out.println(tracking.state().label());
            System.out.println(allocated);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
