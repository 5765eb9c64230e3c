package io.statehub.sidecar.testing.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests to one path of the sidecar, on connections that are kept, each timed from its first byte out to its last
 * byte in.
 */
final class Requests {

    private final int port;
    private final String path;

    Requests(int port, String path) {
        this.port = port;
        this.path = path;
    }

    /** @param statuses every status that occurred */
    record Outcome(Latencies latencies, Duration took, Set<Integer> statuses, int lastBytes) {}

    /** As fast as the answers come, so many requests over all connections. */
    Outcome flatOut(int connections, int requests) throws IOException, InterruptedException {
        return onConnections(connections, requests / connections, 0);
    }

    /** On one connection, with a pause after each answer: over seconds, not only in one lucky moment. */
    Outcome paced(int requests, Duration pause) throws IOException, InterruptedException {
        return onConnections(1, requests, pause.toNanos());
    }

    private Outcome onConnections(int connections, int requestsEach, long pause)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long start = System.nanoTime();
            List<Callable<Outcome>> parts = new ArrayList<>();
            for (int connection = 0; connection < connections; connection++) {
                parts.add(() -> onOneConnection(requestsEach, pause));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> part : threads.invokeAll(parts)) {
                outcomes.add(part.get());
            }
            return together(outcomes, Duration.ofNanos(System.nanoTime() - start));
        } catch (ExecutionException failure) {
            throw new IOException("asking for %s: %s".formatted(path, failure.getCause()), failure);
        } finally {
            threads.shutdownNow();
        }
    }

    private Outcome onOneConnection(int requests, long pause) throws IOException {
        long[] nanos = new long[requests];
        Set<Integer> statuses = new TreeSet<>();
        int bytes = 0;
        long begin = System.nanoTime();
        try (HttpConnection connection = new HttpConnection(port)) {
            for (int request = 0; request < requests; request++) {
                long start = System.nanoTime();
                HttpConnection.Answer answer = connection.get(path);
                nanos[request] = System.nanoTime() - start;
                statuses.add(answer.status());
                bytes = answer.bytes();
                if (pause > 0) {
                    LockSupport.parkNanos(pause);
                }
            }
        }
        return new Outcome(new Latencies(nanos), Duration.ofNanos(System.nanoTime() - begin), statuses, bytes);
    }

    private static Outcome together(List<Outcome> parts, Duration took) {
        Set<Integer> statuses = new TreeSet<>();
        parts.forEach(part -> statuses.addAll(part.statuses()));
        Latencies all =
                Latencies.together(parts.stream().map(Outcome::latencies).toList());
        return new Outcome(all, took, statuses, parts.get(0).lastBytes());
    }
}
