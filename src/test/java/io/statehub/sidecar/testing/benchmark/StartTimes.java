package io.statehub.sidecar.testing.benchmark;

import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * How long processes take: from the moment at which one is asked for to the first 200 of {@code /q/health/live}, or to
 * its end.
 */
final class StartTimes {

    /** A refused connection costs next to nothing; more often would take the starting process's core away. */
    private static final Duration POLL = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private StartTimes() {}

    static Latencies measure(Map<String, String> environment, int starts) throws IOException {
        // Uncounted: it brings the files into the page cache and this JVM's own client up.
        one(environment);
        long[] nanos = new long[starts];
        for (int start = 0; start < starts; start++) {
            nanos[start] = one(environment);
        }
        return new Latencies(nanos);
    }

    /** Of a command that needs neither settings nor a server, start and end included. */
    static Latencies ofVersion(int runs) throws IOException {
        version();
        long[] nanos = new long[runs];
        for (int run = 0; run < runs; run++) {
            nanos[run] = version();
        }
        return new Latencies(nanos);
    }

    private static long version() throws IOException {
        long start = System.nanoTime();
        try (SidecarProcess process = SidecarProcess.command(Map.of(), FreePorts.next(), "--version")) {
            if (process.awaitExit(LONGEST).code() != 0) {
                throw new IOException("--version failed:\n" + process.output());
            }
            return System.nanoTime() - start;
        }
    }

    private static long one(Map<String, String> environment) throws IOException {
        long start = System.nanoTime();
        try (SidecarProcess sidecar = SidecarProcess.start(environment)) {
            while (!isLive(sidecar.port())) {
                if (!sidecar.isRunning() || System.nanoTime() - start > LONGEST.toNanos()) {
                    throw new IOException("the sidecar did not become live:\n" + sidecar.output());
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
            return System.nanoTime() - start;
        }
    }

    private static boolean isLive(int port) {
        try (HttpConnection connection = new HttpConnection(port)) {
            return connection.get("/q/health/live").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
